"""Chapter 14. Each kind of file and of SOAP has its page: every table that it takes stands there, and the example on it is read."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

import connectors
from config.problems import Notes
from config.sources import read_sources
from config.yamlfile import parse
from connectors.benefits.answering import RECORDS as BENEFITS
from connectors.deliveries.outline import RECORDS as LISTS
from connectors.messages.choosing import DISCLOSED
from connectors.messages.outline import RECORDS
from connectors.stuf.outline import RELATIONS

PAGES = Path(__file__).parent.parent.parent / "docs" / "connectors"
KINDS = ("istandaarden", "ddas", "stufbg", "suites", "manual")
TABLES = {
    "istandaarden": {*RECORDS, DISCLOSED}, "ddas": {*LISTS}, "stufbg": {*RELATIONS, "persoon"}, "suites": {*BENEFITS}, "manual": set[str](),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_stands_on_the_page(kind: str) -> None:
    """What `table` may be is no secret."""
    page = (PAGES / f"{kind}.md").read_text(encoding="utf-8")
    assert [name for name in TABLES[kind] if name not in page] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_on_the_page_is_good_configuration(kind: str) -> None:
    """It is read without a mistake, and is of this kind."""
    lines = (PAGES / f"{kind}.md").read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("    - name:"))
    end = next(number for number in range(start, len(lines)) if lines[number] and not lines[number].startswith("    "))
    example = "sources:\n" + dedent("\n".join(lines[start:end]))
    notes = Notes("sources.yaml")
    root = parse(example.encode(), {"MAKELAAR_PASSWORD": "geheim-woord"}, notes)
    assert root is not None
    read = read_sources(root, connectors.kinds(), notes)
    assert ([source.kind for source in read.sources], [str(problem) for problem in notes.found if problem.level == "error"]) == ([kind], [])

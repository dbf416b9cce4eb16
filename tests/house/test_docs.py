"""The docs are tested: what they say of the commands and the examples they give is so."""

from __future__ import annotations

import doctest
import importlib
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ROOMS = "config|connectors|redaction|outputs|cases|flows|desk|demo|benchmarks|tests"
OURS = re.compile(rf"`((?:{ROOMS})/[\w/]+\.(?:py|yaml|tsv|txt))")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
DOCUMENTED = [path for room in ("config", "connectors", "redaction", "outputs", "cases", "flows") for path in (ROOT / room).rglob("*.py")]


def test_the_reference_of_the_commands_is_up_to_date() -> None:
    """docs/commands.md is what `python -m flows.reference` prints."""
    from flows.reference import reference

    assert reference() == (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_the_specification_is_what_the_tests_say() -> None:
    """docs/specification.md is what `python -m tests.specification` prints."""
    from tests.specification import specification

    assert specification() == (ROOT / "docs" / "specification.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [p for p in DOCUMENTED if ">>>" in p.read_text(encoding="utf-8")], ids=lambda p: str(p.relative_to(ROOT)))
def test_examples_in_docstrings_hold(path: Path) -> None:
    """Every doctest runs."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_every_page_that_the_readme_points_to_is_there() -> None:
    """No dead link in the first thing anybody reads."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    linked = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target]
    assert [target for target in linked if not (ROOT / target).exists()] == []


def test_nothing_names_a_path_of_one_machine() -> None:
    """The repository works wherever it is cloned."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    named = "/" + "work/"
    texts = {name: (ROOT / name).read_text(encoding="utf-8", errors="ignore") for name in listed if name and (ROOT / name).is_file()}
    assert [name for name, text in texts.items() if named in text] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda p: str(p.relative_to(ROOT)))
def test_every_file_of_ours_that_a_page_names_is_there(page: Path) -> None:
    """Where a page sends a reader to a module, a test or another page, there is one."""
    text = page.read_text(encoding="utf-8")
    modules = re.findall(OURS, text)
    linked = [target for target in re.findall(LINK, text) if "://" not in target]
    missing = [m for m in modules if not (ROOT / m).exists()] + [t for t in linked if not (page.parent / t).exists()]
    assert missing == []

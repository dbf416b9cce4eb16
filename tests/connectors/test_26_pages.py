"""Chapter 26. The page of each kind that speaks HTTP: its example is a source that works, and it names every table there is."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import connectors
from config.collection import Outcome
from config.load import load
from connectors.customers.tables import TABLES as CUSTOMER_TABLES
from connectors.logs.standards import STANDARDS
from connectors.register.questions import QUESTIONS
from connectors.zaakgericht.tables import TABLES as CASE_TABLES
from tests.connectors import cases, contacts, test_24_logboek
from tests.connectors.made import collect
from tests.connectors.test_25_web_contract import KINDS, unchanged

PAGES = Path(__file__).parent.parent.parent / "docs" / "connectors"
DEMO = Path(__file__).parent.parent.parent / "config" / "demo"
ENVIRONMENT = dict.fromkeys(("ZAKEN_SECRET", "BRP_SECRET", "BRP_CERTIFICATE", "BRP_KEY", "KLANT_TOKEN", "LOG_TOKEN"), "geheim")


def example(kind: str, folder: Path) -> Any:
    """The source that the page of a kind shows, read as a gemeente's own is."""
    block = re.findall(r"```yaml\n(.*?)```", (PAGES / f"{kind}.md").read_text(encoding="utf-8"), re.DOTALL)[0]
    for name in ("organisation.yaml", "activities.yaml", "grounds.yaml", "policy.yaml"):
        shutil.copy(DEMO / name, folder / name)
    (folder / "sources.yaml").write_text("sources:\n" + "".join(f"  {line}\n" for line in block.splitlines()), encoding="utf-8")
    return load(folder, ENVIRONMENT, connectors.kinds()).sources[0]


RUNNING: dict[str, tuple[Callable[[], AbstractContextManager[str]], dict[str, Any]]] = {
    "brp": (lambda: KINDS[0].running(unchanged), {"api_key": "sleutel"}),
    "zgw": (cases.register, {"client_id": cases.CLIENT, "secret": cases.SECRET}),
    "klantinteracties": (contacts.register, {"token": contacts.TOKEN}),
    "logboek": (test_24_logboek.log, {"token": "bewijs"}),
}


@pytest.mark.parametrize("kind", RUNNING)
def test_the_example_of_a_page_is_a_source_that_works(kind: str, tmp_path: Path) -> None:
    """As it stands, but for the address and the secrets."""
    shown, (running, auth) = example(kind, tmp_path), RUNNING[kind]
    assert shown.kind == kind
    with running() as address:
        answer = collect(replace(shown, connection=address, retries=0, options={**shown.options, "auth": auth}))
    assert answer.coverage.status is Outcome.FOUND
    assert answer.coverage.records


@pytest.mark.parametrize(
    ("kind", "tables"),
    [("zgw", CASE_TABLES), ("klantinteracties", CUSTOMER_TABLES), ("logboek", STANDARDS), ("brp", QUESTIONS)],
)
def test_every_table_stands_on_its_page(kind: str, tables: Any) -> None:
    """And nobody has to look in the program."""
    page = (PAGES / f"{kind}.md").read_text(encoding="utf-8")
    assert [name for name in tables if name not in page] == []

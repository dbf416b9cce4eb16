"""Chapter 21. What we ask and what our servers answer is as the published OpenAPI files have it, so that the two do not just agree."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import connectors
from config.collection import Outcome
from connectors.records.paths import leaves
from connectors.zaakgericht.tables import TABLES
from tests.connectors.cases import CASE, hanging, register, register_source
from tests.connectors.made import collect
from tests.connectors.specified import Exchange, Recorder, mistakes, specification

HANGING = tuple(name for name in TABLES if name != "zaken")


@pytest.fixture(scope="module")
def exchanges() -> Iterator[list[Exchange]]:
    """Every question for every table, and a check of them all."""
    recorder = Recorder()
    with register(change=recorder) as address:
        asked = register_source(address, CASE, *(hanging(name) for name in HANGING))
        assert collect(asked).coverage.status is Outcome.FOUND
        assert connectors.check(asked).reachable
    yield recorder.kept


@pytest.mark.parametrize("api", ["zaken", "documenten", "besluiten", "catalogi", "autorisaties"])
def test_zaakgericht_werken_is_asked_and_answered_as_published(exchanges: list[Exchange], api: str, standards: Path) -> None:
    """Paths, parameters, headers, bodies; and the answers of the case register of Voorbeeldstad."""
    under = f"/{api}/api/v1"
    assert [one for one in exchanges if one.path.startswith(under)]
    assert list(mistakes(specification(standards / "zgw" / f"openapi-{api}.yaml"), exchanges, under)) == []


@pytest.mark.parametrize(
    ("file", "table"),
    [
        ("zaken_zoek_bsn", "zaken"), ("rollen_zaak", "rollen"), ("zaakinformatieobjecten", "zaakinformatieobjecten"),
        ("eio", "documenten"), ("zaak_audittrail", "audittrail"),
    ],
)  # fmt: skip
def test_a_recorded_answer_of_open_zaak_holds_nothing_that_we_do_not_know(file: str, table: str, standards: Path) -> None:
    """Answers that were recorded from a real server: each member is a path of its table."""
    body = json.loads((standards / "zgw" / "recorded" / f"{file}.json").read_text(encoding="utf-8"))["body"]
    rows = body["results"] if isinstance(body, dict) and "results" in body else body if isinstance(body, list) else [body]
    form = TABLES[table].form
    held = {path for row in rows for path in leaves(row) if not path.startswith("wijzigingen")}
    assert {path for path in held if not form.path(path)} == set()

"""Messages, deliveries and SOAP servers: real ones, valid by what is published, about the people of the story."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from lxml import etree

import connectors
import demo
from config.collection import Outcome
from config.load import load

CONFIG = Path(__file__).parent.parent.parent / "config" / "demo"
OURS = ("makelaar", "suite", "berichten", "schuldhulplevering")


def test_every_message_of_the_archive_is_valid(folder: Path, standards: Path) -> None:
    """By the published XSD of its kind."""
    messages = sorted((folder / "berichten").rglob("*.xml"))
    assert len(messages) >= 9
    for path in messages:
        kind = path.name.split("_")[0]
        law = "jw" if kind.startswith("JW") else "wmo"
        schema = etree.XMLSchema(etree.parse(str(standards / "istandaarden" / f"{law}-3.2" / "xsd-clean" / f"{kind}.xsd")))
        assert schema.validate(etree.parse(str(path))), (kind, schema.error_log)


def test_the_delivery_of_debt_relief_is_valid(folder: Path, standards: Path) -> None:
    """By the published JSON Schema of DDAS 1.0."""
    schema = json.loads((standards / "ddas" / "json_schema_Uitwisselmodel.json").read_bytes())
    jsonschema.validate(json.loads((folder / "schuldhulp" / "ddas-2024.json").read_bytes()), schema)


@pytest.mark.parametrize("name", OURS)
def test_each_source_is_as_configured_and_finds_the_resident(environment: dict[str, str], name: str) -> None:
    """No drift over everybody; found, and nothing told of another."""
    config = load(CONFIG, environment, connectors.kinds())
    source = config.source(name)
    report = connectors.check(source)
    assert (report.reachable, report.authorised) == (True, True)
    assert [line for line in report.drift if "share were left out" not in line and "of jw301" not in line] == []
    answer = connectors.collect(source, source.entities, connectors.identify(demo.RESIDENT.bsn), now=datetime.now(UTC))
    assert answer.coverage.status is Outcome.FOUND
    everything = str([c.rows.to_dict("list") for c in answer.collections])
    others = [member.bsn for member in (demo.CAST.mother, demo.CAST.brother, demo.CAST.daughter, demo.CAST.former_partner)]
    assert [bsn for bsn in others if bsn in everything] == []


@pytest.mark.parametrize("name", OURS)
def test_of_a_number_that_nobody_has_each_says_none(environment: dict[str, str], name: str) -> None:
    """After a whole search."""
    config = load(CONFIG, environment, connectors.kinds())
    source = config.source(name)
    answer = connectors.collect(source, source.entities, connectors.identify(demo.CAST.unknown.bsn), now=datetime.now(UTC))
    assert (answer.coverage.status, answer.collections) == (Outcome.NONE, ())

"""Chapter 27. Answers that nobody wrote: records generated from the published schemas become rows, whatever they hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.collection import UNCLASSIFIED
from connectors.asking.known import Known
from connectors.customers.tables import TABLES as CUSTOMER_TABLES
from connectors.logs.standards import STANDARDS
from connectors.records.paths import at, leaves
from connectors.records.searching import Form, Record, Records, judged
from connectors.web import persons
from connectors.zaakgericht.tables import TABLES as CASE_TABLES
from tests.conftest import STANDARDS as FOLDER
from tests.connectors.made import BSN, JOHANNA, column, entity, source

PLAIN = (str, int, float, bool, date, datetime, type(None))
SCHEMAS: list[tuple[str, str, Form]] = [
    ("zgw/openapi-zaken.yaml", "Zaak", CASE_TABLES["zaken"].form),
    ("zgw/openapi-zaken.yaml", "Status", CASE_TABLES["statussen"].form),
    ("zgw/openapi-zaken.yaml", "ZaakNotitie", CASE_TABLES["zaaknotities"].form),
    ("zgw/openapi-zaken.yaml", "KlantContact", CASE_TABLES["klantcontacten"].form),
    ("zgw/openapi-zaken.yaml", "ZaakEigenschap", CASE_TABLES["eigenschappen"].form),
    ("zgw/openapi-documenten.yaml", "EnkelvoudigInformatieObject", CASE_TABLES["documenten"].form),
    ("zgw/openapi-documenten.yaml", "Verzending", CASE_TABLES["verzendingen"].form),
    ("zgw/openapi-besluiten.yaml", "Besluit", CASE_TABLES["besluiten"].form),
    ("klantinteracties/openapi-klantinteracties.yaml", "Klantcontact", CUSTOMER_TABLES["klantcontacten"].form),
    ("klantinteracties/openapi-klantinteracties.yaml", "Betrokkene", CUSTOMER_TABLES["betrokkenen"].form),
    ("klantinteracties/openapi-klantinteracties.yaml", "InterneTaak", CUSTOMER_TABLES["internetaken"].form),
    ("klantinteracties/openapi-klantinteracties.yaml", "DigitaalAdres", CUSTOMER_TABLES["digitaleadressen"].form),
    ("logboek/openapi-read.yaml", "VerwerktObject", STANDARDS["verwerkte-objecten"].form),
]


@lru_cache(maxsize=8)
def _components(path: Path) -> dict[str, Any]:
    read = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (a SafeLoader, in C)
    return dict(read["components"]["schemas"])


def _value(node: dict[str, Any], schemas: dict[str, Any], depth: int = 0, full: bool = False) -> st.SearchStrategy[Any]:
    """Values of a schema of OpenAPI 3.0: null where it may be, every member there or not, or, where `full`, there; below some depth nothing."""
    if "$ref" in node:
        return st.none() if depth > 5 else _value(schemas[node["$ref"].rpartition("/")[2]], schemas, depth + 1, full)
    found = _whole(node, schemas, depth, full)
    return found | st.none() if node.get("nullable") else found


def _whole(node: dict[str, Any], schemas: dict[str, Any], depth: int, full: bool) -> st.SearchStrategy[Any]:
    if "enum" in node:
        return st.sampled_from(node["enum"])
    for choice in ("oneOf", "anyOf"):
        if choice in node:
            return st.one_of([_value(one, schemas, depth, full) for one in node[choice]])
    if "allOf" in node:
        parts = [
            _value(one, schemas, depth, full)
            for one in (*node["allOf"], *([{"properties": node["properties"]}] if "properties" in node else []))
        ]
        return st.tuples(*parts).map(_merged)
    if "properties" in node or node.get("type") == "object":
        members = {name: _value(one, schemas, depth, full) for name, one in node.get("properties", {}).items()}
        return st.fixed_dictionaries(members) if full else st.fixed_dictionaries({}, optional=members)
    if node.get("type") == "array":
        return st.lists(_value(node.get("items", {}), schemas, depth, full), min_size=int(full), max_size=3 - 2 * int(full))
    return _scalar(node)


def _scalar(node: dict[str, Any]) -> st.SearchStrategy[Any]:
    text = st.text(max_size=30) | st.dates().map(str) | st.datetimes().map(lambda when: when.isoformat() + "Z") | st.sampled_from(_ODD)
    kinds = {"integer": st.integers(), "number": st.floats(allow_nan=False), "boolean": st.booleans()}
    return kinds.get(str(node.get("type")), text)


_ODD = (
    "",
    " ",
    "0000-00-00",
    "2026-02-30",
    "2026-13-01T99:99:99Z",
    "https://voorbeeld.example/zaken/1",
    "\x00",
    "𝔸",
    "0001-01-01T00:00:00+14:00",
)


def _merged(parts: tuple[Any, ...]) -> Any:
    """Several objects as one; where a part is none, the last that is."""
    if all(isinstance(part, dict) for part in parts):
        return {name: value for part in parts for name, value in part.items()}
    return parts[-1]


def _records(file: str, name: str) -> st.SearchStrategy[Any]:
    if not FOLDER.is_dir():
        pytest.skip("the published specifications (../shared/standards) are not on this machine")
    schemas = _components(FOLDER / file)
    return _value(schemas[name], schemas)


def _check(form: Form, record: dict[str, Any]) -> None:
    """Every path has a plain cell, and the record is one row with a column for each, all withheld as nobody classified them."""
    paths = list(leaves(record))
    assert {type(at(record, path)) for path in paths} <= set(PLAIN)
    asked = entity("x", {"bsn": "subject.bsn"}, [column("url")])
    known = Known(JOHANNA.person)
    collection = judged(source("zgw", ""), asked, known, form, Records((Record(record, {"bsn": BSN}),))).collection
    assert collection is not None
    assert len(collection.rows) == 1
    held = {c.name for c in collection.columns if c.withhold == UNCLASSIFIED}
    assert held == set(paths) - {"url", *form.hidden}


def _test_of(file: str, name: str, form: Form) -> Callable[[], None]:
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(_records(file, name))
    def holds(record: Any) -> None:
        _check(form, record)

    return holds


@pytest.mark.parametrize(("file", "name", "form"), SCHEMAS, ids=[name for _, name, _ in SCHEMAS])
def test_a_generated_record_is_a_row(file: str, name: str, form: Form) -> None:
    """Of every form that the schema allows: nothing of it is dropped, and nothing of it breaks us."""
    _test_of(file, name, form)()


@settings(max_examples=60, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=12), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
    st.sampled_from(["type", "datum", "jaar", "naam", "minderjarige", "ouders", "inOnderzoek", "code", "burgerservicenummer", "langFormaat"]), inner, max_size=4), max_leaves=12))  # fmt: skip
def test_any_member_of_the_base_register_is_a_cell(value: Any) -> None:
    """Dates that are none, authority over nobody, doubt about everything: a plain cell, and no error."""
    assert type(persons.at({"veld": value}, "veld")) in PLAIN
    assert type(persons.doubts({"veld": value, "inOnderzoek": value})) in PLAIN

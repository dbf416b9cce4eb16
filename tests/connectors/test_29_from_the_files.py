"""Chapter 29. Servers that nobody wrote: each answers as its published OpenAPI file allows, whatever that is, to whatever is asked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.collection import Outcome
from config.settings import Source
from connectors.customers.tables import TABLES as CONTACTS
from connectors.zaakgericht.tables import TABLES as CASES
from tests.connectors import contacts
from tests.connectors.cases import CASE, hanging, register_source
from tests.connectors.conftest import JSON, Reply, Server, listening
from tests.connectors.made import BSN, OTHER, collect, column, entity, source, told
from tests.connectors.specified import _local as local
from tests.connectors.specified import read
from tests.connectors.test_27_generated import _value as value_of

OURS = {"burgerservicenummer", "inpBsn", "objectId", "dpl.core.data_subject_id"}
"""Members that say whose something is."""


@dataclass(frozen=True)
class Operation:
    """One question of a file: its method, what its path looks like, and the schema of its answer."""

    method: str
    path: re.Pattern[str]
    schema: Mapping[str, Any]


@lru_cache(maxsize=8)
def _file(path: Path) -> tuple[Mapping[str, Any], tuple[Operation, ...]]:
    """The schemas of a published file, and its questions that are answered in JSON."""
    whole = local(read(path), path.parent)
    found = []
    for place, methods in whole["paths"].items():
        pattern = re.compile(re.sub(r"\\\{[^}]*\\\}|\{[^}]*\}", r"[^/]+", re.escape(place).replace(r"\{", "{").replace(r"\}", "}")) + "$")
        for method in methods.keys() & {"get", "post"}:
            content = _resolved(whole, methods[method]["responses"].get("200", {})).get("content", {})
            schema = next((body["schema"] for kind, body in content.items() if "json" in kind and "schema" in body), None)
            if schema is not None:
                found.append(Operation(method.upper(), pattern, schema))
    return dict(whole.get("components", {}).get("schemas", {})), tuple(found)


def _resolved(whole: Mapping[str, Any], node: Mapping[str, Any]) -> Mapping[str, Any]:
    if not str(node.get("$ref", "")).startswith("#/"):
        return node
    found: Any = whole
    for step in node["$ref"][2:].split("/"):
        found = found[step]
    return dict(found)


@dataclass(frozen=True)
class Api:
    """A file, what of an address belongs to it, and the source that is asked."""

    name: str
    file: str
    under: str
    asks: Callable[[str], Source]
    answer: str = ""  # the schema of its answer, where the file leaves that to a discriminator
    found: bool = False  # whether a full answer about the subject must be found: the others also look at what refers to what


BY_BSN = {"burgerservicenummer": "subject.bsn"}
REGISTER = [
    entity(name, BY_BSN, [column(shown)], table=name)
    for name, shown in (
        ("persoon", "naam"), ("kinderen", "naam"), ("partners", "naam"), ("verblijfplaatshistorie", "datumVan"), ("reisdocumenten", "soort"),
    )
]  # fmt: skip
KEY = {"auth": {"api_key": "sleutel"}}


def _cases(address: str) -> Source:
    tables = (name for name, table in CASES.items() if name not in {"zaken", "documenten"})
    return register_source(address, CASE, *map(hanging, tables))


def _contacts(address: str) -> Source:
    by = {"bsn": "subject.bsn"}
    tables = (entity(name, by, [column("uuid", "id")]) for name in CONTACTS if name not in {"partijen", "klantcontacten"})
    return contacts.contacts_source(address, contacts.PARTY, contacts.CONTACT, *tables)


def _log(table: str, by: str) -> Callable[[str], Source]:
    return lambda address: source("logboek", f"{address}/api", entity("x", {by: "subject.bsn"}, [column("name")], table=table))


APIS = (
    Api(
        "personen",
        "brp/openapi-personen.yaml",
        "",
        lambda address: source("brp", address, *REGISTER[:3], options=KEY),
        "RaadpleegMetBurgerservicenummerResponse",
        True,
    ),
    Api("historie", "brp/openapi-historie.yaml", "", lambda address: source("brp", address, REGISTER[3], options=KEY), found=True),
    Api(
        "reisdocumenten",
        "brp/openapi-reisdocumenten.yaml",
        "",
        lambda address: source("brp", address, REGISTER[4], options=KEY),
        "ZoekMetBurgerservicenummerResponse",
        True,
    ),
    Api("zaken", "zgw/openapi-zaken.yaml", "/zaken/api/v1", _cases),
    Api("klantinteracties", "klantinteracties/openapi-klantinteracties.yaml", "/klantinteracties/api/v1", _contacts),
    Api("logboek-vng", "logboek/openapi-read.yaml", "/api", _log("verwerkte-objecten", "objectId")),
    Api("logboek-logius", "logboek/openapi-lezen.json", "/api", _log("processing-activities", "dpl.core.data_subject_id"), found=True),
)


@contextmanager
def _answering(api: Api, operations: tuple[Operation, ...], drawn: tuple[Any, ...], whose: str) -> Iterator[Server]:
    """A server that gives each question the answer that was drawn for it, about this person; what the file does not have is not found."""

    def reply(path: str, headers: dict[str, str], body: Any) -> Reply:
        asked = path.partition("?")[0].removeprefix(api.under)
        method = "GET" if body is None else "POST"
        for operation, answer in zip(operations, drawn, strict=True):
            if operation.method == method and operation.path.search(asked):
                return 200, JSON, json.dumps(_about(answer, whose, server.url)).encode()
        return 404, JSON, b"{}"

    with listening() as server:
        server.reply = reply
        yield server


def _about(value: Any, number: str, address: str) -> Any:
    """The answer with this number wherever it says whose something is, its addresses on the server, and no page after it."""
    if isinstance(value, list):
        return [_about(one, number, address) for one in value]
    if not isinstance(value, dict):
        return value
    made = {name: number if name in OURS and isinstance(inner, str) else _about(inner, number, address) for name, inner in value.items()}
    return {**made, **({"next": None} if "next" in made else {}), **({"url": f"{address}/x"} if isinstance(made.get("url"), str) else {})}


@pytest.mark.parametrize("full", [True, False], ids=["full", "sparse"])
@pytest.mark.parametrize("whose", [BSN, OTHER], ids=["subject", "another"])
@pytest.mark.parametrize("api", APIS, ids=lambda api: api.name)
def test_whatever_the_file_allows_is_an_answer(api: Api, whose: str, full: bool, standards: Path) -> None:
    """About the subject: an account of what was found. About another: nothing that goes without being looked at. Neither breaks us, or tells a value."""
    schemas, operations = _file(standards / api.file)
    if (api.name, whose) == ("historie", OTHER):
        pytest.skip("an answer of this API does not say whom it is about: only the question does")
    assert operations
    schema = {"$ref": f"#/components/schemas/{api.answer}"} if api.answer else None
    answers = [value_of(dict(schema or one.schema), dict(schemas), full=full) for one in operations]
    seen: list[Outcome] = []

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(st.tuples(*answers))
    def holds(drawn: tuple[Any, ...]) -> None:
        with _answering(api, operations, drawn, whose) as server:
            answer = collect(api.asks(server.url))
        seen.append(answer.coverage.status)
        assert [m for c in answer.collections for m in c.matches if whose == OTHER and m.score >= 0.9] == []
        assert [value for value in (BSN, OTHER) if value in told(answer)] == []

    holds()
    assert Outcome.FOUND in seen or not (api.found and full and whose == BSN)

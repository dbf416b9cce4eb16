"""The benefits suite on loopback: a benefit for each of the people of the rows, the note as its scheme."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from config.settings import Source
from demo.apis.server import serving
from demo.suites import answering
from tests.connectors.kinds import NAMES, ROWS, Bench, _http
from tests.connectors.kinds._rows import Row
from tests.connectors.made import OTHER, column, entity, source

KIND, GONE = "suites", "http://127.0.0.1:9"
NOT = {
    "gone": "its schema says what it holds, and what it does not fill it leaves out",
    "minimum": "it answers about one person, and cannot be counted",
}
TABLE = entity(
    "notities", {"BurgerServiceNr": "subject.bsn"},
    [column("BurgerServiceNr", "bsn"), column("Regeling", "text", "mixed"), column("Dienstjaar")], table="jaaropgave",
)  # fmt: skip
US = sys.modules[__name__]


def make(bench: Bench, names: list[str], rows: list[Row]) -> Source:
    """Clients of one name, with a benefit in 2021."""
    clients = {str(row[0]): _client(row) for row in rows if row[0]}
    server = _http.behind(bench, functools.partial(_running, clients))
    good, extra = server.reply, {str(row[1]): row[2] for row in rows if len(row) > 2}
    server.reply = lambda *asked: _with(good(*asked), extra)
    options = {"auth": {"username": "inzage", "password": "geheimwoord"}, "from": 2021, "until": 2021}
    return source(KIND, server.url, TABLE, options=options)


def _client(row: Row) -> dict[str, Any]:
    benefit = {
        "scheme": row[1],
        "file": "1",
        "from": "2021-01",
        "until": "2021-03",
        "amount": 1000.0,
        "iban": "NL06NEPB0417382951",
        "parts": [],
    }
    return {"bsn": row[0], "number": "1", "given": "Johanna Maria", "initials": "J.M.", "prefix": "van der", "family": "Berg",
            "benefits": [benefit]}  # fmt: skip


def _with(reply: Any, extra: dict[str, str]) -> Any:
    """The answer, with an element that the schema does not have after each of these notes."""
    status, headers, body = reply
    for said, more in extra.items():
        scheme = f"<Regeling>{said}</Regeling>".encode()
        body = body.replace(scheme, scheme + f"<extra>{more}</extra>".encode())
    return status, headers, body


@contextmanager
def _running(clients: Any, outside: str) -> Iterator[str]:
    with serving(lambda _: answering(clients, "inzage", "geheimwoord"), "suites") as address:
        yield address


def in_part(bench: Bench) -> Source:
    """The monthly statements may not be read."""
    monthly = entity("maanden", dict(TABLE.match[0]), [column("BurgerServiceNr", "bsn")], table="uitkeringsspecificatie")
    return _http.refusing(US, bench, "/UitkeringsSpecificatieClient", monthly)


def other_bsn(bench: Bench) -> Source:
    """It answers about somebody else than was asked for."""
    return _http.asked_otherwise(make(bench, NAMES, ROWS), bench, lambda path, body: (path, body.replace("999990019", OTHER)))


def same_name(bench: Bench) -> Source:
    """It is asked by BSN, and its clients all have one name."""
    return make(bench, NAMES, ROWS)


def __getattr__(case: str) -> object:
    """The faults of HTTP with XML."""
    ways = {**_http.states(US, _http.SOAP_FAULTS), "partial": in_part}
    if case not in ways:
        raise AttributeError(case)
    return ways[case]

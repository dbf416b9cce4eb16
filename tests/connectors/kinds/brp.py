"""The base register, on a server of its own on loopback."""

from __future__ import annotations

import sys

from config.settings import Source
from tests.connectors.conftest import persons
from tests.connectors.kinds import BSN, NAMES, ROWS, Bench, _http
from tests.connectors.kinds._rows import Row
from tests.connectors.made import OTHER, column, entity, source

KIND = "brp"
GONE = "http://127.0.0.1:9"
NOT = {
    **_http.NOT_JSON,
    "gone": "the register leaves out what is empty",
    "minimum": "the register is not counted",
}
COLUMNS = [column("burgerservicenummer", "bsn"), column("naam.geslachtsnaam", "name"), column("geboorte.datum", "date")]
US = sys.modules[__name__]


def make(bench: Bench, names: list[str], rows: list[Row]) -> Source:
    """A register that knows the people of these rows, the note as family name."""
    server = bench.fixture("server")
    known = {row[0]: _person(row) for row in rows}
    for row in rows:
        known[row[0]].update({"extra": row[2]} if len(row) > 2 else {})
    server.reply = lambda path, headers, body: persons(*[known[b] for b in body["burgerservicenummer"] if b in known])
    return source("brp", server.url, entity("notities", {"burgerservicenummer": "subject.bsn"}, COLUMNS, table="persoon"))


def partial(bench: Bench) -> Source:
    """One list of the answer is none."""
    good = make(bench, NAMES, ROWS)
    gone = entity("weg", {"burgerservicenummer": "subject.bsn"}, [], table="verdwenen")
    return source("brp", good.connection, *good.entities, gone)


def other_bsn(bench: Bench) -> Source:
    """It also hands over somebody who was not asked for."""
    server, good = bench.fixture("server"), make(bench, NAMES, ROWS)
    people = [_person(row) for row in ROWS if row[0] in {BSN, OTHER}]
    server.reply = lambda path, headers, body: persons(*people)
    return good


def same_name(bench: Bench) -> Source:
    """It is asked by BSN, and everybody in it is born on one day."""
    return make(bench, NAMES, ROWS)


def _person(row: Row) -> dict[str, object]:
    born = {"type": "Datum", "datum": "1980-03-09", "langFormaat": "9 maart 1980"}
    return {"burgerservicenummer": row[0], "naam": {"geslachtsnaam": row[1]}, "geboorte": {"datum": born}}


def __getattr__(case: str) -> object:
    """The faults of HTTP."""
    ways = _http.states(US)
    if case not in ways:
        raise AttributeError(case)
    return ways[case]

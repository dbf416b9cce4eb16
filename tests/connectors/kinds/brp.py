"""The base register, on a server of its own on loopback."""

from __future__ import annotations

import sys

from config.settings import Source
from tests.connectors.conftest import persons
from tests.connectors.kinds import BSN, NAMES, ROWS, Bench, _http
from tests.connectors.kinds._rows import Row
from tests.connectors.made import OTHER, column, entity, source

KIND = "brp"
NOT = {
    "bomb": "it answers in JSON, which knows no entities",
    "same_name": "it is asked by BSN alone",
}
COLUMNS = [column("burgerservicenummer", "bsn"), column("naam.geslachtsnaam", "name")]
US = sys.modules[__name__]


def make(bench: Bench, names: list[str], rows: list[Row]) -> Source:
    """A register that knows the people of these rows, the note as family name."""
    server = bench.fixture("server")
    known = {row[0]: {"burgerservicenummer": row[0], "naam": {"geslachtsnaam": row[1]}} for row in rows}
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
    people = [{"burgerservicenummer": row[0], "naam": {"geslachtsnaam": row[1]}} for row in ROWS if row[0] in {BSN, OTHER}]
    server.reply = lambda path, headers, body: persons(*people)
    return good


def __getattr__(case: str) -> object:
    """The faults of HTTP."""
    ways = {
        "slow": (_http.slowly(0.3), {}),
        "timeout": (_http.slowly(3), {"timeout": _http.SHORT}),
        "busy": (_http.once((429, {"Retry-After": "1"}, b"")), {"retries": 1}),
        "heals": (_http.once((500, {}, b"")), {"retries": 1}),
        "truncated": (_http.half, {}),
        "huge": (_http.endless, {}),
        **{name: (_http.fault(name), {}) for name in _http.FAULTS},
    }
    if case not in ways:
        raise AttributeError(case)
    wrap, more = ways[case]
    return lambda bench: _http.served(US, bench, wrap, **more)

"""A data broker that speaks StUF-BG, on loopback: the people of the rows, the note as family name."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from config.settings import Source
from demo.apis.server import serving
from demo.makelaar import application
from tests.connectors.kinds import NAMES, ROWS, Bench, _http
from tests.connectors.kinds._rows import Row
from tests.connectors.made import OTHER, column, entity, source

KIND, GONE = "stufbg", "http://127.0.0.1:9/BeantwoordVraag"
NOT = {
    "gone": "it is asked for no more than sources.yaml names, and answers in just that",
    "unclassified": "it is asked for no more than sources.yaml names",
    "minimum": "it answers about one person, and cannot be counted",
    "partial": "one question asks for everything: the answer comes whole or not at all; what is kept from us in it is in chapter 12",
}
BY_BSN = {"inp.bsn": "subject.bsn"}
TABLE = entity(
    "notities", BY_BSN, [column("inp.bsn", "bsn"), column("geslachtsnaam", "name"), column("geboortedatum", "date")], table="persoon"
)
US = sys.modules[__name__]


def make(bench: Bench, names: list[str], rows: list[Row]) -> Source:
    """A register that knows the people of these rows, all born on one day."""
    people = [
        {"burgerservicenummer": row[0], "naam": {"geslachtsnaam": row[1]}, "geboorte": {"datum": {"datum": "1980-03-09"}}}
        for row in rows
        if row[0]
    ]
    server = _http.behind(bench, functools.partial(_running, people))
    options = {"auth": {"username": "inzage", "password": "geheimwoord"}}
    return source(KIND, f"{server.url}/BeantwoordVraag", TABLE, options=options)


@contextmanager
def _running(people: Any, outside: str) -> Iterator[str]:
    with serving(lambda _: application(people, "inzage", "geheimwoord"), "stufbg") as address:
        yield address


def other_bsn(bench: Bench) -> Source:
    """It answers about somebody else than was asked for."""
    return _http.asked_otherwise(make(bench, NAMES, ROWS), bench, lambda path, body: (path, body.replace("999990019", OTHER)))


def same_name(bench: Bench) -> Source:
    """It is asked by BSN, and knows another of the same birth date."""
    return make(bench, NAMES, ROWS)


def __getattr__(case: str) -> object:
    """The faults of HTTP with XML."""
    ways = _http.states(US, _http.SOAP_FAULTS)
    if case not in ways:
        raise AttributeError(case)
    return ways[case]

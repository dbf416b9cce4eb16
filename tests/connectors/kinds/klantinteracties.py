"""Contacts with residents: a server of the Klantinteracties API on loopback, a contact for each row."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from config.settings import Source
from demo.apis.server import serving
from demo.klantcontact.app import application
from demo.klantcontact.made import store
from tests.connectors import contacts
from tests.connectors.kinds import NAMES, ROWS, Bench, _http
from tests.connectors.kinds._rows import Row
from tests.connectors.made import column, entity

KIND, GONE = "klantinteracties", "http://127.0.0.1:9/klantinteracties/api/v1"
NOT = {
    **_http.NOT_JSON,
    "gone": "its specification says what it holds, and what it does not fill it leaves out; a column of neither is in chapter 23",
}
US = sys.modules[__name__]
TABLE = entity(
    "notities", {"bsn": "subject.bsn"}, [column("nummer", "id"), column("inhoud", "text", "mixed"), column("plaatsgevondenOp", "date"), column("uuid", "id")],
    table="klantcontacten", provides={"uuid": "key.contact"},
)  # fmt: skip


def make(bench: Bench, names: list[str], rows: list[Row]) -> Source:
    """A register with a contact of each of these people, who have one name."""
    people = [{**contacts.PEOPLE[0], "bsn": row[0]} for row in rows if row[0]]
    told = [
        {"nummer": f"{number:010}", "kanaal": "balie", "onderwerp": "Vraag", "inhoud": row[1], "op": "2024-03-01T09:00:00Z",
         "betrokkenen": [{"bsn": row[0]}] if row[0] else []}
        for number, row in enumerate(rows)
    ]  # fmt: skip
    kept = store(people, told)
    for contact, row in zip(kept["klantcontacten"], rows, strict=True):
        contact.update({"extra": row[2]} if len(row) > 2 else {})
    server = _http.behind(bench, functools.partial(_running, kept))
    return contacts.contacts_source(server.url, TABLE)


@contextmanager
def _running(kept: Any, outside: str) -> Iterator[str]:
    with serving(lambda address: application(kept, contacts.TOKEN, outside), "klantcontact") as address:
        yield address


def in_part(bench: Bench) -> Source:
    """The tasks that contacts led to may not be read."""
    return _http.refusing(US, bench, "/internetaken", contacts.hanging("internetaken"))


def other_bsn(bench: Bench) -> Source:
    """A server that does not know the question gives all parties and all contacts."""
    return _http.asked_otherwise(make(bench, NAMES, ROWS), bench, lambda path, body: (path.partition("?")[0], body))


def same_name(bench: Bench) -> Source:
    """Each of the parties has this name."""
    return make(bench, NAMES, ROWS)


def __getattr__(case: str) -> object:
    """The faults of HTTP."""
    ways = {**_http.states(US), "partial": in_part}
    if case not in ways:
        raise AttributeError(case)
    return ways[case]

"""A case register: a server of the APIs for zaakgericht werken on loopback, a case for each row."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from config.settings import Source
from demo.apis.server import serving
from demo.zaakgericht.app import application
from demo.zaakgericht.made import store
from tests.connectors import cases
from tests.connectors.kinds import NAMES, ROWS, Bench, _http
from tests.connectors.kinds._rows import Row
from tests.connectors.made import column, entity

KIND, GONE = "zgw", "http://127.0.0.1:9/zaken/api/v1"
NOT = {
    **_http.NOT_JSON,
    "gone": "its specification says what it holds, and what it does not fill it leaves out; a column of neither is in chapter 20",
}
US = sys.modules[__name__]
TABLE = entity(
    "notities",
    {"rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": "subject.bsn"},
    [column("identificatie", "id"), column("omschrijving", "text", "mixed"), column("startdatum", "date"), column("status")],
    table="zaken",
)
ALIKE = {"voornamen": "Johanna Maria", "voorvoegselGeslachtsnaam": "van der", "geslachtsnaam": "Berg", "geboortedatum": "1980-03-09"}


def make(bench: Bench, names: list[str], rows: list[Row]) -> Source:
    """A register with a case about each of these people; all have the name and birth date of the subject."""
    told = [
        {"zaak": f"Z-{number}", "type": "Melding", "omschrijving": row[1], "start": "2024-03-01", "rollen": _roles(row[0])}
        for number, row in enumerate(rows)
    ]
    kept = store(told, lambda bsn: {"inpBsn": bsn, **ALIKE}, cases.ALL)
    # every member that sources.yaml does not name is one more column to be told: only what the test adds stays
    kept["zaken"] = [{name: case[name] for name in _WHOLE} | _more(row) for case, row in zip(kept["zaken"], rows, strict=True)]
    server = _http.behind(bench, functools.partial(_running, kept))
    return cases.register_source(server.url, TABLE)


_WHOLE = ("url", "uuid", "identificatie", "omschrijving", "startdatum", "status", "vertrouwelijkheidaanduiding", "zaaktype")


@contextmanager
def _running(kept: Any, outside: str) -> Iterator[str]:
    with serving(lambda address: application(kept, {cases.CLIENT: cases.SECRET}, outside), "zaken") as address:
        yield address


def _roles(bsn: str | None) -> list[dict[str, str]]:
    return [{"rol": "Aanvrager", "wie": bsn}] if bsn else []


def _more(row: Row) -> dict[str, Any]:
    return {"extra": row[2]} if len(row) > 2 else {}


def in_part(bench: Bench) -> Source:
    """The notes of the cases may not be read."""
    more = cases.hanging("zaaknotities", match={"zaak": "key.zaak"})
    made = _http.refusing(US, bench, "/zaaknotities", more)
    return cases.register_source(made.connection.removesuffix("/zaken/api/v1"), cases.CASE, more)


def other_bsn(bench: Bench) -> Source:
    """A server that does not know the question gives the cases of everybody."""
    return _http.asked_otherwise(
        make(bench, NAMES, ROWS), bench, lambda path, body: (path, {} if "/_zoek" in path and "999999990" not in str(body) else body)
    )


def same_name(bench: Bench) -> Source:
    """Each case is that of somebody with this name and birth date."""
    return make(bench, NAMES, ROWS)


def __getattr__(case: str) -> object:
    """The faults of HTTP."""
    ways = {**_http.states(US), "partial": in_part}
    if case not in ways:
        raise AttributeError(case)
    return ways[case]

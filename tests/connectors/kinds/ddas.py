"""Deliveries of DDAS: for each row a trajectory of one client, the note as its description."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from config.settings import Source
from tests.connectors.kinds import BSN, ELSE, NAMES, NOTE, OTHER, ROWS, Bench, _folders
from tests.connectors.kinds._rows import Row
from tests.connectors.made import column, entity, source

KIND, FOLDER = "ddas", "leveringen"
US = sys.modules[__name__]
NOT = {
    **_folders.NOT,
    "bomb": "it is JSON, which knows no entities",
    "gone": "its standard says what it holds, and what it does not fill it leaves out; a column of neither is in chapter 11",
}
COLUMNS = [column("Burgerservicenummer", "bsn"), column("omschrijving", "text", "mixed"), column("startdatum", "date")]
TABLE = entity("notities", {"Burgerservicenummer": "subject.bsn"}, COLUMNS, table="schuldhulptrajecten")


def make(bench: Bench, names: list[str], rows: list[Row]) -> Source:
    """A delivery with a trajectory of each of these people, who have one birth date and address."""
    _write(bench, "levering.json", json.dumps(_delivery(rows)).encode())
    return source(KIND, str(bench.folder / FOLDER), TABLE)


def _delivery(rows: list[Row]) -> dict[str, Any]:
    trajects = [
        {"startdatum": "2024-02-01", "omschrijving": row[1], "client": [_client(row)], **({"extra": row[2]} if len(row) > 2 else {})}
        for row in rows
    ]
    return {"codeGegevensleverancier": "GL1", "leveringen": [{"teller": 1, "schuldhulptrajecten": trajects}]}


def _client(row: Row) -> dict[str, str]:
    known = {"Burgerservicenummer": str(row[0])} if row[0] else {}
    return {"Geboortedatum": "1980-03-09", "Postcode": "1234AB", "Huisnummer": "12", **known}


def _write(bench: Bench, name: str, data: bytes) -> None:
    (bench.folder / FOLDER).mkdir(exist_ok=True)
    (bench.folder / FOLDER / name).write_bytes(data)


def partial(bench: Bench) -> Source:
    """One of two deliveries breaks off."""
    return _with(bench, json.dumps(_delivery([(BSN, NOTE)])).encode()[:80], ROWS)


def forbidden(bench: Bench) -> Source:
    """A folder that may not be read."""
    return _folders.forbidden(US, bench)


def stays_broken(bench: Bench) -> Source:
    """The folder is gone."""
    return _folders.gone(US, bench)


def truncated(bench: Bench) -> Source:
    """The delivery about the subject breaks off."""
    return _with(bench, json.dumps(_delivery([(BSN, NOTE)])).encode()[:150])


def wrong_type(bench: Bench) -> Source:
    """A picture that is called a delivery."""
    return _with(bench, _folders.PICTURE)


def invalid(bench: Bench) -> Source:
    """Something that is nearly JSON."""
    return _with(bench, json.dumps(_delivery([(BSN, NOTE)])).replace(", ", " ").encode())


def huge(bench: Bench) -> Source:
    """A delivery of two gigabytes, nothing but zeros after its start."""
    good = _with(bench, json.dumps(_delivery([(BSN, NOTE)])).encode()[:-2])
    os.truncate(bench.folder / FOLDER / "over.json", 2 * 2**30)
    return good


def other_bsn(bench: Bench) -> Source:
    """One trajectory of two clients."""
    good = make(bench, NAMES, [(BSN, NOTE), (OTHER, ELSE)])
    both = _delivery([(BSN, NOTE)])
    both["leveringen"][0]["schuldhulptrajecten"][0]["client"].append({**_client((OTHER,)), "Postcode": "9999ZZ"})
    _write(bench, "samen.json", json.dumps(both).encode())
    return good


def same_name(bench: Bench) -> Source:
    """Two clients of one birth date and address: the standard holds no names."""
    return make(bench, NAMES, [(BSN, NOTE), (OTHER, ELSE)])


def _with(bench: Bench, data: bytes, rows: list[Row] = ROWS[1:]) -> Source:
    good = make(bench, NAMES, rows)
    _write(bench, "over.json", data)
    return good

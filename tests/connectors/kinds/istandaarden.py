"""An archive of iWmo messages: for each row an assignment to one client, the note as its comment."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from config.settings import Source
from tests.connectors.berichten import m301, m323
from tests.connectors.kinds import BSN, ELSE, NAMES, NOTE, OTHER, ROWS, Bench, _folders
from tests.connectors.kinds._rows import Row
from tests.connectors.kinds._xml import LAUGHS
from tests.connectors.made import column, entity, source

KIND, FOLDER = "istandaarden", "berichten"
US = sys.modules[__name__]
NOT = {
    **_folders.NOT,
    "gone": "its standard says what it holds, and what it does not fill it leaves out; a column of neither is in chapter 10",
}
MORE = ("ToewijzingNummer", "Product", "Toewijzingsdatum", "Toewijzingstijd", "Ingangsdatum", "Omvang", "Budget")
COLUMNS = [column("Bsn", "bsn"), column("Commentaar", "text", "mixed"), *map(column, MORE)]
TABLE = entity("notities", {"Bsn": "subject.bsn"}, COLUMNS, table="ToegewezenProduct")


def make(bench: Bench, names: list[str], rows: list[Row]) -> Source:
    """An assignment for each of these people; all have the name and birth date of the subject."""
    folder = bench.folder / FOLDER
    folder.mkdir()
    for number, row in enumerate(row for row in rows if row[0]):
        _write(folder / f"{number}.xml", m301(str(row[0]), str(number), comment=row[1]), row)
    return source(KIND, str(folder), TABLE)


def _write(path: Path, message: bytes, row: Row) -> None:
    """One product stays, with one more element where the row has one."""
    head, _, rest = message.partition(b"</wmo301:ToegewezenProduct>")
    tail = rest.partition(b"</wmo301:ToegewezenProduct>")[2]
    more = f"<wmo301:extra>{row[2]}</wmo301:extra>".encode() if len(row) > 2 else b""
    path.write_bytes(head + more + b"</wmo301:ToegewezenProduct>" + tail)


def partial(bench: Bench) -> Source:
    """One of the messages breaks off."""
    return _with(bench, m301(BSN)[:700], ROWS)


def forbidden(bench: Bench) -> Source:
    """A folder that may not be read."""
    return _folders.forbidden(US, bench)


def stays_broken(bench: Bench) -> Source:
    """The folder is gone."""
    return _folders.gone(US, bench)


def truncated(bench: Bench) -> Source:
    """The message about the subject breaks off."""
    return _with(bench, m301(BSN, comment=NOTE)[:900])


def wrong_type(bench: Bench) -> Source:
    """A picture that is called a message."""
    return _with(bench, _folders.PICTURE)


def invalid(bench: Bench) -> Source:
    """Something that is nearly XML."""
    return _with(bench, m301(BSN, comment=NOTE).replace(b"</wmo301:Client>", b"</wmo301:Klant>"))


def bomb(bench: Bench) -> Source:
    """A billion laughs before the message."""
    whole = m301(BSN, comment="HIER").partition(b"\n")[2]
    declared = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'.encode()
    return _with(bench, declared + whole.replace(b"HIER", b"&l8;"))


def huge(bench: Bench) -> Source:
    """A message of two gigabytes."""
    good = _with(bench, m301(BSN, comment=NOTE))
    os.truncate(bench.folder / FOLDER / "over.xml", 2 * 2**30)
    return good


def other_bsn(bench: Bench) -> Source:
    """A declaration with lines of two clients."""
    good = make(bench, NAMES, [(BSN, NOTE), (OTHER, ELSE)])
    (bench.folder / FOLDER / "declaratie.xml").write_bytes(m323((BSN, NOTE[:20]), (OTHER, ELSE)))
    lines = entity("regels", {"Bsn": "subject.bsn"}, [column("Bsn", "bsn"), column("ReferentieNummer")], table="Prestatie")
    return replace(good, entities=(*good.entities, lines))


def same_name(bench: Bench) -> Source:
    """Two clients of one name and birth date."""
    return make(bench, NAMES, [(BSN, NOTE), (OTHER, ELSE)])


def _with(bench: Bench, data: bytes, rows: list[Row] = ROWS[1:]) -> Source:
    good = make(bench, NAMES, rows)
    (bench.folder / FOLDER / "over.xml").write_bytes(data)
    return good

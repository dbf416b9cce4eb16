"""The SQLite databases of Voorbeeldstad: a schema and rows, written in one go and whole."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from demo.numbers import iban
from demo.texts import read
from demo.town import Town

SYSTEMS = ("loket", "wmo", "uitkering", "jeugd", "schulden", "zaken", "regie")
"""The databases, each described by `systems/NAME.yaml`."""

Row = Mapping[str, Any]
Rows = Iterable[tuple[str, Row]]
"""Rows with the name of the table that each is for, in the order in which they are written."""

_IBAN = re.compile(r"\{iban:(\w+)\}|\{iban!:(\d{10})\}")
_DRAWN_FROM = 100_000
"""Numbers of drawn rows start here, clear of those in the story."""


def write(path: Path, name: str, town: Town, drawn: Rows) -> None:
    """Make the database `path` of system `name`: its schema, the rows of the story, and those that were drawn."""
    system = read(f"systems/{name}.yaml")
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(f"pragma foreign_keys = on;\n{system['schema']}")
        for table, row in (*_told(system["rows"], town), *drawn):
            _insert(db, table, row)
        db.executescript(system.get("after", ""))


def _told(tables: Mapping[str, list[Row]], town: Town) -> Rows:
    return [(table, {name: _filled(value, town) for name, value in row.items()}) for table, rows in tables.items() for row in rows]


def _filled(value: object, town: Town) -> object:
    """Text with the account numbers that it refers to: `{iban:hanneke}` by person, `{iban!:0900001234}` by account."""
    if not isinstance(value, str):
        return value
    return _IBAN.sub(lambda found: iban(town[town.cast[found[1]]].account) if found[1] else iban(found[2], "NEPB"), value)


def _insert(db: sqlite3.Connection, table: str, row: Row) -> None:
    names, values = list(row), list(row.values())
    columns = ", ".join(f'"{name}"' for name in names)
    db.execute(f'insert into "{table}" ({columns}) values ({", ".join("?" * len(values))})', values)


def serials() -> Iterable[int]:
    """Fresh numbers for drawn rows."""
    return iter(range(_DRAWN_FROM, 10 * _DRAWN_FROM))

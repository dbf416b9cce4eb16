"""What the files of several kinds share: one entity of notes, and rows written as a database, a workbook, a CSV file or a folder."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import openpyxl

from config.settings import Entity
from tests.connectors.made import column, entity

Row = tuple[Any, ...]
COLUMNS = [column("BSN", "bsn"), column("NOTITIE", "text", "mixed")]
BY_NAME = [*COLUMNS, column("NAAM", "name"), column("GEBOREN", "date")]
NAMESAKES = ["BSN", "NOTITIE", "NAAM", "GEBOREN"]


def notes(**more: Any) -> Entity:
    """The notes, found by BSN."""
    return entity("notities", more.pop("match", {"BSN": "subject.bsn"}), more.pop("columns", COLUMNS), **more)


def namesakes() -> Entity:
    """The notes, found by BSN, or else by name and birth date."""
    return notes(match=[{"BSN": "subject.bsn"}, {"NAAM": "subject.name", "GEBOREN": "subject.birth_date"}], columns=BY_NAME)


def sqlite(path: Path, names: list[str], rows: list[Row]) -> Path:
    """A new database file with one table of these rows."""
    with sqlite3.connect(path) as db:
        db.execute(f"create table notities ({', '.join(names)})")
        db.executemany(f"insert into notities values ({', '.join('?' * len(names))})", rows)
    db.close()
    return path


def workbook(path: Path, names: list[str], rows: list[Row]) -> Path:
    """A new workbook with one sheet of these rows."""
    book = openpyxl.Workbook()
    book.active.title = "notities"
    for row in (names, *rows):
        book.active.append(list(row))
    book.save(path)
    return path


def csv(path: Path, names: list[str], rows: list[Row]) -> Path:
    """A new CSV file of these rows."""
    lines = [";".join("" if cell is None else str(cell) for cell in row) for row in (names, *rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def folder(path: Path, names: list[str], rows: list[Row]) -> Path:
    """A new folder with a text file for each of these rows."""
    (path / "notities").mkdir(parents=True)
    for number, row in enumerate(rows):
        (path / "notities" / f"brief {number}.txt").write_text("\n".join(str(cell) for cell in row if cell), encoding="utf-8")
    return path

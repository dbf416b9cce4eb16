"""An index beside a large export: its rows encrypted, found by keyed hashes, and made anew when the file changes.

Without the key it tells how many rows there are and nothing of them; the key comes from whoever runs us, and goes with the master key.
It lies beside the file, or where that folder may not be written, in the folder that came with the key.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from config.discretion import discreet
from config.errors import SourceUnreadable
from config.settings import Entity
from connectors.asking.contract import Row
from connectors.asking.shape import find
from connectors.asking.wanted import Alternative
from connectors.written.dates import day
from connectors.written.figures import bsn, email, phone, written, zeros_apart

LEAST = 2 * 2**20
"""Bytes of a file from which an index is worth its making."""

MADE_BY = 1
"""Counts up when what is hashed or kept changes."""

Mark = tuple[int, str]
"""The place of a column, and what it is looked up by."""


@discreet
@dataclass(frozen=True, slots=True)
class Cabinet:
    """Where an index may be kept when not beside its file, and the 32 bytes under which it is kept."""

    folder: Path
    key: bytes


@dataclass(frozen=True, slots=True)
class Index:
    """A whole index of `thing`, as fresh as its file. `misaligned` rows could not be put in columns."""

    thing: str
    path: Path
    key: bytes
    columns: tuple[str, ...]
    size: int
    misaligned: int

    def rows(self, marks: Iterable[Mark] | None) -> Iterator[Row]:
        """The rows that bear any of these marks, all where None, each once, in the order of the file.

        Raises SourceUnreadable where it was tampered with.
        """
        try:
            yield from self._found(marks)
        except (InvalidTag, sqlite3.Error, TypeError, ValueError):
            raise SourceUnreadable(self.thing, "its index was changed", "Remove the .inzage-index beside it") from None

    def _found(self, marks: Iterable[Mark] | None) -> Iterator[Row]:
        hashes = [_hash(self.key, mark) for mark in marks or ()]
        with closing(_open(self.path)) as db:
            places: set[int] = set(range(self.size) if marks is None else ())
            for start in range(0, len(hashes), 500):
                some = hashes[start : start + 500]
                places |= {row[0] for row in db.execute(f"select place from mark where hash in ({','.join('?' * len(some))})", some)}
            for place in sorted(places):
                (sealed,) = db.execute("select sealed from line where place = ?", (place,)).fetchone()
                yield _unsealed(self.key, sealed, place)


def kept(cabinet: Cabinet | None, file: Path, entity: Entity, form: str) -> Index | None:
    """The index of this entity of a file as it is now, if there is one; `form` is whatever else decides how cells are read."""
    if cabinet is None:
        return None
    stamp = _stamp(file, entity, form)
    found = (_fresh(entity, place, cabinet.key, stamp) for place in _places(cabinet, file, entity))
    return next((index for index in found if index is not None), None)


def made(cabinet: Cabinet | None, file: Path, entity: Entity, rows: Any, form: str) -> Index | None:
    """An index, new; None where the file is small or no index can be kept. `rows` have `columns`, and `misaligned` once read."""
    if cabinet is None or file.stat().st_size < LEAST:
        return None
    stamp = _stamp(file, entity, form)
    for place in _places(cabinet, file, entity):
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            _make(place, cabinet.key, stamp, _keyed(entity, rows.columns), rows)
        except (OSError, sqlite3.Error):
            continue  # not a folder to keep it in
        return _fresh(entity, place, cabinet.key, stamp)
    return None


def _places(cabinet: Cabinet, file: Path, entity: Entity) -> tuple[Path, ...]:
    """Where it may lie: beside the file first."""
    name = f".{file.name}.{hashlib.sha256(f'{file.absolute()}|{entity.name}'.encode()).hexdigest()[:12]}.inzage-index"
    return file.parent / name, cabinet.folder / name


def marks_of(alternatives: Sequence[Alternative]) -> set[Mark] | None:
    """What to look up so that no row is missed; None where an alternative has nothing that is looked up by value."""
    found: set[Mark] = set()
    for alternative in alternatives:
        condition = next((c for c in alternative.conditions if _form(c.key) != "name"), None)
        if condition is None:
            return None
        born = alternative.person.birth_date
        values = [born.isoformat()] if condition.key == "subject.birth_date" and born else list(condition.values)
        found |= {(condition.place, f"{_form(condition.key)}:{zeros_apart(v) if _form(condition.key) == 'key' else v}") for v in values}
    return found


def _form(key: str) -> str:
    """How cells matched on `key` are looked up; `name` for what is compared by its parts."""
    return {"subject.bsn": "bsn", "subject.email": "email", "subject.phone": "phone", "subject.birth_date": "day"}.get(
        key, "name" if key in {"subject.name", "subject.address"} else "key"
    )


def _keyed(entity: Entity, columns: Sequence[str]) -> list[tuple[int, str]]:
    """The places that are looked up, and how."""
    asked = [(find(column, columns), _form(key)) for match in entity.match for column, key in match.items()]
    return sorted({(place, form) for place, form in asked if place is not None and form != "name"})


def _mark(cell: Any, form: str) -> str:
    match form:
        case "bsn":
            return bsn(cell)
        case "email":
            return email(cell)
        case "phone":
            return phone(cell)
        case "day":
            when = day(cell, this_year=datetime.now(UTC).year, serial=True)
            return when.isoformat() if when else ""
        case _:
            return zeros_apart(written(cell))


def _hash(key: bytes, mark: Mark) -> bytes:
    return hmac.new(key, f"{mark[0]}|{mark[1]}".encode(), hashlib.sha256).digest()[:16]


def _stamp(file: Path, entity: Entity, form: str) -> str:
    status = file.stat()
    kinds = {name: str(column.kind) for name, column in entity.columns.items()}
    parts = (MADE_BY, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, datetime.now(UTC).year)
    return hashlib.sha256(repr((*parts, entity.match, kinds, entity.table, form)).encode()).hexdigest()


def _fresh(entity: Entity, path: Path, key: bytes, stamp: str) -> Index | None:
    """The index at `path`, if it is there, whole, made under this key, and of the file as it is."""
    try:
        with closing(_open(path)) as db:
            known, columns, size, misaligned, proof = db.execute("select stamp, columns, size, misaligned, proof from whole").fetchone()
    except (OSError, sqlite3.Error, TypeError, ValueError):
        return None
    true = known == stamp and hmac.compare_digest(proof, _proof(key, stamp, columns, size, misaligned))
    return Index(f"{entity.source}.{entity.name}", path, key, tuple(orjson.loads(columns)), size, misaligned) if true else None


def _proof(key: bytes, stamp: str, columns: str, size: int, misaligned: int) -> bytes:
    return hmac.new(key, f"{stamp}|{columns}|{size}|{misaligned}".encode(), hashlib.sha256).digest()


def _open(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise FileNotFoundError
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _make(path: Path, key: bytes, stamp: str, keyed: Sequence[tuple[int, str]], rows: Any) -> None:
    """Write an index apart, and put it in its place once it is whole."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(draft)) as db:
            db.executescript(_TABLES)
            size, names = 0, orjson.dumps(list(rows.columns)).decode()
            for place, row in enumerate(rows):
                db.execute("insert into line values (?, ?)", (place, _sealed(key, row, place)))
                marks = {(column, f"{form}:{text}") for column, form in keyed if (text := _mark(row[column], form))}
                db.executemany("insert into mark values (?, ?)", [(_hash(key, mark), place) for mark in marks])
                size += 1
            db.execute("create index by_hash on mark (hash)")
            proof = _proof(key, stamp, names, size, rows.misaligned)
            db.execute("insert into whole values (?, ?, ?, ?, ?)", (stamp, names, size, rows.misaligned, proof))
            db.commit()
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


_TABLES = """
pragma journal_mode = off; pragma synchronous = off;
create table whole (stamp text, columns text, size integer, misaligned integer, proof blob);
create table line (place integer primary key, sealed blob);
create table mark (hash blob, place integer);
"""


def _sealed(key: bytes, row: Row, place: int) -> bytes:
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, orjson.dumps([_told(cell) for cell in row]), str(place).encode())


def _unsealed(key: bytes, sealed: bytes, place: int) -> Row:
    plain = AESGCM(key).decrypt(sealed[:12], sealed[12:], str(place).encode())
    return tuple(_cell(told) for told in orjson.loads(plain))


_TAGS: Mapping[str, Any] = {"D": Decimal, "t": datetime.fromisoformat, "d": date.fromisoformat, "c": time.fromisoformat, "i": int, "s": str}


def _told(cell: Any) -> Any:
    """A cell as JSON, tagged where JSON has no such type."""
    if cell is None or isinstance(cell, bool | float):
        return cell
    for kind, tag in ((str, "s"), (int, "i"), (Decimal, "D"), (datetime, "t"), (date, "d"), (time, "c")):
        if isinstance(cell, kind):
            return [tag, cell.isoformat() if isinstance(cell, date | time) else str(cell)]
    return ["s", str(cell)]


def _cell(told: Any) -> Any:
    return _TAGS[told[0]](told[1]) if isinstance(told, list) else told

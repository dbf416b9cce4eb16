"""Folders of files."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import replace

from config.settings import Source
from tests.connectors.kinds import BSN, ELSE, NAMES, NOTE, OTHER, ROWS, Bench
from tests.connectors.kinds._exports import NOT as _NOT
from tests.connectors.kinds._rows import Row, folder, notes
from tests.connectors.kinds._xml import LAUGHS
from tests.connectors.made import entity, source

KIND = "documents"
NOT = {**_NOT, "unclassified": "files have no columns", "gone": "files have no columns"}
BY_TEXT = entity("notities", {"TEXT": "subject.bsn"}, [])


def make(bench: Bench, names: list[str], rows: list[Row]) -> Source:
    """A folder with a text for each row."""
    return source(KIND, str(folder(bench.folder / "map", names, rows)), BY_TEXT)


def partial(bench: Bench) -> Source:
    """One file cannot be read."""
    return _with(bench, "scan.bin", b"\0\1\2\3", ROWS)


def forbidden(bench: Bench) -> Source:
    """A folder that may not be read."""
    good = make(bench, NAMES, ROWS)
    (bench.folder / "map" / "notities").chmod(0)
    bench.after.append(lambda: (bench.folder / "map" / "notities").chmod(0o700))
    return good


def stays_broken(bench: Bench) -> Source:
    """The folder is gone."""
    return replace(make(bench, NAMES, ROWS), connection=str(bench.folder / "weg"))


def truncated(bench: Bench) -> Source:
    """A PDF that stops halfway."""
    return _with(bench, "brief.pdf", b"%PDF-1.7\n1 0 obj << /Type /Cat")


def wrong_type(bench: Bench) -> Source:
    """A picture that is called a letter."""
    return _with(bench, "brief.docx", b"\x89PNG\r\n\x1a\n" + bytes(64))


def invalid(bench: Bench) -> Source:
    """A letter whose XML is none."""
    return _with(bench, "brief.docx", _docx(b"<w:document><w:body>"))


def bomb(bench: Bench) -> Source:
    """A letter of a billion laughs."""
    return _with(bench, "brief.docx", _docx(f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l8;</x>'.encode()))


def huge(bench: Bench) -> Source:
    """A file of two gigabytes."""
    good = _with(bench, "brief.txt", b"x")
    os.truncate(bench.folder / "map" / "notities" / "brief.txt", 2 * 2**30)
    return good


def other_bsn(bench: Bench) -> Source:
    """The number of the subject in the name of one file, and of another file the BSN."""
    good = make(bench, NAMES, [(BSN, NOTE), (OTHER, ELSE)])
    return replace(good, entities=(notes(match={"TEXT": "subject.bsn"}, columns=[]),))


def same_name(bench: Bench) -> Source:
    """Two letters that name one name and birth date, each with a BSN."""
    rows = [(f"BSN {BSN}", NOTE, "Johanna van der Berg", "9-3-1980"), (f"BSN {OTHER}", ELSE, "Johanna van der Berg", "9-3-1980")]
    good = make(bench, NAMES, rows)
    by_name = {"TEXT": "subject.name", "DATE": "subject.birth_date"}
    return replace(good, entities=(entity("notities", [{"TEXT": "subject.bsn"}, by_name], []),))


def _with(bench: Bench, name: str, data: bytes, rows: list[Row] = ROWS[1:]) -> Source:
    good = make(bench, NAMES, rows)
    (bench.folder / "map" / "notities" / name).write_bytes(data)
    return good


def _docx(body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        container.writestr("[Content_Types].xml", "<Types/>")
        container.writestr("word/document.xml", body)
    return out.getvalue()

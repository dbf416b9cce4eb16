"""A system with no way in: what a colleague hands over, or does not."""

from __future__ import annotations

from typing import Any

import connectors
from config.collection import Answer
from config.settings import Source
from connectors import manual
from tests.connectors.kinds import BSN, ELSE, NOTE, OTHER, Bench
from tests.connectors.kinds._rows import Row
from tests.connectors.kinds._xml import LAUGHS
from tests.connectors.kinds.documents import _docx as docx
from tests.connectors.made import JOHANNA, NOW, source

KIND = "manual"
_WIRE = "nobody is asked over a wire: a colleague looks"
_FILE = "what a colleague hands over are files, without tables"
NOT = {
    **dict.fromkeys(("slow", "unauthorised", "forbidden", "busy", "heals", "stays_broken", "redirect"), _WIRE),
    "huge": "the form that takes the upload stops at its own limit, see the tests of the desk",
    **dict.fromkeys(("make", "unclassified", "gone", "absent", "missing", "minimum", "key", "check"), _FILE),
}
HELD = f"BSN {BSN}. {NOTE}".encode()


def make(bench: Bench, names: list[str], rows: list[Row]) -> Source:
    """The task of a colleague."""
    return source(KIND, "")


def answered(case: str) -> Answer:
    """What comes of the task."""
    asked = source(KIND, "")
    if case == "waiting":
        return connectors.collect(asked, asked.entities, JOHANNA, now=NOW)
    if case == "nothing":
        return manual.nothing_held(asked, now=NOW)
    if case == "timeout":
        return manual.too_late(asked, now=NOW)
    return manual.handed_over(asked, (), JOHANNA, FILES[case], now=NOW)


FILES: dict[str, list[tuple[str, bytes]]] = {
    "found": [("brief.txt", HELD)],
    "partial": [("brief.txt", HELD), ("scan.bin", b"\0\1\2\3")],
    "truncated": [("brief.txt", HELD), ("brief.pdf", b"%PDF-1.7\n1 0 obj << /Type /Cat")],
    "wrong_type": [("brief.txt", HELD), ("brief.docx", b"\x89PNG\r\n\x1a\n" + bytes(64))],
    "invalid": [("brief.txt", HELD), ("brief.docx", docx(b"<w:document><w:body>"))],
    "bomb": [("brief.txt", HELD), ("brief.docx", docx(f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l8;</x>'.encode()))],
    "other_bsn": [("brief.txt", HELD), ("ander.txt", f"BSN {OTHER}. {ELSE}".encode())],
    "same_name": [
        ("brief.txt", HELD),
        ("ander.txt", f"Johanna van der Berg, geboren 9-3-1980, BSN {OTHER}. {ELSE}".encode()),
    ],
}


def __getattr__(case: str) -> Any:
    """A state that only has an answer."""
    if case in FILES or case in {"nothing", "timeout"}:
        return answered
    raise AttributeError(case)

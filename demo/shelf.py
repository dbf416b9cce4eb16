"""The folder of documents: those of the story, and some two dozen about other residents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from demo.notes import Writer
from demo.papers import Paper, write
from demo.texts import read
from demo.town import CITY, Resident

MANY = 26
"""How many residents outside the story have a document."""

_KINDS = ("letter", "report", "mail", "note", "letter", "note")
_PLACES = {"letter": ("brieven", "pdf"), "report": ("verslagen", "docx"), "mail": ("mail", "eml"), "note": ("notities", "txt")}


def fill(folder: Path, writer: Writer) -> None:
    """Write every document below `folder`."""
    for paper in (*read("systems/documents.yaml")["documents"], *_drawn(writer)):
        write(folder, paper)


def _drawn(writer: Writer) -> Iterator[Paper]:
    for number, person in enumerate(writer.some(0.6)[:MANY]):
        yield _about(writer, person, number)


def _about(writer: Writer, person: Resident, number: int) -> Paper:
    """A document that names its resident by BSN in the file name, or by name and birth date in the text."""
    kind = _KINDS[number % len(_KINDS)]
    day = writer.day(2021).isoformat()
    named = person.bsn if number % 3 else f"{person.initials} {person.family}"
    folder, ending = {"letter": ("brieven", "pdf"), "report": ("verslagen", "docx"), "mail": ("mail", "eml"), "note": ("notities", "txt")}[
        kind
    ]
    paper = {
        "kind": kind, "file": f"{folder}/{day} {writer.question()} {named}.{ending}", "day": day, "title": "Over uw vraag",
        "from": writer.official(), "to": [f"{person.initials} {person.surname}", person.home.line, f"{person.home.postcode} {CITY}"],
        "text": [f"Betreft: {person.full}, geboren {person.born:%d-%m-%Y}.", writer.note(person), writer.note(person)],
        "quoted": [writer.note(person)], "header": f"Gemeente {CITY}", "table": [["Wie", "Rol"], [person.short, "inwoner"]],
        "comment": f"Nog afstemmen met {writer.official()}.",
    }  # fmt: skip
    if kind == "mail":
        paper |= {
            "from": f"{paper['from']} <loket@voorbeeldstad.example>",
            "to": [f"{person.short} <{person.email or 'onbekend@postvak.example'}>"],
        }
    return paper

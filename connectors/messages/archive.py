"""An archive of messages: the XML files of a folder and of the zips in it, each read once and kept only where it is about the subject.

What cannot be read is counted, for it may be about anybody. A message that names nobody (an answer, or one sent back whole) is the
subject's where it refers to one that is.
"""

from __future__ import annotations

import os
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from connectors.files.content import LARGEST, Unreadable
from connectors.files.packed import opened, part
from connectors.messages.message import Glance, Message, Part, glance, message
from connectors.messages.outline import RETURNS
from connectors.messages.schemas import Schemas
from connectors.structured.safely import xml
from connectors.written.figures import bsn as digits_of

_DROPPINGS = frozenset({"thumbs.db", ".ds_store", "desktop.ini", ".gitkeep", ".directory"})
_SCHEMAS = frozenset({".xsd", ".xsl", ".xslt"})

DECLARATION = "declaration"
"""The sort of reference to a message about several clients: what is said of the whole is said of each."""

Reference = tuple[str, str, str]
"""By what a message refers to another: what sort of reference, who sent that other, and its number."""


@dataclass(frozen=True, slots=True)
class Held:
    """One part of a message that is about the subject; `bsn` is theirs by what the message says, or by what it refers to."""

    message: Message
    part: Part
    bsn: str


@dataclass(slots=True)
class Archive:
    """What one pass over an archive found for one BSN, and counts over all of it."""

    bsn: str
    held: list[Held] = field(default_factory=list)
    unread: Counter[tuple[str, str]] = field(default_factory=Counter)  # (folder, reason) -> files
    deviating: Counter[tuple[str, str]] = field(default_factory=Counter)  # (kind, what) -> messages
    records: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # (folder, kind, record) -> how many
    shapes: dict[tuple[str, str, str], dict[tuple[str, ...], None]] = field(default_factory=dict)
    hidden: int = 0
    two_numbers: int = 0
    unplaced: Counter[str] = field(default_factory=Counter)  # folder -> messages that name nobody and refer to nothing here
    _passed: dict[tuple[str, bytes], tuple[str, Counter[str]]] = field(default_factory=dict)
    _nameless: list[tuple[Message, Part]] = field(default_factory=list)
    _known: dict[Reference, set[bool]] = field(default_factory=dict)

    def add(self, read: Message) -> None:
        """Count a message, and keep what of it is about the subject."""
        for one in read.parts:
            for record in one.records:
                place = (read.folder, read.kind, record.name)
                self.records[place] += 1
                self.shapes.setdefault(place, {}).update(dict.fromkeys((*record.own, *record.around)))
            self._sort(read, one)

    def pass_by(self, folder: str, seen: Glance) -> bool:
        """Count a message about somebody else, if one with the same elements was read before; False where it must be read."""
        if not self.bsn or not seen.bsns or self.bsn in {digits_of(number) or number for number in seen.bsns}:
            return False
        kind, counted = self._passed.get((folder, seen.elements), ("", Counter[str]()))
        if not counted:
            return False
        for name, number in counted.items():
            self.records[folder, kind, name] += number
        for reference in _referred(kind, seen.sender, seen.number, seen.references):
            self._known.setdefault(reference, set()).add(False)
        return True

    def remember(self, read: Message, seen: Glance) -> None:
        """Keep what a message of these elements is, for the next that has the same."""
        self._passed[read.folder, seen.elements] = (read.kind, Counter(record.name for one in read.parts for record in one.records))

    def _sort(self, read: Message, one: Part) -> None:
        numbers = {digits_of(number) or number for number in one.bsns}
        mine = bool(self.bsn) and numbers == {self.bsn}
        for reference in given(read, one):
            self._known.setdefault(reference, set()).add(mine)
        if not numbers:
            self._nameless.append((_alone(read, one), one))
        elif mine:
            self._keep(_alone(read, one), one)
        elif self.bsn in numbers:
            self.two_numbers += 1

    def settle(self) -> None:
        """Keep what refers to a message of the subject, and to nobody else's; count what refers to nothing that is here."""
        for read, one in self._nameless:
            known = [(self._known.get(reference, set()), reference[0]) for reference in made(read, one)]
            if any(True in whose and (whose == {True} or sort == DECLARATION) for whose, sort in known):
                self._keep(read, one)
            elif not any(whose for whose, _ in known):
                self.unplaced[read.folder] += 1
        self._nameless.clear()

    def _keep(self, read: Message, one: Part) -> None:
        self.held.append(Held(read, one, self.bsn))
        self.hidden += read.hidden
        self.deviating.update((read.kind, what) for what in read.deviations)


def _alone(read: Message, one: Part) -> Message:
    """The message with one of its clients: a declaration of a thousand is not kept for one of them."""
    return replace(read, parts=(one,))


def given(read: Message, one: Part) -> Iterator[Reference]:
    """By what others may refer to this part of a message."""
    references = [_under(record.own, "ReferentieAanbieder") for record in one.records]
    return _referred(read.kind, read.field("Afzender"), read.field("BerichtIdentificatie", "Identificatie"), references)


def _referred(kind: str, sender: str, number: str, references: Iterable[str]) -> Iterator[Reference]:
    """By what others may refer to a message of this kind."""
    which = int(kind[-3:]) if kind else 0
    if which not in RETURNS and number:
        yield (DECLARATION if which == 323 else f"message {kind}", sender, number)
    if which in {315, 317}:
        yield from ((f"request {kind[:-3]}", sender, reference) for reference in references if reference)


def made(read: Message, one: Part) -> tuple[Reference, ...]:
    """To what a message that names nobody refers: the message it sends back, whose header it repeats, or the request that it answers."""
    found: list[Reference] = []
    if read.number in RETURNS:
        found.append(
            (f"message {read.law}{RETURNS[read.number]}", read.field("Afzender"), read.field("BerichtIdentificatie", "Identificatie"))
        )
    if number := read.field("DeclaratieIdentificatie", "Identificatie"):
        found.append((DECLARATION, read.field("Ontvanger"), number))
    references = [_under(record.own, "ReferentieAanbieder") for record in one.records]
    found += [(f"request {read.law}", read.field("Ontvanger"), reference) for reference in references if reference]
    return tuple(found)


def _under(leaves: Any, name: str) -> str:
    return next((str(value) for path, value in leaves.items() if path[-1] == name), "")


def searched(folder: Path, bsn: str, schemas: Schemas | None = None) -> Archive:
    """One pass over a folder. Raises OSError where a folder cannot be listed."""
    archive = Archive(bsn)
    for path in _files(folder):
        below = path.parent.relative_to(folder).as_posix() if folder.is_dir() else "."
        for name, where, data in _contents(path, "" if below == "." else below, archive):
            _one(name, where, data, archive, schemas)
    archive.settle()
    return archive


def _files(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    found: list[Path] = []
    for where, _, names in os.walk(folder, onerror=_raise):
        found += [Path(where) / name for name in names if name.lower() not in _DROPPINGS and not name.startswith("~$")]
    return sorted(path for path in found if path.suffix.lower() not in _SCHEMAS)


def _raise(error: OSError) -> None:
    """A folder that cannot be listed is a failure, not an empty one."""
    raise error


def _contents(path: Path, folder: str, archive: Archive) -> Iterator[tuple[str, str, bytes]]:
    """The file itself, or each file in it where it is a zip: name, folder and content."""
    if not path.is_file() or path.stat().st_size > LARGEST:
        archive.unread[folder, "large" if path.is_file() else "broken"] += 1
        return
    data = path.read_bytes()
    if data[:4] != b"PK\x03\x04":
        yield path.name, folder, data
        return
    try:
        yield from _packed(data, folder)
    except Unreadable as why:
        archive.unread[folder, why.reason] += 1


def _packed(data: bytes, folder: str) -> Iterator[tuple[str, str, bytes]]:
    with opened(data) as container:
        for member in container.infolist():
            inside = PurePosixPath(member.filename.replace("\\", "/"))
            if member.is_dir() or "__MACOSX" in inside.parts or inside.suffix.lower() in _SCHEMAS:
                continue
            below = "/".join(step for step in inside.parent.parts if step not in {"/", "..", "."})
            yield inside.name, "/".join(filter(None, (folder, below))), _member(container, member)


def _member(container: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    return part(container, member.filename)


def _one(name: str, folder: str, data: bytes, archive: Archive, schemas: Schemas | None) -> None:
    try:
        root = xml(data)
        seen = glance(root)
        if archive.pass_by(folder, seen):
            return
        read = message(root, folder, name)
    except Unreadable as why:
        archive.unread[folder, why.reason] += 1
        return
    except RecursionError:
        archive.unread[folder, "unsafe"] += 1
        return
    if read is None:
        archive.unread[folder, "unknown"] += 1
        return
    before = len(archive.held)
    archive.add(read)
    archive.remember(read, seen)
    if schemas is not None and (len(archive.held) > before or not archive.bsn):
        archive.deviating.update((read.kind, what) for what in schemas.deviations(read.kind, root))

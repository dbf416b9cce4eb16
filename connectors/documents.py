"""Folders of files: PDF, DOCX, ODT, RTF, XLSX, e-mail (EML, MSG), text, HTML, pictures and ZIP, found by their name or by what they say.

`connection` is the folder, `table` a folder in it ("." for itself), searched with all folders below. `match` names `FILENAME` (the key is a
whole word in the name, or in a folder's below), `TEXT` (the text mentions it) and `DATE` (the text mentions the birth date).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from config.collection import Answer, Document, Match
from config.errors import SourceError, SourceRefused, SourceUnreadable
from config.folding import fold
from config.person import Subject
from config.settings import Entity, Source
from connectors.asking.asked import asked
from connectors.asking.attached import document
from connectors.asking.contract import Search, Searched, SourceReport
from connectors.asking.known import Known
from connectors.asking.rows import collected
from connectors.asking.shape import Shape, unclassified
from connectors.asking.texts import text
from connectors.asking.wanted import Alternative, wanted_of
from connectors.exports.index import Cabinet
from connectors.files.about import about_subject
from connectors.files.content import LARGEST
from connectors.files.disk import on_disk, read_from
from connectors.files.mentions import Text
from connectors.files.reading import ReadFile, media_type_of, read
from connectors.files.remembered import remembered, sweep

COLUMNS = ("FILENAME", "TEXT", "DATE")
"""What a file offers to match on."""

TOGETHER = 0.6
"""The score of a part that says nothing of the subject, in a message of which another part does: for a person to judge."""

_SHAPE = Shape(tuple(unclassified(name) for name in COLUMNS))

_DROPPINGS = frozenset({"thumbs.db", ".ds_store", "desktop.ini", ".gitkeep", ".directory"})


def collect(source: Source, entities: Sequence[Entity], subject: Subject, *, now: datetime) -> Answer:
    """The files about the subject."""
    return asked(source, entities, subject, _searching, now=now)


def check(source: Source, entities: Sequence[Entity]) -> SourceReport:
    """Whether the folders are there and may be read, and hold as many files as expected."""
    started, lines, rows = time.monotonic(), list[str](), dict[str, int]()
    reachable = authorised = True
    try:
        with opened(source) as folder:
            for entity in entities:
                lines += folder.checked(entity, rows)
    except SourceError as error:
        reachable, authorised = isinstance(error, SourceRefused), False
        lines.append(str(error))
    return SourceReport(source.name, reachable, authorised, tuple(lines), rows, round(time.monotonic() - started, 3))


@contextmanager
def _searching(source: Source) -> Iterator[Search]:
    with opened(source) as folder:
        yield folder.search


@contextmanager
def opened(source: Source) -> Iterator[Folder]:
    """The folder. Raises SourceError where it is not there or may not be read."""
    with on_disk(source, "folder", Path.is_dir) as path:
        yield Folder(source, path)


@dataclass(frozen=True, slots=True)
class Folder:
    """An open folder of files."""

    source: Source
    path: Path

    def files(self, entity: Entity) -> list[Path]:
        """The files of an entity, by path from its folder, sorted. Raises SourceError where it cannot."""
        with read_from(self.source, "folder"):
            return self._listed(self._root(entity))

    def _listed(self, root: Path) -> list[Path]:
        found = []
        for folder, _, names in os.walk(root, onerror=_raise):
            found += [Path(folder) / name for name in names if name.lower() not in _DROPPINGS and not name.startswith("~$")]
        return sorted(path.relative_to(root) for path in found if path.is_file())

    def _root(self, entity: Entity) -> Path:
        thing = f"{self.source.name}.{entity.name}"
        root = (self.path / entity.table).resolve()
        if not root.is_relative_to(self.path.resolve()):
            raise SourceUnreadable(thing, "its table lies outside the folder of the source", "Write a folder below it under `table`")
        if root.is_dir():
            return root
        alike = [path for path in self.path.iterdir() if path.is_dir() and fold(path.name) == fold(entity.table)]
        if len(alike) != 1:
            raise SourceUnreadable(thing, "there is no such folder", "Was it renamed? Mend `table` in sources.yaml")
        return alike[0]

    def checked(self, entity: Entity, rows: dict[str, int]) -> tuple[str, ...]:
        """What is wrong with one entity; how many files it holds goes into `rows`."""
        try:
            rows[entity.name] = len(self.files(entity))
        except SourceUnreadable as error:
            return (str(error),)
        return self.small(entity, rows[entity.name])

    def small(self, entity: Entity, number: int) -> tuple[str, ...]:
        """An alarm where there are fewer files than `minimum_rows`."""
        if number >= entity.minimum_rows:
            return ()
        wrong = f"it holds {number} files, below its minimum of {entity.minimum_rows}"
        return (f"{self.source.name}.{entity.name}: {wrong}. Look whether it was filled.",)

    def search(self, entity: Entity, known: Known) -> Searched:
        """The files about the subject; those that could not be read and might be are counted."""
        wanted = wanted_of(entity, known, _SHAPE)
        if not wanted.alternatives:
            return Searched(entity, whole=False, alarms=wanted.unasked, failure="unasked")
        askable = [alternative for alternative in wanted.alternatives if not alternative.empty]
        files = self.files(entity)
        documents, unread = self._documents(entity, files, askable) if askable else ((), 0)
        missing = tuple(reason for reason in wanted.unasked if "subject." not in reason)
        small = self.small(entity, len(files))
        alarms = (*missing, *wanted.incomplete, *small, *_unread(self.source, entity, unread))
        return Searched(
            entity,
            whole=not (missing or wanted.incomplete or small or unread),
            collection=collected(self.source, entity, Shape(()), (), (), documents=documents) if documents else None,
            alarms=alarms,
            files_unread=unread,
        )

    def _documents(self, entity: Entity, files: Sequence[Path], askable: Sequence[Alternative]) -> tuple[tuple[Document, ...], int]:
        root, unread, documents = self._root(entity), 0, list[Document]()
        by_text = any(condition.column != "FILENAME" for alternative in askable for condition in alternative.conditions)
        for path in files:
            name = Text([" ".join((*path.parts[:-1], path.stem)), path.name])
            named = about_subject(askable, name, None)
            if named is None and not by_text:
                continue
            for parts in _units(self._parts(root / path, str(path)), whole=named is not None):
                unread += self._judge(askable, name, named, parts, documents)
        sweep(self._cabinet)
        return tuple(documents), unread

    @property
    def _cabinet(self) -> Cabinet | None:
        cabinet: Cabinet | None = self.source.options.get("cabinet")
        return cabinet

    def _parts(self, path: Path, name: str) -> list[ReadFile]:
        """A file and the files inside it; what is too large to open, or may not be, is told by its name alone. Raises SourceUnavailable."""
        with read_from(self.source, "folder"):
            try:
                if path.stat().st_size > LARGEST:
                    return [_unopened(name, "large")]
                return remembered(self._cabinet, path.read_bytes(), name, read)
            except PermissionError:
                return [_unopened(name, "refused")]

    def _judge(
        self, askable: Sequence[Alternative], name: Text, named: Match | None, parts: Sequence[ReadFile], documents: list[Document]
    ) -> bool:
        """Add the parts of one unit where it is about the subject; gives whether it may be and could not be read."""
        judged = [about_subject(askable, name if not part.inside else Text([part.name]), Text(part.pages)) for part in parts]
        best = max((match for match in (named, *judged) if match), key=lambda match: match.score, default=None)
        if best is None:
            return any(part.unreadable for part in parts)
        start = len(documents) + 1
        documents += [document(part, _match(own, best), start + n) for n, (part, own) in enumerate(zip(parts, judged, strict=True))]
        return False


def _unopened(name: str, why: str) -> ReadFile:
    return ReadFile(name, name, media_type_of(b"", name), b"", unreadable=text("unreadable", why))


def _units(parts: Sequence[ReadFile], *, whole: bool) -> list[list[ReadFile]]:
    """What belongs together: a message and its attachments; of a ZIP each file by itself, unless all of it is named for the subject."""
    if whole or parts[0].media_type != "application/zip" or parts[0].unreadable:
        return [list(parts)]
    units: list[list[ReadFile]] = []
    for part in parts[1:]:
        if part.inside == 1:
            units.append([])
        units[-1].append(part)
    return units


def _match(own: Match | None, best: Match) -> Match:
    """The match of one part: its own, or that of the whole it belongs to, less sure."""
    if own is not None and (own.score >= best.score or not best.by.startswith("FILENAME")):
        return own
    if best.by.startswith("FILENAME"):
        return best
    return replace(best, score=min(best.score, TOGETHER), by=f"{best.by} (in another part of the same message)")


def _raise(error: OSError) -> None:
    """A folder below that cannot be listed is a failure, not an empty folder."""
    raise error


def _unread(source: Source, entity: Entity, number: int) -> tuple[str, ...]:
    if not number:
        return ()
    return (f"{source.name}.{entity.name}: {number} files could not be read and are not named for the subject. Look through them by hand.",)

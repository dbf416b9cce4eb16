"""Archives of iWmo and iJw messages (release 3.2, read leniently): folders of XML files, and zips of them.

`connection` is the folder. `table` names a folder in it, a message (`wmo301`, `305`, `ijw`), a kind of record (`ToegewezenProduct`,
`Relatie`, `Client`, `Verstrekking`), or several of these (`2025/wmo301/Relatie`). A column is an element by name or path: `Bsn`,
`Naam.Geslachtsnaam.Achternaam`, `Header.Afzender`. docs/connectors/istandaarden.md has them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from config.collection import Answer
from config.errors import SourceUnreadable
from config.person import Subject
from config.settings import Entity, Source
from connectors.asking.asked import asked
from connectors.asking.checked import checked
from connectors.asking.contract import Search, Searched, SourceReport, Table
from connectors.asking.known import Known
from connectors.asking.rows import search_table
from connectors.files.disk import on_disk
from connectors.messages.archive import Archive, searched
from connectors.messages.choosing import DISCLOSED, WHOLE, Choice, choice
from connectors.messages.disclosed import Disclosed
from connectors.messages.rows import Records
from connectors.messages.schemas import Schemas
from connectors.structured.disclosing import disclosing
from connectors.structured.folders import folders_below, inside


def collect(source: Source, entities: Sequence[Entity], subject: Subject, *, now: datetime) -> Answer:
    """What the archive holds of the subject: one pass over it for all these entities."""
    told: list[str] = []
    answer = asked(
        source, [disclosing(entity) for entity in entities], subject, partial(_searching, bsn=subject.person.bsn, told=told), now=now
    )
    return answer.telling(told)


def check(source: Source, entities: Sequence[Entity]) -> SourceReport:
    """Whether the archive is there and can be read, has the records of sources.yaml, and holds to release 3.2."""
    told: list[str] = []
    report = checked(source, entities, partial(_opened, bsn="", told=told))
    return report.telling(told)


@contextmanager
def _searching(source: Source, bsn: str, told: list[str]) -> Iterator[Search]:
    with _opened(source, bsn, told) as berichten:
        yield berichten.search


@contextmanager
def _opened(source: Source, bsn: str, told: list[str]) -> Iterator[Berichten]:
    """The archive, read through. Raises SourceError where it is not there or may not be read; oddities go to `told`."""
    with on_disk(source, "folder") as path:
        schemas = _schemas(source, path)
        archive, below = searched(path, bsn, schemas), folders_below(path)
    folders = tuple(sorted(below | _within(archive)))
    berichten = Berichten(source, archive, folders)
    told[:] = [f"{source.name}: {line}" for line in (*_odd(berichten), *_broken(schemas))]
    yield berichten


def _schemas(source: Source, archive: Path) -> Schemas | None:
    """The XSDs of `options: {xsd: FOLDER}`, or those that lie in the archive itself. Raises SourceUnreadable where that is no folder."""
    named = source.options.get("xsd")
    if not named:
        return Schemas(archive) if next(archive.rglob("*.xsd"), None) else None
    if not Path(str(named)).is_dir():
        raise SourceUnreadable(source.name, "the folder of its XSDs is not there", "Mend `options: {xsd: ...}`, or leave it out")
    return Schemas(Path(str(named)))


def _within(archive: Archive) -> set[str]:
    """The folders that lie in zips."""
    steps = (folder.split("/") for folder, _, _ in archive.records if folder)
    return {"/".join(one[:end]) for one in steps for end in range(1, len(one) + 1)}


def _odd(berichten: Berichten) -> Iterator[str]:
    """What is odd but was read: deviations from the standard, shared fields that were left out, records that nothing reads."""
    archive = berichten.archive
    for (kind, what), number in sorted(archive.deviating.items()):
        yield f"{number} messages {kind or 'of an unknown kind'} deviate from release 3.2: {what}. They were read; tell the sender."
    if archive.hidden:
        yield f"{archive.hidden} fields that messages about several clients share were left out, for they may tell of others."
    for kind, name in sorted(_held(archive) - berichten.read()):
        if name != WHOLE:
            yield f"records {name} of {kind or 'unknown messages'} are read by no entity. Add one with `table: {name}`, or they stay out."


def _held(archive: Archive) -> set[tuple[str, str]]:
    """The kinds of record that are there, of the subject where one is asked for: by message and name."""
    if archive.bsn:
        return {(held.message.kind, record.name) for held in archive.held for record in held.part.records}
    return {(kind, name) for _, kind, name in archive.records}


def _broken(schemas: Schemas | None) -> Iterator[str]:
    for kind in schemas.broken if schemas else ():
        yield f"the XSD of {kind} cannot be read, so its messages were not validated. Put the published one in the folder."


@dataclass(frozen=True, slots=True)
class Berichten:
    """An archive that was read through."""

    source: Source
    archive: Archive
    folders: tuple[str, ...]
    counted: set[tuple[str, str]] = field(default_factory=set)

    def table(self, entity: Entity) -> Table:
        """The records of one entity. Raises SourceUnreadable where `table` names nothing that an archive has."""
        chosen = choice(entity, self.folders)
        alarms = tuple(self._alarms(entity, chosen))
        if chosen.record == DISCLOSED:
            return Disclosed(self.source, entity, self.archive, chosen, alarms)
        return Records(entity, self.archive, chosen, alarms)

    def read(self) -> set[tuple[str, str]]:
        """The kinds of record that some entity of the source reads, by message and name; an entity whose table is wrong reads none."""
        found: set[tuple[str, str]] = set()
        for entity in self.source.entities:
            try:
                chosen = choice(entity, self.folders)
            except SourceUnreadable:
                continue
            record = "" if chosen.record == DISCLOSED else Records(entity, self.archive, chosen).record
            found |= {(kind, name) for folder, kind, name in self.archive.records if name == record and chosen.holds(folder, kind)}
        return found

    def search(self, entity: Entity, known: Known) -> Searched:
        """The records about the subject; files that could not be read and might be are counted."""
        chosen = choice(entity, self.folders)
        found = search_table(self.source, entity, known, self.table(entity))
        new = {key for key in self.archive.unread if inside(key[0], chosen.folder)} - self.counted
        self.counted.update(new)  # a file that several entities would have read is one file
        return replace(found, files_unread=sum(self.archive.unread[key] for key in new))

    def _alarms(self, entity: Entity, chosen: Choice) -> Iterator[str]:
        """Why not all of it could be searched."""
        place, where = f"{self.source.name}.{entity.name}", f" under {chosen.folder}" if chosen.folder else ""
        reasons = {reason for folder, reason in self.archive.unread if inside(folder, chosen.folder)}
        for reason in sorted(reasons):  # of the source, not of each entity that would have read the same files
            number = sum(n for (folder, why), n in self.archive.unread.items() if why == reason and inside(folder, chosen.folder))
            yield f"{self.source.name}: {number} files{where} {_WHY.get(reason, 'could not be read')}. Look through them by hand."
        if number := sum(n for folder, n in self.archive.unplaced.items() if inside(folder, chosen.folder)):
            wrong = f"{number} messages name nobody and refer to no message that is here"
            yield f"{place}: {wrong}. Look whether the archive is whole."
        if self.archive.two_numbers:
            yield f"{place}: {self.archive.two_numbers} clients carry two BSNs and were left out. Look through them by hand."


_WHY = {
    "broken": "are no whole XML",
    "unsafe": "declare entities or are built to unfold without end, and were not opened",
    "large": "are too large to read",
    "encrypted": "are locked with a password",
    "unknown": "are XML but no message of iWmo or iJw",
}

"""Debt relief in the exchange format of DDAS 1.0: folders of JSON files (bulk deliveries), and zips of them, searched by BSN.

`connection` is the folder, or one file. `table` names a folder in it and a kind of record: `traject`, `client`, `medeclient`, `schulden`,
`begeleiding`, `crisisinterventies`, `moratoria`, `voorlopigeVoorzieningen`, `contactpersonen`, `verstrekking`. A column is a field by
name or path (`intake.startdatum`, `client.Burgerservicenummer`). docs/connectors/ddas.md has them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Any

from config.collection import Answer
from config.errors import SourceUnreadable
from config.folding import squeeze
from config.person import Person, Subject
from config.settings import Entity, Source
from connectors.asking.asked import asked
from connectors.asking.checked import checked
from connectors.asking.contract import Search, Searched, SourceReport, Table
from connectors.asking.known import Known
from connectors.asking.rows import search_table
from connectors.asking.texts import text
from connectors.deliveries.outline import DELIVERY, RECORDS, TRAJECT
from connectors.deliveries.reading import Deliveries, Traject, searched
from connectors.files.disk import on_disk
from connectors.structured.disclosing import FIELDS, disclosing
from connectors.structured.folders import folders_below, inside, split
from connectors.structured.paths import Path, parts
from connectors.structured.table import Record, RecordTable

_TRAJECT, _OTHER, _DISCLOSED = "schuldhulptrajecten", "medeclient", "verstrekking"
_NUMBER: tuple[Path, ...] = (("client", "Burgerservicenummer"),)
"""What an entity is matched on, whatever the record: the number of the client who is the subject."""

_WORDS = MappingProxyType(
    {
        **{squeeze(name): name for name in RECORDS},
        "traject": _TRAJECT, "trajecten": _TRAJECT, "schuldhulptraject": _TRAJECT, "dossier": _TRAJECT, "dossiers": _TRAJECT,
        "leveringen": _TRAJECT, "levering": _TRAJECT, "ddas": _TRAJECT, "clienten": "client", "begeleidingen": "begeleiding",
        "crisisinterventie": "crisisinterventies", "moratorium": "moratoria", "schuld": "schulden", "schuldeiser": "schulden",
        "schuldeisers": "schulden", "voorlopigevoorziening": "voorlopigeVoorzieningen", "contactpersoon": "contactpersonen",
        "medeclient": _OTHER, "medeclienten": _OTHER, "partner": _OTHER, "verstrekking": _DISCLOSED, "verstrekkingen": _DISCLOSED,
    }
)  # fmt: skip
"""What `table` may call each kind of record."""


def collect(source: Source, entities: Sequence[Entity], subject: Subject, *, now: datetime) -> Answer:
    """What the deliveries hold of the subject: one pass over the files for all these entities."""
    told: list[str] = []
    answer = asked(
        source, [disclosing(entity) for entity in entities], subject, partial(_searching, person=subject.person, told=told), now=now
    )
    return answer.telling(told)


def check(source: Source, entities: Sequence[Entity]) -> SourceReport:
    """Whether the files are there and can be read, and have the records of sources.yaml."""
    told: list[str] = []
    report = checked(source, entities, partial(_opened, person=Person(), told=told))
    return report.telling(told)


@contextmanager
def _searching(source: Source, person: Person, told: list[str]) -> Iterator[Search]:
    with _opened(source, person, told) as opened:
        yield opened.search


@contextmanager
def _opened(source: Source, person: Person, told: list[str]) -> Iterator[_Folder]:
    """The files, read through; lists that no entity reads go to `told`. Raises SourceError where the files cannot be read."""
    with on_disk(source, "folder") as path:
        found, below = searched(path, person), folders_below(path)
    zipped = {"/".join(folder.split("/")[:end]) for folder, _ in found.counts for end in range(1, folder.count("/") + 2) if folder}
    folder = _Folder(source, found, tuple(sorted(below | zipped)), checking=not person.bsn)
    told[:] = folder.unclaimed()
    yield folder


@dataclass(frozen=True, slots=True)
class _Folder:
    """Deliveries that were read through."""

    source: Source
    found: Deliveries
    folders: tuple[str, ...]
    checking: bool
    counted: set[tuple[str, str]] = field(default_factory=set)

    def table(self, entity: Entity) -> Table:
        """The records of one entity. Raises SourceUnreadable where `table` names nothing that DDAS has."""
        folder, name = self._chosen(entity)
        trajects = [one for one in self.found.trajects if inside(one.folder, folder)]
        count = sum(n for (place, kind), n in self.found.counts.items() if kind == _counted(name) and inside(place, folder))
        records = [record for one in trajects for record in _records(one, name)]
        if self.checking and name in self.found.shapes:
            records = [Record(dict.fromkeys(self.found.shapes[name]))]
        number = () if name == "client" else _NUMBER
        return RecordTable(
            entity, records, _known(name), tuple(self._alarms(entity, folder)), count, first=number, title=name, called=_called(name)
        )

    def search(self, entity: Entity, known: Known) -> Searched:
        """The records about the subject; files that could not be read and might be are counted."""
        folder, _ = self._chosen(entity)
        found = search_table(self.source, entity, known, self.table(entity))
        new = {key for key in self.found.unread if inside(key[0], folder)} - self.counted
        self.counted.update(new)  # a file that several entities would have read is one file
        return replace(found, files_unread=sum(self.found.unread[key] for key in new))

    def _chosen(self, entity: Entity) -> tuple[str, str]:
        folder, words = split(entity.table, self.folders)
        name = _TRAJECT
        for word in words:
            known = _WORDS.get(squeeze(word)) or next((kind for kind in self.found.shapes if squeeze(kind) == squeeze(word)), None)
            if known is None:
                remedy = f"Write under `table` a folder, or one of: traject, {', '.join(RECORDS)}, {_OTHER}, {_DISCLOSED}"
                raise SourceUnreadable(f"{self.source.name}.{entity.name}", "its table is no folder or kind of record", remedy)
            name = known
        return folder, name

    def _alarms(self, entity: Entity, folder: str) -> Iterator[str]:
        """Why not all of it could be searched."""
        place, under = f"{self.source.name}.{entity.name}", f" under {folder}" if folder else ""
        for reason in sorted({why for where, why in self.found.unread if inside(where, folder)}):  # of the source, not of each entity
            number = sum(n for (where, why), n in self.found.unread.items() if why == reason and inside(where, folder))
            yield f"{self.source.name}: {number} files{under} {_WHY.get(reason, 'could not be read')}. Look through them by hand."
        if number := self.found.missing_pages:
            yield f"{place}: {number} pages that a delivery announces are not here. Fetch them too."

    def unclaimed(self) -> list[str]:
        """Kinds of record that are there, of the subject where one is asked for, and that no entity reads."""
        held = {kind for one in self.found.trajects for kind, records in one.records.items() if records}
        held |= {"client", _TRAJECT, *(_OTHER for one in self.found.trajects if one.others)} if self.found.trajects else set()
        there = {kind for _, kind in self.found.counts} if self.checking else held
        left = sorted(there - {self._chosen_name(entity) for entity in self.source.entities})
        return [
            f"{self.source.name}: records {_safe(kind)} are read by no entity. Add one with that `table`, or they stay out."
            for kind in left
        ]

    def _chosen_name(self, entity: Entity) -> str:
        try:
            return self._chosen(entity)[1]
        except SourceUnreadable:
            return ""


_WHY = MappingProxyType(
    {
        "broken": "are no whole JSON",
        "unsafe": "are nested or packed without end, and were not opened",
        "large": "are too large to read",
        "encrypted": "are locked with a password",
        "unknown": "are JSON but no DDAS delivery",
    }
)


def _called(name: str) -> frozenset[Path]:
    """What a record of this kind may be called in the name of a column."""
    return frozenset({parts(name), *(parts(word) for word, kind in _WORDS.items() if kind == name)})


def _safe(name: str) -> str:
    return name if name.isidentifier() and len(name) < 40 else "of an odd name"


def _counted(name: str) -> str:
    return {_OTHER: "client", _DISCLOSED: _TRAJECT}.get(name, name)


def _known(name: str) -> tuple[Sequence[Path], ...]:
    """The leaves that DDAS has for a kind of record, and of what it lies in: nearest first."""
    own = tuple((_OTHER, *path) for path in RECORDS["client"]) if name == _OTHER else RECORDS.get(name, ())
    fields = tuple((field,) for field in FIELDS) if name == _DISCLOSED else own
    client = tuple(("client", *path) for path in RECORDS["client"])
    return fields, client, tuple((_TRAJECT, *path) for path in TRAJECT), DELIVERY


def _records(one: Traject, name: str) -> Iterator[Record]:
    """The rows of one kind in a trajectory of the subject."""
    client = {("client", *path): value for path, value in one.client.items()}
    around = {**one.above, **{(_TRAJECT, *path): value for path, value in one.own.items()}, **client}
    match name:
        case "schuldhulptrajecten":
            yield Record(one.own, {**one.above, **client})
        case "client":
            yield Record(one.client, around)
        case "medeclient":
            yield from (Record({("medeclient", *path): value for path, value in other.items()}, around) for other in one.others)
        case "verstrekking":
            yield Record(_disclosed(one), around)
        case _:
            yield from (Record(own, around) for own in one.records.get(name, ()))


def _disclosed(one: Traject) -> Mapping[Path, Any]:
    """That this trajectory was delivered: with the fields of a disclosure in dossier.json."""
    when = str(one.above.get(("aanleverdatumEnTijd",), ""))[:10]
    said = {name: text("deliveries", name) for name in ("to", "what", "why")}
    return {("when",): when, **{(name,): value for name, value in said.items()}}

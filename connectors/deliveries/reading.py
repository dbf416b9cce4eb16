"""Files of the DDAS exchange format, streamed: each trajectory is looked at once, and kept where one of its clients is the subject.

A trajectory may have two clients. The other one is a record apart (`medeclient`); nothing of anybody else's trajectory is kept.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path as File
from pathlib import PurePosixPath
from typing import IO, Any

from config.discretion import discreet
from config.folding import squeeze
from config.person import Person
from connectors.files.content import LARGEST, Unreadable
from connectors.files.packed import opened, part
from connectors.structured.paths import Path
from connectors.structured.streamed import built, events
from connectors.written.dates import day
from connectors.written.figures import bsn as digits_of

LARGEST_FILE = 4 * 2**30
"""Bytes of one file; it is streamed, so this guards time, not memory."""

_DROPPINGS = frozenset({"thumbs.db", ".ds_store", "desktop.ini", ".gitkeep", ".directory"})
_TRAJECTS, _ORGANISATION = "schuldhulptrajecten", "aanleverende_organisatie"


@discreet
@dataclass(frozen=True, slots=True)
class Traject:
    """One trajectory of the subject: its own leaves, its records by list, and what stands above it in the file."""

    folder: str
    own: Mapping[Path, Any]
    records: Mapping[str, tuple[Mapping[Path, Any], ...]]
    client: Mapping[Path, Any]  # the subject in it
    others: tuple[Mapping[Path, Any], ...]
    above: Mapping[Path, Any]


@dataclass(slots=True)
class Deliveries:
    """What one pass over the files found for one person, and counts over all of them."""

    person: Person
    trajects: list[Traject] = field(default_factory=list)
    unread: Counter[tuple[str, str]] = field(default_factory=Counter)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)  # (folder, list) -> records
    shapes: dict[str, dict[Path, None]] = field(default_factory=dict)
    pages: dict[tuple[str, int], set[int]] = field(default_factory=dict)

    @property
    def missing_pages(self) -> int:
        """How many pages of a delivery are announced and not here."""
        return sum(total - len(pages) for (_, total), pages in self.pages.items())


def searched(folder: File, person: Person) -> Deliveries:
    """One pass over a folder, or over one file. Raises OSError where it cannot be listed."""
    found = Deliveries(person)
    for path in _files(folder):
        below = path.parent.relative_to(folder).as_posix() if folder.is_dir() else ""
        _file(path, "" if below == "." else below, found)
    return found


def _files(folder: File) -> list[File]:
    if folder.is_file():
        return [folder]
    named: list[File] = []
    for where, _, names in os.walk(folder, onerror=_raise):
        named += [File(where) / name for name in names if name.lower() not in _DROPPINGS and not name.startswith("~$")]
    return sorted(named)


def _raise(error: OSError) -> None:
    """A folder that cannot be listed is a failure, not an empty one."""
    raise error


def _file(path: File, folder: str, found: Deliveries) -> None:
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_FILE:
            raise Unreadable("large")
        with path.open("rb") as stream:
            zipped = stream.read(4) == b"PK\x03\x04"
            stream.seek(0)
            if not zipped:
                _document(stream, folder, found)
        if zipped:
            _zip(path, folder, found)
    except Unreadable as why:
        found.unread[folder, why.reason] += 1


def _zip(path: File, folder: str, found: Deliveries) -> None:
    if path.stat().st_size > LARGEST:
        raise Unreadable("large")
    with opened(path) as container:
        for member in container.infolist():
            inside = PurePosixPath(member.filename.replace("\\", "/"))
            if member.is_dir() or "__MACOSX" in inside.parts:
                continue
            below = "/".join(step for step in inside.parent.parts if step not in {"/", "..", "."})
            _member(container, member, "/".join(filter(None, (folder, below))), found)


def _member(container: zipfile.ZipFile, member: zipfile.ZipInfo, folder: str, found: Deliveries) -> None:
    try:
        _document(io.BytesIO(part(container, member.filename)), folder, found)
    except Unreadable as why:
        found.unread[folder, why.reason] += 1


def _document(stream: IO[bytes], folder: str, found: Deliveries) -> None:
    """One file: what it holds counts only when it could be read to its end."""
    mine = Deliveries(found.person)
    if not _read(events(stream), mine, folder):
        raise Unreadable("unknown")
    found.trajects += mine.trajects
    found.counts.update(mine.counts)
    for name, shape in mine.shapes.items():
        found.shapes.setdefault(name, {}).update(shape)
    for key, pages in mine.pages.items():
        found.pages.setdefault(key, set()).update(pages)


def _read(stream: Iterator[tuple[str, str, Any]], found: Deliveries, folder: str) -> bool:
    """Gather the trajectories of the subject, with what stands above them before or after; gives whether it is a delivery at all."""
    level, top, own = list[Traject](), dict[Path, Any](), dict[Path, Any]()
    delivered: list[Traject] = []
    page: dict[str, Any] = {}
    seen = False
    for prefix, event, value in stream:
        name = prefix.replace(".item", "").rpartition(".")[2]
        seen = seen or name in {_TRAJECTS, "leveringen"}
        match event:
            case "start_map" if name == _TRAJECTS:
                level += _traject(built(event, stream), folder, found)
            case "start_map" if name == _ORGANISATION:
                own |= _organisation(built(event, stream), found, folder)
            case "end_map" if name == "leveringen":
                delivered += [_above(one, own) for one in level]
                level, own = [], {}
            case "end_map" if name in {"", "item", "gegevens"}:
                found.trajects += [_above(one, top) for one in (*delivered, *level)]
                delivered, level, top = [], [], {}
            case "string" | "number" | "boolean":
                (own if "leveringen" in prefix else top)[(name,)] = _value(value)
                page |= {name: value} if "paginering" in prefix else {}
    _count_page(page, folder, found)
    return seen


def _count_page(page: Mapping[str, Any], folder: str, found: Deliveries) -> None:
    if isinstance(page.get("totalPages"), int) and isinstance(page.get("currentPage"), int):
        found.pages.setdefault((folder, page["totalPages"]), set()).add(page["currentPage"])


def _above(one: Traject, above: Mapping[Path, Any]) -> Traject:
    contacts = above.get(("contactpersonen",), one.records.get("contactpersonen", ()))
    plain = {path: value for path, value in above.items() if path != ("contactpersonen",)}
    return replace(one, records={**one.records, "contactpersonen": contacts}, above={**one.above, **plain})


def _organisation(read: Any, found: Deliveries, folder: str) -> dict[Path, Any]:
    leaves, lists = flat(read)
    contacts = lists.pop("contactpersonen", ())
    _count(found, folder, "contactpersonen", contacts)
    return {(_ORGANISATION, *path): value for path, value in leaves.items()} | {("contactpersonen",): contacts}


def _traject(read: Any, folder: str, found: Deliveries) -> list[Traject]:
    """The trajectory, if a client of it is the subject, or may be where it has no number."""
    own, lists = flat(read)
    _count(found, folder, _TRAJECTS, (own,))
    for name, records in lists.items():
        _count(found, folder, name, records)
    clients = lists.pop("client", ())
    mine = [client for client in clients if _is_subject(client, found.person)]
    if not mine:
        return []
    others = tuple(client for client in clients if client is not mine[0])
    return [Traject(folder, own, lists, mine[0], others, {})]


def _is_subject(client: Mapping[Path, Any], person: Person) -> bool:
    """By number; where there is none, by birth date: then the shared work judges by what else agrees."""
    if told := number(client):
        return told == person.bsn
    born = next((value for path, value in client.items() if squeeze(path[-1]) == "geboortedatum"), None)
    return person.birth_date is not None and day(born) == person.birth_date


def number(client: Mapping[Path, Any]) -> str:
    """The BSN of a client as nine digits, as it stands where it is none, "" where it has none."""
    found = next((value for path, value in client.items() if squeeze(path[-1]) in {"burgerservicenummer", "bsn"}), None)
    return digits_of(found) or ("" if found is None else str(found).strip())


def _count(found: Deliveries, folder: str, name: str, records: tuple[Mapping[Path, Any], ...]) -> None:
    found.counts[folder, name] += len(records)
    shape = found.shapes.setdefault(name, {})
    for record in records:
        shape.update(dict.fromkeys(record))


def flat(read: Any, path: Path = ()) -> tuple[dict[Path, Any], dict[str, tuple[Mapping[Path, Any], ...]]]:
    """The leaves of an object by path, and its lists of objects by name, each flat; a list of values is one text."""
    leaves: dict[Path, Any] = {}
    lists: dict[str, tuple[Mapping[Path, Any], ...]] = {}
    for name, value in (read if isinstance(read, dict) else {"": read}).items():
        here = (*path, str(name))
        if isinstance(value, dict):
            inner, deeper = flat(value, here)
            leaves |= inner
            lists |= deeper
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            lists[str(name)] = tuple(_record(one) for one in value)
        elif isinstance(value, list) and value:
            leaves[here] = ", ".join(map(str, value)) or None
        elif value not in (None, []):
            leaves[here] = _value(value)
    return leaves, lists


def _record(one: Any) -> Mapping[Path, Any]:
    """An object of a list, with lists inside it as text: none is lost."""
    leaves, lists = flat(one)
    return leaves | {(name,): "\n".join("; ".join(map(str, record.values())) for record in records) for name, records in lists.items()}


def _value(value: Any) -> Any:
    if isinstance(value, str) and len(value) == 10 and value[4:5] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value

"""One message of iWmo or iJw as records: each client of it apart, and of what clients share only what tells nothing of another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any

from config.discretion import discreet
from connectors.messages.outline import CODES, NUMBERS, RECORDS, VERSIONS, leaves
from connectors.structured.paths import Path
from connectors.structured.safely import children, local, written_in

SHARED_BY_ALL = frozenset({"TotaalIngediendBedrag", "TotaalToegekendBedrag", "RetourCodes"})
"""What says something of every client of a message together: with two of them, the total tells the one what the other costs."""

_KIND = re.compile(r"(wmo|jw)(3[0-9]{2})", re.IGNORECASE)

Leaves = Mapping[Path, Any]


@discreet
@dataclass(frozen=True, slots=True)
class Record:
    """One row-to-be: its own leaves, and those of what it lies in, nearest first; paths run from the root."""

    name: str  # an element of RECORDS, or "Bericht" where a message names nobody
    path: Path
    own: Leaves
    around: Leaves = field(default_factory=dict)


@discreet
@dataclass(frozen=True, slots=True)
class Part:
    """What one message says of one client; `bsns` are the numbers it gives them, () where it names nobody."""

    bsns: tuple[str, ...]
    records: tuple[Record, ...]


@discreet
@dataclass(frozen=True, slots=True)
class Message:
    """One message. `deviations` are English words without values; `hidden` counts shared fields that could tell of another."""

    kind: str  # "wmo301", or "" where nothing tells
    folder: str
    header: Leaves
    parts: tuple[Part, ...]
    deviations: tuple[str, ...] = ()
    hidden: int = 0

    def field(self, *path: str) -> str:
        """What the header has at a path, as text; "" where it has nothing."""
        return str(self.header.get(path, ""))

    @property
    def number(self) -> int:
        """301 of wmo301; 0 where it is not known."""
        return int(self.kind[-3:]) if self.kind else 0

    @property
    def law(self) -> str:
        """`wmo` or `jw`."""
        return self.kind[:-3]


def message(root: Any, folder: str, name: str = "") -> Message | None:
    """The message in an XML document, also where it lies in an envelope; None where there is none."""
    bericht = next((element for element in root.iter() if isinstance(element.tag, str) and _is_message(element)), None)
    if bericht is None:
        return None
    top, records = _gathered(bericht, ())
    kind = _kind(bericht, top, name)
    clients = [(path, element) for path, element in records if path[-1] == "Client"]
    single = [(path, element) for path, element in records if path[-1] != "Client"]
    shown, hidden = _shared(top, kind, len(clients))
    parts = [_part(path, element, shown) for path, element in clients]
    if single or not clients:
        parts.append(_nameless(single, shown))
    header = {path[1:]: value for path, value in top.items() if path[0] == "Header"}
    read = Message(kind, folder, header, tuple(parts), hidden=hidden)
    return replace(read, deviations=_deviations(read, top))


@discreet
@dataclass(frozen=True, slots=True)
class Glance:
    """What is seen of a message at a glance: whom it is about, how it may be referred to, and a hash of its elements in order."""

    bsns: frozenset[str]
    sender: str
    number: str
    references: tuple[str, ...]
    elements: bytes


def glance(root: Any) -> Glance:
    """A look over the elements: many times faster than to read them, and enough for a message about somebody else."""
    held: dict[str, list[str]] = {}
    names: list[str] = []
    for element in root.iter():
        if isinstance(element.tag, str):
            names.append(element.tag)
            name = element.tag.rpartition("}")[2]
            if name in _GLANCED or name.casefold() == "bsn":
                held.setdefault("Bsn" if name.casefold() == "bsn" else name, []).append((element.text or "").strip())
    first = {name: texts[0] for name, texts in held.items()}
    bsns = frozenset(held.get("Bsn", ()))
    return Glance(
        bsns,
        first.get("Afzender", ""),
        first.get("Identificatie", ""),
        tuple(held.get("ReferentieAanbieder", ())),
        sha256("\n".join((*names, *held.get("BerichtCode", ()))).encode()).digest(),
    )


_GLANCED = frozenset({"Afzender", "BerichtCode", "Identificatie", "ReferentieAanbieder"})


def _is_message(element: Any) -> bool:
    return local(element) == "Bericht" and any(local(child) == "Header" for child in children(element))


def _kind(bericht: Any, top: Leaves, name: str) -> str:
    """Which message it is: by its namespace, its code, or the name of its file, where it is one of 3.x."""
    space = bericht.nsmap.get(bericht.prefix) or ""
    told = (space, CODES.get(str(top.get(("Header", "BerichtCode"), "")), ""), name)
    found = (hit for text in told for hit in _KIND.finditer(text))
    return next((hit[0].lower() for hit in found if int(hit[2]) in NUMBERS), "")


def _gathered(element: Any, path: Path) -> tuple[dict[Path, Any], list[tuple[Path, Any]]]:
    """The leaves inside an element, and the records, which are left out of them."""
    texts: dict[Path, list[str]] = {}
    records: list[tuple[Path, Any]] = []
    _gather(element, path, texts, records)
    return {place: _cell(place, found) for place, found in texts.items()}, records


def _gather(element: Any, path: Path, texts: dict[Path, list[str]], records: list[tuple[Path, Any]]) -> None:
    for child in children(element):
        here = (*path, local(child))
        if here[-1] in RECORDS and not (here[-1] == "Contact" and "Relatie" in path):
            records.append((here, child))
            continue
        if children(child):
            _gather(child, here, texts, records)
            loose = " ".join(filter(None, [(child.text or "").strip(), *((inner.tail or "").strip() for inner in child)]))
        else:
            loose = written_in(child)
        if loose:
            texts.setdefault(here, []).append(loose)
        for name, value in child.attrib.items():
            if not name.startswith("{http://www.w3.org/2001/XMLSchema-instance}"):
                texts.setdefault((*here, name.rpartition("}")[2]), []).append(value)


def _cell(path: Path, found: list[str]) -> Any:
    """A day as a date, a field that is repeated as one text, all else as it stands: codes and numbers keep their zeros."""
    if len(found) > 1:
        return ", ".join(found)
    text = found[0]
    if (re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and "dat" in path[-1].lower()) or path[-1].startswith("Dagtekening"):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _shared(top: Leaves, kind: str, clients: int) -> tuple[dict[Path, Any], int]:
    """What stands above the clients and tells nothing of another of them; and how many fields were left out for that."""
    if clients < 2:
        return dict(top), 0
    known = leaves(int(kind[-3:])) if kind else {}
    safe = {path: value for path, value in top.items() if path in known and not SHARED_BY_ALL & set(path)}
    return safe, len(top) - len(safe)


def _part(path: Path, element: Any, around: Leaves) -> Part:
    own, nested = _gathered(element, path)
    bsns = tuple(str(value) for place, value in own.items() if place[-1].casefold() == "bsn")
    client = Record("Client", path, own, around)
    records = [client, *_inside(nested, {**own, **around})]
    return Part(tuple(number for text in bsns for number in text.split(", ")), tuple(records))


def _inside(nested: Iterable[tuple[Path, Any]], around: Leaves) -> list[Record]:
    found: list[Record] = []
    for path, element in nested:
        own, deeper = _gathered(element, path)
        found.append(Record(path[-1], path, own, around))
        found += _inside(deeper, {**own, **around})
    return found


def _nameless(single: list[tuple[Path, Any]], around: Leaves) -> Part:
    """The part of a message that names no client: an answer to a request, or a whole message that was sent back."""
    return Part((), tuple(_inside(single, around)) or (Record("Bericht", (), {}, around),))


def _deviations(read: Message, top: Leaves) -> tuple[str, ...]:
    """How the message differs from release 3.2: elements it lacks or does not know."""
    if not read.kind:
        return ("it is no message of iWmo or iJw 3.2",)
    known = leaves(read.number)
    held = [path for part in read.parts for record in part.records for path in record.own]
    unknown = sorted({_safe(path[-1]) for path in (*top, *held) if path not in known})
    return (*(f"element {name} is not expected" for name in unknown), *_missing(read, top, known))


def _missing(read: Message, top: Leaves, known: Mapping[Path, bool]) -> list[str]:
    """Leaves that must be there, in the header and in each record that is."""
    lacks = {path[-1] for path, needed in known.items() if needed and len(path) == 2 and path[0] == "Header" and path not in top}
    for record in (record for part in read.parts for record in part.records if record.path):
        depth = len(record.path)
        lacks |= {
            p[-1] for p, needed in known.items() if needed and len(p) == depth + 1 and p[:depth] == record.path and p not in record.own
        }
    return [f"element {name} is missing" for name in sorted(lacks)]


def _safe(name: str) -> str:
    """The name of an element, if it is one that a person would give."""
    return name if re.fullmatch(r"[A-Za-z_][A-Za-z_\-]{0,40}[0-9]{0,2}", name) else "of an odd name"


def only_versions(path: Path) -> bool:
    """Whether a leaf tells only how a message was made."""
    return path[-1] in VERSIONS

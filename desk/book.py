"""Everything collected for one request as reviewers read it: records and documents, every span in them, and what is still in doubt.

Read from the vault once for each state of the draft, and kept in memory for a few requests: pages of thousands of items stay quick.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from config.codec import decode
from config.collection import Collection
from config.discretion import discreet
from config.errors import RequestError
from config.folding import fold
from config.redacted import Action, Redacted, ReviewItem, TextRead
from flows.workplace import Workplace
from redaction.review import Place

MOST_BOOKS = 4
"""So many requests are kept in memory at once."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One record or document, as the list shows it: `key` is its place in the address, and tells nothing of its content."""

    key: str
    collection: int
    row: int | None
    document: int | None
    source: str
    title: str
    items: tuple[str, ...]  # ids of what is in doubt
    withheld: int
    doubt: float


@discreet
@dataclass(frozen=True, eq=False)
class Book:
    """What was collected of one request, what became of it, and every text with its spans by place."""

    version: str
    collected: tuple[Collection, ...]
    redacted: Redacted
    texts: Mapping[Place, TextRead]
    items: Mapping[str, ReviewItem] = field(default_factory=dict)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Every record and document, in the order of the sources, with what is in doubt first within each."""
        doubts, withheld = self._doubts(), self._withheld()
        return tuple(unit for number, c in enumerate(self.collected) for unit in _units(number, c, doubts, withheld))

    def _doubts(self) -> Mapping[tuple[str, str, int | None, str], list[ReviewItem]]:
        found: dict[tuple[str, str, int | None, str], list[ReviewItem]] = defaultdict(list)
        for item in self.redacted.review:
            found[item.source, item.entity, item.row, item.document].append(item)
        return found

    def _withheld(self) -> Counter[tuple[str, str, int | None, str]]:
        found: Counter[tuple[str, str, int | None, str]] = Counter()
        for collection in self.redacted.collections:
            for r in collection.redactions:
                found[r.source, r.entity, r.row, r.document] += r.count
        return found

    @cached_property
    def by_key(self) -> Mapping[str, int]:
        """Where each unit stands in the list."""
        return {unit.key: position for position, unit in enumerate(self.units)}

    @cached_property
    def place_of_item(self) -> Mapping[str, Place]:
        """Where each thing that can be decided stands: every span that is or was withheld, and every doubt."""
        found = {
            place.item(s.start, s.end): place
            for place, text in self.texts.items()
            for s in text.spans
            if s.action is not Action.KEEP or s.category != "passage"
        }
        return found | {i.id: Place(i.source, i.entity, i.row, i.column, i.document, i.page) for i in self.redacted.review}

    @cached_property
    def same(self) -> Mapping[str, tuple[str, ...]]:
        """For each withheld wording, folded, the items where it stands: what "the same everywhere" decides."""
        found: dict[str, list[str]] = defaultdict(list)
        for place, read in self.texts.items():
            text = self.text(place)
            for s in read.spans:
                found[fold(text[s.start : s.end])].append(place.item(s.start, s.end))
        return {wording: tuple(items) for wording, items in found.items()}

    @cached_property
    def wording(self) -> Mapping[str, str]:
        """The wording of each item, folded."""
        return {item: wording for wording, items in self.same.items() for item in items}

    @cached_property
    def numbered(self) -> Mapping[tuple[str, str], int]:
        """Where each collection stands, by source and entity."""
        return {(c.source, c.entity): number for number, c in enumerate(self.collected)}

    @cached_property
    def documents(self) -> Mapping[tuple[str, str, str], int]:
        """Where each document stands in its collection."""
        return {(c.source, c.entity, d.id): number for c in self.collected for number, d in enumerate(c.documents)}

    @cached_property
    def columns(self) -> tuple[Mapping[str, int], ...]:
        """Where each column of each collection stands."""
        return tuple({column.name: position for position, column in enumerate(c.columns)} for c in self.collected)

    def text(self, place: Place) -> str:
        """The text at a place, as it was held."""
        number = self.numbered[place.source, place.entity]
        if place.document:
            document = self.collected[number].documents[self.documents[place.source, place.entity, place.document]]
            return document.pages[(place.page or 1) - 1]
        return str(self.collected[number].rows.iat[place.row or 0, self.columns[number][place.column]])

    def unit(self, key: str) -> Unit:
        """The unit of this key; RequestError where there is none."""
        if key not in self.by_key:
            raise RequestError("record", "there is none of this number", "Choose one of the list")
        return self.units[self.by_key[key]]

    def words(self, unit: Unit) -> str:
        """All that stands in a unit, folded: for searching."""
        c = self.collected[unit.collection]
        if unit.document is not None:
            return fold(" ".join((c.documents[unit.document].title, *c.documents[unit.document].pages)))
        kept = zip(c.columns, c.rows.iloc[unit.row or 0].tolist(), strict=True)
        return fold(" ".join(str(value) for column, value in kept if value is not None and not column.withhold))


def _units(
    number: int,
    collection: Collection,
    doubts: Mapping[tuple[str, str, int | None, str], list[ReviewItem]],
    withheld: Mapping[tuple[str, str, int | None, str], int],
) -> list[Unit]:
    source, entity = collection.source, collection.entity
    places = [(f"{number}-r{row}", row, None, "") for row in range(len(collection.rows))]
    papers = [(f"{number}-d{i}", None, i, document.id) for i, document in enumerate(collection.documents)]
    made = []
    for key, row, document, identifier in [*places, *papers]:
        items = doubts.get((source, entity, row, identifier), [])
        label = f"{collection.title or entity}, {'document' if identifier else 'regel'} {(document if row is None else row) + 1}"  # type: ignore[operator]  # one of the two is a number
        ids = tuple(item.id for item in items)
        count = withheld.get((source, entity, row, identifier), 0)
        made.append(Unit(key, number, row, document, source, label, ids, count, max((item.doubt for item in items), default=0.0)))
    return made


class Shelf:
    """The books that were opened last, by request and state of the draft."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[int, str], Book] = OrderedDict()
        self._lock = threading.Lock()

    def book(self, work: Workplace, number: str) -> Book:
        """The book of a request. RequestError where nothing was collected yet."""
        version = work.register.kept(number, "texts")
        if version is None or not work.vault.exists(number, "collected"):
            raise RequestError(number, "has no draft to decide on", f"Run it first: inzage request run {number}")
        key = id(work.register), version
        with self._lock:
            if key not in self._held:
                self._held[key] = _opened(work, number, version)
                while len(self._held) > MOST_BOOKS:
                    self._held.popitem(last=False)
            self._held.move_to_end(key)
            return self._held[key]


def _opened(work: Workplace, number: str, version: str) -> Book:
    collected = decode(work.vault.get(number, "collected"), tuple[Collection, ...])
    redacted = decode(work.vault.get(number, "redacted"), Redacted)
    read = decode(work.vault.get(number, "texts"), tuple[TextRead, ...])
    texts = {Place(t.source, t.entity, t.row, t.column, t.document, t.page): t for t in read}
    return Book(version, collected, redacted, texts, {item.id: item for item in redacted.review})


SHELF = Shelf()

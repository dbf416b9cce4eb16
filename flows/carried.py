"""What people decided, when a source answers anew or the request reaches further: it holds only for the very words they saw.

A decision is kept by its place. Where other words stand in that place now, another person's row for one, it must not count for them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from config.collection import Collection as Held
from config.redacted import Passage, TextRead
from redaction.review import Place


def places(items: Collection[str], texts: Iterable[TextRead], held: Iterable[Held]) -> Mapping[str, Place]:
    """Where each of these items stands: a stretch of a text, a whole row, or a whole document."""
    return {item: place for item, place in _every(texts, held) if item in items}


def _every(texts: Iterable[TextRead], held: Iterable[Held]) -> Iterator[tuple[str, Place]]:
    for read in texts:
        place = Place(read.source, read.entity, read.row, read.column, read.document, read.page)
        yield from ((place.item(span.start, span.end), place) for span in read.spans)
    for one in held:
        rows = (Place(one.source, one.entity, row) for row in range(len(one.rows)))
        papers = (Place(one.source, one.entity, None, "", document.id) for document in one.documents)
        yield from ((place.item(), place) for places_ in (rows, papers) for place in places_)


def outdated(items: Mapping[str, Place], before: Sequence[Held], now: Sequence[Held]) -> frozenset[str]:
    """The items at whose place something else stands than before, or nothing."""
    old, new = _by_name(before), _by_name(now)
    changed = {place: _words(old, place) != _words(new, place) for place in set(items.values())}
    return frozenset(item for item, place in items.items() if changed[place])


def moved(passages: Iterable[Passage], before: Sequence[Held], now: Sequence[Held]) -> tuple[Passage, ...]:
    """The passages at whose place something else stands than before, or nothing."""
    old, new = _by_name(before), _by_name(now)
    return tuple(p for p in passages if _words(old, _of(p)) != _words(new, _of(p)))


def _of(passage: Passage) -> Place:
    return Place(passage.source, passage.entity, passage.row, passage.column, passage.document, passage.page)


def _by_name(collections: Sequence[Held]) -> Mapping[tuple[str, str], Held]:
    return {(held.source, held.entity): held for held in collections}


def _words(held: Mapping[tuple[str, str], Held], place: Place) -> object:
    """All that stands at a place: a whole row with its match, one cell, one page, or a whole document; None where it is not there."""
    collection = held.get((place.source, place.entity))
    if collection is None:
        return None
    if place.document:
        return next((_paper(one, place.page) for one in collection.documents if one.id == place.document), None)
    if place.row is None or place.row >= len(collection.rows):
        return None
    names = [column.name for column in collection.columns]
    if not place.column:
        return tuple(map(str, collection.rows.iloc[place.row].tolist()))
    return str(collection.rows.iat[place.row, names.index(place.column)]) if place.column in names else None


def _paper(document: object, page: int | None) -> object:
    pages: tuple[str, ...] = getattr(document, "pages", ())
    return (getattr(document, "sha256", ""), pages) if page is None else pages[page - 1 : page]

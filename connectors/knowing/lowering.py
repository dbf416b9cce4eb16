"""The score of doubted rows lowered, and of all that was found through a key that only doubted rows provide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from config.collection import Collection, Document, Kind, Match
from connectors.written.figures import written, zeros_apart

DOUBTED = 0.3
"""The score of a doubted row: below any threshold, so that a person looks at it."""

Place = tuple[int, int]
"""A row: the number of its collection and its own; a document as `-1 - number`."""


def spread(collections: Sequence[Collection], doubted: Mapping[Place, str]) -> dict[Place, str]:
    """The doubted rows, with what was found by their keys alone; round by round until nothing is added."""
    known = dict(doubted)
    while tainted := tainted_keys(collections, known):
        more = dict(_followers(collections, known, tainted))
        if not more:
            break
        known |= more
    return known


def tainted_keys(collections: Sequence[Collection], doubted: Mapping[Place, str] | None = None) -> dict[str, set[str]]:
    """The values of each key that doubted rows provide and no other; `doubted` is read from the scores where it is not given."""
    bad: dict[str, set[str]] = {}
    good: dict[str, set[str]] = {}
    for number, collection in enumerate(collections):
        for column, key in collection.provides.items():
            for row, cell in enumerate(collection.rows[column]):
                low = (number, row) in doubted if doubted is not None else _is_lowered(collection.matches[row])
                (bad if low else good).setdefault(key, set()).add(zeros_apart(written(cell)))
    return {key: left for key, values in bad.items() if (left := values - good.get(key, set()) - {""})}


def _is_lowered(match: Match) -> bool:
    return match.score <= DOUBTED and ", but " in match.by


def _followers(
    collections: Sequence[Collection], doubted: Mapping[Place, str], tainted: Mapping[str, set[str]]
) -> Iterator[tuple[Place, str]]:
    """What was found by a tainted value. Of a file it is not known by which value it was found, so it is doubted whole."""
    for number, collection in enumerate(collections):
        for row, match in enumerate(collection.matches):
            for column, key in _keyed(match) if (number, row) not in doubted else ():
                if key in tainted and column in collection.rows and zeros_apart(written(collection.rows[column].iloc[row])) in tainted[key]:
                    yield (number, row), f"{key} comes from a row that is doubted"
        for file, document in enumerate(collection.documents):
            if (number, -1 - file) not in doubted and any(key in tainted for _, key in _keyed(document.match)):
                yield (number, -1 - file), "the key in its name or text comes from a row that is doubted"


def _keyed(match: Match) -> list[tuple[str, str]]:
    """The columns and keys that a match names, but for those of the subject: `CLIENT_NR = wmo.client`; none where a BSN proves it."""
    if "subject.bsn" in match.by:
        return []
    pairs = (part.split(" = ") for part in match.by.partition(", but ")[0].split(" + "))
    return [(pair[0], pair[1].split(" ")[0]) for pair in pairs if len(pair) == 2 and not pair[1].startswith("subject.")]


def lowered(collections: Sequence[Collection], doubted: Mapping[Place, str]) -> tuple[Collection, ...]:
    """The collections with these rows at DOUBTED, and the files that lie in them."""
    rows: dict[int, dict[int, str]] = {}
    for (number, row), why in doubted.items():
        rows.setdefault(number, {})[row] = why
    return tuple(_lowered(collection, rows[number]) if number in rows else collection for number, collection in enumerate(collections))


def _lowered(collection: Collection, rows: Mapping[int, str]) -> Collection:
    owners = _owners(collection)
    matches = tuple(_lower(match, rows.get(number, "")) for number, match in enumerate(collection.matches))
    documents = tuple(
        _with(document, rows.get(-1 - number, "") or rows.get(owners.get(document.id, len(matches)), ""))
        for number, document in enumerate(collection.documents)
    )
    return replace(collection, matches=matches, documents=documents)


def _owners(collection: Collection) -> dict[str, int]:
    """The row in which each document that lies in a cell lies."""
    names = [column.name for column in collection.columns if column.kind is Kind.DOCUMENT] if collection.documents else []
    return {str(cell): row for name in names for row, cell in enumerate(collection.rows[name]) if cell is not None}


def _with(document: Document, why: str) -> Document:
    return replace(document, match=_lower(document.match, why)) if why else document


def _lower(match: Match, why: str) -> Match:
    return Match(min(match.score, DOUBTED), f"{match.by}, but {why}") if why else match

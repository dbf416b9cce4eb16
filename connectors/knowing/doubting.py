"""Rows that bear the right BSN and yet say they are somebody else's: found by comparing all sources, and lowered below any threshold.

A typed-over BSN puts another person's life in the file. So a row is doubted when its names and birth date are not those of the subject:
as a base register has them, or else as most sources have them; where one source stands against one, both are doubted. A married name, a
changed first name or a typing error in a birth date, each by itself, is no contradiction. What follows from the key of a doubted row is
doubted with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from config.collection import Collection
from config.discretion import discreet
from config.person import Name, Subject
from connectors.knowing.cells import by_cells, own_group, seen
from connectors.knowing.lowering import Place, lowered, spread
from connectors.written.likeness import Verdict, compare


@discreet
@dataclass(frozen=True, slots=True)
class Identity:
    """Who a row says that its subject is."""

    name: Name | None
    birth_date: date | None


def doubts(subject: Subject, collections: Iterable[Collection]) -> tuple[Collection, ...]:
    """The same collections, with the score of doubted rows at DOUBTED, and in `by` the reason without values.

    The subject as learnt so far is no judge: it was learnt from these same rows.
    """
    held = tuple(collections)
    return lowered(held, spread(held, _doubted(held)))


def _doubted(collections: Sequence[Collection]) -> dict[Place, str]:
    """The rows that contradict who the subject is, and what they contradict."""
    said = list(_identities(collections))
    groups: dict[Identity, set[str]] = {}
    for (number, _), identity in said:
        groups.setdefault(identity, set()).add(collections[number].source)
    reference = {identity: f"{collections[n].source}.{collections[n].entity}" for (n, _), identity in said if is_reference(collections[n])}
    verdicts = {identity: _verdict(identity, groups, reference) for identity in groups}
    return {place: verdicts[identity] for place, identity in said if verdicts[identity]}


def is_reference(collection: Collection) -> bool:
    """Whether a collection comes from the base register of persons, or a copy that is called so."""
    return collection.reference or collection.source.lower().startswith(("brp", "gba"))


def _identities(collections: Sequence[Collection]) -> Iterator[tuple[Place, Identity]]:
    for number, collection in enumerate(collections):
        group = own_group(collection.columns)
        for cells, rows in by_cells(collection, group) if group.parts else ():
            person = seen(group, cells).person
            if person.names or person.birth_date:
                identity = Identity(person.names[0] if person.names else None, person.birth_date)
                yield from (((number, row), identity) for row in rows if collection.matches[row].score >= 1)


def _verdict(identity: Identity, groups: Mapping[Identity, set[str]], reference: Mapping[Identity, str]) -> str:
    """What `identity` contradicts, in words; "" where it may be the subject's."""
    if reference:
        against = [place for other, place in reference.items() if contradicts(identity, other)]
        return f"name and birth date contradict {against[0]}" if len(against) == len(reference) else ""
    against_it = {source for other, sources in groups.items() if contradicts(identity, other) for source in sources}
    for_it = {source for other, sources in groups.items() if supports(identity, other) for source in sources} | groups[identity]
    if not against_it or len(for_it) > len(against_it):
        return ""
    return f"name and birth date contradict {', '.join(sorted(against_it))}"


def contradicts(one: Identity, other: Identity) -> bool:
    """Whether two rows cannot be about one person: birth date and name differ, or, without birth dates, all of the name."""
    like = compare(one.name, other.name) if one.name and other.name else None
    if like is None:
        return False
    if one.birth_date and other.birth_date:
        return one.birth_date != other.birth_date and like.contradicts
    return like.family is Verdict.OTHER and like.given is Verdict.OTHER


def supports(one: Identity, other: Identity) -> bool:
    """Whether two rows say the same of who somebody is, by name or by birth date, and do not contradict each other."""
    like = compare(one.name, other.name) if one.name and other.name else None
    same_date = bool(one.birth_date) and one.birth_date == other.birth_date
    return not contradicts(one, other) and (same_date or bool(like and like.fits))

"""Who the subject is, as all that was found by BSN says: the person, what each source has of them, the keys, and the people around."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from config.collection import Answer, Collection, Kind
from config.errors import RequestError
from config.folding import fold
from config.person import Address, Fact, Name, Person, Subject
from connectors.knowing.cells import by_cells, own_group, seen
from connectors.knowing.doubting import doubts, is_reference
from connectors.knowing.lowering import DOUBTED, tainted_keys
from connectors.knowing.people import people_of
from connectors.written import addresses, figures, names

T = TypeVar("T")


def identify(bsn: str) -> Subject:
    """The subject as the request knows them: by BSN alone. Raises RequestError where it is no number of nine digits."""
    digits = figures.bsn(bsn)
    if not digits:
        raise RequestError("the BSN", "it is not a number of nine digits", "Type it again from the identity document")
    return Subject(Person(bsn=digits))


def learn(subject: Subject, found: Iterable[Answer | Collection]) -> Subject:
    """The subject with all that was found: given answers, also with the keys that these provide.

    Only rows that a BSN proves, and that no other source contradicts, say who the subject is. People are taken from every row.
    """
    items = tuple(found)
    answers = [item for item in items if isinstance(item, Answer)]
    held = tuple(c for item in items for c in (item.collections if isinstance(item, Answer) else (item,)))
    sound = doubts(subject, held)
    said = sorted(_said(sound), key=lambda pair: not pair[0][2])
    person = _person(subject.person, [one for _, one in said])
    learnt = replace(subject, person=person, facts=_together(subject.facts, _facts(said)))
    keys, doubtful = _keys(subject, answers, tainted_keys(sound))
    return replace(
        learnt,
        keys=keys,
        doubtful=doubtful,
        missed=_together(subject.missed, (key for answer in answers for key in answer.missed)),
        people=people_of(person, sound, subject.people),
    )


Origin = tuple[str, str, bool]
"""Source, entity, and whether it is a base register."""


def _said(collections: Sequence[Collection]) -> Iterator[tuple[Origin, Person]]:
    """What each different row that a BSN proves says of the subject."""
    for collection in collections:
        group = own_group(collection.columns)
        for cells, rows in by_cells(collection, group):
            one = seen(group, cells)
            if not one.empty and any(collection.matches[row].score >= 1 for row in rows):
                yield (collection.source, collection.entity, is_reference(collection)), one.person


def _person(known: Person, said: Sequence[Person]) -> Person:
    """One person of all that was said: what a base register says comes first."""
    everyone = [known, *said]
    return Person(
        names=_distinct((name for person in everyone for name in person.names), lambda name: fold(names.whole(name)) + fold(name.initials)),
        gender=next((person.gender for person in everyone if person.gender), ""),
        bsn=known.bsn,
        birth_date=_most([person.birth_date for person in everyone if person.birth_date], known.birth_date, said),
        addresses=merge_addresses(address for person in everyone for address in person.addresses),
        emails=_together(*(person.emails for person in everyone)),
        phones=_together(*(person.phones for person in everyone)),
        ibans=_together(*(person.ibans for person in everyone)),
        plates=_together(*(person.plates for person in everyone)),
    )


def _most(dates: Sequence[date], known: date | None, said: Sequence[Person]) -> date | None:
    """The birth date most rows have, the first said (the base register's) where equal."""
    if known is not None:
        return known
    return max(dict.fromkeys(dates), key=dates.count, default=None)


def merge_addresses(found: Iterable[Address]) -> tuple[Address, ...]:
    """Each address once, with what the several writings of it tell together; secret where any says so."""
    merged: list[Address] = []
    for address in found:
        place = next((number for number, other in enumerate(merged) if _alike(other, address)), None)
        if place is None:
            merged.append(address)
        else:
            merged[place] = _both(merged[place], address)
    return tuple(merged)


def _alike(one: Address, other: Address) -> bool:
    """The same place; of one person, a street and number without a town is the one that has a town."""
    street = (fold(one.street), addresses.number_key(one.number)) == (fold(other.street), addresses.number_key(other.number))
    bare = any(not address.postcode and not address.city for address in (one, other))
    return (
        addresses.same(one, other) or (street and bool(one.street) and bare) or fold(addresses.whole(one)) == fold(addresses.whole(other))
    )


def _both(one: Address, other: Address) -> Address:
    return Address(
        one.street or other.street,
        one.number or other.number,
        one.postcode or other.postcode,
        one.city or other.city,
        one.secret or other.secret,
        min((when for when in (one.since, other.since) if when), default=None),
        _end(one, other),
    )


def _end(one: Address, other: Address) -> date | None:
    """Until when somebody lived there: what tells of no period at all does not say that it goes on."""
    ends = [address.until for address in (one, other) if address.since or address.until]
    return max(ends, default=None) if all(ends) else None  # type: ignore[type-var]  # none of them is None


def _distinct(values: Iterable[T], mark: Callable[[T], str]) -> tuple[T, ...]:
    """Of the values with the same mark the first, in the order in which they come: what a base register says stays in front."""
    first: dict[str, T] = {}
    for value in values:
        first.setdefault(mark(value), value)
    return tuple(first.values())


def _together(*several: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(value for values in several for value in values))


def _facts(said: Sequence[tuple[Origin, Person]]) -> Iterator[Fact]:
    """Each value of the subject with the source and entity that has it."""
    for (source, entity, _), person in said:
        place = f"{source}.{entity}"
        yield from (Fact(Kind.NAME, names.whole(name), place) for name in person.names)
        yield from (Fact("birth_date", person.birth_date.isoformat(), place) for _ in range(1) if person.birth_date)
        yield from (Fact(Kind.ADDRESS, addresses.whole(address), place) for address in person.addresses)
        for what, values in (
            (Kind.EMAIL, person.emails),
            (Kind.PHONE, person.phones),
            (Kind.IBAN, person.ibans),
            (Kind.PLATE, person.plates),
        ):
            yield from (Fact(what, value, place) for value in values)


def _keys(
    subject: Subject, answers: Sequence[Answer], tainted: Mapping[str, set[str]]
) -> tuple[dict[str, tuple[str, ...]], dict[str, dict[str, float]]]:
    """All keys, and the scores of those that no BSN proves; what only doubted rows provide is as doubtful as these."""
    keys = dict(subject.keys)
    scores: dict[str, dict[str, float]] = {name: dict(values) for name, values in subject.doubtful.items()}
    for answer in answers:
        for name, values in answer.provided.items():
            before = keys.get(name, ())
            for value in values:
                score = answer.doubtful.get(name, {}).get(value, 1.0)
                known = scores.get(name, {}).get(value, 1.0) if value in before else 0.0
                scores.setdefault(name, {})[value] = max(score, known)
            keys[name] = _together(before, values)
    for name, values in keys.items():
        for value in values:
            if figures.zeros_apart(value) in tainted.get(name, ()):
                scores.setdefault(name, {})[value] = DOUBTED
    low = {name: {value: score for value, score in values.items() if score < 1} for name, values in scores.items()}
    return keys, {name: values for name, values in low.items() if values}


def same_name(one: Name, other: Name) -> bool:
    """Whether two names read the same."""
    return fold(names.whole(one)) == fold(names.whole(other))

"""What is looked for in one entity: the alternatives of its `match`, filled with what is known of the subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from config.collection import Column, Kind
from config.discretion import discreet
from config.person import Person
from config.settings import Entity
from connectors.asking.known import JOINT, SPLIT, Known, Values, outside
from connectors.asking.shape import Shape
from connectors.written import parts
from connectors.written.figures import email, phone


@discreet
@dataclass(frozen=True, slots=True)
class Condition:
    """One column that must hold one key. `values` are what it may hold, "" for names, dates and addresses, which `person` has."""

    column: str  # as sources.yaml calls it
    place: int
    key: str  # `subject.bsn`, or a key as seen from outside
    part: parts.Part = parts.Part.NONE
    values: Values = field(default_factory=dict)


@discreet
@dataclass(frozen=True, slots=True)
class Alternative:
    """Conditions that must hold together. `joint` are combinations of keys that one row provided, by the places of their columns."""

    conditions: tuple[Condition, ...]
    person: Person
    joint: tuple[tuple[tuple[int, ...], frozenset[tuple[str, ...]]], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether a key was looked up and nothing was found, so that no row can fit."""
        return any(not condition.values for condition in self.conditions if condition.key not in LEARNT)


LEARNT = frozenset({"subject.name", "subject.birth_date", "subject.address"})
"""Keys that are compared by their parts, not by value."""


@discreet
@dataclass(frozen=True, slots=True)
class Wanted:
    """All alternatives that can be asked; `unasked` are English reasons for those that cannot, `incomplete` for those asked in part."""

    alternatives: tuple[Alternative, ...]
    unasked: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()


def wanted_of(entity: Entity, known: Known, shape: Shape) -> Wanted:
    """What to look for in `entity`, with what is known."""
    alternatives, unasked, incomplete = [], [], []
    for match in entity.match:
        lacking = [reason for column, key in match.items() if (reason := _lacking(entity, column, key, known, shape))]
        if lacking:
            unasked += lacking
            continue
        incomplete += [key for key in match.values() if outside(entity.source, key) in known.missed]
        alternatives.append(_alternative(entity, match, known, shape))
    return Wanted(
        tuple(alternatives),
        tuple(dict.fromkeys(unasked)),
        tuple(f"{entity.source}.{entity.name}: not all values of {key} are known, because a source that has them was not searched whole."
              for key in dict.fromkeys(incomplete)),
    )  # fmt: skip


def _lacking(entity: Entity, column: str, key: str, known: Known, shape: Shape) -> str:
    """Why this condition cannot be asked; "" where it can."""
    place = f"{entity.source}.{entity.name}"
    if shape.index(column) is None:
        return f"{place}: it is matched on {column}, which the data does not have. Mend `match` in sources.yaml."
    if key.startswith("subject."):
        return "" if _of_person(key, known.person) else f"{place}: {key} is not known of the subject, so it was not searched by it."
    if outside(entity.source, key) not in known.keys:
        return f"{place}: {key} is not known, because the entity that provides it was not searched."
    return ""


def _of_person(key: str, person: Person) -> bool:
    held: Mapping[str, object] = {
        "subject.bsn": person.bsn,
        "subject.name": person.names,
        "subject.birth_date": person.birth_date,
        "subject.address": person.addresses,
        "subject.email": person.emails,
        "subject.phone": person.phones,
    }
    return bool(held.get(key))


def _alternative(entity: Entity, match: Mapping[str, str], known: Known, shape: Shape) -> Alternative:
    conditions = tuple(_condition(entity, column, key, known, shape) for column, key in match.items())
    return Alternative(conditions, known.person, _joint(conditions, known))


def _condition(entity: Entity, column: str, key: str, known: Known, shape: Shape) -> Condition:
    place = shape.index(column)
    assert place is not None  # noqa: S101 - _lacking refused those
    name = outside(entity.source, key)
    return Condition(column, place, name, part_of(shape.columns[place], name), _values(name, known))


def _values(key: str, known: Known) -> Values:
    person = known.person
    if key == "subject.bsn":
        return {person.bsn: 1.0}
    if key == "subject.email":
        return {email(address): 0.6 for address in person.emails}
    if key == "subject.phone":
        return {phone(number): 0.6 for number in person.phones}
    return known.keys.get(key, {})


def part_of(column: Column, key: str) -> parts.Part:
    """The part that a column matched on `key` holds, whatever kind sources.yaml gives it."""
    if key == "subject.name":
        found = parts.part(Column(column.name, column.label, Kind.NAME, column.party))
        return found if found in parts.NAME_PARTS else parts.Part.FULL_NAME
    if key == "subject.address":
        return parts.part(Column(column.name, column.label, Kind.ADDRESS, column.party))
    return parts.Part.NONE


def _joint(conditions: Sequence[Condition], known: Known) -> tuple[tuple[tuple[int, ...], frozenset[tuple[str, ...]]], ...]:
    """Combinations of these keys as single rows hold them: (municipality 344, client 12) is not (municipality 345, client 12)."""
    places = {condition.key: condition.place for condition in conditions}
    found = []
    for name, values in known.keys.items():
        keys = name.split(JOINT)
        used = [number for number, key in enumerate(keys) if key in places]
        if len(keys) > 1 and len(used) > 1:
            pairs = frozenset(tuple(value.split(SPLIT)[number] for number in used) for value in values)
            found.append((tuple(places[keys[number]] for number in used), pairs))
    return tuple(found)

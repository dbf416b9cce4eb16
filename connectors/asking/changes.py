"""What changed in a source since a person last looked: `remembered` under its options is the shape it had then."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from config.collection import Kind
from config.settings import Entity, Source
from connectors.asking.shape import find

_TIME, _TRUTH, _BYTES = r"date|time|interval|year", r"bool|bit\b", r"bytea|blob|binary|image"
_CANNOT: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.BSN: rf"{_TIME}|{_TRUTH}|{_BYTES}|uuid|json",
        Kind.DATE: rf"{_TRUTH}|{_BYTES}|uuid|json",
        Kind.AMOUNT: rf"{_TIME}|{_TRUTH}|{_BYTES}|uuid|json",
        Kind.NAME: rf"{_TIME}|{_TRUTH}|uuid",
        Kind.EMAIL: rf"{_TIME}|{_TRUTH}|int|numeric|decimal|uuid",
        Kind.IBAN: rf"{_TIME}|{_TRUTH}|int|numeric|decimal|uuid",
    }
)
"""Types that cannot hold what sources.yaml says of a column: it was given another meaning, or was never rightly classified."""


def changed(source: Source, entity: Entity, types: Mapping[str, str]) -> tuple[str, ...]:
    """A line for each column that is gone or of another type since it was remembered, or whose type cannot hold its kind."""
    before = _remembered(source).get("shape", {}).get(entity.name, {})
    place = f"{source.name}.{entity.name}"
    gone = [name for name in before if name not in types and find(name, list(entity.columns)) is None]
    retyped = [(name, before[name], now) for name, now in types.items() if before.get(name) and now and before[name] != now]
    return (
        *(f"{place}: column {name} was there and is gone. Was it renamed? Look, and accept it." for name in gone),
        *(f"{place}: column {name} was {then} and is {now}. Look whether it means the same, and accept it." for name, then, now in retyped),
        *(
            f"{place}: column {name} is {types[name]}, which cannot hold a {kind}. Was it given another meaning? Mend its `kind`."
            for name, kind in _unfit(entity, types)
        ),
    )


def _unfit(entity: Entity, types: Mapping[str, str]) -> Iterable[tuple[str, Kind]]:
    names = list(types)
    for column in entity.columns.values():
        place = find(column.name, names)
        cannot = _CANNOT.get(column.kind)
        if place is not None and cannot and not column.withhold and re.match(cannot, types[names[place]]):
            yield names[place], column.kind


def added(source: Source, tables: Mapping[str, bool]) -> tuple[str, ...]:
    """A line for each table that no entity reads and that was not there when the shape was remembered."""
    before = _remembered(source).get("tables")
    if before is None:
        return ()
    wrong = "is new, and no entity reads it. Look whether it holds data of people; if so name it under `entities`, else accept it"
    return tuple(f"{source.name}: table {name} {wrong}." for name, read in tables.items() if not read and name not in before)


def unseen(source: Source, hidden: Iterable[str]) -> tuple[str, ...]:
    """A line for each hidden sheet that no entity reads, until accepted: who made the export may not know of it."""
    remembered = _remembered(source)
    known = remembered.get("tables", ()) if remembered.get("accepted") else ()
    wrong = "is hidden, and no entity reads it. Look whether it holds data of people; if so name it under `entities`, else accept it"
    return tuple(f"{source.name}: sheet {name} {wrong}." for name in hidden if name not in known)


def _remembered(source: Source) -> Mapping[str, Any]:
    remembered: Mapping[str, Any] = source.options.get("remembered") or {}
    return remembered

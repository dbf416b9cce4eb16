"""How each table may be reached from a person: by a BSN, by a name and birth date, or along keys from a table that is reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from config.collection import Column, Kind, Party
from connectors.guessing.columns import Guess, guessed
from connectors.guessing.schema import Found
from connectors.written.parts import Part, part


@dataclass
class Road:
    """A table with its guesses; `match` is empty where there is no road to it."""

    found: Found
    columns: Mapping[str, Guess]
    match: dict[str, str] = field(default_factory=dict)
    why: str = ""
    provides: dict[str, str] = field(default_factory=dict)


def roads(tables: Sequence[Found]) -> list[Road]:
    """All tables that could be read, each with its road if there is one."""
    made = {one.table: _direct(one) for one in tables if not one.why_not}
    while any(_follow(road, made) for road in made.values() if not road.match):
        pass
    return list(made.values())


def _direct(found: Found) -> Road:
    first = {name: guessed(name, kind, found.sample[name], key=_ties(found, name), direct=True) for name, kind in found.types.items()}
    own = [name for name, guess in first.items() if guess.kind is Kind.BSN and guess.party is Party.SUBJECT]
    if own:
        return Road(found, first, {own[0]: "subject.bsn"}, "it has a BSN of its own")
    born = [name for name, guess in first.items() if guess.kind is Kind.DATE and _part(name, guess) is Part.BIRTH_DATE]
    names = [
        n for n, g in first.items() if g.kind is Kind.NAME and g.party is Party.SUBJECT and _part(n, g) in {Part.FAMILY, Part.FULL_NAME}
    ]
    if born and names:
        return Road(found, first, {names[0]: "subject.name", born[0]: "subject.birth_date"}, "it has a name and a birth date, and no BSN")
    away = {name: guessed(name, kind, found.sample[name], key=_ties(found, name), direct=False) for name, kind in found.types.items()}
    return Road(found, away)


def _ties(found: Found, name: str) -> bool:
    return name in found.keys or name in found.points


def _part(name: str, guess: Guess) -> Part:
    return part(Column(name, name, guess.kind, guess.party))


def _follow(road: Road, made: Mapping[str, Road]) -> bool:
    """Give `road` its match if a table it points to is reached; gives whether it did."""
    for column, (table, target) in road.found.points.items():
        other = _reached(table, made)
        if other is not None and other is not road:
            return _tie(road, column, other, target, f"its foreign key {column} points to {other.found.table}")
    for other in made.values():
        for column in road.found.types if other.match and other is not road else ():
            same = next((key for key in other.found.keys if key.lower() == column.lower() and key.lower() not in _PLAIN), None)
            if same and column not in road.found.points:
                return _tie(
                    road, column, other, same, f"{column} is called as the key of {other.found.table}; nothing in the database says so"
                )
    return False


_PLAIN = frozenset({"id", "nr", "nummer", "code", "volgnummer", "volgnr"})
"""Names of keys that every table may have, so that they tie nothing together."""


def _reached(table: str, made: Mapping[str, Road]) -> Road | None:
    found = made.get(table) or made.get(table.rpartition(".")[2])
    return found if found is not None and found.match else None


def _tie(road: Road, column: str, other: Road, target: str, why: str) -> bool:
    key = other.provides.setdefault(target, f"key.{_key(other.found.table, target)}")
    road.match, road.why = {column: key}, why
    return True


def _key(table: str, column: str) -> str:
    words = "".join(c if c.isalnum() and c.isascii() else "_" for c in f"{table.rpartition('.')[2]}_{column}".lower()).strip("_")
    return words if words[:1].isalpha() else f"k_{words}"

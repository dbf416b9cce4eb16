"""How each table may be reached from a person: by a BSN, by a name and birth date, or along keys from a table that is reached."""

from __future__ import annotations

import re
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
            if column not in road.found.points and (key := _meant(column, other.found)):
                why = f"{column} is called as the key of {other.found.table}; nothing in the database says so"
                return _tie(road, column, other, key, why)
    return False


def _meant(column: str, other: Found) -> str:
    """The key of another table that a column is called after: by that key's name, or by the table's where its one key has a plain name."""
    for key in other.keys:
        if key.lower() not in _PLAIN and key.lower() == column.lower():
            return key
    only = next(iter(other.keys)) if len(other.keys) == 1 else ""
    return only if only.lower() in _PLAIN and _thing(column) == _thing(other.table.rpartition(".")[2]) else ""


def _thing(name: str) -> str:
    """What a table or a column that points to one is called after, without `id`, `nr` and the like, and without a plural.

    >>> _thing("DEELNEMER_ID"), _thing("fk_deelnemer"), _thing("deelnemers"), _thing("Klanten")
    ('deelnemer', 'deelnemer', 'deelnemer', 'klant')
    """
    words = [word for word in re.split(r"[^a-z0-9]+", name.lower()) if word not in _AFFIXES] or [name.lower()]
    whole = "".join(words)
    ending = next((end for end in ("nummer", "nr", "id", "en", "s") if whole.endswith(end) and len(whole) > len(end) + 3), "")
    return whole.removesuffix(ending)


_PLAIN = frozenset({"id", "nr", "nummer", "code", "volgnummer", "volgnr"})
"""Names of keys that every table may have: such a name alone ties nothing together."""

_AFFIXES = _PLAIN | {"fk", "key", "ref", "sleutel", "tbl", "tabel"}


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

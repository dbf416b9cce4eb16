"""A first sources.yaml for one database, with each guess and why as a comment. It holds names of tables and columns, never a value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from connectors.guessing.columns import Guess
from connectors.guessing.roads import Road
from connectors.guessing.schema import Found

UNDECIDED = "NOG_TE_KIEZEN"
"""Stands where only a person can say what is right; `inzage config check` asks for it."""


def as_yaml(name: str, found: Sequence[Found], roads: Sequence[Road]) -> str:
    """The whole file."""
    return "\n".join([*_head(name), *_entities([road for road in roads if road.match]), *_left(found, roads)]) + "\n"


def _head(name: str) -> list[str]:
    return [
        "# A first draft, guessed from the tables and a sample of a database. Correct every line before it is used:",
        "# - `activity`: which activity of activities.yaml this system serves;",
        "# - `party`: whose data a column holds. What is called subject here is shown to whoever asks.",
        "sources:",
        f"  - name: {name}",
        "    kind: sql",
        f"    connection: ${{{name.upper().replace('-', '_')}_DATABASE_URL}}",
        f"    activity: {UNDECIDED}",
        "    entities:" if name else "",
    ]


def _entities(roads: Sequence[Road]) -> Iterator[str]:
    if not roads:
        yield "      {}   # no table has a road to a person: see below"
    taken: set[str] = set()
    for road in roads:
        entity = _name(road.found.table, taken)
        yield f"      {entity}:   # {road.why}"
        yield f"        table: {_text(road.found.table)}"
        yield f"        match: {_mapping(road.match)}"
        if road.provides:
            yield f"        provides: {_mapping(road.provides)}"
        yield "        columns:"
        width = max(len(_text(column)) for column in road.columns) + 1
        yield from (f"          {(_text(column) + ':').ljust(width)} {_column(guess)}" for column, guess in road.columns.items())


def _column(guess: Guess) -> str:
    if guess.withhold:
        return f"{{withhold: {guess.withhold}}}   # {guess.why}"
    category = f", category: {guess.category}" if guess.category else ""
    return f"{{kind: {guess.kind}, party: {guess.party}{category}}}   # {guess.why}"


def _left(found: Sequence[Found], roads: Sequence[Road]) -> Iterator[str]:
    """The tables that are not in the file, each with the reason: nothing is left out in silence."""
    without = [road for road in roads if not road.match]
    unread = [one for one in found if one.why_not]
    if without or unread:
        yield "# Not in this file. A table that holds data of people and stands here must be given a `match` by a person."
    for road in without:
        above = sorted(
            {one.found.table for one in roads if one.match for table, _ in one.found.points.values() if table == road.found.table}
        )
        hint = f"; {', '.join(above)} points to it" if above else ""
        yield f"#   {road.found.table}: no road to a person ({len(road.columns)} columns{hint})"
    for one in unread:
        yield f"#   {one.table}: could not be read: {one.why_not}"


def _mapping(pairs: dict[str, str]) -> str:
    return "{" + ", ".join(f"{_text(name)}: {value}" for name, value in pairs.items()) + "}"


def _text(text: str) -> str:
    """A name as YAML reads it back: quoted where it could be read as something else."""
    plain = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.\-]*", text) and text.lower() not in {
        "yes",
        "no",
        "on",
        "off",
        "true",
        "false",
        "null",
        "y",
        "n",
    }
    return text if plain else json.dumps(text, ensure_ascii=False)


def _name(table: str, taken: set[str]) -> str:
    """A name for the entity that sources.yaml allows, not used before."""
    bare = "".join(c if c.isalnum() and c.isascii() else "_" for c in table.rpartition(".")[2].lower()).strip("_") or "tabel"
    bare = (bare if bare[0].isalpha() else f"t_{bare}")[:55]
    name = next(each for each in (bare, *(f"{bare}_{number}" for number in range(2, 10_000))) if each not in taken)
    taken.add(name)
    return name

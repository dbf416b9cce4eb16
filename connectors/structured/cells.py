"""A group of leaves as one cell: a name as it is said, an address as it is written, anything else by its words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from config.collection import Kind
from config.words import TRUTH, readable
from connectors.structured.paths import Path, parts

_NAME = (
    ("voornamen",), ("voornaam",), ("voorletters",), ("voorvoegsel", "voorvoegselgeslachtsnaam"), ("achternaam", "geslachtsnaam"),
)  # fmt: skip
_ADDRESS = (
    ("straatnaam",), ("huisnummer",), ("huisletter",), ("huisnummertoevoeging", "huisnrtoevoeging"), ("postcode",),
    ("plaatsnaam", "woonplaatsnaam"), ("landcode",),
)  # fmt: skip


def joined(found: Mapping[Path, Any], kind: Kind) -> Any:
    """The leaves of a group as one cell; None where none is filled."""
    filled = {path: value for path, value in found.items() if value not in {None, ""}}
    if not filled:
        return None
    if kind is Kind.DATE and len(filled) == 1 and isinstance(next(iter(filled.values())), date):
        return next(iter(filled.values()))
    order = {Kind.NAME: _NAME, Kind.ADDRESS: _ADDRESS}.get(kind)
    said = _spoken(filled, order) if order else ""
    return said or "; ".join(f"{readable(_tail(path, filled))}: {_text(value)}" for path, value in filled.items())


def said_of(points: tuple[Path, ...], kind: Kind) -> tuple[Path, ...]:
    """The leaves of a group that are said in a name or an address; all of them in any other kind. What is not said is a column apart."""
    order = {Kind.NAME: _NAME, Kind.ADDRESS: _ADDRESS}.get(kind)
    if order is None:
        return points
    firsts = (next((path for path in points if parts(path[-1])[-1] in names), None) for names in order)
    return tuple(path for path in firsts if path is not None) or points


def _spoken(filled: Mapping[Path, Any], order: tuple[tuple[str, ...], ...]) -> str:
    """The parts in the order in which they are said; initials only where there are no given names. "" where a part has no place."""
    words: list[str] = []
    for names in order:
        found = [value for path, value in filled.items() if parts(path[-1])[-1] in names]
        if found and not (names == ("voorletters",) and words):
            words.append(_text(found[0]))
    return " ".join(words)


def _tail(path: Path, filled: Mapping[Path, Any]) -> str:
    """What tells a leaf apart from the others of its group."""
    same = sum(other[-1] == path[-1] for other in filled)
    return path[-1] if same == 1 else ".".join(path[-2:])


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return TRUTH[value]
    return value.isoformat() if isinstance(value, date) else str(value)

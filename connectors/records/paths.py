"""JSON as cells: the paths of what a record holds, the value at each, and which path a column of sources.yaml means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from config.folding import squeeze
from config.words import TRUTH, readable
from connectors.asking.plain import here


class Linked(dict[str, Any]):
    """Something that a record refers to, read from where it is kept: one cell, its name, with members that may be asked."""


def leaves(record: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """The paths of all that a record holds; what is empty is not held, a list or something linked is one.

    >>> list(leaves({"url": "x", "rol": {"naam": "y", "leeg": ""}, "lijst": [{"a": 1}], "niets": []}))
    ['url', 'rol.naam', 'lijst']
    """
    for name, value in record.items():
        path = f"{before}{name}"
        if value in (None, "", [], {}) or name == "_expand":
            continue
        if isinstance(value, dict) and not isinstance(value, Linked):
            yield from leaves(value, f"{path}.")
        else:
            yield path


def members(value: Any) -> Mapping[str, Any]:
    """What an object holds; nothing where it is no object, whatever else a server put there."""
    return value if isinstance(value, dict) else {}


def elements(value: Any) -> Sequence[Any]:
    """What a list holds; nothing where it is no list."""
    return value if isinstance(value, list) else ()


def at(record: Mapping[str, Any], path: str) -> Any:
    """What stands at a path, as a cell; None where nothing does.

    >>> at({"rol": {"naam": "y"}}, "rol.naam"), at({"rol": None}, "rol.naam")
    ('y', None)
    """
    value: Any = record
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return cell(value)


def cell(value: Any) -> Any:
    """A value as one cell: a day as a date, a moment by our clock, a list a line each, an object as "Naam: waarde; ...".

    >>> cell({"naam": "Jo", "leeg": "", "af": False}), cell(["a", "b"]), cell("2026-01-31T23:30:00Z"), cell([])
    ('Naam: Jo; Af: nee', 'a\\nb', datetime.datetime(2026, 2, 1, 0, 30), None)
    """
    if isinstance(value, Linked):
        return cell(name_of(value))
    if isinstance(value, dict):
        return "; ".join(f"{readable(name)}: {worded(told)}" for name, part in value.items() if (told := cell(part)) is not None) or None
    if isinstance(value, list):
        return "\n".join(worded(told) for item in value if (told := cell(item)) is not None) or None
    return moment(value) if isinstance(value, str) else value


def worded(value: Any) -> str:
    """A cell as words among other words of one cell: a truth in Dutch, anything else as it is written.

    >>> worded(True), worded(False), worded(0)
    ('ja', 'nee', '0')
    """
    return TRUTH[value] if isinstance(value, bool) else str(value)


def name_of(linked: Mapping[str, Any]) -> Any:
    """What something is called, by the first of its members that says so; else where it is kept."""
    return next((linked[name] for name in ("omschrijving", "naam", "volledigeNaam", "titel", "nummer", "url") if linked.get(name)), None)


def moment(text: str) -> Any:
    """A date or a moment, where the text is one as ISO 8601 has it; else the text, None where it is empty."""
    if not re.match(r"\d{4}-\d{2}-\d{2}(?:$|[T ]\d{2}:\d{2})", text):
        return text or None
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        return here(datetime.fromisoformat(text.replace("Z", "+00:00"))).replace(microsecond=0)
    except (ValueError, OverflowError):
        return text


def meant(name: str, paths: Iterable[str], groups: Sequence[str] = ()) -> str:
    """The path that a column of sources.yaml means: itself, spelled otherwise, or the only one that ends in it; "" for none.

    `groups` are members that hold a linked object, so that anything below them may be asked.

    >>> known = ["url", "betrokkeneIdentificatie.inpBsn", "betrokkeneIdentificatie.geslachtsnaam"]
    >>> meant("INP_BSN", known), meant("betrokkeneIdentificatie", known), meant("zaaktypeDoel", [], ["zaaktype"]), meant("bijnaam", known)
    ('betrokkeneIdentificatie.inpBsn', 'betrokkeneIdentificatie', 'zaaktype.doel', '')
    """
    known = list(dict.fromkeys(paths))
    if name in known or any(path.startswith(f"{name}.") for path in known):
        return name
    if name.partition(".")[0] in groups:
        return name
    plain = squeeze(name)
    alike = [path for path in known if squeeze(path) == plain]
    ending = [path for path in known if any(squeeze(end) == plain for end in _ends(path))]
    below = [f"{group}.{rest}" for group in groups if (rest := _below(name, group))]
    return next((found[0] for found in (alike, ending, below) if len(found) == 1), "")


def covers(path: str, held: str) -> bool:
    """Whether a column that means `path` holds what stands at `held`: it is that, a group around it, or a member of it."""
    return path == held or held.startswith(f"{path}.") or path.startswith(f"{held}.")


def _ends(path: str) -> Iterator[str]:
    parts = path.split(".")
    yield from (".".join(parts[start:]) for start in range(1, len(parts)))


def _below(name: str, group: str) -> str:
    """`zaaktypeOmschrijving` and `zaaktype_omschrijving` are `omschrijving` below `zaaktype`; "" for what is not below it."""
    found = re.fullmatch(rf"{re.escape(group)}(?:__|_|\.)?([A-Za-z]\w*)", name)
    return found[1][0].lower() + found[1][1:] if found else ""

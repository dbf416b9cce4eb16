"""Names of sheets as Excel allows them: at most 31 characters, without `[]:*?/\\\\`, no two the same but for case."""

from __future__ import annotations

import re

LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def sheet_name(title: str, taken: set[str]) -> str:
    """A name for `title` that is not in `taken` yet; it is added there.

    >>> taken = set()
    >>> sheet_name("Wmo: hulp?", taken), sheet_name("WMO  hulp", taken)
    ('Wmo hulp', 'WMO hulp (2)')
    >>> sheet_name("Hulp en ondersteuning thuis (Wmo)", taken)
    'Hulp en ondersteuning thuis'
    """
    plain = " ".join(_FORBIDDEN.sub(" ", title).split()).strip("'") or "Blad"
    if plain.casefold() == "history":  # Excel keeps this name for itself
        plain += " 1"
    name, n = _cut(plain, LONGEST), 1
    while name.casefold() in taken:
        n += 1
        end = f" ({n})"
        name = _cut(plain, LONGEST - len(end)) + end
    taken.add(name.casefold())
    return name


def _cut(title: str, room: int) -> str:
    """As much of a title as fits, up to the end of a word where that leaves more than half."""
    if len(title) <= room:
        return title
    whole = title[: max(title.rfind(" ", 0, room + 1), 0)].rstrip(" (,;:-–&")
    return whole if len(whole) > room // 2 else title[:room].strip()

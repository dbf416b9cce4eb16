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
    """
    plain = " ".join(_FORBIDDEN.sub(" ", title).split()).strip("'") or "Blad"
    if plain.casefold() == "history":  # Excel keeps this name for itself
        plain += " 1"
    name, n = plain[:LONGEST].strip(), 1
    while name.casefold() in taken:
        n += 1
        end = f" ({n})"
        name = plain[: LONGEST - len(end)].strip() + end
    taken.add(name.casefold())
    return name

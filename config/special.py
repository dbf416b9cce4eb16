"""Which words for a category of data mean special (AVG 9) or criminal data (AVG 10): the terms of the law and of the trade."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from config.folding import fold

SPECIAL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "gezondheid": (
            "gezondheid", "medisch", "psychisch", "psychiatr", "verslaving", "beperking", "handicap", "ziekte", "diagnose",
            "belastbaarheid", "behandeling", "medicatie", "zorggegevens",
        ),
        "strafrechtelijk": (
            "strafrecht", "strafblad", "detentie", "misdrijf", "proces-verbaal", "halt", "justitiele", "veroordeling", "politiegegevens",
        ),
        "geloof": ("geloof", "godsdienst", "religie", "levensovertuiging"),
        "afkomst": ("afkomst", "etnisch", "etniciteit", "ras"),
        "seksualiteit": ("seksualiteit", "seksueel", "seksuele"),
        "politiek": ("politieke opvatting", "politieke voorkeur", "politieke gezindheid"),
        "vakbond": ("vakbond", "vakvereniging"),
        "genetisch": ("genetisch", "dna"),
        "biometrisch": ("biometri", "vingerafdruk"),
    }
)  # fmt: skip
"""Words of AVG 9(1) and 10 by the name that stands under `special:`; each counts as the start of a word."""

WHOLE = frozenset({"ras", "halt", "dna", "beperking"})
"""Of those, the words that count only whole: `verstrekkingsbeperking` and `rasterkaart` are something else."""


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(fold(word))}" + (r"(en|s)?\b" if word in WHOLE else "") for word in words))


_PATTERNS = {name: _pattern(words) for name, words in SPECIAL.items()}


def special_category(words: str) -> str:
    """The special category that `words` name, "" where they name none.

    >>> special_category("psychische gezondheid"), special_category("Gezondheid"), special_category("straat")
    ('gezondheid', 'gezondheid', '')
    """
    folded = fold(words)
    return next((name for name, pattern in _PATTERNS.items() if pattern.search(folded)), "")

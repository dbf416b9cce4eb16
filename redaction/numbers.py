"""The numbers that check themselves: burgerservicenummer (elfproef) and IBAN (ISO 13616, mod 97)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from redaction.runs import matches, runs

_NINE = re.compile(
    r"(?<!\d)(?<!\d[.,-])(?:\d{9}(?!\d)|\d{3}([ .-])\d{3}\1\d{3}(?!\d|\1\d{3})|\d{4}([ .-])\d{2}\2\d{3}(?!\d|\2\d{3})"
    r"|(?!\d{1,4}[ .\n-]\d{9}(?!\d))\d(?:[ .\n-]?\d){7,9}(?![ .-]?\d))"
)
"""Nine figures together or in the usual groups, whatever number follows them; else eight to ten with any marks between."""
_BSN_CUE = re.compile(r"(?:\bbsn|burger ?service ?nummer|burgerservicenr|\bsofi(?:-?nummer)?|\bburgerservice\w*)[^\d\n]{0,30}$")
_OTHER_CUE = re.compile(
    r"(?:tel|telefoon|mobiel|zaak|dossier|kenmerk|client|klant|factuur|polis|relatie|order|beschikking)\w*\.?[^\d\n]{0,14}$"
)
_DATE = re.compile(r"\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d{2}|(?:19|20)\d{2}[-./ ]\d{1,2}[-./ ]\d{1,2}")
_GROUPED = re.compile(
    r"\d{9}|\d{3}([ .\n-])\d{3}\1\d{3}|\d{4}([ .\n-])\d{2}\2\d{3}|\d{3}([ .\n-])\d{2}\3\d{4}|\d{4}([ .\n-])\d{3}\4\d{2}|"
    r"\d{2}([ .\n-])\d{3}\5\d{2}\5\d{2}|\d{1,2}([ .\n-])\d{3}\6\d{3}\6\d{2}|\d(?: \d){8}"
)
_IBAN = re.compile(
    r"(?<![a-z0-9])[a-z]{2}[ .-]?\d{2}(?:[ .\n-]?[a-z0-9]){11,30}(?![a-z0-9])|(?<![a-z0-9])[a-z]{2}\d{2}(?:[ .\n-]?[a-z0-9]){11,30}"
)
_NL_SHAPE = re.compile(r"(?<![a-z0-9])nl[ .-]?\d{2}[ .-]?[a-z]{4}(?:[ .-]?\d){8,11}(?!\d)")

LENGTHS = {
    "ad": 24, "ae": 23, "al": 28, "at": 20, "az": 28, "ba": 20, "be": 16, "bg": 22, "bh": 22, "br": 29, "by": 28, "ch": 21, "cr": 22, "cy": 28,
    "cz": 24, "de": 22, "dk": 18, "do": 28, "ee": 20, "eg": 29, "es": 24, "fi": 18, "fo": 18, "fr": 27, "gb": 22, "ge": 22, "gi": 23, "gl": 18,
    "gr": 27, "gt": 28, "hr": 21, "hu": 28, "ie": 22, "il": 23, "iq": 23, "is": 26, "it": 27, "jo": 30, "kw": 30, "kz": 20, "lb": 28, "li": 21,
    "lt": 20, "lu": 20, "lv": 21, "ly": 25, "mc": 27, "md": 24, "me": 22, "mk": 19, "mr": 27, "mt": 31, "mu": 30, "nl": 18, "no": 15, "pk": 24,
    "pl": 28, "ps": 29, "pt": 25, "qa": 29, "ro": 24, "rs": 22, "sa": 24, "sc": 31, "sd": 18, "se": 24, "si": 19, "sk": 24, "sm": 27, "so": 23,
    "st": 25, "sv": 28, "tl": 23, "tn": 24, "tr": 26, "ua": 29, "va": 22, "vg": 24, "xk": 20,
}  # fmt: skip
"""Characters of an IBAN by country (the IBAN registry of SWIFT, of the countries in it that a Dutch file may hold)."""


def is_bsn(digits: str) -> bool:
    """Whether nine digits pass the elfproef (9a + 8b + ... + 2h - i divides by 11) and are not all zero.

    >>> is_bsn("999900006"), is_bsn("999900007")
    (True, False)
    """
    if len(digits) != 9 or digits.startswith("000000"):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11 == 0


def bsns(low: str, figures: Sequence[tuple[int, int]] | None = None) -> Iterator[tuple[int, int, str, bool]]:
    """Start, end, digits and whether it is surely one: a number that passes, or something like it next to the word BSN.

    `figures` are the `runs` of the text, where they are known.
    """
    figures = runs(low) if figures is None else figures
    for match in matches(_NINE, low, [start for start, _ in figures]):
        shape, before = match.group(), low[max(0, match.start() - 45) : match.start()]
        digits = re.sub(r"\D", "", shape)
        cued = ("bsn" in before or "burger" in before or "sofi" in before) and bool(_BSN_CUE.search(before))
        if len(digits) == 8:
            padded = "0" + digits
            if cued and not _DATE.fullmatch(shape):
                yield match.start(), match.end(), padded, is_bsn(padded)
        elif cued and not _DATE.match(shape):
            yield match.start(), match.end(), digits, is_bsn(digits)
        elif is_bsn(digits) and _GROUPED.fullmatch(shape) and not _OTHER_CUE.search(before):
            yield match.start(), match.end(), digits, True


def is_iban(compact: str) -> bool:
    """Whether `compact` (lower case, no separators) has the length of its country and passes mod 97.

    >>> is_iban("nl91abna0417164300")
    True
    """
    if LENGTHS.get(compact[:2]) != len(compact) or not compact[2:4].isdigit():
        return False
    turned = compact[4:] + compact[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def ibans(low: str, figures: Sequence[tuple[int, int]] | None = None) -> Iterator[tuple[int, int, str, bool]]:
    """Start, end, the number without separators, and whether it passes mod 97; what only looks like a Dutch one is given too."""
    found = set()
    starts = list(_after_letters(low, runs(low) if figures is None else figures))
    for match in matches(_IBAN, low, starts):
        if (cut := _cut(match.group())) is not None:
            end, compact = cut
            found.add(match.start())
            yield match.start(), match.start() + end, compact, True
    for match in matches(_NL_SHAPE, low, starts):
        if match.start() not in found:
            yield match.start(), match.end(), re.sub(r"[^a-z0-9]", "", match.group()), False


def _after_letters(low: str, figures: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Where the two letters of a country begin that keeps an IBAN: right before figures, or with one mark between."""
    for start, end in figures:
        if end - start < 2:
            continue
        for begin in (start - 2, start - 3):
            if begin >= 0 and low[begin : begin + 2] in LENGTHS and (begin == start - 2 or low[start - 1] in " .-"):
                yield begin


def _cut(shape: str) -> tuple[int, str] | None:
    """Where the number ends within what follows it, by the length of its country."""
    wanted = LENGTHS.get(shape[:2], 0)
    compact, end = "", 0
    for end, character in enumerate(shape, 1):  # noqa: B007 - where it stopped is what is asked below
        compact += character if character.isalnum() else ""
        if len(compact) == wanted:
            break
    whole = len(compact) == wanted and (end == len(shape) or not (shape[end].isalnum() and shape[end - 1].isalnum()))
    return (end, compact) if wanted and whole and is_iban(compact) else None

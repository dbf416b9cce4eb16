"""Dates, and which of them are dates of birth: known ones, and those that a cue says are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from redaction.runs import matches, runs

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan",
            "februari feb",
            "maart mrt maa",
            "april apr",
            "mei",
            "juni jun",
            "juli jul",
            "augustus aug",
            "september sep sept",
            "oktober okt",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_DATE = re.compile(
    r"(?<![\d.,/-])(?:(?P<d>\d{1,2})(?P<sep>[-/.]|\. | ?- ?| )(?P<m>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d{2}|\d{2})|(?P<y2>(?:19|"
    r"20)\d{2})(?P<s2>[-/.])(?P<m2>\d{1,2})(?P=s2)(?P<d2>\d{1,2})|"
    rf"(?P<d3>\d{{1,2}})(?:e|ste|de)?[ -](?P<w>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?:\.(?= ?'?\d))?(?:[ -]'?(?P<y3>(?:19|"
    rf"20)\d{{2}}|\d{{2}}(?![\d:])))?|(?P<tight>(?:19|20)\d{{6}}|\d{{4}}(?:19|20)\d{{2}}))(?![\d])"
)
CUE = re.compile(
    r"(?:\bgeb(?:\.|oren)?(?: ?(?:dat(?:um)?|dd|d\.d)\.?)?|geboorte ?(?:datum|dag|dd)(?: van)?(?: (?:de|het|haar|zijn))?(?: (?!is\b|op\b)[a-z-]{3,15}){0,2}|geboren(?: (?:op|te|"
    r"in) ?[a-z' -]{0,25}?,?(?: ?op)?)?|\bgbd|\bgebdat|\*|\bjarig(?: op)?|verjaardag(?: is)?(?: op)?|\bdob\b|geb\.? ?te [a-z -]{2,20},?)"
    r"[ :=.,(]{0,4}(?:is |op |dd |d\.d\. ?|van |datum |geboren )?[ :(]{0,3}$"
)
_CUES = ("geb", "gbd", "*", "jarig", "verjaar", "dob")
"""What stands in every cue of a birth."""
_AFTER = re.compile(r"\)? ?(?:geboren|geb\.)")


@lru_cache(maxsize=1)
def dates(low: str) -> tuple[tuple[int, int, tuple[int, int, int | None], bool, bool], ...]:
    """Start, end, (day, month, year or None), whether a cue says it is of a birth, and whether it is written with its year in full.

    The last text is kept: three finders ask for its dates, one after the other.
    """
    return tuple(_dates(low))


def _dates(low: str) -> Iterator[tuple[int, int, tuple[int, int, int | None], bool, bool]]:
    low = low.replace("\n", " ")
    cues = any(cue in low for cue in _CUES)
    for match in matches(_DATE, low, [start for start, _ in runs(low)]):
        parts = _parts(match)
        if parts is None:
            continue
        cued = cues and bool(CUE.search(low, max(0, match.start() - 50), match.start()) or _AFTER.match(low, match.end()))
        tight = match.group("tight") is not None
        if tight and not cued:
            continue
        yield match.start(), match.end(), parts, cued, parts[2] is not None


def _parts(match: re.Match[str]) -> tuple[int, int, int | None] | None:
    if match["d"]:
        told: tuple[int, int, int | None] = (int(match["d"]), int(match["m"]), _year(match["y"]))
    elif match["y2"]:
        told = (int(match["d2"]), int(match["m2"]), int(match["y2"]))
    elif match["d3"]:
        told = (int(match["d3"]), _MONTHS[match["w"]], _year(match["y3"]) if match["y3"] else None)
    else:
        tight = match["tight"]
        year_first = 1 <= int(tight[4:6]) <= 12 and tight[:2] in ("19", "20")
        told = (int(tight[6:]), int(tight[4:6]), int(tight[:4])) if year_first else (int(tight[:2]), int(tight[2:4]), int(tight[4:]))
    return told if 1 <= told[0] <= 31 and 1 <= told[1] <= 12 else None


def _year(written: str) -> int:
    """Two figures are of this century up to 29, of the last above: births of the living.

    >>> _year("80"), _year("12"), _year("1980")
    (1980, 2012, 1980)
    """
    year = int(written)
    return year if year > 99 else year + (2000 if year < 30 else 1900)


def same(parts: tuple[int, int, int | None], day: date) -> bool:
    """Whether the date as written is this day; without a year, or with two figures, as far as written."""
    return parts[:2] == (day.day, day.month) and (parts[2] is None or parts[2] % 100 == day.year % 100)

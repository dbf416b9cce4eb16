"""Dates as they are written in Dutch systems: ISO, `09-03-1980`, `9-3-80`, `19800309`, `9 maart 1980`, and Excel's day numbers."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from connectors.written.figures import finite

MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december")
_SHORT = {month[:3]: number for number, month in enumerate(MONTHS, 1)} | {"mrt": 3}
_ISO = re.compile(r"([12][0-9]{3})[-/.]([01]?[0-9])[-/.]([0-3]?[0-9])(?:[T ][0-9:.,]*(?:Z|[+-][0-9:]+)?)?")
_DUTCH = re.compile(r"([0-3]?[0-9])[-/. ]([01]?[0-9])[-/. ]([12][0-9]{3}|[0-9]{2})(?:[T ][0-9:.,]*)?")
_WORDS = re.compile(r"([0-3]?[0-9])[ \-]([a-z]{3,9})\.?[ \-]([12][0-9]{3})", re.IGNORECASE)
_COMPACT = re.compile(r"(1[89][0-9]{2}|20[0-9]{2})([01][0-9])([0-3][0-9])(?:[0-9]{6})?")
_EXCEL = date(1899, 12, 30)
UNKNOWN = frozenset({date(1900, 1, 1), date(1901, 1, 1), date(1899, 12, 30), date(1, 1, 1), date(9999, 12, 31)})
"""What systems fill in where a date is not known."""


def day(value: Any, *, serial: bool = False, this_year: int = 2100) -> date | None:
    """The date that `value` writes; None where it writes none. `serial` takes a bare number for Excel's day count.

    A year of two digits is the latest year that is not after `this_year`.

    >>> [str(day(v)) for v in ("09-03-1980", "1980-03-09T00:00:00", 19800309, "9 mrt 1980")]
    ['1980-03-09', '1980-03-09', '1980-03-09', '1980-03-09']
    >>> day("9-3-80", this_year=2026), day(29289, serial=True), day("31-02-1980"), day("12")
    (datetime.date(1980, 3, 9), datetime.date(1980, 3, 9), None, None)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None or isinstance(value, bool):
        return value if isinstance(value, date) else None
    if isinstance(value, int | float | Decimal):
        return _number(float(value), serial) if finite(value) else None
    text = str(value).strip()
    if serial and re.fullmatch(r"[0-9]{4,5}(?:[.,]0+)?", text):
        return _number(float(text.replace(",", ".")), serial)
    return _text(text, this_year)


def _text(text: str, this_year: int) -> date | None:
    if len(text) > 40:
        return None
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _whole(int(found[1]), int(found[2]), int(found[3]))
    if found := _DUTCH.fullmatch(text):
        return _whole(_century(found[3], this_year), int(found[2]), int(found[1]))
    if found := _WORDS.fullmatch(text):
        return _whole(int(found[3]), _month(found[2].lower()), int(found[1]))
    return None


def _number(value: float, serial: bool) -> date | None:
    if abs(value) > 99_999_999:
        return None
    if found := _COMPACT.fullmatch(str(int(value))):
        return _whole(int(found[1]), int(found[2]), int(found[3]))
    return _EXCEL + timedelta(days=int(value)) if serial and 1 <= value < 110_000 else None


def _month(word: str) -> int:
    return _SHORT.get(word[:3], 0) if len(word) == 3 or word in MONTHS or word == "sept" else 0


def _century(year: str, this_year: int) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (this_year - int(year)) // 100 * 100


def _whole(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def spellings(when: date) -> tuple[str, ...]:
    """The usual ways to write a date in a text or a text column, the commonest first."""
    y, m, d = when.year, when.month, when.day
    numeric = [f"{a}{s}{b}{s}{c}" for a, b in ((f"{d:02}", f"{m:02}"), (str(d), str(m))) for c in (str(y), f"{y % 100:02}") for s in "-/."]
    words = [f"{number} {month} {y}" for number in (str(d), f"{d:02}") for month in _names(m)]
    iso = [when.isoformat(), f"{y:04}{m:02}{d:02}", f"{y:04}/{m:02}/{d:02}"]
    return tuple(dict.fromkeys([*iso, *numeric, *words]))


def _names(month: int) -> tuple[str, ...]:
    shorts = ("mrt",) if month == 3 else (MONTHS[month - 1][:3],)
    return (MONTHS[month - 1], *shorts, *(f"{short}." for short in shorts))


def day_number(when: date) -> int:
    """A date as Excel counts days.

    >>> day_number(date(1980, 3, 9))
    29289
    """
    return (when - _EXCEL).days


def known(when: date | None) -> bool:
    """Whether a date says something: not None, and not what systems fill in where it is unknown."""
    return when is not None and when not in UNKNOWN

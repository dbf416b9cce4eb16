"""When data may go: the term of the register, counted from the latest date in the file."""

from __future__ import annotations

import re
from datetime import date

from dateutil.relativedelta import relativedelta

_TERM = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_UNITS = ("years", "months", "weeks", "days")


def parts(term: str) -> dict[str, int]:
    """The parts of an ISO 8601 term, by unit; {} where `term` is none or has a time of day.

    >>> parts("P1Y6M")
    {'years': 1, 'months': 6}
    """
    found = _TERM.fullmatch(term)
    return {unit: int(n) for unit, n in zip(_UNITS, found.groups(), strict=True) if n} if found else {}


def until(latest: date | None, term: str) -> date | None:
    """The first day on which data of `latest` may go; None where the day or the term is unknown.

    >>> until(date(2024, 2, 29), "P15Y")
    datetime.date(2039, 2, 28)
    """
    if latest is None or not (given := parts(term)):
        return None
    try:
        return latest + relativedelta(**given)  # type: ignore[arg-type]  # the stubs want each unit by name
    except (ValueError, OverflowError):  # beyond the year 9999
        return None

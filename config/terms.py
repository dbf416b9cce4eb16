"""Lengths of time as laws give them: ISO 8601 durations in whole days or more."""

from __future__ import annotations

import re

from dateutil.relativedelta import relativedelta

_TERM = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")


def term(written: str) -> relativedelta | None:
    """The length that `written` gives ("P15Y", "P42D"); None where it gives none.

    >>> term("P1Y6M")
    relativedelta(years=+1, months=+6)
    """
    found = _TERM.fullmatch(written)
    if not found:
        return None
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    return relativedelta(years=years, months=months, weeks=weeks, days=days)

"""Cells as plain values: what a driver or a file gives, made into text, number, truth, date or None, and nothing else."""

from __future__ import annotations

import json
import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from connectors.asking.texts import text

_AS_IS = (str, int, bool, date)
_HERE = ZoneInfo("Europe/Amsterdam")


def here(when: datetime) -> datetime:
    """A moment by the clock on the wall: half past eleven at night in UTC is the next day here. One without a zone is told as it stands.

    >>> here(datetime(2026, 1, 31, 23, 30, tzinfo=ZoneInfo("UTC")))
    datetime.datetime(2026, 2, 1, 0, 30)
    """
    return when.astimezone(_HERE).replace(tzinfo=None) if when.tzinfo else when


def plain(cell: Any) -> Any:
    """The cell as str, int, float, bool, Decimal, date, datetime or None; bytes stay, for who knows whether they are a file.

    >>> plain(float("nan")), plain(time(9, 30)), plain(bytearray(b"a")), plain(b"\\x01"), plain(["a", 1])
    (None, '09:30:00', b'a', True, '["a", 1]')
    >>> plain(datetime(2026, 1, 31, 23, 30, tzinfo=ZoneInfo("UTC")))
    datetime.datetime(2026, 2, 1, 0, 30)
    """
    kind = type(cell)
    if cell is None or kind in _AS_IS:
        return cell
    if kind is datetime:
        return here(cell)
    if kind is float:
        return cell if math.isfinite(cell) else None
    if kind is Decimal:
        return cell if cell.is_finite() else None
    return _other(cell)


def _other(cell: Any) -> Any:
    if isinstance(cell, memoryview | bytearray | bytes):
        return _bit(bytes(cell))
    if isinstance(cell, time | timedelta):
        return cell.isoformat() if isinstance(cell, time) else lasting(cell)
    if isinstance(cell, list | tuple | dict):
        return json.dumps(cell, ensure_ascii=False, default=lambda inner: str(plain(inner)))
    if {"lower", "upper", "bounds"} <= set(dir(cell)):  # a range of PostgreSQL
        return _between(cell)
    if hasattr(cell, "item") and hasattr(cell, "dtype"):  # a number of numpy
        return plain(cell.item())
    return None if cell != cell else _by_class(cell)  # noqa: PLR0124 - NaN and NaT are not themselves


def _bit(cell: bytes) -> bytes | bool:
    """A single bit, as MariaDB gives one, is a truth; no file has one byte."""
    return cell == b"\x01" if cell in (b"\x00", b"\x01") else cell


def lasting(span: timedelta) -> str:
    """A time of day or a duration, as Dutch has it; MariaDB gives both as the same type.

    >>> lasting(timedelta(hours=9, minutes=5)), lasting(timedelta(days=-1, hours=-2)), lasting(timedelta(days=400))
    ('9:05', 'min 1 dag 2:00', '400 dagen')
    """
    seconds = abs(span).seconds
    days = abs(span).days
    clock = f"{seconds // 3600}:{seconds % 3600 // 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")
    day = text("counts", "day" if days == 1 else "days", number=days) if days else ""
    said = " ".join(filter(None, (day, clock if seconds or not days else "")))
    return text("counts", "minus", what=said) if span < timedelta() else said


def _between(cell: Any) -> str | None:
    """A range in words; None where it is empty."""
    low, high = plain(cell.lower), plain(cell.upper)
    if low is None and high is None:
        return None
    until = "until" if str(cell.bounds).endswith("]") else "before"
    told = [text("counts", "since", what=low)] if low is not None else []
    return " ".join([*told, *([text("counts", until, what=high)] if high is not None else [])])


def _by_class(cell: Any) -> Any:
    """A subclass of a plain type as that type; anything else as text."""
    for kind in (bool, int, float, str):
        if isinstance(cell, kind):
            return kind(cell)
    return str(cell)

"""Cells as plain values: what a driver or a file gives, made into text, number, truth, date or None, and nothing else."""

from __future__ import annotations

import json
import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

_AS_IS = (str, int, bool, datetime, date, bytes)


def plain(cell: Any) -> Any:
    """The cell as str, int, float, bool, Decimal, date, datetime or None; bytes stay, for who knows whether they are a file.

    >>> plain(float("nan")), plain(time(9, 30)), plain(bytearray(b"a")), plain(["a", 1])
    (None, '09:30:00', b'a', '["a", 1]')
    """
    kind = type(cell)
    if cell is None or kind in _AS_IS:
        return cell
    if kind is float:
        return cell if math.isfinite(cell) else None
    if kind is Decimal:
        return cell if cell.is_finite() else None
    return _other(cell)


def _other(cell: Any) -> Any:
    if isinstance(cell, memoryview | bytearray | bytes):
        return bytes(cell)
    if isinstance(cell, time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    if isinstance(cell, list | tuple | dict):
        return json.dumps(cell, ensure_ascii=False, default=str)
    if hasattr(cell, "item") and hasattr(cell, "dtype"):  # a number of numpy
        return plain(cell.item())
    return None if cell != cell else _by_class(cell)  # noqa: PLR0124 - NaN and NaT are not themselves


def _by_class(cell: Any) -> Any:
    """A subclass of a plain type as that type; anything else as text."""
    for kind in (bool, int, float, str):
        if isinstance(cell, kind):
            return kind(cell)
    return str(cell)

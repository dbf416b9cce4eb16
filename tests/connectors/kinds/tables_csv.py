"""Exports as a CSV file."""

from __future__ import annotations

from typing import Any

from tests.connectors.kinds._exports import NOT as _NOT
from tests.connectors.kinds._exports import states
from tests.connectors.kinds._rows import csv

KIND = "tables"
NOT = {**_NOT, "bomb": "it is plain text"}
STATES = states("notities.csv", csv)
truncated = STATES["open_quote"]


def __getattr__(case: str) -> Any:
    """The states that every export can be in."""
    if case not in STATES:
        raise AttributeError(case)
    return STATES[case]

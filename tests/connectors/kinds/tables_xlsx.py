"""Exports as a workbook."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from config.settings import Source
from tests.connectors.kinds import Bench
from tests.connectors.kinds._exports import NOT, states
from tests.connectors.kinds._rows import workbook
from tests.connectors.kinds._xml import LAUGHS

KIND = "tables"
__all__ = ["KIND", "NOT", "bomb", "truncated"]
STATES = states("notities.xlsx", workbook)
truncated = STATES["half"]


def bomb(bench: Bench) -> Source:
    """A billion laughs in the sheet."""
    good: Source = STATES["make"](bench)
    path = bench.folder / "notities.xlsx"
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name.startswith("xl/worksheets/"):
                body = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'.encode() + body.replace(
                    b"<sheetData>", b"<sheetData>&l8;"
                )
            new.writestr(name, body)
    path.write_bytes(out.getvalue())
    return good


def __getattr__(case: str) -> Any:
    """The states that every export can be in."""
    if case not in STATES:
        raise AttributeError(case)
    return STATES[case]

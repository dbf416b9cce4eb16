"""Office files (ZIP archives) written anew with fixed times, so that the same content gives the same bytes."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_EPOCH = (2026, 9, 1, 7, 30, 0)
_STAMP = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def settled(path: Path) -> None:
    """Rewrite the archive `path`: every part at one time, in the same order, with the day of change that all of the town has."""
    with zipfile.ZipFile(path) as before:
        parts = [(name, before.read(name)) for name in before.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for name, content in parts:
            after.writestr(zipfile.ZipInfo(name, _EPOCH), _STAMP.sub(rb"\g<1>2026-09-01T07:30:00Z\g<2>", content), zipfile.ZIP_DEFLATED)

"""Zip archives without a clock: every member is dated the same, so that equal content gives equal bytes."""

from __future__ import annotations

import shutil
import zipfile
from typing import IO

FIRST = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can hold."""


def write_member(archive: zipfile.ZipFile, name: str, content: IO[bytes]) -> None:
    """Add `content` under `name`, with the compression of the archive, a fixed date, and no trace of the machine."""
    member = zipfile.ZipInfo(name, date_time=FIRST)
    member.compress_type = archive.compression
    member.external_attr = 0o644 << 16
    member.create_system = 3
    with archive.open(member, "w", force_zip64=False) as target:
        shutil.copyfileobj(content, target, 1 << 20)

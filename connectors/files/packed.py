"""Zip containers (DOCX, XLSX) opened with care: no bombs, no entities, no password."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Any

from lxml import etree

from connectors.files.content import Unreadable

MOST_PARTS = 20_000
LARGEST_WHOLE = 2 * 2**30
"""Bytes that all parts together may unfold to."""

LARGEST_PART = 100 * 2**20
"""Bytes that a part which is read whole may unfold to."""

_STEEPEST = 400
"""How many times its size a part may unfold to; a sheet of equal numbers reaches about 100, a bomb 1000."""

_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def opened(data: bytes | Path) -> zipfile.ZipFile:
    """The container. Raises Unreadable where it is damaged, encrypted, or built to unfold without end."""
    try:
        container = zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Unreadable("broken") from None
    parts = container.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("encrypted")
    steep = any(part.file_size > 2**20 and part.file_size > _STEEPEST * max(part.compress_size, 1) for part in parts)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_WHOLE or steep:
        raise Unreadable("unsafe")
    return container


def part(container: zipfile.ZipFile, name: str) -> bytes:
    """One part, whole. Raises Unreadable where it is damaged or too large."""
    try:
        with container.open(name) as stream:
            data = stream.read(LARGEST_PART + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, NotImplementedError, RuntimeError):
        raise Unreadable("broken") from None
    if len(data) > LARGEST_PART:
        raise Unreadable("large")
    return data


def tree(data: bytes) -> Any:
    """The root of an XML part. Raises Unreadable where it is no XML, or brings entities of its own."""
    if declares_entities(data):
        raise Unreadable("unsafe")
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable("broken") from None


def declares_entities(data: bytes) -> bool:
    """Whether a document type or entity is declared, also in UTF-16: no Office file has one."""
    return bool(_ENTITIES.search(data[:4096].replace(b"\0", b"")))

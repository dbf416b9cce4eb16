"""Any file as text: what kind it is by its content, its pages, and the files inside it.

A file that cannot be read says why in Dutch; it is never taken for an empty one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from types import MappingProxyType

from config.discretion import discreet
from connectors.asking.texts import text
from connectors.files import bundles, mail, markup, office, opendocument, outlook, pdf, pictures, richtext, sheets
from connectors.files.content import LARGEST, Content, Unreadable

_DEEPEST = 5
"""How many files may lie inside each other; deeper is built to harm."""


@discreet
@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file as text. `unreadable` says why it is not, or not whole; `inside` is how many files it lies in."""

    name: str
    title: str
    media_type: str
    data: bytes
    pages: tuple[str, ...] = ()
    unreadable: str = ""
    date: date | None = None
    inside: int = 0
    sha256: str = ""  # where `data` is not at hand any more

    @property
    def digest(self) -> str:
        """The SHA-256 of its content."""
        return self.sha256 or hashlib.sha256(self.data).hexdigest()


def read(data: bytes, name: str) -> list[ReadFile]:
    """The file and then, one by one, every file inside it."""
    return _read(data, name, name, 0)


def _read(data: bytes, name: str, title: str, inside: int) -> list[ReadFile]:
    media_type = media_type_of(data, name)
    file = ReadFile(name, title, media_type, data, inside=inside)
    if len(data) > LARGEST or inside > _DEEPEST:
        return [replace(file, unreadable=text("unreadable", "large" if inside <= _DEEPEST else "unsafe"))]
    reader = _READERS.get(media_type)
    if reader is None:
        return [replace(file, unreadable=text("unreadable", "unknown"))]
    try:
        content = reader(data)
    except Unreadable as why:
        return [replace(file, unreadable=text("unreadable", why.reason))]
    known = replace(file, pages=content.pages, date=content.date, unreadable=text("unreadable", content.lacks) if content.lacks else "")
    nested = [_read(part.data, part.name, text("marks", "attachment", title=title), inside + 1) for part in content.inside]
    return [known, *(file for files in nested for file in files)]


_READERS: Mapping[str, Callable[[bytes], Content]] = MappingProxyType(
    {
        "application/pdf": pdf.read,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": office.read,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": sheets.read,
        opendocument.TEXT: opendocument.read,
        "application/rtf": richtext.read,
        "image/png": pictures.read,
        "image/jpeg": pictures.read,
        "image/tiff": pictures.read,
        "message/rfc822": mail.read,
        "application/vnd.ms-outlook": outlook.read,
        "application/zip": bundles.read,
        "text/html": markup.read,
        "text/plain": markup.read_plain,
        "text/csv": markup.read_plain,
    }
)

_BY_SUFFIX = MappingProxyType(
    {
        ".msg": "application/vnd.ms-outlook", ".zip": "application/zip",
        ".eml": "message/rfc822", ".html": "text/html", ".htm": "text/html", ".xhtml": "text/html", ".txt": "text/plain",
        ".md": "text/plain", ".log": "text/plain", ".csv": "text/csv", ".tsv": "text/csv", ".pdf": "application/pdf",
        ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".docm": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".xlsm": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)  # fmt: skip


_BY_MARK = (
    (b"{\\rtf", "application/rtf"), (b"\x89PNG\r\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)  # fmt: skip


def media_type_of(data: bytes, name: str) -> str:
    """What a file is: by its first bytes where these tell, else by the end of its name, else unknown."""
    suffix = PurePath(name).suffix.lower()
    head = data[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ")
    marked = "application/pdf" if b"%PDF-" in data[:1024] else next((kind for mark, kind in _BY_MARK if data.startswith(mark)), "")
    if marked:
        return marked
    if data[:4] == b"PK\x03\x04":
        return office.media_type_of(data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return "application/pdf" if suffix == ".pdf" else _BY_SUFFIX.get(suffix, "application/x-ole-storage")
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    if head[:200].lower().startswith((b"<!doctype html", b"<html")):
        return "text/html"
    return _unnamed(data, head)


def _unnamed(data: bytes, head: bytes) -> str:
    """A file whose name tells nothing: a mail by its headers, text when it is text, and otherwise unknown."""
    first = head.split(b"\n", 1)[0].lower()
    if first.startswith(
        (b"return-path:", b"received:", b"from:", b"date:", b"message-id:", b"mime-version:", b"subject:", b"delivered-to:")
    ):
        return "message/rfc822"
    try:
        sample = data[:65536].decode("utf-8", errors="strict" if len(data) <= 65536 else "ignore")
    except UnicodeDecodeError:
        return "application/octet-stream"
    readable = bool(sample) and all(c.isprintable() or c in "\r\n\t\f" for c in sample)
    return "text/plain" if readable else "application/octet-stream"

"""The last hand on each PDF: smaller, with its title in XMP, dated by the request, and with letters that can be copied.

ReportLab writes letters above U+FFFF into the ToUnicode maps as five hexadecimal digits, where the standard (PDF 1.7, 9.10.3)
wants UTF-16: a reader then gets other letters than those it sees. Here the maps are written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import cast

import pikepdf

BLOCK = 100
"""So many entries a block of a map may have."""

_ENTRY = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4,6})>")
_BLOCKS = re.compile(rb"\d+ beginbfchar.*endbfchar", re.DOTALL)


def resaved(drawn: bytes, title: str, day: date) -> bytes:
    """The same document with object streams and metadata; equal input gives equal bytes."""
    out = BytesIO()
    with pikepdf.open(BytesIO(drawn)) as pdf:
        for stream in _maps(pdf):
            stream.write(mended(stream.read_bytes()))
        pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = f"D:{day:%Y%m%d}000000Z"
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            xmp["dc:title"] = title
            xmp["dc:language"] = ["nl-NL"]
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def _maps(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    """The ToUnicode map of each font; every page of ReportLab has all fonts."""
    for font in pdf.pages[0].resources.get("/Font", pikepdf.Dictionary()).values():
        if "/ToUnicode" in font:
            yield cast(pikepdf.Stream, font["/ToUnicode"])


def mended(cmap: bytes) -> bytes:
    """The map with its entries in UTF-16 and in blocks of at most 100."""
    found = _BLOCKS.search(cmap)
    entries = [(code, int(letter, 16)) for code, letter in _ENTRY.findall(found.group())] if found else []
    lines = [b"<%s> <%s>" % (code, chr(letter).encode("utf-16-be").hex().upper().encode()) for code, letter in entries if letter]
    blocks = [lines[i : i + BLOCK] for i in range(0, len(lines), BLOCK)]
    told = b"\n".join(b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks)
    return _BLOCKS.sub(lambda _: told, cmap)

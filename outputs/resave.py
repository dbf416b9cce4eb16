"""The last hand on each PDF: its tags, its title and date in XMP, its colours, and letters that can be copied.

What leaves here is PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) in one: it can be read aloud, and kept.

ReportLab writes letters above U+FFFF into the ToUnicode maps as five hexadecimal digits, where the standard (PDF 1.7, 9.10.3)
wants UTF-16: a reader then gets other letters than those it sees. Here the maps are written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from io import BytesIO
from typing import cast

import pikepdf

from outputs.house import house
from outputs.texts import environment

BLOCK = 100
"""So many entries a block of a map may have."""

PRODUCER = "Inzage"

_ENTRY = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4,6})>")
_BLOCKS = re.compile(rb"\d+ beginbfchar.*endbfchar", re.DOTALL)


def resaved(drawn: bytes, structure: int, title: str, author: str, day: date) -> bytes:
    """The same document with the structure tree that is object `structure`, and metadata; equal input gives equal bytes."""
    out = BytesIO()
    with pikepdf.open(BytesIO(drawn)) as pdf:
        for stream in _maps(pdf):
            stream.write(mended(stream.read_bytes()))
        pdf.Root.StructTreeRoot = pdf.get_object((structure, 0))
        pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        pdf.Root.Metadata = _metadata(pdf, title, author, day)
        pdf.Root.OutputIntents = pikepdf.Array([_colours(pdf)])
        pdf.trailer.Info = pdf.make_indirect(_information(title, author, day))
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def _information(title: str, author: str, day: date) -> pikepdf.Dictionary:
    """The same facts as the XMP, as PDF/A wants (6.6.3)."""
    moment = f"D:{day:%Y%m%d}000000Z"
    return pikepdf.Dictionary(Title=title, Author=author, Producer=PRODUCER, CreationDate=moment, ModDate=moment)


def _metadata(pdf: pikepdf.Pdf, title: str, author: str, day: date) -> pikepdf.Stream:
    told = environment().get_template("xmp.j2").render(title=title, author=author, language=house().tag, producer=PRODUCER, day=day)
    stream = pdf.make_stream(told.encode())
    stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    return stream


def _colours(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    """The meaning of our RGB: the profile of sRGB that comes with pikepdf."""
    profile = pdf.make_stream((files("pikepdf") / "pdfa" / "data" / "sRGB.icc").read_bytes(), N=3)
    return pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB",
        Info="sRGB IEC61966-2.1",
        DestOutputProfile=pdf.make_indirect(profile),
    )


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

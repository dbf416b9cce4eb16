"""Which font draws which letter, how wide text is, and where it breaks into lines.

ReportLab drops a letter that a font lacks without a word. Here each text is cut into runs: DejaVu Sans first, Droid Sans
Fallback for what it lacks (Chinese, Japanese, Korean), and a visible box for what neither has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from outputs.house import house

SANS, BOLD, FALLBACK = "InzageSans", "InzageSans-Bold", "InzageFallback"
BOX = "□"

Run: TypeAlias = tuple[str, str]
"""A font and the text that it draws."""

_FILES = {SANS: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf", FALLBACK: "DroidSansFallbackFull.ttf"}
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BREAK_AFTER = re.compile(r"(?<=[-/@_.,;:&=])")


@cache
def glyphs(font: str) -> Mapping[int, float]:
    """The width of each letter of `font` at size 1, by code point; loads and registers the font the first time."""
    loaded = TTFont(font, str(Path(__file__).parent / "fonts" / _FILES[font]) if font in _FILES else font.partition(":")[2])
    pdfmetrics.registerFont(loaded)
    return {code: loaded.face.charWidths.get(code, loaded.face.defaultWidth) / 1000 for code in loaded.face.charToGlyph}


def face(font: str) -> str:
    """The font that the house has in place of one of ours; that one itself where it has none."""
    return house().fonts.get(font, font)


def runs(text: str, font: str) -> list[Run]:
    """`text` without line ends as runs of one font each; nothing visible is lost."""
    return _runs(text, face(font))


def _runs(text: str, font: str) -> list[Run]:
    known = glyphs(font)
    if text.isascii() and text.isprintable():
        return [(font, text)]
    return [(f, "".join(c for _, c in run)) for f, run in groupby(_lettered(text, font, known), key=lambda pair: pair[0])]


def _lettered(text: str, font: str, known: Mapping[int, float]) -> list[Run]:
    ours, wide, drawn = glyphs(SANS), glyphs(FALLBACK), []
    for c in unicodedata.normalize("NFC", text):
        if ord(c) in known and c.isprintable():
            drawn.append((font, c))
        elif c.isspace():
            drawn.append((font, " "))
        elif unicodedata.category(c) == "Cf":  # marks without a shape: direction, joining
            continue
        elif ord(c) in ours and c.isprintable():
            drawn.append((SANS, c))
        else:
            drawn.append((FALLBACK, c) if ord(c) in wide and c.isprintable() else (SANS, BOX))
    return drawn


def unit_width(text: str, font: str) -> float:
    """How wide `text` is at size 1."""
    return _unit_width(text, face(font))


@lru_cache(maxsize=100_000)
def _unit_width(text: str, font: str) -> float:
    return sum(glyphs(f)[ord(c)] for f, run in _runs(text, font) for c in run)


def width(text: str, font: str, size: float) -> float:
    """How wide `text` is, in points."""
    return unit_width(text, font) * size


def wrapped(text: str, font: str, size: float, room: float) -> list[str]:
    """`text` as lines of at most `room` points; a line that goes on ends with its space, so that readers keep words apart."""
    lines: list[str] = []
    drawn = face(font)
    if "\n" not in text and text.isprintable():
        return _paragraph(text, drawn, room / size)
    for paragraph in _LINE_ENDS.sub("\n", text).split("\n"):
        lines += _paragraph(paragraph, drawn, room / size)
    return lines


def _paragraph(text: str, font: str, room: float) -> list[str]:
    """The lines of one paragraph in the very font that is drawn: this is where most time goes."""
    space, lines, line, used = _unit_width(" ", font), [], "", 0.0
    for word in text.split():
        wide = _unit_width(word, font)
        if line and used + space + wide <= room:
            line, used = f"{line} {word}", used + space + wide
            continue
        if line:
            lines.append(line + " ")
        if wide <= room:
            line, used = word, wide
            continue
        *full, line = _pieces(word, font, room)
        lines += full
        used = _unit_width(line, font)
    return [*lines, line]


def _pieces(word: str, font: str, room: float) -> list[str]:
    """A word that is wider than a line, in pieces that fit: at its own signs where it can, between letters where it must."""
    pieces, piece = [], ""
    for part in (p for chunk in _BREAK_AFTER.split(word) for p in _letters(chunk, font, room)):
        if piece and _unit_width(piece + part, font) > room:
            pieces.append(piece)
            piece = ""
        piece += part
    return [*pieces, piece]


def _letters(chunk: str, font: str, room: float) -> list[str]:
    return [chunk] if _unit_width(chunk, font) <= room else list(chunk)

"""How text looks and becomes PDF operators: sizes, colours, the measures of a page, and lines of text in their fonts.

ReportLab's text objects are general and slow; these operators are the few that a page of text needs, and any font of
`outputs.glyphs` is still subset and embedded by ReportLab.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from outputs.glyphs import BOLD, SANS, glyphs, runs
from outputs.house import house

BLUE = HexColor("#154273")
"""Stands for the colour of the house: drawn as `style: colour` of organisation.yaml says."""

INK, GREY, PALE, RULE = (HexColor(c) for c in ("#1d1d1b", "#5a6470", "#eef3f8", "#c5d0dc"))
LEFT, RIGHT, TOP, BOTTOM = 62.0, A4[0] - 62.0, A4[1] - 76.0, 68.0
WIDTH = RIGHT - LEFT


@dataclass(frozen=True, slots=True)
class Style:
    """How a stretch of text looks; sizes and spaces in points."""

    size: float = 10.0
    leading: float = 15.0
    font: str = SANS
    colour: Color = INK
    before: float = 0.0
    after: float = 6.0


BODY = Style()
SMALL = Style(size=8.5, leading=12.0, colour=GREY, after=4.0)
STRONG = replace(BODY, font=BOLD, after=2.0)
HEADINGS = (
    Style(size=18, leading=24, font=BOLD, colour=BLUE, before=26, after=9),
    Style(size=13, leading=18, font=BOLD, colour=BLUE, before=15, after=5),
    Style(size=11, leading=15, font=BOLD, colour=BLUE, before=9, after=4),
    Style(size=9.5, leading=14, font=BOLD, colour=BLUE, before=6, after=4),
)


def painted(colour: Color) -> Color:
    """The colour to draw with, where BLUE stands for that of the house."""
    return _hex(house().colour) if colour is BLUE else colour


@cache
def _hex(code: str) -> Color:
    return HexColor(code)


@cache
def _fill(colour: Color) -> str:
    return f"{colour.red:.3f} {colour.green:.3f} {colour.blue:.3f} rg"


_ESCAPES = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)", "\r": "\\r", "\n": "\\n"})


class Ink:
    """Text operators for one canvas."""

    def __init__(self, canvas: Canvas) -> None:
        self._document = canvas._doc  # type: ignore[attr-defined]  # where ReportLab keeps which letters of a font are used
        self._names: dict[tuple[str, int], str] = {}

    def lines(self, x: float, y: float, lines: Sequence[str], style: Style) -> str:
        """Operators that draw lines below each other, the first with its base at `y`."""
        parts = [f"BT {_fill(painted(style.colour))} 1 0 0 1 {x:.2f} {y:.2f} Tm {style.leading:g} TL"]
        drawn = ""
        for n, line in enumerate(lines):
            if n:
                parts.append("T*")
            for font, run in runs(line, style.font):
                for name, text in self._coded(font, run):
                    if name != drawn:
                        parts.append(f"{name} {style.size:g} Tf")
                        drawn = name
                    parts.append(f"({text}) Tj")
        parts.append("ET")
        return " ".join(parts)

    def _coded(self, font: str, run: str) -> list[tuple[str, str]]:
        """The run as codes of subsets of the font: ASCII stands for itself in the first one."""
        if run.isascii() and (font, 0) in self._names:
            return [(self._names[font, 0], run.translate(_ESCAPES))]
        return [(self._name(font, part), codes.decode("latin-1").translate(_ESCAPES)) for part, codes in self._split(font, run)]

    def _split(self, font: str, run: str) -> list[tuple[int, bytes]]:
        glyphs(font)  # registers it, before ReportLab is asked for it
        of_font: Any = pdfmetrics.getFont(font)
        return list(of_font.splitString(run, self._document))

    def _name(self, font: str, part: int) -> str:
        if (font, part) not in self._names:
            of_font: Any = pdfmetrics.getFont(font)
            self._names[font, part] = of_font.getSubsetInternalName(part, self._document)
        return self._names[font, part]

"""The picture on page one: per purpose and year, how much was written down; with the same facts as words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from reportlab.graphics.shapes import Circle, Drawing, Line, String
from reportlab.lib.colors import white

from outputs.dossier import Finding
from outputs.glyphs import BOLD, SANS, face, unit_width, width, wrapped
from outputs.ink import BLUE, GREY, INK, RULE, WIDTH, painted
from outputs.texts import texts

NAMES, SMALLEST, HEAD = 218.0, 3.0, 16.0
ROWS = (18.0, 27.0)
"""How tall a row is at least and at most: two lines fit the least, the purpose and the systems in which it was found."""

FEWEST = 6
"""So many purposes are drawn, also where that makes the page too small for what else stands there."""

COLUMNS = 11
"""So many years stand apart; older ones are taken together in the first column."""


def fitting(findings: Sequence[Finding], last: int, room: float) -> Sequence[Finding]:
    """The first purposes with a date up to the year `last`, as many as can be drawn within `room` points of height."""
    return _dated(findings, last)[: max(FEWEST, int((room - HEAD) // ROWS[0]))]


def _dated(findings: Sequence[Finding], last: int) -> list[Finding]:
    return [finding for finding in findings if any(year <= last for year in finding.years)]


def timeline(dated: Sequence[Finding], last: int, room: float) -> Drawing | None:
    """A drawing of circles up to the year `last` (that of the request), about `room` points tall; None where nothing is dated."""
    years = sorted({year for f in dated for year in f.years if year <= last})
    if not years:
        return None
    tall = min(max((room - HEAD) / len(dated), ROWS[0]), ROWS[1])
    drawing = Drawing(WIDTH, tall * len(dated) + HEAD)
    axis = _axis(dated, years, tall)
    _years(drawing, axis, older=years[0] < axis.first)
    for n, finding in enumerate(dated):
        _row(drawing, finding, drawing.height - HEAD - tall * (n + 0.5), axis)
    return drawing


@dataclass(frozen=True, slots=True)
class _Axis:
    """The first and the last year, how many points a year takes, the count of the biggest circle, and its radius."""

    first: int
    last: int
    step: float
    most: int
    biggest: float

    def x(self, year: int) -> float:
        return NAMES + self.step * (year - self.first + 0.5)


def _axis(dated: Sequence[Finding], years: Sequence[int], tall: float = ROWS[1]) -> _Axis:
    first = max(years[0], years[-1] - COLUMNS + 1)
    last = years[-1]
    most = max(max(folded(f, first, last).values()) for f in dated)
    return _Axis(first, last, (WIDTH - NAMES) / (last - first + 1), most, tall * 0.45)


def folded(finding: Finding, first: int, last: int) -> dict[int, int]:
    """The counts per year up to `last`, with everything before `first` counted in it."""
    counts: dict[int, int] = {}
    for year, number in finding.years.items():
        if year > last:
            continue
        counts[max(year, first)] = counts.get(max(year, first), 0) + number
    return counts


def told(dated: Sequence[Finding], last: int) -> str:
    """What the picture shows, in words: "Parkeren: 3 in 2017, 1 in 2018. ..."."""
    return " ".join(f"{_in_words(finding, last)}." for finding in dated)


def _in_words(finding: Finding, last: int) -> str:
    years = ", ".join(f"{number} in {year}" for year, number in finding.years.items() if year <= last)
    return str(texts()["dossier"]["alt_plaat"]).format(doel=finding.activity.title, jaren=years)


def in_rows(findings: Sequence[Finding], last: int) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The same facts as a table: its heads (the purpose, and each year) and its rows."""
    dated = _dated(findings, last)
    axis = _axis(dated, sorted({year for f in dated for year in f.years if year <= last}))
    years = range(axis.first, axis.last + 1)
    older = any(year < axis.first for f in dated for year in f.years)
    heads = tuple(f"≤{year}" if older and year == axis.first else str(year) for year in years)
    counts = [(f, folded(f, axis.first, axis.last)) for f in dated]
    rows = [(f.activity.title, *(str(of.get(year, "")) or texts()["leeg"] for year in years)) for f, of in counts]
    return (texts()["dossier"]["plaat_doel"], *heads), rows


def _years(drawing: Drawing, axis: _Axis, *, older: bool) -> None:
    for year in range(axis.first, axis.last + 1):
        said = f"≤{year}" if older and year == axis.first else str(year)
        x = axis.x(year) - width(said, SANS, 7) / 2
        drawing.add(String(x, drawing.height - 11, said, fontName=face(SANS), fontSize=7, fillColor=GREY))


def _row(drawing: Drawing, finding: Finding, y: float, axis: _Axis) -> None:
    drawing.add(String(0, y + 1.2, _cut(finding.activity.title, 8), fontName=face(SANS), fontSize=8, fillColor=INK))
    drawing.add(String(0, y - 7, _cut(_systems(finding), 7), fontName=face(SANS), fontSize=7, fillColor=GREY))
    drawing.add(Line(NAMES, y, WIDTH, y, strokeColor=RULE, strokeWidth=0.6))
    for year, number in folded(finding, axis.first, axis.last).items():
        radius = max(SMALLEST, axis.biggest * sqrt(number / axis.most))
        _dot(drawing, axis.x(year), y, number, min(axis.step / 2, radius))


def _cut(text: str, size: float) -> str:
    """As much of the text as stands beside the years, in whole words; the rest is in the table."""
    lines = wrapped(text, SANS, size, NAMES - 12)
    return lines[0] if len(lines) == 1 else f"{lines[0].rstrip(' ,')}…"


def _systems(finding: Finding) -> str:
    first, *more = finding.sources or ("",)
    return first if not more else texts()["dossier"]["plaat_meer_systemen"].format(eerste=first, aantal=len(more))


def _dot(drawing: Drawing, x: float, y: float, number: int, radius: float) -> None:
    """A circle by area, with its number in it where that fits, else above it."""
    drawing.add(Circle(x, y, radius, fillColor=painted(BLUE), strokeColor=None))
    said = str(number)
    wide = unit_width(said, BOLD) * 7
    inside = wide < 2 * radius - 3
    base, colour = (y - 2.5, white) if inside else (y + radius + 1.5, INK)
    drawing.add(String(x - wide / 2, base, said, fontName=face(BOLD), fontSize=7, fillColor=colour))

"""The picture of who gave data and who got them: from whom, the gemeente, to whom; with the same facts as words and as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import Color, white

from config.law import Activity
from outputs.dossier import Dossier
from outputs.gathered import given_away
from outputs.glyphs import BOLD, SANS, face, runs, width, wrapped
from outputs.ink import BLUE, GREY, INK, PALE, RULE, WIDTH, painted
from outputs.texts import texts
from outputs.wording import givers, listed, thousands

MOST = 7
"""So many stand on each side; the rest are in the table."""

FEWEST = 3

BOX, ROW, TALL = 158.0, 23.0, 20.0


@dataclass(frozen=True, slots=True)
class Streams:
    """Who gave, who really got, and who may get by the register; the most frequent first, each once."""

    gave: tuple[str, ...]
    got: tuple[str, ...]
    may: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.gave or self.got or self.may)

    def told(self) -> str:
        """What the picture shows, in words."""
        said = texts()["dossier"]
        none = said["stroom_niemand"]
        parts = [listed(part) or none for part in (self.gave, self.got, self.may)]
        return str(said["stroom_alt"]).format(van=parts[0], werkelijk=parts[1], mogelijk=parts[2])


def streams(dossier: Dossier) -> Streams:
    """From the register who gives and who may get, for what was found; who really got, from messages and logs."""
    gave = Counter(name for finding in dossier.findings for name in givers(finding.activity))
    got = Counter(given.to for given in given_away(dossier))
    may = Counter(r.name for finding in dossier.findings for r in finding.activity.recipients if r.name not in got)
    return Streams(*(tuple(name for name, _ in counted.most_common()) for counted in (gave, got, may)))


def by_purpose(dossier: Dossier) -> list[tuple[str, ...]]:
    """The same facts as a table, with all of the names: the purpose, who gives, who really got, and who else may get."""
    return [(finding.activity.title, *_about(dossier, finding.activity)) for finding in dossier.findings]


def _about(dossier: Dossier, activity: Activity) -> tuple[str, str, str]:
    got = dict.fromkeys(given.to for given in given_away(dossier) if given.activity == activity.id)
    may = [recipient.name for recipient in activity.recipients if recipient.name not in got]
    return tuple("; ".join(names) or texts()["leeg"] for names in (givers(activity), got, may))  # type: ignore[return-value]  # three in, three out


def drawn(held: Streams, gemeente: str, room: float) -> Drawing:
    """Boxes at the left and the right of the gemeente, with a line to each: dashed where it is only possible.

    `room` is how tall it may be in points; with less, fewer are drawn, and at least FEWEST.
    """
    right = [*((name, False) for name in held.got), *((name, True) for name in held.may)]
    left = [(name, False) for name in held.gave]
    most = min(MOST, max(int((room - 18) / ROW) - 1, FEWEST))
    rows = max(min(len(left), most + 1), min(len(right), most + 1), 1)
    drawing = Drawing(WIDTH, rows * ROW + 18)
    said, middle = texts()["dossier"], rows * ROW / 2
    _text(drawing, 0, rows * ROW + 6, said["stroom_van"], BOLD, GREY)
    _text(drawing, WIDTH - BOX, rows * ROW + 6, said["stroom_naar"], BOLD, GREY)
    for side, names in ((0.0, left), (WIDTH - BOX, right)):
        _side(drawing, side, _shortened(names, most), rows, middle)
    _gemeente(drawing, gemeente, middle)
    return drawing


def _shortened(names: Sequence[tuple[str, bool]], most: int) -> list[tuple[str, bool]]:
    if len(names) <= most + 1:
        return list(names)
    more = texts()["dossier"]["stroom_meer"].format(aantal=thousands(len(names) - most))
    return [*names[:most], (more, all(dashed for _, dashed in names[most:]))]


def _side(drawing: Drawing, x: float, names: Sequence[tuple[str, bool]], rows: int, middle: float) -> None:
    start = (rows - len(names)) * ROW / 2
    for n, (name, dashed) in enumerate(reversed(names)):
        y = start + n * ROW
        dashes: Any = [3, 2] if dashed else None
        inner = (BOX, y + TALL / 2, _EDGE[0], middle) if x == 0 else (_EDGE[1], middle, x, y + TALL / 2)
        drawing.add(Line(*inner, strokeColor=RULE if dashed else painted(BLUE), strokeWidth=0.9, strokeDashArray=dashes))
        look: Any = {"fillColor": PALE, "strokeColor": RULE, "strokeWidth": 0.6, "strokeDashArray": dashes}
        drawing.add(Rect(x, y, BOX, TALL, **look))
        _lines(drawing, x + 5, y + TALL / 2, name, BOX - 10, SANS, INK)


_EDGE = (WIDTH / 2 - 55, WIDTH / 2 + 55)
"""The left and the right side of the box of the gemeente."""


def _gemeente(drawing: Drawing, name: str, middle: float) -> None:
    look: Any = {"fillColor": painted(BLUE), "strokeColor": None}
    drawing.add(Rect(_EDGE[0], middle - 20, _EDGE[1] - _EDGE[0], 40, **look))
    _lines(drawing, _EDGE[0] + 6, middle, name, _EDGE[1] - _EDGE[0] - 12, BOLD, white)


def _lines(drawing: Drawing, x: float, middle: float, text: str, room: float, font: str, colour: Color) -> None:  # noqa: PLR0917  a box has as many sides
    lines = wrapped(text, font, 7.5, room)
    if len(lines) > 2:
        lines = [lines[0], lines[1].rstrip()[:-1] + "…"]
    for n, line in enumerate(lines):
        _text(drawing, x, middle - 2.6 + (len(lines) - 1) * 4.6 - n * 9.2, line, font, colour)


def _text(drawing: Drawing, x: float, y: float, text: str, font: str, colour: Color) -> None:  # noqa: PLR0917  as above
    for name, run in runs(f"{text} ", font):  # a space at the end keeps it apart from the next one, for whoever reads the page back
        drawing.add(String(x, y, run, fontName=face(name), fontSize=7.5, fillColor=colour))
        x += width(run, name, 7.5)

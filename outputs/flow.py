"""Pages that fill from top to bottom: headings, paragraphs, lists and pictures on an A4 canvas, drawn as they come.

Nothing is kept back: a page is drawn when it is full, so that memory does not grow with the dossier. "van y" is one form
that every page refers to and that is drawn last, when the number of pages is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from outputs.glyphs import BOLD, FALLBACK, SANS, glyphs, runs, width, wrapped
from outputs.texts import texts

INK, BLUE, GREY, PALE, RULE, LINK = (HexColor(c) for c in ("#1d1d1b", "#154273", "#5a6470", "#eef3f8", "#c5d0dc", "#01689b"))
LEFT, RIGHT, TOP, BOTTOM = 62.0, A4[0] - 62.0, A4[1] - 76.0, 68.0
WIDTH = RIGHT - LEFT
TOTAL = "total"


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
LEAD = Style(size=11.5, leading=17.5, after=8.0)
HEADINGS = (
    Style(size=18, leading=24, font=BOLD, colour=BLUE, before=26, after=9),
    Style(size=13, leading=18, font=BOLD, colour=BLUE, before=15, after=5),
    Style(size=11, leading=15, font=BOLD, colour=BLUE, before=9, after=4),
)


@dataclass(frozen=True, slots=True)
class Stop:
    """A heading that the contents list points to."""

    title: str
    key: str
    level: int
    page: int


class Flow:
    """A canvas with a cursor: each method draws below the former, and turns the page where there is no room."""

    def __init__(self, title: str, author: str, running: str, *, numbered: bool = True) -> None:
        """`running` stands above every page, and the page number below where `numbered`."""
        for font in (SANS, BOLD, FALLBACK):
            glyphs(font)  # registers it, before ReportLab is asked for it
        self._out = BytesIO()
        self.canvas = Canvas(self._out, pagesize=A4, invariant=1, pageCompression=1, lang="nl-NL")
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setViewerPreference("DisplayDocTitle", "true")
        self.running, self.numbered = running, numbered
        self.page, self.y = 0, 0.0
        self.stops: list[Stop] = []
        self.turn()

    # pages

    def turn(self, page: int | None = None) -> None:
        """Begin a new page, with the number after the last or with `page`."""
        if self.page:
            self.canvas.showPage()
        self.page = page or self.page + 1
        self.y = TOP
        self._running_head()

    def need(self, height: float) -> None:
        """Turn the page unless `height` points are left on it."""
        if self.y - height < BOTTOM and self.y < TOP:
            self.turn()

    def space(self, height: float) -> None:
        """Leave white, but never at the head of a page."""
        if self.y < TOP:
            self.y -= height

    def _running_head(self) -> None:
        canvas, small = self.canvas, replace(SMALL, size=8.0)
        self.put(LEFT, A4[1] - 44, self.running, small)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.6)
        canvas.line(LEFT, A4[1] - 52, RIGHT, A4[1] - 52)
        if self.numbered:
            said = texts()["bladzijde"].format(nummer=self.page)
            start = RIGHT - 20 - width(said, SANS, 8)
            self.put(start, 36, said, small)
            canvas.saveState()
            canvas.translate(RIGHT - 20, 36)
            canvas.doForm(TOTAL)
            canvas.restoreState()

    def finish(self, order: Sequence[int] | None = None) -> bytes:
        """The document; `order` gives, for each page of the file, which of the pages as drawn (from 0) it is."""
        self.canvas.showPage()
        pages = self.canvas._doc.Pages.pages  # type: ignore[attr-defined]  # ReportLab has no public way to move a page
        if self.numbered:
            self.canvas.beginForm(TOTAL, 0, -4, 60, 12)
            self.put(0, 0, str(len(pages)), replace(SMALL, size=8.0))
            self.canvas.endForm()
        if order is not None:
            pages[:] = [pages[i] for i in order]
        self.canvas.save()
        return self._out.getvalue()

    # text

    def put(self, x: float, y: float, line: str, style: Style) -> None:
        """One line of text at a place, without moving the cursor."""
        self.block(x, y, (line,), style)

    def block(self, x: float, y: float, lines: Sequence[str], style: Style) -> None:
        """Lines below each other, the first with its base at `y`, without moving the cursor."""
        text = self.canvas.beginText(x, y)
        text.setFillColor(style.colour)
        text.setFont(style.font, style.size, style.leading)
        for line in lines:
            for font, run in runs(line, style.font):
                if font != style.font:
                    text.setFont(font, style.size, style.leading)
                text.textOut(run)
                if font != style.font:
                    text.setFont(style.font, style.size, style.leading)
            text.textLine()
        self.canvas.drawText(text)

    def text(self, text: str, style: Style = BODY, *, indent: float = 0.0, room: float = 0.0) -> None:
        """A paragraph; it goes on over pages where it must, and never leaves one line alone at the foot."""
        self.space(style.before)
        lines = wrapped(text, style.font, style.size, (room or WIDTH) - indent)
        self.need(style.leading * min(len(lines), 2))
        while lines:
            fit = max(1, int((self.y - BOTTOM) // style.leading))
            now, lines = lines[:fit], lines[fit:]
            self.block(LEFT + indent, self.y - style.size, now, style)
            self.y -= style.leading * len(now)
            if lines:
                self.turn()
        self.y -= style.after

    def bullet(self, text: str, style: Style = BODY, *, indent: float = 0.0) -> None:
        """One item of a list."""
        self.need(style.leading * 2)
        self.put(LEFT + indent + 2, self.y - style.size, "•", style)
        self.text(text, replace(style, after=3.0), indent=indent + 14)

    def lines(self, text: str, style: Style = BODY, *, indent: float = 0.0) -> None:
        """A text in which each line that begins with a bullet is an item of a list."""
        for line in text.split("\n"):
            if line.startswith("• "):
                self.bullet(line[2:], style, indent=indent)
            else:
                self.text(line, replace(style, after=2.0), indent=indent)

    def heading(self, text: str, level: int, key: str = "", *, keep: float = 60.0, listed: bool = True) -> None:
        """A heading, kept with `keep` points of what follows; with a `key` it stands in the outline and the contents."""
        style = HEADINGS[level]
        lines = wrapped(text, style.font, style.size, WIDTH)
        self.need(style.before + style.leading * len(lines) + style.after + keep)
        self.space(style.before)
        if key:
            self.canvas.bookmarkHorizontal(key, 0, self.y + 6)
            self.canvas.addOutlineEntry(_shortened(text), key, level, closed=level > 0)
            if listed:
                self.stops.append(Stop(text, key, level, self.page))
        self.text(text, replace(style, before=0.0))

    # shapes

    def rule(self, colour: Color = RULE) -> None:
        """A thin line over the width of the page."""
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(0.6)
        self.canvas.line(LEFT, self.y, RIGHT, self.y)

    def band(self, height: float, colour: Color = PALE, *, x: float = LEFT, room: float = WIDTH) -> None:
        """A coloured band of `height` points below the cursor, which stays where it is."""
        self.canvas.setFillColor(colour)
        self.canvas.rect(x, self.y - height, room, height, stroke=0, fill=1)

    def picture(self, drawing: Drawing) -> None:
        """A drawing at the left edge."""
        self.need(drawing.height)
        renderPDF.draw(drawing, self.canvas, LEFT, self.y - drawing.height)
        self.y -= drawing.height + 6

    def link(self, key: str, top: float, bottom: float) -> None:
        """Make the strip between two heights lead to a heading."""
        self.canvas.linkAbsolute("", key, (LEFT, bottom, RIGHT, top), Border="[0 0 0]")


def _shortened(title: str) -> str:
    """A title that fits a side panel; without letters that PDF strings of one line cannot hold."""
    plain = " ".join(title.split())
    return plain if len(plain) <= 90 else plain[:89] + "…"

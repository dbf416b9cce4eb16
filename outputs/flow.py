"""Pages that fill from top to bottom: headings, paragraphs, lists and pictures on A4, drawn and tagged as they come.

Nothing is kept back: a page is packed when it is full, so that memory does not grow with its text. "van y" is one form that
every page refers to and that is drawn last, when the number of pages is known. After LIMIT pages, or MOST elements, a new file
begins, with every element and heading that was open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4

from config.request import DUTCH, LANGUAGES
from outputs.glyphs import SANS, width, wrapped
from outputs.house import house
from outputs.ink import BODY, BOTTOM, HEADINGS, LEFT, PALE, RIGHT, RULE, SMALL, TOP, WIDTH, Style
from outputs.texts import texts
from outputs.volume import ARTIFACT, HERE, Volume

TOTAL = "total"

LIMIT = 1_000
"""So many pages a file has at most: more, and telephones and memory give up."""

MOST = 120_000
"""So many elements a file has at most, give or take a page: with more, the last hand on it takes too much memory."""

DISCS = "/A<</O/List/ListNumbering/Disc>>"
"""Says of a list that its items have dots."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A heading that the contents list points to: on which page of which part (from 1)."""

    title: str
    key: str
    level: int
    page: int
    part: int


class Flow:
    """A cursor over the pages of one document: each method draws below the former, and turns the page where there is no room."""

    def __init__(self, title: str, author: str, running: str, day: date, *, limit: int = LIMIT, first: int = 1) -> None:
        """`running` stands above every page; `day` dates the files; `first` is the number of the first page drawn."""
        self._named, self._limit = (title, author, day), limit
        self.volume = self._first = Volume(title, author, day)
        self._done: list[bytes] = []
        self._foretold: set[str] = set()
        self._trail: list[str] = []  # the headings above the cursor, by level
        self.running = running
        self.part, self.page, self.y = 1, 0, 0.0
        self.stops: list[Stop] = []
        self._begin(first)

    # pages and parts

    def turn(self, page: int | None = None) -> None:
        """Begin a new page, with the number after the last or with `page`; where the file is full, in a new one."""
        self.volume.end_page()
        if page is None and (self.page >= self._limit or len(self.volume.tags) > MOST):
            self._next_part()
        self._begin(page or self.page + 1)

    def _begin(self, page: int) -> None:
        self.volume.begin_page()
        self.page, self.y = page, TOP
        self._running_head()

    def _next_part(self) -> None:
        """A new file, whose first page says where it goes on."""
        open_here = self.volume.tags.open()
        self._close_part()
        self.part += 1
        title, author, day = self._named
        said = texts()["deel"]
        self.volume = Volume(said["titel"].format(titel=title, deel=self.part), author, day)
        self._begin(1)
        trail, self._trail = self._trail, []
        self.heading(said["kop"].format(deel=self.part), 0, f"deel-{self.part}", listed=False)
        self.text(said["uitleg"].format(deel=self.part))
        for level, text in enumerate(trail):
            self.heading(said["vervolg"].format(kop=text), level, f"vervolg-{self.part}-{level}", listed=False)
        self._trail = trail
        self.volume.end_page()
        for kind, entries in open_here:
            self.volume.tags.begin(kind, entries)

    def _close_part(self) -> None:
        """Write the file that is open, unless it is the first: that one gets its front matter last."""
        if self.volume is not self._first:
            self._total(self.page)
            self._done.append(self.volume.finish())

    def back(self, page: int) -> int:
        """Go back to the first file, to a new page that has the number `page`; gives how many pages were drawn there before."""
        self.volume.end_page()
        self._close_part()
        self.volume, self.part, drawn = self._first, 1, self._first.tags.page + 1
        self._begin(page)
        return drawn

    def finish(self, order: Sequence[int] | None = None) -> tuple[bytes, ...]:
        """All files; `order` gives, for each page of the first, which of the pages as drawn (from 0) it is."""
        self.volume.end_page()
        if self.volume is not self._first:
            self._close_part()
            self.volume = self._first
        self._total(self.volume.tags.page + 1)
        return self.volume.finish(order), *self._done

    def _total(self, pages: int) -> None:
        self.volume.fill_form(TOTAL, str(pages), replace(SMALL, size=8.0))

    def need(self, height: float) -> None:
        """Turn the page unless `height` points are left on it."""
        if self.y - height < BOTTOM and self.y < TOP:
            self.turn()

    def space(self, height: float) -> None:
        """Leave white, but never at the head of a page."""
        if self.y < TOP:
            self.y -= height

    def _running_head(self) -> None:
        small = replace(SMALL, size=8.0)
        self.put(LEFT, A4[1] - 44, self.running, small, ARTIFACT)
        self.volume.line(LEFT, A4[1] - 52, RIGHT, RULE)
        pattern = texts()["bladzijde" if self.part == 1 else "bladzijde_deel"]
        said = pattern.format(nummer=self.page, deel=self.part)
        start = RIGHT - 20 - width(said, SANS, 8)
        self.put(start, 36, said, small, ARTIFACT)
        self.volume.form(TOTAL, RIGHT - 20, 36)

    # elements

    def begin(self, kind: str, entries: str = "") -> None:
        """Open an element; what is drawn until `end` belongs to it."""
        self.volume.tags.begin(kind, entries)

    def end(self) -> None:
        """Close the innermost element, in whatever file it is by now."""
        self.volume.tags.end()

    @contextmanager
    def within(self, kind: str, entries: str = "") -> Iterator[None]:
        """An element around a block, which may go on over pages and files."""
        self.begin(kind, entries)
        yield
        self.end()

    @contextmanager
    def as_it_stands(self) -> Iterator[None]:
        """Around what sources and colleagues wrote: in another language than theirs, a screen reader is told to speak Dutch here."""
        if house().language == DUTCH:
            yield
            return
        with self.within("Div", f"/Lang({LANGUAGES[DUTCH]})"):
            yield

    # text

    def put(self, x: float, y: float, line: str, style: Style, tag: str = "P") -> None:
        """One line of text at a place, without moving the cursor."""
        self.volume.text(x, y, (line,), style, tag)

    def block(self, x: float, y: float, lines: Sequence[str], style: Style, tag: str = "P") -> None:
        """Lines below each other, the first with its base at `y`, without moving the cursor."""
        self.volume.text(x, y, lines, style, tag)

    def text(self, text: str, style: Style = BODY, *, indent: float = 0.0, room: float = 0.0, tag: str = "P") -> None:
        """A paragraph; it goes on over pages where it must, and never leaves one line alone at the foot."""
        self.space(style.before)
        lines = wrapped(text, style.font, style.size, (room or WIDTH) - indent)
        self.need(style.leading * min(len(lines), 2))
        if tag:
            self.begin(tag)
        while lines:
            fit = max(1, int((self.y - BOTTOM) // style.leading))
            now, lines = lines[:fit], lines[fit:]
            self.block(LEFT + indent, self.y - style.size, now, style, HERE)
            self.y -= style.leading * len(now)
            if lines:
                self.turn()
        if tag:
            self.end()
        self.y -= style.after

    def bullet(self, text: str, style: Style = BODY, *, indent: float = 0.0) -> None:
        """One item of a list; `within("L")` stands around all of them."""
        self.need(style.leading * 2)
        with self.within("LI"):
            self.put(LEFT + indent + 2, self.y - style.size, "•", style, "Lbl")
            self.text(text, replace(style, after=3.0), indent=indent + 14, tag="LBody")

    def lines(self, text: str, style: Style = BODY, *, indent: float = 0.0) -> None:
        """A text in which each line that begins with a bullet is an item of a list."""
        listing = False
        for line in text.split("\n"):
            item = line.startswith("• ")
            if item and not listing:
                self.begin("L", DISCS)
            elif listing and not item:
                self.end()
            listing = item
            if item:
                self.bullet(line[2:], style, indent=indent)
            else:
                self.text(line, replace(style, after=2.0), indent=indent)
        if listing:
            self.end()

    def heading(self, text: str, level: int, key: str = "", *, keep: float = 60.0, listed: bool = True) -> None:
        """A heading, kept with `keep` points of what follows; with a `key` it stands in the outline and the contents."""
        style = HEADINGS[level]
        self.leave(level)
        lines = wrapped(text, style.font, style.size, WIDTH)
        self.need(style.before + style.leading * len(lines) + style.after + keep)
        self.space(style.before)
        if key:
            self.volume.canvas.bookmarkHorizontal(key, 0, self.y + 6)
            if key not in self._foretold:
                self.volume.canvas.addOutlineEntry(_shortened(text), key, level, closed=level > 0)
            if listed:
                self.stops.append(Stop(text, key, level, self.page, self.part))
        self._trail.append(text)
        self.text(text, replace(style, before=0.0), tag=f"H{level + 1}")

    def leave(self, level: int) -> None:
        """Say that what stands under the last heading of this level is finished: a new file need not go on with it."""
        del self._trail[level:]

    def banner(self, text: str, height: float, style: Style) -> None:
        """A heading of the lowest level on a band of `height` points: one card among many, in no list of headings."""
        self.leave(len(HEADINGS) - 1)
        self._trail.append(text)
        self.band(height)
        self.put(LEFT + 5, self.y - height + (height - style.size * 0.72) / 2, text, style, f"H{len(HEADINGS)}")
        self.y -= height

    def foretell(self, text: str, key: str) -> None:
        """Put a heading of the highest level in the outline here, though it is drawn later."""
        self._foretold.add(key)
        self.volume.canvas.addOutlineEntry(_shortened(text), key, 0)

    # shapes

    def rule(self, colour: Color = RULE) -> None:
        """A thin line over the width of the page."""
        self.volume.line(LEFT, self.y, RIGHT, colour)

    def band(self, height: float, colour: Color = PALE, *, x: float = LEFT, room: float = WIDTH) -> None:
        """A coloured band of `height` points below the cursor, which stays where it is."""
        self.volume.rect(x, self.y - height, room, height, colour)

    def picture(self, drawing: Drawing, told: str) -> None:
        """A drawing at the left edge, and what it shows in words."""
        self.need(drawing.height)
        self.volume.figure(drawing, LEFT, self.y - drawing.height, told)
        self.y -= drawing.height + 6

    def link(self, key: str, told: str, top: float, bottom: float) -> None:
        """Make the strip between two heights, which belongs to the open element, lead to a heading of this file."""
        self.volume.link(key, told, (LEFT, bottom, RIGHT, top))


def _shortened(title: str) -> str:
    """A title that fits a side panel; without letters that PDF strings of one line cannot hold."""
    plain = " ".join(title.split())
    return plain if len(plain) <= 90 else plain[:89] + "…"

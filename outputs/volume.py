"""One PDF file as it is drawn: a canvas with tags, whose pages are packed as soon as they are full."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import LinkAnnotation, PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from outputs.glyphs import BOLD, SANS, glyphs
from outputs.house import house
from outputs.ink import Ink, Style, painted
from outputs.resave import resaved
from outputs.tags import Tags, text_entry

ARTIFACT = "Artifact"
"""The tag of what no reader needs: rules, bands, running heads, heads of tables that come back."""

HERE = ""
"""The tag of what belongs to the element that is open."""


class _Link(LinkAnnotation):
    permitted = (*LinkAnnotation.permitted, "StructParent")


class Volume:
    """A file with its pages, from the first to the last as drawn."""

    def __init__(self, title: str, author: str, day: date) -> None:
        """`day` is the date of everything in the file that is dated."""
        for font in (SANS, BOLD):
            glyphs(font)  # registers it, before ReportLab is asked for it
        self.title, self.author, self.day = title, author, day
        self.canvas = Canvas(BytesIO(), pagesize=A4, invariant=1, lang=house().tag, initialFontName=SANS)  # type: ignore[arg-type]  # the stubs take a name for a number
        self.tags, self.ink = Tags(), Ink(self.canvas)
        self.canvas.setViewerPreference("DisplayDocTitle", "true")
        self._document: Any = self.canvas._doc  # type: ignore[attr-defined]  # ReportLab has no public way to its objects

    def begin_page(self) -> None:
        """A new page, white."""
        self.tags.turn()

    def end_page(self) -> None:
        """Close the page and pack it: what ReportLab would keep as text until the file is saved."""
        number = self._document.pageCounter
        self.canvas.showPage()
        page = self._document.idToObject[f"Page{number}"]
        packed = zlib.compress(page.stream.encode("latin-1"))
        page.Contents, page.stream = PDFStream(PDFDictionary({"Filter": PDFName("FlateDecode")}), packed), None
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = number - 1, PDFName("S")

    def draw(self, operators: str, tag: str) -> None:
        """Put operators on the page under an element of their own, ARTIFACT, or HERE."""
        code = self.canvas._code  # type: ignore[attr-defined]  # as above
        if tag is ARTIFACT:
            code.append(f"/Artifact BMC\n{operators}\nEMC")
        elif tag:
            self.tags.begin(tag)
            code.append(f"{self.tags.mark()}\n{operators}\nEMC")
            self.tags.end()
        else:
            code.append(f"{self.tags.mark()}\n{operators}\nEMC")

    def text(self, x: float, y: float, lines: Sequence[str], style: Style, tag: str) -> None:
        """Lines below each other, the first with its base at `y`."""
        self.draw(self.ink.lines(x, y, lines, style), tag)

    def rect(self, x: float, y: float, width: float, height: float, colour: Color) -> None:
        """A coloured band; no reader needs it."""
        c = painted(colour)
        fill = f"{c.red:.3f} {c.green:.3f} {c.blue:.3f} rg"
        self.draw(f"q {fill} {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f Q", ARTIFACT)

    def line(self, x: float, y: float, end: float, colour: Color, dash: str = "[] 0") -> None:
        """A thin horizontal line; no reader needs it."""
        c = painted(colour)
        stroke = f"{c.red:.3f} {c.green:.3f} {c.blue:.3f} RG"
        self.draw(f"q {stroke} 0.6 w {dash} d {x:.2f} {y:.2f} m {end:.2f} {y:.2f} l S Q", ARTIFACT)

    def figure(self, drawing: Drawing, x: float, y: float, told: str) -> None:
        """A drawing with its lower left corner at a place, and what it shows in words."""
        with self._figured(x, y, drawing.width, drawing.height, told):
            renderPDF.draw(drawing, self.canvas, x, y)

    def image(self, image: ImageReader, box: tuple[float, float, float, float], told: str) -> None:
        """A picture in a box (x and y of its lower left corner, width, height), and what it shows in words."""
        with self._figured(*box, told):
            self.canvas.drawImage(image, *box)

    def _figured(self, x: float, y: float, width: float, height: float, told: str) -> _Figured:
        box = f"/A<</O/Layout/Placement/Block/BBox[{x:.2f} {y:.2f} {x + width:.2f} {y + height:.2f}]>>"
        return _Figured(self, box + text_entry("Alt", told))

    def form(self, name: str, x: float, y: float) -> None:
        """Where a form stands that is drawn later; no reader needs it."""
        self.canvas._formsinuse.append(name)  # type: ignore[attr-defined]  # as above
        inner = self._document.getXObjectName(name)
        self.draw(f"q 1 0 0 1 {x:.2f} {y:.2f} cm /{inner} Do Q", ARTIFACT)

    def fill_form(self, name: str, text: str, style: Style) -> None:
        """Draw the form that pages refer to."""
        self.canvas.beginForm(name, 0, -4, 60, 12)
        self.canvas._code.append(self.ink.lines(0, 0, (text,), style))  # type: ignore[attr-defined]  # as above
        self.canvas.endForm()

    def link(self, key: str, told: str, box: tuple[float, float, float, float]) -> None:
        """Make a strip of the page, which belongs to the open element, lead to a bookmark of this file."""
        number = self.canvas._annotationCount  # type: ignore[attr-defined]  # as above
        target = self.canvas._bookmarkReference(key)  # type: ignore[attr-defined]  # as above
        parent = self.tags.link(number)
        self.canvas._addAnnotation(_Link(list(box), told, target, "[0 0 0]", F=4, StructParent=parent))  # type: ignore[attr-defined]  # as above

    def finish(self, order: Sequence[int] | None = None) -> bytes:
        """The file; `order` gives, for each page of it, which of the pages as drawn (from 0) it is."""
        pages = self._document.Pages.pages
        if order is not None:
            pages[:] = [pages[i] for i in order]
        drawn: bytes = self.canvas.getpdfdata()  # type: ignore[no-untyped-call]  # as above
        numbers = {name: number for name, (number, _) in self._document.idToObjectNumberAndVersion.items()}
        of_pages = [numbers[f"Page{n + 1}"] for n in range(len(pages))]
        of_links = [numbers[f"Annot.NUMBER{n + 1}"] for n in range(self.canvas._annotationCount)]  # type: ignore[attr-defined]  # as above
        root, info = (numbers[self._document.Reference(o).name] for o in (self._document.Catalog, self._document.info))
        whole, structure = self.tags.behind(drawn, of_pages, of_links, root, info)
        del drawn, self.canvas, self._document, self.tags, self.ink  # all of it is in `whole` now, and what follows needs the room
        return resaved(whole, structure, self.title, self.author, self.day)


class _Figured:
    """A Figure around whatever ReportLab draws in the block."""

    def __init__(self, volume: Volume, entries: str) -> None:
        self._volume, self._entries = volume, entries

    def __enter__(self) -> None:
        self._volume.tags.begin("Figure", self._entries)
        self._volume.canvas._code.append(self._volume.tags.mark())  # type: ignore[attr-defined]  # as above

    def __exit__(self, *_: object) -> None:
        self._volume.canvas._code.append("EMC")  # type: ignore[attr-defined]  # as above
        self._volume.tags.end()

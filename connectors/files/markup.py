"""Plain text and HTML as text, whatever their encoding."""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser

from charset_normalizer import from_bytes

from connectors.files.content import Content, Unreadable, checked

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2",
        "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul",
    }
)  # fmt: skip
_SILENT = frozenset({"script", "style", "template", "head"})


def read_plain(data: bytes) -> Content:
    """A text file; form feeds part its pages."""
    if b"\0" in data[:4096] and not data.startswith(tuple(mark for mark, _ in _MARKS)):
        raise Unreadable("unknown")
    return checked(Content(tuple(page.strip("\n") for page in decoded(data).replace("\r\n", "\n").split("\f"))))


def read(data: bytes) -> Content:
    """An HTML page, with its title, as a reader sees it and what is hidden from view besides."""
    return checked(Content((text_of_html(decoded(data, _declared(data))),)))


def mark_of(data: bytes) -> str:
    """The encoding that a byte order mark tells; "" without one."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")


def decoded(data: bytes, declared: str = "") -> str:
    """Bytes as text: by their mark, as declared, as UTF-8, and else as what Windows writes, or what is likeliest."""
    for encoding in (mark_of(data), declared, "utf-8", "cp1252"):
        try:
            if encoding:
                return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    best = from_bytes(data[:1_000_000]).best()
    return data.decode(best.encoding if best else "latin-1", errors="replace")


def _declared(data: bytes) -> str:
    found = re.search(rb"charset=[\"']?([A-Za-z0-9_\-]+)", data[:2048])
    return found[1].decode("ascii") if found else ""


def text_of_html(source: str) -> str:
    """The text of HTML, lines as its blocks make them."""
    reader = _Text()
    reader.feed(source)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


class _Text(HTMLParser):
    """Gathers text; the parser of the standard library fetches nothing and knows no entities but those of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0
        self._title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._title = tag == "title" or (self._title and tag not in _BLOCKS)
        if tag in _SILENT:
            self._silent += 1
        if tag in {"body", "p", "div", "table"} and self._silent and "head" in _SILENT:
            self._silent = 0  # a head that was never closed must not swallow the page
        self.pieces.append("\n" if tag in _BLOCKS else "\t" if tag in {"td", "th"} else "")
        self.pieces += [f" {value} " for name, value in attrs if name in {"alt", "title", "value"} and value]

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._title = False
            self.pieces.append("\n")
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        self.pieces.append("\n" if tag in _BLOCKS else "")

    def handle_data(self, data: str) -> None:
        if self._title or not self._silent:
            self.pieces.append(data)

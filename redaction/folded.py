"""A text as the finders read it: without accents, marks, homoglyphs and tags, with the way back to every code point.

Two strings of one length are kept: `plain` with the case as written, `low` without it. `origin[i]` is the code point of the
text from which the i-th character came; None where they are the same.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from config.discretion import counts

_TWINS = dict(
    zip(
        "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u051b\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406\u0408\u0405\u0423"
        "\u03b1\u03bf\u03c1\u03bd\u03b9\u03ba\u03c5\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u0131\u0142\u0141\u00f8\u00d8\u0111\u0110\u0127\u0259\u018f",
        "aeopcyxijsdqABEKMHOPCTXIJSYaopvikuABEZHIKMNOPTYXilLoOdDhea",
        strict=True,
    )
)
"""Letters of other scripts (and crossed ones) that a reader takes for a Latin letter: Cyrillic, Greek, Turkish, Polish, Danish."""

_PAIRS = {
    "\u00df": "ss",
    "\u00e6": "ae",
    "\u00c6": "AE",
    "\u0153": "oe",
    "\u0152": "OE",
    "\u00fe": "th",
    "\u00de": "TH",
    "\u0132": "IJ",
    "\u0133": "ij",
}
_QUOTES = dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u0060\u00b4\u2032\u02bb\u055a\uff07", "'") | dict.fromkeys(
    "\u201c\u201d\u201e\u00ab\u00bb", '"'
)
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
_MARKS = re.compile(r"<[A-Za-z/!][^<>@]{0,300}>|&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});|=\n")
_INLINE = re.compile(r"</?(?:b|i|u|em|strong|span|font|a|mark|small|wbr)\b", re.IGNORECASE)
_PLAIN = {9: "\t", 10: "\n", 13: "\n"}


class _Fold(dict[int, str]):
    """`str.translate` asks for each code point once; what it stands for is worked out then."""

    def __missing__(self, point: int) -> str:
        self[point] = made = _seen(chr(point))
        return made


def _seen(character: str) -> str:
    """What a reader sees in one character, in plain letters; "" for marks that print nothing."""
    for table in (_TWINS, _PAIRS, _QUOTES, _DASHES):
        if character in table:
            return table[character]
    kind = unicodedata.category(character)
    if kind in ("Zs", "Zl", "Zp"):
        return " " if kind == "Zs" else "\n"
    if kind in ("Mn", "Me", "Cf", "Cs"):
        return ""
    if kind == "Cc":
        return _PLAIN.get(ord(character), " ")
    if kind == "Nd":
        return str(unicodedata.digit(character))
    parts = unicodedata.normalize("NFKD", character)
    bare = "".join(_TWINS.get(c, c) for c in parts if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    return bare if bare == character or len(bare) > 4 else "".join(_PAIRS.get(c, c) for c in bare)


_FOLD = _Fold({code: chr(code) for code in range(32, 127) if code != 96} | {10: "\n", 9: " ", 96: "'"})


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` as it was, and as it is read; offsets in `plain` and `low` are turned back by `back`."""

    text: str
    plain: str
    low: str
    origin: list[int] | None

    def __repr__(self) -> str:
        return counts(self)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of `text` behind `[start, end)`, with the marks that print nothing inside and right after it.

        >>> folded("Fa\\u200btima").back(0, 6)
        (0, 7)
        """
        if self.origin is None:
            return start, end
        following = bisect_right(self.origin, self.origin[end - 1], end - 1)  # what became several characters is taken whole
        return self.origin[start], self.origin[following] if following < len(self.origin) else len(self.text)

    @property
    def ruled(self) -> str:
        """`low` with the tabs that part the cells of a table, which elsewhere are read as spaces."""
        if "\t" not in self.text:
            return self.low
        from_where = self.origin if self.origin is not None else range(len(self.low))
        return "".join("\t" if self.text[at] == "\t" else read for at, read in zip(from_where, self.low, strict=True))

    def forth(self, at: int) -> int:
        """Where code point `at` of `text` is read."""
        return at if self.origin is None else bisect_left(self.origin, at)


def folded(text: str) -> Folded:
    """`text` with its way back; takes the fast way where nothing moves."""
    marks = "<" in text or "&" in text or "=\n" in text
    if not marks or not _MARKS.search(text):
        plain = text.translate(_FOLD)
        if len(plain) == len(text) and (text.isascii() or not _moved(text)):
            return Folded(text, plain, _lower(plain), None)
    made, origin = [], []
    for start, piece in _pieces(text):
        made.append(piece)
        origin.extend([start] * len(piece))
    plain = "".join(made)
    return Folded(text, plain, _lower(plain), origin)


def _moved(text: str) -> bool:
    """Whether any character becomes two or none (one that grows and one that goes would hide each other)."""
    return any(len(_FOLD[ord(c)]) != 1 for c in set(text))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for mark in _MARKS.finditer(text):
        yield from _characters(text, at, mark.start())
        at = mark.end()
        shown = _marked(mark.group())
        if shown == mark.group():  # no entity after all, as in `Bakker &Zonen;`
            yield from _characters(text, mark.start(), at)
        else:
            yield mark.start(), shown
    yield from _characters(text, at, len(text))


def _characters(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for at in range(start, end):
        if piece := _FOLD[ord(text[at])]:
            yield at, piece


def _marked(mark: str) -> str:
    if mark.startswith("&"):
        shown = html.unescape(mark)
        return shown if shown == mark else shown.translate(_FOLD)
    return "" if mark == "=\n" or _INLINE.match(mark) else " "


def _lower(plain: str) -> str:
    low = plain.lower()
    return low if len(low) == len(plain) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)

r"""RTF as text: what is read on the page, with notes, headers and footers; pictures and embedded objects are marked.

Rich Text Format 1.9.1. Letters come as they are, as a byte of a code page (`\'e9`) or as a number of Unicode (`\u233`).
"""

from __future__ import annotations

import re

from connectors.asking.texts import text
from connectors.files.content import Content, Unreadable, checked

_TOKEN = re.compile(rb"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.IGNORECASE)
_SILENT = frozenset(
    b"fonttbl colortbl stylesheet info listtable listoverridetable rsidtbl generator themedata colorschememapping latentstyles datastore "
    b"fldinst xmlnstbl mmathPr pgdsctbl filetbl revtbl bkmkstart bkmkend".split()
)
_MARKED = frozenset({b"pict", b"object", b"objdata"})
_KEPT = frozenset(
    b"footnote header footer headerl headerr headerf footerl footerr footerf annotation shptxt shpinst shp nesttableprops".split()
)
_BREAKS = {
    b"par": "\n", b"line": "\n", b"row": "\n", b"sect": "\n", b"cell": "\t", b"tab": "\t", b"page": "\f", b"emdash": "\u2014",
    b"endash": "\u2013", b"lquote": "\u2018", b"rquote": "\u2019", b"ldblquote": "\u201c", b"rdblquote": "\u201d", b"bullet": "\u2022",
}  # fmt: skip
_DEEPEST = 500


class _Group:
    """What holds within one pair of braces."""

    __slots__ = ("silent", "skip")

    def __init__(self, silent: bool = False, skip: int = 1) -> None:
        self.silent, self.skip = silent, skip


def read(data: bytes) -> Content:
    """The text of an RTF. Raises Unreadable where it is none, or its groups do not close."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise Unreadable("broken")
    said = "".join(_pieces(data))
    return checked(Content(tuple(page.strip("\n") for page in said.split("\f"))))


def _pieces(data: bytes) -> list[str]:
    page, groups, left, out = "cp1252", [_Group()], 0, list[str]()
    if found := re.search(rb"\\ansicpg(\d{3,5})", data[:2000]):
        page = f"cp{found[1].decode()}"
    for match in _TOKEN.finditer(data):
        word, number, octet, sign, brace, plain = match.groups()
        here = groups[-1]
        if brace == b"{":
            groups.append(_Group(here.silent, here.skip))
        elif brace == b"}":
            if len(groups) > 1:
                groups.pop()
        elif len(groups) > _DEEPEST:
            raise Unreadable("unsafe")
        elif word is not None:
            left = _control(word.lower(), number, here, out, left)
        elif sign is not None:
            here.silent = here.silent or sign == b"*"
            out.append(
                "" if here.silent else {b"~": " ", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}.get(sign, "")
            )
        elif octet is not None:
            said, left = ("", left - 1) if left else (bytes([int(octet, 16)]), 0)
            out.append("" if here.silent or not said else _letters(said, page))
        elif plain is not None and not here.silent:
            out.append(_letters(plain[left:], page))
            left = max(0, left - len(plain))
    return out


def _letters(said: bytes | str, page: str) -> str:
    if isinstance(said, str):
        return said
    try:
        return said.decode(page)
    except (LookupError, UnicodeDecodeError):
        return said.decode("latin-1")


def _control(word: bytes, number: bytes | None, here: _Group, out: list[str], left: int) -> int:
    """What a control word does; gives how many letters that follow stand for the one it gave."""
    if word in _SILENT:
        here.silent = True
    elif word in _MARKED:
        if not here.silent:
            out.append(text("marks", "picture"))
        here.silent = True
    elif word in _KEPT:
        here.silent = False
        out.append("\n")
    elif word == b"uc":
        here.skip = int(number or 1)
    elif word == b"u" and number is not None:
        if not here.silent:
            out.append(chr(int(number) % 65536))
        return here.skip
    elif not here.silent:
        out.append(_BREAKS.get(word, ""))
    return left if word in (b"uc",) else 0

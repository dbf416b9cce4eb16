"""One way to compare texts by what a reader sees: without case, accents, and differences of spacing or dashes."""

from __future__ import annotations

import re
import unicodedata

_SPECIAL = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ħ": "h"})
_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_QUOTES = re.compile(r"[\u2018\u2019\u201a\u201b\u02bc\u0060\u00b4\u2032]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACES = re.compile(r"\s+")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_LOW = bytes(ord(chr(c).lower()) if c < 128 else c for c in range(256))
_MARKS = bytes(c for c in range(128) if not chr(c).isalnum())


def fold(text: str) -> str:
    """`text` in lower case, without accents or invisible marks, with plain dashes and quotes, and single spaces.

    >>> fold("  Van der BÉRG–\u0141ukasz ")
    'van der berg-lukasz'
    """
    if text.isascii():
        return " ".join(text.replace("`", "'").lower().split())
    shown = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    plain = _QUOTES.sub("'", _DASHES.sub("-", shown)).casefold().translate(_SPECIAL)
    bare = _BEYOND.sub(_without_accent, unicodedata.normalize("NFD", plain))
    return _SPACES.sub(" ", bare.translate(_SPECIAL)).strip()


def _without_accent(found: re.Match[str]) -> str:
    return "" if unicodedata.combining(found[0]) else found[0]


def squeeze(text: str) -> str:
    """`fold(text)` without anything but letters and digits: for numbers and addresses that are written in many ways.

    >>> squeeze("NL91 abna 0417.1643-00")
    'nl91abna0417164300'
    """
    if text.isascii():
        return text.encode().translate(_LOW, _MARKS).decode()
    return "".join(c for c in fold(text) if c.isalnum())

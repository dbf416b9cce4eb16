"""Whether a text or a file name mentions the subject: a BSN or key as a whole number, a name by its parts, a birth date as written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from stdnum.nl import bsn as elfproef

from config.folding import fold, squeeze
from config.person import Address, Name
from connectors.written.addresses import number_key
from connectors.written.dates import spellings
from connectors.written.figures import phone
from connectors.written.likeness import Verdict, words

_CUES = r"(?:nummer|nr|no|kenmerk|client|klant|zaak|dossier|case|id|referentie|ref|registratie|klantnr|clientnr|zaaknr|dossiernr)"
STRONG = 6
"""Digits from which a bare number is a key by itself; a shorter one may be a postcode, a year or an amount."""


class Text:
    """A text made ready for many questions."""

    def __init__(self, pages: Iterable[str]) -> None:
        self.plain = "\n".join(pages)
        self.folded = fold(self.plain)
        self.words = frozenset(_WORD.findall(self.folded))

    def bsn(self, bsn: str) -> bool:
        """Whether this BSN stands in it as a number of its own, dots and spaces aside, with or without a leading zero."""
        return any(_number(digits).search(self.folded) for digits in {bsn, bsn.lstrip("0")} if len(digits) >= 8)

    def other_bsn(self, own: str) -> bool:
        """Whether a BSN of somebody else stands in it, and this one does not."""
        found = {squeeze(number).zfill(9) for number in _NINE.findall(self.folded)}
        return own not in found and any(elfproef.is_valid(number) for number in found)

    def key(self, key: str) -> float:
        """How sure a mention of this key is: 1.0 as a whole word, 0.5 where it is so short that it may be another number; 0.0 for none."""
        parts = _parts(key)
        if not parts or not self.words.issuperset(parts) or not _whole(parts).search(self.folded):
            return 0.0
        digits = sum(c.isdigit() for c in key)
        strong = digits >= STRONG or (len(squeeze(key)) >= STRONG and digits >= 3)
        return 1.0 if strong or _cued(key).search(self.folded) else 0.5

    def email(self, email: str) -> bool:
        """Whether this e-mail address stands in it."""
        return re.search(rf"(?<![\w.+\-]){re.escape(fold(email))}(?![\w\-]|\.\w)", self.folded) is not None

    def phone(self, number: str) -> bool:
        """Whether this telephone number stands in it, however spaced."""
        found = re.findall(r"\+?[0-9][0-9 ().\-/]{6,18}[0-9]", self.folded)
        return any(phone(text) == number for text in found)

    def birth_date(self, when: date) -> bool:
        """Whether this date stands in it, in a usual Dutch spelling."""
        return any(_spelled(form).search(self.folded) for form in spellings(when))

    def address(self, address: Address) -> bool:
        """Whether a postcode and house number, or a street and house number, stand in it together."""
        number, addition = number_key(address.number)
        if not number:
            return False
        house = rf"{number}(?:[\s\-]*{re.escape(addition)})" if addition else rf"{number}(?![0-9])"
        street = rf"(?<!\w){re.escape(fold(address.street))}\s+{house}" if address.street else ""
        code = squeeze(address.postcode)
        near = rf"{code[:4]}\s?{code[4:]}" if len(code) == 6 else ""
        forms = [form for form in (street, rf"{near}[\s,]+{house}" if near else "") if form]
        return any(re.search(form, self.folded) for form in forms)

    def name(self, name: Name) -> Verdict:
        """Whether this name stands in it: a given name or initials directly before the family name, or "family, given"."""
        families = [pair for pair in ((name.prefix, name.family), (name.partner_prefix, name.partner_family)) if pair[1]]
        for prefix, family in families:
            whole = rf"(?:{_flexible(prefix)}[\s\-]+)?{_flexible(family)}" if prefix else _flexible(family)
            if not re.search(rf"(?<!\w){whole}(?!\w)", self.folded):
                continue
            if self._beside(whole, _given(name)):
                return Verdict.SAME
            if self._beside(whole, _initials(name)):
                return Verdict.INITIALS
        return Verdict.OTHER

    def _beside(self, whole: str, first: Sequence[str]) -> bool:
        """Whether a form of the given name stands before the family name, up to three names between, or behind its comma."""
        between = r"[\s.]+(?:[\w'\-]+[\s.]+){0,3}?"
        return any(re.search(rf"(?<!\w){form}{between}{whole}(?!\w)|(?<!\w){whole},\s*{form}(?!\w)", self.folded) for form in first)


def _given(name: Name) -> list[str]:
    found = [*words(name.given)[:1], fold(name.given), fold(name.call)]
    return [_flexible(form) for form in dict.fromkeys(found) if form]


def _initials(name: Name) -> list[str]:
    letters = [part for part in fold(name.initials).replace("-", ".").split(".") if part.strip()]
    letters = letters or [word[0] for word in words(name.given)]
    joined = r"\.?\s?".join(re.escape(letter.strip()) for letter in letters)
    return [rf"{joined}\.?", rf"{re.escape(letters[0].strip())}\."] if letters else []


def _flexible(text: str) -> str:
    """A pattern for a folded name, in which a space and a dash stand for each other."""
    return r"[\s\-]+".join(re.escape(word) for word in re.split(r"[\s\-]+", fold(text)) if word)


_NINE = re.compile(r"(?<![0-9])[0-9]{4}[ .]?[0-9]{2}[ .]?[0-9]{3}(?![0-9])")
_WORD = re.compile(r"[^\W_]+")
_APART = r"[\W_]{1,2}"


@lru_cache(maxsize=65536)
def _parts(key: str) -> tuple[str, ...]:
    """The words of a key, whatever parts them: `Z-2026-12` is also found as `Z_2026_12`."""
    return tuple(_WORD.findall(fold(key)))


@lru_cache(maxsize=4096)
def _whole(parts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){_APART.join(parts)}(?![^\W_])")


def _cued(key: str) -> re.Pattern[str]:
    return re.compile(rf"{_CUES}[\W_]{{0,3}}(?:is\s)?{_APART.join(_parts(key))}(?![^\W_])")


@lru_cache(maxsize=4096)
def _number(digits: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9]){r'[ .-]?'.join(digits)}(?![0-9])")


@lru_cache(maxsize=4096)
def _spelled(form: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![0-9]){re.escape(fold(form)).replace(chr(92) + ' ', chr(92) + 's')}(?![0-9])")

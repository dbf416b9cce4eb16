"""The withheld values in every spelling in which they might stand in a file, and the search for all of them at once.

A text is searched in two forms. As *words* (folded, anything but letters and digits made a space) for names and short
values, which must be whole words. *Squeezed* (the words without spaces) for numbers, addresses and the like of six
characters and more, which are written with any separators: there a match may not cut through a number or a word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import ahocorasick

from config.discretion import discreet
from config.folding import fold
from config.redacted import Secret
from outputs.differences import national
from outputs.texts import tables

BETWEEN = " \n zqx0x1fzqx \n "
"""What stands between two pieces of a text: a word that nobody is called, so that no value arises where they meet."""

SQUEEZED = frozenset({"bsn", "phone", "iban", "address", "email", "plate", "id"})
SHORTEST = 6
_WORD = re.compile(r"[^\W_]+")
_PLAIN = bytes(ord(chr(c).lower()) if c < 128 and chr(c).isalnum() else ord(" ") for c in range(256))
"""Letters of ASCII in lower case, figures as they are, and a space for anything else."""

_MARK = re.compile("[·•–—…□\u00a0]")  # our own signs, on every page: what is left is mostly ASCII, and quick
_WIDE = re.compile("[\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")  # scripts without spaces between words
_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})|(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_POSTCODE = re.compile(r"\b[1-9]\d{3} ?[A-Za-z]{2}\b")


def words(text: str) -> str:
    """`text` folded to its words, with one space between and around them.

    >>> words("Van den BÉRG-Jansen, nr. 12")
    ' van den berg jansen nr 12 '
    """
    if not text.isascii():
        text = fold(_MARK.sub(" ", text))
    found = text.encode().translate(_PLAIN).decode().split() if text.isascii() else _WORD.findall(text)
    return f" {' '.join(found)} " if found else ""


@discreet
@dataclass(frozen=True, slots=True, eq=False)
class Needles:
    """All spellings of the secrets, ready to be searched; `secrets` are counted, `too_short` and `fixed` are not searched for."""

    whole: ahocorasick.Automaton | None
    tight: ahocorasick.Automaton | None
    secrets: int
    too_short: int
    fixed: int

    def hits(self, text: str) -> int:
        """How many withheld values stand in `text`, which is given as `words` gives it."""
        return (sum(1 for _ in self.whole.iter(text)) if self.whole else 0) + sum(1 for _ in self._tight(text))

    def found(self, text: str) -> Iterator[tuple[str, int]]:
        """Each value that stands in `text`, as it is spelled there, and at which word of the text (from 0)."""
        if self.whole:
            for end, needle in self.whole.iter(text):
                yield needle, text.count(" ", 0, end - len(needle) + 1)
        yield from self._tight(text)

    def _tight(self, text: str) -> Iterator[tuple[str, int]]:
        if not self.tight:
            return
        tokens = text.split()
        joined = "".join(tokens)
        matches = [(needle, end - len(needle) + 1, end + 1) for end, needle in self.tight.iter(joined)]
        if not matches:
            return
        starts, at = dict[int, int](), 0
        for number, token in enumerate(tokens):
            starts[at] = number
            at += len(token)
        starts[at] = len(tokens)
        for needle, a, b in matches:
            if _WIDE.search(joined, a, b) or (_edge(joined, a, starts) and _edge(joined, b, starts)):
                yield needle, starts.get(a, 0)


def _edge(joined: str, at: int, starts: Container[int]) -> bool:
    """Whether a value may begin or end here: between words, or between a letter and a digit."""
    return at in starts or joined[at - 1].isdigit() != joined[at].isdigit()


def needles(secrets: Collection[Secret], fixed_words: Collection[str], gemeente: Collection[str] = ()) -> Needles:
    """The search for `secrets`; one that is itself a fixed word of our own texts (a head of a column) cannot be searched for.

    Nor can a value nobody classified that is made of words of the `gemeente`, such as its town: these stand in every letter.
    """
    whole: set[str] = set()
    tight: set[str] = set()
    short = fixed = 0
    for secret in secrets:
        spelled = {w for w in map(words, spellings(secret)) if w}
        ours = {w for w in spelled if w.strip() in fixed_words or (secret.kind == "text" and set(w.split()) <= set(gemeente))}
        if spelled <= ours:
            fixed, short = (fixed + 1, short) if spelled else (fixed, short + 1)
            continue
        kept = {w for w in spelled if len(w.replace(" ", "")) > 1 or _WIDE.search(w)}
        short += not kept
        for word in kept:
            bare = word.replace(" ", "")
            if _WIDE.search(bare) or (secret.kind in SQUEEZED and len(bare) >= SHORTEST):
                tight.add(bare)
            else:
                whole.add(word)
    return Needles(_automaton(whole), _automaton(tight), len(secrets), short, fixed)


def _automaton(entries: Iterable[str]) -> ahocorasick.Automaton | None:
    built = ahocorasick.Automaton()
    for entry in sorted(entries):
        built.add_word(entry, entry)
    if not len(built):
        return None
    built.make_automaton()
    return built


def spellings(secret: Secret) -> Iterator[str]:
    """The ways in which a value of its kind is usually written."""
    yield secret.value
    match secret.kind:
        case "phone":
            inland = national(secret.value)
            if inland.startswith("0"):
                yield from (inland, "31" + inland[1:], "0031" + inland[1:], "310" + inland[1:])
        case "bsn":
            bare = re.sub(r"\D", "", secret.value).lstrip("0")
            if len(bare) >= SHORTEST:
                yield bare  # a source that keeps it as a number loses the leading zero
        case "address":
            yield from _address(secret.value)
        case "date" | "birth_date":
            yield from _dates(secret.value)


def _address(value: str) -> Iterator[str]:
    """Street and number alone, where a town or postcode follows."""
    street = _POSTCODE.split(value.split(",", maxsplit=1)[0])[0].strip()
    if any(c.isdigit() for c in street):
        yield street


def _dates(value: str) -> Iterator[str]:
    if not (found := _DATE.search(value)):
        return
    a = found.groups()
    year, month, day = (int(part) for part in (a[:3] if a[0] else (a[5], a[4], a[3])))
    try:
        told = date(year, month, day)
    except ValueError:
        return
    yield from dutch_dates(told)


@lru_cache(maxsize=50_000)
def dutch_dates(day: date) -> tuple[str, ...]:
    """The usual spellings of a day: ISO, in figures with and without zeros, and with the month in words or shortened."""
    y, m, d = f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"
    figures = (f"{y} {m} {d}", f"{d} {m} {y}", f"{day.day} {day.month} {y}", f"{y}{m}{d}", f"{d}{m}{y}")
    return (*figures, *(f"{n} {name} {y}" for n in sorted({str(day.day), d}) for name in _months(day.month)))


def _months(month: int) -> tuple[str, ...]:
    """A month in words and shortened, in every language in which we write."""
    named = [table["maanden"][month - 1] for table in tables()]
    return tuple(dict.fromkeys([*named, *(name[:3] for name in named), *(["mrt"] if month == 3 else [])]))

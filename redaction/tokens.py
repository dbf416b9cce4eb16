"""The words of a text with what each may be, and whether its capitals say anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from redaction.folded import Folded
from redaction.lexicon import Is, Lexicon

_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile("[a-z]+")
_CAPITALS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LETTERS = _CAPITALS + _CAPITALS.lower()
_WRAPPED = 35
_STARTS = frozenset('.!?:;\n"*•>|')


@dataclass(slots=True)
class Tokens:
    """Parallel lists: where each word stands, the word (folded, small), what it may be, what stands before it, and whether it has a capital."""

    text: Folded
    starts: list[int]
    ends: list[int]
    words: list[str]
    flags: list[int]
    capitals: bool  # False where a whole note is written small, or in capitals: then they tell nothing
    lexicon: Lexicon
    gaps: list[str]
    caps: list[bool]
    probes: dict[int, Any] = field(default_factory=dict)  # what stands before a token, worked out by `cues`

    def upper(self, at: int) -> bool:
        """Whether the word is of two letters or more, all capitals."""
        return self.caps[at] and self.ends[at] - self.starts[at] > 1 and self.text.plain[self.starts[at] : self.ends[at]].isupper()

    def opens(self, at: int) -> bool:
        """Whether the word begins a sentence or a line, where everything has a capital."""
        before = self.text.low[max(0, self.starts[at] - 12) : self.starts[at]].rstrip(" '-")
        if not before:
            return self.starts[at] <= 12 or bool(self.text.low[: self.starts[at]].strip() == "")
        last = before[-1]
        if last == "." and at and self._abbreviated(at - 1):
            return False
        if last == "\n" and at and self.broken_line(at):
            return False
        return last in _STARTS

    def broken_line(self, at: int) -> bool:
        """Whether the line before this word was broken for its length: it is long, and no mark ends a sentence there."""
        low, end = self.text.low, self.ends[at - 1]
        return self.gaps[at].strip(" ") in ("\n", ",\n") and end - (low.rfind("\n", 0, end) + 1) >= _WRAPPED

    def opens_line(self, start: int) -> bool:
        """Whether nothing but spaces stands between `start` and the beginning of its line or sentence."""
        before = self.text.low[max(0, start - 6) : max(0, start)].rstrip(" ")
        return not before or before[-1] in '\n.!?>"'

    def _abbreviated(self, at: int) -> bool:
        return bool(self.flags[at] & Is.TITLE) or self.ends[at] - self.starts[at] == 1


def tokens(text: Folded, lexicon: Lexicon) -> Tokens:
    """The words of `text`."""
    low, seen = text.low, lexicon.seen
    spans = [match.span() for match in (_PLAIN if low.isascii() else _WORD).finditer(low)]
    if _GLUED.search(text.plain):
        spans = list(_parted(text.plain, low, spans, lexicon))
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    words = [low[start:end] for start, end in spans]
    flags = [seen[word] for word in words]
    _foreign(words, flags, lexicon)
    gaps = [low[before:start] for before, start in zip((0, *ends), starts, strict=False)]
    plain = text.plain
    caps = [plain[start] != low[start] for start in starts]
    return Tokens(text, starts, ends, words, flags, _telling(text), lexicon, gaps, caps)


_SPOKEN_SO_MUCH = 3
"""So many different words that only another language has make a reader take the text for partly written in it."""


_GLUED = re.compile("[a-z][A-Z][a-z]")


def _parted(plain: str, low: str, spans: list[tuple[int, int]], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """`heerJansen` is two words: a plain word or title, and a capital inside that begins another."""
    for start, end in spans:
        inside = _GLUED.search(plain, start, end)
        cut = inside.start() + 1 if inside else start
        if cut - start > 1 and lexicon.of(low[start:cut]) & (Is.TITLE | Is.RELATION | Is.FUNCTION):
            yield start, cut
            yield cut, end
        else:
            yield start, end


def _foreign(words: list[str], flags: list[int], lexicon: Lexicon) -> None:
    """Where the text is partly in English, Turkish, Polish, ...: its most used words are words there, and no names."""
    seen = set(words)
    for telling, often in lexicon.foreign:
        if len(telling & seen) >= _SPOKEN_SO_MUCH:
            for at, word in enumerate(words):
                if word in telling or word in often:
                    flags[at] = Is.WORD | Is.COMMON | Is.FUNCTION | (flags[at] & (Is.RELATION | Is.TITLE))


def _telling(text: Folded) -> bool:
    """Whether capitals are used as Dutch uses them: some, not nearly all. A text without any may be a note typed in haste."""
    sample = text.plain[:20_000]
    written = sample.encode("ascii", "ignore")
    letters = len(written) - len(written.translate(None, _LETTERS)) or 1
    upper = len(written) - len(written.translate(None, _CAPITALS))
    words = letters / 5.5
    return upper / letters < 0.5 and (upper >= 2 or words < 8 or (words < 25 and sample.lstrip()[:1].isupper())) and upper / words > 0.012

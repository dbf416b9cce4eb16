"""What was claimed of texts that were read already, kept small: a text is read again only where a name of somebody met since stands in it."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import ahocorasick

from redaction.claims import Claim
from redaction.folded import folded
from redaction.people import Somebody

_NOWHERE = 0
_PARTS = 3
"""Numbers for a claim: where it begins, where it ends, and which it is."""


@dataclass(frozen=True, slots=True)
class _Met:
    """The words of everybody known, each with the number of the last who bears it: whether a text speaks of somebody met since."""

    words: ahocorasick.Automaton
    known: int

    def names(self, text: str, since: int) -> bool:
        """Whether a word of somebody with the number `since` or a higher one stands in `text`; sooner yes than no."""
        read = folded(text)
        low, plain = read.low, read.plain
        return any(number >= since and _is_word(low, plain, end + 1 - length, end + 1) for end, (length, number) in self.words.iter(low))


def _is_word(low: str, plain: str, start: int, end: int) -> bool:
    """Whether `[start, end)` may be a token, or one with the -s of a genitive: two are also parted where a capital stands."""
    if start and low[start - 1].isalpha() and plain[start] == low[start]:
        return False
    behind = low[end : end + 2]
    return not behind[:1].isalpha() or plain[end] != low[end] or (behind[0] == "s" and not behind[1:].isalpha())


def _met(everybody: Sequence[Somebody]) -> _Met:
    words = ahocorasick.Automaton()
    for number, somebody in enumerate(everybody):
        for word in somebody.words:
            words.add_word(word, (len(word), number))
    words.make_automaton()
    return _Met(words, len(everybody))


@dataclass(slots=True)
class Kept:
    """The claims of texts by the text itself, with how many people were known when it was read.

    The same text said twice in a file is read once. A claim is kept as three numbers, for those of a hundred thousand notes fit in memory so.
    """

    held: dict[str, bytes] = field(default_factory=dict)
    cleared: dict[str, frozenset[str]] = field(default_factory=dict)  # the words that a reading cleared, where there were any
    sorts: list[Claim] = field(default_factory=list)  # every claim that was made, without its place
    numbers: dict[Claim, int] = field(default_factory=dict)
    met: _Met | None = None

    def keep(self, text: str, known: int, claims: Iterable[Claim], cleared: Collection[str]) -> None:
        """Keep what was claimed of `text` (in code points of it) while `known` people were known."""
        self.held[text] = self.packed(known, claims)
        if cleared:
            self.cleared[text] = frozenset(cleared)

    def packed(self, known: int, claims: Iterable[Claim]) -> bytes:
        """Claims as they are kept: each as three numbers, the last one of `sorts`."""
        packed = array("I", (known,))
        for claim in claims:
            packed.extend((claim.start, claim.end, self.number(claim._replace(start=_NOWHERE, end=_NOWHERE))))
        return packed.tobytes()

    def take(self, text: str, known: int, claims: bytes, numbers: Sequence[int], cleared: frozenset[str]) -> None:
        """Keep what another packed of `text`; `numbers` has our number for each of its sorts."""
        packed = array("I", claims)
        packed[0] = known
        for at in range(_PARTS, len(packed), _PARTS):
            packed[at] = numbers[packed[at]]
        self.held[text] = packed.tobytes()
        if cleared:
            self.cleared[text] = cleared

    def number(self, sort: Claim) -> int:
        """The number of a claim without its place."""
        if (number := self.numbers.get(sort)) is None:
            number = self.numbers[sort] = len(self.sorts)
            self.sorts.append(sort)
        return number

    def holds(self, text: str, known: int) -> bool:
        """Whether `text` was read with exactly so many people known."""
        packed = self.held.get(text)
        return packed is not None and array("I", packed)[0] == known

    def claims(self, text: str, everybody: Sequence[Somebody]) -> list[Claim] | None:
        """What was claimed of `text`, where that still holds now that `everybody` is known; None where it must be read."""
        packed = self.held.get(text)
        if packed is None:
            return None
        told = array("I", packed)
        if told[0] < len(everybody) and self._everybody(everybody).names(text, told[0]):
            return None
        return list(self._unpacked(told))

    def _everybody(self, known: Sequence[Somebody]) -> _Met:
        if self.met is None or self.met.known != len(known):
            self.met = _met(known)
        return self.met

    def _unpacked(self, told: Sequence[int]) -> Iterator[Claim]:
        sorts = self.sorts
        for at in range(1, len(told), _PARTS):
            yield sorts[told[at + 2]]._replace(start=told[at], end=told[at + 1])

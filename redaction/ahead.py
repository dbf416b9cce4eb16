"""The texts of a large request are read by several processes at once, each as if it were the first.

One reader alone reads them in their order, and knows in each whom it met before. What another process read of a text counts where
that would have been the same: nobody new is in it, and nobody met before it can be meant. Any other text is read again, in its turn.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import NamedTuple, TypeAlias

import ahocorasick

from config.hands import Hands
from config.person import Subject
from config.settings import Policy
from redaction.claims import Claim
from redaction.folded import folded
from redaction.kept import Kept
from redaction.people import Somebody
from redaction.reader import TextRedactor, text_redactor

BATCH = 500
"""So many texts go to a process at a time: what it gives back comes in while others are read."""

_FEW = 32
"""So many words of people met are looked for one by one; of more, a search for all of them is made."""


class Read(NamedTuple):
    """What was read of some texts: the claims of each as `Kept` keeps them (None where somebody new is in it), and what was cleared."""

    claims: Sequence[bytes | None]
    sorts: Sequence[Claim]
    cleared: Mapping[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Known:
    """All that a reader elsewhere must know; `mark` tells one from another."""

    mark: str
    subject: Subject
    policy: Policy
    met: tuple[Somebody, ...]


def read_ahead(reader: TextRedactor, subject: Subject, texts: Sequence[str], hands: Hands) -> None:
    """Learn from all texts, as `reader.learn` of one after the other does, with the help of other processes."""
    known = _Known(uuid.uuid4().hex, subject, reader.policy, tuple(reader.learnt.values()))
    since, different = _Since(len(reader.people.known)), dict.fromkeys(texts)
    elsewhere, before = _elsewhere(reader.kept, known, list(_batches(different)), hands), set[str]()
    for text in texts:
        again = text in before
        before.add(text)
        read = None if again else next(elsewhere)
        if since.may_name(text, reader) or (read is None and not again):
            reader.learn(text)
        elif read is not None:
            reader.kept.take(text, len(reader.people.known), *read)


_OneRead: TypeAlias = tuple[bytes, Sequence[int], frozenset[str]]
"""The claims of one text, our number for each sort of them, and what was cleared."""


def _elsewhere(kept: Kept, known: _Known, batches: Sequence[Sequence[str]], hands: Hands) -> Iterator[_OneRead | None]:
    """What others read of each text; None where somebody new is in it."""
    for read in hands.each(partial(_read, known), batches):
        numbers = [kept.number(sort) for sort in read.sorts]
        for place, claims in enumerate(read.claims):
            yield None if claims is None else (claims, numbers, read.cleared.get(place, frozenset()))


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(texts)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _read(known: _Known, texts: Sequence[str]) -> Read:
    """What is in texts that nobody read before."""
    reader, kept, made, cleared = _reader(known), Kept(), list[bytes | None](), dict[int, frozenset[str]]()
    for place, text in enumerate(texts):
        newcomers, claims, cleared_here = reader.first_read(text)
        made.append(None if newcomers else kept.packed(0, claims))
        if cleared_here and not newcomers:
            cleared[place] = frozenset(cleared_here)
    return Read(made, kept.sorts, cleared)


_READERS: dict[str, TextRedactor] = {}
"""The reader of this process, by the mark of what it knows: one, for a process that only reads does so for one request."""


def _reader(known: _Known) -> TextRedactor:
    if known.mark not in _READERS:
        made = text_redactor(known.subject, known.policy)
        made.meet(known.met)
        _READERS.clear()
        _READERS[known.mark] = made
    return _READERS[known.mark]


@dataclass(slots=True)
class _Since:
    """Those who were met since the reading began, by their words; `number` is of the first who was not looked at yet."""

    number: int
    few: list[str] = field(default_factory=list)
    many: ahocorasick.Automaton = field(default_factory=ahocorasick.Automaton)
    all: dict[str, None] = field(default_factory=dict)

    def may_name(self, text: str, reader: TextRedactor) -> bool:
        """Whether a word of any of them stands in `text`, also within another word: sooner yes than no."""
        self._look(reader.people.known)
        if not self.all:
            return False
        low = folded(text).low
        return any(word in low for word in self.few) or (len(self.many) > 0 and next(self.many.iter(low), None) is not None)

    def _look(self, everybody: Sequence[Somebody]) -> None:
        if self.number == len(everybody):
            return
        fresh = [word for somebody in everybody[self.number :] for word in sorted(somebody.words) if word not in self.all]
        self.number = len(everybody)
        self.all |= dict.fromkeys(fresh)
        self.few += fresh
        if len(self.few) > max(_FEW, len(self.many)):  # twice as many each time, so that nobody is added often
            self.many, self.few = _search(self.all), []


def _search(words: Iterable[str]) -> ahocorasick.Automaton:
    made = ahocorasick.Automaton()
    for word in words:
        made.add_word(word, word)
    made.make_automaton()
    return made

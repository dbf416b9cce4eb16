"""How well a redactor did: characters found of what is to be withheld, by category, variant, origin and role; and what it cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.redaction.notes import Note

Covered = Sequence[tuple[int, int]]


@dataclass
class Score:
    """Sums over notes. Characters are counted without white space."""

    wanted: int = 0
    found: int = 0
    covered: int = 0
    right: int = 0
    notes: int = 0
    clean: int = 0
    own: int = 0
    own_kept: int = 0
    by: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / max(1, self.wanted)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.covered)

    @property
    def leakless(self) -> float:
        return self.clean / max(1, self.notes)

    @property
    def kept(self) -> float:
        return self.own_kept / max(1, self.own)


def score(notes: Iterable[Note], covered: Iterable[Covered]) -> Score:
    """The score of what was `covered` of each note."""
    total = Score()
    for note, stretches in zip(notes, covered, strict=True):
        _one(total, note, stretches)
    return total


def _one(total: Score, note: Note, covered: Covered) -> None:
    hidden = bytearray(len(note.text))
    for start, end in covered:
        hidden[start:end] = b"\1" * (end - start)
    leak = False
    allowed = bytearray(len(note.text))
    for gold in note.gold:
        letters = [i for i in range(gold.start, gold.end) if not note.text[i].isspace()]
        if gold.withhold:
            allowed[gold.start : gold.end] = b"\1" * (gold.end - gold.start)
            found = sum(hidden[i] for i in letters)
            total.wanted, total.found = total.wanted + len(letters), total.found + found
            for key in (("category", gold.category), ("variant", note.variant), ("origin", gold.origin), ("role", gold.role)):
                total.by[key][0] += len(letters)
                total.by[key][1] += found
            if found < len(letters):
                leak = True
                total.missed.append(
                    f"{note.variant}|{gold.category}|{gold.role}: {note.text[max(0, gold.start - 40) : gold.start]}[[{note.text[gold.start : gold.end]}]]{note.text[gold.end : gold.end + 25]}".replace(
                        "\n", "⏎"
                    )
                )
        elif gold.own_name:
            total.own += 1
            total.own_kept += not any(hidden[i] for i in letters)
    _bridged(note, allowed)
    total.notes += 1
    total.clean += not leak
    for start, end in covered:
        letters = [i for i in range(start, end) if not note.text[i].isspace()]
        right = sum(allowed[i] for i in letters)
        total.covered, total.right = total.covered + len(letters), total.right + right
        if right < len(letters):
            total.wrong.append(
                f"{note.variant}: {note.text[max(0, start - 30) : start]}[[{note.text[start:end]}]]{note.text[end : end + 25]}".replace(
                    "\n", "⏎"
                )
            )


def _bridged(note: Note, allowed: bytearray) -> None:
    """A mark between two stretches to withhold, as in `Smit-Bakker`, is no error to cover."""
    for i in range(1, len(allowed) - 1):
        if not allowed[i] and allowed[i - 1] and allowed[i + 1] and not note.text[i].isalnum():
            allowed[i] = 1

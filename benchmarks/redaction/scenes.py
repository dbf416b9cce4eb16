"""Notes written by hand with slots for people, so that each can be read with any family, of any origin, in any way of typing.

`data/scenes_*.txt`: blocks after lines of `=== genre [variant]`; marks are those of templates.txt, and `[[keep|...]]`, `[[name|...]]`
for what is the same in every filling.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.redaction.notes import VARIANTS, Note, cast, filled, joined, subject_json, varied
from benchmarks.redaction.people import origins

DATA = Path(__file__).parent / "data"


def scenes(pattern: str = "scenes_*.txt", seed: int = 2026, times: int = 3) -> Iterator[Note]:
    """Each scene `times` times: as written by its head first, then with other people in other ways of typing."""
    chance = random.Random(seed)
    listed = sorted(origins())
    for genre, variant, body in _blocks(pattern):
        for time in range(times):
            origin = "nederlands" if not time and chance.random() < 0.5 else chance.choice(listed)
            how = variant if not time or variant != "plain" else chance.choice(VARIANTS)
            yield _note(chance, genre, body, origin, how)


def retyped(how: str, file: str, seed: int, origin: str = "", pattern: str = "scenes_*.txt") -> Iterator[Note]:
    """Each scene once, all typed in one way, with people of another file; of one origin where it is told."""
    chance = random.Random(seed)
    listed = [origin] if origin else sorted(origins(file))
    for genre, _, body in _blocks(pattern):
        yield _note(chance, genre, body, chance.choice(listed), how, file)


def _blocks(pattern: str) -> Iterator[tuple[str, str, str]]:
    """Each scene: its genre, how it is typed, and what it says."""
    for path in sorted(DATA.glob(pattern)):
        for block in path.read_text(encoding="utf-8").split("\n===")[1:]:
            head, _, body = block.partition("\n")
            genre, variant = ([*head.split(), "plain"])[:2]
            yield genre, variant, body.strip("\n")


def _note(chance: random.Random, genre: str, body: str, origin: str, how: str, file: str = "people.yaml") -> Note:
    people = cast(chance, origin, "m" if genre.endswith("-m") else "f", file)
    text, gold = joined(varied(chance, list(filled(chance, body, people)), how))
    return Note(text, gold, subject_json(people), how, origin, genre)

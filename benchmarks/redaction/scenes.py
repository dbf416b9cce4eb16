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
    for path in sorted(DATA.glob(pattern)):
        for block in path.read_text(encoding="utf-8").split("\n===")[1:]:
            head, _, body = block.partition("\n")
            genre, variant = ([*head.split(), "plain"])[:2]
            for time in range(times):
                origin = "nederlands" if not time and chance.random() < 0.5 else chance.choice(listed)
                how = variant if not time or variant != "plain" else chance.choice(VARIANTS)
                people = cast(chance, origin, "m" if genre.endswith("-m") else "f")
                text, gold = joined(varied(chance, list(filled(chance, body.strip("\n"), people)), how))
                yield Note(text, gold, subject_json(people), how, origin, genre)

"""Passphrases for residents: five plain Dutch words, drawn by chance, with 61 bits of surprise."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path
from random import Random

WORDS = 5
LONGEST = 32
"""Characters: Poppler's programs (`pdftotext -upw`) cut a password there, and then say it is wrong."""


@cache
def word_list() -> tuple[str, ...]:
    """The 7,776 words of `words.txt`."""
    return tuple((Path(__file__).parent / "words.txt").read_text(encoding="ascii").split())


def passphrase(random: Random | None = None) -> str:
    """Five words joined by dashes, of at most 32 characters together. `random` is the system's own source of chance unless given.

    One draw in eight is short enough, so 3.1 of the 64.6 bits of 5 x log2(7776) go.
    """
    chance = random or secrets.SystemRandom()
    while len(drawn := "-".join(chance.choice(word_list()) for _ in range(WORDS))) > LONGEST:
        pass
    return drawn

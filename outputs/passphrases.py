"""Passphrases for residents: five plain Dutch words, drawn by chance, with 64 bits of surprise."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path
from random import Random

WORDS = 5


@cache
def word_list() -> tuple[str, ...]:
    """The 7,776 words of `words.txt`."""
    return tuple((Path(__file__).parent / "words.txt").read_text(encoding="ascii").split())


def passphrase(random: Random | None = None) -> str:
    """Five words joined by dashes: 5 x log2(7776) = 64.6 bits. `random` is the system's own source of chance unless given."""
    chance = random or secrets.SystemRandom()
    return "-".join(chance.choice(word_list()) for _ in range(WORDS))

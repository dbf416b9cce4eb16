"""Three million given names of the whole world, as a Bloom filter: too many to hold as words, and only asked of words known to nothing else.

Of a hundred slips of the pen about one or two are a rare name by chance; of words that are not in the filter, none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

BITS = 1 << 25
PROBES = 7
SHORTEST = 4
"""Shorter words are too often an abbreviation."""


def probes(word: str) -> list[int]:
    """The bits of a word: two halves of one hash, the second added again and again (Kirsch and Mitzenmacher, 2006)."""
    digest = hashlib.blake2b(word.encode(), digest_size=16).digest()
    first, step = int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little") | 1
    return [(first + step * n) % BITS for n in range(PROBES)]


def built(names: Iterable[str]) -> bytes:
    """The filter over `names`, of BITS bits."""
    held = bytearray(BITS // 8)
    for name in names:
        for bit in probes(name):
            held[bit >> 3] |= 1 << (bit & 7)
    return bytes(held)


@cache
def _filter() -> bytes:
    return (files("redaction") / "data" / "rare_given.bloom").read_bytes()


def is_rare_name(word: str) -> bool:
    """Whether `word` (folded) is a given name somewhere in the world; asked only of what is no word and no common name."""
    if not SHORTEST <= len(word) <= 20:
        return False
    held = _filter()
    return all(held[bit >> 3] >> (bit & 7) & 1 for bit in probes(word))

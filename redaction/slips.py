"""Slips of the pen in plain words: what only looks like a name because somebody typed in haste."""

from __future__ import annotations

from functools import lru_cache

from redaction.lexicon import Is, lexicon

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 6
"""In shorter words one other letter makes too many words."""
_LONG = 9
"""Up to here only a slip in one of the most used words counts."""


def is_slip(word: str) -> bool:
    """Whether one letter more, less, other or two swapped make `word` (folded, of no list) a plain Dutch word.

    >>> is_slip("ingeschakedl"), is_slip("guenoun")
    (True, False)
    """
    return len(word) >= SHORTEST and _slip(word)


@lru_cache(maxsize=4096)
def _slip(word: str) -> bool:
    table, wanted = lexicon().table, Is.WORD if len(word) > _LONG else Is.COMMON
    return any(table.get(form, 0) & wanted for form in _near(word))


def _near(word: str) -> set[str]:
    cuts = [(word[:at], word[at:]) for at in range(1, len(word) + 1)]
    return (
        {head + tail[1:] for head, tail in cuts if tail}
        | {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
        | {head + letter + tail[1:] for head, tail in cuts if tail for letter in _LETTERS}
        | {head + letter + tail for head, tail in cuts for letter in _LETTERS}
    )

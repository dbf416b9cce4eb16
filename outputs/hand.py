"""What every dossier needs and no resident changes, for who will write many: read before the first is written."""

from __future__ import annotations

from outputs.glyphs import BOLD, FALLBACK, SANS, glyphs
from outputs.passphrases import word_list
from outputs.texts import tables


def at_hand() -> None:
    """Read the fonts, the words of the house in each language, and the words of passphrases; each is read once in a process."""
    for font in (SANS, BOLD, FALLBACK):
        glyphs(font)
    tables()
    word_list()

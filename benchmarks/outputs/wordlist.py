"""How `outputs/words.txt` came about: 7,776 plain Dutch words of 4 to 8 letters, the best known first.

The words are those of OpenTaal (Debian package `wdutch`, BSD or CC-BY 3.0: see `words_licence.txt`), without what is also
written with a capital (first names, places), what English knows far better, and what begins as a line of
`words_left_out.txt`. `wordfreq` puts the best known first. To make it again:

    python -m benchmarks.outputs.wordlist /usr/share/dict/dutch > outputs/words.txt
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from wordfreq import zipf_frequency

COUNT = 7776
"""Five throws of a die, as in Diceware: five words out of so many are 64.6 bits."""

FOREIGN = 1.0
"""A word ten times as frequent in English as in Dutch is taken for English."""

_SHAPE = re.compile(r"[a-z]{4,8}")


def derive(dictionary: Path) -> tuple[str, ...]:
    """The words for passphrases out of a word list with one word a line."""
    known = set(dictionary.read_text(encoding="utf-8").split("\n"))
    capitals = {word.lower() for word in known if word[:1].isupper()}
    unwanted = _beginnings()
    fit = (w for w in known if _SHAPE.fullmatch(w) and w not in capitals and not w.startswith(unwanted) and not _foreign(w))
    return tuple(sorted(sorted(fit), key=lambda word: -zipf_frequency(word, "nl"))[:COUNT])


def _foreign(word: str) -> bool:
    return zipf_frequency(word, "en") > zipf_frequency(word, "nl") + FOREIGN


def _beginnings() -> tuple[str, ...]:
    lines = (Path(__file__).parent / "words_left_out.txt").read_text(encoding="utf-8").split("\n")
    return tuple(line for line in lines if line and not line.startswith("#"))


if __name__ == "__main__":
    sys.stdout.write("\n".join(derive(Path(sys.argv[1]))) + "\n")

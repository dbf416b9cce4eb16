"""Notes written by hand, with what is to be withheld and kept marked in them.

`data/*.txt`: blocks between lines of `===`; the head of a block names the subject of `data/subjects.json`. Marks: `[[name|...]]` (or
`phone`, `bsn`, `address`, ...) is to be withheld, `[[own|...]]` is the requester's own name, `[[keep|...]]` is to stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.redaction.notes import Gold, Note

DATA = Path(__file__).parent / "data"
_MARK = re.compile(r"\[\[(\w+)\|(.*?)\]\]", re.DOTALL)


def byhand(pattern: str = "notes_*.txt") -> Iterator[Note]:
    """All notes of the files that fit, in order."""
    subjects = json.loads((DATA / "subjects.json").read_text(encoding="utf-8"))
    for path in sorted(DATA.glob(pattern)):
        for block in path.read_text(encoding="utf-8").split("\n===")[1:]:
            head, _, body = block.partition("\n")
            subject, variant = ([*head.split(), "plain"])[:2]
            yield _note(body.strip("\n"), subjects[subject], variant, subject)


def _note(marked: str, subject: dict[str, object], variant: str, name: str) -> Note:
    text, gold, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        kind, inner = match.groups()
        withhold = kind not in ("own", "keep")
        category = "name" if kind == "own" else kind
        gold.append(Gold(len(text), len(text) + len(inner), category, withhold, "third" if withhold else "subject", kind == "own", name))
        text += inner
        at = match.end()
    return Note(text + marked[at:], tuple(gold), subject, variant, name)

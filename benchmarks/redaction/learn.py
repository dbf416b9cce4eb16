"""How the weights of `redaction/data/doubt_*.txt` came about: by logistic regression over all scenes, in small letters and as they should be.

    python -m benchmarks.redaction.learn            writes the weights anew
    python -m benchmarks.redaction.learn --check    what they are worth: the scenes in five parts, each weighed by what the others taught

The people are those of `data/people.yaml` and, so that a word alone never tells, those of `data/people_words.yaml`, whose names are words.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

import redaction
from benchmarks.redaction.notes import Note
from benchmarks.redaction.scenes import retyped
from config.load import load_policy
from redaction import doubt
from redaction.claims import outermost
from redaction.folded import folded
from redaction.lexicon import lexicon
from redaction.reader import TextRedactor
from redaction.reading import Reading, taken_by
from redaction.tokens import tokens

POLICY = Path(__file__).parents[2] / "config" / "demo"
WRITTEN = Path(doubt.__file__).parent / "data"
_PEOPLE = (("people.yaml", ""), ("people_words.yaml", ""), ("people_words.yaml", "woorden"))
_SEEDS = (7, 8)
_TAUGHT = "scenes_[f-su].txt"
"""The scenes that were looked at; what was never looked at (t) stays a measure."""
_RARE, _STIFF, _FINE = 8, 2.0, 0.1
"""What is met more seldom teaches nothing; how little a weight may grow without proof; the step to which weights are rounded."""
_PARTS = 5


class Lesson(NamedTuple):
    """One word of a note: what is weighed of it, whether it is a name, and the scene it is from."""

    told: tuple[str, ...]
    is_name: bool
    scene: int
    telling: bool


def main() -> None:
    """Learn, and write or check."""
    every = [lesson for how in ("lower", "plain") for people in _PEOPLE for seed in _SEEDS for lesson in _lessons(how, *people, seed)]
    for capitals in (False, True):
        lessons = [lesson for lesson in every if lesson.telling is capitals]
        print(f"{doubt.file_of(capitals)}: {len(lessons)} words, {sum(lesson.is_name for lesson in lessons)} of them names")
        if "--check" in sys.argv:
            _check(lessons)
        else:
            weights = _learnt(lessons)
            written = "".join(f"{name} {weights[name]:.1f}\n" for name in sorted(weights))
            (WRITTEN / doubt.file_of(capitals)).write_text(written, encoding="utf-8")


def _lessons(how: str, file: str, origin: str, seed: int) -> Iterator[Lesson]:
    policy = load_policy(POLICY)
    for scene, note in enumerate(retyped(how, file, seed, origin, _TAUGHT)):
        yield from _of_note(redaction.reader(note.subject, policy), note, scene)


def _of_note(reader: TextRedactor, note: Note, scene: int) -> Iterator[Lesson]:
    """The words of one note that nothing else found, each as it is weighed in the first round."""
    read = folded(note.text)
    tok = tokens(read, lexicon())
    if tok.capitals is not (note.variant == "plain"):
        return
    reading = Reading(tok, reader.people, taken_by(tok, outermost(reader.form.claims(tok))))
    near = doubt.around(tok, reader.named(reading))
    for at, first in doubt.listed(reading, near.names):
        is_name = _is_name(note, *read.back(tok.starts[at], tok.ends[at]))
        if is_name is not None:
            yield Lesson(tuple(doubt.told(tok, first, at, near)), is_name, scene, doubt.telling(tok, at))


def _is_name(note: Note, start: int, end: int) -> bool | None:
    """Whether a name to withhold stands there; None where something else does that tells nothing of names."""
    here = [gold for gold in note.gold if gold.start < end and start < gold.end and gold.category not in ("trap", "keep")]
    if not here:
        return False
    return True if here[0].withhold and here[0].category == "name" else None


def _learnt(lessons: Sequence[Lesson]) -> dict[str, float]:
    """The weight of all that was met often enough, `always` among them, by Newton's method with a ridge."""
    met = Counter(one for lesson in lessons for one in lesson.told)
    order = {one: n for n, one in enumerate(sorted(one for one, times in met.items() if times >= _RARE))}
    x = np.zeros((len(lessons), len(order) + 1))
    x[:, -1] = 1
    for row, lesson in enumerate(lessons):
        x[row, [order[one] for one in lesson.told if one in order]] = 1
    weights = _fitted(x, np.array([lesson.is_name for lesson in lessons], float))
    rounded = {one: round(weights[n] / _FINE) * _FINE for one, n in order.items()}
    return {one: w for one, w in rounded.items() if abs(w) > _FINE / 2} | {"always": float(weights[-1])}


def _fitted(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    stiff = np.r_[np.full(x.shape[1] - 1, _STIFF), 1e-6]
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (chance - y) + stiff * weights
        step = np.linalg.solve((x * (chance * (1 - chance))[:, None]).T @ x + np.diag(stiff), slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def _check(lessons: Sequence[Lesson]) -> None:
    """How many names, and how many other words, weigh more than so much, where neither scene nor filling was learnt from."""
    heavy: list[tuple[float, bool]] = []
    for part in range(_PARTS):
        weights = _learnt([lesson for lesson in lessons if lesson.scene % _PARTS != part])
        for lesson in lessons:
            if lesson.scene % _PARTS == part:
                heavy.append((weights["always"] + sum(weights.get(one, 0.0) for one in lesson.told), lesson.is_name))
    every = sum(is_name for _, is_name in heavy)
    for least in (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5):
        right = sum(is_name for weighs, is_name in heavy if weighs > least)
        wrong = sum(not is_name for weighs, is_name in heavy if weighs > least)
        print(f"over {least:4.1f}: {right / every:.2f} of the names, {wrong / len(heavy) * 1000:.1f} of 1,000 words weighed that are none")


if __name__ == "__main__":
    main()

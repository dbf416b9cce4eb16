"""`python -m benchmarks.redaction [--count N] [--seed N] [--hand] [--misses]`: the table of how well notes are redacted, and how fast."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import redaction
from benchmarks.redaction.byhand import byhand
from benchmarks.redaction.comparators import comparators
from benchmarks.redaction.notes import Note, notes
from benchmarks.redaction.scenes import scenes
from benchmarks.redaction.score import Covered, Score, score
from config.load import load_policy
from config.redacted import Action

POLICY = Path(__file__).parents[2] / "config" / "demo"


def ours() -> Callable[[Note], Covered]:
    """Inzage itself, a new reader for each note."""
    policy = load_policy(POLICY)

    def covered(note: Note) -> Covered:
        spans = redaction.reader(note.subject, policy).spans(note.text)
        return [(s.start, s.end) for s in spans if s.action is not Action.KEEP]

    return covered


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--count", type=int, default=400)
    asked.add_argument("--seed", type=int, default=2026)
    asked.add_argument("--only", default="", help="only this file of notes, such as scenes_h or notes_a")
    asked.add_argument("--times", type=int, default=3, help="how often each scene is filled")
    asked.add_argument("--misses", type=int, default=0, help="show so many of what was missed and what was covered for nothing")
    told = asked.parse_args()
    sets = _sets(told.only, told.seed, told.count, told.times)
    for name, listed in sets.items():
        print(f"\n{name}: {len(listed)} notes, {sum(len(n.text) for n in listed):,} characters")
        print(f"{'system':22} recall  precision  without leak  own name kept  M chars/CPU-s")
        for system, redactor in {"inzage": ours(), **comparators()}.items():
            begun = time.process_time()
            made = score(listed, redactor)
            print(_row(system, made, time.process_time() - begun, sum(len(n.text) for n in listed)))
            if system == "inzage":
                _details(made, told.misses)


def _sets(only: str, seed: int, count: int, times: int) -> dict[str, list[Note]]:
    if only.startswith("notes"):
        return {only: list(byhand(f"{only}.txt"))}
    if only:
        return {only: list(scenes(f"{only}.txt", seed, times))}
    return {"by hand": list(byhand()), "scenes": list(scenes(seed=seed, times=times)), "templates": list(notes(seed, count))}


def _row(system: str, made: Score, seconds: float, characters: int) -> str:
    return f"{system:22} {made.recall:6.3f}  {made.precision:9.3f}  {made.leakless:12.1%}  {made.kept:13.3f}  {characters / seconds / 1e6:13.2f}"


def _details(made: Score, misses: int) -> None:
    for kind in ("category", "variant", "origin", "role"):
        told = ", ".join(
            f"{key[1] or '-'} {found / wanted:.3f}" for key, (wanted, found) in sorted(made.by.items()) if key[0] == kind and wanted
        )
        print(f"    {kind:9} {told}")
    for title, listed in (("missed", made.missed), ("covered for nothing", made.wrong)):
        if misses:
            print(f"  -- {title} ({len(listed)})")
            print("\n".join(f"     {line}" for line in listed[:misses]))


if __name__ == "__main__":
    main()

"""`python -m benchmarks.redaction [--only FILE] [--peers] [--misses N]`: how well notes are redacted, by what, and how fast."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import redaction
from benchmarks.redaction import comparators
from benchmarks.redaction.byhand import byhand
from benchmarks.redaction.notes import Note, notes
from benchmarks.redaction.scenes import scenes
from benchmarks.redaction.score import Covered, Score, score
from config.load import load_policy
from config.redacted import Action

POLICY = Path(__file__).parents[2] / "config" / "demo"


def ours(listed: list[Note]) -> tuple[list[Covered], float, int]:
    """What Inzage withholds of each note, its CPU seconds without start-up, and how many items a person would have to decide."""
    policy = load_policy(POLICY)
    readers = [redaction.reader(note.subject, policy) for note in listed]
    begun = time.process_time()
    found = [reader.spans(note.text) for reader, note in zip(readers, listed, strict=True)]
    seconds = time.process_time() - begun
    asked = sum(span.action is Action.REVIEW for spans in found for span in spans)
    return [[(s.start, s.end) for s in spans if s.action is not Action.KEEP] for spans in found], seconds, asked


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--count", type=int, default=400)
    asked.add_argument("--seed", type=int, default=2026)
    asked.add_argument("--only", default="", help="only this file of notes, such as scenes_i or notes_a")
    asked.add_argument("--times", type=int, default=3, help="how often each scene is filled")
    asked.add_argument("--misses", type=int, default=0, help="show so many of what was missed and what was covered for nothing")
    asked.add_argument("--peers", action="store_true", help="deduce and Presidio too; installs them in an environment of their own")
    told = asked.parse_args()
    python = comparators.environment() if told.peers else None
    if told.peers and python is None:
        print("deduce and presidio cannot be installed here: they are not measured")
    for name, listed in _sets(told.only, told.seed, told.count, told.times).items():
        _table(name, listed, told.misses, python)


def _sets(only: str, seed: int, count: int, times: int) -> dict[str, list[Note]]:
    if only.startswith("notes"):
        return {only: list(byhand(f"{only}.txt"))}
    if only:
        return {only: list(scenes(f"{only}.txt", seed, times))}
    return {"by hand": list(byhand()), "scenes": list(scenes(seed=seed, times=times)), "templates": list(notes(seed, count))}


def _table(name: str, listed: list[Note], misses: int, python: Path | None) -> None:
    characters = sum(len(note.text) for note in listed)
    print(f"\n{name}: {len(listed)} notes, {characters:,} characters")
    print(f"{'system':22} recall  precision  without leak  own name kept  M chars/CPU-s")
    covered, seconds, asked = ours(listed)
    made = score(listed, covered)
    print(_row("inzage", made, seconds, characters))
    print(f"    to decide {asked / sum(len(note.text.split()) for note in listed) * 1000:.1f} items per 1,000 words")
    _details(made, misses)
    for peer in comparators.PEERS if python else ():
        theirs = comparators.measured(python, peer, listed) if python else None
        print(f"{peer:22} does not run here" if theirs is None else _row(peer, score(listed, theirs.covered), theirs.seconds, characters))
        if theirs is not None and theirs.note:
            print(f"    ({theirs.note})")


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

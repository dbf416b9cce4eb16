"""`make bench` (`python -m benchmarks [--quick] [--out DIR] [PART ...]`): every measurement in one report, as Markdown and as JSON.

Without a part all of them run, the long ones last; `--quick` makes each small. Measured, never asserted: a part that cannot run says
why, and the others go on. Each figure comes from a process of its own.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.parts import PARTS
from benchmarks.report import CannotRun, Report, timed


def main() -> None:
    """Run what is asked for, print it as it comes, and write it after every part."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all where none is named")
    asked.add_argument("--quick", action="store_true", help="small sizes: for a machine that is busy, or to see that all of it runs")
    asked.add_argument("--without", default="", help="parts to leave out, with commas")
    asked.add_argument("--out", type=Path, default=Path(), help="the folder of bench.md and bench.json")
    told = asked.parse_args()
    if unknown := {*told.parts, *filter(None, told.without.split(","))} - set(PARTS):
        asked.error(f"there is no part {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    wanted = [name for name in PARTS if name in (told.parts or PARTS) and name not in told.without.split(",")]
    report = Report(told.out)
    report.begin(told.quick)
    for name in wanted:
        run(report, name, told.quick)


def run(report: Report, name: str, quick: bool) -> None:
    """One part: measured and told, or why it could not be."""
    title, part = PARTS[name]
    begun = timed()
    report.say(f"## {title}")
    try:
        measured = part(report, quick)
    except CannotRun as why:
        measured = {"could not run": str(why)}
        report.say(f"**Could not run here.** {why}")
    report.keep(name, measured, timed() - begun)


if __name__ == "__main__":
    main()

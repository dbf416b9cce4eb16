"""`python -m benchmarks.house`: the figures as a table, beside the models; `--picture` draws docs/architecture.md anew."""

from __future__ import annotations

import sys

from benchmarks.house import figures
from benchmarks.house.picture import redraw

MODELS = {"functions": "4 to 8 in the median, 95 % under 30", "modules": "about 120 in the median"}


def main() -> None:
    """Print the table, or draw the picture."""
    if "--picture" in sys.argv:
        redraw()
        return
    print("| lines of | how many | median | 95 % at most | longest | the models |\n|---|---|---|---|---|---|")
    for name, of in (("functions", figures.function_lengths()), ("modules", figures.module_lengths())):
        print(f"| {name} | {of.count} | {of.median:g} | {of.most} | {of.longest} | {MODELS[name]} |")
    print(f"\nExceptions to lint or types without a reason: {len(figures.unexplained())}.")
    print(f"Replaced parts per hundred tests: {figures.mocks_in_a_hundred_tests():.1f} (the models: under 5).")


if __name__ == "__main__":
    main()

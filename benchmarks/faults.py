"""`python -m benchmarks.faults [STEP|STEP:FAULT ...]`: the fault matrix, with the seconds until the request went on by itself.

Each step has a site of its own; all steps at once, so that what is measured is the recovery of a machine that is busy.
"""

from __future__ import annotations

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import mkdtemp

from tests.flows.faults import FAULTS, STEPS, disturbed, site


def main() -> None:
    """Fill every cell and print the matrix as Markdown. Steps as arguments: those rows alone, and `STEP:FAULT` one cell."""
    folder = Path(mkdtemp(prefix="inzage-faults-"))
    folder.chmod(0o755)
    rows = {step: faults for step in STEPS if (faults := [f for f in FAULTS if _wanted(step, f)])}
    print("| step | " + " | ".join(FAULTS) + " |\n|---" + "|---" * len(FAULTS) + "|")
    with ThreadPoolExecutor(len(rows)) as threads:
        for step, told in zip(rows, threads.map(lambda step: row(folder / step, step, rows[step]), rows), strict=True):
            print(f"| {step} | " + " | ".join(told.get(fault, "") for fault in FAULTS) + " |", flush=True)
    shutil.rmtree(folder, ignore_errors=True)


def _wanted(step: str, fault: str) -> bool:
    return not sys.argv[1:] or step in sys.argv[1:] or f"{step}:{fault}" in sys.argv[1:]


def row(folder: Path, step: str, faults: list[str]) -> dict[str, str]:
    """What came of each fault at one step, one after another on one site: the seconds, or why it failed. Told on stderr as it happens."""
    told = {}
    with site(folder) as made:
        for fault in faults:
            try:
                told[fault] = f"{disturbed(made, step, fault):.0f} s"
            except AssertionError as error:
                told[fault] = f"failed: {str(error).splitlines()[0]}"
            print(f"{step} / {fault}: {told[fault]}", file=sys.stderr, flush=True)
    return told


if __name__ == "__main__":
    main()

"""`python -m benchmarks.faults [STEP|STEP:FAULT ...]`: the fault matrix, with the seconds until the request went on by itself."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import mkdtemp

from tests.flows.faults import FAULTS, STEPS, disturbed, site


def main() -> None:
    """Fill every cell and print the matrix as Markdown. Steps as arguments: those rows alone, and `STEP:FAULT` one cell."""
    folder = Path(mkdtemp(prefix="inzage-faults-"))
    folder.chmod(0o755)
    rows = {step: [f for f in FAULTS if _wanted(step, f)] for step in STEPS}
    print("| step | " + " | ".join(FAULTS) + " |\n|---" + "|---" * len(FAULTS) + "|")
    for step, faults in rows.items():
        if faults:
            told = row(folder / step, step, faults)
            print(f"| {step} | " + " | ".join(told.get(fault, "") for fault in FAULTS) + " |", flush=True)
    shutil.rmtree(folder)


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

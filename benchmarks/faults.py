"""`python -m benchmarks.faults`: the fault matrix, step by fault, with the seconds until the request went on by itself."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp

from tests.flows.faults import FAULTS, STEPS, disturbed, site


def main() -> None:
    """Fill every cell, each on the same running site, and print the matrix as Markdown."""
    folder = Path(mkdtemp(prefix="inzage-faults-"))
    folder.chmod(0o755)
    print("| step | " + " | ".join(FAULTS) + " |\n|---" + "|---" * len(FAULTS) + "|")
    for step in STEPS:
        cells = []
        for fault in FAULTS:
            with site(folder / f"{step}-{fault}".replace(" ", "-")) as made:
                cells.append(_cell(made, step, fault))
        print(f"| {step} | " + " | ".join(cells) + " |", flush=True)
    shutil.rmtree(folder)


def _cell(made: object, step: str, fault: str) -> str:
    try:
        return f"{disturbed(made, step, fault):.0f} s"  # type: ignore[arg-type]
    except AssertionError as error:
        return f"failed: {str(error).splitlines()[0]}"


if __name__ == "__main__":
    main()

"""Other redactors, measured side by side in an environment of their own; never part of the product (deduce is LGPL and GPL in parts).

`.peers/` beside this file holds it; the benchmark makes it once, and says so where that cannot be done.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.redaction.notes import Note
from benchmarks.redaction.score import Covered

HERE = Path(__file__).parent
PEERS = {"deduce": ("deduce", "3.0.6"), "presidio": ("presidio-analyzer", "2.2.366")}


@dataclass(frozen=True)
class Measured:
    """What one peer covered of each note, its CPU seconds without start-up, and what must be said of it."""

    covered: list[Covered]
    seconds: float
    note: str


def environment() -> Path | None:
    """The Python of the peers, installed where it is not there yet; None where that fails."""
    python = HERE / ".peers" / "bin" / "python"
    if not python.exists():
        venv.create(HERE / ".peers", with_pip=True)
    wanted = [f"{package}=={version}" for package, version in PEERS.values()]
    made = subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=False, capture_output=True)
    return python if made.returncode == 0 else None


def measured(python: Path, peer: str, listed: Sequence[Note]) -> Measured | None:
    """The peer over all notes, in a process of its own; None where it does not run here."""
    made = subprocess.run(
        [python, HERE / "peers.py", peer],
        input=json.dumps([note.text for note in listed]),
        check=False,
        capture_output=True,
        text=True,
    )
    if made.returncode:
        sys.stderr.write(made.stderr[-400:])
        return None
    told = json.loads(made.stdout.splitlines()[-1])  # a first run tells on stdout what it builds
    return Measured([[(start, end) for start, end in spans] for spans in told["spans"]], told["seconds"], told["note"])

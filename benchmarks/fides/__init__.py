"""Fides, a peer, in an environment of its own (`.peers/` beside this file): never part of the product."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path

HERE = Path(__file__).parent
VERSION = "2.78.2"


def environment() -> Path | None:
    """The Python that has Fides, installed where it is not there yet; None where that fails."""
    python = HERE / ".peers" / "bin" / "python"
    if not python.exists():
        venv.create(HERE / ".peers", with_pip=True)
    wanted = [f"ethyca-fides=={VERSION}", "setuptools<81"]  # it imports pkg_resources
    made = subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=False, capture_output=True)
    return python if made.returncode == 0 else None

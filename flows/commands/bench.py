"""`inzage bench`: the measurements of a checkout, printed as they come."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import click

from config.errors import UsageError
from flows.said import Said, says


@click.command()
@says
def bench() -> Said:
    """Measure the whole job by size and step, and the fan-out; only in a checkout of the source."""
    if find_spec("benchmarks") is None:
        raise UsageError(
            "inzage bench", "the measurements are not installed with the product", "Run `make bench` in a checkout of the source"
        )
    done = subprocess.run([sys.executable, "-m", "benchmarks"], capture_output=True, text=True, check=False)
    failure = "" if done.returncode == 0 else "inzage bench: a measurement stopped. Run `make bench` to see it."
    return Said({"report": done.stdout}, done.stdout.splitlines(), failure)

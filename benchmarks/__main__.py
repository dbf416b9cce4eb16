"""`make bench`: the whole job by number of rows and by step, and the fan-out over slow sources; printed as Markdown.

Measured, never asserted. Each size runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from importlib.metadata import version

import orjson

SIZES = (1_000, 10_000, 100_000)
PACKAGES = ("prefect", "pandas", "sqlalchemy", "reportlab", "openpyxl")


def main() -> None:
    """Run every measurement and print its table."""
    print(f"Python {platform.python_version()}, {platform.machine()}; " + ", ".join(f"{name} {version(name)}" for name in PACKAGES))
    _print_jobs([_measured("benchmarks.job", str(size)) for size in SIZES])
    _print_fanout(_measured("benchmarks.fanout"))


def _measured(module: str, *arguments: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", module, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{module}: stopped. {done.stderr[-1500:]}")
    measured: dict[str, float] = orjson.loads(done.stdout.splitlines()[-1])
    return measured


def _print_jobs(jobs: list[dict[str, float]]) -> None:
    steps = [name for name in jobs[0] if name not in ("rows", "peak MB")]
    print("\n| rows about one person | " + " | ".join(f"{name} (s)" for name in steps) + " | whole job (s) | peak memory (MB) |")
    print("|---" * (len(steps) + 3) + "|")
    for job in jobs:
        times = " | ".join(f"{job[name]:.2f}" for name in steps)
        print(f"| {job['rows']:,.0f} | {times} | {sum(job[name] for name in steps):.2f} | {job['peak MB']:.0f} |")


def _print_fanout(measured: dict[str, float]) -> None:
    print("\n| fan-out of 12 sources that answer in 1 s each | seconds | against the ideal of 1 s |\n|---|---|---|")
    print(f"| Prefect tasks in threads, server running | {measured['seconds']:.2f} | {measured['seconds'] / 1.0:.2f} x |")


if __name__ == "__main__":
    main()

"""The one report of all measurements: Markdown as it comes on stdout, and whole in `bench.md` and `bench.json` after every part."""

from __future__ import annotations

import math
import os
import platform
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

PACKAGES = ("prefect", "pandas", "sqlalchemy", "reportlab", "openpyxl", "psycopg", "cryptography")


class CannotRun(Exception):
    """A measurement that this machine cannot make, or that stopped; says why."""


@dataclass
class Report:
    """What was measured so far; `folder` is where it is written."""

    folder: Path
    lines: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)

    def begin(self, quick: bool) -> None:
        """The head: on what was measured, and how busy that was."""
        self.data["machine"] = {**machine(), "quick": quick}
        self.say("# Measurements")
        self.say("; ".join(f"{name} {value}" for name, value in self.data["machine"].items()))
        self.say("CPU seconds are of the work and hold on a machine with other guests; seconds on the clock do not.")

    def say(self, line: str) -> None:
        """One paragraph."""
        self.lines += [line, ""]
        print(f"{line}\n", flush=True)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """One table."""
        told = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
        self.say("\n".join([*told, *("| " + " | ".join(map(_cell, row)) + " |" for row in rows)]))

    def keep(self, name: str, measured: Any, seconds: float) -> None:
        """Keep what one part measured, and write all there is."""
        self.data[name] = {"measured": measured, "seconds": round(seconds, 1), "load": load()}
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "bench.md").write_text("\n".join(self.lines), encoding="utf-8")
        (self.folder / "bench.json").write_bytes(orjson.dumps(self.data, option=orjson.OPT_INDENT_2))


def _cell(value: object) -> str:
    return f"{value:,.2f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)


def machine() -> dict[str, Any]:
    """On what is measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    return {
        "measured": datetime.now(UTC).isoformat(timespec="minutes"),
        "Python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "GB": memory,
        "load": load(),
        **{name: version(name) for name in PACKAGES},
    }


def load() -> list[float]:
    """How many wanted a core in the last minute, five, and fifteen."""
    return [round(value, 1) for value in os.getloadavg()]


def output(module: str, *arguments: str) -> str:
    """What a measurement prints, in a process of its own so that its peak memory is its own. Raises CannotRun."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-W", "ignore", "-m", module, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise CannotRun(f"{module} {' '.join(arguments)}: {(done.stderr.strip().splitlines() or ['stopped'])[-1][:300]}")
    return done.stdout


def told(module: str, *arguments: str) -> dict[str, Any]:
    """The JSON line with which a measurement ends. Raises CannotRun."""
    measured: dict[str, Any] = orjson.loads(output(module, *arguments).splitlines()[-1])
    return measured


@dataclass(frozen=True)
class Slope:
    """How one quantity grows with another: the exponent (1.0 is linear), and how well a line on log-log paper fits (r², 1.0 is wholly)."""

    exponent: float
    fit: float

    def __str__(self) -> str:
        return f"{self.exponent:.2f} (r² {self.fit:.3f})"


def slope(points: Mapping[float, float]) -> Slope:
    """The least squares over the logarithms of all points.

    >>> str(slope({1: 3.0, 10: 30.0, 100: 300.0}))
    '1.00 (r² 1.000)'
    """
    xs, ys = [math.log(x) for x in points], [math.log(max(y, 1e-9)) for y in points.values()]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    sxx, syy = sum((x - mx) ** 2 for x in xs), sum((y - my) ** 2 for y in ys)
    sxy = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True))
    return Slope(sxy / sxx, sxy**2 / (sxx * syy) if syy else 1.0)


def timed() -> float:
    """A moment, to take another from."""
    return time.monotonic()

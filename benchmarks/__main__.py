"""`make bench` (`python -m benchmarks [PART ...]`): every measurement in one report, as Markdown on stdout and as JSON in `bench.json`.

Parts: beside fanout throughput growth flood faults redaction outputs connectors; without any, all but `flood` and `faults`, which take
half an hour each. Measured, never asserted. Each figure comes from a process of its own, so that its peak memory is its own, and
counts CPU seconds where the machine may have other guests. The JSON has what the tables have, with machine and versions.
"""

from __future__ import annotations

import math
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

SIZES = (1_000, 10_000, 100_000)
PACKAGES = ("prefect", "pandas", "sqlalchemy", "reportlab", "openpyxl", "psycopg")
JSON = Path("bench.json")
WAYS = (("inline", 40), ("batch flow", 100), ("one process a request", 6), ("two workers", 12))
LONG = ("flood", "faults")


def main() -> None:
    """Run every part that is asked for, print it as it comes, and write the JSON."""
    asked = sys.argv[1:] or [name for name in PARTS if name not in LONG]
    report: dict[str, Any] = {"machine": machine()}
    print("# Measurements\n")
    print("; ".join(f"{name} {value}" for name, value in report["machine"].items()))
    for name in asked:
        report[name] = PARTS[name]()
        JSON.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2))


def machine() -> dict[str, Any]:
    """On what it was measured, and how busy that was."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    versions = {name: version(name) for name in PACKAGES}
    load = [round(value, 1) for value in os.getloadavg()]
    return {
        "Python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "GB": memory,
        "load": load,
        **versions,
    }


def told(module: str, *arguments: str) -> dict[str, Any]:
    """The JSON line with which a measurement ends."""
    measured: dict[str, Any] = orjson.loads(_output(module, *arguments).splitlines()[-1])
    return measured


def _output(module: str, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-W", "ignore", "-m", module, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        sys.exit(f"{module}: stopped. {done.stderr[-1500:]}")
    return done.stdout


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table in Markdown."""
    print("\n| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(f"{cell:,.2f}" if isinstance(cell, float) else f"{cell}" for cell in row) + " |", flush=True)


def beside() -> list[dict[str, Any]]:
    """One request over the same tables of PostgreSQL: Inzage with everything on, and Fides without any of it."""
    steps = ("collect", "redact", "to dossier.json", "draft", "release")
    made, rows = [told("benchmarks.beside", str(size)) for size in SIZES], []
    for one in made:
        ours, theirs = one["inzage"], one["fides"]
        rows.append((f"{one['rows']:,}", "Inzage", *(ours[step] for step in steps), "", ours["peak MB"]))
        if theirs:
            ratios = ours["to dossier.json"] / theirs["cpu"], _whole(ours) / theirs["cpu"]
            compared = f"Inzage takes {ratios[0]:.1f} x to dossier.json, {ratios[1]:.1f} x with everything"
            rows.append((f"{one['rows']:,}", "Fides", "", "", theirs["cpu"], "", "", compared, theirs["peak"]))
    table(("rows", "CPU s, warm", *steps, "against Fides", "peak MB"), rows)
    return made


def _whole(ours: dict[str, float]) -> float:
    return sum(ours[step] for step in ("collect", "redact", "draft", "release"))


def growth() -> dict[str, Any]:
    """How time and memory grow with rows: the exponent between the smallest and the largest, 1.0 is linear."""
    small, large = (told("benchmarks.job", str(size)) for size in (2_000, 20_000))
    named = ("collect", "redact", "to dossier.json", "draft", "release", "peak MB")
    exponents = {name: math.log10(large[name] / small[name]) for name in named}
    table(("of 2,000 to 20,000 rows", *exponents), [("exponent", *exponents.values())])
    return {"jobs": [small, large], "exponents": exponents}


def fanout() -> dict[str, Any]:
    """Twelve sources that answer in one second each."""
    measured = told("benchmarks.fanout")
    table(("fan-out of 12 sources of 1 s", "seconds", "ideal"), [("Prefect tasks in threads, server running", measured["seconds"], 1.0)])
    return measured


def throughput() -> list[dict[str, Any]]:
    """Real small requests a minute, and who spent the CPU on them."""
    made = [told("benchmarks.throughput", way, str(count)) for way, count in WAYS]
    rows = []
    for one in made:
        count, spent = one["requests"], one["flow CPU"] + one["server CPU"]
        each = one["flow CPU"] / count, one["server CPU"] / count, spent / count
        rows.append((one["way"], count, 60 * count / one["wall"], *each, 60 * 2 * count / spent))
    table(
        ("way", "requests", "a minute, here", "CPU s in the flow, each", "in the server, each", "together", "a minute, two free cores"),
        rows,
    )
    return made


def flood() -> dict[str, Any]:
    """A thousand requests registered at once."""
    measured = told("benchmarks.flood")
    table(("a thousand at once", ""), list(measured.items()))
    return measured


def _printed(module: str, *arguments: str) -> Callable[[], dict[str, str]]:
    def run() -> dict[str, str]:
        text = _output(module, *arguments)
        print(f"\n## {module}\n\n{text}", flush=True)
        return {"report": text}

    return run


PARTS: dict[str, Callable[[], Any]] = {
    "beside": beside,
    "fanout": fanout,
    "throughput": throughput,
    "growth": growth,
    "flood": flood,
    "faults": _printed("benchmarks.faults"),
    "redaction": _printed("benchmarks.redaction", "--peers"),
    "outputs": _printed("benchmarks.outputs"),
    "connectors": _printed("benchmarks.connectors"),
}


if __name__ == "__main__":
    main()

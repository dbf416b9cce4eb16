"""`python -m benchmarks.outputs [--quick]`: pages and rows per CPU-second, side by side with peers in one run; printed as Markdown.

Measured, never asserted. Every figure is a process of its own, so that its peak memory is its own; the rows lie ready before
the clock starts.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version
from typing import Any

PAPER = (("ours", (2_000, 10_000, 20_000, 100_000)), ("bare", (2_000, 10_000, 20_000, 100_000)), ("weasyprint", (500, 2_000)))
BOOKS = (("sheets", (10_000, 100_000)), ("xlsxwriter", (10_000, 100_000)))
NAMES = {
    "ours": "dossier.pdf: tagged, contents, links, PDF/UA-1 + PDF/A-2a",
    "bare": "bare ReportLab canvas (the limit)",
    "weasyprint": "WeasyPrint, PDF/UA-1",
    "sheets": "gegevens.xlsx",
    "xlsxwriter": "bare XlsxWriter, constant memory",
}


def main() -> None:
    """Run every measurement and print its tables."""
    print(", ".join(f"{name} {version(name)}" for name in ("reportlab", "pikepdf", "weasyprint", "xlsxwriter")))
    print("\n| paper | rows | CPU s | pages | pages per CPU-second | files | MB | peak MB |\n|---|---|---|---|---|---|---|---|")
    for way, sizes in PAPER:
        for count in sizes[: 1 if "--quick" in sys.argv else None]:
            m = _measured(way, count)
            told = f"{m['seconds']:.1f} | {m['pages']:,} | {m['pages'] / m['seconds']:.0f} | {m['files']} | {m['MB']:.1f} | {m['peak']:.0f}"
            print(f"| {NAMES[way]} | {count:,} | {told} |", flush=True)
    print("\n| workbook | rows | CPU s | rows per CPU-second | MB | peak MB |\n|---|---|---|---|---|---|")
    for way, sizes in BOOKS:
        for count in sizes[: 1 if "--quick" in sys.argv else None]:
            m = _measured(way, count)
            told = f"{m['seconds']:.1f} | {count / m['seconds']:,.0f} | {m['MB']:.1f} | {m['peak']:.0f}"
            print(f"| {NAMES[way]} | {count:,} | {told} |", flush=True)


def _measured(way: str, count: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.outputs.ways", way, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{way}: stopped. {done.stderr[-1500:]}")
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


if __name__ == "__main__":
    main()

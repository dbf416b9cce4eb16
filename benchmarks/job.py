"""The whole job for N rows about one person, measured by step: CPU and clock, with its peak memory; one JSON line on stdout."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

import outputs
from benchmarks.gemeente import BSN, OTHER_BSN, build, build_on
from benchmarks.spent import peak
from config.codec import decode
from config.redacted import Redacted
from flows import steps
from flows.workplace import Workplace, workplace

_FORGET_PEAK = "5"
"""What Linux takes, written to clear_refs, for beginning the peak anew."""


def measure(rows: int, url: str = "") -> dict[str, Any]:
    """CPU seconds by step in a warm process and what it started, `clock` and `peaks` (MB, of this process) by step; `wall` of all.

    Over PostgreSQL at `url`, or a SQLite of its own. `to dossier.json` is collecting, redacting, and writing that one file; `draft`
    is all files with their leak check.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if url:
            build_on(Path(folder), url)
            _handled(workplace(), OTHER_BSN)
        else:
            build(Path(folder), rows)
        started = time.perf_counter()
        told = _handled(workplace(), BSN)
        wall = time.perf_counter() - started
    return {"rows": rows, **told, "wall": wall, "peak MB": max(told["peaks"].values())}


def _handled(work: Workplace, bsn: str) -> dict[str, Any]:
    number = work.register.new(bsn, date(2026, 11, 20), actor="bench").number
    steps.begin(work, number, "bench")
    spent = _Spent()
    spent.on("collect", lambda: [(steps.ask(work, number, leg), steps.gather(work, number)) for leg in steps.legs(work, number)])
    spent.on("redact", lambda: steps.redact(work, number))
    spent.on("dossier.json alone", lambda: _only_json(work, number))
    spent.on("draft", lambda: steps.draft(work, number, "bench"))
    for reviewer in ("een", "twee"):
        work.register.approve(number, reviewer, steps.draft_hash(work, number))
    spent.on("release", lambda: steps.release(work, number, "bench"))
    return {**_with_json(spent.cpu), "clock": _with_json(spent.clock), "peaks": spent.peaks}


def _with_json(seconds: dict[str, float]) -> dict[str, float]:
    return {**seconds, "to dossier.json": seconds["collect"] + seconds["redact"] + seconds["dossier.json alone"]}


def _only_json(work: Workplace, number: str) -> bytes:
    redacted = decode(work.vault.get(number, "redacted"), Redacted)
    return outputs.to_json(steps._dossier(work, number, redacted))


class _Spent:
    """What each step took."""

    def __init__(self) -> None:
        self.cpu, self.clock, self.peaks = dict[str, float](), dict[str, float](), dict[str, float]()

    def on(self, name: str, step: Callable[[], object]) -> None:
        """Do a step, and keep what it took."""
        Path("/proc/self/clear_refs").write_text(_FORGET_PEAK)
        cpu, clock = _cpu(), time.perf_counter()
        step()
        self.cpu[name], self.clock[name] = _cpu() - cpu, time.perf_counter() - clock
        self.peaks[name] = peak(os.getpid())


def _cpu() -> float:
    """CPU seconds of this process and of what it started and waited for."""
    return sum(os.times()[:4])


def main() -> None:
    """Measure what the arguments say."""
    print(orjson.dumps(measure(int(sys.argv[1]), *sys.argv[2:3])).decode())


if __name__ == "__main__":
    main()

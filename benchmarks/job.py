"""The whole job for N rows about one person, timed by step, with its peak memory; one JSON line on stdout."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from benchmarks.gemeente import BSN, build
from flows import steps
from flows.workplace import workplace


def measure(rows: int) -> dict[str, float]:
    """Seconds by step, and the peak resident memory of this process in MB."""
    with TemporaryDirectory() as folder:
        build(Path(folder), rows)
        work = workplace()
        number = work.register.new(BSN, date(2026, 11, 20), actor="bench").number
        steps.begin(work, number, "bench")
        measured = {
            "collect": _seconds(lambda: [(steps.ask(work, number, leg), steps.gather(work, number)) for leg in steps.legs(work, number)]),
            "redact": _seconds(lambda: steps.redact(work, number)),
            "draft": _seconds(lambda: steps.draft(work, number, "bench")),
        }
        for reviewer in ("een", "twee"):
            work.register.approve(number, reviewer, steps.draft_hash(work, number))
        measured["release"] = _seconds(lambda: steps.release(work, number, "bench"))
    return {"rows": rows, **measured, "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _seconds(step: Callable[[], object]) -> float:
    before = time.perf_counter()
    step()
    return time.perf_counter() - before


if __name__ == "__main__":
    print(orjson.dumps(measure(int(sys.argv[1]))).decode())

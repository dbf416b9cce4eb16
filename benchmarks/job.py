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

import outputs
from benchmarks.gemeente import BSN, OTHER_BSN, build, build_on
from config.codec import decode
from config.redacted import Redacted
from flows import steps
from flows.workplace import Workplace, workplace


def measure(rows: int, url: str = "") -> dict[str, float]:
    """CPU seconds by step in a warm process, and its peak resident memory in MB; over PostgreSQL at `url`, or a SQLite of its own.

    `to dossier.json` is collecting, redacting, and writing that one file; `draft` is all files with their leak check.
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
    return {"rows": rows, **told, "wall": wall, "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _handled(work: Workplace, bsn: str) -> dict[str, float]:
    number = work.register.new(bsn, date(2026, 11, 20), actor="bench").number
    steps.begin(work, number, "bench")
    measured = {
        "collect": _seconds(lambda: [(steps.ask(work, number, leg), steps.gather(work, number)) for leg in steps.legs(work, number)]),
        "redact": _seconds(lambda: steps.redact(work, number)),
    }
    measured["to dossier.json"] = sum(measured.values()) + _seconds(lambda: _only_json(work, number))
    measured["draft"] = _seconds(lambda: steps.draft(work, number, "bench"))
    for reviewer in ("een", "twee"):
        work.register.approve(number, reviewer, steps.draft_hash(work, number))
    measured["release"] = _seconds(lambda: steps.release(work, number, "bench"))
    return measured


def _only_json(work: Workplace, number: str) -> bytes:
    redacted = decode(work.vault.get(number, "redacted"), Redacted)
    return outputs.to_json(steps._dossier(work, number, redacted))


def _seconds(step: Callable[[], object]) -> float:
    before = time.process_time()
    step()
    return time.process_time() - before


if __name__ == "__main__":
    print(orjson.dumps(measure(int(sys.argv[1]), *sys.argv[2:3])).decode())

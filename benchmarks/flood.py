"""`python -m benchmarks.flood [COUNT]`: so many requests registered at once, handled by one sweep; one JSON line on stdout.

Besides five SQLite systems they ask a register over HTTP that counts how many ask it at the same moment; it allows two. One request
has an artefact in the vault that was damaged, so that its steps raise: it must stay behind alone.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from benchmarks.crowd import crowd
from benchmarks.spent import cpu, peak
from benchmarks.throughput import SWEEP
from flows import steps
from flows.workplace import workplace
from tests.flows.conftest import ROOT, Gemeente
from tests.flows.faults import PERSONEN
from tests.flows.plant import Plant, free_port
from tests.flows.slow_source import most_at_once

ANSWERS_IN = "0.05"
"""Seconds that the register over HTTP thinks: two at once are 2,400 questions a minute."""


def measure(count: int) -> dict[str, Any]:
    """Register, damage one, sweep, and look what came of it."""
    with TemporaryDirectory(ignore_cleanup_errors=True, prefix="inzage-flood-") as place:
        folder, port = Path(place), free_port()
        os.environ["PERSONEN_URL"] = f"http://127.0.0.1:{port}"
        begun = time.perf_counter()
        numbers = crowd(folder, count, PERSONEN)
        registered = time.perf_counter() - begun
        _damage(numbers[count // 2])
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
        plant = Plant(Gemeente(folder, environment))
        try:
            log = folder / "asked.log"
            plant.start("source", sys.executable, str(ROOT / "tests/flows/slow_source.py"), str(port), str(log), ANSWERS_IN)
            plant.start_server()
            told = _swept(plant)
            return {"requests": count, "registered in": registered, **told, **_standing(numbers), **_asked(log)}
        finally:
            plant.stop()


def _damage(number: str) -> None:
    work = workplace()
    steps.begin(work, number, "bench")
    (path,) = (Path(os.environ["INZAGE_HOME"]) / "vault" / number).glob("subject@*")
    path.write_bytes(path.read_bytes()[:-1] + b"\0")


def _swept(plant: Plant) -> dict[str, float]:
    server, start = plant.running["prefect"].pid, time.perf_counter()
    before, ours, most = cpu(server), 0.0, 0.0
    plant.start("sweep", sys.executable, "-c", SWEEP)
    process = plant.running["sweep"]
    while process.poll() is None:
        ours, most = max(ours, cpu(process.pid)), max(most, peak(process.pid))
        time.sleep(0.5)
    assert process.returncode == 0, plant.log("sweep")[-2000:]
    plant.running.pop("sweep")
    return {"wall": time.perf_counter() - start, "flow CPU": ours, "server CPU": cpu(server) - before, "peak MB of the flow": most}


def _standing(numbers: list[str]) -> dict[str, Any]:
    register = workplace().register
    states = {r.number: str(r.status) for r in register.all()}
    wanted = sorted((r.deadline, r.received, r.number) for r in register.all())
    begun = dict.fromkeys(e.number for e in register.audit.entries() if e.action == "lease taken")
    places = {number: place for place, number in enumerate(begun)}
    off = max(abs(places[number] - place) for place, (_, _, number) in enumerate(wanted))
    register.audit.verify()
    behind = sum(state == "collecting" for state in states.values())
    return {"in review": sum(s == "review" for s in states.values()), "left behind": behind, "most places out of turn": off}


def _asked(log: Path) -> dict[str, int]:
    return {"questions to the register": len(log.read_text().splitlines()), "most at once": most_at_once(log)}


if __name__ == "__main__":
    print(orjson.dumps(measure(int(sys.argv[1]) if sys.argv[1:] else 1000)).decode())

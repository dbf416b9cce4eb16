"""`python -m benchmarks.throughput WAY COUNT`: real small requests a minute, by the way they are started; one JSON line on stdout.

Five SQLite systems, twelve rows with notes each resident, real redaction, a whole draft with its leak check. Prefect's server is a
process of its own and warm. Wall time is what this machine gave; CPU seconds a request, by who spent them, say what two cores can do.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import orjson

from benchmarks.crowd import crowd
from benchmarks.spent import cpu
from tests.flows.conftest import Gemeente
from tests.flows.plant import Plant, free_port, until

SWEEP = """
from flows.engine import prepare
from flows.workplace import home
prepare(home(), quiet=True)
from flows.nightly import nightly_sweep
nightly_sweep()
"""
INLINE = """
import json, time
from collections import Counter
from flows.workplace import workplace
from flows import steps
spent = Counter()
def timed(what, step, *given):
    begun = time.process_time()
    made = step(*given)
    spent[what] += time.process_time() - begun
    return made
begun = time.process_time()
work = workplace()
numbers = sorted(r.number for r in work.register.all())
for place, number in enumerate(numbers):
    if place == 1:
        first = time.process_time() - begun
        spent.clear()
    timed("begin", steps.begin, work, number, "bench")
    legs = timed("begin", steps.legs, work, number)
    for stage in sorted({leg.stage for leg in legs}):
        for leg in legs:
            if leg.stage == stage:
                timed("ask", steps.ask, work, number, leg)
        timed("gather", steps.gather, work, number)
    timed("redact", steps.redact, work, number)
    timed("draft", steps.draft, work, number, "bench")
print(json.dumps({"first": first, **{what: seconds / (len(numbers) - 1) for what, seconds in spent.items()}}))
"""


def measure(way: str, count: int) -> dict[str, object]:
    """How long `count` requests took one `way`, and what they cost."""
    with TemporaryDirectory(ignore_cleanup_errors=True, prefix="inzage-bench-") as place:
        folder = Path(place)
        numbers = crowd(folder, count)
        kept = {k: v for k, v in os.environ.items() if k.startswith(("INZAGE_", "CROWD_"))}
        plant = Plant(Gemeente(folder, {**os.environ, **kept, "PYTHONDONTWRITEBYTECODE": ""}))
        try:
            if way != "inline":
                plant.start_server()
            return {"way": way, "requests": count, **WAYS[way](plant, numbers)}
        finally:
            plant.stop()


def _run(plant: Plant, *commands: list[str]) -> dict[str, float]:
    """Run commands one after another; wall, and the CPU seconds of them and of the server."""
    server = plant.running["prefect"].pid if "prefect" in plant.running else 0
    before, start, ours = cpu(server) if server else 0.0, time.perf_counter(), 0.0
    for command in commands:
        plant.start("command", sys.executable, *command)
        process = plant.running["command"]
        while process.poll() is None:
            ours = max(ours, cpu(process.pid)) if len(commands) == 1 else ours
            time.sleep(0.2)
        assert process.returncode == 0, plant.log("command")[-2000:]
        plant.running.pop("command")
    wall = time.perf_counter() - start
    return {"wall": wall, "server CPU": (cpu(server) - before) if server else 0.0, "flow CPU": ours}


def _one_by_one(plant: Plant, numbers: list[str]) -> dict[str, float]:
    """A process for each request, one after another, as the command line does."""
    before = os.times()
    told = _run(plant, *(["-m", "flows", "request", "run", number] for number in numbers))
    after = os.times()
    return {**told, "flow CPU": after.children_user + after.children_system - before.children_user - before.children_system}


def _sweep(plant: Plant, numbers: list[str]) -> dict[str, float]:
    """The batch flow."""
    return _run(plant, ["-c", SWEEP])


def _inline(plant: Plant, numbers: list[str]) -> dict[str, float]:
    """The steps alone, in one thread, without Prefect: what the rest is measured against. `first` is the first request of a process."""
    ran = _run(plant, ["-c", INLINE])
    return {**ran, **{f"CPU s, {what}": seconds for what, seconds in json.loads(plant.log("command").splitlines()[-1]).items()}}


def _dask(plant: Plant, numbers: list[str]) -> dict[str, float]:
    """Two workers whose runs compute on a Dask cluster that runs already: two processes of one thread each."""
    address = f"tcp://127.0.0.1:{free_port()}"
    plant.environment["INZAGE_DASK"] = address
    where = ["--host", "127.0.0.1", "--port", address.rpartition(":")[2], "--no-dashboard"]
    plant.start("scheduler", sys.executable, "-m", "distributed.cli.dask_scheduler", *where)
    cluster = ["--nthreads", "4", "--no-dashboard", "--no-nanny"]
    for name in ("dask one", "dask two"):
        plant.start(name, sys.executable, "-m", "distributed.cli.dask_worker", address, *cluster)
    return _workers(plant, numbers)


def _workers(plant: Plant, numbers: list[str]) -> dict[str, float]:
    """Two workers on one pool, each two runs at once; every run a process of its own."""
    for name in ("one", "two"):
        plant.start(name, sys.executable, "-m", "flows", "serve")
    with plant.client() as client:
        until(lambda: client.get("deployments/name/purge-expired/purge-expired").status_code == 200)
        until(lambda: len(_workers_online(client)) == 2)
        pids = {name: process.pid for name, process in plant.running.items()}
        before, start = {name: cpu(pid) for name, pid in pids.items()}, time.perf_counter()
        for number in numbers:
            plant.trigger("handle-request", number=number)
        until(lambda: _done(plant) >= len(numbers), 900, 0.5)
        wall = time.perf_counter() - start
    spent = {name: cpu(pid) - before[name] for name, pid in pids.items()}
    return {"wall": wall, "server CPU": spent.pop("prefect"), "flow CPU": sum(spent.values())}


def _workers_online(client: httpx.Client) -> list[object]:
    told = client.post("work_pools/inzage/workers/filter", json={})
    return [worker for worker in told.json() if worker["status"] == "ONLINE"] if told.status_code == httpx.codes.OK else []


def _done(plant: Plant) -> int:
    with closing(sqlite3.connect(f"file:{plant.environment['INZAGE_HOME']}/register.sqlite?mode=ro", uri=True)) as db:
        return int(db.execute("select count(*) from requests where status = 'review'").fetchone()[0])


WAYS: dict[str, Callable[[Plant, list[str]], dict[str, float]]] = {
    "inline": _inline,
    "one process a request": _one_by_one,
    "two workers": _workers,
    "running Dask cluster": _dask,
    "batch flow": _sweep,
}


if __name__ == "__main__":
    print(orjson.dumps(measure(sys.argv[1], int(sys.argv[2]))).decode())

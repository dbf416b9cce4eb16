"""More than one machine: two servers of Prefect over Redis, two databases on PostgreSQL, a vault on S3, two workers, a Dask cluster.

Each machine has a home of its own; what they share is named by an address, as docs/operations.md tells.
"""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

import httpx
import pytest
import redis
from distributed import Client
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tests.cases.conftest import BSNS, s3_server
from tests.conftest import missing
from tests.flows.conftest import SOURCES, Gemeente, build
from tests.flows.plant import answers, family, free_port, until

pytestmark = [pytest.mark.slow, pytest.mark.service, pytest.mark.timeout(1500)]

POSTGRES = os.environ.get("INZAGE_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/test").rpartition("/")[0]
WORD = "inzage:een-woord-dat-alle-machines-kennen"


@dataclass
class Town:
    """Everything that runs, each as a process that can die."""

    gemeente: Gemeente
    shared: dict[str, str]
    ports: tuple[int, int] = field(default_factory=lambda: (free_port(), free_port()))
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def machine(self, name: str, server: int = 0, **more: str) -> dict[str, str]:
        """The environment of one machine: a home of its own, and one of the servers."""
        home = self.gemeente.folder / name
        return {
            **self.gemeente.environment, **self.shared, "INZAGE_HOME": str(home), "PREFECT_HOME": str(home / "prefect"),
            "PREFECT_API_URL": f"http://127.0.0.1:{self.ports[server]}/api", "PYTHONWARNINGS": "ignore", **more,
        }  # fmt: skip

    def start(self, name: str, environment: dict[str, str], *command: str) -> None:
        """A process in a session of its own, its output beside the gemeente."""
        with (self.gemeente.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", *command], env=environment, cwd=self.gemeente.folder, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, name: str) -> None:
        """kill -9 of a process and all it started."""
        process = self.running.pop(name)
        for pid in family(process.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        process.wait(30)

    def client(self, server: int) -> httpx.Client:
        """A client on one of the servers."""
        user, _, word = WORD.partition(":")
        base = f"http://127.0.0.1:{self.ports[server]}/api/"
        token = httpx.get(f"{base}csrf-token", params={"client": f"proef-{server}"}, auth=(user, word), timeout=30).json()["token"]
        return httpx.Client(
            base_url=base, auth=(user, word), timeout=30, headers={"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": f"proef-{server}"}
        )

    def office(self) -> Gemeente:
        """Who gives commands: a third machine."""
        return Gemeente(self.gemeente.folder, self.machine("office"))

    def trail(self, number: str) -> list[tuple[str, str]]:
        """Who did what to a request, in order."""
        engine = create_engine(self.shared["INZAGE_DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:"))
        with engine.connect() as connection:
            rows = connection.execute(text("select actor, action from audit where number = :n order by sequence"), {"n": number}).all()
        engine.dispose()
        return [(row.actor, row.action) for row in rows]

    def status(self, number: str) -> str:
        """Where a request stands."""
        return str(self.office().json("request", "status", number)["status"])


def _databases(stack: ExitStack) -> tuple[str, str]:
    """Two databases of our own on the server that is there; gone afterwards."""
    server = create_engine(f"{POSTGRES}/postgres", isolation_level="AUTOCOMMIT")
    names = tuple(f"inzage_proef_{part}_{uuid.uuid4().hex[:8]}" for part in ("register", "prefect"))
    try:
        with server.connect() as connection:
            for name in names:
                connection.execute(text(f"create database {name}"))
    except OperationalError:
        missing("PostgreSQL")

    def drop() -> None:
        with server.connect() as connection:
            for name in names:
                connection.execute(text(f"drop database {name} with (force)"))
        server.dispose()

    stack.callback(drop)
    place = POSTGRES.split("://", 1)[1]
    return f"postgresql://{place}/{names[0]}", f"postgresql+asyncpg://{place}/{names[1]}"


def _redis(stack: ExitStack) -> str:
    """A database of the Redis that is there in which nothing is; emptied afterwards."""
    for number in range(15, 4, -1):
        client = redis.Redis(db=number)
        try:
            empty = client.dbsize() == 0
        except redis.ConnectionError:
            missing("Redis")
        if empty:
            stack.callback(client.close)
            stack.callback(client.flushdb)
            return f"redis://127.0.0.1:6379/{number}"
        client.close()
    missing("an empty database of Redis")
    raise AssertionError


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Two servers, their services, and two workers, each of which takes one run at a time."""
    with ExitStack() as stack:
        bucket = stack.enter_context(s3_server())
        register, prefect = _databases(stack)
        shared = {
            **bucket.environment,
            "INZAGE_DATABASE_URL": register,
            "INZAGE_VAULT_URL": "s3://kluis/inzage",
            "INZAGE_MASTER_KEY": base64.b64encode(os.urandom(32)).decode(),
            "INZAGE_REDIS": _redis(stack),
            "INZAGE_LOG": "json",
            "PREFECT_API_DATABASE_CONNECTION_URL": prefect,
            "PREFECT_API_AUTH_STRING": WORD,
            "PREFECT_SERVER_API_AUTH_STRING": WORD,
        }
        made = Town(build(tmp_path_factory.mktemp("stad"), SOURCES), shared)
        stack.callback(lambda: [made.kill(name) for name in list(made.running)])
        for server in (0, 1):
            made.start(
                f"api-{server}",
                made.machine(f"api-{server}", server),
                "flows",
                "server",
                "--part",
                "api",
                "--port",
                str(made.ports[server]),
            )
            until(lambda at=server: answers(f"http://127.0.0.1:{made.ports[at]}/api/health"), 240)  # type: ignore[misc]
        made.start("services", made.machine("services"), "flows", "server", "--part", "services")
        made.office().run("deploy")
        for server in (0, 1):  # both at once: each lays down the deployments
            made.start(f"worker-{server}", made.machine(f"worker-{server}", server), "flows", "serve", "--limit", "1")
        until(lambda: all("started" in _log(made, f"worker-{server}") for server in (0, 1)), 240)
        yield made


def _log(town: Town, name: str) -> str:
    path = town.gemeente.folder / f"{name}.log"
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def _new(town: Town, bsn: str) -> str:
    return str(town.office().json("request", "new", "--bsn", bsn, "--received", "2026-11-20")["request"])


def _trigger(town: Town, server: int, number: str) -> str:
    with town.client(server) as client:
        deployment = client.get("deployments/name/handle-request/handle-request").json()["id"]
        return str(client.post(f"deployments/{deployment}/create_flow_run", json={"parameters": {"number": number}}).json()["id"])


def test_requests_are_spread_over_two_workers_and_each_is_handled_once(town: Town) -> None:
    """Started at either server, finished at both, once each; artefacts lie in the bucket, and the other server knows of every run."""
    numbers = [_new(town, bsn) for bsn in BSNS[:4]]
    runs = [_trigger(town, place % 2, number) for place, number in enumerate(numbers)]
    until(lambda: all(town.status(number) == "review" for number in numbers), 400, 2)
    for number in numbers:
        assert Counter(action for _, action in town.trail(number))["lease taken"] == 1
    for server in (0, 1):
        with town.client(server) as client:
            until(lambda: {client.get(f"flow_runs/{run}").json()["state_type"] for run in runs} == {"COMPLETED"}, 60)
        assert "flow_run_id" in _log(town, f"worker-{server}")  # what a run says goes where its worker says it
    held = {actor.rsplit("-", 2)[1] for number in numbers for actor, action in town.trail(number) if action == "lease taken"}
    assert len(held) == 4
    listed = httpx.get(f"{town.shared['AWS_ENDPOINT_URL']}/kluis?prefix=inzage/{numbers[0]}/draft/").text
    assert "dossier.json@" in listed and "manifest.json@" in listed
    assert not (town.gemeente.folder / "worker-0" / "vault").exists()


def test_a_machine_that_is_lost_is_taken_over_once_though_two_keepers_look(town: Town) -> None:
    """kill -9 of a worker and its run: the request comes to review at the other machine, by one run, and no other."""
    number = _new(town, BSNS[5])
    _trigger(town, 0, number)
    until(lambda: any(action == "lease taken" for _, action in town.trail(number)), 120, 0.05)
    holder = next(actor for actor, action in town.trail(number) if action == "lease taken")
    process = int(holder.rsplit("-", 2)[1])
    lost = next(name for name in ("worker-0", "worker-1") if process in family(town.running[name].pid))
    town.kill(lost)
    start = time.monotonic()
    until(lambda: town.status(number) == "review", 240, 1)
    took = time.monotonic() - start
    assert took < 150, f"{took:.0f} s"
    with town.client(1) as client:
        found = client.post("flow_runs/filter", json={"flow_runs": {"tags": {"all_": ["taken up"]}}}).json()
    assert len([run for run in found if run["parameters"]["number"] == number]) == 1
    assert Counter(action for _, action in town.trail(number))["lease taken"] == 2
    server = int(lost[-1])
    town.start(lost, town.machine(lost, server), "flows", "serve", "--limit", "1")


def test_a_server_that_dies_does_not_stop_the_other(town: Town) -> None:
    """kill -9 of one API server: a request started at the other finishes there, for messages go over Redis."""
    town.kill("api-0")
    number = _new(town, BSNS[6])
    _trigger(town, 1, number)
    until(lambda: town.status(number) == "review", 240, 1)
    town.start("api-0", town.machine("api-0", 0), "flows", "server", "--part", "api", "--port", str(town.ports[0]))
    until(lambda: answers(f"http://127.0.0.1:{town.ports[0]}/api/health"), 240)


def test_a_large_request_runs_on_a_cluster_by_one_setting(town: Town) -> None:
    """INZAGE_DASK names the scheduler; the tasks are computed by its worker, and the draft is there."""
    port = free_port()
    environment = town.machine("cluster", 1)
    scheduler = f"tcp://127.0.0.1:{port}"
    town.start("scheduler", environment, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    town.start("dask", environment, "distributed.cli.dask_worker", scheduler, "--nthreads", "4", "--no-dashboard", "--no-nanny")
    number = _new(town, BSNS[7])
    Gemeente(town.gemeente.folder, town.machine("cluster", 1, INZAGE_DASK=scheduler)).run("request", "run", number)
    assert town.status(number) == "review"
    with Client(scheduler, timeout=60) as client:  # type: ignore[no-untyped-call]
        done = client.run_on_scheduler(lambda dask_scheduler: dask_scheduler.transition_counter)  # type: ignore[no-untyped-call]
    assert done >= 3 * 5  # three sources, what was learnt, redaction and draft, with some moves each
    for name in ("dask", "scheduler"):
        town.kill(name)


def test_every_line_of_a_worker_is_json(town: Town) -> None:
    """INZAGE_LOG=json, in the workers and the run that one of them starts; and none holds a BSN."""
    number = _new(town, BSNS[4])
    _trigger(town, 1, number)
    until(lambda: town.status(number) == "review", 240, 1)
    said = _log(town, "worker-0") + _log(town, "worker-1")
    lines = [line for line in said.splitlines() if line.strip()]
    read = [json.loads(line) for line in lines if line.startswith("{")]
    assert [line for line in lines if not line.startswith("{")] == []
    assert {"time", "level", "logger", "message"} <= set.intersection(*map(set, read))
    assert any("flow_run_name" in line for line in read)
    assert [bsn for bsn in BSNS if bsn in said] == []

"""Everything that runs for one gemeente, as processes of their own that can be killed: Prefect's server, workers, PostgreSQL."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.flows.conftest import Gemeente

POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1:] if Path("/usr/lib/postgresql").exists() else []


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


def until(true: Callable[[], object], seconds: float = 120, every: float = 0.25) -> float:
    """Wait for something to come about; gives how long that took. Fails where it does not."""
    start = time.monotonic()
    while not true():
        assert time.monotonic() < start + seconds, "it did not come about in time"
        time.sleep(every)
    return time.monotonic() - start


@dataclass
class Plant:
    """A gemeente with its own Prefect server and worker; `environment` goes to every process and command."""

    gemeente: Gemeente
    environment: dict[str, str] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.environment = {
            **self.gemeente.environment,
            "PREFECT_API_URL": f"{self.url}/api",
            "PREFECT_HOME": str(self.gemeente.folder / "server"),
            "DO_NOT_TRACK": "1",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            **self.environment,
        }
        self.gemeente = Gemeente(self.gemeente.folder, self.environment)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self) -> httpx.Client:
        """A client on the API, with the password of this home and the word against forged calls."""
        user, _, word = (Path(self.environment["INZAGE_HOME"]) / "prefect.auth").read_text(encoding="utf-8").partition(":")
        me = uuid.uuid4().hex  # a word for another client of the same name would void this one's
        token = httpx.get(f"{self.url}/api/csrf-token", params={"client": me}, auth=(user, word)).json()["token"]
        headers = {"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": me}
        return httpx.Client(base_url=f"{self.url}/api/", timeout=30, auth=(user, word), headers=headers)

    def start(self, name: str, *command: str) -> None:
        """Start one process in a session of its own, its output in a file beside the gemeente."""
        with (self.gemeente.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, env=self.environment, cwd=self.gemeente.folder, stdout=log, stderr=log, start_new_session=True
            )

    def start_server(self) -> None:
        self.start("prefect", sys.executable, "-m", "flows", "server", "--port", str(self.port))
        until(lambda: answers(f"{self.url}/api/health"))

    def start_worker(self) -> None:
        self.start("worker", sys.executable, "-m", "flows", "serve")

    def trigger(self, name: str, **parameters: str) -> str:
        """Start a run, again where a busy server did not take it; asked twice it is one run."""
        key = f"{name} {parameters} {time.monotonic()}"
        with self.client() as client:
            for _ in range(10):
                deployment = client.get(f"deployments/name/{name}/{name}")
                if deployment.status_code == 200:
                    asked = {"parameters": parameters, "idempotency_key": key}
                    made = client.post(f"deployments/{deployment.json()['id']}/create_flow_run", json=asked)
                    if made.status_code in (200, 201):
                        return str(made.json()["id"])
                time.sleep(1)
        raise AssertionError("the server did not take the run")

    def kill(self, name: str, with_children: bool = True) -> None:
        """kill -9: nothing gets to say goodbye."""
        process = self.running.pop(name)
        if with_children:
            for child in family(process.pid):
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
        else:
            process.kill()
        process.wait(30)

    def stop(self) -> None:
        for name in list(self.running):
            self.kill(name)

    def log(self, name: str) -> str:
        path = self.gemeente.folder / f"{name}.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def status(self, number: str) -> str:
        return str(self.gemeente.json("request", "status", number)["status"])


def answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def family(leader: int) -> list[int]:
    """A process and all that came of it, the youngest first; a run is a session of its own, so a group would not hold it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    found = [leader]
    for pid in found:
        found.extend(parents.get(pid, ()))
    return found[::-1]


@dataclass
class Postgres:
    """A PostgreSQL of our own that can be killed; `url` names its database for the register."""

    folder: Path
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def create(self) -> None:
        self.folder.mkdir(parents=True)
        shutil.chown(self.folder, "postgres")
        self._as_owner("initdb", "-D", str(self.folder), "-A", "trust", "-U", "postgres", "-N")
        self.start()

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self._as_owner("pg_ctl", "-D", str(self.folder), "-l", str(self.folder / "log"), "-o", options, "-w", "start")

    def kill(self) -> None:
        pid = int((self.folder / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGQUIT)
        until(lambda: not Path(f"/proc/{pid}").exists(), 30)

    def _as_owner(self, program: str, *arguments: str) -> None:
        command = ["runuser", "-u", "postgres", "--", str(POSTGRES[0] / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

"""The flows as deployments on a Prefect server of their own: seen, started and refused as the administrator would."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.flows.conftest import BSN, Gemeente, build

pytestmark = pytest.mark.slow


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Gemeente, httpx.Client]]:
    """`prefect server start` and `inzage serve` for Nergenshuizen, with a client on the API."""
    gemeente = build(tmp_path_factory.mktemp("served"))
    url = f"http://127.0.0.1:{_free_port()}/api"
    environment = {**gemeente.environment, "PREFECT_API_URL": url, "PREFECT_HOME": str(gemeente.folder / "server"), "DO_NOT_TRACK": "1"}
    prefect = str(Path(sys.executable).parent / "prefect")
    server = _start(
        [prefect, "server", "start", "--host", "127.0.0.1", "--port", url.split(":")[2].removesuffix("/api")], environment, gemeente.folder
    )
    _until(lambda: _healthy(url))
    serving = _start([sys.executable, "-m", "flows", "serve"], environment, gemeente.folder)
    with httpx.Client(base_url=url + "/", timeout=20) as client:
        _until(lambda: len(client.post("deployments/filter", json={}).json()) == 3)
        yield Gemeente(gemeente.folder, environment), client
    for process in (serving, server):
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def _start(command: list[str], environment: dict[str, str], folder: Path) -> subprocess.Popen[bytes]:
    with (folder / f"{Path(command[-1]).name}.log").open("wb") as log:
        return subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log, start_new_session=True)


def _healthy(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def _until(true: Any, seconds: int = 120) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.5)


def test_the_deployments_are_there_with_a_nightly_schedule_in_amsterdam(served: tuple[Gemeente, httpx.Client]) -> None:
    """Handle, release, and the sweep at six in the morning."""
    found = {d["name"]: d for d in served[1].post("deployments/filter", json={}).json()}
    assert set(found) == {"handle-request", "release-request", "nightly-sweep"}
    assert found["nightly-sweep"]["schedules"][0]["schedule"] == {"cron": "0 6 * * *", "timezone": "Europe/Amsterdam", "day_or": True}


def test_a_typed_bsn_is_refused_before_it_is_stored(served: tuple[Gemeente, httpx.Client]) -> None:
    """The parameter is a request number and nothing else; the server itself says no."""
    deployment = served[1].get("deployments/name/handle-request/handle-request").json()["id"]
    refused = served[1].post(f"deployments/{deployment}/create_flow_run", json={"parameters": {"number": BSN}})
    assert refused.status_code in (409, 422)
    files = [path for path in (served[0].folder / "server").rglob("*") if path.is_file()]
    assert [path.name for path in files if BSN.encode() in path.read_bytes()] == []


def test_a_request_started_from_the_ui_comes_to_review(served: tuple[Gemeente, httpx.Client]) -> None:
    """The run is made through the API, as the button does; a process of its own handles it."""
    gemeente, client = served
    number = gemeente.json("request", "new", "--bsn", BSN, "--received", "2026-11-20")["request"]
    deployment = client.get("deployments/name/handle-request/handle-request").json()["id"]
    run = client.post(f"deployments/{deployment}/create_flow_run", json={"parameters": {"number": number}}).json()["id"]
    _until(lambda: client.get(f"flow_runs/{run}").json()["state_type"] in ("COMPLETED", "FAILED", "CRASHED"), 180)
    assert client.get(f"flow_runs/{run}").json()["state_type"] == "COMPLETED"
    assert gemeente.json("request", "status", number)["status"] == "review"

"""The flows as deployments on a Prefect server of their own: seen, started and refused as the administrator would."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.flows.conftest import BSN, OTHER_BSN, Gemeente, build
from tests.flows.plant import Plant, family, until

pytestmark = pytest.mark.slow

NAMES = {
    "handle-request",
    "ask-again",
    "release-request",
    "nightly-sweep",
    "watch-deadlines",
    "check-sources",
    "check-register",
    "purge-expired",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Gemeente, httpx.Client]]:
    """`prefect server start` and `inzage serve` for Nergenshuizen, with a client on the API."""
    plant = Plant(build(tmp_path_factory.mktemp("served")))
    try:
        plant.start_server()
        plant.start_worker()
        with plant.client() as client:
            until(lambda: len(client.post("deployments/filter", json={}).json()) == len(NAMES))
            yield plant.gemeente, client
    finally:
        plant.stop()


def deployments(client: httpx.Client) -> dict[str, dict[str, object]]:
    return {d["name"]: d for d in client.post("deployments/filter", json={}).json()}


def test_the_deployments_are_there_with_a_nightly_schedule_in_amsterdam(served: tuple[Gemeente, httpx.Client]) -> None:
    """Handle, release, the sweep at six in the morning, and what else runs by itself; each says what it is for."""
    found = deployments(served[1])
    assert set(found) == NAMES
    assert found["nightly-sweep"]["schedules"][0]["schedule"] == {"cron": "0 6 * * *", "timezone": "Europe/Amsterdam", "day_or": True}  # type: ignore[index]
    assert all(d["description"] and d["work_pool_name"] == "inzage" for d in found.values())


def test_every_form_says_what_to_fill_in_and_every_deployment_what_it_is_for(served: tuple[Gemeente, httpx.Client]) -> None:
    """What the Prefect UI shows: two tags, a description in sentences, a hint beside each box."""
    for found in deployments(served[1]).values():
        assert "inzage" in found["tags"] and len(found["tags"]) == 2  # type: ignore[operator,arg-type]
        assert str(found["description"]).endswith(".") and len(str(found["description"])) > 60
        assert all(field["description"] for field in found["parameter_openapi_schema"]["properties"].values())  # type: ignore[index]


def test_who_brings_no_password_gets_401_and_no_log_holds_it(served: tuple[Gemeente, httpx.Client]) -> None:
    """Made for this home, for its owner only; health alone is open. No line of the server or the worker shows it."""
    gemeente, client = served
    path = gemeente.folder / "home" / "prefect.auth"
    assert path.stat().st_mode & 0o777 == 0o600
    for auth in (None, ("inzage", "guess"), ("admin", path.read_text().partition(":")[2])):
        for method, place in (("GET", "admin/version"), ("GET", "work_pools/inzage"), ("GET", "csrf-token?client=x")):
            assert httpx.request(method, f"{client.base_url}{place}", auth=auth).status_code == 401
    assert httpx.get(f"{client.base_url}health").status_code == 200
    words = path.read_text().partition(":")[2].encode()
    kept = [p for p in gemeente.folder.rglob("*") if p.is_file() and p != path and words in p.read_bytes()]
    assert [p.name for p in kept] == []


def test_a_call_forged_by_another_page_is_refused(served: tuple[Gemeente, httpx.Client]) -> None:
    """Without the word of this client nothing is changed; no other origin may read an answer."""
    with httpx.Client(base_url=served[1].base_url, auth=served[1].auth) as forged:
        assert forged.post("variables/", json={"name": "x", "value": "y"}).status_code == 403
        answer = forged.get("admin/version", headers={"Origin": "https://elders.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_nothing_secret_lies_in_prefect_and_it_calls_nobody(served: tuple[Gemeente, httpx.Client]) -> None:
    """No blocks, no variables, no environment in a deployment or in the pool; telemetry is off in the server as it runs."""
    client = served[1]
    for kept in ("block_documents", "variables"):
        assert client.post(f"{kept}/filter", json={}).json() == []
    assert all(d["job_variables"] == {} for d in deployments(client).values())
    pool = client.get("work_pools/inzage").json()["base_job_template"]["variables"]["properties"]
    assert "default" not in pool["env"] or not pool["env"]["default"]
    assert client.get("admin/settings").json()["server"]["analytics_enabled"] is False


def test_the_server_listens_on_this_machine_only(served: tuple[Gemeente, httpx.Client]) -> None:
    """In what the kernel tells of listening sockets its port stands at loopback alone."""
    port = f":{served[1].base_url.port:04X}"
    lines = [line.split() for table in ("tcp", "tcp6") for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]]
    assert {line[1] for line in lines if line[1].endswith(port) and line[3] == "0A"} == {f"0100007F{port}"}


def test_a_total_that_somebody_set_stays(served: tuple[Gemeente, httpx.Client]) -> None:
    """A worker that starts lays down the deployments too, and leaves the limit of the pool alone."""
    gemeente, client = served
    assert client.get("work_pools/inzage").json()["concurrency_limit"] == 16
    gemeente.json("deploy", "--at-once", "5")
    gemeente.json("deploy")
    assert client.get("work_pools/inzage").json()["concurrency_limit"] == 5


def test_laid_down_again_nothing_changes(served: tuple[Gemeente, httpx.Client]) -> None:
    """`inzage deploy` twice gives the same deployments, one schedule each, and one limit a source."""
    gemeente, client = served
    told = gemeente.json("deploy", PREFECT_API_URL=str(client.base_url).rstrip("/"))
    gemeente.json("deploy", PREFECT_API_URL=str(client.base_url).rstrip("/"))
    assert set(told["deployments"]) == NAMES
    assert {name: len(d["schedules"]) for name, d in deployments(client).items()} == {  # type: ignore[arg-type]
        name: int(name not in ("handle-request", "ask-again", "release-request")) for name in NAMES
    }
    limits = {limit["name"]: limit["limit"] for limit in client.post("v2/concurrency_limits/filter", json={}).json()}
    assert {name: limits[name] for name in limits if name.startswith("source-")} == {
        "source-hulp": 2,
        "source-passen": 2,
        "source-archief": 2,
    }


def test_a_typed_bsn_is_refused_before_it_is_stored(served: tuple[Gemeente, httpx.Client]) -> None:
    """The parameter is a request number and nothing else; the server itself says no."""
    deployment = served[1].get("deployments/name/handle-request/handle-request").json()["id"]
    refused = served[1].post(f"deployments/{deployment}/create_flow_run", json={"parameters": {"number": BSN}})
    assert refused.status_code in (409, 422)
    files = [path for path in (served[0].folder / "server").rglob("*") if path.is_file()]
    assert [path.name for path in files if BSN.encode() in path.read_bytes()] == []


def run(client: httpx.Client, name: str, **parameters: object) -> str:
    """Start a deployment as the button in the UI does; gives how it ended."""
    started = start(client, name, **parameters)
    until(lambda: client.get(f"flow_runs/{started}").json()["state_type"] in ("COMPLETED", "FAILED", "CRASHED"), 180)
    return str(client.get(f"flow_runs/{started}").json()["state_type"])


def test_a_request_started_from_the_ui_comes_to_review(served: tuple[Gemeente, httpx.Client]) -> None:
    """The run is made through the API, as the button does; a process of its own handles it."""
    gemeente, client = served
    number = gemeente.json("request", "new", "--bsn", BSN, "--received", "2026-11-20")["request"]
    assert run(client, "handle-request", number=number) == "COMPLETED"
    assert gemeente.json("request", "status", number)["status"] == "review"


def test_a_run_starts_as_a_copy_also_after_what_is_copied_died(served: tuple[Gemeente, httpx.Client]) -> None:
    """No code is fetched, as Prefect's own start would; a fork server that was killed is started again for the next run."""
    gemeente, client = served
    log = gemeente.folder / "worker.log"
    for name in ("check-register", "watch-deadlines"):
        assert run(client, name) == "COMPLETED"
        for server in (pid for pid in family(os.getpid()) if "flows.warmed" in command(pid)):
            os.kill(server, signal.SIGKILL)
    assert log.exists() and "Downloading flow code" not in log.read_text(encoding="utf-8")


def command(pid: int) -> str:
    """With which command a process was started; "" where it is gone."""
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_text()
    except OSError:
        return ""


@pytest.mark.parametrize("name", ["watch-deadlines", "check-sources", "check-register", "purge-expired", "nightly-sweep"])
def test_what_runs_by_itself_runs(name: str, served: tuple[Gemeente, httpx.Client]) -> None:
    """Each scheduled flow comes to its end when it is started by hand too."""
    assert run(served[1], name) == "COMPLETED"


def test_a_limit_set_in_the_ui_holds_while_it_is_switched_on(served: tuple[Gemeente, httpx.Client]) -> None:
    """Somebody lets one at a time ask `hulp`; switched off, the number of sources.yaml alone holds."""
    gemeente, client = served
    api, limit = str(client.base_url).rstrip("/"), "v2/concurrency_limits/source-hulp"
    ask = "from flows import limits; print(limits.most('hulp'), limits.most('onbekend'))"
    there = Gemeente(gemeente.folder, {**gemeente.environment, "PREFECT_API_URL": api})

    def holds(*most: str, **changes: object) -> bool:
        """Change it, as who presses the button again where the server was busy, and see what counts then."""
        return client.patch(limit, json=changes).status_code < 400 and there.python(ask).split() == list(most)

    until(lambda: holds("1", "100", limit=1), 60, 2)
    until(lambda: holds("100", "100", active=False), 60, 2)
    until(lambda: holds("2", "100", limit=2, active=True), 60, 2)


def start(client: httpx.Client, name: str, **parameters: object) -> str:
    """Start a deployment; gives the run. A server that is busy (5xx) is asked again, as who presses the button would."""
    deployment = client.get(f"deployments/name/{name}/{name}").json()["id"]
    made: list[httpx.Response] = []

    def taken() -> bool:
        made.append(client.post(f"deployments/{deployment}/create_flow_run", json={"parameters": parameters}))
        return made[-1].status_code < 500

    until(taken, 60, 2)
    assert made[-1].status_code == 201, made[-1].text[:300]
    return str(made[-1].json()["id"])


def test_a_request_that_is_triggered_twice_at_once_is_handled_once(served: tuple[Gemeente, httpx.Client]) -> None:
    """One run does it; the other finds it taken and stops at once, or finds it done and asks no source again."""
    gemeente, client = served
    number = gemeente.json("request", "new", "--bsn", OTHER_BSN, "--received", "2026-11-20")["request"]
    runs = [start(client, "handle-request", number=number) for _ in range(2)]
    until(lambda: all(client.get(f"flow_runs/{run}").json()["state_type"] in ("COMPLETED", "FAILED") for run in runs), 240)
    ended = sorted(client.get(f"flow_runs/{run}").json()["state_type"] for run in runs)
    assert ended in (["COMPLETED", "FAILED"], ["COMPLETED", "COMPLETED"])
    told = gemeente.python(
        "from collections import Counter; import json; from flows.workplace import workplace; "
        f"entries = workplace().register.audit.entries({number!r}); "
        "print(Counter(json.loads(e.detail)['name'] for e in entries if e.action == 'artefact kept')['answers/0-hulp'])"
    )
    assert told.strip() == "1"
    assert gemeente.json("request", "status", number)["status"] == "review"


def test_a_schedule_that_overtakes_itself_waits_for_the_run_before(served: tuple[Gemeente, httpx.Client]) -> None:
    """Three sweeps at once: never two at work, none cancelled, all come to their end."""
    client = served[1]
    runs = [start(client, "nightly-sweep") for _ in range(3)]
    most = 0

    def ended() -> bool:
        nonlocal most
        states = [client.get(f"flow_runs/{run}").json()["state_type"] for run in runs]
        most = max(most, states.count("RUNNING"))
        return all(state in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED") for state in states)

    until(ended, 400)
    assert most <= 1
    assert [client.get(f"flow_runs/{run}").json()["state_type"] for run in runs] == ["COMPLETED"] * 3

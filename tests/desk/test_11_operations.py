"""How Inzage runs, for who runs it: health, figures, the page of the administrator, alarms that come once; and nobody's data in any."""

from __future__ import annotations

import json
import logging
import socket
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import update
from starlette.testclient import TestClient

from cases.tables import REQUESTS
from config.errors import RequestError, UsageError
from flows import alarms, post, ready
from flows.lines import JsonHandler
from flows.observed import application, place
from flows.standing import today
from flows.workplace import Workplace
from tests.desk.conftest import BSN, Desk, drafted
from tests.flows.conftest import CANARY, OTHER_BSN
from tests.flows.test_by_hand import Letterbox
from tests.flows.test_no_personal_data import VALUES


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    """No answer of another test."""
    ready.forget()
    yield
    ready.forget()


def figures(work: Workplace) -> dict[str, float]:
    """What Prometheus reads, by name and labels."""
    said = TestClient(application()).get("/metrics")
    assert said.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        f"{sample.name}{json.dumps(sample.labels, sort_keys=True) if sample.labels else ''}": sample.value
        for family in text_string_to_metric_families(said.text)
        for sample in family.samples
    }


# Health and readiness.


def test_the_desk_says_that_it_lives_and_can_work_without_a_log_in(desk: Desk) -> None:
    """And nothing else: which parts there are, and that they do."""
    browser = desk.nobody()
    assert browser.get("/health").json() == {"alive": True}
    assert browser.get("/ready").json() == {"register": "ok", "vault": "ok", "prefect": "ok"}


def test_a_vault_that_takes_nothing_makes_it_not_ready(desk: Desk, work: Workplace) -> None:
    """503, and which part it is; not why, for an open address has no business with paths. It lives all the same."""
    vault = Path(work.vault._root)
    away = vault.rename(vault.with_name("away"))
    vault.touch()
    browser = desk.nobody()
    assert browser.get("/ready", 503).json() == {"register": "ok", "vault": "down", "prefect": "ok"}
    assert browser.get("/health").json() == {"alive": True}
    vault.unlink()
    away.rename(vault)
    ready.forget()
    assert browser.get("/ready").status_code == 200


def test_a_prefect_that_does_not_answer_makes_it_not_ready(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one is set."""
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    assert desk.nobody().get("/ready", 503).json()["prefect"] == "down"


def test_who_asks_often_does_not_make_the_vault_work_often(desk: Desk, work: Workplace) -> None:
    """An answer holds for some seconds; the probe leaves nothing behind."""
    browser = desk.nobody()
    for _ in range(20):
        browser.get("/ready")
    assert list((Path(work.vault._root) / ".ready").iterdir()) == []


def test_a_worker_whose_work_stopped_says_so() -> None:
    """503 at /health: start it again."""
    assert TestClient(application(lambda: False)).get("/health").status_code == 503
    assert TestClient(application(lambda: True)).get("/health").status_code == 200


@pytest.mark.parametrize("written", ["", "x", "host:", "70000", "0", "127.0.0.1:poort"])
def test_a_place_that_is_none_is_refused(written: str) -> None:
    """As a wrong use of the command."""
    with pytest.raises(UsageError):
        place(written)


# Figures.


def test_the_figures_tell_of_states_queue_deadlines_sources_and_runs(work: Workplace, number: str) -> None:
    """One draft in review, one request that waits, one source that failed once."""
    work.register.new(OTHER_BSN, work.register.get(number).received, actor="anna")
    work.register.lease(number, "een machine", 60)
    work.register.release_lease(number, "een machine")
    found = figures(work)
    assert found['inzage_requests{"state": "review"}'] == 1
    assert found["inzage_requests_waiting"] == 1
    assert found['inzage_source_answers_total{"outcome": "failed", "source": "kapot"}'] == 1
    assert found['inzage_source_failures_in_a_row{"source": "kapot"}'] == 1
    assert found['inzage_source_failures_in_a_row{"source": "hulp"}'] == 0
    assert found["inzage_run_seconds_count"] == 1
    assert found['inzage_run_seconds_bucket{"le": "5.0"}'] == 1
    assert found['inzage_ready{"part": "vault"}'] == 1
    assert found["inzage_vault_free_bytes"] > 0


def test_the_figures_go_on_counting_from_where_they_were(work: Workplace, number: str) -> None:
    """The trail is read once; what is new is added."""
    assert figures(work)['inzage_source_answers_total{"outcome": "failed", "source": "kapot"}'] == 1
    drafted(work, OTHER_BSN)
    assert figures(work)['inzage_source_answers_total{"outcome": "failed", "source": "kapot"}'] == 2
    assert figures(work)['inzage_source_answers_total{"outcome": "failed", "source": "kapot"}'] == 2


def test_deadlines_that_are_near_and_past_are_counted(work: Workplace, number: str) -> None:
    """By the unshifted date that staff steer by."""
    for days, near, late in ((6, 1, 0), (0, 1, 0), (-1, 0, 1), (20, 0, 0)):
        _due(work, number, days)
        found = figures(work)
        assert (found["inzage_deadlines_near"], found["inzage_deadlines_late"]) == (near, late)


def _due(work: Workplace, number: str, days: int) -> None:
    with work.register._database.writing() as connection:
        this = update(REQUESTS).where(REQUESTS.c.number == number)
        connection.execute(this.values(steer=today(work) + timedelta(days=days)))


def test_a_register_that_is_away_leaves_the_rest_of_the_figures(monkeypatch: pytest.MonkeyPatch, work: Workplace) -> None:
    """The part that is down is told by a nought, and there is no error."""
    monkeypatch.setenv("INZAGE_DATABASE_URL", "postgresql://niemand@127.0.0.1:9/x")
    found = figures(work)
    assert found['inzage_ready{"part": "register"}'] == 0
    assert "inzage_requests_waiting" not in found


def test_no_figure_and_no_line_of_the_page_is_about_anybody(desk: Desk, work: Workplace, number: str) -> None:
    """Neither a planted value, nor the number of a request, nor who works here."""
    drafted(work, OTHER_BSN)
    told = TestClient(application()).get("/metrics").text + desk.as_("beheer").get("/beheer").text.replace("Beheer", "")
    assert [value for value in (*VALUES, BSN, OTHER_BSN, CANARY, number, "INZ-", "anna") if value in told] == []


# The page.


def test_the_administrator_sees_how_it_stands_and_no_content(desk: Desk, work: Workplace) -> None:
    """Which part works, how many requests are where, which source fails; and how long runs take."""
    drafted(work, OTHER_BSN)
    page = desk.as_("beheer").get("/beheer").text
    for words in ("Register van verzoeken", "2 keer achter elkaar mislukt", "Oude map", "antwoordt", "Wacht op behandeling", "GiB vrij"):
        assert words in page
    for login in ("anna", "rik", "fg"):
        desk.as_(login).get("/beheer", 403)


# Alarms.


class Hook(BaseHTTPRequestHandler):
    """Takes what a webhook is sent."""

    taken: list[dict[str, Any]]
    status = 200

    def do_POST(self) -> None:
        self.taken.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Silence."""


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Hook]]:
    """A receiver of alarms on loopback."""
    made = type("Made", (Hook,), {"taken": [], "status": 200})
    with ThreadingHTTPServer(("127.0.0.1", 0), made) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv(alarms.WEBHOOK, f"http://127.0.0.1:{server.server_address[1]}/haak")
        yield made
        server.shutdown()


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> Iterator[Letterbox]:
    """A mail server on loopback, and somebody to send alarms to."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    box = Letterbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setenv(post.URL, f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv(alarms.MAIL, "beheer@nergenshuizen.example")
    yield box
    controller.stop()


def told(work: Workplace, log: list[str]) -> int:
    """What the watch does."""
    return alarms.tell(work, tuple(alarms.alarms(work, today(work))), log.append)


def test_each_alarm_is_told_once_by_each_way(work: Workplace, number: str, hook: type[Hook], letters: Letterbox) -> None:
    """A deadline that is near, and a source that failed twice: in the log, by mail, to the webhook; at the next look nothing."""
    _due(work, number, 3)
    drafted(work, OTHER_BSN)
    _due(work, "INZ-2026-000002", 20)
    log: list[str] = []
    assert (told(work, log), told(work, log), told(work, log)) == (2, 0, 0)
    assert [line.split(":")[0] for line in log] == [number, "kapot"]
    assert len(hook.taken) == 1 and len(letters.messages) == 1
    assert [a["kind"] for a in hook.taken[0]["alarms"]] == ["due", "source"]
    assert "kapot gaf 2 keer achter elkaar geen antwoord" in letters.said()
    assert [v for v in VALUES if v in letters.said() + json.dumps(hook.taken) + "".join(log)] == []


def test_a_source_that_failed_once_is_no_alarm_and_one_that_came_back_may_fail_anew(work: Workplace, number: str) -> None:
    """A new row of failures is a new alarm."""
    _due(work, number, 20)
    log: list[str] = []
    assert told(work, log) == 0
    for outcome, new in (("failed", 1), ("failed", 0), ("reached", 0), ("failed", 0), ("failed", 1)):
        work.register.note("", "inzage", "sources checked", {"sources": {"kapot": outcome}})
        assert told(work, log) == new, outcome


def test_a_deadline_that_passes_is_told_again_as_late(work: Workplace, number: str) -> None:
    """Near is one thing, late another."""
    log: list[str] = []
    for days, new in ((2, 1), (2, 0), (-1, 1), (-1, 0)):
        _due(work, number, days)
        assert told(work, log) == new


def test_what_could_not_be_sent_is_tried_again_and_the_other_way_is_not_told_twice(
    work: Workplace, number: str, hook: type[Hook], letters: Letterbox
) -> None:
    """The webhook is down for one look: mail and log got theirs; the watch fails, so that it is seen."""
    _due(work, number, 2)
    hook.status = 503
    log: list[str] = []
    with pytest.raises(RequestError, match="INZAGE_ALARM_WEBHOOK"):
        told(work, log)
    hook.status = 200
    assert told(work, log) == 0
    assert (len(log), len(letters.messages), len(hook.taken)) == (1, 1, 2)
    told(work, log)
    assert (len(log), len(letters.messages), len(hook.taken)) == (1, 1, 2)


def test_a_webhook_without_tls_is_not_called(work: Workplace, number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """But on this machine."""
    _due(work, number, 2)
    monkeypatch.setenv(alarms.WEBHOOK, "http://berichten.example/haak")
    with pytest.raises(RequestError):
        told(work, [])


# Logs.


def test_a_line_is_one_json_object_and_an_exception_tells_no_value(capsys: pytest.CaptureFixture[str]) -> None:
    """Time, level, logger, message; of an error its class and place."""
    log = logging.getLogger("inzage.test-lines")
    handler = JsonHandler()
    handler.setStream(sys.stderr)
    log.addHandler(handler)
    log.propagate = False
    try:
        raise KeyError(CANARY)
    except KeyError:
        log.exception("INZ-2026-000001: een stap\nbrak")
    finally:
        log.removeHandler(handler)
    (line,) = capsys.readouterr().err.splitlines()
    read = json.loads(line)
    assert (read["level"], read["message"]) == ("error", "INZ-2026-000001: een stap\nbrak")
    assert read["error"].startswith("KeyError at test_11_operations.py:")
    assert CANARY not in line

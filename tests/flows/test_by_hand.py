"""Sources that a colleague searches by hand: the message, the reminder, the answer, and the end of waiting."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import update

from cases.engine import connect
from cases.tasks import TASKS, End
from config.errors import RequestError
from flows import byhand, post
from flows import workplace as place
from flows.workplace import Workplace
from tests.flows.conftest import BSN, CANARY, OTHER_BSN, SOURCES, Gemeente, build

BY_HAND = """
  - name: kelder
    title: Archief in de kelder
    kind: manual
    owner: archivaris@nergenshuizen.example
    activity: zaakgericht-werken
  - name: kast
    title: Kast met oude kaarten
    kind: manual
    owner: kast@nergenshuizen.example
    activity: zaakgericht-werken
"""


class Letterbox:
    """Takes every message."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the name that aiosmtpd calls
        self.messages.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    def said(self) -> str:
        return "\n".join(f"{m['To']} {m['Subject']}\n{m.get_payload(decode=True).decode()}" for m in self.messages)  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def post_office() -> Iterator[tuple[str, Letterbox]]:
    """A mail server on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    box = Letterbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield f"smtp://127.0.0.1:{port}", box
    controller.stop()


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, post_office: tuple[str, Letterbox]) -> tuple[Gemeente, str, dict[str, Any]]:
    """Nergenshuizen with two sources to be searched by hand, a request that was run once, and where it stood then."""
    made = build(tmp_path_factory.mktemp("kelder"), SOURCES + BY_HAND)
    gemeente = Gemeente(made.folder, {**made.environment, post.URL: post_office[0]})
    number = gemeente.json("request", "new", "--bsn", BSN, "--received", "2026-11-20")["request"]
    standing = gemeente.json("request", "run", number)
    standing["said"] = post_office[1].said()
    standing["receivers"] = [str(message["To"]) for message in post_office[1].messages[-2:]]
    standing["tasks"] = gemeente.json("sources", "tasks")["tasks"]
    standing["refused"] = gemeente.run("review", "approve", number, "--as", "een", code=1).stderr
    return gemeente, number, standing


def statuses(standing: dict[str, Any]) -> dict[str, str]:
    return {line["source"]: line["status"] for line in standing["coverage"]}


def test_a_run_waits_for_who_searches_by_hand_and_the_others_answer(asked: tuple[Gemeente, str, dict[str, Any]]) -> None:
    """A draft of the rest lies ready; the two wait, and are no empty answers."""
    _, _, standing = asked
    assert statuses(standing) == {"hulp": "found", "passen": "found", "archief": "found", "kelder": "waiting", "kast": "waiting"}


def test_each_owner_is_told_once_and_nothing_of_the_resident(asked: tuple[Gemeente, str, dict[str, Any]]) -> None:
    """Number, source and day; whom it is about is seen after logging in."""
    _, number, standing = asked
    assert sorted(standing["receivers"]) == ["archivaris@nergenshuizen.example", "kast@nergenshuizen.example"]
    assert number in standing["said"]
    assert "Archief in de kelder" in standing["said"]
    assert [value for value in (BSN, OTHER_BSN, CANARY, "Petronella") if value in standing["said"]] == []
    assert [(t["source"], t["outcome"], t["reminders"]) for t in standing["tasks"]] == [("kast", "open", 0), ("kelder", "open", 0)]


def test_nobody_approves_while_somebody_searches(asked: tuple[Gemeente, str, dict[str, Any]]) -> None:
    """The request waits, as long as the policy says."""
    assert "waits for a colleague who searches by hand, and nobody decided what to do about kelder, kast" in asked[2]["refused"]


def test_an_answer_is_files_or_a_statement(asked: tuple[Gemeente, str, dict[str, Any]]) -> None:
    """Neither and both are wrong usage; a source that is not searched by hand takes no answer."""
    gemeente, number, _ = asked
    gemeente.run("sources", "answer", number, "kelder", "--as", "archivaris", code=2)
    gemeente.run("sources", "answer", number, "hulp", "--nothing-held", "--as", "archivaris", code=1)


@pytest.fixture(scope="module")
def answered(asked: tuple[Gemeente, str, dict[str, Any]]) -> dict[str, Any]:
    """Where the request stands after one colleague handed a file over and the other found nothing."""
    gemeente, number, _ = asked
    (gemeente.folder / "kaart.txt").write_text(f"Kaart van {CANARY}-Zomer, BSN {BSN}.\nZie ook mevrouw Vreemdeling.", encoding="utf-8")
    (gemeente.folder / "los.txt").write_text("Een los blad zonder naam.", encoding="utf-8")
    handed = ("--file", str(gemeente.folder / "kaart.txt"), "--file", str(gemeente.folder / "los.txt"))
    gemeente.run("sources", "answer", number, "kelder", *handed, "--as", "archivaris")
    gemeente.run("sources", "answer", number, "kast", "--nothing-held", "--as", "kastbeheer")
    return gemeente.json("request", "status", number)


def test_what_is_handed_over_stands_in_the_draft(asked: tuple[Gemeente, str, dict[str, Any]], answered: dict[str, Any]) -> None:
    """Found, none, and who said so; approving is free again."""
    gemeente, number, _ = asked
    assert (statuses(answered)["kelder"], statuses(answered)["kast"]) == ("found", "none")
    documents = [line["documents"]["collected"] for line in answered["accounting"] if line["source"] == "kelder"]
    assert documents == [2]
    tasks = {t["source"]: (t["outcome"], t["ended_by"], t["files"]) for t in gemeente.json("sources", "tasks", number)["tasks"]}
    assert tasks == {"kelder": ("files", "archivaris", 2), "kast": ("nothing", "kastbeheer", 0)}
    gemeente.run("review", "approve", number, "--as", "een")


def test_a_file_that_does_not_mention_the_subject_is_for_a_reviewer(
    asked: tuple[Gemeente, str, dict[str, Any]], answered: dict[str, Any]
) -> None:
    """A colleague may take a namesake's card from the drawer."""
    gemeente, number, _ = asked
    items = gemeente.json("review", "show", number)["items"]
    assert any(item["source"] == "kelder" and item["document"] == "0002" for item in items)
    assert not any(item["source"] == "kelder" and item["document"] == "0001" and item["start"] is None for item in items)


def test_a_statement_cannot_be_taken_back_by_another(asked: tuple[Gemeente, str, dict[str, Any]], answered: dict[str, Any]) -> None:
    """More files may follow files; nothing else may follow an answer."""
    gemeente, number, _ = asked
    gemeente.run("sources", "answer", number, "kast", "--nothing-held", "--as", "een ander", code=1)
    gemeente.run("sources", "answer", number, "kelder", "--nothing-held", "--as", "een ander", code=1)


def test_the_trail_tells_of_it_all(asked: tuple[Gemeente, str, dict[str, Any]], answered: dict[str, Any]) -> None:
    """Opened, sent, answered; and it verifies."""
    gemeente, _, _ = asked
    assert gemeente.json("audit", "verify")["entries"] > 10


# The night.


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, post_office: tuple[str, Letterbox]) -> Iterator[Workplace]:
    """A workplace of its own, in this process, with a registered request and its tasks."""
    made = build(tmp_path / "nacht", SOURCES + BY_HAND)
    for name in ("INZAGE_HOME", "INZAGE_CONFIG", "HULP_URL", "PASSEN_FILE", "ARCHIEF"):
        monkeypatch.setenv(name, made.environment[name])
    monkeypatch.setenv(post.URL, post_office[0])
    post_office[1].messages.clear()
    yield place.workplace()


def opened(work: Workplace, today: date) -> str:
    from flows.steps import legs

    number = work.register.new(BSN, today, actor="balie").number
    byhand.open_tasks(work, number, legs(work, number), today)
    return number


def test_a_task_is_due_as_the_policy_says(work: Workplace) -> None:
    """Fourteen days, and opened once however often the request is run."""
    today = date(2026, 11, 20)
    number = opened(work, today)
    from flows.steps import legs

    byhand.open_tasks(work, number, legs(work, number), today + timedelta(days=3))
    assert [task.due for task in work.register.tasks.of(number)] == [date(2026, 12, 4)] * 2


def test_the_night_reminds_and_then_ends_the_waiting(work: Workplace, post_office: tuple[str, Letterbox]) -> None:
    """A reminder after so many days and not before; after the last day the request goes on, and an answer still counts."""
    today = date.today()  # noqa: DTZ011 - what was told is told by the clock
    number = opened(work, today - timedelta(days=2))
    box = post_office[1]
    assert (len(box.messages), byhand.sweep(work, today + timedelta(days=1)), len(box.messages)) == (2, (), 2)
    assert (byhand.sweep(work, today + timedelta(days=6)), len(box.messages)) == ((), 4)
    assert "Herinnering" in str(box.messages[-1]["Subject"])
    late = today + timedelta(days=13)
    assert byhand.sweep(work, late) == (number,)
    assert {task.outcome for task in work.register.tasks.of(number)} == {End.LATE}
    work.register.tasks.end(number, "kelder", End.NOTHING, "archivaris")
    assert [task.source for task in work.register.tasks.owed()] == ["kast"]


def test_a_late_source_has_failed_and_says_why(work: Workplace) -> None:
    """It is not waited for any more, and not known to be empty."""
    from flows import steps

    number = opened(work, date(2026, 11, 20))
    byhand.sweep(work, date(2026, 12, 10))
    leg = next(leg for leg in steps.legs(work, number) if leg.source == "kelder")
    steps.begin(work, number, "inzage")
    coverage = steps.ask(work, number, leg)
    assert (str(coverage.status), "niet op tijd gedaan" in coverage.message) == ("failed", True)


def test_without_a_mail_server_the_task_stands_and_the_night_tries_again(
    work: Workplace, monkeypatch: pytest.MonkeyPatch, post_office: tuple[str, Letterbox]
) -> None:
    """No server named, or one that is down: nothing is held up, and nobody counts as told."""
    for url in ("", "smtp://127.0.0.1:9"):
        monkeypatch.setenv(post.URL, url)
        number = opened(work, date(2026, 11, 20)) if not work.register.tasks.owed() else number  # noqa: F821
        byhand.sweep(work, date(2026, 11, 21))
        assert [task.told_at for task in work.register.tasks.of(number)] == [None, None]
    monkeypatch.setenv(post.URL, post_office[0])
    byhand.sweep(work, date(2026, 11, 22))
    assert len(post_office[1].messages) == 2


@pytest.mark.parametrize("url", ["http://127.0.0.1", "smtp://", "smtp://127.0.0.1:x", "127.0.0.1:25"])
def test_an_address_that_is_none_is_told_without_it(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """A password may stand in it."""
    monkeypatch.setenv(post.URL, url)
    with pytest.raises(RequestError, match="no mail server is named") as told:
        post.send("a@nergenshuizen.example", "b@nergenshuizen.example", "x", "y")
    assert url not in str(told.value).replace("smtp://USER", "")


def test_no_password_goes_over_a_bare_connection(monkeypatch: pytest.MonkeyPatch, post_office: tuple[str, Letterbox]) -> None:
    """A server that cannot do TLS gets none."""
    before = len(post_office[1].messages)
    monkeypatch.setenv(post.URL, post_office[0].replace("smtp://", "smtp://inzage:geheim@"))
    with pytest.raises(RequestError, match="did not take the message"):
        post.send("a@nergenshuizen.example", "b@nergenshuizen.example", "x", "y")
    assert len(post_office[1].messages) == before


def test_a_request_that_is_over_waits_for_nobody(work: Workplace) -> None:
    """Its tasks are no longer owed, and take no answer."""
    number = opened(work, date(2026, 11, 20))
    work.register.withdraw(number, "balie")
    assert work.register.tasks.owed() == ()
    with pytest.raises(RequestError, match="waits for nobody"):
        work.register.tasks.end(number, "kelder", End.NOTHING, "archivaris")


def test_a_task_whose_trail_is_broken_does_not_change(work: Workplace) -> None:
    """Each change and the entry that tells of it are kept together, or neither is."""
    from cases.tables import AUDIT_HEAD
    from config.errors import AuditError

    number = opened(work, date(2026, 11, 20))
    engine = connect(f"sqlite:///{place.home() / 'register.sqlite'}")
    with engine.begin() as connection:
        connection.execute(update(AUDIT_HEAD).values(seal="0" * 64))
    with pytest.raises(AuditError):
        work.register.tasks.end(number, "kelder", End.NOTHING, "archivaris")
    with engine.connect() as connection:
        outcomes = {row.outcome for row in connection.execute(TASKS.select())}
    engine.dispose()
    assert outcomes == {"open"}

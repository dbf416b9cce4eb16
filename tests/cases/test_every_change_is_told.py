"""The interface is walked: each method that changes something writes its audit entry in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from cases import Register, Vault
from cases.accounts import Accounts
from cases.engine import connect
from cases.handling import Handling, Particulars
from cases.intake import Extent
from cases.judging import Judging
from cases.pickups import Pickups
from cases.refusing import Refusing
from cases.roles import Role
from cases.sessions import Sessions
from cases.tables import AUDIT_HEAD, METADATA
from config.errors import AuditError
from config.redacted import Decision
from config.request import Status
from tests.cases.conftest import BSN, DRAFT, OTHER_BSN, RECEIVED, Intruder

READS = {
    Register: {
        "all", "actors", "approvals", "audit", "busy", "check_ready", "close", "data_key", "decisions", "due", "ended_before", "get", "half_purged",
        "half_released", "holders", "kept",
        "knows", "open_for", "reasons", "stale", "tries", "versions",
    },
    Vault: {"check_ready", "exists", "get", "names", "room"},
    Accounts: {"all", "barred", "barred_numbers", "close_marks", "get"},
    Sessions: {"csrf", "key_name", "login", "machine_keys", "seal", "unseal"},
    Handling: {"asked_again", "choices", "comments", "duplicates", "open_before", "particulars"},
    Judging: {"verdicts"},
    Pickups: {"all", "is_open", "visiting"},
    Refusing: {"proposed"},
}  # fmt: skip
UNTOLD = {
    Register: {
        "heartbeat",  # every few seconds; what matters is who took a lease, and that is told
        "migrate",  # makes the trail
        "rotate",  # told under the new key, which this register does not have: see test_rotation
    },
    Vault: set[str](),
    Accounts: set[str](),
    Sessions: set[str](),
    Handling: set[str](),
    Judging: set[str](),
    Pickups: set[str](),
    Refusing: set[str](),
}

PASSWORD = "vier losse woorden samen"
HELD_TOKENS: dict[str, str] = {}
"""What `_bring` made besides the request: a session, another request that is paused, and a visit to its link."""

Change = Callable[[Register, Vault, str], Any]

CHANGES: dict[type, dict[str, tuple[Status, Change]]] = {
    Register: {
        "new": (Status.REGISTERED, lambda r, v, n: r.new(OTHER_BSN, RECEIVED, actor="balie")),
        "bsn": (Status.REGISTERED, lambda r, v, n: r.bsn(n)),
        "move": (Status.REGISTERED, lambda r, v, n: r.move(n, Status.COLLECTING, "inzage", "waarom")),
        "withdraw": (Status.REGISTERED, lambda r, v, n: r.withdraw(n, "balie", "waarom")),
        "extend": (Status.REGISTERED, lambda r, v, n: r.extend(n, "veel systemen", "balie", date(2026, 12, 1))),
        "decide": (Status.REVIEW, lambda r, v, n: r.decide(n, [Decision("r-1", "show", "", "een")], "een")),
        "approve": (Status.REVIEW, lambda r, v, n: r.approve(n, "een", DRAFT)),
        "note": (Status.REGISTERED, lambda r, v, n: r.note(n, "balie", "looked")),
        "lease": (Status.COLLECTING, lambda r, v, n: r.lease(n, "worker", 60)),
        "end_lease": (Status.COLLECTING, lambda r, v, n: r.end_lease(n, "holder")),
        "release_lease": (Status.COLLECTING, lambda r, v, n: r.release_lease(n, "holder")),
        "keep": (Status.COLLECTING, lambda r, v, n: r.keep(n, "subject", "0" * 32, 1, "inzage")),
        "forget": (Status.WITHDRAWN, lambda r, v, n: r.forget(n, "inzage")),
        "certify": (Status.PURGED, lambda r, v, n: r.certify(n, "inzage", 1)),
    },
    Vault: {
        "put": (Status.COLLECTING, lambda r, v, n: v.put(n, "subject", b"new")),
        "destroy": (Status.WITHDRAWN, lambda r, v, n: v.destroy(n)),
    },
    Accounts: {
        "add": (Status.REGISTERED, lambda r, v, n: r.accounts.add("nieuw", "Nieuw", [Role.HANDLER], PASSWORD, "beheer")),
        "outsider": (Status.REGISTERED, lambda r, v, n: r.accounts.outsider("https://idp", "s-1", "extern", "Extern", [Role.HANDLER])),
        "check": (Status.REGISTERED, lambda r, v, n: r.accounts.check("balie", PASSWORD)),
        "set_password": (Status.REGISTERED, lambda r, v, n: r.accounts.set_password("balie", PASSWORD[::-1], "beheer")),
        "set_roles": (Status.REGISTERED, lambda r, v, n: r.accounts.set_roles("balie", [Role.REVIEWER], "beheer")),
        "disable": (Status.REGISTERED, lambda r, v, n: r.accounts.disable("balie", True, "beheer")),
        "mark_close": (Status.REGISTERED, lambda r, v, n: r.accounts.mark_close("balie", BSN, "self", "balie")),
    },
    Sessions: {
        "open": (Status.REGISTERED, lambda r, v, n: r.sessions.open("balie")),
        "close": (Status.REGISTERED, lambda r, v, n: r.sessions.close(HELD_TOKENS["session"])),
        "make_key": (Status.REGISTERED, lambda r, v, n: r.sessions.make_key("eform", "nieuw", "beheer")),
        "revoke_key": (Status.REGISTERED, lambda r, v, n: r.sessions.revoke_key("eform", "website", "beheer")),
    },
    Handling: {
        "describe": (Status.REGISTERED, lambda r, v, n: r.handling.describe(n, Particulars("adult"), "balie")),
        "identified": (Status.REGISTERED, lambda r, v, n: r.handling.identified(n, "counter", "balie")),
        "answer_in": (Status.REGISTERED, lambda r, v, n: r.handling.answer_in(n, "en", "balie")),
        "acknowledge": (Status.REGISTERED, lambda r, v, n: r.handling.acknowledge(n, "balie")),
        "pause": (Status.REGISTERED, lambda r, v, n: r.handling.pause(n, "wie bent u", "balie", date(2026, 11, 25))),
        "resume": (Status.PURGED, lambda r, v, n: r.handling.resume(HELD_TOKENS["paused"], "balie", date(2026, 11, 30))),
        "add_duplicate": (Status.REGISTERED, lambda r, v, n: r.handling.add_duplicate(n, RECEIVED, "letter", Extent(), "balie")),
        "choose": (Status.COLLECTING, lambda r, v, n: r.handling.choose(n, "wmo", "without", "balie")),
        "comment": (Status.REGISTERED, lambda r, v, n: r.handling.comment(n, "", "kijk nog eens", "balie")),
    },
    Judging: {
        "object_to": (Status.REVIEW, lambda r, v, n: r.judging.object_to(n, "een", DRAFT, "bladzijde 2")),
        "reopen": (Status.REVIEW, lambda r, v, n: r.judging.reopen(n, "een", "passage withheld", {"items": 1})),
        "undecide": (Status.REVIEW, lambda r, v, n: r.judging.undecide(n, ["r-1"], "een")),
        "outdate": (Status.REVIEW, lambda r, v, n: r.judging.outdate(n, ["r-1"])),
    },
    Refusing: {
        "propose": (Status.REGISTERED, lambda r, v, n: r.refusing.propose(n, "anna", DRAFT, "waarom")),
        "take_back": (Status.REGISTERED, lambda r, v, n: r.refusing.take_back(HELD_TOKENS["paused"], "anna")),
        "decide": (Status.REGISTERED, lambda r, v, n: r.refusing.decide(HELD_TOKENS["paused"], "rik", DRAFT)),
    },
    Pickups: {
        "make": (Status.REGISTERED, lambda r, v, n: r.pickups.make(n, "status", 30, "balie")),
        "enter": (Status.REGISTERED, lambda r, v, n: r.pickups.enter(HELD_TOKENS["link"], "fout")),
        "downloaded": (Status.REGISTERED, lambda r, v, n: r.pickups.downloaded(HELD_TOKENS["visit"], "besluit.pdf")),
        "leave": (Status.REGISTERED, lambda r, v, n: r.pickups.leave(HELD_TOKENS["visit"])),
        "revoke": (
            Status.REGISTERED,
            lambda r, v, n: r.pickups.revoke(HELD_TOKENS["paused"], r.pickups.all(HELD_TOKENS["paused"])[0].reference, "balie"),
        ),
    },
}
Walked = tuple[Status, Change]
WALKED = {f"{room.__name__}.{name}": walked for room, changes in CHANGES.items() for name, walked in changes.items()}


def _bring(register: Register, to: Status) -> str:
    """The number of a request in this state, with an artefact, an approval where it can have one, and a lease."""
    number = register.new(BSN, RECEIVED, actor="balie").number
    _bring_desk(register)
    if to in {Status.COLLECTING, Status.REVIEW}:
        register.move(number, Status.COLLECTING, "inzage")
        register.lease(number, "holder", 0.001 if to is Status.COLLECTING else 60)
    if to is Status.REVIEW:
        register.move(number, to, "inzage")
    if to in {Status.WITHDRAWN, Status.PURGED}:
        register.withdraw(number, "balie")
    if to is Status.PURGED:
        register.forget(number, "inzage")
    return number


def _bring_desk(register: Register) -> None:
    """An account with a session, a key, and a second request that is paused, with a link that somebody opened."""
    register.accounts.add("balie", "De balie", [Role.HANDLER], PASSWORD, "beheer")
    register.sessions.make_key("eform", "website", "beheer")
    paused = register.new("999990032", RECEIVED, actor="balie").number
    register.handling.pause(paused, "wie bent u", "balie", date(2026, 11, 25))
    register.refusing.propose(paused, "anna", DRAFT, "waarom")
    link, code = register.pickups.make(paused, "status", 30, "balie")
    visit = register.pickups.enter(link, code)
    HELD_TOKENS.update(session=register.sessions.open("balie"), paused=paused, link=link, visit=visit or "")


Held = Callable[[], tuple[dict[str, list[str]], dict[str, bytes]]]


@pytest.fixture
def held(url: str, tmp_path: Path) -> Held:
    """What all tables and the folder of the vault hold, each time it is called."""

    def everything() -> tuple[dict[str, list[str]], dict[str, bytes]]:
        engine = connect(url)
        with engine.connect() as connection:
            tables = {table.name: sorted(map(repr, connection.execute(select(table)))) for table in METADATA.sorted_tables}
        engine.dispose()
        files = {str(path): path.read_bytes() for path in (tmp_path / "vault").rglob("*") if path.is_file()}
        return tables, files

    return everything


@pytest.mark.parametrize("room", list(CHANGES), ids=lambda room: room.__name__)
def test_every_method_is_known_to_read_or_to_change(room: type) -> None:
    """A new method fails here until somebody says which it is."""
    public = {name for name in dir(room) if not name.startswith("_")} | ({"audit"} if room is Register else set())
    assert public == READS[room] | UNTOLD[room] | CHANGES[room].keys()


@pytest.mark.parametrize("walked", WALKED.values(), ids=WALKED.keys())
def test_a_change_leaves_an_entry(register: Register, vault: Vault, walked: Walked) -> None:
    """At least one more than before, and the trail verifies."""
    status, change = walked
    number = _bring(register, status)
    before = register.audit.verify().entries
    change(register, vault, number)
    assert register.audit.verify().entries > before


@pytest.mark.parametrize("walked", WALKED.values(), ids=WALKED.keys())
def test_a_change_that_cannot_be_told_does_not_happen(
    register: Register, vault: Vault, held: Held, intruder: Intruder, walked: Walked
) -> None:
    """With the head of the trail broken, no table changes and no artefact either."""
    status, change = walked
    number = _bring(register, status)
    if status is Status.COLLECTING:
        vault.put(number, "subject", b"old")
    intruder.does(lambda c: c.execute(update(AUDIT_HEAD).values(seal="0" * 64)))
    before = held()
    with pytest.raises(AuditError):
        change(register, vault, number)
    assert held() == before


@pytest.mark.parametrize(
    "read",
    [lambda r, n: r.get(n), lambda r, n: r.all(), lambda r, n: r.decisions(n), lambda r, n: r.due(RECEIVED, 90), lambda r, n: r.stale()],
)
def test_a_read_leaves_none(register: Register, number: str, held: Held, read: Callable[[Register, str], object]) -> None:
    """Looking at a list of numbers is no look at content."""
    before = held()
    read(register, number)
    assert held() == before

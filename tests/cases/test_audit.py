"""The audit trail: append-only, and any tampering is found, wherever it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from cases import MasterKey, Register
from cases.engine import connect
from cases.tables import AUDIT, AUDIT_HEAD
from config.errors import AuditError
from tests.cases.conftest import BSN

Tamper = Callable[[Connection], object]


def _swap(connection: Connection) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        connection.execute(update(AUDIT).where(AUDIT.c.sequence == old).values(sequence=new))


def _cut_tail(connection: Connection) -> None:
    """The last entry gone, and the head set back to the one before: all that somebody without the key can do."""
    connection.execute(delete(AUDIT).where(AUDIT.c.sequence == 5))
    last = connection.scalar(select(AUDIT.c.mac).where(AUDIT.c.sequence == 4))
    connection.execute(update(AUDIT_HEAD).values(entries=4, mac=last))


TAMPERING: dict[str, Tamper] = {
    "an actor is changed": lambda c: c.execute(update(AUDIT).where(AUDIT.c.sequence == 2).values(actor="iemand anders")),
    "a detail is changed": lambda c: c.execute(update(AUDIT).where(AUDIT.c.sequence == 3).values(detail="{}x")),
    "an entry is removed": lambda c: c.execute(delete(AUDIT).where(AUDIT.c.sequence == 2)),
    "the last entry is cut off": _cut_tail,
    "two entries change places": _swap,
    "an entry is added": lambda c: c.execute(
        insert(AUDIT).values(sequence=6, at="2026-01-01", actor="x", action="y", number="", detail="{}", mac="0" * 64)
    ),
    "everything is removed": lambda c: c.execute(delete(AUDIT)),
    "the head is removed": lambda c: c.execute(delete(AUDIT_HEAD)),
}


def _five_entries(register: Register) -> None:
    number = register.new(BSN, date(2026, 11, 20), actor="desk").number
    for i in range(4):
        register.note(number, "desk", "looked", {"times": i})


def test_a_trail_that_nobody_touched_verifies(register: Register) -> None:
    """And gives its length and head, to be kept elsewhere."""
    _five_entries(register)
    assert register.audit.verify().entries == 5


@pytest.mark.parametrize("how", TAMPERING)
def test_tampering_is_found(register: Register, url: str, how: str) -> None:
    """Any edit, removal, addition or move, also at the very end."""
    _five_entries(register)
    engine = connect(url)
    with engine.begin() as connection:
        TAMPERING[how](connection)
    engine.dispose()
    with pytest.raises(AuditError):
        register.audit.verify()


def test_another_key_does_not_verify(register: Register, url: str) -> None:
    """The hashes are keyed: who has the database alone cannot forge it."""
    _five_entries(register)
    stranger = Register(url, MasterKey(b"x" * 32))
    with pytest.raises(AuditError):
        stranger.audit.verify()
    stranger.close()


def test_every_method_that_changes_something_leaves_an_entry(register: Register) -> None:
    """The interface is walked: what writes, tells; what reads is named here."""
    reads = {"all", "approvals", "audit", "close", "data_key", "decisions", "due", "ended_on", "get", "migrate", "open_for", "stale"}
    leases = {"lease", "let_go"}  # a heartbeat every few seconds would drown the trail; taking over is told by `move`
    writes = {"approve", "bsn", "decide", "extend", "forget", "move", "new", "note", "withdraw"}
    assert {name for name in dir(register) if not name.startswith("_")} == reads | leases | writes

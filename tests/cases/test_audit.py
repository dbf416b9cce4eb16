"""The audit trail: append-only, without a value of a resident, and any tampering is found, wherever it is."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from cases import AuditReport, MasterKey, Register
from cases.engine import connect
from cases.tables import AUDIT, AUDIT_HEAD
from config.errors import AuditError, RequestError
from tests.cases.conftest import BSN, Intruder, Tamper


def _swap(connection: Connection) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        connection.execute(update(AUDIT).where(AUDIT.c.sequence == old).values(sequence=new))


def _cut_tail(connection: Connection) -> None:
    """The last entry gone, and the head set back to the one before: all that somebody without the key can do."""
    connection.execute(delete(AUDIT).where(AUDIT.c.sequence == 5))
    last = connection.scalar(select(AUDIT.c.mac).where(AUDIT.c.sequence == 4))
    connection.execute(update(AUDIT_HEAD).values(entries=4, mac=last))


def _close_the_gap(connection: Connection) -> None:
    connection.execute(delete(AUDIT).where(AUDIT.c.sequence == 2))
    for sequence in (3, 4, 5):
        connection.execute(update(AUDIT).where(AUDIT.c.sequence == sequence).values(sequence=sequence - 1))


def _edit(sequence: int, **values: Any) -> Tamper:
    return lambda c: c.execute(update(AUDIT).where(AUDIT.c.sequence == sequence).values(**values))


def _add(sequence: int) -> Tamper:
    row = {"at": "2026-01-01", "actor": "x", "action": "y", "number": "", "detail": "{}", "mac": "0" * 64}
    return lambda c: c.execute(insert(AUDIT).values(sequence=sequence, **row))


TAMPERING: dict[str, tuple[Tamper, int]] = {
    "an actor is changed": (_edit(2, actor="iemand anders"), 2),
    "an action is changed": (_edit(1, action="looked"), 1),
    "a time is changed": (_edit(5, at="2026-01-01T00:00:00+00:00"), 5),
    "a number is changed": (_edit(4, number="INZ-2026-000002"), 4),
    "a detail is changed": (_edit(3, detail='{"times": 9}'), 3),
    "a hash is changed": (_edit(3, mac="0" * 64), 3),
    "a character moves from one field to the next": (_edit(2, actor="bali", action="elooked"), 2),
    "an entry is removed": (lambda c: c.execute(delete(AUDIT).where(AUDIT.c.sequence == 2)), 2),
    "the first entry is removed": (lambda c: c.execute(delete(AUDIT).where(AUDIT.c.sequence == 1)), 1),
    "an entry is removed and the gap closed": (_close_the_gap, 2),
    "the last entry is removed": (lambda c: c.execute(delete(AUDIT).where(AUDIT.c.sequence == 5)), 5),
    "the last entry is removed and the head set back": (_cut_tail, 5),
    "two entries change places": (_swap, 2),
    "an entry is added at the end": (_add(6), 6),
    "an entry is added before the first": (_add(-(2**31)), 1),
    "everything is removed": (lambda c: c.execute(delete(AUDIT)), 1),
    "the head is removed": (lambda c: c.execute(delete(AUDIT_HEAD)), 6),
    "everything and the head are removed": (lambda c: (c.execute(delete(AUDIT)), c.execute(delete(AUDIT_HEAD))), 1),
    "a second head is added": (lambda c: c.execute(insert(AUDIT_HEAD).values(id=2, entries=0, mac="0" * 64, seal="0" * 64)), 6),
}


@pytest.fixture
def five(register: Register, number: str) -> AuditReport:
    """A trail of five entries."""
    for i in range(4):
        register.note(number, "balie", "looked", {"times": i})
    return register.audit.verify()


def test_a_trail_that_nobody_touched_verifies(register: Register, five: AuditReport) -> None:
    """And gives its length and head, to be kept elsewhere."""
    assert five.entries == 5
    assert re.fullmatch("[0-9a-f]{64}", five.head)


def test_an_empty_trail_verifies(register: Register) -> None:
    """Nothing happened yet, and that is whole."""
    assert register.audit.verify().entries == 0


@pytest.mark.parametrize("how", TAMPERING)
def test_tampering_is_found_and_the_first_bad_entry_named(register: Register, five: AuditReport, intruder: Intruder, how: str) -> None:
    """Any edit, removal, addition or move, also at the very end, by somebody with every right but without the key."""
    tamper, first = TAMPERING[how]
    intruder.does(tamper)
    with pytest.raises(AuditError, match=f"entry {first} was"):
        register.audit.verify()


@pytest.mark.parametrize("how", ["the last entry is removed and the head set back", "the head is removed"])
def test_nothing_happens_on_a_trail_whose_end_was_tampered_with(
    register: Register, number: str, five: AuditReport, intruder: Intruder, how: str
) -> None:
    """Going on would seal the damage; so the change itself is undone too, and starting again does not mend it."""
    intruder.does(TAMPERING[how][0])
    register.migrate()
    with pytest.raises(AuditError):
        register.withdraw(number, "balie")
    assert register.get(number).status == "registered"
    with pytest.raises(AuditError):
        register.audit.verify()


def test_a_return_to_an_older_state_is_found_with_a_report_that_was_kept(register: Register, number: str, intruder: Intruder) -> None:
    """It was true once, so the trail alone cannot tell; a report kept elsewhere can."""
    engine_rows: list[Any] = []
    intruder.does(lambda c: engine_rows.extend(c.execute(select(AUDIT_HEAD.c.entries, AUDIT_HEAD.c.mac, AUDIT_HEAD.c.seal)).all()))
    register.note(number, "balie", "looked")
    kept = register.audit.verify()
    entries, mac, seal = engine_rows[0]
    intruder.does(lambda c: c.execute(delete(AUDIT).where(AUDIT.c.sequence > entries)))
    intruder.does(lambda c: c.execute(update(AUDIT_HEAD).values(entries=entries, mac=mac, seal=seal)))
    assert register.audit.verify().entries == 1
    with pytest.raises(AuditError, match="entry 2"):
        register.audit.verify(kept)
    register.note(number, "balie", "did something else")
    with pytest.raises(AuditError, match="entry 2"):
        register.audit.verify(kept)


def test_a_kept_report_goes_on_to_hold_as_the_trail_grows(register: Register, number: str, five: AuditReport) -> None:
    """What was added since does not matter."""
    register.note(number, "balie", "looked")
    assert register.audit.verify(five).entries == 6


def test_another_key_does_not_verify(register: Register, url: str, five: AuditReport) -> None:
    """The hashes are keyed: who has the database alone cannot forge it."""
    stranger = Register(url, MasterKey(b"x" * 32))
    with pytest.raises(AuditError, match="entry 1"):
        stranger.audit.verify()
    stranger.close()


@pytest.mark.parametrize("statement", ["update audit set actor = 'x'", "delete from audit"])
def test_the_database_itself_refuses_to_change_the_trail(register: Register, five: AuditReport, url: str, statement: str) -> None:
    """Against mistakes of our own, or of somebody at the database's prompt."""
    engine = connect(url)
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    assert register.audit.verify() == five


def test_the_trail_of_one_request_can_be_told(register: Register, number: str, five: AuditReport) -> None:
    """In order, with who, when and what."""
    register.note("", "balie", "looked at the list", {"requests": 1})
    told = register.audit.entries(number)
    assert [entry.sequence for entry in told] == [1, 2, 3, 4, 5]
    assert {entry.at[-6:] for entry in told} == {"+00:00"}
    assert len(register.audit.entries()) == 6


@pytest.mark.parametrize("detail", [{"who": BSN}, {BSN: 1}, {"list": [{"x": f"zie {BSN}."}]}, {"text": "x" * 500}, {"score": 0.5}])
def test_a_detail_that_could_hold_a_value_of_a_resident_is_refused(register: Register, number: str, detail: dict[str, Any]) -> None:
    """Counts, states and hashes only; a BSN is seen wherever it stands."""
    with pytest.raises(AuditError, match="entry"):
        register.note(number, "balie", "looked", detail)
    with pytest.raises(AuditError, match="entry"):
        register.note(number, "balie", f"looked at {BSN}")
    assert register.audit.verify().entries == 1


def test_a_note_on_a_request_that_is_not_there_is_refused(register: Register) -> None:
    """A BSN typed for a number would otherwise stand in the trail for ever."""
    with pytest.raises(RequestError):
        register.note(BSN, "balie", "looked")
    assert register.audit.verify().entries == 0


def test_a_long_trail_verifies_page_by_page(register: Register, number: str, intruder: Intruder) -> None:
    """Entries are read in pages; an edit on the second is found, and on the edge between them."""
    with register._database.writing() as connection:  # one transaction: two thousand would take a minute
        for i in range(2100):
            register.audit.add(connection, "balie", "looked", number, {"times": i})
    assert register.audit.verify().entries == 2101
    assert len(register.audit.entries(number)) == 2101
    intruder.does(_edit(1001, actor="x"))
    with pytest.raises(AuditError, match="entry 1001 was"):
        register.audit.verify()

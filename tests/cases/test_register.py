"""The register: who asked when, one open request a resident, two people to approve, and no value of a person in clear."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from cases import MasterKey, Register
from cases.engine import connect
from cases.tables import METADATA
from config.errors import RequestError, VaultError
from config.redacted import Decision
from config.request import Request, Status
from tests.cases.conftest import BSN, OTHER_BSN

RECEIVED = date(2026, 11, 20)
DRAFT, OTHER_DRAFT = "a" * 64, "b" * 64


def in_review(register: Register) -> str:
    """The number of a request whose draft lies in review."""
    number = register.new(BSN, RECEIVED, actor="desk").number
    register.move(number, Status.COLLECTING, "inzage")
    register.move(number, Status.REVIEW, "inzage")
    return number


def test_a_request_gets_the_next_number_of_its_year(register: Register) -> None:
    """Numbers run on per year of receipt."""
    numbers = [register.new(BSN, RECEIVED, actor="desk").number, register.new(OTHER_BSN, date(2025, 1, 6), actor="desk").number]
    assert numbers == ["INZ-2026-000001", "INZ-2025-000001"]


def test_a_bsn_is_read_as_people_write_it(register: Register) -> None:
    """Dots and spaces are no part of the number."""
    number = register.new("9999.90.019", RECEIVED, actor="desk").number
    assert register.bsn(number) == BSN


@pytest.mark.parametrize("wrong", ["999990018", "12345", "", "geen nummer"])
def test_a_bsn_that_fails_the_elfproef_is_refused_without_being_repeated(register: Register, wrong: str) -> None:
    """The sentence does not hold what was typed."""
    with pytest.raises(RequestError) as refused:
        register.new(wrong, RECEIVED, actor="desk")
    assert not wrong or wrong not in str(refused.value)


def test_a_resident_has_one_open_request(register: Register) -> None:
    """A second is refused, naming the first; after a withdrawal it is welcome."""
    first = register.new(BSN, RECEIVED, actor="desk").number
    with pytest.raises(RequestError, match=first):
        register.new(BSN, RECEIVED, actor="desk")
    register.withdraw(first, "desk")
    assert register.new(BSN, RECEIVED, actor="desk").number == "INZ-2026-000002"


def test_requests_registered_at_once_get_different_numbers(url: str, keys: MasterKey, register: Register) -> None:
    """Eight threads, eight residents, eight numbers without a gap."""
    bsns = ["999990007", "999990019", "999990020", "999990032", "999990044", "999990056", "999990068", "999990081"]
    numbers: list[str] = []
    threads = [threading.Thread(target=lambda bsn=bsn: numbers.append(register.new(bsn, RECEIVED, actor="desk").number)) for bsn in bsns]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [f"INZ-2026-{i:06d}" for i in range(1, 9)]
    assert register.audit.verify().entries == 8


def test_one_person_cannot_approve_twice_under_two_spellings(register: Register) -> None:
    """Case and spaces make no second person."""
    number = in_review(register)
    register.approve(number, "A. Toetser", DRAFT)
    with pytest.raises(RequestError, match="somebody else"):
        register.approve(number, " a.toetser", DRAFT)


def test_two_people_approve_the_same_draft(register: Register) -> None:
    """The second makes the request approved."""
    number = in_review(register)
    assert register.approve(number, "een", DRAFT).status is Status.REVIEW
    assert register.approve(number, "twee", DRAFT).status is Status.APPROVED


def test_a_changed_draft_voids_the_approval_of_the_old_one(register: Register) -> None:
    """An approval is bound to the hash of what was approved."""
    number = in_review(register)
    register.approve(number, "een", DRAFT)
    assert register.approve(number, "twee", OTHER_DRAFT).status is Status.REVIEW
    assert [a.by for a in register.approvals(number)] == ["twee"]


def test_a_request_moves_only_along_the_table(register: Register) -> None:
    """From registered there is no way straight to released."""
    number = register.new(BSN, RECEIVED, actor="desk").number
    with pytest.raises(RequestError, match="collecting"):
        register.move(number, Status.RELEASED, "desk")


def test_an_extension_is_given_once_and_only_in_the_first_month(register: Register) -> None:
    """Three months from receipt, with a reason that the resident reads."""
    number = register.new(BSN, RECEIVED, actor="desk").number
    with pytest.raises(RequestError, match="first month"):
        register.extend(number, "veel systemen", "desk", date(2026, 12, 22))
    assert register.extend(number, "veel systemen", "desk", date(2026, 12, 21)).deadline == date(2027, 2, 22)
    with pytest.raises(RequestError, match="once"):
        register.extend(number, "nog meer", "desk", date(2026, 12, 1))


def test_decisions_are_kept_and_the_last_one_counts(register: Register) -> None:
    """A person may come back on what they decided."""
    number = in_review(register)
    register.decide(number, [Decision("r-1", "withhold", "A1", "een")], "een")
    register.decide(number, [Decision("r-1", "show", "", "twee")], "twee")
    assert register.decisions(number) == (Decision("r-1", "show", "", "twee"),)


def test_a_lease_is_held_by_one_and_taken_over_when_it_dies(register: Register) -> None:
    """Recovery does not wait for Prefect."""
    number = register.new(BSN, RECEIVED, actor="desk").number
    register.move(number, Status.COLLECTING, "inzage")
    assert register.lease(number, "een", 60)
    assert not register.lease(number, "twee", 60)
    assert register.stale() == ()
    register.lease(number, "een", -1)
    assert register.stale() == (number,)
    assert register.lease(number, "twee", 60)


def test_the_migrations_make_exactly_the_tables_that_the_code_uses(url: str, register: Register) -> None:
    """Nothing differs between the two, and migrating again changes nothing."""
    register.migrate()
    engine = connect(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_no_bsn_is_readable_in_the_database_file(tmp_path: Path, keys: MasterKey) -> None:
    """Not as text, not in the write-ahead log."""
    register = Register(f"sqlite:///{tmp_path / 'r.sqlite'}", keys)
    register.migrate()
    register.new(BSN, RECEIVED, actor="desk")
    assert [path.name for path in tmp_path.glob("r.sqlite*") if BSN.encode() in path.read_bytes()] == []
    register.close()


def test_what_is_due_is_told_by_the_unshifted_date(register: Register) -> None:
    """Nearest first; answered requests are not due."""
    request: Request = register.new(BSN, RECEIVED, actor="desk")
    assert register.due(date(2026, 12, 12), 7) == ()
    assert register.due(date(2026, 12, 13), 7) == (request,)


def test_after_a_purge_nothing_of_the_resident_is_left(register: Register) -> None:
    """Key and BSN are gone; the number and the trail stay."""
    number = register.new(BSN, RECEIVED, actor="desk").number
    register.withdraw(number, "desk")
    register.forget(number, "inzage")
    with pytest.raises(VaultError):
        register.data_key(number)
    with pytest.raises(VaultError):
        register.bsn(number)
    assert register.get(number).status is Status.PURGED
    assert register.audit.verify().entries == 3

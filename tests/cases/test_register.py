"""Registering: what is refused, and in which words; one open request a resident; deadlines, extension and reasons."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cases import MasterKey, Register
from config.errors import ConfigError, RequestError
from config.request import Status
from tests.cases.conftest import BSN, OTHER_BSN, RECEIVED, released


def test_a_request_gets_the_next_number_of_its_year(register: Register) -> None:
    """Numbers run on per year of receipt."""
    numbers = [register.new(BSN, RECEIVED, actor="balie").number, register.new(OTHER_BSN, date(2025, 1, 6), actor="balie").number]
    assert numbers == ["INZ-2026-000001", "INZ-2025-000001"]


def test_a_refused_request_costs_no_number(register: Register) -> None:
    """Numbers have no gaps, so that a missing one means something."""
    register.new(BSN, RECEIVED, actor="balie")
    for _ in range(3):
        with pytest.raises(RequestError):
            register.new(BSN, RECEIVED, actor="balie")
    assert register.new(OTHER_BSN, RECEIVED, actor="balie").number == "INZ-2026-000002"


def test_a_request_comes_back_as_it_was_registered(register: Register) -> None:
    """With both its dates, and everything it was given."""
    made = register.new(BSN, date(2026, 1, 31), ("wmo", "jeugd"), "eform", " M. Balie ", actor="balie")
    assert register.get(made.number) == made
    assert (made.status, made.steer, made.deadline) == (Status.REGISTERED, date(2026, 2, 28), date(2026, 3, 2))
    assert (made.scope, made.channel, made.identity_checked_by) == (("jeugd", "wmo"), "eform", "M. Balie")
    assert made.registered_at is not None
    assert abs(made.registered_at - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize("written", ["999990019", "9999.90.019", " 999 990 019 ", "9999-90-019"])
def test_a_bsn_is_read_as_people_write_it(register: Register, written: str) -> None:
    """Dots, dashes and spaces are no part of the number."""
    number = register.new(written, RECEIVED, actor="balie").number
    assert register.bsn(number) == BSN
    assert register.open_for(written) == register.get(number)


WRONG: dict[str, dict[str, Any]] = {
    "a BSN that fails the elfproef": {"bsn": "999990018"},
    "a BSN that is too short": {"bsn": "12345"},
    "no BSN": {"bsn": ""},
    "words for a BSN": {"bsn": "Kanariegeel"},
    "nine zeros": {"bsn": "000000000"},
    "a BSN among letters": {"bsn": "a999990019"},
    "a BSN that is no text": {"bsn": 999990019},
    "a day that lies ahead": {"received": date.today() + timedelta(days=2)},  # noqa: DTZ011 - two days leave room for any zone
    "a day before the AVG": {"received": date(1026, 11, 20)},
    "a moment for a day": {"received": datetime(2026, 11, 20, tzinfo=UTC)},
    "a word for a day": {"received": "2026-11-20"},
    "a word for a list of activities": {"scope": "wmo"},
    "a sentence in the scope": {"scope": ("alles over Kanariegeel",)},
    "a BSN in the scope": {"scope": ("999990019",)},
    "a number in the scope": {"scope": (1,)},
    "a period that ends before it begins": {"since": date(2024, 1, 1), "until": date(2020, 1, 1)},
    "a period that lies ahead": {"since": date(2099, 1, 1)},
    "a sentence for a channel": {"channel": "via mevrouw Kanariegeel"},
    "a BSN for who checked": {"identity_checked_by": "999990019"},
    "a page for who checked": {"identity_checked_by": "x" * 500},
    "nobody who registers": {"actor": "  "},
    "a BSN for who registers": {"actor": "999990019"},
}


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_refused_in_one_sentence_without_the_value(register: Register, what: str) -> None:
    """Nothing is registered, and nobody's data stands in the refusal."""
    given: dict[str, Any] = {"bsn": BSN, "received": RECEIVED, "actor": "balie", **WRONG[what]}
    with pytest.raises(RequestError) as refused:
        register.new(**given)
    said = str(refused.value)
    assert [str(value) for value in given.values() if str(value).strip() not in {"", "1", "balie"} and str(value) in said] == []
    assert "\n" not in said
    assert len(said) < 200
    assert register.all() == ()
    assert register.audit.verify().entries == 0


def test_a_resident_has_one_open_request(register: Register, number: str) -> None:
    """A second is refused, naming the first; after a withdrawal it is welcome."""
    with pytest.raises(RequestError, match=number):
        register.new(BSN, RECEIVED, actor="balie")
    register.withdraw(number, "balie")
    assert register.open_for(BSN) is None
    assert register.new(BSN, RECEIVED, actor="balie").number == "INZ-2026-000002"


def test_after_an_answer_the_resident_may_ask_again(register: Register, in_review: str) -> None:
    """Released is not open."""
    released(register, in_review)
    assert register.new(BSN, RECEIVED, actor="balie").number != in_review


@pytest.mark.parametrize("asked", ["INZ-2026-000009", "999990019", "Kanariegeel", "", "INZ-2026-000001\x00", "' or 1=1 --"])
def test_an_unknown_number_is_refused_without_being_repeated(register: Register, number: str, asked: str) -> None:
    """Somebody may have typed a BSN there."""
    with pytest.raises(RequestError, match="none of this number") as refused:
        register.get(asked)
    assert not asked or asked not in str(refused.value)


def test_requests_are_listed_by_number_and_by_state(register: Register, number: str) -> None:
    """Everything, or what stands in one state."""
    other = register.new(OTHER_BSN, RECEIVED, actor="balie").number
    register.withdraw(other, "balie")
    assert [r.number for r in register.all()] == [number, other]
    assert [r.number for r in register.all(Status.WITHDRAWN)] == [other]


def test_what_is_due_is_told_by_the_unshifted_date(register: Register, number: str) -> None:
    """Nearest first; answered requests are not due, late ones are."""
    early = register.new(OTHER_BSN, date(2026, 11, 2), actor="balie").number
    assert register.due(date(2026, 11, 20), 7) == ()
    assert [r.number for r in register.due(date(2026, 12, 13), 7)] == [early, number]
    register.withdraw(number, "balie")
    assert [r.number for r in register.due(date(2030, 1, 1), 0)] == [early]


def test_an_extension_is_three_months_from_receipt(register: Register, number: str) -> None:
    """On its last day, with a reason that the resident reads; both dates move."""
    extended = register.extend(number, " veel systemen ", "balie", date(2026, 12, 21))
    assert (extended.deadline, extended.steer, extended.extended_because) == (date(2027, 2, 22), date(2027, 2, 20), "veel systemen")
    assert register.get(number) == extended


@pytest.mark.parametrize(
    ("today", "reason", "said"),
    [(date(2026, 12, 22), "veel", "first month"), (date(2026, 11, 19), "veel", "first month"), (date(2026, 12, 1), "  ", "reason")],
)
def test_an_extension_needs_the_first_month_and_a_reason(register: Register, number: str, today: date, reason: str, said: str) -> None:
    """AVG 12(3)."""
    with pytest.raises(RequestError, match=said):
        register.extend(number, reason, "balie", today)
    assert register.get(number).deadline == date(2026, 12, 21)


def test_a_request_is_extended_once_and_while_it_is_open(register: Register, number: str) -> None:
    """Not twice, not after it ended."""
    register.extend(number, "veel systemen", "balie", date(2026, 12, 1))
    with pytest.raises(RequestError, match="once"):
        register.extend(number, "nog meer", "balie", date(2026, 12, 2))
    other = register.new(OTHER_BSN, RECEIVED, actor="balie").number
    register.withdraw(other, "balie")
    with pytest.raises(RequestError, match="closed"):
        register.extend(other, "veel systemen", "balie", date(2026, 12, 1))


def test_why_somebody_did_something_is_kept_with_the_entry_that_it_explains(register: Register, number: str) -> None:
    """In the register, encrypted; the trail itself holds no free text."""
    register.withdraw(number, "balie", "mevrouw Kanariegeel belde af")
    (reason,) = register.reasons(number)
    assert reason.text == "mevrouw Kanariegeel belde af"
    assert [entry.action for entry in register.audit.entries(number) if entry.sequence == reason.sequence] == ["withdraw"]
    assert "Kanariegeel" not in repr((reason, register.audit.entries()))


def test_a_look_at_who_asked_is_told_in_the_trail(register: Register, number: str) -> None:
    """With who looked, and without the BSN."""
    assert register.bsn(number, "m.balie") == BSN
    last = register.audit.entries(number)[-1]
    assert (last.actor, last.action, last.detail) == ("m.balie", "subject looked up", "{}")


@pytest.mark.parametrize("address", ["mysql://root@127.0.0.1/test", "geen adres", "oracle://x:geheim@y/z", ""])
def test_a_database_of_another_kind_is_refused(keys: MasterKey, address: str) -> None:
    """Without telling the address, which holds a password."""
    with pytest.raises(ConfigError, match="SQLite or PostgreSQL") as refused:
        Register(address, keys)
    assert "geheim" not in str(refused.value)


def test_a_database_that_is_away_is_told_in_one_sentence(keys: MasterKey) -> None:
    """Without its address or password."""
    register = Register("postgresql://inzage:geheim@127.0.0.1:9/register", keys)
    with pytest.raises(RequestError, match="database refused or did not answer") as failed:
        register.all()
    assert "geheim" not in str(failed.value)
    assert failed.value.__suppress_context__
    register.close()

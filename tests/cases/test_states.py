"""The states of a request: every one has an owner and a way out, and the page in the docs is this table."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases import Register
from cases.states import ENDED, GUARDED, OPEN, OWNERS, TERMINAL, TRANSITIONS, diagram, page
from config.errors import RequestError
from config.request import Status
from tests.cases.conftest import BSN, DRAFT, RECEIVED, released

DOCS = Path(__file__).parent.parent.parent / "docs" / "states.md"


def test_every_state_has_an_owner_and_a_way_out_but_the_last() -> None:
    """Nothing can wait for nobody."""
    assert set(OWNERS) == set(TRANSITIONS) == set(Status)
    assert all(OWNERS.values())
    assert {state for state, ways in TRANSITIONS.items() if not ways} == TERMINAL == {Status.PURGED}


def test_every_state_is_open_or_ended_or_the_end() -> None:
    """No state is two of these, and none is neither."""
    assert sorted([*OPEN, *ENDED, *TERMINAL]) == sorted(Status)


def test_every_state_can_be_reached() -> None:
    """From registered, along the table."""
    reached, todo = set(), [Status.REGISTERED]
    while todo:
        state = todo.pop()
        reached.add(state)
        todo += [to for to in TRANSITIONS[state] if to not in reached]
    assert reached == set(Status)


def test_the_end_can_be_reached_from_every_state() -> None:
    """No request is kept for ever."""
    ending, before = set(TERMINAL), set[Status]()
    while ending != before:
        before = set(ending)
        ending |= {state for state, ways in TRANSITIONS.items() if ending & ways.keys()}
    assert ending == set(Status)


def test_an_open_request_can_always_be_withdrawn() -> None:
    """Until the answer is out."""
    assert {state for state in Status if Status.WITHDRAWN in TRANSITIONS[state]} == OPEN


def test_the_page_in_the_docs_is_this_table() -> None:
    """Generated, so that it cannot go stale: `page` says how."""
    assert page() == DOCS.read_text(encoding="utf-8")
    assert diagram() in page()


@pytest.mark.parametrize("to", [to for to in Status if to not in TRANSITIONS[Status.REGISTERED]])
def test_a_request_moves_only_along_the_table(register: Register, number: str, to: Status) -> None:
    """A refusal says where it can go instead, and changes nothing."""
    with pytest.raises(RequestError, match="collecting"):
        register.move(number, to, "balie")
    assert register.get(number).status is Status.REGISTERED


def test_nobody_makes_a_request_approved_refused_or_purged_by_word_alone(register: Register, in_review: str) -> None:
    """To approve and to refuse take two people, to purge the destruction of its key."""
    assert set(GUARDED) == {Status.APPROVED, Status.REFUSED, Status.PURGED}
    with pytest.raises(RequestError, match="another decide"):
        register.move(in_review, Status.REFUSED, "balie")
    with pytest.raises(RequestError, match="two different people"):
        register.move(in_review, Status.APPROVED, "balie")
    register.withdraw(in_review, "balie")
    with pytest.raises(RequestError, match="destroys the key"):
        register.move(in_review, Status.PURGED, "balie")


def test_a_request_is_released_once(register: Register, in_review: str) -> None:
    """A double click finds it released, and the day of release stands."""
    done = released(register, in_review)
    with pytest.raises(RequestError, match="released"):
        register.move(in_review, Status.RELEASED, "balie")
    assert done.released_at is not None
    assert register.get(in_review) == done


def test_a_withdrawn_request_was_never_released(register: Register, number: str) -> None:
    """And cannot be taken up again."""
    assert register.withdraw(number, "balie").released_at is None
    with pytest.raises(RequestError, match="withdrawn"):
        register.move(number, Status.COLLECTING, "balie")


def test_every_move_of_the_table_can_really_be_made(register: Register) -> None:
    """Walked by the methods that people and flows call; what is left over is only what the table forbids."""
    one = register.new(BSN, RECEIVED, actor="balie").number
    for to in (Status.COLLECTING, Status.COLLECTING, Status.REVIEW, Status.REVIEW, Status.COLLECTING, Status.REVIEW):
        assert register.move(one, to, "inzage").status is to
    for back in (Status.REVIEW, Status.COLLECTING):
        register.approve(one, "een", DRAFT)
        register.approve(one, "twee", DRAFT)
        assert register.move(one, back, "inzage").status is back
    register.move(one, Status.REVIEW, "inzage")
    released(register, one)
    register.forget(one, "inzage")
    assert register.get(one).status is Status.PURGED

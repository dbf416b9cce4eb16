"""Refusing a request: never automatic, always two people, and with the very letter that both read."""

from __future__ import annotations

import pytest

from cases import Register
from config.errors import RequestError
from config.request import Status
from tests.cases.conftest import BSN, DRAFT, OTHER_DRAFT, RECEIVED, released


def test_one_person_proposes_and_another_refuses(register: Register, number: str) -> None:
    """Then nothing is owed any more, and the resident may ask anew; the trail tells of both, with the hash of the letter."""
    made = register.refusing.propose(number, "anna", DRAFT, "te vaak gevraagd")
    assert (made.by, made.letter, register.get(number).status) == ("anna", DRAFT, Status.REGISTERED)
    assert register.refusing.decide(number, "rik", DRAFT).status is Status.REFUSED
    told = [(e.action, e.actor) for e in register.audit.entries(number)][-2:]
    assert told == [("refusal proposed", "anna"), ("refuse, second person", "rik")]
    assert [r.text for r in register.reasons(number)] == ["te vaak gevraagd"]
    assert register.new(BSN, RECEIVED, actor="balie").status is Status.REGISTERED


@pytest.mark.parametrize("same", ["anna", "Anna", "A.n.n.a"])
def test_who_proposed_it_cannot_decide_it(register: Register, number: str, same: str) -> None:
    """Whatever the spelling of the name."""
    register.refusing.propose(number, "anna", DRAFT, "waarom")
    with pytest.raises(RequestError, match="this person proposed"):
        register.refusing.decide(number, same, DRAFT)
    assert register.get(number).status is Status.REGISTERED


def test_only_the_letter_that_lies_there_is_decided(register: Register, number: str) -> None:
    """A later proposal takes the place of an earlier one, and of what somebody read before it."""
    register.refusing.propose(number, "anna", DRAFT, "waarom")
    register.refusing.propose(number, "rik", OTHER_DRAFT, "om een andere reden")
    with pytest.raises(RequestError, match="another letter"):
        register.refusing.decide(number, "anna", DRAFT)
    assert register.refusing.decide(number, "anna", OTHER_DRAFT).status is Status.REFUSED


def test_nobody_refuses_by_word_alone(register: Register, number: str) -> None:
    """Without a proposal there is nothing to decide, and no move leads there."""
    with pytest.raises(RequestError, match="nobody proposed"):
        register.refusing.decide(number, "rik", DRAFT)
    with pytest.raises(RequestError, match="by word alone"):
        register.move(number, Status.REFUSED, "rik")


def test_a_proposal_that_is_taken_back_is_gone(register: Register, in_review: str) -> None:
    """The request goes on as it was."""
    register.refusing.propose(in_review, "anna", DRAFT, "waarom")
    register.refusing.take_back(in_review, "anna")
    assert (register.refusing.proposed(in_review), register.get(in_review).status) == (None, Status.REVIEW)
    with pytest.raises(RequestError, match="nobody proposed"):
        register.refusing.take_back(in_review, "anna")


def test_what_is_answered_cannot_be_refused(register: Register, in_review: str) -> None:
    """A decision that went out is not taken back by another."""
    released(register, in_review)
    with pytest.raises(RequestError, match="owes no answer"):
        register.refusing.propose(in_review, "anna", DRAFT, "waarom")


def test_a_refusal_voids_what_was_said_of_a_draft(register: Register, in_review: str) -> None:
    """Nobody can release afterwards."""
    register.approve(in_review, "toetser een", DRAFT)
    register.refusing.propose(in_review, "anna", OTHER_DRAFT, "waarom")
    register.refusing.decide(in_review, "toetser een", OTHER_DRAFT)
    assert register.approvals(in_review) == ()
    with pytest.raises(RequestError, match="cannot become"):
        register.move(in_review, Status.RELEASED, "balie")


def test_a_purge_takes_the_proposal_and_its_reason(register: Register, number: str) -> None:
    """Only the trail is left."""
    register.refusing.propose(number, "anna", DRAFT, "waarom")
    register.refusing.decide(number, "rik", DRAFT)
    register.forget(number, "inzage")
    assert (register.refusing.proposed(number), register.reasons(number)) == (None, ())
    assert register.certify(number, "inzage", 0)[1] == "refused"

"""Four eyes: two different people approve the very draft that lies there; whatever changes it asks them again."""

from __future__ import annotations

import pytest

from cases import Register
from config.errors import RequestError
from config.redacted import Decision
from config.request import Status
from tests.cases.conftest import BSN, DRAFT, OTHER_DRAFT, released


def test_two_people_approve_the_same_draft(register: Register, in_review: str) -> None:
    """The second makes the request approved."""
    assert register.approve(in_review, "een", DRAFT).status is Status.REVIEW
    assert register.approve(in_review, "twee", DRAFT).status is Status.APPROVED
    assert [(a.by, a.draft) for a in register.approvals(in_review)] == [("een", DRAFT), ("twee", DRAFT)]


@pytest.mark.parametrize("again", ["A. Toetser", " a.toetser", "A.TOETSER", "Á. Toetser"])
def test_one_person_cannot_approve_twice_under_two_spellings(register: Register, in_review: str, again: str) -> None:
    """Case, accents, points and spaces make no second person."""
    register.approve(in_review, "A. Toetser", DRAFT)
    with pytest.raises(RequestError, match="somebody else"):
        register.approve(in_review, again, DRAFT)
    assert register.get(in_review).status is Status.REVIEW


@pytest.mark.parametrize(
    ("who", "draft"), [("", DRAFT), ("  ", DRAFT), ("...", DRAFT), (BSN, DRAFT), ("een\u200b", DRAFT), ("een", ""), ("een", "A" * 64)]
)
def test_an_approval_needs_a_person_and_a_draft(register: Register, in_review: str, who: str, draft: str) -> None:
    """Nobody in particular cannot approve, nor can nothing be approved."""
    with pytest.raises(RequestError):
        register.approve(in_review, who, draft)
    assert register.approvals(in_review) == ()


def test_a_changed_draft_voids_the_approval_of_the_old_one(register: Register, in_review: str) -> None:
    """An approval is bound to the hash of what was approved."""
    register.approve(in_review, "een", DRAFT)
    assert register.approve(in_review, "twee", OTHER_DRAFT).status is Status.REVIEW
    assert [a.by for a in register.approvals(in_review)] == ["twee"]
    assert register.approve(in_review, "een", OTHER_DRAFT).status is Status.APPROVED


@pytest.mark.parametrize("to", [Status.COLLECTING, Status.REVIEW])
def test_a_new_draft_asks_both_people_again(register: Register, in_review: str, to: Status) -> None:
    """Also when it turns out to be the same, byte for byte."""
    for who in ("een", "twee"):
        register.approve(in_review, who, DRAFT)
    register.move(in_review, to, "inzage")
    assert register.approvals(in_review) == ()
    register.move(in_review, Status.REVIEW, "inzage")
    assert released(register, in_review).status is Status.RELEASED


def test_a_decision_after_approval_brings_the_request_back_to_review(register: Register, in_review: str) -> None:
    """What was approved was approved without it."""
    for who in ("een", "twee"):
        register.approve(in_review, who, DRAFT)
    register.decide(in_review, [Decision("r-1", "withhold", "A1", "drie")], "drie")
    assert (register.get(in_review).status, register.approvals(in_review)) == (Status.REVIEW, ())
    with pytest.raises(RequestError):
        register.move(in_review, Status.RELEASED, "balie")


def test_what_is_not_in_review_cannot_be_approved(register: Register, number: str) -> None:
    """There is no draft to approve, or it was approved already."""
    with pytest.raises(RequestError, match="registered"):
        register.approve(number, "een", DRAFT)


def test_who_handled_it_can_be_kept_from_approving_it(register: Register, in_review: str) -> None:
    """The trail knows who did what, and a policy may bar them."""
    assert register.actors(in_review, "registered") == {"balie"}
    assert register.actors(in_review) == {"balie", "inzage"}
    with pytest.raises(RequestError, match="handled it"):
        register.approve(in_review, "Balie ", DRAFT, barred=register.actors(in_review, "registered"))


def test_decisions_are_kept_and_the_last_one_counts(register: Register, in_review: str) -> None:
    """A person may come back on what they decided, in another call or in the same."""
    register.decide(in_review, [Decision("r-1", "withhold", "A1", "een"), Decision("r-2", "show", "", "een")], "een")
    register.decide(in_review, [Decision("r-1", "withhold", "B1", "twee"), Decision("r-1", "show", "", "twee")], "twee")
    assert register.decisions(in_review) == (Decision("r-1", "show", "", "twee"), Decision("r-2", "show", "", "een"))


def test_the_trail_has_decisions_by_number_and_a_hash_that_proves_the_list(register: Register, in_review: str) -> None:
    """One entry a call, so that five thousand items do not drown it."""
    many = [Decision(f"item-{i}", "withhold" if i % 2 else "show", "A1" if i % 2 else "", "een") for i in range(5000)]
    before = register.audit.verify().entries
    register.decide(in_review, many, "een")
    last = register.audit.entries(in_review)[-1]
    assert register.audit.verify().entries == before + 1
    assert '"decisions": {"show": 2500, "withhold A1": 2500}' in last.detail
    assert len(register.decisions(in_review)) == 5000


@pytest.mark.parametrize(
    "wrong",
    [
        Decision("r-1", "perhaps", "", "een"),
        Decision("", "show", "", "een"),
        Decision("r\n1", "show", "", "een"),
        Decision("r" * 201, "show", "", "een"),
        Decision(BSN, "show", "", "een"),
        Decision("r-1", "withhold", "omdat het moet", "een"),
        Decision("r-1", "show", "", " "),
    ],
)
def test_a_wrong_decision_is_refused_and_none_of_its_list_is_kept(register: Register, in_review: str, wrong: Decision) -> None:
    """All or nothing."""
    with pytest.raises(RequestError):
        register.decide(in_review, [Decision("r-0", "show", "", "een"), wrong], "een")
    assert register.decisions(in_review) == ()


def test_there_is_nothing_to_decide_before_there_is_a_draft(register: Register, number: str) -> None:
    """And the refusal says how to get one."""
    with pytest.raises(RequestError, match="inzage request run"):
        register.decide(number, [Decision("r-1", "show", "", "een")], "een")

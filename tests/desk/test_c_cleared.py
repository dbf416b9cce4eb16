"""A withheld value that the search finds in a draft: seen with its words, withheld where it stands, or said to be something else."""

from __future__ import annotations

import sqlite3

import pytest

from config.codec import encode
from config.errors import RequestError
from config.redacted import Secret
from config.request import Status
from desk.book import SHELF
from flows import clearing, readiness, steps
from flows.workplace import Workplace
from outputs import Found
from tests.desk.conftest import Desk, drafted
from tests.flows.conftest import OTHER_BSN, Gemeente

ODD = "xylofoor"
"""A word that no list has: withheld where somebody pointed at it, it may be what betrays a person."""


@pytest.fixture
def leaking(prepared: Gemeente, desk: Desk) -> str:
    """A request in whose draft a word stands that somebody withheld elsewhere."""
    with sqlite3.connect(prepared.folder / "hulp.sqlite") as db:
        db.execute("delete from CONTACT where KLANTNR = 4712")
        notes = [f"Hij kent haar van de {ODD} in het buurthuis.", f"Wil zelf een {ODD} kopen."]
        db.executemany("insert into CONTACT values (4712, '2026-01-06', ?, null)", [(note,) for note in notes])
    db.close()
    number = drafted(desk.work, OTHER_BSN)
    book = SHELF.book(desk.work, number)
    unit = next(u for u in book.units if u.source == "hulp" and "kent haar" in book.words(u))
    desk.as_("anna").post(f"/verzoeken/{number}/beoordelen/{unit.key}/wijs-aan", {"place": "NOTITIE", "words": ODD, "ground": "A2"})
    _again(desk.work, number)
    return number


def _again(work: Workplace, number: str) -> None:
    steps.redact(work, number)
    steps.draft(work, number, "anna")


def test_the_desk_sees_what_was_found_and_where(desk: Desk, leaking: str) -> None:
    """The value, its kind, how often, and the words around it; nobody can approve before it is dealt with."""
    (found,) = clearing.found(desk.work, leaking)
    assert (found.secret.value, found.secret.kind) == (ODD, "text") and f"zelf een {ODD} kopen" in found.around
    page = desk.as_("anna").get(f"/verzoeken/{leaking}/concept").text
    assert ODD in page and "Dit is hier niet die persoon" in page
    with pytest.raises(RequestError, match="inzage review found"):
        steps.draft_hash(desk.work, leaking)


def test_a_cleared_value_needs_a_reason_and_two_others_to_approve(desk: Desk, leaking: str) -> None:
    """Who cleared it handled the request; the reviewers read the word and the reason; the trail keeps who, and the reason sealed."""
    (found,) = clearing.found(desk.work, leaking)
    desk.as_("anna").post(f"/verzoeken/{leaking}/concept/vrij", {"value": found.key, "reason": " "}, 409)
    assert clearing.cleared(desk.work, leaking) == {}
    clearing.clear(desk.work, leaking, found.key, "Het instrument dat hij wil kopen", "anna")
    _again(desk.work, leaking)
    assert (clearing.found(desk.work, leaking), steps.leaks(desk.work, leaking)) == ((), "")
    assert "Het instrument dat hij wil kopen" in desk.as_("rik").get(f"/verzoeken/{leaking}/concept").text
    assert "anna" in readiness.own_work(desk.work, leaking)
    entry = next(e for e in desk.work.register.audit.entries(leaking) if e.action == "value cleared")
    assert entry.actor == "anna" and ODD not in str(entry.detail)
    assert {r.text for r in desk.work.register.reasons(leaking)} >= {"Het instrument dat hij wil kopen"}


def test_a_cleared_value_is_searched_for_again_when_taken_back(desk: Desk, leaking: str) -> None:
    """And in the sealed package it is sought as long as it is not cleared; an approval before does not count."""
    (found,) = clearing.found(desk.work, leaking)
    clearing.clear(desk.work, leaking, found.key, "Het instrument", "anna")
    _again(desk.work, leaking)
    readiness.approve(desk.work, leaking, "rik", forgive=frozenset({"source"}))
    (name,) = clearing.cleared(desk.work, leaking)
    clearing.restore(desk.work, leaking, name, "anna")
    assert desk.work.register.get(leaking).status is Status.REVIEW and not desk.work.register.approvals(leaking)
    _again(desk.work, leaking)
    assert [one.key for one in clearing.found(desk.work, leaking)] == [found.key]


def test_only_what_was_found_can_be_cleared(desk: Desk, leaking: str) -> None:
    """Nobody takes a value out of the search beforehand."""
    with pytest.raises(RequestError, match="found no such value"):
        clearing.clear(desk.work, leaking, "0" * 12, "omdat", "anna")


@pytest.mark.parametrize("kind", sorted(clearing.NEVER))
def test_a_number_of_one_person_cannot_be_cleared(desk: Desk, number: str, kind: str) -> None:
    """A BSN, an account and an e-mail address are that person's wherever they stand."""
    one = Found(Secret("999931738", kind), 1, "dossier.pdf text", "bsn 999931738")
    desk.work.vault.put(number, clearing.FOUND, encode((one,)))
    with pytest.raises(RequestError, match="is one person's wherever it stands"):
        clearing.clear(desk.work, number, one.key, "omdat", "anna")

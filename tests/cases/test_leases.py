"""Who works on a request: one at a time, and what a crash leaves is free again when its lease has run out."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from cases import Register
from config.errors import RequestError
from config.request import Status
from tests.cases.conftest import in_processes


@pytest.fixture
def collecting(register: Register, number: str) -> str:
    """The number of a request whose sources are being asked."""
    return register.move(number, Status.COLLECTING, "inzage").number


def test_a_lease_is_held_by_one(register: Register, collecting: str) -> None:
    """Who has it may take it again; another must wait until it is given back."""
    assert register.lease(collecting, "een", 60)
    assert register.lease(collecting, "een", 60)
    assert not register.lease(collecting, "twee", 60)
    assert not register.release_lease(collecting, "twee")
    assert register.release_lease(collecting, "een")
    assert register.lease(collecting, "twee", 60)


def test_a_lease_that_ran_out_is_free(register: Register, collecting: str) -> None:
    """Recovery does not wait for the engine; the trail tells that somebody was taken over from."""
    register.lease(collecting, "een", 0.05)
    time.sleep(0.1)
    assert register.stale() == (collecting,)
    assert register.lease(collecting, "twee", 60)
    assert register.stale() == ()
    assert '"taken_over": true' in register.audit.entries(collecting)[-1].detail


def test_a_lease_of_a_holder_who_is_known_to_be_dead_ends_at_once(register: Register, collecting: str) -> None:
    """Only theirs: who took it over meanwhile keeps it."""
    register.lease(collecting, "een", 60)
    assert register.holders() == ((collecting, "een"),)
    assert not register.end_lease(collecting, "twee")
    assert register.end_lease(collecting, "een")
    assert register.holders() == ()
    assert register.stale() == (collecting,)
    assert register.lease(collecting, "twee", 60)
    assert not register.end_lease(collecting, "een")


def test_a_heartbeat_keeps_a_lease_and_tells_when_it_was_lost(register: Register, collecting: str) -> None:
    """And leaves no entry: a beat every few seconds would drown the trail."""
    register.lease(collecting, "een", 0.3)
    before = register.audit.verify()
    for _ in range(4):
        time.sleep(0.1)
        assert register.heartbeat(collecting, "een", 0.3)
    assert not register.lease(collecting, "twee", 60)
    assert register.audit.verify() == before
    time.sleep(0.4)
    register.lease(collecting, "twee", 60)
    assert not register.heartbeat(collecting, "een", 60)


def test_only_what_is_under_way_can_be_left_behind(register: Register, number: str) -> None:
    """A request that nobody started is not stale; one that was started without a lease is."""
    assert register.stale() == ()
    register.move(number, Status.COLLECTING, "inzage")
    assert register.stale() == (number,)
    register.move(number, Status.REVIEW, "inzage")
    assert register.stale() == ()


def test_nobody_leases_what_is_not_there(register: Register) -> None:
    """A number that does not exist is an error, not a lease that somebody else has."""
    with pytest.raises(RequestError):
        register.lease("INZ-2026-000009", "een", 60)


def test_of_processes_that_take_over_at_once_one_gets_it(url: str, register: Register, collecting: str, tmp_path: Path) -> None:
    """One atomic step."""
    register.lease(collecting, "dood", 0.01)
    printed = in_processes(url, tmp_path, f"print(register.lease({collecting!r}, argument, 60))", ["een", "twee", "drie"])
    assert sorted(printed) == ["False", "False", "True"]

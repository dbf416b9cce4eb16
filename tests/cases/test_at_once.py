"""Many at once: threads and processes register, move and read together, and no number, entry or request suffers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from cases import Register
from config.errors import RequestError
from config.request import Status
from tests.cases.conftest import BSN, BSNS, DRAFT, RECEIVED, in_processes


def at_once(calls: list[Callable[[], object]]) -> list[object]:
    """What each call gives, or the RequestError that it ends with, when all start at the same moment."""
    gate, results = threading.Barrier(len(calls)), list[object]()

    def run(call: Callable[[], object]) -> None:
        gate.wait()
        try:
            results.append(call())
        except RequestError as error:
            results.append(error)

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_threads_that_register_at_once_get_numbers_without_a_gap(register: Register) -> None:
    """Eight residents, the first numbers of a year."""
    made = at_once([lambda bsn=bsn: register.new(bsn, RECEIVED, actor="balie").number for bsn in BSNS])  # type: ignore[misc]  # lambda default
    assert sorted(map(str, made)) == [f"INZ-2026-{i:06d}" for i in range(1, 9)]
    assert register.audit.verify().entries == 8


def test_processes_that_register_at_once_get_numbers_without_a_gap(url: str, keys: object, tmp_path: Path) -> None:
    """Four processes that even start on a database which is not there yet, each with two residents."""
    code = "for bsn in argument.split(): print(register.new(bsn, date(2026, 11, 20), actor='balie').number)"
    printed = in_processes(url, tmp_path, code, [" ".join(BSNS[i : i + 2]) for i in range(0, 8, 2)])
    assert sorted(number for lines in printed for number in lines.split()) == [f"INZ-2026-{i:06d}" for i in range(1, 9)]


def test_of_requests_of_one_resident_at_once_one_is_registered(register: Register) -> None:
    """Also when they came in in different years, so that they draw different numbers; the others name the one that won."""
    days = [date(year, 6, 1) for year in (2023, 2024, 2025, 2026)] * 2
    made = at_once([lambda day=day: register.new(BSN, day, actor="balie").number for day in days])  # type: ignore[misc]  # lambda default
    won = [one for one in made if isinstance(one, str)]
    assert len(won) == 1
    assert [error for error in made if isinstance(error, RequestError) and won[0] not in str(error)] == []
    assert [request.number for request in register.all()] == won


def test_of_two_second_reviewers_at_once_both_are_counted_or_one_is_told(register: Register, in_review: str) -> None:
    """Never three approvals, never two that leave the request in review."""
    given = at_once([lambda who=who: register.approve(in_review, who, DRAFT).status for who in ("een", "twee", "drie")])  # type: ignore[misc]  # lambda default
    assert sorted(map(str, (one for one in given if isinstance(one, Status)))) == ["approved", "review"]
    assert (register.get(in_review).status, len(register.approvals(in_review))) == (Status.APPROVED, 2)


def test_one_person_who_clicks_twice_at_once_approves_once(register: Register, in_review: str) -> None:
    """The second click is told so."""
    given = at_once([lambda: register.approve(in_review, "een", DRAFT)] * 4)
    assert len([one for one in given if isinstance(one, RequestError)]) == 3
    assert register.get(in_review).status is Status.REVIEW


def test_of_releases_at_once_one_happens(register: Register, in_review: str) -> None:
    """A double click sends one letter."""
    for who in ("een", "twee"):
        register.approve(in_review, who, DRAFT)
    given = at_once([lambda: register.move(in_review, Status.RELEASED, "balie")] * 4)
    assert len([one for one in given if isinstance(one, RequestError)]) == 3


def test_a_trail_written_by_threads_verifies_while_it_grows(register: Register, number: str) -> None:
    """Who verifies sees one moment, not a half-written one."""

    def write() -> None:
        for times in range(15):
            register.note(number, "balie", "looked", {"times": times})

    def verify() -> None:
        for _ in range(10):
            register.audit.verify()

    assert at_once([write, write, write, verify]) == [None] * 4
    assert register.audit.verify().entries == 46


def test_a_trail_written_by_processes_verifies(url: str, register: Register, number: str, tmp_path: Path) -> None:
    """Every entry is there, in one chain."""
    code = f"for i in range(20): register.note({number!r}, argument, 'looked', {{'times': i}})"
    in_processes(url, tmp_path, code, ["een", "twee", "drie"])
    assert register.audit.verify().entries == 61
    assert sorted(register.actors(number, "looked")) == ["drie", "een", "twee"]

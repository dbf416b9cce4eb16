"""Chapter 8. Patience: asking again with growing pauses, never more at once than agreed, and several answers as one account."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import date

import pytest

import connectors
from config.collection import Coverage, Outcome
from config.errors import SourceRefused, SourceUnavailable
from connectors.asking.retry import FIRST, LONGEST, Later, attempts
from connectors.asking.turns import turn
from tests.connectors.made import NOW, source

DOWN = SourceUnavailable("bron", "weg", "wacht")


def tried(errors: list[Exception], retries: int, chance: float = 1.0) -> tuple[object, list[float]]:
    """What came of it, and the pauses."""
    pauses: list[float] = []

    def call() -> str:
        if errors:
            raise errors.pop(0)
        return "ja"

    try:
        return attempts(call, retries, sleep=pauses.append, chance=lambda: chance), pauses
    except (SourceUnavailable, SourceRefused) as error:
        return type(error), pauses


def test_pauses_double_and_jitter_takes_a_part_of_them() -> None:
    """Full jitter: any part of a limit that doubles, so that a hundred askers do not come back together."""
    assert tried([DOWN] * 3, 3) == ("ja", [FIRST, 2 * FIRST, 4 * FIRST])
    assert tried([DOWN] * 3, 3, chance=0.0) == ("ja", [0.0, 0.0, 0.0])


def test_it_gives_up_after_the_retries() -> None:
    """No more attempts than one and the retries."""
    assert tried([DOWN] * 9, 2)[0] is SourceUnavailable
    assert len(tried([DOWN] * 9, 2)[1]) == 2


def test_a_refusal_is_final() -> None:
    """Only what may heal is asked again."""
    assert tried([SourceRefused("bron", "nee", "vraag")], 5) == (SourceRefused, [])


def test_what_the_source_asks_is_waited_whole() -> None:
    """Retry-After is a floor; one that is too long is not waited for."""
    assert tried([Later("bron", "vol", "wacht", 3.0)], 1, chance=0.0) == ("ja", [3.0])
    assert tried([Later("bron", "vol", "wacht", LONGEST + 1)], 1)[0] is Later


def test_never_more_at_once_than_agreed() -> None:
    """Over all threads of the process, by source."""
    asked, now, most = replace(source("sql", ""), name="druk", concurrency=2), [0], [0]
    lock = threading.Lock()

    def ask() -> None:
        with turn(asked):
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            time.sleep(0.02)
            with lock:
                now[0] -= 1

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [2]


def leg(status: Outcome, records: int = 0, **more: object) -> Coverage:
    return replace(Coverage("bron", "Een bron", status, records, asked_at=NOW, message=f"zin {status}"), **more)


@pytest.mark.parametrize(
    ("legs", "whole"),
    [
        ([Outcome.FOUND, Outcome.NONE], Outcome.FOUND),
        ([Outcome.NONE, Outcome.NONE], Outcome.NONE),
        ([Outcome.FOUND, Outcome.FAILED], Outcome.PARTIAL),
        ([Outcome.NONE, Outcome.FAILED], Outcome.PARTIAL),
        ([Outcome.FAILED, Outcome.FAILED], Outcome.FAILED),
        ([Outcome.PARTIAL, Outcome.NONE], Outcome.PARTIAL),
        ([Outcome.FOUND, Outcome.PARTIAL], Outcome.PARTIAL),
        ([Outcome.WAITING], Outcome.WAITING),
        ([Outcome.NONE, Outcome.WAITING], Outcome.WAITING),
        ([Outcome.FOUND, Outcome.WAITING], Outcome.PARTIAL),
    ],
)
def test_several_legs_are_one_account(legs: list[Outcome], whole: Outcome) -> None:
    """What was not searched is never hidden by what was; the sentence never says that nothing is held where that is not known."""
    made = connectors.merge([leg(status, int(status is Outcome.FOUND)) for status in legs], source("sql", ""))
    assert made.status is whole
    if whole is not Outcome.NONE:
        assert "hele systeem doorzocht en vonden niets" not in made.message


def test_counts_dates_and_alarms_are_joined() -> None:
    """Records add up, the earliest date counts, no alarm twice."""
    made = connectors.merge(
        [leg(Outcome.FOUND, 2, since=date(2020, 1, 1), alarms=("a",)), leg(Outcome.FOUND, 3, since=date(2019, 1, 1), alarms=("a", "b"))]
    )
    assert (made.records, made.since, made.alarms) == (5, date(2019, 1, 1), ("a", "b"))
    assert made.message == "Wij hebben dit hele systeem doorzocht en vonden 5 gegevenskaarten."


def test_a_source_that_was_never_asked_is_told() -> None:
    """It stands in the account as failed, with the reason, and never as empty."""
    made = connectors.merge([], source("sql", ""))
    assert (made.status, made.message) == (Outcome.FAILED, "Dit systeem is voor deze aanvraag niet doorzocht.")
    assert connectors.broken(source("sql", ""), NOW).status is Outcome.FAILED

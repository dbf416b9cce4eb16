"""The flow `watch-deadlines`: which requests are due soon or late, and which will not get on without a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from prefect import flow, get_run_logger

from config.collection import Outcome
from flows.keeper import TRIES
from flows.steps import coverage
from flows.workplace import Workplace, workplace

WARN_DAYS = 7
"""How many days before the unshifted date a request is told of."""


@flow(name="watch-deadlines", persist_result=False, log_prints=False)
def watch_deadlines() -> None:
    """Warn of each deadline that is near or past, of requests that keep breaking, and of sources that keep failing."""
    work = workplace()
    today = datetime.now(ZoneInfo(work.config.organisation.timezone)).date()
    for line in warnings(work, today):
        get_run_logger().warning("%s", line)


def warnings(work: Workplace, today: date) -> Iterator[str]:
    """What a person must know of today; request numbers, source names and dates only."""
    for request in work.register.due(today, WARN_DAYS):
        late = "late since" if request.steer < today else "due on"
        yield f"{request.number}: is {request.status}, and {late} {request.steer.isoformat()}."
    for number in work.register.stale():
        if work.register.tries(number)[0] >= TRIES:
            yield f"{number}: broke {TRIES} times or more. See its runs, mend the cause, and run it again."
        yield from (f"{number}: {s.source} does not answer." for s in coverage(work, number) if s.status is Outcome.FAILED)

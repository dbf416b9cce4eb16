"""How the work stands, for who runs it: counts of requests, what waits, what is near, how sources answer. No number of a request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from zoneinfo import ZoneInfo

from config.request import Status
from flows.told import SourceTold, told_of
from flows.workplace import Workplace

TRIES = 4
"""How often in a row a request is started by itself before it waits for the night or for a person."""

WARN_DAYS = 7
"""How many days before the unshifted date a request is told of."""


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """One source: how often it answered in which way, and how often in a row it failed up to now."""

    name: str
    title: str
    outcomes: Mapping[str, int]
    in_a_row: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands at one moment. Runs: how many ended by each bound of `flows.told.STEPS`, how long all took, and the median of late."""

    by_status: Mapping[str, int]
    waiting: int  # registered, and nobody began
    left: int  # under way, and nobody alive works on it
    stuck: int  # of these, left to a person after several tries
    near: int  # due within WARN_DAYS, not late
    late: int
    sources: tuple[SourceStanding, ...]
    runs: tuple[int, ...]
    seconds: float
    median: float | None

    @property
    def failing(self) -> tuple[SourceStanding, ...]:
        """Sources that failed twice in a row or more."""
        return tuple(source for source in self.sources if source.in_a_row >= 2)


def standing(work: Workplace) -> Standing:
    """How it stands now."""
    register, told, day = work.register, told_of(work.register).look(), today(work)
    counts = Counter(str(request.status) for request in register.all())
    due, left = register.due(day, WARN_DAYS), register.stale()
    late = sum(request.steer < day for request in due)
    sources = ((source, told.sources.get(source.name, SourceTold())) for source in work.config.sources)
    return Standing(
        by_status={str(status): counts[str(status)] for status in Status},
        waiting=counts[str(Status.REGISTERED)],
        left=len(left),
        stuck=sum(register.tries(number)[0] >= TRIES for number in left),
        near=len(due) - late,
        late=late,
        sources=tuple(SourceStanding(s.name, s.title, dict(t.outcomes), t.in_a_row) for s, t in sources),
        runs=tuple(told.runs),
        seconds=told.seconds,
        median=median(told.recent) if told.recent else None,
    )


def today(work: Workplace) -> date:
    """The day where the gemeente is."""
    return datetime.now(ZoneInfo(work.config.organisation.timezone)).date()

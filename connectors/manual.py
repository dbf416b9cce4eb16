"""A system with no way in: a colleague looks by hand, and until then the source is waited for, never taken for empty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from config.collection import Answer, Coverage, Outcome
from config.person import Subject
from config.settings import Entity, Source
from connectors.asking.contract import SourceReport
from connectors.asking.texts import text


def collect(source: Source, entities: Sequence[Entity], subject: Subject, *, now: datetime) -> Answer:
    """No rows: a coverage that waits. The task of the colleague is made by whoever orders the work."""
    return Answer(Coverage(source.name, source.title, Outcome.WAITING, asked_at=now, message=text("coverage", "waiting")))


def check(source: Source, entities: Sequence[Entity]) -> SourceReport:
    """Nothing can be checked but that somebody is named to look."""
    lacks = () if source.owner else (f"{source.name}: nobody is named as its owner. Write the address of who looks under `owner`.",)
    return SourceReport(source.name, reachable=True, authorised=True, drift=lacks)

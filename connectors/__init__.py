"""Reading: a person in, collections out. One module of this package is one kind of source system; what they share lies in its folders.

identify -> collect (one source, some entities) -> learn -> ... -> doubts
check     whether a source is as sources.yaml says
in_period a collection without what lies outside a period that was asked for
merge     several answers of one source as one account
suggest   a first sources.yaml for a database that nobody described
explained why a row was taken for the subject's, in Dutch
broken    the account of a source whose connector stopped by a fault of its own
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any

from config.collection import Answer, Coverage
from config.person import Subject
from config.settings import Entity, Source
from connectors.asking.account import broken_coverage, merged
from connectors.asking.contract import SourceReport
from connectors.asking.explained import explained
from connectors.exports.index import Cabinet
from connectors.guessing.suggest import Suggestion, suggest
from connectors.knowing.doubting import doubts
from connectors.knowing.learning import identify, learn
from connectors.knowing.period import Period, in_period

__all__ = [
    "Cabinet", "Period", "SourceReport", "Suggestion", "broken", "check", "collect", "doubts", "explained", "identify", "in_period",
    "kinds", "learn", "merge", "suggest",
]  # fmt: skip


def kinds() -> frozenset[str]:
    """The kinds of source that can be read: the modules of this package, found by name."""
    return frozenset(found.name for found in pkgutil.iter_modules(__path__) if not found.ispkg and not found.name.startswith("_"))


def collect(source: Source, entities: Sequence[Entity], subject: Subject, *, now: datetime) -> Answer:
    """What one source holds of the subject in these entities, given with providers of keys first.

    Raises nothing for what the source does: every outcome is in the coverage of the answer. Only a fault of our own comes through.
    """
    answer: Answer = _kind(source).collect(source, entities, subject, now=now)
    return answer


def check(source: Source, entities: Sequence[Entity] | None = None) -> SourceReport:
    """Whether a source is there, lets us in, and has the shape and size that sources.yaml says."""
    report: SourceReport = _kind(source).check(source, source.entities if entities is None else entities)
    return report


def merge(coverages: Iterable[Coverage], source: Source | None = None) -> Coverage:
    """Several legs of one source as one account; a source of which a part was not searched is never `none`.

    `source` says which one it is about where no leg of it was asked at all; ValueError where neither tells.
    """
    return merged(tuple(coverages), source)


def broken(source: Source, now: datetime) -> Coverage:
    """The account of a source whose connector stopped by a fault of its own: not searched."""
    return broken_coverage(source, now)


def _kind(source: Source) -> Any:
    return import_module(f"connectors.{source.kind}")

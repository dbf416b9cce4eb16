"""Coverage: how a source was searched, from how each of its entities was. "No answer" never becomes "no data" here.

every entity searched whole             found, or none
some searched, some not, or in part     partial, also when nothing was found
nothing searched                        failed
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from config.collection import Answer, Collection, Coverage, Kind, Outcome, Party
from config.settings import Source
from connectors.asking.contract import Searched
from connectors.asking.known import Values
from connectors.asking.matching import earliest
from connectors.asking.texts import counted, files, text
from connectors.written.dates import day
from connectors.written.parts import Part, part


def answer_of(source: Source, searched: Sequence[Searched], now: datetime) -> Answer:
    """All that one source gave, and the account of it."""
    collections = tuple(one.collection for one in searched if one.collection is not None)
    provided = _joined(one.provided for one in searched)
    return Answer(
        coverage=coverage_of(source, searched, now),
        collections=collections,
        provided={key: tuple(values) for key, values in provided.items()},
        doubtful={key: low for key, values in provided.items() if (low := {v: score for v, score in values.items() if score < 1})},
        missed=tuple(dict.fromkeys(key for one in searched if not one.whole for key in keys_of(one, source.name))),
    )


def keys_of(searched: Searched, source: str) -> tuple[str, ...]:
    """The keys that an entity provides, as seen from outside."""
    return tuple(f"{source}.{key.removeprefix('key.')}" for key in searched.entity.provides.values())


def _joined(provided: Iterable[Mapping[str, Values]]) -> dict[str, dict[str, float]]:
    joined: dict[str, dict[str, float]] = {}
    for keys in provided:
        for name, values in keys.items():
            into = joined.setdefault(name, {})
            for value, score in values.items():
                into[value] = max(score, into.get(value, 0.0))
    return joined


def coverage_of(source: Source, searched: Sequence[Searched], now: datetime) -> Coverage:
    """The account of one leg."""
    collections = [one.collection for one in searched if one.collection is not None]
    records, documents = sum(len(c.rows) for c in collections), sum(len(c.documents) for c in collections)
    status = _status([one.whole for one in searched], [bool(one.failure) for one in searched], records + documents)
    return Coverage(
        source=source.name,
        title=source.title,
        status=status,
        records=records,
        documents=documents,
        asked_at=now,
        since=earliest(when for c in collections for when in days(c) if when <= now.date()),
        message=_message(status, records, documents, searched),
        alarms=tuple(dict.fromkeys(alarm for one in searched for alarm in one.alarms)),
    )


def _status(whole: Sequence[bool], failed: Sequence[bool], found: int) -> Outcome:
    if whole and all(whole):
        return Outcome.FOUND if found else Outcome.NONE
    return Outcome.FAILED if all(failed) and not found else Outcome.PARTIAL


def _message(status: Outcome, records: int, documents: int, searched: Sequence[Searched]) -> str:
    what = counted(records, documents)
    unread = sum(one.files_unread for one in searched)
    if status is Outcome.FAILED:
        return text("coverage", next((one.failure for one in searched if one.failure), "unasked"))
    if unread and not any(one.failure for one in searched):
        return text("coverage", "files", what=what, files=files(unread))
    if status is Outcome.PARTIAL:
        return text("coverage", "partial" if records + documents else "partial_none", what=what)
    return text("coverage", str(status), what=what)


def days(collection: Collection) -> Iterable[date]:
    """The dates of what was found: of documents, and in columns of dates that are not a date of birth."""
    yield from (document.date for document in collection.documents if document.date)
    for column in collection.columns:
        dated = column.kind is Kind.DATE and column.party in {Party.SUBJECT, Party.MIXED} and not column.withhold
        if dated and part(column) is not Part.BIRTH_DATE:
            yield from (when for cell in set(collection.rows[column.name]) if (when := day(cell)) and when.year > 1900)


def merged(coverages: Sequence[Coverage], source: Source | None) -> Coverage:
    """Several legs of one source as one account: worst truth first, so that a part not searched is never hidden by one that was."""
    if not coverages:
        if source is None:
            raise ValueError("no coverages to merge, and no source that was not asked")
        return Coverage(source.name, source.title, Outcome.FAILED, message=text("coverage", "not_asked"), alarms=(_unreached(source),))
    if len(coverages) == 1:
        return coverages[0]
    records, documents = sum(c.records for c in coverages), sum(c.documents for c in coverages)
    status = _together({c.status for c in coverages}, records + documents)
    return Coverage(
        source=coverages[0].source,
        title=coverages[0].title,
        status=status,
        records=records,
        documents=documents,
        asked_at=min((c.asked_at for c in coverages if c.asked_at), default=None),
        since=earliest(c.since for c in coverages),
        message=_merged_message(status, records, documents, coverages),
        alarms=tuple(dict.fromkeys(alarm for c in coverages for alarm in c.alarms)),
    )


def _together(statuses: set[Outcome], found: int) -> Outcome:
    if len(statuses) == 1:
        return statuses.pop()
    if statuses <= {Outcome.FOUND, Outcome.NONE}:
        return Outcome.FOUND
    if Outcome.WAITING in statuses and not found and Outcome.PARTIAL not in statuses:
        return Outcome.WAITING
    return Outcome.PARTIAL


def _merged_message(status: Outcome, records: int, documents: int, coverages: Sequence[Coverage]) -> str:
    worst = [c for c in coverages if c.status is status]
    if status in {Outcome.FAILED, Outcome.WAITING} and worst:
        return worst[0].message
    if len(worst) == 1 and all(c.status in {Outcome.NONE, status} for c in coverages):
        return worst[0].message  # the others found nothing, so its counts are those of all
    what = counted(records, documents)
    if status is Outcome.PARTIAL:
        return text("coverage", "partial" if records + documents else "partial_none", what=what)
    return text("coverage", str(status), what=what)


def _unreached(source: Source) -> str:
    return f"{source.name}: it was not asked. Look whether the scope of the request leaves it out, or whether the run stopped early."


def broken_coverage(source: Source, now: datetime) -> Coverage:
    """The account of a source whose connector broke: not searched, which is not the same as empty."""
    alarm = f"{source.name}: its connector stopped by a fault of its own. Report this; the other sources went on."
    return Coverage(source.name, source.title, Outcome.FAILED, asked_at=now, message=text("coverage", "broken"), alarms=(alarm,))

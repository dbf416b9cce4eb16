"""The one way in which a person answers for a source: with files, or by saying that nothing is held.

For a source that is searched by hand, and for one that stays down: what it gave itself stays, and what is handed over comes beside it.
A file that does not mention the resident is for a reviewer to judge; one that cannot be read is withheld whole and counted, as ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path, PurePosixPath, PureWindowsPath

import yaml

from cases.tasks import End, Task
from config.codec import decode, encode
from config.collection import Answer, Collection, Coverage, Outcome
from config.discretion import discreet
from config.errors import RequestError
from config.order import Leg
from config.person import Subject
from config.settings import Entity, Source
from connectors import identify, manual
from flows import byhand, steps
from flows.workplace import Workplace

MOST_FILES, MOST_BYTES = 50, 100 * 2**20
ENTITY = "aangeleverd"
"""The entity under which it stands beside what the source gave itself."""

Files = Sequence[tuple[str, bytes]]
"""Names and contents."""


@discreet
@dataclass(frozen=True, slots=True)
class Given:
    """One file as it was handed over."""

    name: str
    data: bytes


def hand_over(work: Workplace, number: str, source: str, files: Files | None, by: str) -> Task:
    """Keep what a person answers for a source: files, or None for "searched, and nothing (more) is held". The draft must be made anew.

    Raises RequestError where the source is not asked, answered whole by itself, or the files are none or too much.
    """
    known, legs = _asked(work, number, source)
    given = None if files is None else _checked(number, files)
    if work.register.tasks.get(number, source) is None:
        byhand.open_task(work, number, known, datetime.now(UTC).date(), quiet=True)
    task = work.register.tasks.end(number, source, End.NOTHING if given is None else End.FILES, by, len(given or ()))
    work.register.note(number, by, "uploaded", {"source": source, "files": len(given or ())})
    kept = _all(work, number, source, given, by)
    for place, leg in enumerate(legs):
        made = _answer(work, number, known, leg, kept if place == 0 else None)
        work.vault.put(number, steps.answer_name(leg), encode(made), by)
    if known.kind != "manual":
        work.register.handling.choose(number, source, "upload", by)
    return task


def choose(work: Workplace, number: str, source: str, choice: str, by: str) -> None:
    """Decide what becomes of a source that was not searched whole; where it is to be searched by hand, its owner is told."""
    if source not in {leg.source for leg in steps.legs(work, number)}:
        raise RequestError(number, "this source is not asked for this request", "Name a source of its scope")
    work.register.handling.choose(number, source, choice, by)
    if choice == "upload":
        byhand.open_task(work, number, work.config.source(source), datetime.now(UTC).date())


def _asked(work: Workplace, number: str, source: str) -> tuple[Source, list[Leg]]:
    legs = sorted((leg for leg in steps.legs(work, number) if leg.source == source), key=lambda leg: leg.stage)
    if not legs:
        raise RequestError(number, "this source is not asked for this request", "Name a source of its scope")
    known = work.config.source(source)
    if known.kind != "manual" and work.register.tasks.get(number, source) is None and _answered(work, number, source):
        raise RequestError(number, "this source answered whole by itself", "Ask it again if something is missing")
    return known, legs


def _answered(work: Workplace, number: str, source: str) -> bool:
    return any(one.source == source and one.status in steps.ANSWERED for one in steps.coverage(work, number))


def _checked(number: str, files: Files) -> list[tuple[str, bytes]]:
    if not files or len(files) > MOST_FILES or sum(len(data) for _, data in files) > MOST_BYTES:
        raise RequestError(number, f"an upload has 1 to {MOST_FILES} files, of {MOST_BYTES // 2**20} MiB together", "Split it")
    return [(plain_name(name), data) for name, data in files]


def _all(work: Workplace, number: str, source: str, given: Files | None, by: str) -> Files | None:
    """These files with those that were handed over before, kept together; None for a statement."""
    if given is None:
        return None
    held = f"handed-over/{source}"
    before = decode(work.vault.get(number, held), tuple[Given, ...]) if work.vault.exists(number, held) else ()
    kept = (*before, *(Given(name, data) for name, data in given))
    work.vault.put(number, held, encode(kept), by)
    return [(one.name, one.data) for one in kept]


def _answer(work: Workplace, number: str, source: Source, leg: Leg, files: Files | None) -> Answer:
    now = datetime.now(UTC)
    if files is None:
        given = manual.nothing_held(source, now=now)
    else:
        given = manual.handed_over(source, _entities(source, leg), _subject(work, number), files, now=now)
    return given if source.kind == "manual" else _beside(_own(work, number, leg), given)


def _own(work: Workplace, number: str, leg: Leg) -> Answer | None:
    """What the source gave itself, without what was handed over before."""
    name = steps.answer_name(leg)
    if not work.vault.exists(number, name):
        return None
    held = decode(work.vault.get(number, name), Answer)
    own = tuple(c for c in held.collections if c.entity != ENTITY)
    papers = sum(len(c.documents) for c in held.collections if c.entity == ENTITY)
    message = held.coverage.message.partition(_texts()["beside"])[0].strip()
    coverage = replace(held.coverage, documents=held.coverage.documents - papers, message=message)
    return replace(held, collections=own, coverage=coverage)


def _beside(own: Answer | None, given: Answer) -> Answer:
    """Both as one answer, that counts as searched whole by a person."""
    if own is None or not (own.coverage.records or own.coverage.documents):
        return replace(given, collections=tuple(map(_apart, given.collections)))
    told = replace(
        own.coverage, status=Outcome.FOUND, asked_at=given.coverage.asked_at, documents=own.coverage.documents + given.coverage.documents,
        message=f"{own.coverage.message} {_texts()['beside']} {_more(given.coverage)}",
        alarms=(*own.coverage.alarms, *given.coverage.alarms),
    )  # fmt: skip
    return replace(own, coverage=told, collections=(*own.collections, *map(_apart, given.collections)))


def _more(given: Coverage) -> str:
    count, words = given.documents, _texts()
    return words["nothing_more"] if not count else words["one_more" if count == 1 else "more"].format(count=count)


def _apart(given: Collection) -> Collection:
    return replace(given, entity=ENTITY)


def _entities(source: Source, leg: Leg) -> list[Entity]:
    return [entity for entity in source.entities if entity.name in leg.entities]


def _subject(work: Workplace, number: str) -> Subject:
    """The subject as far as runs before learnt; by BSN alone where there was none yet."""
    if work.vault.exists(number, "subject"):
        return decode(work.vault.get(number, "subject"), Subject)
    return identify(work.register.bsn(number))


@cache
def _texts() -> Mapping[str, str]:
    read: Mapping[str, Mapping[str, str]] = yaml.safe_load(Path(__file__).with_name("byhand.yaml").read_text(encoding="utf-8"))
    return read["answer"]


def plain_name(name: str) -> str:
    """The last part of a file's name, whatever system wrote it: no folder, no way up.

    >>> plain_name("..\\\\..\\\\etc/passwd"), plain_name("/")
    ('passwd', 'bestand')
    """
    last = PurePosixPath(PureWindowsPath(name).name).name
    plain = "".join(c for c in last if c.isprintable())[:120]
    return plain if plain.strip(". ") else "bestand"

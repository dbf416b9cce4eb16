"""What a colleague brings by hand in place of a source that stays down: files become documents of that source.

The person who uploads says with it that this is all the source holds. What cannot be read is withheld whole and counted, as ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath, PureWindowsPath

import pandas as pd

from config.codec import decode, encode
from config.collection import Answer, Collection, Coverage, Document, Match, Outcome
from config.errors import RequestError
from config.order import Leg
from config.settings import Source
from connectors.asking.attached import documents_of
from connectors.files.reading import read
from flows import steps
from flows.workplace import Workplace

MOST_FILES, MOST_BYTES = 50, 100 * 2**20
MATCH = Match(1.0, "brought by a colleague")
ENTITY = "aangeleverd"
"""The entity under which it stands beside what the source gave itself."""

MESSAGE = "Een medewerker heeft deze gegevens met de hand aangeleverd."
"""For the resident, in the dossier."""


def upload(work: Workplace, number: str, source: str, files: Sequence[tuple[str, bytes]], actor: str) -> int:
    """Take files as the answer of a source; gives how many documents they hold. RequestError where there are none, or too much."""
    if not files or len(files) > MOST_FILES or sum(len(data) for _, data in files) > MOST_BYTES:
        raise RequestError(number, f"an upload has 1 to {MOST_FILES} files, of {MOST_BYTES // 2**20} MiB together", "Split it")
    legs = [leg for leg in steps.legs(work, number) if leg.source == source]
    if not legs:
        raise RequestError(number, "this source is not asked for this request", "Name a source of its scope")
    known = work.config.source(source)
    brought = tuple(one for name, data in files for one in read(data, plain_name(name)))
    first = _first(work, number, legs)
    documents = tuple(documents_of(brought, MATCH, "", 1 + len(_brought(first))))
    work.register.note(number, actor, "uploaded", {"source": source, "files": len(files), "documents": len(documents)})
    for leg, held in _answers(work, number, known, legs, documents):
        work.vault.put(number, steps.answer_name(leg), encode(held), actor)
    work.register.handling.choose(number, source, "upload", actor)
    return len(documents)


def _first(work: Workplace, number: str, legs: Sequence[Leg]) -> Answer | None:
    return _held(work, number, min(legs, key=lambda leg: leg.stage))


def _held(work: Workplace, number: str, leg: Leg) -> Answer | None:
    name = steps.answer_name(leg)
    return decode(work.vault.get(number, name), Answer) if work.vault.exists(number, name) else None


def _brought(answer: Answer | None) -> tuple[Document, ...]:
    """What was brought before: it stays."""
    return tuple(d for c in (answer.collections if answer else ()) if c.entity == ENTITY for d in c.documents)


def _answers(
    work: Workplace, number: str, source: Source, legs: Sequence[Leg], documents: tuple[Document, ...]
) -> list[tuple[Leg, Answer]]:
    """What each leg gave itself stays; the documents are added to the first, and all count as searched whole by a person."""
    made, now = list[tuple[Leg, Answer]](), datetime.now(UTC)
    for position, leg in enumerate(sorted(legs, key=lambda leg: leg.stage)):
        before = _held(work, number, leg) or Answer(Coverage(source.name, source.title, Outcome.FOUND, asked_at=now))
        told = replace(before.coverage, status=Outcome.FOUND, asked_at=now, message=MESSAGE)
        if position > 0:
            made.append((leg, replace(before, coverage=told)))
            continue
        own = tuple(c for c in before.collections if c.entity != ENTITY)
        added = _collection(source, (*_brought(before), *documents))
        told = replace(told, documents=told.documents + len(documents))
        made.append((leg, replace(before, coverage=told, collections=(*own, added))))
    return made


def _collection(source: Source, documents: tuple[Document, ...]) -> Collection:
    activity = source.activity or next((entity.activity for entity in source.entities if entity.activity), "")
    rows = pd.DataFrame(index=pd.RangeIndex(0), columns=pd.Index([], dtype=object))
    return Collection(source.name, ENTITY, source.title, activity, (), rows, (), documents)


def plain_name(name: str) -> str:
    """The last part of a file's name, whatever system wrote it: no folder, no way up.

    >>> plain_name("..\\\\..\\\\etc/passwd"), plain_name("/")
    ('passwd', 'bestand')
    """
    last = PurePosixPath(PureWindowsPath(name).name).name
    plain = "".join(c for c in last if c.isprintable())[:120]
    return plain if plain.strip(". ") else "bestand"

"""A system with no way in: a colleague looks by hand, and until then the source is waited for, never taken for empty.

`owner` is the address of who looks. Their answer is files, or the statement that nothing is held; entities and columns are not needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pandas as pd

from config.collection import Answer, Collection, Coverage, Document, Match, Outcome
from config.person import Person, Subject
from config.settings import Entity, Source
from connectors.asking.attached import document
from connectors.asking.contract import SourceReport
from connectors.asking.texts import counted, text
from connectors.asking.texts import files as in_words
from connectors.files.mentions import Text
from connectors.files.reading import ReadFile, read
from connectors.written.likeness import Verdict

UNSAID = 0.6
"""The score of a file that does not mention the subject: a colleague says it is theirs, and a reviewer looks."""

ANOTHERS = 0.3
"""The score of one in which the BSN of somebody else stands, and not the subject's."""

NAMED = 0.85
"""The score of one that has the full name and birth date of the subject, and not the BSN: two people may share both."""


def collect(source: Source, entities: Sequence[Entity], subject: Subject, *, now: datetime) -> Answer:
    """No rows: a coverage that waits. The task of the colleague is made by whoever orders the work."""
    return Answer(Coverage(source.name, source.title, Outcome.WAITING, asked_at=now, message=text("coverage", "waiting")))


def check(source: Source, entities: Sequence[Entity]) -> SourceReport:
    """Nothing can be checked but that somebody is named to look."""
    lacks = () if source.owner else (f"{source.name}: nobody is named as its owner. Write the address of who looks under `owner`.",)
    return SourceReport(source.name, reachable=True, authorised=True, drift=lacks)


def handed_over(
    source: Source, entities: Sequence[Entity], subject: Subject, files: Sequence[tuple[str, bytes]], *, now: datetime
) -> Answer:
    """The files that a colleague found, each with the files inside it, as documents; a name and content each.

    One that does not mention the subject is for a reviewer to judge: a colleague may take a namesake's file from the drawer.
    """
    read_files = [part for name, data in files for part in _whole(read(data, name), subject.person)]
    documents = tuple(document(file, match, number) for number, (file, match) in enumerate(read_files, 1))
    unread = sum(bool(file.unreadable) for file, _ in read_files)
    said, found = ("manual_partial", Outcome.PARTIAL) if unread else ("manual_found", Outcome.FOUND)
    message = text("coverage", said, what=counted(0, len(documents)), files=in_words(unread))
    coverage = Coverage(source.name, source.title, found, documents=len(documents), asked_at=now, message=message)
    return Answer(replace(coverage, alarms=_unread(source, unread)), (_collection(source, entities, documents),))


def nothing_held(source: Source, *, now: datetime) -> Answer:
    """A colleague searched, and nothing is held."""
    return Answer(Coverage(source.name, source.title, Outcome.NONE, asked_at=now, message=text("coverage", "manual_none")))


def too_late(source: Source, *, now: datetime) -> Answer:
    """Nobody searched in time: not known, which is not the same as nothing."""
    alarm = f"{source.name}: its owner did not answer in time. Ask them, and hand the answer over when it comes."
    return Answer(
        Coverage(source.name, source.title, Outcome.FAILED, asked_at=now, message=text("coverage", "manual_late"), alarms=(alarm,))
    )


def _whole(parts: Sequence[ReadFile], person: Person) -> list[tuple[ReadFile, Match]]:
    """A file with what lies in it, all as sure as its surest part."""
    best = max((_match(Text([part.name, *part.pages]), person) for part in parts), key=lambda match: match.score)
    return [(part, best) for part in parts]


def _match(said: Text, person: Person) -> Match:
    if person.bsn and said.bsn(person.bsn):
        return Match(1.0, "handed over by a colleague, with the BSN in it")
    if said.other_bsn(person.bsn):
        return Match(ANOTHERS, "handed over by a colleague, with the BSN of another in it")
    named = any(said.name(name) is Verdict.SAME for name in person.names)
    if named and person.birth_date and said.birth_date(person.birth_date):
        return Match(NAMED, "handed over by a colleague, with the name and birth date in it")
    return Match(UNSAID, "handed over by a colleague")


def _unread(source: Source, number: int) -> tuple[str, ...]:
    return (
        (f"{source.name}: {number} files that were handed over could not be read whole. They stay withheld; look at them.",)
        if number
        else ()
    )


def _collection(source: Source, entities: Sequence[Entity], documents: tuple[Document, ...]) -> Collection:
    entity = entities[0] if entities else None
    rows = pd.DataFrame(index=pd.RangeIndex(0))
    activity = (entity.activity if entity else "") or source.activity
    name, title = (entity.name, entity.title) if entity else ("stukken", source.title)
    return Collection(source.name, name, title, activity, (), rows, (), documents)

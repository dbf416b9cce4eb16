"""What a colleague brings by hand in place of a source that stays down: files become documents of that source.

The person who uploads says with it that this is all the source holds. What cannot be read is withheld whole and counted, as ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath, PureWindowsPath

import pandas as pd

from config.codec import encode
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
    documents = tuple(documents_of(brought, MATCH, "", 1))
    work.register.note(number, actor, "uploaded", {"source": source, "files": len(files), "documents": len(documents)})
    for leg, held in _answers(known, legs, documents):
        work.vault.put(number, steps.answer_name(leg), encode(held), actor)
    work.register.handling.choose(number, source, "upload", actor)
    return len(documents)


def _answers(source: Source, legs: Sequence[Leg], documents: tuple[Document, ...]) -> list[tuple[Leg, Answer]]:
    """The documents on the first leg; nothing more on the others."""
    now, made = datetime.now(UTC), []
    for position, leg in enumerate(sorted(legs, key=lambda leg: leg.stage)):
        mine = documents if position == 0 else ()
        coverage = Coverage(source.name, source.title, Outcome.FOUND, documents=len(mine), asked_at=now, message=MESSAGE)
        made.append((leg, Answer(coverage, (_collection(source, leg, mine),) if mine else ())))
    return made


def _collection(source: Source, leg: Leg, documents: tuple[Document, ...]) -> Collection:
    entity = next((e for e in source.entities if e.name in leg.entities), None)
    activity = (entity.activity if entity else "") or source.activity
    rows = pd.DataFrame(index=pd.RangeIndex(0), columns=pd.Index([], dtype=object))
    return Collection(source.name, entity.name if entity else "upload", source.title, activity, (), rows, (), documents)


def plain_name(name: str) -> str:
    """The last part of a file's name, whatever system wrote it: no folder, no way up.

    >>> plain_name("..\\\\..\\\\etc/passwd"), plain_name("/")
    ('passwd', 'bestand')
    """
    last = PurePosixPath(PureWindowsPath(name).name).name
    return "".join(c for c in last if c.isprintable())[:120] or "bestand"

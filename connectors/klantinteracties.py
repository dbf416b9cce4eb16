"""Contacts with residents: the Klantinteracties API (VNG, Open Klant), from the party with a BSN to every contact and what it led to.

`connection` is the address of the API, or of the server that has it below `/klantinteracties/api/v1`. `table` is one of
`connectors.customers.tables`. A column is a path of the specification: `contactnaam.achternaam`, `bijlageidentificator.objectId`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial

from config.collection import Answer
from config.person import Subject
from config.settings import Entity, Source
from connectors.asking.asked import asked
from connectors.asking.contract import Search, SourceReport
from connectors.asking.reported import Seen, reported
from connectors.customers.searching import API, Session
from connectors.customers.tables import TABLES, table
from connectors.records.api import Api
from connectors.records.searching import drifted
from connectors.web.client import opened


def collect(source: Source, entities: Sequence[Entity], subject: Subject, *, now: datetime) -> Answer:
    """What the API holds of the subject. Each question is asked again by itself where that may help, not the whole entity."""
    return asked(replace(source, retries=0), entities, subject, partial(_searching, retries=source.retries), now=now)


def check(source: Source, entities: Sequence[Entity]) -> SourceReport:
    """Whether the API answers, lets us in, knows the columns and is filled; asks for nobody."""

    def look(seen: Seen) -> None:
        with session(source, source.retries) as found:
            for entity in entities:
                _look(found, entity, seen)

    return reported(source, look)


def _look(found: Session, entity: Entity, seen: Seen) -> None:
    """Note what is wrong with one entity."""
    known = table(entity.table)
    if known is None:
        seen.lines.append(f"{entity.source}.{entity.name}: there is no table {entity.table}. Write one of: {', '.join(TABLES)}.")
        return
    seen.lines += drifted(entity, known.form)
    seen.count(entity, lambda: found.size(known))


@contextmanager
def session(source: Source, retries: int) -> Iterator[Session]:
    """The API, open."""
    root = source.connection.rstrip("/")
    base = root if re.search(r"/api/v\d+$", root) else f"{root}/{API}/api/v1"
    with opened(source, retries) as web:
        yield Session(source, Api(web, {API: base}))


@contextmanager
def _searching(source: Source, retries: int) -> Iterator[Search]:
    with session(source, retries) as found:
        yield found.search

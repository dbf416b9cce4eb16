"""What the chapters share: one resident, sources in the words of sources.yaml, and a folder to put real files in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import connectors
from config.collection import Answer, Column, Kind, Party
from config.person import Address, Name, Person, Subject
from config.settings import Entity, Source

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
BSN, OTHER = "999990019", "999990020"

JOHANNA = Subject(
    Person(
        names=(Name(given="Johanna Maria", call="Joke", prefix="van der", family="Berg"),),
        bsn=BSN,
        birth_date=date(1980, 3, 9),
        addresses=(Address("Kerkstraat", "12", "1234 AB", "Nergenshuizen"),),
        emails=("joke@voorbeeld.example",),
        phones=("0612345678",),
    )
)
"""The resident who asks, as other sources made her known."""


def column(name: str, kind: str = "text", party: str = "subject", label: str = "", withhold: str = "") -> Column:
    """A column as sources.yaml classifies it."""
    return Column(name, label or name.capitalize(), Kind(kind), Party(party), withhold=withhold)


def entity(name: str, match: Any, columns: list[Column], *, source: str = "bron", **more: Any) -> Entity:
    """An entity; `match` is one mapping or a list of them."""
    alternatives = (match,) if isinstance(match, dict) else tuple(match)
    more.setdefault("table", name)
    return Entity(source, name, name.capitalize(), match=alternatives, columns={c.name: c for c in columns}, **more)


def source(kind: str, connection: str, *entities: Entity, **more: Any) -> Source:
    """A source that gives up soon."""
    more = {"timeout": timedelta(seconds=5), "retries": 0, **more}
    return Source(more.pop("name", "bron"), "Een bron", kind, connection, entities=entities, owner="team@nergenshuizen.example", **more)


def collect(asked: Source, subject: Subject = JOHANNA) -> Answer:
    """All entities of a source, in one leg."""
    return connectors.collect(asked, asked.entities, subject, now=NOW)


def cells(answer: Answer, name: str) -> list[Any]:
    """The cells of one column, over all collections that have it."""
    return [cell for c in answer.collections if name in c.rows for cell in c.rows[name]]


def told(answer: Answer) -> str:
    """All that an answer says outside its collections: here no value may stand."""
    return f"{answer!r} {answer.coverage!r} {[m.by for c in answer.collections for m in c.matches]}"

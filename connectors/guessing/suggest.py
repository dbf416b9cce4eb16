"""`inzage sources suggest`: from a database that nobody described to a first sources.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from config.settings import Source
from connectors.guessing.roads import roads
from connectors.guessing.schema import tables
from connectors.guessing.written import as_yaml
from connectors.sql import opened


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The file, and what it is about: tables in all, those with a road to a person, and those that could not be read."""

    yaml: str
    tables: int
    reached: int
    unread: int


def suggest(url: str, name: str) -> Suggestion:
    """A first sources.yaml for the database at `url`, as source `name`. Raises SourceError where it cannot be opened."""
    with opened(Source(name, name, "sql", url, timeout=timedelta(seconds=60), retries=0)) as database:
        found = list(tables(database))
    made = roads(found)
    reached = sum(bool(road.match) for road in made)
    return Suggestion(as_yaml(name, found, made), len(found), reached, sum(bool(one.why_not) for one in found))

"""What a kind of source gives to the shared work: tables to search, and what became of searching one entity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, runtime_checkable

from config.collection import Collection
from config.discretion import discreet
from config.settings import Entity, Source
from connectors.asking.known import Known
from connectors.asking.wanted import Alternative

Row = tuple[Any, ...]


class Table(Protocol):
    """One table, view or sheet of an open source."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Its columns, as the source calls them, each once."""

    def candidates(self, alternatives: Sequence[Alternative]) -> Iterator[Iterable[Row]]:
        """Rows that may be wanted, in one or more passes: never fewer than fit, and as many more as is cheap.

        Raises the errors of `config.errors` under SourceError where the source stops answering.
        """

    @property
    def alarms(self) -> tuple[str, ...]:
        """Why the last pass could not read all of it; () where it did."""

    def size(self, enough: int | None = None) -> int:
        """How many rows it holds; counting may stop at `enough`."""


@runtime_checkable
class Described(Protocol):
    """What a table may tell of itself besides: a kind whose tables have no types and no indexes leaves this out."""

    @property
    def types(self) -> Mapping[str, str]:
        """The type of each column, in the words of the source."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is odd about it, and yet left nothing out of the last pass."""

    def look(self) -> None:
        """Read one row, every column of it. Raises SourceError where that may not be."""

    def plans(self, alternatives: Sequence[Alternative]) -> tuple[str, ...]:
        """What there is to say of how these would be searched, without searching."""


def types_of(table: Table) -> Mapping[str, str]:
    """The type of each column of a table, "" where its source has none."""
    return table.types if isinstance(table, Described) else dict.fromkeys(table.columns, "")


@runtime_checkable
class Listed(Protocol):
    """An open source that can tell what else it holds."""

    def holds(self, entities: Sequence[Entity]) -> Mapping[str, bool]:
        """The tables of these entities and those beside them, by name, and whether one of the entities reads it."""


class Tables(Protocol):
    """A source whose connection is open."""

    def table(self, entity: Entity) -> Table:
        """The table of this entity. Raises SourceUnreadable where the source has none of that name."""


@discreet
@dataclass(frozen=True, slots=True)
class Searched:
    """What came of searching one entity. `whole` tells whether all of it was searched; `alarms` why not, and what else is odd."""

    entity: Entity
    whole: bool
    collection: Collection | None = None
    alarms: tuple[str, ...] = ()
    failure: str = ""  # "", or which of the texts says why: "unavailable", "refused", "unreadable", "unasked"
    provided: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # key as seen from outside -> value -> score
    files_unread: int = 0


Search = Callable[[Entity, Known], Searched]
"""Searches one entity of an open source. Raises SourceError where the source does not let it."""

Opens = Callable[[Source], AbstractContextManager[Search]]
"""Opens a source. Raises SourceError where it cannot."""


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What `inzage sources check` tells of one source: `drift` are English lines without values, `rows` counts by entity."""

    source: str
    reachable: bool
    authorised: bool
    drift: tuple[str, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    small: tuple[str, ...] = ()  # entities that hold less than their `minimum_rows`
    shape: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # entity -> column -> type, "" where the source has no types
    tables: Mapping[str, bool] = field(default_factory=dict)  # all tables, and whether an entity reads it

    def telling(self, lines: Iterable[str]) -> SourceReport:
        """The same report with these lines after its own, each once."""
        return replace(self, drift=tuple(dict.fromkeys((*self.drift, *lines))))

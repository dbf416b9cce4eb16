"""One source asked for its entities: opened, searched entity by entity, asked again where that may help, and accounted for."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime

from config.collection import Answer
from config.errors import SourceError, SourceRefused, SourceUnavailable
from config.person import Subject
from config.settings import Entity, Source
from connectors.asking.account import answer_of, keys_of
from connectors.asking.contract import Opens, Search, Searched
from connectors.asking.known import Known, known_of
from connectors.asking.retry import attempts
from connectors.asking.turns import turn

Sleep = Callable[[float], None]


def asked(
    source: Source, entities: Sequence[Entity], subject: Subject, opens: Opens, *, now: datetime, sleep: Sleep = time.sleep
) -> Answer:
    """Everything `source` holds of `subject` in these entities, in the order given: providers of keys first.

    Whatever the source does, an answer comes back; its coverage says what happened.
    """
    known, searched = known_of(subject), []
    with turn(source), _Opened(source, opens) as opened:
        for entity in entities:
            one = _search(opened, entity, known, sleep)
            known = known.with_keys(one.provided)
            if not one.whole:
                known = known.without(keys_of(one, source.name))
            searched.append(one)
    return answer_of(source, searched, now)


@dataclass(slots=True)
class _Opened:
    """The open source, opened when it is first needed and again after it broke off; `gave_up` keeps why it stays closed."""

    source: Source
    opens: Opens
    gave_up: SourceError | None = None
    _search: Search | None = None
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> _Opened:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the source, if it is open. What goes wrong in closing changes nothing that was read."""
        stack, self._stack, self._search = self._stack, ExitStack(), None
        try:
            stack.close()
        except SourceError:
            return

    def search(self, entity: Entity, known: Known) -> Searched:
        """Search one entity. Raises SourceError; after that the source is opened anew."""
        try:
            if self._search is None:
                self._search = self._open()
            return self._search(entity, known)
        except SourceError:
            self.close()
            raise

    def _open(self) -> Search:
        try:
            return self._stack.enter_context(self.opens(self.source))
        except SourceError as error:
            self.gave_up = error
            raise


def _search(opened: _Opened, entity: Entity, known: Known, sleep: Sleep) -> Searched:
    """Search one entity, again where that may help. A source that did not even open is not tried anew for each entity."""
    if opened.gave_up is not None:
        return failed(entity, opened.gave_up)

    def once() -> Searched:
        opened.gave_up = None
        return opened.search(entity, known)

    try:
        return attempts(once, opened.source.retries, sleep=sleep)
    except SourceError as error:
        return failed(entity, error)


def failed(entity: Entity, error: SourceError) -> Searched:
    """An entity that could not be searched, and why; the error holds no values."""
    said = str(error)
    place = f"{entity.source}.{entity.name}"
    alarm = said if said.startswith(f"{place}:") else f"{place}: not searched. {said}"
    return Searched(entity, whole=False, alarms=(alarm,), failure=reason(error))


def reason(error: SourceError) -> str:
    """Which of the texts says to a resident why a source failed."""
    if isinstance(error, SourceUnavailable):
        return "unavailable"
    return "refused" if isinstance(error, SourceRefused) else "unreadable"

"""What a look at a source that is no set of tables found: `inzage sources check` of the interfaces."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from config.errors import SourceError, SourceRefused, SourceUnavailable
from config.settings import Entity, Source
from connectors.asking.contract import SourceReport


@dataclass
class Seen:
    """What was seen of one source so far: sentences for the administrator, the size of each entity, whether all may be read."""

    lines: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    authorised: bool = True

    def count(self, entity: Entity, size: Callable[[], int | None]) -> None:
        """Note how many records an entity has, or why that cannot be told. Raises SourceUnavailable where the source stopped answering."""
        thing = f"{entity.source}.{entity.name}"
        try:
            held = size()
        except SourceUnavailable:
            raise
        except SourceError as error:
            self.lines.append(f"{thing}: {error.wrong}. {error.remedy}.")
            self.authorised = self.authorised and not isinstance(error, SourceRefused)
            return
        if held is None:
            return
        self.rows[entity.name] = held
        if held < entity.minimum_rows:
            self.lines.append(f"{thing}: it holds {held} records, below its minimum of {entity.minimum_rows}.")


def reported(source: Source, look: Callable[[Seen], None]) -> SourceReport:
    """The report of one look; a source that does not answer as agreed ends it, and is told."""
    seen, started, reachable = Seen(), time.monotonic(), True
    try:
        look(seen)
    except SourceError as error:
        reachable, seen.authorised = not isinstance(error, SourceUnavailable), False
        seen.lines.append(str(error))
    seconds = round(time.monotonic() - started, 3)
    return SourceReport(source.name, reachable, seen.authorised, tuple(dict.fromkeys(seen.lines)), seen.rows, seconds)

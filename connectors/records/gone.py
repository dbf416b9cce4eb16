"""What a web API referred to and did not give, counted by why: the account that makes an answer partial, never silently shorter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from config.errors import SourceError, SourceRefused


@dataclass(slots=True)
class Gone:
    """What could not be had on the way; `first` is why, of the first of it."""

    refused: int = 0
    missing: int = 0
    strangers: int = 0
    files: int = 0
    first: SourceError | None = None

    @property
    def any(self) -> bool:
        """Whether anything is lacking."""
        return bool(self.refused or self.missing or self.strangers or self.files)

    def alarms(self, thing: str) -> tuple[str, ...]:
        """A line for each."""
        lines = (
            (self.refused, "may not be read with this authorisation. Ask whoever gives it for the rest"),
            (self.missing, "are referred to and cannot be found. Ask who runs it to look"),
            (self.files, "hold a file that was not given. Look whether the authorisation covers it, and where it is kept"),
            (self.strangers, f"were given and left out, because {STRANGER}. Its search does not know the question: report this"),
        )
        return tuple(f"{thing}: {number} records {said}." for number, said in lines if number)

    def told(self, kept: tuple[Mapping[str, Any], ...] | SourceError) -> tuple[Mapping[str, Any], ...]:
        """A list that was had; or nothing, and on the account why."""
        if not isinstance(kept, SourceError):
            return kept
        self.first = self.first or kept
        if isinstance(kept, SourceRefused):
            self.refused += 1
        else:
            self.missing += 1
        return ()


STRANGER = "nothing in them is the subject's"

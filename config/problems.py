"""What is wrong in a file of the configuration: each mistake with its file, its line, and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake, or one thing to look at; `line` counts from 1 and is 0 where no line is meant (a file that is missing).

    >>> print(Problem("sources.yaml", 14, "entity wmo.contact: match is empty", "Name a column and its key"))
    sources.yaml:14: entity wmo.contact: match is empty. Name a column and its key.
    """

    file: str
    line: int
    what: str
    remedy: str
    level: str = "error"  # or "warning": it works, but somebody should look

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        mark = "" if self.level == "error" else "warning: "
        return f"{place}: {mark}{self.what.rstrip('.')}. {self.remedy.rstrip('.')}."


@dataclass(frozen=True, slots=True)
class Notes:
    """What is found wrong in one file while it is read, so that all of it can be told in one go.

    `filled` maps what came from the environment to how it stands in the file, for no message may tell it.
    """

    file: str
    found: list[Problem] = field(default_factory=list)
    filled: dict[str, str] = field(default_factory=dict)

    def mistake(self, line: int, what: str, remedy: str) -> None:
        """Note what must be mended before anything can run."""
        self.found.append(Problem(self.file, line, self._covered(what), self._covered(remedy)))

    def warning(self, line: int, what: str, remedy: str) -> None:
        """Note what works, but what somebody should look at."""
        self.found.append(Problem(self.file, line, self._covered(what), self._covered(remedy), "warning"))

    def _covered(self, sentence: str) -> str:
        for value in sorted(self.filled, key=len, reverse=True):
            sentence = sentence.replace(value, self.filled[value])
        return sentence


_MANY = 14
"""From here on a list of all names helps nobody who made a typing error."""


def one_of(names: Iterable[str], meant: str = "") -> str:
    """What would be right: the likely name first where `meant` looks like one of `names`, then all of them.

    >>> one_of(["sql", "tables", "brp"], "sqll")
    'Did you mean sql? Write one of: brp, sql, tables'
    >>> one_of(["sql", "brp"], "excel")
    'Write one of: brp, sql'
    """
    known = sorted(set(names))
    near = nearest(known, meant)
    if near and len(known) > _MANY:
        return f"Did you mean {near}? Then write that"
    return (f"Did you mean {near}? " if near else "") + f"Write one of: {', '.join(known)}"


def nearest(names: Iterable[str], meant: str) -> str:
    """The one of `names` that `meant` was probably meant to be; "" where none is like it.

    >>> nearest(["official", "organisation"], "offical")
    'official'
    """
    folded = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(meant.casefold(), folded, 1, 0.6) if meant else []
    return folded[close[0]] if close else ""

"""One file a kind: how a source of it is made in each state that the contract asks for. `test_1_contract.py` runs them all.

A file names its `KIND`, a function `make(bench, names, rows)` for a source in good order, and for each case of `CASES` either a function of that name
(it takes the bench and gives the source, already in that state) or a line in `NOT`: why the kind cannot be in it. Nothing else has to be told of it.
`NOT` also says why a question of `ALSO` has no meaning for the kind; `GONE` is a `connection` at which nothing is, `EXTRA` what a new column is called. A kind whose answer comes from
a person gives `answered(case)` itself. What came of every case of every kind stands in docs/connectors/contract.md.
"""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from config.collection import Answer, Outcome
from config.settings import Source
from tests.connectors.made import BSN, OTHER, collect

NOTE = "Mevrouw vroeg om hulp."
ELSE = "Over een ander."
NAMES = ["BSN", "NOTITIE"]
ROWS: list[tuple[Any, ...]] = [(BSN, NOTE), (OTHER, ELSE), (None, "Over niemand.")]

FOUND, NONE, PARTIAL, FAILED = Outcome.FOUND, Outcome.NONE, Outcome.PARTIAL, Outcome.FAILED


@dataclass(frozen=True)
class Case:
    """What must come of one state: the outcome (any of these), whether the subject's note comes along if anything does, and words of the message."""

    told: str
    outcomes: tuple[Outcome, ...]
    holds: bool = False
    says: str = ""


CASES: dict[str, Case] = {
    "found": Case("Held", (FOUND,), holds=True),
    "nothing": Case("Nothing held", (NONE,), says="niets over u"),
    "partial": Case("A part cannot be read", (PARTIAL,), holds=True),
    "slow": Case("Slow", (FOUND,), holds=True),
    "timeout": Case("No answer in time", (FAILED,), says="wij weten niet"),
    "unauthorised": Case("401", (FAILED,), says="geen toegang"),
    "forbidden": Case("403, or may not be read", (FAILED,), says="geen toegang"),
    "busy": Case("429 with Retry-After, or busy", (FOUND,), holds=True),
    "heals": Case("500 that heals", (FOUND,), holds=True),
    "stays_broken": Case("500 that stays, or gone", (FAILED,)),
    "truncated": Case("Broken off", (FAILED, PARTIAL)),
    "wrong_type": Case("Another type than it says", (FAILED, PARTIAL)),
    "invalid": Case("Invalid JSON, XML or the like", (FAILED, PARTIAL)),
    "bomb": Case("XML bomb", (FAILED, PARTIAL)),
    "redirect": Case("Sent to another host", (FAILED,)),
    "huge": Case("2 GB about one person", (FAILED, PARTIAL)),
    "other_bsn": Case("Another's BSN in an answer", (FOUND, PARTIAL, FAILED), holds=True),
    "same_name": Case("Two of one name and birth date", (FOUND, PARTIAL), holds=True),
}
ALSO = ("make", "unclassified", "gone", "absent", "missing", "minimum", "key", "check")
"""Questions beside the cases: a source made of rows, a column that is new or gone, a source or table that is not there, a table below its minimum,
a key that was not looked up, `inzage sources check`."""


@dataclass
class Bench:
    """What a kind makes its sources of: a folder, the fixtures of pytest, and what must be put away afterwards."""

    folder: Path
    fixture: Callable[[str], Any]
    after: list[Callable[[], None]] = field(default_factory=list)


@dataclass(frozen=True)
class KindFile:
    """The file of one kind."""

    module: Any
    name: str

    @property
    def kind(self) -> str:
        """As sources.yaml calls it."""
        return str(self.module.KIND)

    def make(self, bench: Bench, names: list[str], rows: list[tuple[Any, ...]]) -> Source:
        """A source in good order with these rows."""
        made: Source = self.module.make(bench, names, rows)
        return made

    def why_not(self, case: str) -> str:
        """Why the kind cannot be in this state; "" where it can."""
        return str(getattr(self.module, "NOT", {}).get(case, ""))

    def gone(self, folder: Path) -> str:
        """A connection at which nothing is."""
        return str(getattr(self.module, "GONE", folder / "weg.xlsx"))

    def answer(self, bench: Bench, case: str) -> Answer:
        """What comes back in the state that `case` names."""
        if hasattr(self.module, "answered"):
            told: Answer = self.module.answered(case)
            return told
        return collect(self.source(bench, case))

    def source(self, bench: Bench, case: str) -> Source:
        """A source in the state that `case` names; KeyError where the file of the kind has neither it nor a reason why not."""
        plain = {"found": ROWS, "nothing": ROWS[1:]}
        if case in plain and not hasattr(self.module, case):
            return self.make(bench, NAMES, plain[case])
        if not hasattr(self.module, case):
            raise KeyError(f"{self.name} has no case {case}, and no reason under NOT why it cannot have one")
        made: Source = getattr(self.module, case)(bench)
        return made


@contextmanager
def as_anybody(bench: Bench) -> Iterator[None]:
    """Without the rights of root, who may read every file."""
    if os.geteuid():
        yield
        return
    for folder in (bench.folder, *bench.folder.parents[:-2]):
        folder.chmod(folder.stat().st_mode | 0o055)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def kinds() -> list[KindFile]:
    """Every kind that has a file here."""
    return [
        KindFile(import_module(f"{__name__}.{found.name}"), found.name) for found in pkgutil.iter_modules(__path__) if found.name[0] != "_"
    ]

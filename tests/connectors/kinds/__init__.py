"""One file a kind: how a source of it is made in each state that the contract asks for. `test_1_contract.py` runs them all.

A file names its `KIND`, a function `make(bench, names, rows)` for a source in good order, and for each case of `CASES` either a function of that name
(it takes the bench and gives the source, already in that state) or a line in `NOT`: why the kind cannot be in it. Nothing else has to be told of it.
`OURS` tells what holds beside the rule: cases in which something else comes back than the rule says, with the reason.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from config.collection import Outcome
from config.settings import Source
from tests.connectors.made import BSN, OTHER

NOTE = "Mevrouw vroeg om hulp."
ELSE = "Over een ander."
NAMES = ["BSN", "NOTITIE"]
ROWS: list[tuple[Any, ...]] = [(BSN, NOTE), (OTHER, ELSE), (None, "Over niemand.")]

FOUND, NONE, PARTIAL, FAILED = Outcome.FOUND, Outcome.NONE, Outcome.PARTIAL, Outcome.FAILED


@dataclass(frozen=True)
class Case:
    """What must come of one state: the outcome (any of these), whether the subject's note comes along if anything does, and words of the message."""

    outcomes: tuple[Outcome, ...]
    holds: bool = False
    says: str = ""


CASES: dict[str, Case] = {
    "found": Case((FOUND,), holds=True),
    "nothing": Case((NONE,), says="vonden niets over u"),
    "partial": Case((PARTIAL,), holds=True),
    "slow": Case((FOUND,), holds=True),
    "timeout": Case((FAILED,), says="geen antwoord"),
    "unauthorised": Case((FAILED,), says="geen toegang"),
    "forbidden": Case((FAILED,), says="geen toegang"),
    "busy": Case((FOUND,), holds=True),  # 429 with Retry-After, then an answer
    "heals": Case((FOUND,), holds=True),  # a fault that is gone when asked again
    "stays_broken": Case((FAILED,)),
    "truncated": Case((FAILED, PARTIAL)),
    "wrong_type": Case((FAILED, PARTIAL)),
    "invalid": Case((FAILED, PARTIAL)),
    "bomb": Case((FAILED, PARTIAL)),
    "redirect": Case((FAILED,)),
    "huge": Case((FAILED, PARTIAL)),
    "other_bsn": Case((FOUND, PARTIAL, FAILED), holds=True),  # one of the rows that fit carries the BSN of somebody else
    "same_name": Case((FOUND, PARTIAL), holds=True),  # two people of the same name and birth date
}


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

    def source(self, bench: Bench, case: str) -> Source:
        """A source in the state that `case` names; KeyError where the file of the kind has neither it nor a reason why not."""
        plain = {"found": ROWS, "nothing": ROWS[1:]}
        if case in plain and not hasattr(self.module, case):
            return self.make(bench, NAMES, plain[case])
        if not hasattr(self.module, case):
            raise KeyError(f"{self.name} has no case {case}, and no reason under NOT why it cannot have one")
        made: Source = getattr(self.module, case)(bench)
        return made


def kinds() -> list[KindFile]:
    """Every kind that has a file here."""
    return [
        KindFile(import_module(f"{__name__}.{found.name}"), found.name) for found in pkgutil.iter_modules(__path__) if found.name[0] != "_"
    ]

"""What the audit trail tells an operator: how each source answered of late, and how long runs took. No request is in it, and no person.

The trail is read once, and then from where it was left off: a second look costs what happened since.
"""

from __future__ import annotations

import json
import threading
from bisect import bisect_left
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from cases import Entry, Register

STEPS = (5.0, 10.0, 20.0, 40.0, 60.0, 120.0, 300.0, 900.0, 3600.0)
"""The upper bounds, in seconds, by which runs are counted."""

ASKED, CHECKED = "account", "sources checked"
TAKEN, DONE = "lease taken", "lease given back"
RECENT = 200
"""Of how many runs the median is told."""


@dataclass(slots=True)
class SourceTold:
    """How one source answered: counts by outcome, how often in a row it failed, and the entry of the first of these failures."""

    outcomes: Counter[str] = field(default_factory=Counter)
    in_a_row: int = 0
    since: int = 0

    def answered(self, outcome: str, sequence: int) -> None:
        """Count one answer; one that waits for a colleague says nothing of the source."""
        self.outcomes[outcome] += 1
        if outcome == "failed":
            self.since = self.since or sequence
            self.in_a_row += 1
        elif outcome != "waiting":
            self.in_a_row = self.since = 0


class Told:
    """What was read of one trail so far."""

    def __init__(self, register: Register) -> None:
        self._register, self._lock, self._read = register, threading.Lock(), 0
        self._begun: dict[tuple[str, str], datetime] = {}
        self.sources: dict[str, SourceTold] = {}
        self.runs = [0] * (len(STEPS) + 1)
        self.seconds = 0.0
        self.recent: deque[float] = deque(maxlen=RECENT)

    def look(self) -> Told:
        """Read on, and give this."""
        with self._lock:
            for entry in self._register.audit.of((ASKED, CHECKED, TAKEN, DONE), after=self._read):
                self._take(entry)
                self._read = entry.sequence
        return self

    def _take(self, entry: Entry) -> None:
        match entry.action:
            case "lease taken":
                self._begun[entry.number, entry.actor] = datetime.fromisoformat(entry.at)
            case "lease given back":
                self._ended(entry)
            case _:
                for name, outcome in json.loads(entry.detail).get("sources", {}).items():
                    self.sources.setdefault(name, SourceTold()).answered(outcome, entry.sequence)

    def _ended(self, entry: Entry) -> None:
        begun = self._begun.pop((entry.number, entry.actor), None)
        if begun is not None:
            seconds = max((datetime.fromisoformat(entry.at) - begun).total_seconds(), 0.0)
            self.runs[bisect_left(STEPS, seconds)] += 1
            self.seconds += seconds
            self.recent.append(seconds)


@lru_cache(maxsize=4)
def told_of(register: Register) -> Told:
    """What was read so far of the trail of this register, in this process."""
    return Told(register)

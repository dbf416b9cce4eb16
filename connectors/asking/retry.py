"""Asking again: only where that may help, with exponential backoff and full jitter, and no sooner than the source asked for."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from config.errors import SourceUnavailable

T = TypeVar("T")

FIRST, LONGEST = 0.25, 30.0
"""Seconds: the widest first pause, and the longest pause there is, also when a source asks for more."""


class Later(SourceUnavailable):
    """The source said when to come back: in `seconds`."""

    def __init__(self, thing: str, wrong: str, remedy: str, seconds: float = 0.0) -> None:
        super().__init__(thing, wrong, remedy)
        self.seconds = seconds


def attempts(
    call: Callable[[], T],
    retries: int,
    *,
    sleep: Callable[[float], None] = time.sleep,
    chance: Callable[[], float] = random.random,
) -> T:
    """What `call` gives, asked again up to `retries` times while it raises SourceUnavailable; then that is raised.

    `chance` gives numbers in [0, 1). A source that wants more than LONGEST seconds is not waited for.
    """
    for attempt in range(retries + 1):
        try:
            return call()
        except SourceUnavailable as error:
            pause = pause_before(attempt, error, chance)
            if attempt == retries or pause > LONGEST:
                raise
            sleep(pause)
    raise AssertionError("retries below zero")


def pause_before(attempt: int, error: SourceUnavailable, chance: Callable[[], float]) -> float:
    """Seconds to wait after attempt number `attempt`, counted from 0: a random part of a limit that doubles (full jitter).

    What the source itself asks for is waited for whole, and the random part comes on top.
    """
    asked = error.seconds if isinstance(error, Later) else 0.0
    return asked + chance() * min(FIRST * 2.0**attempt, LONGEST / 2)

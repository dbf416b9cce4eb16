"""How many may ask one source at once in this process: a source that serves the counter must not choke on us."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from config.settings import Source

T = TypeVar("T")
R = TypeVar("R")

_turns: dict[tuple[str, str, int], threading.BoundedSemaphore] = {}
_lock = threading.Lock()


@contextmanager
def turn(source: Source) -> Iterator[None]:
    """Wait until fewer than `source.concurrency` others ask this source, and keep that place while the block runs."""
    with _places("search", source):
        yield


@contextmanager
def exchange(source: Source) -> Iterator[None]:
    """The same for one question, so that those who ask several at once are not more together."""
    with _places("question", source):
        yield


def _places(what: str, source: Source) -> threading.BoundedSemaphore:
    with _lock:
        return _turns.setdefault((what, source.name, source.concurrency), threading.BoundedSemaphore(max(source.concurrency, 1)))


def together(number: int, call: Callable[[T], R], things: Iterable[T]) -> list[R]:
    """What `call` gives for each of these, in their order, at most `number` at once.

    The first error by that order is raised; what was not started by then is not started any more.
    """
    todo = list(things)
    if number <= 1 or len(todo) <= 1:
        return [call(thing) for thing in todo]
    with ThreadPoolExecutor(min(number, len(todo)), thread_name_prefix="asking") as pool:
        started = [pool.submit(call, thing) for thing in todo]
        try:
            return [one.result() for one in started]
        finally:
            for one in started:
                one.cancel()

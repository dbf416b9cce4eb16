"""How many may ask one source at once in this process: a source that serves the counter must not choke on us."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TypeVar

from config.settings import Source

Further = Callable[[int], AbstractContextManager[int]]
"""Gives so many further places at a source or as many as are free, at once, for as long as it is held."""

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


def together(source: Source, call: Callable[[T], R], things: Iterable[T]) -> list[R]:
    """What `call` gives for each of these, in their order, as many at once as there are places for us at the source.

    One place is ours already; each further one is held while they are asked. The first error by that order is raised; what was not
    started by then is not started any more.
    """
    todo = list(things)
    with _further(source, min(source.concurrency, len(todo)) - 1) as more:
        if more < 1:
            return [call(thing) for thing in todo]
        with ThreadPoolExecutor(1 + more, thread_name_prefix="asking") as pool:
            started = [pool.submit(call, thing) for thing in todo]
            try:
                return [one.result() for one in started]
            finally:
                for one in started:
                    one.cancel()


def _further(source: Source, wanted: int) -> AbstractContextManager[int]:
    """How many further places are ours, of so many: what the one who runs us lends (`places` of the source), else all of them."""
    lent: Further | None = source.options.get("places")
    return nullcontext(wanted) if lent is None or wanted < 1 else lent(wanted)

"""Heavy steps on every core of the machine: what computes runs in processes of its own while many requests are handled at once.

One request alone computes where it is: starting a process costs more than it gains. Unless it is large: then what can be shared, the
search of finished files for what was withheld, is done by as many processes as there are cores.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

from config.hands import ALONE, Hands

R = TypeVar("R")

_SPAWN = multiprocessing.get_context("spawn")
"""A child starts clean: a copy of a process with threads, as Prefect's is, may hang on a lock that nobody opens."""

_is_hand = False
"""Whether this process is one of a pool. A run that a worker started is none, though it is a child of another process too."""

_pools: list[ProcessPoolExecutor] = []
_lock = threading.Lock()


@contextmanager
def every_core() -> Iterator[None]:
    """While the block runs, `computed` uses as many processes as there are cores."""
    _pools.append(_pool(cores()))
    try:
        yield
    finally:
        _pools.pop().shutdown(cancel_futures=True)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


LARGE = 8_000_000
"""From so many bytes of files on, two processes win more than their start costs: some twenty thousand rows."""

LONG = 5_000_000
"""From so many letters of texts on, the same holds for reading them."""


MANY = 20_000
"""From so many rows on, for writing them."""


def hands(size: int, large: int = LARGE) -> Hands:
    """Every core for work on so many bytes; this process alone where that is little, or where the other cores have work already."""
    if size < large or cores() < 2 or _pools or _is_hand:
        return ALONE
    return Hands(cores(), _each)


def readers(letters: int) -> Hands:
    """The same for reading texts of so many letters."""
    return hands(letters, LONG)


def writers(rows: int) -> Hands:
    """The same for writing files of so many rows."""
    return hands(rows, MANY)


def _each(step: Callable[[Any], Any], jobs: Sequence[Any]) -> Generator[Any]:
    results = _begun(step, jobs)
    next(results)
    return results


def _begun(step: Callable[[Any], Any], jobs: Sequence[Any]) -> Generator[Any]:
    """Nothing, once all jobs are handed out; then the results."""
    with _pool(min(cores(), len(jobs))) as pool:
        results = pool.map(step, jobs)
        yield None
        yield from results


def computed(step: Callable[..., R], *arguments: Any) -> R:
    """What `step` gives, here or in a process of the pool. Raises what it raised, BrokenProcessPool where its process died.

    Where a request takes its process down with it, those that were there with it are computed again, each in a process of its own.
    """
    with _lock:
        pool = _pools[-1] if _pools else None
    if pool is None:
        return step(*arguments)
    try:
        return pool.submit(step, *arguments).result()
    except BrokenProcessPool:
        _replace(pool)
        with _pool(1) as own:
            return own.submit(step, *arguments).result()


def _replace(broken: ProcessPoolExecutor) -> None:
    with _lock:
        if _pools and _pools[-1] is broken:
            _pools[-1] = _pool(cores())


def _pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, mp_context=_SPAWN, initializer=_be_a_hand)


def _be_a_hand() -> None:
    """What a process of a pool does first: its share is small enough, it starts no others."""
    global _is_hand  # noqa: PLW0603 - it holds for the whole process
    _is_hand = True

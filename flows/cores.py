"""Heavy steps on every core of the machine: what computes runs in processes of its own while many requests are handled at once.

One request alone computes where it is: starting a process costs more than it gains.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

R = TypeVar("R")

_SPAWN = multiprocessing.get_context("spawn")
"""A child starts clean: a copy of a process with threads, as Prefect's is, may hang on a lock that nobody opens."""

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
    return ProcessPoolExecutor(processes, mp_context=_SPAWN)

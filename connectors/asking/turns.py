"""How many may ask one source at once in this process: a source that serves the counter must not choke on us."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from config.settings import Source

_turns: dict[tuple[str, int], threading.BoundedSemaphore] = {}
_lock = threading.Lock()


@contextmanager
def turn(source: Source) -> Iterator[None]:
    """Wait until fewer than `source.concurrency` others ask this source, and keep that place while the block runs."""
    with _lock:
        places = _turns.setdefault((source.name, source.concurrency), threading.BoundedSemaphore(max(source.concurrency, 1)))
    with places:
        yield

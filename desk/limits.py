"""How often one address may try: a bucket of tries that fills up again, kept in this process.

A lock-out of an account and the attempts of a link are in the register and hold over all processes; this is against floods.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_ADDRESSES = 10_000


class Buckets:
    """Buckets by address and purpose; the longest unseen is forgotten where there are too many."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._size, self._clock, self._lock = float(a_minute), clock, threading.Lock()
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str) -> bool:
        """Whether this address has a try left, which is then gone."""
        now = self._clock()
        with self._lock:
            left, at = self._held.pop(address, (self._size, now))
            left = min(self._size, left + (now - at) * self._size / 60)
            self._held[address] = (left - 1 if left >= 1 else left, now)
            if len(self._held) > MOST_ADDRESSES:
                self._held.popitem(last=False)
            return left >= 1

"""How far a sweep is, as a bar in the Prefect UI: a count of requests, and nothing else about them."""

from __future__ import annotations

import threading
import time

import httpx
from prefect import get_run_logger
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.exceptions import PrefectException

TELL_SECONDS = 2.0
"""How often the bar moves, at most: each time is a question to the server."""


class Progress:
    """So many of so many requests; safe to use from several threads."""

    def __init__(self, total: int) -> None:
        self._total, self._handled, self._failed, self._told = total, 0, 0, time.monotonic()
        self._lock = threading.Lock()
        self._bar = create_progress_artifact(0.0, "nightly-sweep", f"0 of {total} requests") if total else None

    def add(self, handled: bool) -> None:
        """One more request is done, handled or not."""
        with self._lock:
            self._handled += handled
            self._failed += not handled
            done = self._handled + self._failed
            if self._bar is not None and (done == self._total or time.monotonic() - self._told >= TELL_SECONDS):
                self._told = time.monotonic()
                self._tell(done)

    def _tell(self, done: int) -> None:
        said = f"{done} of {self._total} requests" + (f", {self._failed} not handled" if self._failed else "")
        try:
            update_progress_artifact(self._bar, 100.0 * done / self._total, said)  # type: ignore[arg-type]  # there is a bar
        except (PrefectException, httpx.HTTPError) as error:  # a bar that stands still stops no request
            get_run_logger().warning("the progress could not be told: %s", type(error).__name__)

"""How many may ask one source at once, as somebody set it in the Prefect UI: under Concurrency, `source-NAME`.

Prefect keeps the number and the register keeps the places (`cases.places`): a place at Prefect costs a second for twelve sources, and
a run that died would hold it for a minute. What holds is the smaller of this number and `concurrency` in sources.yaml.
"""

from __future__ import annotations

import threading
import time

import httpx
from prefect.client.orchestration import get_client
from prefect.exceptions import PrefectException

from flows.steps import MOST

SOURCE_LIMIT = "source-{}"
"""The name of the limit that Prefect keeps for one source."""

FRESH_SECONDS = 10.0
"""How long what was read holds: every source of a request asks."""

_ALL = 200
_lock = threading.Lock()
_read: dict[str, int] = {}
_until = 0.0


def most(source: str) -> int:
    """The limit that the Prefect server has for this source; no limit where there is none, it is switched off, or no server answers."""
    with _lock:
        if time.monotonic() >= _until:
            _look()
        return _read.get(SOURCE_LIMIT.format(source), MOST)


def _look() -> None:
    global _read, _until  # noqa: PLW0603 - one memory of this process
    try:
        with get_client(sync_client=True) as client:
            found = client.read_global_concurrency_limits(limit=_ALL)
    except (PrefectException, httpx.HTTPError):
        found = []
    _read = {limit.name: max(limit.limit, 1) for limit in found if limit.active}
    _until = time.monotonic() + FRESH_SECONDS

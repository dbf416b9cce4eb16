"""Whether this process can do its work now: register, vault and Prefect, each asked for real, and at most every few seconds."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping

import httpx

from config.errors import InzageError, RequestError
from flows.workplace import workplace

FRESH_SECONDS = 5.0
"""How long an answer holds: who asks often does not make the parts work often."""

_lock = threading.Lock()
_known: dict[str, str] = {}
_until = 0.0


def ready() -> Mapping[str, str]:
    """For each part "" where it works, else the kind of what is wrong; never what it said."""
    global _known, _until  # noqa: PLW0603 - one memory of this process
    with _lock:
        if time.monotonic() >= _until:
            _known = {name: _asked(check) for name, check in CHECKS.items()}
            _until = time.monotonic() + FRESH_SECONDS
        return dict(_known)


def forget() -> None:
    """Ask anew at the next call."""
    global _until  # noqa: PLW0603 - see above
    with _lock:
        _until = 0.0


def _asked(check: Callable[[], None]) -> str:
    try:
        check()
    except InzageError as error:
        return error.wrong
    except Exception as error:  # noqa: BLE001 - the outermost edge of a probe: what breaks it is told by its kind
        return type(error).__name__
    return ""


def _register() -> None:
    workplace().register.check_ready()


def _vault() -> None:
    workplace().vault.check_ready()


def _prefect() -> None:
    api = os.environ.get("PREFECT_API_URL", "")
    if api and not healthy(api):
        raise RequestError("Prefect", "its server does not answer", "See that it runs")


def healthy(api: str) -> bool:
    """Whether Prefect's server answers."""
    try:
        return httpx.get(f"{api}/health", timeout=5).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


CHECKS: Mapping[str, Callable[[], None]] = {"register": _register, "vault": _vault, "prefect": _prefect}

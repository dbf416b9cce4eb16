"""Starts the flows from the command line, in this process, on the Prefect API that is set or an embedded one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from config.errors import RequestError
from flows.engine import prepare
from flows.workplace import home


def handle(number: str) -> None:
    """Run `handle-request`; raises what stopped it, without values."""
    prepare(home(), quiet=True)
    from flows.handle import handle_request  # noqa: PLC0415 - Prefect reads its settings when it is imported

    with _served():
        handle_request(number)


def seal(number: str) -> None:
    """Run `release-request`; raises what stopped it, without values."""
    prepare(home(), quiet=True)
    from flows.release import release_request  # noqa: PLC0415 - Prefect reads its settings when it is imported

    with _served():
        release_request(number)


def again(number: str, source: str) -> None:
    """Run `ask-again`; raises what stopped it, without values."""
    prepare(home(), quiet=True)
    from flows.again import ask_again  # noqa: PLC0415 - Prefect reads its settings when it is imported

    with _served():
        ask_again(number, source)


@contextmanager
def _served() -> Iterator[None]:
    """RequestError where the embedded server did not start, which Prefect tells as a RuntimeError like any other."""
    try:
        yield
    except RuntimeError as error:
        if "ephemeral Prefect API server" not in str(error):
            raise
    else:
        return
    remedy = "Try again when the machine is less busy, or start `inzage server` and set PREFECT_API_URL"
    raise RequestError("Prefect", "its embedded server did not start in time", remedy)

"""Starts the flows from the command line, in this process, on the Prefect API that is set or an embedded one."""

from __future__ import annotations

from flows.engine import prepare
from flows.workplace import home


def handle(number: str) -> None:
    """Run `handle-request`; raises what stopped it, without values."""
    prepare(home(), quiet=True)
    from flows.handle import handle_request  # noqa: PLC0415 - Prefect reads its settings when it is imported

    handle_request(number)


def seal(number: str) -> None:
    """Run `release-request`; raises what stopped it, without values."""
    prepare(home(), quiet=True)
    from flows.release import release_request  # noqa: PLC0415 - Prefect reads its settings when it is imported

    release_request(number)


def again(number: str, source: str) -> None:
    """Run `ask-again`; raises what stopped it, without values."""
    prepare(home(), quiet=True)
    from flows.again import ask_again  # noqa: PLC0415 - Prefect reads its settings when it is imported

    ask_again(number, source)

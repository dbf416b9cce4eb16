"""Takes up what was left on the way, without a person: a run that died, a database that went away, a machine that was lost.

It looks every few seconds for requests that are being asked but that nobody alive works on, and starts each again, a little
later every time. After so many tries in a row the cause is in the request, and a person is told.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import FlowRun
from prefect.logging import get_logger

from flows.lease import left_behind
from flows.standing import TRIES
from flows.unbegun import unbegun
from flows.workplace import workplace

LOOK_SECONDS = 2.0
ASK_SECONDS = 6.0
"""How often Prefect is asked for runs that died before they began: it costs more than a look into the register."""

FIRST_PAUSE = 5.0
"""Seconds after the first try; each next pause is four times as long."""

SLOW_START = timedelta(minutes=2)
"""A run that was claimed by a worker and came to nothing for so long died with it."""

HANDLE, RELEASE = "handle-request/handle-request", "release-request/release-request"


def keep(stop: threading.Event, look: Callable[[], None] | None = None) -> None:
    """Look at once, and again until `stop` is set; a register or a server that is away now is there at a later look."""
    looking = look or Looking().take_up
    while True:
        try:
            looking()
        except Exception as error:  # noqa: BLE001 - the keeper outlives whatever is away, and says what kind of thing it was
            get_logger("inzage.keeper").warning("the keeper could not look: %s", type(error).__name__)
        if stop.wait(LOOK_SECONDS):
            return


class Looking:
    """One keeper's looks: often into the register, now and then at Prefect."""

    def __init__(self) -> None:
        self._asked = -math.inf

    def take_up(self) -> None:
        """Start each request that was left on the way and whose turn has come, and again what died before it began."""
        left_behind(workplace().register)
        take_up_left()
        if time.monotonic() - self._asked >= ASK_SECONDS:
            take_up_unbegun()
            self._asked = time.monotonic()


def take_up_left() -> None:
    """Start each request on which nobody alive works any more."""
    if not (left := list(due())):
        return
    with get_client(sync_client=True) as client:
        for number, deployment, tries in left:
            _start(client, client.read_deployment_by_name(deployment).id, number, tries)


def take_up_unbegun() -> None:
    """Start again each run that died before it took the lease of its request."""
    with get_client(sync_client=True) as client:
        for flow, run in unbegun(client, workplace().register, TRIES):
            deployed = client.read_deployment_by_name(f"{flow}/{flow}").id
            client.create_flow_run_from_deployment(
                deployed, parameters=run.parameters, idempotency_key=f"{run.id} again", tags=["taken up"]
            )


def due() -> Iterator[tuple[str, str, int]]:
    """Requests under way that nobody alive works on, what is to be started, and how often it was, as far as their pause is over."""
    register = workplace().register
    left = [*((number, HANDLE) for number in register.stale()), *((number, RELEASE) for number in register.half_released())]
    for number, deployment in left:
        tries, since = register.tries(number)
        if tries < TRIES and since >= (FIRST_PAUSE * 4 ** (tries - 1) if tries else 0):
            yield number, deployment, tries


def _start(client: SyncPrefectClient, deployment: UUID, number: str, tries: int) -> None:
    """Make one run of this try: whoever looks at the same time makes the same run."""
    key = f"{number} try {tries + 1}"
    for again in range(TRIES):
        run = client.create_flow_run_from_deployment(
            deployment, parameters={"number": number}, idempotency_key=f"{key}.{again}", tags=["taken up"]
        )
        if not _dead(run):
            return


def _dead(run: FlowRun) -> bool:
    """Whether this run, made by an earlier look, will not come to anything any more."""
    if run.state is None or run.state.is_scheduled():
        return False
    age = datetime.now(UTC) - run.state.timestamp
    return run.state.is_final() or (run.state.is_pending() and age > SLOW_START)

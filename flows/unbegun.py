"""Runs that died before they took their request's lease: the register knows nothing of them, so Prefect is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType

from cases import Register
from config.errors import RequestError
from config.request import Status

WAITS = {"handle-request": Status.REGISTERED, "release-request": Status.APPROVED}
"""Each flow, and where a request stands of which its run took no lease yet."""

BACK = timedelta(hours=1)
"""How far back is looked; what is older waits for the night."""

SLOW_START = {StateType.PENDING: timedelta(seconds=30), StateType.RUNNING: timedelta(seconds=15)}
"""How long a run may take from being claimed to its process, and from there to its lease, before it is held for dead.

A copy (`flows.warm`) takes a second for both; two runs that live do not harm each other.
"""

_STATES = [StateType.PENDING, StateType.RUNNING, StateType.CRASHED]


def unbegun(client: SyncPrefectClient, register: Register, tries: int) -> Iterator[tuple[str, FlowRun]]:
    """Each dead run whose request still waits as it did before, with the name of its flow; none of a request that was run `tries` times."""
    now = datetime.now(UTC)
    for flow, status in WAITS.items():
        runs = [run for run in _runs(client, flow, now - BACK) if run.parameters.get("number")]
        often = Counter(run.parameters["number"] for run in runs)
        for run in runs:
            number = str(run.parameters["number"])
            if _dead(run, now) and often[number] < tries and _waits(register, number, status):
                yield flow, run


def _runs(client: SyncPrefectClient, flow: str, since: datetime) -> list[FlowRun]:
    state = FlowRunFilterState(type=FlowRunFilterStateType(any_=_STATES))
    started = FlowRunFilterExpectedStartTime(after_=since)  # type: ignore[arg-type]  # Prefect's own word for a datetime
    wanted = FlowRunFilter(state=state, expected_start_time=started)
    return client.read_flow_runs(flow_filter=FlowFilter(name=FlowFilterName(any_=[flow])), flow_run_filter=wanted, limit=200)


def _dead(run: FlowRun, now: datetime) -> bool:
    return run.state is not None and (run.state.is_crashed() or now - run.state.timestamp > SLOW_START.get(run.state.type, timedelta.max))


def _waits(register: Register, number: str, status: Status) -> bool:
    try:
        return register.get(number).status is status and not register.busy(number)
    except RequestError:  # a run of a number that nobody registered
        return False

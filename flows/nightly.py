"""The flow `nightly-sweep`: starts what was registered, takes up what a crash left, and watches the deadlines."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State

from config.request import Status
from flows import byhand
from flows.handle import handle_request
from flows.workplace import workplace

WARN_DAYS = 7
"""How many days before the unshifted date a request is told of."""


@flow(name="nightly-sweep", persist_result=False, log_prints=False)
def nightly_sweep() -> None:
    """Handle every request that waits; one that fails does not hold up the rest. Then tell which deadlines are near."""
    work = workplace()
    today = datetime.now(ZoneInfo(work.config.organisation.timezone)).date()
    stale = {*work.register.stale(), *byhand.sweep(work, today)}
    waiting = [r for r in work.register.all() if r.status is Status.REGISTERED or r.number in stale]
    for request in sorted(waiting, key=lambda r: (r.deadline, r.number)):
        state: State[None] = handle_request(request.number, return_state=True)
        if not state.is_completed():
            get_run_logger().error("%s: not handled tonight. See its own run.", request.number)
    _watch_deadlines()


def _watch_deadlines() -> None:
    work = workplace()
    today = datetime.now(ZoneInfo(work.config.organisation.timezone)).date()
    for request in work.register.due(today, WARN_DAYS):
        get_run_logger().warning("%s: is %s, and due on %s.", request.number, request.status, request.steer.isoformat())

"""The flow `nightly-sweep`: handles every request that waits, many at once and the nearest deadline first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from contextvars import copy_context
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from pydantic import Field

from config.collection import Outcome
from config.request import Status
from flows import byhand
from flows.cores import cores, every_core
from flows.handle import handle_in_batch
from flows.named import by_moment
from flows.progress import Progress
from flows.readiness import undecided
from flows.workplace import Workplace, systems, workplace

AtOnce = Annotated[int, Field(ge=0, le=64)]


@flow(name="nightly-sweep", flow_run_name=by_moment, persist_result=False, log_prints=False)
def nightly_sweep(at_once: AtOnce = 0) -> None:
    """Handle every request that waits; one that fails does not hold up the rest. Failed sources are asked again.

    Args:
        at_once: How many requests at once on this machine; 0 for twice its cores.
    """
    with systems():
        work = workplace()
        late = byhand.sweep(work, datetime.now(ZoneInfo(work.config.organisation.timezone)).date())
        numbers = waiting(work, [*late, *without_a_source(work)])
        with every_core() if len(numbers) > 1 else nullcontext():
            handled = _each(numbers, at_once or 2 * cores())
    get_run_logger().info("%d of %d requests handled", sum(handled), len(numbers))


def without_a_source(work: Workplace) -> list[str]:
    """Drafts without a source that failed, that nobody approved, and of which nobody decided to answer without it: it may be back."""
    drafts = (r.number for r in work.register.all(Status.REVIEW) if not work.register.approvals(r.number))
    return [number for number in drafts if any(c.status is Outcome.FAILED for c in undecided(work, number))]


def waiting(work: Workplace, late: Iterable[str] = ()) -> list[str]:
    """Requests that were registered, that a crash or a fault left on the way, and others that are to be run again.

    By deadline, then first come, first served.
    """
    stale = {*work.register.stale(), *late}
    found = [r for r in work.register.all() if r.status is Status.REGISTERED or r.number in stale]
    return [r.number for r in sorted(found, key=lambda r: (r.deadline, r.received, r.number))]


def _each(numbers: Sequence[str], at_once: int) -> list[bool]:
    """Whether each was handled; in this order, so many at once, each as a task of this run."""
    progress = Progress(len(numbers))
    with ThreadPoolExecutor(at_once) as threads:
        return [done.result() for done in [threads.submit(copy_context().run, _handled, number, progress) for number in numbers]]


def _handled(number: str, progress: Progress) -> bool:
    state: State[None] = handle_in_batch(number, return_state=True)
    if not state.is_completed():
        get_run_logger().error("%s: not handled. See its own task.", number)
    progress.add(state.is_completed())
    return state.is_completed()

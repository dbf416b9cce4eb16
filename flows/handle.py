"""The flow `handle-request`: everything from a registered request to a draft that lies ready for people.

Prefect learns the number, the names of sources, and counts. The wait for people that follows is a state in the register.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from prefect import Task, flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import wait
from pydantic import Field

from config.errors import InzageError
from config.order import Leg
from flows import byhand, heavy, limits, steps
from flows.cores import computed
from flows.lease import held
from flows.runners import runner
from flows.silence import SourceBroke, StepFailed, silent
from flows.workplace import systems, workplace

NUMBER = r"^INZ-\d{4}-\d{6}$"
"""What a request number looks like; the server refuses anything else, a typed BSN for one, before it is stored."""

Number = Annotated[str, Field(pattern=NUMBER)]
"""What the form of the Prefect UI takes; what it says beside the box is the `Args` of the flow, for there Prefect reads it."""

ACTOR = "inzage"
QUIET: dict[str, Any] = {"persist_result": False, "cache_policy": NO_CACHE, "log_prints": False}


@task(task_run_name="ask {source}", **QUIET)
@silent
def ask(number: str, source: str, stage: int) -> dict[str, Any]:
    """Ask one source, in one stage; gives its name, how it ended, and counts."""
    work = workplace()
    leg = next(leg for leg in steps.legs(work, number) if (leg.source, leg.stage) == (source, stage))
    answered = steps.ask(work, number, leg, limits.most(source))
    return {"source": source, "status": str(answered.status), "records": answered.records, "documents": answered.documents}


@task(task_run_name="gather", **QUIET)
@silent
def gather(number: str) -> None:
    """Learn who the subject is from what came back."""
    steps.gather(workplace(), number)


@task(task_run_name="redact", **QUIET)
@silent
def redact(number: str) -> int:
    """Redact what was collected; gives the number of cells in the account, which balances."""
    return computed(heavy.redact, number)


@task(task_run_name="draft", **QUIET)
@silent
def draft(number: str) -> int:
    """Write the draft; gives 1 where withheld values were found in it, else 0."""
    return computed(heavy.draft, number, ACTOR)


@silent
def _begin(number: str) -> tuple[Leg, ...]:
    work = workplace()
    steps.begin(work, number, ACTOR)
    legs = steps.legs(work, number)
    byhand.open_tasks(work, number, legs, datetime.now(ZoneInfo(work.config.organisation.timezone)).date())
    return legs


Asked = Iterator[tuple[Leg, "dict[str, Any] | Exception"]]
"""How each source answered: its counts, or what it raised."""


@flow(
    name="handle-request",
    flow_run_name="{number}",  # by what an administrator looks for it
    task_runner=runner(),
    persist_result=False,
    log_prints=False,
    validate_parameters=True,
)
def handle_request(number: Number) -> None:
    """Ask every source at once, stage by stage, then redact, assemble, and lay the draft ready for review.

    Args:
        number: The number of the request, for example INZ-2026-000123. Never a BSN or a name: the server refuses it.
    """
    with systems():
        handled(number, _tasks, lambda step: step.submit(number).result())


@task(task_run_name="handle {number}", **QUIET)
@silent
def handle_in_batch(number: str) -> None:
    """One request of many: the same steps in the same order, seen in Prefect as one task."""
    handled(number, _threads, lambda step: step.fn(number))


def handled(number: str, asked: Callable[[str, Sequence[Leg]], Asked], done: Callable[[Task[[str], Any]], object]) -> None:
    """All steps of one request in their order, while its lease is ours; `asked` and `done` say how each is run."""
    with held(workplace().register, number) as lease:
        legs = _begin(number)
        for stage in sorted({leg.stage for leg in legs}):
            lease.check()
            for leg, answered in asked(number, [leg for leg in legs if leg.stage == stage]):
                tell(number, leg, answered)
            done(gather)
        for step in (redact, draft):
            lease.check()
            done(step)


def _tasks(number: str, legs: Sequence[Leg]) -> Asked:
    """A task of Prefect for each source."""
    submitted = {leg: ask.submit(number, leg.source, leg.stage) for leg in legs}
    wait(list(submitted.values()))
    for leg, future in submitted.items():
        yield leg, future.result(raise_on_failure=False)


def _threads(number: str, legs: Sequence[Leg]) -> Asked:
    """A thread for each source, and nothing to tell Prefect: a thousand requests would be ten thousand tasks that nobody reads."""
    with ThreadPoolExecutor(len(legs)) as threads:
        submitted = {leg: threads.submit(copy_context().run, ask.fn, number, leg.source, leg.stage) for leg in legs}
        for leg, future in submitted.items():
            yield leg, _outcome(future)


def _outcome(future: Future[dict[str, Any]]) -> dict[str, Any] | Exception:
    try:
        return future.result()
    except (InzageError, StepFailed) as error:
        return error


def tell(number: str, leg: Leg, answered: dict[str, Any] | Exception) -> None:
    """Log how one source answered; one whose connector broke has failed, and the other sources go on.

    Anything else that went wrong is not the source's doing: it is raised, so that the request is tried again and not sent without it.
    """
    if isinstance(answered, SourceBroke):
        get_run_logger().error("%s: its connector broke. See its own task run.", leg.source)
        steps.mark_broken(workplace(), number, leg)
    elif isinstance(answered, BaseException):
        raise answered
    else:
        get_run_logger().info("%(source)s: %(status)s, %(records)d records, %(documents)d documents", answered)

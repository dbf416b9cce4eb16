"""What the Prefect UI shows and the scheduler starts: one table, with work pool, schedules and limits; `inzage deploy` lays it down.

Laid down again it changes nothing, but for what changed in the table or in sources.yaml.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists, PrefectHTTPStatusError
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from config.settings import Source
from flows.again import ask_again
from flows.checks import check_register, check_sources
from flows.deadlines import watch_deadlines
from flows.handle import handle_request
from flows.limits import SOURCE_LIMIT
from flows.nightly import nightly_sweep
from flows.purging import purge_expired
from flows.release import release_request

R = TypeVar("R")

POOL = "inzage"
"""The work pool: every machine that runs `inzage serve` takes its work from here."""

ALL_TOGETHER = 16
"""The most runs of the pool at once over all machines, until somebody says otherwise with `inzage deploy --at-once`."""


@dataclass(frozen=True, slots=True)
class Deployed:
    """One flow as the administrator meets it: what it is for, what kind of work it is, and when it runs by itself.

    Of one that runs by itself no two runs are at work at once: the second waits for the first.
    """

    flow: Flow[..., Any]
    description: str
    tag: str
    cron: str = ""


DEPLOYMENTS = (
    Deployed(
        handle_request,
        "Asks every source about one resident, withholds what belongs to others, and lays a draft ready for review.\n\n"
        "Started by the privacy desk and by the nightly sweep; may be started here with the number of a request. "
        "Started twice, the second run stops at once. Sources that answered before are not asked again.",
        "request",
    ),
    Deployed(
        ask_again,
        "Asks one source of one request again, and makes the draft anew. Approvals given before are void.\n\n"
        "For a source that was down: the others are left as they answered.",
        "request",
    ),
    Deployed(
        release_request,
        "Seals a draft that two different people approved, opens the package again and searches it for what was withheld.\n\n"
        "Refuses anything else. The passphrase is not shown here.",
        "request",
    ),
    Deployed(
        nightly_sweep,
        "Handles every request that waits, the nearest deadline first: new ones, those that a fault left on the way, and drafts "
        "without a source that was down and that nobody approved yet. Reminds colleagues who search a source by hand.\n\n"
        "One request that fails does not hold up the rest.",
        "night",
        "0 6 * * *",
    ),
    Deployed(
        watch_deadlines,
        "Tells of requests that are due soon or late, of requests that keep breaking, and of sources that failed twice: "
        "in its log, and by e-mail or webhook where one is set. Each alarm once.",
        "watch",
        "30 7-18 * * *",
    ),
    Deployed(
        check_sources,
        "Asks each source whether it is there, lets us in, and still has the shape that sources.yaml says. Reads nothing about anybody.",
        "watch",
        "0 5 * * *",
    ),
    Deployed(
        check_register,
        "Checks the register of processing activities against the law of today: bases, exceptions, retention.",
        "watch",
        "30 5 * * 1",
    ),
    Deployed(
        purge_expired,
        "Destroys the keys and files of requests that are past their retention. The audit trail keeps that it was done.",
        "night",
        "0 4 * * *",
    ),
)
"""All times are Amsterdam's, and clear of the hour that summer time skips or repeats."""


def deploy(sources: tuple[Source, ...], at_once: int | None = None) -> tuple[str, ...]:
    """Lay down pool, limits and deployments; gives the names of the deployments.

    `at_once` limits the runs of the pool over all machines; None leaves the limit that is there, ALL_TOGETHER at first.
    """
    with get_client(sync_client=True) as client:
        _lay_pool(client, at_once)
        for source in sources:
            _beside_others(partial(client.upsert_global_concurrency_limit_by_name, SOURCE_LIMIT.format(source.name), source.concurrency))
    return tuple(_beside_others(partial(_lay, deployed)) for deployed in DEPLOYMENTS)


def _beside_others(lay: Callable[[], R]) -> R:
    """Lay one thing down, once more where another machine laid it at this very moment: then it is there, and is only brought up to date."""
    for pause in (0.2, 1.0, 3.0):
        try:
            return lay()
        except (ObjectAlreadyExists, PrefectHTTPStatusError):
            time.sleep(pause)
    return lay()


def _lay_pool(client: SyncPrefectClient, at_once: int | None) -> None:
    described = "Runs the work of Inzage, on every machine where `inzage serve` is started."
    first = WorkPoolCreate(name=POOL, type="process", description=described, concurrency_limit=at_once or ALL_TOGETHER)
    with suppress(ObjectAlreadyExists):  # by an earlier start, or by another machine at this very moment
        client.create_work_pool(first)
        return
    if at_once is not None:
        client.update_work_pool(POOL, WorkPoolUpdate(concurrency_limit=at_once))


def _lay(deployed: Deployed) -> str:
    made = deployed.flow.to_deployment(
        deployed.flow.name,
        description=deployed.description,
        tags=["inzage", deployed.tag],
        schedules=list(_schedules(deployed)),
        concurrency_limit=_ALONE if deployed.cron else None,
        work_pool_name=POOL,
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    assert isinstance(made, RunnerDeployment)  # noqa: S101 - it is a coroutine only where an event loop runs
    made.apply(work_pool_name=POOL)
    return made.name


def _schedules(deployed: Deployed) -> Iterator[Any]:
    if deployed.cron:
        yield Cron(deployed.cron, timezone="Europe/Amsterdam", slug=deployed.flow.name)


_ALONE = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)
"""A run that meets another waits for it: nothing is ever cancelled in silence."""

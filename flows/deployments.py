"""What the Prefect UI shows and the scheduler starts: one table, with work pool, schedules and limits; `inzage deploy` lays it down.

Laid down again it changes nothing, but for what changed in the table or in sources.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
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

POOL = "inzage"
"""The work pool: every machine that runs `inzage serve` takes its work from here."""

TAGS = ["inzage"]


@dataclass(frozen=True, slots=True)
class Deployed:
    """One flow as the administrator meets it: what it is for, when it runs by itself, and whether two may run at once."""

    flow: Flow[..., Any]
    description: str
    cron: str = ""
    alone: bool = False


DEPLOYMENTS = (
    Deployed(handle_request, "One request, from registration to a draft for review. Asks for its number."),
    Deployed(ask_again, "One source of one request, asked again alone. Asks for the number and the source."),
    Deployed(release_request, "Seals a request that two different people approved. Asks for its number."),
    Deployed(nightly_sweep, "Handles every request that waits, the nearest deadline first.", "0 6 * * *", alone=True),
    Deployed(watch_deadlines, "Tells which requests are due soon or late, and which sources keep failing.", "30 7 * * *", alone=True),
    Deployed(check_sources, "Asks each source whether it is there, lets us in, and has its shape.", "0 5 * * *", alone=True),
    Deployed(check_register, "Checks the register of processing activities against the law of today.", "30 5 * * 1", alone=True),
    Deployed(purge_expired, "Destroys the keys of requests that are past their retention.", "0 4 * * *", alone=True),
)
"""All times are Amsterdam's, and clear of the hour that summer time skips or repeats."""


def deploy(sources: tuple[Source, ...], at_once: int | None = None) -> tuple[str, ...]:
    """Lay down pool, limits and deployments; gives the names of the deployments. `at_once` limits the runs of the pool together."""
    with get_client(sync_client=True) as client:
        _lay_pool(client, at_once)
        for source in sources:
            client.upsert_global_concurrency_limit_by_name(SOURCE_LIMIT.format(source.name), max(source.concurrency, 1))
    return tuple(_lay(deployed) for deployed in DEPLOYMENTS)


def _lay_pool(client: SyncPrefectClient, at_once: int | None) -> None:
    try:
        client.read_work_pool(POOL)
    except ObjectNotFound:
        described = "Runs the work of Inzage, on every machine where `inzage serve` is started."
        client.create_work_pool(WorkPoolCreate(name=POOL, type="process", description=described, concurrency_limit=at_once))
    else:
        client.update_work_pool(POOL, WorkPoolUpdate(concurrency_limit=at_once))


def _lay(deployed: Deployed) -> str:
    made = deployed.flow.to_deployment(
        deployed.flow.name,
        description=deployed.description,
        tags=TAGS,
        schedules=list(_schedules(deployed)),
        concurrency_limit=_ALONE if deployed.alone else None,
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

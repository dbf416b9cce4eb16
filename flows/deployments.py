"""What the Prefect UI shows and the scheduler starts: the flows as deployments, served by one process."""

from __future__ import annotations

from typing import Any

from prefect import Flow, serve
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.again import ask_again
from flows.handle import handle_request
from flows.nightly import nightly_sweep
from flows.release import release_request

NIGHT = Cron("0 6 * * *", timezone="Europe/Amsterdam")
"""Six in the morning: clear of the hour that summer time skips or repeats."""


def serve_deployments() -> None:
    """Register the deployments and run what is started, until interrupted."""
    serve(
        _deployed(handle_request, "One request, from registration to a draft for review. Asks for its number."),
        _deployed(ask_again, "One source of one request, asked again alone. Asks for the number and the source."),
        _deployed(release_request, "Seals a request that two different people approved. Asks for its number."),
        _deployed(nightly_sweep, "Starts what was registered, and watches the deadlines.", schedule=NIGHT),
        limit=2,
    )


def _deployed(what: Flow[..., Any], description: str, **more: Any) -> RunnerDeployment:
    """The flow as a deployment of its own name, found by module, so that it runs from any folder."""
    made = what.to_deployment(what.name, description=description, tags=["inzage"], entrypoint_type=EntrypointType.MODULE_PATH, **more)
    assert isinstance(made, RunnerDeployment)  # noqa: S101 - it is a coroutine only where an event loop runs
    return made

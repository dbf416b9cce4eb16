"""The flow `release-request`: from a draft that two people approved to a sealed package in the vault."""

from __future__ import annotations

from typing import Any

from prefect import flow, task

from config.errors import LeakError, RequestError
from flows import steps
from flows.handle import ACTOR, QUIET, Number
from flows.lease import held
from flows.silence import silent
from flows.workplace import workplace


def _may_pass(_task: Any, _run: Any, state: Any) -> bool:
    """Whether trying again can help: what is away comes back, but a leak stays one and an approval does not come by itself."""
    error = state.result(raise_on_failure=False)
    return not isinstance(error, LeakError) and not (isinstance(error, RequestError) and error.thing != "register")


@task(task_run_name="seal", retries=3, retry_delay_seconds=[2, 8, 20], retry_condition_fn=_may_pass, **QUIET)
@silent
def seal(number: str) -> None:
    """Seal the approved draft and search the sealed package once more; who comes second at the same time is refused."""
    work = workplace()
    with held(work.register, number):
        steps.release(work, number, ACTOR)


@flow(name="release-request", flow_run_name="{number}", persist_result=False, log_prints=False)
def release_request(number: Number) -> None:
    """Seal what two different people approved; the passphrase stays in the vault, for another channel than the package.

    Args:
        number: The number of the request, for example INZ-2026-000123. Never a BSN or a name: the server refuses it.
    """
    seal(number)

"""The flow `release-request`: from a draft that two people approved to a sealed package in the vault."""

from __future__ import annotations

from prefect import flow, task

from flows import steps
from flows.handle import ACTOR, QUIET, Number
from flows.lease import held
from flows.silence import silent
from flows.workplace import workplace


@task(**QUIET)
@silent
def seal(number: str) -> None:
    """Seal the approved draft and search the sealed package once more; who comes second at the same time is refused."""
    work = workplace()
    with held(work.register, number):
        steps.release(work, number, ACTOR)


@flow(name="release-request", persist_result=False, log_prints=False)
def release_request(number: Number) -> None:
    """Seal what two different people approved; the passphrase stays in the vault, for another channel than the package."""
    seal(number)

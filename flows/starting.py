"""Starts flow runs for who does not wait for them: on the Prefect server that is set, else in a process of their own.

The lease in the register, not Prefect, is what lets one run at a time work on a request: a double click starts one job.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import httpx

from config.errors import RequestError
from flows import steps
from flows.engine import credentials, prepare
from flows.lease import held
from flows.workplace import Workplace, home

WAIT_SECONDS = 600
"""How long a release may take."""


def start(work: Workplace, number: str, actor: str) -> None:
    """Start asking every source for this request. RequestError where a run is at work on it."""
    _check_free(work, number)
    work.register.note(number, actor, "run started")
    _start(work, "handle-request", ["request", "run", number], {"number": number})


def start_again(work: Workplace, number: str, source: str, actor: str) -> None:
    """Start asking one source again, alone. RequestError where there is none of this name, or a run is at work."""
    if source not in {known.name for known in work.config.sources}:
        raise RequestError(number, "there is no such source", "Name a source of sources.yaml")
    _check_free(work, number)
    work.register.note(number, actor, "source asked again", {"source": source})
    _start(work, "ask-again", ["request", "ask", number, source], {"number": number, "source": source})


def release(work: Workplace, number: str, actor: str) -> None:
    """Seal an approved request, and wait for it. RequestError where it is not approved, or a run is at work on it."""
    steps.check_approved(work, number)
    _check_free(work, number)
    work.register.note(number, actor, "release started")
    if os.environ.get("PREFECT_API_URL"):
        _run("release-request", {"number": number}, WAIT_SECONDS)
        return
    with held(work.register, number):
        steps.release(work, number, actor)


def _check_free(work: Workplace, number: str) -> None:
    if work.register.busy(number):
        raise RequestError(number, "is being handled by another run", "Wait for it")


def _start(work: Workplace, flow: str, command: list[str], parameters: dict[str, str]) -> None:
    if os.environ.get("PREFECT_API_URL"):
        try:
            _run(flow, parameters, 0)
        except RequestError:
            work.register.note(parameters["number"], "inzage", "run not started")
            raise
        return
    # Nobody reads what it prints: how it went stands in the register, in the vault and in Prefect.
    process = subprocess.Popen(  # noqa: S603 - our own module with our own interpreter
        [sys.executable, "-m", "flows", *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=process.wait, daemon=True).start()  # so that it is no zombie once it is done


def _run(flow: str, parameters: dict[str, str], timeout: int) -> None:
    prepare(home(), quiet=True)
    from prefect.deployments import run_deployment  # noqa: PLC0415 - Prefect reads its settings when it is imported
    from prefect.exceptions import PrefectException  # noqa: PLC0415 - see above

    try:
        run_deployment(f"{flow}/{flow}", parameters=parameters, timeout=timeout, as_subflow=False)
    except (PrefectException, httpx.HTTPError):
        remedy = "See that it runs, and that `inzage serve` does"
        raise RequestError("Prefect", f"did not take the run of {flow}", remedy) from None


def known(api: str, flow: str) -> bool:
    """Whether the Prefect server at `api` knows this flow, so that a run of it can be started."""
    try:
        return httpx.get(f"{api}/deployments/name/{flow}/{flow}", timeout=5, auth=credentials()).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False

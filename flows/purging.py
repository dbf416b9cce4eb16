"""The flow `purge-expired`: what is past its retention is destroyed, and the trail keeps that it was."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from prefect import flow, get_run_logger, task

from cases import purge
from flows.handle import QUIET
from flows.named import by_moment
from flows.silence import silent
from flows.workplace import workplace


@task(**QUIET)
@silent
def destroy() -> int:
    """Destroy what is past its term today; gives how many requests."""
    work = workplace()
    today = datetime.now(ZoneInfo(work.config.organisation.timezone)).date()
    return len(purge(work.register, work.vault, today, work.config.organisation.dossier_retention))


@flow(name="purge-expired", flow_run_name=by_moment, persist_result=False, log_prints=False)
def purge_expired() -> None:
    """Destroy the keys of requests that are past their retention."""
    get_run_logger().info("%d requests destroyed", destroy())

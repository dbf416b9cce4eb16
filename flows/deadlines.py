"""The flow `watch-deadlines`: which requests are due soon or late, which will not get on without a person, and which sources fail."""

from __future__ import annotations

from prefect import flow, get_run_logger, task

from flows.alarms import alarms, tell
from flows.handle import QUIET
from flows.named import by_moment
from flows.silence import silent
from flows.standing import today
from flows.workplace import workplace


@task(**QUIET)
@silent
def watch() -> tuple[int, int]:
    """Tell what is new; gives how many alarms there are, and how many of them are new."""
    work = workplace()
    found = tuple(alarms(work, today(work)))
    return len(found), tell(work, found, get_run_logger().warning)


@flow(name="watch-deadlines", flow_run_name=by_moment, persist_result=False, log_prints=False)
def watch_deadlines() -> None:
    """Tell of each deadline that is near or past, of requests that keep breaking, and of sources that fail again: each once."""
    get_run_logger().info("%d alarms stand, of which %d are new", *watch())

"""The flows `check-sources` and `check-register`: what drifts is found before a resident suffers from it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from prefect import flow, get_run_logger, task
from pydantic import Field

import connectors
from config.register import check_register as against_the_law
from flows.handle import ACTOR, QUIET
from flows.named import by_moment
from flows.shapes import with_shape
from flows.silence import silent
from flows.told import CHECKED
from flows.workplace import configuration, systems, workplace

SourceName = Annotated[str, Field(pattern=r"^[\w-]*$", max_length=60)]


@task(task_run_name="check {name}", **QUIET)
@silent
def check_source(name: str) -> tuple[bool, list[str]]:
    """Whether one source lets us in, and what is wrong with it: sentences that name sources, entities and columns only."""
    told = connectors.check(with_shape(configuration().source(name)))
    out = [] if told.reachable else [f"{name}: cannot be reached."]
    return told.reachable and told.authorised, [*out, *([] if told.authorised else [f"{name}: does not let us in."]), *told.drift]


@flow(name="check-sources", flow_run_name=by_moment, persist_result=False, log_prints=False)
def check_sources(source: SourceName = "") -> None:
    """Ask each source whether it is there, lets us in, and still has the shape that sources.yaml says.

    Args:
        source: One source, by its short name in sources.yaml; left empty, all of them.
    """
    with systems():
        names = [s.name for s in configuration().sources if source in ("", s.name)]
        asked = {name: check_source.submit(name) for name in names}
        found = {name: future.result() for name, future in asked.items()}
    _keep({name: "reached" if reached else "failed" for name, (reached, _) in found.items()})
    told = [line for _, lines in found.values() for line in lines]
    for line in told:
        get_run_logger().warning("%s", line)
    get_run_logger().info("%d sources checked, %d alarms", len(names), len(told))


def _keep(outcomes: dict[str, str]) -> None:
    """Tell the trail, where the next watch sees which sources failed again."""
    workplace().register.note("", ACTOR, CHECKED, {"sources": outcomes})


@flow(name="check-register", flow_run_name=by_moment, persist_result=False, log_prints=False)
def check_register() -> None:
    """Check the register of processing activities against the law of today."""
    config = configuration()
    found = against_the_law(config, datetime.now(ZoneInfo(config.organisation.timezone)).date())
    for problem in found:
        get_run_logger().log(40 if problem.level == "error" else 30, "%s", problem)
    get_run_logger().info("register checked, %d remarks", len(found))

"""The flow `ask-again`: one source that did not answer is asked again, alone, and the draft is made anew from what it gave."""

from __future__ import annotations

from typing import Annotated, Any

from prefect import flow
from prefect.futures import PrefectFuture
from pydantic import Field

from config.order import Leg
from flows import steps
from flows.handle import ACTOR, Number, ask, draft, gather, redact, tell
from flows.lease import held
from flows.runners import runner
from flows.silence import silent
from flows.workplace import systems, workplace

Source = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,64}$")]


@silent
def _begin(number: str, source: str) -> tuple[Leg, ...]:
    work = workplace()
    legs = tuple(leg for leg in steps.legs(work, number) if leg.source == source)
    steps.begin(work, number, ACTOR)
    return legs


@flow(name="ask-again", flow_run_name="{number}, {source}", task_runner=runner(), persist_result=False, log_prints=False)
def ask_again(number: Number, source: Source) -> None:
    """Ask one source again, stage by stage, then redact and lay the draft ready; the other sources are left as they answered.

    Args:
        number: The number of the request, for example INZ-2026-000123. Never a BSN or a name: the server refuses it.
        source: The source to ask again, by its short name in sources.yaml, for example wmo.
    """
    with systems(), held(workplace().register, number) as lease:
        for leg in sorted(_begin(number, source), key=lambda leg: leg.stage):
            asked: PrefectFuture[dict[str, Any]] = ask.submit(number, leg.source, leg.stage)
            asked.wait()
            tell(number, leg, asked.result(raise_on_failure=False))
            lease.check()
            gather.submit(number).result()
        for step in (redact, draft):
            lease.check()
            step.submit(number).result()

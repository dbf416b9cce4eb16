"""`inzage config check`, `register check` and `sources check`: every mistake at once, before a resident suffers from it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

import click

import connectors
from config.load import Problem, problems
from config.register import check_register
from flows import workplace as place
from flows.commands.byhand import answer, tasks
from flows.said import Said, says, table


@click.group()
def config() -> None:
    """The YAML files of the gemeente."""


@config.command(name="check")
@says
def check_config() -> Said:
    """Explain every mistake in the five YAML files, with file, line and remedy."""
    found = problems(place.config_folder(), dict(place.environment()), connectors.kinds())
    return _told("config check", found)


@click.group()
def register() -> None:
    """The register of processing activities (AVG art. 30)."""


@register.command(name="check")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of processing; today when left out.")
@says
def check_law(on: datetime | None) -> Said:
    """Refuse what the law does not allow: no basis, consent for a public task, special data without exception, gaps."""
    work_config = place.configuration()
    day = on.date() if on else datetime.now(ZoneInfo(work_config.organisation.timezone)).date()
    return _told("register check", check_register(work_config, day))


@click.group()
def sources() -> None:
    """The source systems."""


@sources.command(name="check")
@click.argument("name", required=False)
@says
def check_sources(name: str | None) -> Said:
    """Ask each source whether it is there, lets us in, and still has the shape that sources.yaml says."""
    with place.systems():
        settings = place.configuration()
        if name and name not in [source.name for source in settings.sources]:
            raise click.BadParameter(f"{name} is no source; there are: {', '.join(s.name for s in settings.sources)}", param_hint="NAME")
        reports = [connectors.check(source) for source in settings.sources if name in (None, source.name)]
    rows = [(r.source, "yes" if r.reachable else "no", "yes" if r.authorised else "no", len(r.drift), f"{r.seconds:.1f}") for r in reports]
    lines = [*table(rows, ("source", "reachable", "authorised", "alarms", "seconds")), *(f"  {d}" for r in reports for d in r.drift)]
    bad = [r.source for r in reports if not r.reachable or not r.authorised or r.drift]
    failure = f"sources check: {len(bad)} of {len(reports)} need attention: {', '.join(bad)}. See the lines above." if bad else ""
    return Said({"sources": [asdict(r) for r in reports]}, lines, failure)


sources.add_command(answer)
sources.add_command(tasks)


def _told(what: str, found: tuple[Problem, ...]) -> Said:
    mistakes = [problem for problem in found if problem.level == "error"]
    data = {"mistakes": len(mistakes), "problems": [asdict(problem) for problem in found]}
    failure = f"{what}: {len(mistakes)} mistakes. Mend the lines named on stdout." if mistakes else ""
    return Said(data, [str(problem) for problem in found] or [f"{what}: no mistakes."], failure)

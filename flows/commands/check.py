"""`inzage config check`, `register check` and `sources check`: every mistake at once, before a resident suffers from it."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

import connectors
from config.load import Problem, problems
from config.register import check_register
from config.settings import Source
from flows import shapes
from flows import workplace as place
from flows.commands.byhand import answer, decide, tasks
from flows.commands.places import NewFile
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
@click.option("--accept", is_flag=True, help="What changed in tables, columns and types is known, and need not be told again.")
@says
def check_sources(name: str | None, accept: bool) -> Said:
    """Ask each source whether it is there, lets us in, is filled, and has the shape that sources.yaml says and that it had before."""
    with place.systems():
        chosen = _chosen(name)
        reports = [connectors.check(shapes.with_shape(source)) for source in chosen]
    shapes.remember(reports, anew=accept)
    lines = [*table([_row(s, r) for s, r in zip(chosen, reports, strict=True)], _HEADER), *(f"  {d}" for r in reports for d in r.drift)]
    bad = [r.source for r in reports if not r.reachable or not r.authorised or r.drift]
    failure = f"sources check: {len(bad)} of {len(reports)} need attention: {', '.join(bad)}. See the lines above." if bad else ""
    entities = {s.name: [e.name for e in s.entities] for s in chosen}
    return Said({"sources": [{**asdict(r), "entities": entities[r.source]} for r in reports]}, lines, failure)


@sources.command(name="suggest")
@click.argument("url")
@click.option("--name", default="bron", help="What the source will be called: letters, digits, - and _.")
@click.option("--out", type=NewFile(), help="Write the file here; it may not be there yet.")
@says
def suggest_sources(url: str, name: str, out: Path | None) -> Said:
    """Read the tables of a database and a sample of each, and write a first sources.yaml for a person to correct: each guess and why."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,62}", name):
        raise click.BadParameter("use letters, digits, - and _, and begin with a letter", param_hint="--name")
    if out is not None and out.exists():
        raise click.BadParameter("the file is there already, and what a person corrected is not written over", param_hint="--out")
    made = connectors.suggest(url, name)
    if out is not None:
        out.write_text(made.yaml, encoding="utf-8")
    told = f"{made.tables} tables: {made.reached} with a road to a person, {made.unread} that could not be read."
    return Said(asdict(made), [made.yaml] if out is None else [told, f"Written to {out}. Correct it, then: inzage config check"])


_HEADER = ("source", "reachable", "authorised", "schema", "entities", "rows", "sizes", "alarms", "seconds")


def _chosen(name: str | None) -> list[Source]:
    settings = place.configuration()
    if name and name not in [source.name for source in settings.sources]:
        raise click.BadParameter(f"{name} is no source; there are: {', '.join(s.name for s in settings.sources)}", param_hint="NAME")
    return [source for source in settings.sources if name in (None, source.name)]


def _row(source: Source, report: connectors.SourceReport) -> tuple[object, ...]:
    """One line; the entities are those that could be read, of those in sources.yaml."""
    held = report.reachable and report.authorised
    as_configured = len(report.drift) == len(report.small)
    unread = [e.name for e in source.entities if e.name not in report.rows and _told_of(report, f"{source.name}.{e.name}:")]
    read = len(source.entities) - len(unread) if held else len(report.rows)  # what is not counted was read where nothing is said of it
    entities = f"{read}/{len(source.entities)}" if source.entities else "-"
    return (
        report.source,
        "yes" if report.reachable else "no",
        "yes" if report.authorised else "no",
        ("as configured" if as_configured else "see below") if held else "-",
        entities,
        sum(report.rows.values()) if report.rows else "-",
        ("too small" if report.small else "ok") if held else "-",
        len(report.drift),
        f"{report.seconds:.1f}",
    )


def _told_of(report: connectors.SourceReport, place: str) -> bool:
    return any(line.startswith(place) for line in report.drift)


sources.add_command(answer)
sources.add_command(decide)
sources.add_command(tasks)


def _told(what: str, found: tuple[Problem, ...]) -> Said:
    mistakes = [problem for problem in found if problem.level == "error"]
    data = {"mistakes": len(mistakes), "problems": [asdict(problem) for problem in found]}
    failure = f"{what}: {len(mistakes)} mistake{'' if len(mistakes) == 1 else 's'}. Mend the lines named on stdout." if mistakes else ""
    return Said(data, [str(problem) for problem in found] or [f"{what}: no mistakes."], failure)

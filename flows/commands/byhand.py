"""`inzage sources tasks` and `inzage sources answer`: what colleagues search by hand, and what they found."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from cases import Task
from config.errors import UsageError
from flows import byhand, steps
from flows import workplace as place
from flows.running import handle
from flows.said import Said, says, table


@click.command()
@click.argument("number", required=False)
@says
def tasks(number: str | None) -> Said:
    """What colleagues still search by hand, the first due first; or every task of one request."""
    work = place.workplace()
    found = work.register.tasks.of(number) if number else work.register.tasks.owed()
    lines = [(t.number, t.source, t.owner, t.due.isoformat(), str(t.outcome), t.reminders) for t in found]
    header = ("number", "source", "owner", "due", "state", "reminders")
    return Said({"tasks": [_as_data(task) for task in found]}, table(lines, header))


@click.command()
@click.argument("number")
@click.argument("source")
@click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="What was found; may be repeated.",
)
@click.option("--nothing-held", is_flag=True, help="The source was searched, and holds nothing of this person.")
@click.option("--as", "user", required=True, help="Who searched.")
@says
def answer(number: str, source: str, files: tuple[Path, ...], nothing_held: bool, user: str) -> Said:
    """Hand over what a colleague found by hand, or that nothing is held; the draft is made anew."""
    if bool(files) == nothing_held:
        raise UsageError("inzage sources answer", "it takes either files or --nothing-held", "Name one of the two")
    with place.systems():
        work = place.workplace()
        ended = byhand.answer(work, number, source, None if nothing_held else files, by=user, legs=steps.legs(work, number))
        handle(number)
    said = "nothing held" if nothing_held else f"{len(files)} files handed over"
    return Said(_as_data(ended), [f"{number}: {source}: {said} by {user}. The draft was made anew."])


def _as_data(task: Task) -> dict[str, Any]:
    return asdict(task)

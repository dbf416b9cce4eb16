"""`inzage sources tasks` and `inzage sources answer`: what colleagues search by hand, and what they found."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from cases import Task
from cases.handling import CHOICES
from config.errors import UsageError
from flows import uploads
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
    """Answer for a source that is searched by hand, or that stays down: files, or that nothing is held; the draft is made anew."""
    if bool(files) == nothing_held:
        raise UsageError("inzage sources answer", "it takes either files or --nothing-held", "Name one of the two")
    with place.systems():
        work = place.workplace()
        given = None if nothing_held else [(path.name, path.read_bytes()) for path in files]
        ended = uploads.hand_over(work, number, source, given, user)
        handle(number)
    said = "nothing held" if nothing_held else f"{len(files)} files handed over"
    return Said(_as_data(ended), [f"{number}: {source}: {said} by {user}. The draft was made anew."])


@click.command()
@click.argument("number")
@click.argument("source")
@click.option("--choice", required=True, type=click.Choice(CHOICES), help="Wait, answer without it and say so, or search by hand.")
@click.option("--as", "user", required=True, help="Who decides.")
@says
def decide(number: str, source: str, choice: str, user: str) -> Said:
    """Decide what becomes of a source that was not searched whole; until somebody does, nobody can approve."""
    work = place.workplace()
    uploads.choose(work, number, source, choice, user)
    return Said({"request": number, "source": source, "choice": choice}, [f"{number}: {source}: {choice}, by {user}."])


def _as_data(task: Task) -> dict[str, Any]:
    return asdict(task)

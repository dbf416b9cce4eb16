"""`inzage release`: seal what two people approved, and write the package."""

from __future__ import annotations

from pathlib import Path

import click

from config.request import Status
from flows import workplace as place
from flows.commands.places import NewFolder
from flows.reports import delivered
from flows.running import seal
from flows.said import Said, says
from flows.steps import check_approved


@click.command()
@click.argument("number")
@click.option("--out", required=True, type=NewFolder(), help="Where the package is written.")
@says
def release(number: str, out: Path) -> Said:
    """Seal a request and write its package; only after two different people approved."""
    work = place.workplace()
    place.check_kept(work, number)
    if work.register.get(number).status is not Status.RELEASED:
        check_approved(work, number)
        seal(number)
    return delivered(work, number, out)

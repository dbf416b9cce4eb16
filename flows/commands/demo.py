"""`inzage demo`: the whole job on Voorbeeldstad, from request to sealed package."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

import demo as town
from flows import readiness, uploads
from flows import workplace as place
from flows.commands.places import NewFolder
from flows.reports import delivered
from flows.running import handle, seal
from flows.said import Said, says


@click.command()
@click.option("--out", type=NewFolder(), default=Path("uit"), help="Where the package is written.")
@says
def demo(out: Path) -> Said:
    """The whole job on the embedded gemeente Voorbeeldstad, from request to sealed package."""
    os.environ["INZAGE_CONFIG"] = str(place.EMBEDDED)
    with place.systems():
        work = place.workplace()
        number = _number(work)
        _searched_by_hand(work, number)
        handle(number)
        for reviewer in ("demo-toetser-een", "demo-toetser-twee"):
            readiness.approve(work, number, reviewer)
        seal(number)
        return delivered(work, number, out)


def _searched_by_hand(work: place.Workplace, number: str) -> None:
    """The archivist of Voorbeeldstad looked in the cellar, and found nothing."""
    task = work.register.tasks.get(number, _ON_PAPER)
    if task is None or task.owed:
        uploads.hand_over(work, number, _ON_PAPER, None, "demo-archivaris")


_ON_PAPER = "papier"


def _number(work: place.Workplace) -> str:
    """A new request of the resident, or the one that an earlier run left open."""
    if (left := work.register.open_for(town.RESIDENT.bsn)) is not None:
        return left.number
    today = datetime.now(ZoneInfo(work.config.organisation.timezone)).date()
    return work.register.new(town.RESIDENT.bsn, today, channel="demo", identity_checked_by="demo-balie", actor="demo-balie").number

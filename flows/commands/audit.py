"""`inzage audit verify` and `inzage purge`: prove what happened, and destroy what is past its term."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from cases import purge as destroy
from flows import workplace as place
from flows.said import Said, says


@click.group()
def audit() -> None:
    """The audit trail."""


@audit.command()
@says
def verify() -> Said:
    """Check that no entry of the audit trail was edited, removed, added or moved."""
    report = place.workplace().register.audit.verify()
    return Said(asdict(report), [f"audit trail: {report.entries} entries, whole and in order."])


@click.command()
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to count from; today when left out.")
@says
def purge(as_of: datetime | None) -> Said:
    """Destroy the keys of requests that are past their retention; their audit trail stays."""
    work = place.workplace()
    day = as_of.date() if as_of else datetime.now(ZoneInfo(work.config.organisation.timezone)).date()
    certificates = destroy(work.register, work.vault, day, work.config.organisation.dossier_retention)
    return Said({"purged": [asdict(c) for c in certificates]}, [f"{len(certificates)} requests destroyed."])

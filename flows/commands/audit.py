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
@click.option("--artefacts", is_flag=True, help="Open everything in the vault too, as after a restore; content is shown to nobody.")
@says
def verify(artefacts: bool) -> Said:
    """Check that no entry of the audit trail was edited, removed, added or moved."""
    work = place.workplace()
    report = work.register.audit.verify()
    lines = [f"audit trail: {report.entries} entries, whole and in order."]
    if not artefacts:
        return Said(asdict(report), lines)
    opened = _opened(work)
    return Said({**asdict(report), "artefacts": opened}, [*lines, f"vault: {opened} artefacts, each whole and readable."])


def _opened(work: place.Workplace) -> int:
    """How many artefacts there are; VaultError at the first that cannot be opened."""
    kept = [(request.number, name) for request in work.register.all() for name in work.vault.names(request.number)]
    for number, name in kept:
        work.vault.get(number, name)
    return len(kept)


@click.command()
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to count from; today when left out.")
@says
def purge(as_of: datetime | None) -> Said:
    """Destroy the keys of requests that are past their retention; their audit trail stays."""
    work = place.workplace()
    day = as_of.date() if as_of else datetime.now(ZoneInfo(work.config.organisation.timezone)).date()
    certificates = destroy(work.register, work.vault, day, work.config.organisation.dossier_retention)
    return Said({"purged": [asdict(c) for c in certificates]}, [f"{len(certificates)} requests destroyed."])

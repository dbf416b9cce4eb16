"""What the command line tells of a request: how it was searched, the account, and where the package is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from config.accounting import Account, Tally
from config.codec import decode
from config.collection import Coverage
from config.request import Request
from flows.said import Said, table
from flows.steps import coverage
from flows.workplace import Workplace


def delivered(work: Workplace, number: str, out: Path) -> Said:
    """Write the sealed package into `out`, and tell where it is, with its passphrase, the coverage and the account."""
    out.mkdir(parents=True, exist_ok=True)
    package = out / f"{number}.zip"
    package.write_bytes(work.vault.get(number, "package.zip"))
    passphrase = work.vault.get(number, "passphrase").decode()
    covered, account = coverage(work, number), decode(work.vault.get(number, "accounts"), tuple[Account, ...])
    data = {
        "request": number,
        "package": str(package),
        "passphrase": passphrase,
        "coverage": [covered_as_data(one) for one in covered],
        "accounting": [account_as_data(one) for one in account],
    }
    return Said(data, [*coverage_lines(covered), "", *account_lines(_by_source(account)), "", *_where(number, package, passphrase)])


def _where(number: str, package: Path, passphrase: str) -> list[str]:
    return [f"{number}: released.", f"Package:    {package}", f"Passphrase: {passphrase}   (send it by another channel)"]


def covered_as_data(one: Coverage) -> dict[str, Any]:
    """A line of the coverage as `dossier.json` has it, with the alarms for the administrator."""
    return {
        "source": one.source,
        "title": one.title,
        "status": str(one.status),
        "records": one.records,
        "documents": one.documents,
        "asked_at": one.asked_at.isoformat(timespec="seconds") if one.asked_at else None,
        "message": one.message,
        "alarms": list(one.alarms),
    }


def account_as_data(one: Account) -> dict[str, Any]:
    """A line of the account as `dossier.json` has it."""
    return {"source": one.source, "entity": one.entity, "cells": asdict(one.cells), "documents": asdict(one.documents)}


def coverage_lines(covered: Sequence[Coverage]) -> list[str]:
    """The coverage as a table, with the alarms below it."""
    rows = [(c.source, str(c.status), c.records, c.documents, c.message) for c in covered]
    alarms = [f"  alarm: {alarm}" for c in covered for alarm in c.alarms]
    return ["Where we searched", *table(rows, ("source", "status", "records", "documents", "message")), *alarms]


def account_lines(account: Sequence[Account]) -> list[str]:
    """The account as a table, with its total; cells and documents in four counts each."""
    rows: list[Sequence[object]] = [(f"{a.source}.{a.entity}".rstrip("."), *_counts(a)) for a in account]
    total = [sum(_counts(a)[i] for a in account) for i in range(8)]
    header = ("entity", "cells", "disclosed", "redacted", "withheld", "documents", "disclosed", "redacted", "withheld")
    return ["What became of it: collected = disclosed + redacted in part + withheld", *table([*rows, ("total", *total)], header)]


def _by_source(account: Sequence[Account]) -> list[Account]:
    """The entities of each source taken together: what fits a screen."""
    sources = dict.fromkeys(one.source for one in account)
    return [Account(source, "", *_summed([one for one in account if one.source == source])) for source in sources]


def _summed(account: Sequence[Account]) -> tuple[Tally, Tally]:
    sums = [sum(_counts(one)[i] for one in account) for i in range(8)]
    return Tally(*sums[:4]), Tally(*sums[4:])


def _counts(account: Account) -> tuple[int, ...]:
    return tuple(count for tally in (account.cells, account.documents) for count in asdict(tally).values())


def request_as_data(request: Request) -> dict[str, Any]:
    """A request as the command line tells it: no name, no BSN."""
    return {
        "request": request.number,
        "received": request.received.isoformat(),
        "status": str(request.status),
        "deadline": request.deadline.isoformat(),
        "steer": request.steer.isoformat(),
        "scope": list(request.scope),
        "since": request.since.isoformat() if request.since else None,
        "until": request.until.isoformat() if request.until else None,
        "channel": request.channel,
        "language": request.language,
        "identity_checked_by": request.identity_checked_by,
        "extended_because": request.extended_because,
    }

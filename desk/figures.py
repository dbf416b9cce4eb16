"""The report of the data protection officer: numbers, times, grounds, sources that failed, terms missed.

All of it comes from the register and the trail, so that it holds after dossiers are destroyed, and shows no value of anybody.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from statistics import median
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from cases.audit import Entry
from cases.states import OPEN
from config.request import Request


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of the requests received in one year."""

    year: int
    received: int
    by_status: dict[str, int]
    by_channel: dict[str, int]
    answered: int
    days_median: float | None
    days_most: int | None
    late: tuple[str, ...]  # numbers of requests answered, or still open, after their legal end
    extended: int
    paused: int
    objections: int
    grounds: dict[str, int]
    failed: dict[str, int]  # source -> requests in which it was not searched whole at the last draft
    without: dict[str, int]  # source -> requests that were answered without it
    looks: int  # at content
    downloads: int


def figures(requests: Sequence[Request], entries: Sequence[Entry], year: int, today: date) -> Figures:
    """The figures of one year; `entries` is the whole trail."""
    mine = [r for r in requests if r.received.year == year]
    numbers, told = {r.number for r in mine}, defaultdict[str, list[Entry]](list)
    for entry in entries:
        if entry.number in numbers:
            told[entry.action].append(entry)
    answered = [(r, r.released_at.date()) for r in mine if r.released_at]
    days = [(sent - r.received).days - r.paused_days for r, sent in answered]
    late = [r.number for r, sent in answered if sent > r.deadline]
    late += [r.number for r in mine if r.status in OPEN and r.deadline < today and not r.paused_since]
    last = {entry.number: json.loads(entry.detail) for entry in told["account"]}
    return Figures(
        year, len(mine), _count(str(r.status) for r in mine), _count(r.channel for r in mine), len(answered),
        median(days) if days else None, max(days) if days else None, tuple(sorted(late)),
        sum(bool(r.extended_because) for r in mine) or len({e.number for e in told["extended"]}),
        len({e.number for e in told["paused"]}), len(told["objected"]), _grounds(last.values()), _failed(last.values()),
        _without(told["source chosen"]), len(told["content seen"]), len(told["downloaded"]),
    )  # fmt: skip


def _count(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))


def _grounds(accounts: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for account in accounts:
        found.update(account["grounds"])
    return dict(sorted(found.items()))


def _failed(accounts: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    return _count(source for account in accounts for source, how in account["sources"].items() if how in {"failed", "partial", "waiting"})


def _without(chosen: Sequence[Entry]) -> dict[str, int]:
    last = {(e.number, json.loads(e.detail)["source"]): json.loads(e.detail)["choice"] for e in chosen}
    return _count(source for (_, source), choice in last.items() if choice == "without")


def workbook(found: Figures, titles: dict[str, str], made: datetime) -> bytes:
    """The figures as a workbook: a sheet for the numbers, one each for grounds, sources and terms missed."""
    book = Workbook()
    first = book.active
    assert first is not None  # noqa: S101 - a new workbook has a sheet
    first.title = "Cijfers"
    _rows(first, ("Wat", "Aantal"), _lines(found, made))
    _rows(book.create_sheet("Gronden"), ("Grond", "Keer gebruikt"), list(found.grounds.items()))
    names = sorted({*found.failed, *found.without})
    rows = [(titles.get(name, name), found.failed.get(name, 0), found.without.get(name, 0)) for name in names]
    _rows(book.create_sheet("Bronnen"), ("Bron", "Niet volledig doorzocht", "Verzonden zonder"), rows)
    _rows(book.create_sheet("Te laat"), ("Verzoek",), [(number,) for number in found.late])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _lines(found: Figures, made: datetime) -> list[tuple[str, object]]:
    return [
        ("Jaar", found.year), ("Gemaakt op", made.strftime("%d-%m-%Y %H:%M")), ("Ontvangen", found.received),
        ("Beantwoord", found.answered), ("Dagen, mediaan", found.days_median), ("Dagen, langste", found.days_most),
        ("Te laat", len(found.late)), ("Verlengd", found.extended), ("Gepauzeerd", found.paused),
        ("Bezwaren van beoordelaars", found.objections), ("Keer inhoud bekeken", found.looks), ("Keer opgehaald", found.downloads),
        *((f"Toestand: {status}", count) for status, count in found.by_status.items()),
        *((f"Kanaal: {channel}", count) for channel, count in found.by_channel.items()),
    ]  # fmt: skip


def _rows(sheet: Any, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    sheet.append(list(header))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([safe(value) for value in row])
    sheet.freeze_panes = "A2"
    for column in sheet.columns:
        sheet.column_dimensions[column[0].column_letter].width = 34


def safe(value: object) -> object:
    """A value that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe(3)
    ("'=1+1", 3)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def years(requests: Sequence[Request], today: date) -> list[int]:
    """The years in which anything was received, the latest first; this year always."""
    return sorted({today.year, *(r.received.year for r in requests)}, reverse=True)

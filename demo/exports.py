"""The exports of local taxes (a workbook with titles above its tables) and of parking (two CSV files as an older suite writes them)."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from demo.notes import Writer
from demo.packed import settled
from demo.town import CITY, Resident, Town

Cell = str | int | float | date | None

WOZ = (
    "Subjectnr",
    "BSN",
    "Naam belanghebbende",
    "Adres object",
    "Postcode",
    "Waardepeildatum",
    "WOZ-waarde",
    "Aanslagbedrag",
    "Soort",
    "Bezwaar",
)
WASTE = (
    "Aanslagnummer",
    "BSN",
    "Naam",
    "Adres",
    "Belastingjaar",
    "Dagtekening",
    "Bedrag",
    "Tarief",
    "Betaald op",
    "Automatische incasso",
    "Opmerking",
)
PERMITS = ("VergunningNr", "BSN", "Naam", "Adres", "Kenteken", "Zone", "Ingangsdatum", "Einddatum", "Bedrag", "Betaalwijze")
FINES = ("Aanslagnr", "Kenteken", "Datum", "Tijd", "Locatie", "Bedrag", "Parkeercontroleur", "Bezwaar", "Toelichting")


def taxes(path: Path, writer: Writer) -> None:
    """The workbook `path`: two sheets, each with a title and the day of the export above its header."""
    book = Workbook()
    first = book.active
    if isinstance(first, Worksheet):
        first.title = "WOZ"
        _sheet(first, "Overzicht WOZ-aanslagen", WOZ, _woz(writer))
    _sheet(book.create_sheet("Afvalstoffenheffing"), "Aanslagen afvalstoffenheffing 2024 - 2026", WASTE, _waste(writer))
    book.properties.creator, book.properties.created = "BelastingSuite", datetime(2026, 9, 1, 7, 30)  # noqa: DTZ001 (Excel knows no zones)
    book.save(path)
    settled(path)


def _sheet(sheet: Worksheet, title: str, header: Sequence[str], rows: Iterator[Sequence[Cell]]) -> None:
    sheet.append([f"Gemeente {CITY}"])
    sheet.append([title])
    sheet.append(["Exportdatum", "01-09-2026", None, "Gebruiker: rpt_belast"])
    sheet.append([])
    sheet.append(list(header))
    for row in rows:
        sheet.append(list(row))
    for head in sheet.iter_rows(min_row=1, max_row=5):
        for cell in head:
            cell.font = Font(bold=True)
    sheet.freeze_panes = "A6"


def _payers(town: Town) -> Iterator[tuple[int, Resident]]:
    """One grown-up for each home, with a number."""
    seen = set()
    for number, person in enumerate(town.residents.values(), 200_001):
        if person.home not in seen and person.age() >= 18 and person.died is None and person.bsn != town.cast["single"]:
            seen.add(person.home)
            yield number, person


def _woz(writer: Writer) -> Iterator[Sequence[Cell]]:
    """Owners and users: numbers as numbers, days as days."""
    for number, person in _payers(writer.town):
        for year in (2024, 2025):
            value = 150_000 + number * 7919 % 400_000 + (year - 2024) * 9000
            yield (
                number, person.bsn, f"{person.initials} {person.surname}", person.home.line, person.home.postcode, date(year, 1, 1), value,
                round(value * 0.000957, 2), "gebruiker" if number % 3 else "eigenaar", "bezwaar ingediend" if number % 17 == 0 else None,
            )  # fmt: skip


def _waste(writer: Writer) -> Iterator[Sequence[Cell]]:
    """Bills with Dutch days and decimal commas as text, as the suite exports them."""
    for number, person in _payers(writer.town):
        for year, amount in ((2024, "347,15"), (2025, "362,80"), (2026, "381,05")):
            paid = date(year, 3, 1) + timedelta(days=number % 60)
            yield (
                f"{year}.{number}", person.bsn, person.full, person.home.line, year, f"28-02-{year}", amount, "meerpersoons",
                f"{paid:%d-%m-%Y}" if number % 5 else None, "ja" if number % 2 else "nee", _remark(person, writer, year),
            )  # fmt: skip


_REMARKS = {
    ("hanneke", 2024): "Kwijtschelding toegekend. Mw. belde samen met haar moeder; incasso op rekening van moeder stopgezet.",
    ("hanneke", 2025): "Kwijtschelding via bewindvoerder V. Nandoe aangevraagd en toegekend.",
    ("namesake", 2025): "Verwisseld met naamgenoot op nr 14, hersteld.",
    ("ruud", 2024): "Betalingsregeling 6 termijnen, belt veel en wordt snel boos. Partner A. Wiśniewska is vriendelijker.",
}


def _remark(person: Resident, writer: Writer, year: int) -> str | None:
    part = next((name for name, bsn in writer.town.cast.items() if bsn == person.bsn), "")
    return _REMARKS.get((part, year))


def permits(path: Path, writer: Writer) -> None:
    """The CSV `path` of parking permits: cp1252, semicolons, decimal commas."""
    _csv(path, PERMITS, _permits(writer.town))


def fines(path: Path, writer: Writer) -> None:
    """The CSV `path` of parking fines: known by plate, not by person."""
    _csv(path, FINES, _fines(writer))


def _csv(path: Path, header: Sequence[str], rows: Iterator[Sequence[Cell]]) -> None:
    with path.open("w", encoding="cp1252", errors="replace", newline="") as file:  # a Polish ł becomes "?", as it does in such suites
        lines = csv.writer(file, delimiter=";", lineterminator="\r\n")
        lines.writerow(header)
        lines.writerows(rows)


def _drivers(town: Town) -> list[Resident]:
    return [person for person in town.residents.values() if person.plate and person.died is None]


def _permits(town: Town) -> Iterator[Sequence[Cell]]:
    for number, person in enumerate(_drivers(town), 5001):
        for year in (2025, 2026):
            price = Decimal(number % 40 + 60) + Decimal("0.95")
            yield (
                f"PV{year}-{number}", person.bsn, f"{person.initials} {person.surname}", person.home.line, person.plate,
                f"Zone {'ABC'[number % 3]}", f"01-01-{year}", f"31-12-{year}", _comma(price), ("incasso", "iDEAL")[number % 2],
            )  # fmt: skip


def _fines(writer: Writer) -> Iterator[Sequence[Cell]]:
    story = {writer.town[bsn].plate: name for name, bsn in writer.town.cast.items()}
    for number, person in enumerate(_drivers(writer.town), 880_101):
        part = story.get(person.plate, "")
        if part not in _TOLD and writer.chance.random() > 0.3:
            continue
        day = writer.day(2024)
        yield (
            number, person.plate, f"{day:%d-%m-%Y}", f"{9 + number % 9}:{number % 60:02}", writer.chance.choice(_PLACES),
            _comma(Decimal("78.40")), f"BOA {1000 + number % 7}", "nee", _TOLD.get(part),
        )  # fmt: skip


_PLACES = ("Raadhuisplein", "Kerkstraat t.h.v. 5", "Havenkade")
_TOLD = {
    "hanneke": "Bestuurder verklaart haar gehandicaptenkaart te zijn vergeten; bijrijder dhr. R. de Wit scheldt controleur uit.",
    "ricardo": "Voertuig stond met draaiende motor voor Anna Blamanstraat 14, eigenaar niet aanwezig, kind op achterbank.",
}


def _comma(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")

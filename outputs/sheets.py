"""What stands on which sheet of `gegevens.xlsx`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from config.collection import Kind
from outputs.decision import outcome_of
from outputs.dossier import Dossier, Finding
from outputs.explained import answers
from outputs.shown import Cell
from outputs.tables import LEAD, described, named
from outputs.tables import sheets as tables
from outputs.texts import texts
from outputs.wording import listed
from outputs.workbook import Rows, Sheets

KEYS, REQUEST, SHEET, TABLE, DIFFERENCES = "Sleutels", "verzoek", "blad", "soort", "verschillen"
"""The hidden sheet by which the workbook is read back, and what its first column says."""

Key: TypeAlias = tuple[str, str, str, str]


def workbook(dossier: Dossier) -> bytes:
    """`gegevens.xlsx`."""
    said = texts()["werkboek"]
    names = said["bladen"]
    words = {"nummer": dossier.request.number, "organisatie": dossier.organisation.name}
    with Sheets(dossier.organisation.timezone, said["gesplitst"], said["vervolg"]) as sheets:
        sheets.lines(names["leesmij"], [said["titel"], *(line.format(**words) for line in said["leesmij"])])
        sheets.sheet(names["overzicht"], said["overzicht"], (_overview(dossier, finding) for finding in dossier.findings))
        keys: list[Key] = [(REQUEST, dossier.request.number, "", ""), *_purposes(sheets, dossier, said)]
        sheets.sheet(names["documenten"], said["documenten"], _documents(dossier))
        sheets.sheet(names["weg"], said["weg"], _withheld(dossier))
        sheets.sheet(names["bronnen"], said["bronnen"], _sources(dossier))
        keys += _differences(sheets, dossier, said)
        sheets.hidden(KEYS, keys)
        return sheets.finish(f"{said['titel']} ({dossier.request.number})", dossier.organisation.name, dossier.request.received)


def _overview(dossier: Dossier, finding: Finding) -> Sequence[Cell]:
    told = answers(dossier, finding)
    asked = ("purpose", "legal_basis", "law", "categories", "found_in", "sources", "recipients", "third_countries", "retention")
    return (
        finding.activity.title,
        *(told[field] for field in asked),
        finding.retained_until,
        told["automated_decisions"],
        told["remedy"],
        finding.records,
        finding.documents,
    )


def _purposes(sheets: Sheets, dossier: Dossier, said: Any) -> Iterator[Key]:
    """One sheet a purpose, each with a column to say what it should be; gives the keys by which its rows are found again."""
    lead = [(title, Kind.TEXT) for title in said["kaarten"]]
    for sheet in tables(dossier):
        columns = [*lead, *((label, kind) for label, kind, _ in sheet.headings), (said["klopt"], Kind.TEXT)]
        heads, kinds = [label for label, _ in columns], [kind for _, kind in columns]
        given = Rows(((*row, None) for row in sheet.rows()), [(*row, None) for row in sheet.sample()], LEAD)
        for name in sheets.sheet(sheet.purpose, heads, given, kinds, answered=True):
            yield SHEET, name, "", ""
    yield from ((TABLE, name, source, entity) for (source, entity), name in named(dossier).items())
    yield from ((entry.number, entry.number, f"{entry.source}.{entry.entity}", "") for entry in dossier.inventory)


def _documents(dossier: Dossier) -> Iterator[Sequence[Cell]]:
    why = {w.ground.code: w.ground.sentence for w in dossier.withheld}
    for entry in dossier.inventory:
        source, purpose = dossier.titles.get(entry.source, entry.source), dossier.purposes.get(entry.activity, entry.activity)
        day, title, *rest = described(entry, why)
        yield entry.number, day, title, source, purpose, *rest


def _withheld(dossier: Dossier) -> Iterator[Sequence[Cell]]:
    grounds = {w.ground.code: w.ground for w in dossier.withheld}
    numbers = {(entry.source, entry.entity, entry.document.id): entry.number for entry in dossier.inventory}
    names = named(dossier)
    for collection in dossier.collections:
        title = names[collection.source, collection.entity]
        labels = {column.name: column.label or column.name for column in collection.columns}
        source = dossier.titles.get(collection.source, collection.source)
        for r in collection.redactions:
            ground = grounds[r.ground]
            place = (None if r.row is None else r.row + 1, labels.get(r.column), numbers.get((r.source, r.entity, r.document)))
            yield r.ground, ground.sentence, listed(ground.legal), source, title, *place, r.count


def _sources(dossier: Dossier) -> Iterator[Sequence[Cell]]:
    for c in dossier.coverage:
        outcome, why = outcome_of(dossier, c), c.message or texts()["uitkomst_zinnen"][c.status]
        yield c.title, outcome, why, c.asked_at, c.records, c.documents, c.since


def _differences(sheets: Sheets, dossier: Dossier, said: Any) -> Iterator[Key]:
    """The sheet of what contradicts; gives a key for each row, by its number."""
    held = [(d.what, source, value) for d in dossier.differences for source, value in d.values]
    numbered = [(f"V{n}", *each) for n, each in enumerate(held, 1)]
    rows = ((n, texts()["soorten"].get(what, what), dossier.titles.get(source, source), value, None) for n, what, source, value in numbered)
    for name in sheets.sheet(said["bladen"]["verschillen"], [*said["verschillen"], said["klopt"]], rows, answered=True):
        yield DIFFERENCES, name, "", ""
    yield from ((n, what, source, "") for n, what, source, _ in numbered)

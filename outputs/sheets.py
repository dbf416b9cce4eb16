"""What stands on which sheet of `gegevens.xlsx`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from config.collection import Kind
from config.redacted import Disposition
from outputs.decision import outcome_of
from outputs.dossier import Dossier, Finding
from outputs.explained import answers
from outputs.shown import Cell, shown
from outputs.texts import texts
from outputs.wording import listed
from outputs.workbook import Sheets, record_rows

KEYS, REQUEST, SHEET, DIFFERENCES = "Sleutels", "verzoek", "blad", "verschillen"
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
        keys: list[Key] = [(REQUEST, dossier.request.number, "", ""), *_records(sheets, dossier, said)]
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


def _records(sheets: Sheets, dossier: Dossier, said: Any) -> Iterator[Key]:
    """One sheet a collection, in the order of the purposes, each with a column to say what it should be; gives their keys."""
    order = {finding.activity.id: n for n, finding in enumerate(dossier.findings)}
    for collection in sorted((c for c in dossier.collections if len(c.rows)), key=lambda c: order.get(c.activity, len(order))):
        view = shown(collection)
        columns = view.columns
        heads = [said["kaart"], *(column.label or column.name for column in columns), said["klopt"]]
        rows = ((*row, None) for row in record_rows(view, columns))
        kinds = [Kind.TEXT, *(column.kind for column in columns)]
        for name in sheets.sheet(collection.title or collection.entity, heads, rows, kinds, answered=True):
            yield SHEET, name, collection.source, collection.entity


def _documents(dossier: Dossier) -> Iterator[Sequence[Cell]]:
    sentences = {w.ground.code: w.ground.sentence for w in dossier.withheld}
    for entry in dossier.inventory:
        document = entry.document
        gone = document.disposition is Disposition.WITHHELD
        why = f"{document.ground}: {sentences.get(document.ground, '')}" if gone else None
        source = dossier.titles.get(entry.source, entry.source)
        purpose = dossier.purposes.get(entry.activity, entry.activity)
        yield entry.number, document.date, document.title, source, purpose, len(document.pages), document.redactions, why


def _withheld(dossier: Dossier) -> Iterator[Sequence[Cell]]:
    grounds = {w.ground.code: w.ground for w in dossier.withheld}
    numbers = {(entry.source, entry.entity, entry.document.id): entry.number for entry in dossier.inventory}
    for collection in dossier.collections:
        labels = {column.name: column.label or column.name for column in collection.columns}
        source = dossier.titles.get(collection.source, collection.source)
        for r in collection.redactions:
            ground = grounds[r.ground]
            place = (None if r.row is None else r.row + 1, labels.get(r.column), numbers.get((r.source, r.entity, r.document)))
            yield r.ground, ground.sentence, listed(ground.legal), source, collection.title, *place, r.count


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

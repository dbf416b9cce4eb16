"""`documenten.pdf`: every redacted document typeset anew from its text, behind an inventory with the same numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from config.redacted import Disposition
from outputs.chapters import inventory
from outputs.dossier import Dossier, InventoryEntry
from outputs.flow import BODY, SMALL, Flow
from outputs.texts import texts
from outputs.wording import cell

PAPER = replace(BODY, size=9.5, leading=13.5, after=0)


def papers(dossier: Dossier) -> bytes:
    """`documenten.pdf`; a document withheld whole stands in it with the sentence of its ground."""
    said = texts()["stukken"]
    title = texts()["dossier"]["kop"].format(organisatie=dossier.organisation.name, nummer=dossier.request.number)
    flow = Flow(f"{said['titel']} ({dossier.request.number})", dossier.organisation.name, title)
    flow.heading(said["titel"], 0, "lijst", listed=False)
    if not dossier.inventory:
        flow.text(said["geen"])
        return flow.finish()
    flow.text(said["uitleg"])
    flow.heading(said["inventaris"], 1)
    inventory(flow, dossier)
    sentences = {w.ground.code: w.ground.sentence for w in dossier.withheld}
    for entry in dossier.inventory:
        _paper(flow, dossier, entry, sentences, said)
    return flow.finish()


def _paper(flow: Flow, dossier: Dossier, entry: InventoryEntry, sentences: dict[str, str], said: Any) -> None:
    document = entry.document
    if document.disposition is Disposition.WITHHELD:
        flow.need(110)
    else:
        flow.turn()
    flow.heading(said["kop"].format(nummer=entry.number, titel=document.title), 1, entry.number)
    day = cell(document.date) or said["onbekende_datum"]
    flow.text(said["gegevens"].format(bron=dossier.titles.get(entry.source, entry.source), datum=day), SMALL)
    if document.remark:
        flow.text(document.remark, SMALL)
    if document.disposition is Disposition.WITHHELD:
        flow.text(said["weg"].format(grond=document.ground, zin=sentences.get(document.ground, "")))
        return
    for number, page in enumerate(document.pages, 1):
        _page(flow, number, len(document.pages), page, said)


def _page(flow: Flow, number: int, total: int, page: str, said: Any) -> None:
    if total > 1:
        flow.need(60)
        flow.space(6)
        flow.rule()
        flow.y -= 4
        flow.text(said["blad"].format(nummer=number, totaal=total), SMALL)
    if not page.strip():
        flow.text(said["leeg"], SMALL)
        return
    for line in page.strip("\n").split("\n"):
        if line.strip():
            flow.text(line, PAPER)
        else:
            flow.space(7)
    flow.space(8)

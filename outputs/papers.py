"""`documenten.pdf`: every redacted document typeset anew from its text, behind an inventory with the same numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from config.redacted import Disposition
from outputs.chapters import described
from outputs.dossier import Dossier, InventoryEntry
from outputs.flow import LIMIT, Flow, Stop
from outputs.ink import BODY, SMALL
from outputs.table import Col, Row, table
from outputs.texts import texts
from outputs.titles import title_of
from outputs.wording import cell

PAPER = replace(BODY, size=9.5, leading=13.5, after=0)


COLUMNS = (36.0, 58.0, 108.0, 98.0, 30.0, 60.0, 81.0)
"""The widths of the list of documents: fixed, so that its number of pages is known before the documents are drawn."""


@dataclass(frozen=True, slots=True)
class Papers:
    """The parts of `documenten.pdf`, and in which part (from 1) each document is, by its number."""

    files: tuple[bytes, ...]
    parts: Mapping[str, int]


def papers(dossier: Dossier, *, limit: int = LIMIT) -> Papers:
    """`documenten.pdf` in parts of at most `limit` pages; a document withheld whole stands in it with the sentence of its ground."""
    if not dossier.inventory:
        return Papers(_none(dossier), {})
    dry = _flow(dossier, limit, 1)
    _front(dry, dossier, {})
    flow = _flow(dossier, limit, dry.page + 1)
    flow.foretell(texts()["stukken"]["titel"], "lijst")
    with flow.volume.tags.within("Sect") as place:
        pass  # the list, filled when the pages are known
    sentences, said = {w.ground.code: w.ground.sentence for w in dossier.withheld}, texts()["stukken"]
    for n, entry in enumerate(dossier.inventory):
        _paper(flow, dossier, entry, sentences, said, first=n == 0)
    stops = {stop.key: stop for stop in flow.stops}
    drawn = flow.back(1)
    with flow.volume.tags.again(place):
        _front(flow, dossier, stops)
    files = flow.finish([*range(drawn, drawn + dry.page), *range(drawn)])
    return Papers(files, {number: stop.part for number, stop in stops.items()})


def _flow(dossier: Dossier, limit: int, first: int) -> Flow:
    said, organisation, number = texts()["stukken"], dossier.organisation.name, dossier.request.number
    running = texts()["dossier"]["kop"].format(organisatie=organisation, nummer=number)
    return Flow(f"{said['titel']} ({number})", organisation, running, dossier.request.received, limit=limit, first=first)


def _none(dossier: Dossier) -> tuple[bytes, ...]:
    flow, said = _flow(dossier, LIMIT, 1), texts()["stukken"]
    flow.heading(said["titel"], 0, "lijst", listed=False)
    flow.text(said["geen"])
    return flow.finish()


def _front(flow: Flow, dossier: Dossier, stops: Mapping[str, Stop]) -> None:
    """What this is, and the list of documents with the page on which each stands."""
    said = texts()["stukken"]
    flow.heading(said["titel"], 0, "lijst", listed=False)
    flow.text(said["uitleg"])
    flow.heading(said["inventaris"], 1, listed=False)
    titles = (*texts()["dossier"]["documenten_tabel"], said["staat_op"])
    rows = (_listed(dossier, entry, stops.get(entry.number)) for entry in dossier.inventory)
    table(flow, [Col(title, wide, n == 4) for n, (title, wide) in enumerate(zip(titles, COLUMNS, strict=True))], rows)


def _listed(dossier: Dossier, entry: InventoryEntry, stop: Stop | None) -> Row:
    if stop is None:
        return Row((*described(dossier, entry), ""))
    said = texts()["stukken"]["bladzijde"] if stop.part == 1 else texts()["deel"]["bladzijde"]
    where = said.format(nummer=stop.page, deel=stop.part)
    return Row((*described(dossier, entry), where), leads_to=stop.key if stop.part == 1 else "")


def _paper(flow: Flow, dossier: Dossier, entry: InventoryEntry, sentences: dict[str, str], said: Any, *, first: bool) -> None:
    document = entry.document
    flow.leave(1)
    if document.disposition is Disposition.WITHHELD:
        flow.need(110)
    elif not first:
        flow.turn()
    flow.heading(said["kop"].format(nummer=entry.number, titel=title_of(document)), 1, entry.number)
    day = cell(document.date) or said["onbekende_datum"]
    flow.text(said["gegevens"].format(bron=dossier.titles.get(entry.source, entry.source), datum=day), SMALL)
    if document.remark:
        flow.text(document.remark, SMALL)
    if document.disposition is Disposition.WITHHELD:
        flow.text(said["weg"].format(grond=document.ground, zin=sentences.get(document.ground, "")))
        return
    with flow.as_it_stands():
        for number, page in enumerate(document.pages, 1):
            _page(flow, number, len(document.pages), page, said)


def _page(flow: Flow, number: int, total: int, page: str, said: Any) -> None:
    if total > 1:
        flow.need(60)
        flow.space(6)
        flow.rule()
        flow.y -= 4
        flow.text(said["blad"].format(nummer=number, totaal=total), SMALL, tag="H3")
    if not page.strip():
        flow.text(said["leeg"], SMALL)
        return
    for line in page.strip("\n").split("\n"):
        if line.strip():
            flow.text(line, PAPER)
        else:
            flow.space(7)
    flow.space(8)

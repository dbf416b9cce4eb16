"""The chapters of `dossier.pdf` around the data: purposes, documents, what is withheld, differences, search, rights, account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from config.accounting import Tally
from config.redacted import Disposition
from outputs.differences import side_by_side
from outputs.dossier import Difference, Dossier, Finding, InventoryEntry, Withheld
from outputs.explained import answers
from outputs.flow import Flow
from outputs.ink import BODY, SMALL
from outputs.records import pair
from outputs.table import small
from outputs.texts import texts
from outputs.titles import title_of
from outputs.wording import cell, counted, listed, term, thousands


def purposes(flow: Flow, dossier: Dossier, finding: Finding) -> None:
    """All of AVG 15(1)(a)-(h) about one activity, question by question."""
    asked = texts()["dossier"]["vragen"]
    with flow.within("L"):
        for field, text in answers(dossier, finding).items():
            if field != "law":
                pair(flow, asked[field], text)
            elif text:
                with flow.within("LI"):
                    flow.text(f"{asked[field]}: {text}", replace(SMALL, after=6), indent=150, tag="LBody")
            flow.space(2)
    flow.space(8)


def documents(flow: Flow, dossier: Dossier) -> None:
    """The inventory: every document, also those withheld whole."""
    said = texts()["dossier"]
    if not dossier.inventory:
        flow.text(said["geen_documenten"])
        return
    flow.text(said["documenten_uitleg"])
    small(flow, said["documenten_tabel"], (described(dossier, entry) for entry in dossier.inventory), numbers=(4,))


def described(dossier: Dossier, entry: InventoryEntry) -> tuple[str, ...]:
    """One document on the list: number, date, title, source, pages, and what of it is not shown."""
    document, said = entry.document, texts()["dossier"]
    gone = document.disposition is Disposition.WITHHELD
    kept = counted(document.redactions, said["plekken"]) if document.redactions else said["plekken_geen"]
    source = dossier.titles.get(entry.source, entry.source)
    return (
        entry.number,
        cell(document.date) or texts()["leeg"],
        title_of(document),
        source,
        str(len(document.pages)) if document.pages else texts()["leeg"],
        said["document_weg"].format(grond=document.ground) if gone else kept,
    )


def withheld(flow: Flow, dossier: Dossier) -> None:
    """Each ground with its sentence, how often it was used, and where."""
    said = texts()["dossier"]
    if not dossier.withheld:
        flow.text(said["weg_niets"])
        return
    flow.text(said["weg_uitleg"])
    for each in dossier.withheld:
        flow.need(84)
        flow.heading(f"{each.ground.code}  {each.ground.title}", 1, keep=50)
        flow.text(each.ground.sentence, replace(BODY, after=2))
        flow.text(said["weg_aantal"].format(aantal=counted(each.places, said["plekken"]), waar=listed(_where(dossier, each))), SMALL)
        if each.ground.legal:
            flow.text(said["weg_wet"].format(wet="; ".join(each.ground.legal)), SMALL)


def _where(dossier: Dossier, each: Withheld) -> list[str]:
    papers = {entry.number: f"{texts()['werkboek']['document']} {entry.number}" for entry in dossier.inventory}
    named = {**dossier.purposes, **papers}
    order = {where: n for n, where in enumerate(named)}
    return [f"{named.get(where, where)} ({thousands(n)})" for where, n in sorted(each.where.items(), key=lambda w: order.get(w[0], -1))]


def differences(flow: Flow, dossier: Dossier) -> None:
    """Values that contradict each other, side by side."""
    said = texts()["dossier"]
    if not dossier.differences:
        flow.text(said["verschillen_geen"])
        return
    flow.text(f"{said['verschillen_uitleg']} {said['verschillen_hoe']}")
    for difference in dossier.differences:
        flow.heading(texts()["soorten"].get(difference.what, difference.what).capitalize(), 1, keep=60)
        small(flow, said["verschillen_tabel"], _values(dossier, difference))


def _values(dossier: Dossier, difference: Difference) -> Iterator[tuple[str, str]]:
    for value, sources in side_by_side(difference):
        yield value, "; ".join(dossier.titles.get(source, source) for source in sources)


def searched(flow: Flow, dossier: Dossier) -> None:
    """Every source with its answer: also those that hold nothing, and those that gave no answer."""
    said = texts()["dossier"]
    flow.text(said["gezocht_uitleg"])
    if dossier.terms:
        flow.text(said["gezocht_met"].format(sleutels=listed([texts()["zoeksleutels"].get(t, t) for t in dossier.terms])))
    rows = (
        (
            c.title,
            cell(c.asked_at.date()) if c.asked_at else texts()["leeg"],
            c.message or texts()["uitkomst_zinnen"][c.status],
            thousands(c.records),
            thousands(c.documents),
        )
        for c in dossier.coverage
    )
    small(flow, said["gezocht_tabel"], rows, numbers=(3, 4))


def rights(flow: Flow, dossier: Dossier) -> None:
    """What the resident can ask for, and where to complain."""
    for right in texts()["rechten"]:
        flow.heading(right["titel"], 1, keep=34)
        flow.text(right["tekst"])
    flow.text(texts()["klacht"])
    for remedy in dict.fromkeys(remedy for finding in dossier.findings for remedy in finding.activity.remedy):
        flow.text(texts()["rechtsmiddelen"][remedy])
    organisation = dossier.organisation
    flow.text(texts()["bewaard"].format(termijn=term(organisation.dossier_retention)))
    flow.text(texts()["dossier"]["contact"].format(telefoon=organisation.phone, email=organisation.email))


def words(flow: Flow, dossier: Dossier) -> None:
    """The terms that stand in this dossier, each explained once."""
    read = " ".join(_read(dossier)).casefold()
    with flow.within("L"):
        for term in texts()["woorden"]:
            if re.search(rf"\b{re.escape(term['woord'].casefold())}\b", read):
                pair(flow, term["woord"], term["uitleg"])


def _read(dossier: Dossier) -> Iterator[str]:
    """The texts of a dossier but for the data themselves."""
    for finding in dossier.findings:
        yield finding.activity.title
        yield from answers(dossier, finding).values()
    yield from (w for each in dossier.withheld for w in (each.ground.sentence, *each.ground.legal))
    yield from (c.title for c in dossier.coverage)
    yield from (*texts()["zoeksleutels"].values(), *texts()["rechtsmiddelen"].values(), texts()["klacht"])


def accounting(flow: Flow, dossier: Dossier) -> None:
    """The conservation law in numbers: fields, and documents where there are any."""
    said = texts()["dossier"]
    flow.text(said["rekening_uitleg"])
    for title, of in ((said["rekening_velden"], "cells"), (said["rekening_documenten"], "documents")):
        rows = [(f"{a.source}.{a.entity}", getattr(a, of)) for a in dossier.accounts if getattr(a, of).collected]
        if not rows:
            continue
        flow.heading(title, 1, keep=60)
        counts = [_counts(dossier.titles.get(name, name), tally) for name, tally in rows]
        total = _counts(said["rekening_som"], _sum([tally for _, tally in rows]))
        small(flow, said["rekening_tabel"], (*counts, total), numbers=(1, 2, 3, 4))


def _counts(title: str, tally: Tally) -> tuple[str, ...]:
    return title, *(thousands(n) for n in (tally.collected, tally.disclosed, tally.redacted, tally.withheld))


def _sum(tallies: list[Tally]) -> Tally:
    return Tally(*(sum(getattr(t, part) for t in tallies) for part in ("collected", "disclosed", "redacted", "withheld")))

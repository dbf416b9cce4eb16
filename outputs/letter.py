"""`besluit.pdf`: the decision in its forms granted, in part, and nothing found; to refuse is for a person to write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from config.collection import Coverage, Outcome, Party
from config.person import Person
from outputs.blocks import draw
from outputs.dossier import Dossier
from outputs.flow import Flow
from outputs.glyphs import BOLD
from outputs.ink import BLUE, BODY, GREY, LEFT, SMALL
from outputs.texts import rendered, texts
from outputs.wording import address_lines, counted, current_address, current_name, in_full, listed, name

_UNSEARCHED = (Outcome.FAILED, Outcome.PARTIAL, Outcome.WAITING)


def decision(dossier: Dossier) -> str:
    """The text of the decision letter, in the markup of `outputs.blocks`."""
    return rendered(
        "besluit.j2",
        form=form(dossier),
        request=dossier.request,
        organisation=dossier.organisation,
        number=dossier.request.number,
        received=in_full(dossier.request.received),
        scope=listed(dossier.scope),
        documents=counted(len(dossier.inventory), texts()["dossier"]["documenten"]),
        findings=[{"title": f.activity.title, "amount": _amount(f.records, f.documents)} for f in dossier.findings],
        coverage=[{"title": _one_line(c.title), "answer": _answer(c)} for c in dossier.coverage],
        asked=_asked(dossier),
        terms=listed([texts()["zoeksleutels"].get(t, t) for t in dossier.terms]),
        tried=_tried(dossier) if form(dossier) == "nothing" else [],
        unsearched=[{"title": c.title, "why": _one_line(c.message) or _sentence(c)} for c in dossier.coverage if c.status in _UNSEARCHED],
        elsewhere=[activity.title for activity in dossier.elsewhere],
        withheld=[_withheld(w.ground.code, w.places, w.ground.sentence, w.ground.legal) for w in dossier.withheld],
        rights=texts()["rechten"],
        complaint=texts()["klacht"],
        **_remedies(dossier),
    )


def _one_line(text: str) -> str:
    """What a gemeente or a source wrote, without what the markup of the letter would take for a sign."""
    return " ".join(text.replace("|", "/").split())


def form(dossier: Dossier) -> str:
    """`nothing` where nothing was found, `part` where anything about people is withheld, else `granted`."""
    if not dossier.findings:
        return "nothing"
    technical = {
        (c.source, c.entity, column.name) for c in dossier.collections for column in c.columns if column.withhold == Party.TECHNICAL
    }
    kept = (r for c in dossier.collections for r in c.redactions if (r.source, r.entity, r.column) not in technical)
    return "part" if any(kept) or any(entry.document.ground for entry in dossier.inventory) else "granted"


def _remedies(dossier: Dossier) -> Mapping[str, Any]:
    court = [f.activity.title for f in dossier.findings if "verzoekschrift" in f.activity.remedy]
    wanted = dict.fromkeys(remedy for f in dossier.findings for remedy in f.activity.remedy)
    return {"remedies": tuple(wanted) or ("bezwaar",), "verzoekschrift_for": listed(court)}


def _withheld(code: str, places: int, sentence: str, legal: tuple[str, ...]) -> Mapping[str, str]:
    return {"code": code, "places": counted(places, texts()["dossier"]["plekken"]), "sentence": sentence, "legal": listed(legal)}


def _amount(records: int, documents: int) -> str:
    said = texts()["dossier"]
    counts = [counted(n, words) for n, words in ((records, said["rijen"]), (documents, said["documenten"])) if n]
    return listed(counts) or counted(0, said["rijen"])


def _sentence(coverage: Coverage) -> str:
    return str(texts()["uitkomst_zinnen"][coverage.status])


def _answer(coverage: Coverage) -> str:
    outcome = str(texts()["uitkomsten"][coverage.status])
    if coverage.status not in (Outcome.FOUND, Outcome.PARTIAL):
        return outcome
    return f"{outcome}: {_amount(coverage.records, coverage.documents)}"


def _asked(dossier: Dossier) -> str:
    days = sorted({c.asked_at.date() for c in dossier.coverage if c.asked_at})
    return listed([in_full(day) for day in days])


def _tried(dossier: Dossier) -> list[str]:
    """What of the resident was searched for, as far as a source was searched on it."""
    person, words = dossier.person, texts()["zoeksleutels"]
    values = {
        "subject.bsn": [person.bsn],
        "subject.name": [name(n) for n in person.names],
        "subject.birth_date": [in_full(person.birth_date)] if person.birth_date else [],
        "subject.address": [", ".join(address_lines(a)) for a in person.addresses],
        "subject.email": list(person.emails),
        "subject.phone": list(person.phones),
    }
    told = {key: [value for value in values.get(key, []) if value] for key in dossier.terms}
    return [f"{words.get(key, key)}: {'; '.join(held)}" for key, held in told.items() if held]


def letter(dossier: Dossier) -> tuple[bytes, ...]:
    """`besluit.pdf`."""
    organisation, request = dossier.organisation, dossier.request
    title = texts()["brief"]["titel"].format(nummer=request.number)
    flow = Flow(title, organisation.name, f"{organisation.name} · {organisation.department}", request.received)
    flow.put(LEFT, flow.y - 18, organisation.name, replace(BODY, size=17, font=BOLD, colour=BLUE))
    flow.y -= 62
    _addressee(flow, dossier.person)
    _references(flow, dossier)
    flow.heading(title, 0, "besluit", listed=False)
    draw(flow, decision(dossier), replace(BODY, leading=14))
    return flow.finish()


def _addressee(flow: Flow, person: Person) -> None:
    address = current_address(person)
    for line in (current_name(person), *(address_lines(address) if address else ())):
        if line:
            flow.text(line, replace(BODY, after=0))
    flow.space(22)


def _references(flow: Flow, dossier: Dossier) -> None:
    said, organisation = texts()["brief"], dossier.organisation
    pairs = (
        (said["nummer"], dossier.request.number),
        (said["ontvangen"], in_full(dossier.request.received)),
        (said["datum"], said["verzonden"]),
        (said["contact"], f"{organisation.phone}, {organisation.email}"),
    )
    with flow.within("L"):
        for label, value in pairs:
            with flow.within("LI"):
                flow.put(LEFT, flow.y - SMALL.size, label, replace(SMALL, colour=GREY), "Lbl")
                flow.text(value, replace(SMALL, after=1, colour=BODY.colour), indent=120, tag="LBody")
    flow.space(14)

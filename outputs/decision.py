"""The text of the decision in its four forms: granted, in part, nothing found, and refused, which only a person can decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from config.collection import Coverage, Outcome, Party
from outputs.dossier import Dossier
from outputs.texts import rendered, texts
from outputs.wording import address_lines, counted, in_full, listed, name, period, term

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
        parts=dossier.parts,
        findings=[{"title": f.activity.title, "amount": _amount(f.records, f.documents)} for f in dossier.findings],
        coverage=[{"title": _one_line(c.title), "answer": _answer(dossier, c)} for c in dossier.coverage],
        asked=_asked(dossier),
        terms=listed([texts()["zoeksleutels"].get(t, t) for t in dossier.terms]),
        tried=_tried(dossier) if form(dossier) == "nothing" else [],
        unsearched=[{"title": c.title, "why": _one_line(c.message) or _sentence(c)} for c in unsearched(dossier)],
        period=period(dossier.request),
        elsewhere=[activity.title for activity in dossier.elsewhere],
        ask=[_one_line(w.ground.ask) for w in dossier.withheld if w.ground.ask],
        kept=term(dossier.organisation.dossier_retention),
        withheld=[_withheld(w.ground.code, w.places, w.ground.sentence, w.ground.legal) for w in dossier.withheld],
        refused=None,
        **remedies([(f.activity.title, f.activity.remedy) for f in dossier.findings]),
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


def remedies(of: Sequence[tuple[str, Sequence[str]]]) -> Mapping[str, Any]:
    """Which remedies are open, and for which activities only the one at the court (Jeugdwet 7.3.17), or both; `of`: title, remedies."""
    court = [title for title, open_to in of if "verzoekschrift" in open_to and "bezwaar" not in open_to]
    both = [title for title, open_to in of if {"verzoekschrift", "bezwaar"} <= {*open_to}]
    wanted = dict.fromkeys(remedy for _, open_to in of for remedy in open_to)
    return {"remedies": tuple(wanted) or ("bezwaar",), "verzoekschrift_for": "; ".join(court), "both_for": "; ".join(both)}


def _withheld(code: str, places: int, sentence: str, legal: tuple[str, ...]) -> Mapping[str, str]:
    return {"code": code, "places": counted(places, texts()["dossier"]["plekken"]), "sentence": sentence, "legal": listed(legal)}


def _amount(records: int, documents: int) -> str:
    said = texts()["dossier"]
    counts = [counted(n, words) for n, words in ((records, said["rijen"]), (documents, said["documenten"])) if n]
    return listed(counts) or counted(0, said["rijen"])


def outcome_of(dossier: Dossier, coverage: Coverage) -> str:
    """How the search of one source ended, in a word or two."""
    return str(texts()["uitkomsten"]["not_asked" if coverage.source in dossier.beyond else coverage.status])


def _sentence(coverage: Coverage) -> str:
    return str(texts()["uitkomst_zinnen"][coverage.status])


def unsearched(dossier: Dossier) -> tuple[Coverage, ...]:
    """The sources that should have been searched whole and were not."""
    return tuple(c for c in dossier.coverage if c.status in _UNSEARCHED and c.source not in dossier.beyond)


def _answer(dossier: Dossier, coverage: Coverage) -> str:
    outcome = outcome_of(dossier, coverage)
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

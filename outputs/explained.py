"""The questions of AVG 15(1)(a)-(h) about one activity, each with its answer in plain words: the same in every file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from config.law import Activity, Recipient
from outputs.dossier import Disclosure, Dossier, Finding
from outputs.gathered import MANY, Given, gathered
from outputs.texts import texts
from outputs.wording import confirmed, counted, givers, in_full, listed, term


def answers(dossier: Dossier, finding: Finding) -> dict[str, str]:
    """The answer to each question (`purpose`, `legal_basis`, `law`, `categories`, ...), in the order of the law."""
    activity, said = finding.activity, texts()["dossier"]
    told = {
        "purpose": activity.purpose,
        "legal_basis": _why(activity),
        "law": _law(activity),
        "categories": listed(finding.categories) or said["geen_soorten"],
        "found_in": listed(finding.sources),
        "sources": listed(givers(activity)) or texts()["onbekend"],
        "recipients": recipients(activity, actual(dossier, activity)),
        "third_countries": listed(activity.third_countries) or said["geen_derde_landen"],
        "retention": retention(finding, dossier.request.received),
        "automated_decisions": _machine(activity),
        "remedy": " ".join(texts()["rechtsmiddelen"][remedy] for remedy in activity.remedy),
    }
    return {field: _confirmed(activity, field, text) for field, text in told.items()}


def _confirmed(activity: Activity, field: str, text: str) -> str:
    """The mark of what must still be confirmed; that of the legal basis stands once, at the reference to the law."""
    if field == "law" and {"legal_basis", "special"} & {*activity.confirm}:
        return f"{text} {texts()['bevestigen']}"
    return text if field == "legal_basis" and _law(activity) else confirmed(activity, field, text)


def _law(activity: Activity) -> str:
    """The references for the legend: "AVG 6.1.e, 9.2.h; Wmo 2015 5.1.1; Selectielijst 8.1.1"."""
    bases = (*activity.legal_basis, *activity.special.values())
    articles = dict.fromkeys(basis.avg for basis in bases if basis.avg)
    laws = dict.fromkeys(f"{basis.law} {basis.article}".strip() for basis in bases)
    return "; ".join(part for part in (f"AVG {', '.join(articles)}" if articles else "", *laws, activity.retention.law) if part)


def actual(dossier: Dossier, activity: Activity) -> tuple[Disclosure, ...]:
    """To whom data of this activity really went, as messages and logs tell."""
    return tuple(d for d in dossier.disclosures if d.activity == activity.id)


def _why(activity: Activity) -> str:
    grounds: Mapping[str, str] = texts()["grondslag"]
    said = list(dict.fromkeys(grounds[basis.avg] for basis in activity.legal_basis if basis.avg in grounds))
    if activity.special:
        said.append(texts()["bijzonder"]["9"].format(soorten=listed(tuple(activity.special))))
    return " ".join(said) or texts()["onbekend"]


def recipients(activity: Activity, real: Sequence[Disclosure]) -> str:
    """Who really got data, or that this is not known; then who may have, said to be only that (C-154/21)."""
    said = texts()["dossier"]
    lines = [said["ontvangers_onbekend"]]
    if real:
        lines = [said["ontvangers_werkelijk"], *(f"• {_given(each)}" for each in gathered(real))]
    if activity.recipients:
        kinds: Mapping[str, str] = texts()["ontvanger_soorten"]
        lines.append(said["ontvangers_mogelijk"])
        lines += [f"• {_candidate(r, kinds)}" for r in activity.recipients]
    else:
        lines.append(said["geen_ontvangers"])
    return "\n".join(lines)


def _candidate(recipient: Recipient, kinds: Mapping[str, str]) -> str:
    why, kind = recipient.why.rstrip("."), kinds.get(recipient.kind, "")
    return recipient.name + (f": {why}" if why else "") + (f" ({kind})" if kind else "")


def _given(given: Given) -> str:
    """One recipient with the days, what, and why."""
    what = f"{given.what} ({given.why})" if given.what and given.why else given.what or given.why
    return ", ".join(part for part in (given.to, _days(given), what) if part)


def _days(given: Given) -> str:
    said, days = texts()["dossier"], sorted(given.days)
    if given.times <= MANY:
        return listed([in_full(day) for day in days])
    times = counted(given.times, said["keer"])
    return str(said["ontvanger_vaak"]).format(keer=times, eerste=in_full(days[0]), laatste=in_full(days[-1])) if days else times


def retention(finding: Finding, today: date) -> str:
    """How long, counted from what, by which rule, and until when for this file; `today` is the day of the request."""
    kept, said = finding.activity.retention, texts()["dossier"]
    words = term(kept.term)
    lines = [said["termijn"].format(termijn=words, vanaf=kept.counted_from or texts()["onbekend"]) if words else said["termijn_onbekend"]]
    if finding.latest and finding.retained_until:
        pattern = said["tot" if finding.retained_until >= today else "tot_voorbij"]
        lines.append(pattern.format(laatste=in_full(finding.latest), tot=in_full(finding.retained_until)))
    else:
        lines.append(said["tot_onbekend"])
    return " ".join((*lines, kept.note)).strip()


def _machine(activity: Activity) -> str:
    none: Sequence[Any] = texts()["geen_computerbesluit"]
    return str(texts()["dossier"]["geen_computer"]) if activity.automated_decisions in none else activity.automated_decisions

"""The questions of AVG 15(1)(a)-(h) about one activity, each with its answer in plain words: the same in every file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from config.law import Activity
from outputs.dossier import Disclosure, Dossier, Finding
from outputs.texts import texts
from outputs.wording import confirmed, in_full, law, listed, term


def answers(dossier: Dossier, finding: Finding) -> dict[str, str]:
    """The answer to each question (`purpose`, `legal_basis`, `law`, `categories`, ...), in the order of the law."""
    activity, said = finding.activity, texts()["dossier"]
    told = {
        "purpose": activity.purpose,
        "legal_basis": _why(activity),
        "law": "; ".join(law(basis) for basis in (*activity.legal_basis, *activity.special.values())),
        "categories": listed(finding.categories) or said["geen_soorten"],
        "found_in": listed(finding.sources),
        "sources": listed(activity.sources) or texts()["onbekend"],
        "recipients": recipients(activity, actual(dossier, activity)),
        "third_countries": listed(activity.third_countries) or said["geen_derde_landen"],
        "retention": retention(finding),
        "automated_decisions": _machine(activity),
        "remedy": " ".join(texts()["rechtsmiddelen"][remedy] for remedy in activity.remedy),
    }
    return {field: confirmed(activity, "legal_basis" if field == "law" else field, text) for field, text in told.items()}


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
        lines = [said["ontvangers_werkelijk"], *(f"• {_disclosure(d)}" for d in real)]
    if activity.recipients:
        kinds: Mapping[str, str] = texts()["ontvanger_soorten"]
        lines.append(said["ontvangers_mogelijk"])
        lines += [f"• {r.name}" + "".join(f"; {why}" for why in (r.why, kinds.get(r.kind, "")) if why) for r in activity.recipients]
    else:
        lines.append(said["geen_ontvangers"])
    return "\n".join(lines)


def _disclosure(given: Disclosure) -> str:
    return ", ".join(part for part in (given.to, in_full(given.when) if given.when else "", given.what, given.why) if part)


def retention(finding: Finding) -> str:
    """How long, counted from what, by which rule, and until when for this file."""
    kept, said = finding.activity.retention, texts()["dossier"]
    words = term(kept.term)
    lines = [said["termijn"].format(termijn=words, vanaf=kept.counted_from or texts()["onbekend"]) if words else said["termijn_onbekend"]]
    if finding.latest and finding.retained_until:
        lines.append(said["tot"].format(laatste=in_full(finding.latest), tot=in_full(finding.retained_until)))
    else:
        lines.append(said["tot_onbekend"])
    return " ".join((*lines, kept.note)).strip()


def _machine(activity: Activity) -> str:
    none: Sequence[Any] = texts()["geen_computerbesluit"]
    return str(texts()["dossier"]["geen_computer"]) if activity.automated_decisions in none else activity.automated_decisions

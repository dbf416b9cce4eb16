"""Whether a file is about the subject, how sure that is and why: the alternatives of a `match` on FILENAME, TEXT and DATE."""

from __future__ import annotations

from collections.abc import Sequence

from config.collection import Match
from connectors.asking.scores import MANY, Evidence, score_of
from connectors.asking.wanted import Alternative, Condition
from connectors.files.mentions import Text
from connectors.written.likeness import Verdict

NAMESAKE = 0.3
"""The score of a text of the right name that holds another BSN alone: it may be about somebody of the same name."""


def about_subject(alternatives: Sequence[Alternative], name: Text, text: Text | None) -> Match | None:
    """The surest match of a file called `name` that says `text`; None where no alternative fits."""
    found = (_judged(alternative, name, text) for alternative in alternatives)
    return max((match for match in found if match), key=lambda match: match.score, default=None)


def _judged(alternative: Alternative, name: Text, text: Text | None) -> Match | None:
    evidence, said = Evidence(), []
    for condition in alternative.conditions:
        place = name if condition.column == "FILENAME" else text
        added = _agreed(condition, alternative, place, evidence) if place is not None else None
        if added is None:
            return None
        evidence = added
        said.append(f"{condition.column} = {condition.key}")
    score, by = score_of(evidence), " + ".join(said)
    by += f" ({MANY})" if evidence.shared and not evidence.certain else ""
    if not evidence.certain and text is not None and text.other_bsn(alternative.person.bsn):
        return Match(min(score, NAMESAKE), f"{by}, but another BSN stands in it, and not the subject's")
    return Match(score, by)


def _agreed(condition: Condition, alternative: Alternative, place: Text, evidence: Evidence) -> Evidence | None:
    """The evidence with this condition; None where it does not hold."""
    person = alternative.person
    match condition.key:
        case "subject.bsn":
            return evidence.with_value(condition.key, 1.0) if place.bsn(person.bsn) else None
        case "subject.birth_date":
            return evidence.with_birth_date(person.birth_date) if person.birth_date and place.birth_date(person.birth_date) else None
        case "subject.name":
            verdict = max((place.name(name) for name in person.names), default=Verdict.OTHER)
            return evidence.with_name(verdict) if verdict is not Verdict.OTHER else None
        case "subject.address":
            return evidence.with_address(Verdict.SAME) if any(map(place.address, person.addresses)) else None
        case "subject.email" | "subject.phone":
            asks = place.email if condition.key == "subject.email" else place.phone
            return evidence.with_value(condition.key, 0.6) if any(map(asks, condition.values)) else None
        case _:
            score = max(
                (score * mentioned for value, score in condition.values.items() if (mentioned := _key(condition, place, value))),
                default=0.0,
            )
            return evidence.with_value(condition.key, score) if score else None


def _key(condition: Condition, place: Text, value: str) -> float:
    """How sure a key stands there: a file is named for it on purpose, unless it could be a year; a text holds many numbers."""
    mentioned = place.key(value)
    named = condition.column == "FILENAME" and mentioned > 0
    return 1.0 if named and not (len(value) == 4 and value[:2] in {"19", "20"}) else mentioned

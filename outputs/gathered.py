"""Disclosures taken together: what went to one recipient for one reason, with its days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from config.folding import fold
from outputs.dossier import Disclosure, Dossier

MANY = 3
"""Up to so many days of the same kind are named one by one."""


def given_away(dossier: Dossier) -> tuple[Disclosure, ...]:
    """The disclosures to others: who looked at home gave nothing away."""
    ours = fold(dossier.organisation.name)
    return tuple(each for each in dossier.disclosures if fold(each.to) != ours)


@dataclass(slots=True)
class Given:
    """What went to one recipient for one reason: on which days, and how often in all."""

    to: str
    what: str
    why: str
    times: int = 0
    days: set[date] = field(default_factory=set)


def gathered(held: Sequence[Disclosure]) -> list[Given]:
    """The same disclosures taken together: recipient by recipient, in the order in which they come."""
    found: dict[tuple[str, str, str], Given] = {}
    for each in held:
        one = found.setdefault((each.to, each.what, each.why), Given(each.to, each.what, each.why))
        one.times += 1
        if each.when:
            one.days.add(each.when)
    return list(found.values())

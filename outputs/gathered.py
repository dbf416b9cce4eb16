"""Disclosures taken together: what went to one recipient for one reason, with its days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from outputs.dossier import Disclosure

MANY = 3
"""Up to so many days of the same kind are named one by one."""


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

"""What stands in the way of approving a draft: each is a thing that a person must do first."""

from __future__ import annotations

from dataclasses import dataclass

from config.collection import Coverage, Outcome
from flows import steps
from flows.workplace import Workplace

DOWN = frozenset({Outcome.FAILED, Outcome.PARTIAL, Outcome.WAITING})
"""Outcomes of a source that was not searched whole."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that must be done first; `about` names a source, "" where it is about the whole request."""

    kind: str
    about: str = ""


def obstacles(work: Workplace, number: str) -> tuple[Obstacle, ...]:
    """All that must be done before anybody may approve; () where nothing is."""
    found = []
    if work.register.busy(number):
        found.append(Obstacle("busy"))
    if not work.register.get(number).identity_checked_by:
        found.append(Obstacle("identity"))
    if not work.vault.exists(number, "draft/manifest.json"):
        return (*found, Obstacle("draft"))
    if steps.is_stale(work, number):
        found.append(Obstacle("stale"))
    elif steps.leaks(work, number):
        found.append(Obstacle("leak"))
    return (*found, *(Obstacle("source", c.source) for c in undecided(work, number)))


def undecided(work: Workplace, number: str) -> tuple[Coverage, ...]:
    """Sources in scope that were not searched whole, and of which nobody decided to answer without them."""
    asked = {leg.source for leg in steps.legs(work, number)}
    chosen = work.register.handling.choices(number)
    down = (c for c in steps.coverage(work, number) if c.source in asked and c.status in DOWN)
    return tuple(c for c in down if c.source not in chosen or chosen[c.source].choice != "without")

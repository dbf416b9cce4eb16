"""What stands in the way of approving a draft: one list for desk and command line; on the latter approving itself answers some of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from cases.handling import SourceChoice
from config.collection import Coverage, Outcome
from config.errors import RequestError

DOWN = frozenset({Outcome.FAILED, Outcome.PARTIAL, Outcome.WAITING})
"""Outcomes of a source that was not searched whole."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that must be done first; `about` names a source, "" where it is about the whole request."""

    kind: str
    about: str = ""


SAID: Mapping[str, tuple[str, str]] = {
    "busy": ("is being handled by another run", "Wait for it"),
    "identity": ("has no identity check", "Record who checked who asks: inzage request identify"),
    "draft": ("no draft lies ready", "Run it first: inzage request run"),
    "stale": ("something was decided or answered after the draft was made", "Draft it anew"),
    "leak": ("the draft cannot be approved, for values that must be withheld stand in it", "See what they are: inzage review found"),
    "waiting": (
        "waits for a colleague who searches by hand, and nobody decided what to do about",
        "Answer for it by hand (inzage sources answer), or send without it (inzage sources decide)",
    ),
    "source": (
        "was not searched whole, and nobody decided what to do about",
        "Ask it again, answer for it by hand (inzage sources answer), or send without it (inzage sources decide)",
    ),
}
"""Each kind of obstacle in a sentence, with its remedy."""


def undecided(covered: Iterable[Coverage], asked: Collection[str], chosen: Mapping[str, SourceChoice]) -> tuple[Coverage, ...]:
    """Sources that are asked and were not searched whole, and of which nobody decided to answer without them."""
    down = (c for c in covered if c.source in asked and c.status in DOWN)
    return tuple(c for c in down if c.source not in chosen or chosen[c.source].choice != "without")


def check(number: str, obstacles: Iterable[Obstacle]) -> None:
    """Raise RequestError for the first obstacle; those of one kind are named together."""
    found = tuple(obstacles)
    if not found:
        return
    wrong, remedy = SAID[found[0].kind]
    about = ", ".join(one.about for one in found if one.kind == found[0].kind and one.about)
    raise RequestError(number, f"{wrong} {about}".strip(), remedy)

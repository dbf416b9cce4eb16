"""Whether a draft can be approved, and the one way to approve it: what the desk and the command line both do."""

from __future__ import annotations

from cases import ready
from cases.ready import Obstacle
from cases.roles import HANDLING
from config.collection import Coverage, Outcome
from config.errors import RequestError
from config.request import Request
from flows import steps
from flows.workplace import Workplace


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
    return (*found, *(Obstacle("waiting" if c.status is Outcome.WAITING else "source", c.source) for c in undecided(work, number)))


def undecided(work: Workplace, number: str) -> tuple[Coverage, ...]:
    """Sources in scope that were not searched whole, and of which nobody decided to answer without them."""
    asked = {leg.source for leg in steps.legs(work, number)}
    return ready.undecided(steps.coverage(work, number), asked, work.register.handling.choices(number))


def own_work(work: Workplace, number: str) -> frozenset[str]:
    """Who may not judge this request, for it is their own work, about them, or about somebody close."""
    return work.register.actors(number, *HANDLING) | work.register.accounts.barred(number)


def approve(work: Workplace, number: str, by: str, draft: str = "", *, forgive: frozenset[str] = frozenset()) -> Request:
    """One person's yes to the draft that lies ready; `draft` is the hash of what they saw, where they saw it on a page.

    Raises RequestError where something stands in the way that is not in `forgive`, or the draft is another by now.
    """
    now = steps.draft_hash(work, number)
    if draft and draft != now:
        raise RequestError(number, "something was decided or answered after the draft was made", "Look at it again")
    ready.check(number, (one for one in obstacles(work, number) if one.kind not in forgive))
    return work.register.approve(number, by, now, own_work(work, number))

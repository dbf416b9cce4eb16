"""Where a request may go from where it stands, and who must move it: the one table that everything asks."""

from __future__ import annotations

from collections.abc import Mapping

from config.errors import RequestError
from config.request import Status

S = Status

TRANSITIONS: Mapping[Status, Mapping[Status, str]] = {
    S.REGISTERED: {S.COLLECTING: "start", S.WITHDRAWN: "withdraw"},
    S.COLLECTING: {S.COLLECTING: "start again", S.REVIEW: "lay a draft ready", S.WITHDRAWN: "withdraw"},
    S.REVIEW: {S.COLLECTING: "ask again", S.REVIEW: "draft anew", S.APPROVED: "approve, second person", S.WITHDRAWN: "withdraw"},
    S.APPROVED: {S.COLLECTING: "ask again", S.REVIEW: "draft anew", S.RELEASED: "release", S.WITHDRAWN: "withdraw"},
    S.RELEASED: {S.PURGED: "purge"},
    S.WITHDRAWN: {S.PURGED: "purge"},
    S.PURGED: {},
}

OWNERS: Mapping[Status, str] = {
    S.REGISTERED: "the nightly run, or the privacy desk",
    S.COLLECTING: "the flow; after a crash the nightly run",
    S.REVIEW: "two reviewers",
    S.APPROVED: "the privacy desk",
    S.RELEASED: "the retention term",
    S.WITHDRAWN: "the retention term",
    S.PURGED: "nobody: only the audit trail is left",
}

OPEN = frozenset({S.REGISTERED, S.COLLECTING, S.REVIEW, S.APPROVED})
"""States in which an answer is still owed; a resident has at most one such request."""


def check_move(number: str, now: Status, to: Status) -> str:
    """The verb of the move; RequestError where the table does not allow it."""
    if to not in TRANSITIONS[now]:
        allowed = ", ".join(TRANSITIONS[now]) or "nowhere"
        raise RequestError(number, f"is {now} and cannot become {to}", f"From {now} it can go to: {allowed}")
    return TRANSITIONS[now][to]


def diagram() -> str:
    """The table as a Mermaid state diagram; `docs/states.md` holds it, and a test compares the two."""
    moves = [f"    {now} --> {to}: {verb}" for now, ways in TRANSITIONS.items() for to, verb in ways.items()]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {S.REGISTERED}: register", *moves, f"    {S.PURGED} --> [*]"])

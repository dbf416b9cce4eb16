"""Who may do what at the privacy desk: one table. Everything asks it, and the matrix in the docs is made from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """In what capacity a colleague works at the desk; one may have several."""

    HANDLER = "handler"
    REVIEWER = "reviewer"
    OFFICER = "officer"  # the data protection officer: reads all, changes nothing
    ADMINISTRATOR = "administrator"  # accounts and keys; never content


class Right(StrEnum):
    """One thing that somebody may do."""

    SEE_REQUESTS = "see requests and their dates"
    SEE_CONTENT = "see what was collected"
    REGISTER = "register a request"
    CHANGE = "extend, pause and withdraw"
    RUN = "ask the sources"
    CHOOSE_SOURCE = "decide about a source that stays down"
    DECIDE = "decide what is shown or withheld"
    COMMENT = "write a comment"
    GIVE_VERDICT = "approve a draft, or object"
    RELEASE = "release and hand over"
    SEE_TRAIL = "read the audit trail"
    REPORT = "see the report of the data protection officer"
    SEE_CERTIFICATES = "see certificates of destruction"
    PURGE = "destroy what is past its term"
    ADMINISTER = "manage accounts and keys"


R, A = Role, Right

RIGHTS: Mapping[Right, frozenset[Role]] = MappingProxyType(
    {
        A.SEE_REQUESTS: frozenset({R.HANDLER, R.REVIEWER, R.OFFICER}),
        A.SEE_CONTENT: frozenset({R.HANDLER, R.REVIEWER, R.OFFICER}),
        A.REGISTER: frozenset({R.HANDLER}),
        A.CHANGE: frozenset({R.HANDLER}),
        A.RUN: frozenset({R.HANDLER}),
        A.CHOOSE_SOURCE: frozenset({R.HANDLER}),
        A.DECIDE: frozenset({R.HANDLER}),
        A.COMMENT: frozenset({R.HANDLER, R.REVIEWER}),
        A.GIVE_VERDICT: frozenset({R.REVIEWER}),
        A.RELEASE: frozenset({R.HANDLER}),
        A.SEE_TRAIL: frozenset({R.HANDLER, R.REVIEWER, R.OFFICER}),
        A.REPORT: frozenset({R.OFFICER}),
        A.SEE_CERTIFICATES: frozenset({R.OFFICER, R.ADMINISTRATOR}),
        A.PURGE: frozenset({R.ADMINISTRATOR}),
        A.ADMINISTER: frozenset({R.ADMINISTRATOR}),
    }
)
"""Which roles have which right; what stands nowhere nobody may."""

READING = frozenset({A.SEE_REQUESTS, A.SEE_CONTENT, A.SEE_TRAIL, A.REPORT, A.SEE_CERTIFICATES})
"""Rights that change nothing."""

ABOUT_CONTENT = frozenset({A.SEE_CONTENT, A.DECIDE, A.COMMENT, A.GIVE_VERDICT, A.RELEASE})
"""Rights with which somebody sees values of residents."""

HANDLING = (
    "registered", "extended", "paused", "resumed", "decided", "undecided", "person added", "passage withheld", "value cleared",
    "source chosen", "uploaded", "task files", "task nothing",
)  # fmt: skip
"""What makes a request somebody's own work: who did any of these may not review it. The trail is told by these words."""


def may(roles: Iterable[Role], right: Right) -> bool:
    """Whether any of these roles has this right.

    >>> may([Role.ADMINISTRATOR], Right.SEE_CONTENT)
    False
    """
    return bool(RIGHTS[right] & frozenset(roles))


def matrix() -> str:
    """The table as Markdown: what the docs show, and a test compares."""
    head = f"| right | {' | '.join(Role)} |\n|---|{'---|' * len(Role)}\n"
    rows = (f"| {right} | {' | '.join('yes' if role in RIGHTS[right] else '' for role in Role)} |\n" for right in Right)
    return head + "".join(rows)

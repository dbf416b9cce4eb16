"""What happened to a request, as a colleague may read it: without verdicts that they must not know yet."""

from __future__ import annotations

from dataclasses import dataclass

from cases.audit import Entry
from cases.review import person
from cases.roles import Right
from config.request import Request, Status
from desk.who import Who

VERDICTS = frozenset({"approved", "objected"})
QUIET = frozenset(
    {"artefact kept", "lease taken", "lease given back", "subject looked up", "account", "content seen", "trail seen", "alarm told"}
)
"""What machines tell, and looks at content: in the whole trail, not in the short history."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry with the reason that somebody gave, where they gave one."""

    entry: Entry
    reason: str


def history(who: Who, request: Request, *, whole: bool = False) -> tuple[Happened, ...]:
    """What happened, the newest first; a verdict is left out while the one who looks has yet to give theirs."""
    entries = who.work.register.audit.entries(request.number)
    reasons = {} if request.status is Status.PURGED else {r.sequence: r.text for r in who.work.register.reasons(request.number)}
    hidden = unseen_verdicts(who, request, entries)
    shown = (e for e in reversed(entries) if e.sequence not in hidden and (whole or e.action not in QUIET))
    return tuple(Happened(entry, reasons.get(entry.sequence, "")) for entry in shown)


def unseen_verdicts(who: Who, request: Request, entries: tuple[Entry, ...]) -> frozenset[int]:
    """The entries of verdicts on the draft that lies there, while they must not be known to who looks.

    To who has yet to judge they are hidden, and to everybody but their own author: a handler could pass them on.
    """
    policy, given = who.work.config.policy, who.work.register.judging.verdicts(request.number)
    if not policy.blind or request.status is not Status.REVIEW or person(who.login) in given or not given:
        return frozenset()
    if who.may(Right.REPORT):
        return frozenset()
    latest: dict[str, int] = {person(e.actor): e.sequence for e in entries if e.action in VERDICTS}
    return frozenset(sequence for name, sequence in latest.items() if name in given)

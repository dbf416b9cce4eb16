"""What people decide of a draft: decisions on review items, and the approvals of two different people.

Works inside the transaction of the register, which has locked the request: two reviewers at once wait for each other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from cases import rows
from cases.keys import MasterKey
from cases.tables import APPROVALS, DECISIONS, OBJECTIONS
from cases.told import check_actor, holds_bsn
from config.errors import RequestError
from config.folding import squeeze
from config.redacted import Decision
from config.request import Approval

TWO = 2
"""So many different people approve a draft before it may leave."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_GROUND = re.compile(r"[A-Za-z0-9_.-]{0,20}")
_LONGEST_ITEM = 200
_AT_ONCE = 500


def person(name: str) -> str:
    """A name as it is compared: without case, accents, spaces and points, so that two spellings are no two people.

    >>> person("J. de Vries") == person("j.DeVries")
    True
    """
    return squeeze(name)


def approve(connection: Connection, number: str, by: str, draft: str, barred: Collection[str]) -> int:
    """Add one person's yes to this draft, and void what was said of another; gives how many people approved this one."""
    who = _check_approver(number, by, barred)
    if not _SHA256.fullmatch(draft):
        raise RequestError(number, "cannot be approved without the SHA-256 of its draft", "Report this run")
    connection.execute(delete(APPROVALS).where(APPROVALS.c.number == number, APPROVALS.c.draft != draft))
    connection.execute(delete(OBJECTIONS).where(OBJECTIONS.c.number == number, OBJECTIONS.c.draft != draft))
    earlier = verdicts(connection, number)
    if who in earlier:
        raise RequestError(number, "this person approved it already", "The second approval must be somebody else's")
    connection.execute(insert(APPROVALS).values(number=number, person=who, by=check_actor(by), at=rows.now(), draft=draft))
    return sum(earlier.values()) + 1


def object_to(connection: Connection, number: str, by: str, draft: str, barred: Collection[str]) -> None:
    """Add one person's no to this draft; what was said of another draft is void."""
    who = _check_approver(number, by, barred)
    if not _SHA256.fullmatch(draft):
        raise RequestError(number, "cannot be judged without the SHA-256 of its draft", "Report this run")
    for table in (APPROVALS, OBJECTIONS):
        connection.execute(delete(table).where(table.c.number == number, table.c.draft != draft))
    if who in verdicts(connection, number):
        raise RequestError(number, "this person judged it already", "The second verdict must be somebody else's")
    connection.execute(insert(OBJECTIONS).values(number=number, person=who, by=check_actor(by), at=rows.now(), draft=draft))


def verdicts(connection: Connection, number: str) -> dict[str, bool]:
    """Who gave a verdict on the draft that lies there: True for yes, False for an objection."""
    said = dict.fromkeys(connection.scalars(select(APPROVALS.c.person).where(APPROVALS.c.number == number)), True)
    return said | dict.fromkeys(connection.scalars(select(OBJECTIONS.c.person).where(OBJECTIONS.c.number == number)), False)


def _check_approver(number: str, by: str, barred: Collection[str]) -> str:
    who = person(check_actor(by))
    if not who:
        raise RequestError("user", "has a name without letters or digits", "Say who does this")
    if who in {person(name) for name in barred}:
        raise RequestError(number, "this person handled it, and may not approve it too", "Let a colleague approve it")
    return who


def approvals(connection: Connection, number: str) -> tuple[Approval, ...]:
    """Who approved which draft, the first first."""
    wanted = select(APPROVALS).where(APPROVALS.c.number == number).order_by(APPROVALS.c.at, APPROVALS.c.person)
    return tuple(Approval(row.by, rows.aware(row.at), row.draft) for row in connection.execute(wanted))


def void(connection: Connection, number: str) -> int:
    """Take back every approval of a request, and every objection; gives how many approvals there were."""
    connection.execute(delete(OBJECTIONS).where(OBJECTIONS.c.number == number))
    return connection.execute(delete(APPROVALS).where(APPROVALS.c.number == number)).rowcount


def undecide(connection: Connection, number: str, items: Collection[str]) -> int:
    """Take back the decisions on these items; gives how many there were."""
    return connection.execute(delete(DECISIONS).where(DECISIONS.c.number == number, DECISIONS.c.item.in_(sorted(items)))).rowcount


def check_four_eyes(connection: Connection, number: str) -> None:
    """Raise RequestError unless two different people approved one and the same draft."""
    given = approvals(connection, number)
    if len({person(one.by) for one in given}) < TWO or len({one.draft for one in given}) != 1:
        raise RequestError(number, f"{len(given)} of {TWO} people approved the draft", "Let two different people approve it")


def decide(connection: Connection, number: str, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Keep decisions, of which the last on an item counts; gives those kept."""
    kept = {_check_decision(number, one).item: one for one in decisions}
    items = list(kept)
    for start in range(0, len(items), _AT_ONCE):
        some = items[start : start + _AT_ONCE]
        connection.execute(delete(DECISIONS).where(DECISIONS.c.number == number, DECISIONS.c.item.in_(some)))
        connection.execute(insert(DECISIONS), [_values(number, kept[item]) for item in some])
    return tuple(kept.values())


def _check_decision(number: str, one: Decision) -> Decision:
    if one.decision not in {"show", "withhold"}:
        raise RequestError(number, "a decision is neither show nor withhold", "Write one of the two")
    known = one.item.strip() and len(one.item) <= _LONGEST_ITEM and one.item.isprintable() and not holds_bsn(one.item)
    if not known or not _GROUND.fullmatch(one.ground):
        raise RequestError(number, "a decision names no item or ground", "Take both from the review list")
    check_actor(one.by)
    return one


def _values(number: str, one: Decision) -> dict[str, Any]:
    return {"number": number, "item": one.item, "decision": one.decision, "ground": one.ground, "by": one.by.strip()}


def decisions(connection: Connection, number: str) -> tuple[Decision, ...]:
    """What people decided, by item."""
    wanted = select(DECISIONS).where(DECISIONS.c.number == number).order_by(DECISIONS.c.item)
    return tuple(Decision(row.item, row.decision, row.ground, row.by) for row in connection.execute(wanted))


def told(kept: Sequence[Decision], keys: MasterKey) -> dict[str, Any]:
    """Decisions as the trail has them: how many of each, and a keyed hash of all, by which a list shown later can be proved."""
    counts = Counter(f"{one.decision} {one.ground}".strip() for one in kept)
    lines = sorted(f"{one.item}\t{one.decision}\t{one.ground}\t{one.by}" for one in kept)
    return {"items": len(kept), "decisions": dict(sorted(counts.items())), "list": keys.mark("decisions", "\n".join(lines).encode())}

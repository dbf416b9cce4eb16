"""Where a request may go from where it stands, and who must move it: the one table that everything asks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from config.errors import RequestError
from config.request import Status

S = Status

REFUSE = "refuse, second person"

TRANSITIONS: Mapping[Status, Mapping[Status, str]] = MappingProxyType(
    {
        S.REGISTERED: {S.COLLECTING: "start", S.REFUSED: REFUSE, S.WITHDRAWN: "withdraw"},
        S.COLLECTING: {S.COLLECTING: "start again", S.REVIEW: "lay a draft ready", S.REFUSED: REFUSE, S.WITHDRAWN: "withdraw"},
        S.REVIEW: {
            S.COLLECTING: "ask again",
            S.REVIEW: "draft anew",
            S.APPROVED: "approve, second person",
            S.REFUSED: REFUSE,
            S.WITHDRAWN: "withdraw",
        },
        S.APPROVED: {
            S.COLLECTING: "ask again",
            S.REVIEW: "draft anew",
            S.RELEASED: "release",
            S.REFUSED: REFUSE,
            S.WITHDRAWN: "withdraw",
        },
        S.RELEASED: {S.PURGED: "purge"},
        S.REFUSED: {S.PURGED: "purge"},
        S.WITHDRAWN: {S.PURGED: "purge"},
        S.PURGED: {},
    }
)
"""From each state, where to, and the verb by which the audit trail tells of it."""

OWNERS: Mapping[Status, str] = MappingProxyType(
    {
        S.REGISTERED: "the nightly run, or the privacy desk",
        S.COLLECTING: "the flow; after a crash the nightly run",
        S.REVIEW: "two reviewers",
        S.APPROVED: "the privacy desk",
        S.RELEASED: "the retention term",
        S.REFUSED: "the retention term",
        S.WITHDRAWN: "the retention term",
        S.PURGED: "nobody: only the audit trail is left",
    }
)
"""Who must move a request on, state by state."""

OPEN = frozenset({S.REGISTERED, S.COLLECTING, S.REVIEW, S.APPROVED})
"""States in which an answer is still owed; a resident has at most one such request."""

ENDED = frozenset({S.RELEASED, S.REFUSED, S.WITHDRAWN})
"""States in which nothing is owed any more, and the retention term runs."""

TERMINAL = frozenset(status for status, ways in TRANSITIONS.items() if not ways)
"""States without a way out."""

GUARDED: Mapping[Status, str] = MappingProxyType(
    {
        S.APPROVED: "Let two different people approve the draft",
        S.REFUSED: "Let one person propose the refusal, and another decide it",
        S.PURGED: "Run the purge, which destroys the key first",
    }
)
"""States that nobody moves a request into by word alone: what must be done instead."""


def check_move(number: str, now: Status, to: Status) -> str:
    """The verb of the move; RequestError where the table does not allow it."""
    if to not in TRANSITIONS[now]:
        allowed = ", ".join(TRANSITIONS[now]) or "nowhere"
        raise RequestError(number, f"is {now} and cannot become {to}", f"From {now} it can go to: {allowed}")
    return TRANSITIONS[now][to]


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    moves = [f"    {now} --> {to}: {verb}" for now, ways in TRANSITIONS.items() for to, verb in ways.items()]
    ends = [f"    {status} --> [*]" for status in TRANSITIONS if status in TERMINAL]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {S.REGISTERED}: register", *moves, *ends])


def page() -> str:
    """All of `docs/states.md`; write it anew with `python -c "import cases.states as s; print(s.page(), end='')" > docs/states.md`."""
    rows = [f"| {status} | {owner} | {_kind(status)} |" for status, owner in OWNERS.items()]
    return _PAGE.format(diagram=diagram(), owners="\n".join(rows))


def _kind(status: Status) -> str:
    if status in OPEN:
        return "an answer is owed; the resident can have no second request"
    return "the end" if status in TERMINAL else "answered or taken back; kept until its term is over"


_PAGE = """# The states of a request

Made from the table in `cases/states.py`; a test holds that the two agree.

```mermaid
{diagram}
```

| state | who must move it | what it means |
|---|---|---|
{owners}

- Nobody can move a request to `approved` by word: that takes two different people who approve the very draft that lies there.
  Every move back to `collecting` or `review`, and every decision taken anew, voids the approvals.
- Nobody can move a request to `refused` by word: one person proposes it with the reason and the articles, which makes the very letter;
  another person decides it. Refusing is never automatic.
- Nobody can move a request to `purged` by word: the purge destroys its key first, then its files.
- An objection of a reviewer sends a draft back: it stays in `review`, both verdicts are void, and the handlers read why. Where
  `policy.yaml` says `review: {{blind: true}}` it waits for the second verdict, which is given without knowing the first.
- A pause is no state: the clock stands (`paused_since`), and every date moves by its days when it ends. Who goes on is the resident.
- A resident has one open request. What they ask once more is taken into it: scope and period widen, the earlier day of receipt counts.
"""

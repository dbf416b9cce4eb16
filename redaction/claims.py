"""What one finder says of one stretch of text, and how all that was said becomes spans: what is withheld is the union."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from config.collection import Party
from config.redacted import Action


class Claim(NamedTuple):
    """A stretch `[start, end)` of the folded text: what it is, whose, what to do, how sure, and who says so.

    `person` tells people apart within a request ("" where it is nobody in particular); `base` is the word of the label.
    `reason` is the key into the grounds of the policy.
    """

    start: int
    end: int
    category: str
    party: Party
    action: Action
    reason: str
    base: str
    person: str
    confidence: float
    detector: str


_WHOLE = frozenset({"iban", "email", "bsn", "address"})


def outermost(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims without those that lie within a number that checks itself, an e-mail address or an address of somebody."""
    listed = tuple(claims)
    whole = _Cover([(c.start, c.end) for c in listed if c.category in _WHOLE])
    return tuple(c for c in listed if not whole.holds(c.start, c.end)) if whole.starts else listed


class _Cover:
    """Stretches that may overlap, to be asked about quickly: there may be a million in one text."""

    __slots__ = ("furthest", "starts")

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(stretches)
        self.starts = [start for start, _ in ordered]
        self.furthest = list(accumulate((end for _, end in ordered), max))

    def holds(self, start: int, end: int) -> bool:
        """Whether `[start, end)` lies within a longer one."""
        upto, before = bisect_right(self.starts, start), bisect_left(self.starts, start)
        return bool((upto and self.furthest[upto - 1] > end) or (before and self.furthest[before - 1] >= end))

    def meets(self, start: int, end: int) -> bool:
        """Whether any of them overlaps `[start, end)`."""
        upto = bisect_left(self.starts, end)
        return upto > 0 and self.furthest[upto - 1] > start


def beside(start: int, end: int, claims: Iterable[Claim]) -> Iterator[tuple[int, int]]:
    """The stretches of `[start, end)` that none of `claims` covers, in order."""
    for claim in sorted((c for c in claims if c.start < end and start < c.end), key=lambda c: c.start):
        if claim.start > start:
            yield start, claim.start
        start = max(start, claim.end)
    if start < end:
        yield start, end


def settled(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims without overlap, in order.

    What is withheld is the union of all that is claimed; overlapping ones become one, under the surest and longest of them.
    A claim to keep never shortens that: where it overlaps, what is withheld goes to review, and the rest of it stays kept.
    """
    listed = sorted(claims, key=lambda c: (c.start, -c.end, c.detector, c.person))
    withheld = list(_merged(c for c in listed if c.action is not Action.KEEP))
    kept = [c for c in listed if c.action is Action.KEEP]
    if not kept:
        return tuple(withheld)
    cover = _Cover((c.start, c.end) for c in kept)
    doubted = [c._replace(action=Action.REVIEW) if cover.meets(c.start, c.end) else c for c in withheld]
    return tuple(sorted((*doubted, *_rest(kept, doubted)), key=lambda c: c.start))


def _merged(claims: Iterable[Claim]) -> Iterator[Claim]:
    current: Claim | None = None
    for claim in claims:
        if current is None or claim.start >= current.end:
            if current is not None:
                yield current
            current = claim
        else:
            current = _union(current, claim)
    if current is not None:
        yield current


def _union(one: Claim, other: Claim) -> Claim:
    main = max(one, other, key=lambda c: (c.end - c.start, c.confidence))
    firm = Action.REDACT in (one.action, other.action)
    return main._replace(
        start=min(one.start, other.start),
        end=max(one.end, other.end),
        action=Action.REDACT if firm else Action.REVIEW,
        confidence=max(one.confidence, other.confidence),
    )


def _rest(kept: Iterable[Claim], withheld: Sequence[Claim]) -> Iterator[Claim]:
    """What is left of the keeps, each stretch once; both are in order, and what is withheld does not overlap."""
    ends = [c.end for c in withheld]
    last = 0
    for keep in kept:
        at = max(keep.start, last)
        for number in range(bisect_right(ends, at), len(ends)):
            start, end = withheld[number].start, ends[number]
            if start >= keep.end:
                break
            if start > at:
                yield keep._replace(start=at, end=start)
            at = max(at, end)
        if at < keep.end:
            yield keep._replace(start=at)
        last = max(last, keep.end)

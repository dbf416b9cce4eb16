"""What one finder says of one stretch of text, and how all that was said becomes spans: what is withheld is the union."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from config.collection import Party
from config.redacted import Action


@dataclass(frozen=True, slots=True)
class Claim:
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
    whole = [c for c in listed if c.category in _WHOLE]
    return tuple(
        c
        for c in listed
        if not any(w is not c and w.start <= c.start and c.end <= w.end and (w.end - w.start > c.end - c.start) for w in whole)
    )


def settled(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims without overlap, in order.

    What is withheld is the union of all that is claimed; overlapping ones become one, under the surest and longest of them.
    A claim to keep never shortens that: where it overlaps, what is withheld goes to review, and the rest of it stays kept.
    """
    listed = sorted(claims, key=lambda c: (c.start, -c.end, c.detector, c.person))
    withheld = list(_merged(c for c in listed if c.action is not Action.KEEP))
    kept = [c for c in listed if c.action is Action.KEEP]
    doubted = tuple(_doubted(claim, kept) for claim in withheld)
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
    return replace(
        main,
        start=min(one.start, other.start),
        end=max(one.end, other.end),
        action=Action.REDACT if firm else Action.REVIEW,
        confidence=max(one.confidence, other.confidence),
    )


def _doubted(claim: Claim, kept: list[Claim]) -> Claim:
    disputed = any(keep.start < claim.end and claim.start < keep.end for keep in kept)
    return replace(claim, action=Action.REVIEW) if disputed else claim


def _rest(kept: Iterable[Claim], withheld: tuple[Claim, ...]) -> Iterator[Claim]:
    """What is left of the keeps, each stretch once."""
    taken = sorted((c.start, c.end) for c in withheld)
    last = 0
    for keep in kept:
        at = max(keep.start, last)
        for start, end in taken:
            if end <= at or start >= keep.end:
                continue
            if start > at:
                yield replace(keep, start=at, end=start)
            at = max(at, end)
        if at < keep.end:
            yield replace(keep, start=at)
        last = max(last, keep.end)

"""How sure it is that a row is about the subject, from what agreed: one table, for a person to argue with.

A BSN, or a key that follows from one, is proof. Twins share family name, birth date, address and often their initials, so without full
given names all of these together stay below the usual threshold of 0.9, and a person decides; a family shares address and telephone.
A birth date of 1 January or 1 July is that of many, whose real one is not known: it never lifts a name over the threshold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from connectors.written.likeness import Verdict

CONTACTS = frozenset({"subject.email", "subject.phone"})
"""Keys that a household may share: they count as evidence, not as proof."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What agreed in one row."""

    certain: float = 0.0  # the best score of the BSN and keys that agreed
    name: Verdict = Verdict.OTHER  # OTHER: not compared
    address: Verdict = Verdict.OTHER
    birth_date: bool = False
    shared: bool = False  # the birth date is one that many have
    contact: bool = False  # an e-mail address or telephone number

    def with_value(self, key: str, score: float) -> Evidence:
        """With a BSN, key, e-mail address or telephone number that agreed."""
        if key in CONTACTS:
            return replace(self, contact=True)
        return replace(self, certain=max(self.certain, score))

    def with_birth_date(self, birth_date: date | None) -> Evidence:
        """With the birth date, which agreed."""
        return replace(self, birth_date=True, shared=is_shared(birth_date))

    def with_name(self, verdict: Verdict) -> Evidence:
        """With a name; the verdict is on its given names."""
        return replace(self, name=verdict)

    def with_address(self, verdict: Verdict) -> Evidence:
        """With an address; UNKNOWN where only the postcode could be compared."""
        return replace(self, address=verdict)


SHARED = 0.85
"""The most that a name can score with a birth date that many share, whatever agrees besides."""

MANY = "a birth date that many share"
"""How that is said in `Match.by`."""

_SHARED_DAYS = frozenset({(1, 1), (1, 7)})
"""Day and month that stand for a birth date that is not known."""


def is_shared(birth_date: date | None) -> bool:
    """Whether a birth date is one that is given to people whose real one is not known.

    >>> is_shared(date(1990, 1, 1)), is_shared(date(1990, 3, 9))
    (True, False)
    """
    return birth_date is not None and (birth_date.day, birth_date.month) in _SHARED_DAYS


_NAMED = {  # (birth date, address, contact) -> full given names, initials, family name only
    (True, True, True): (0.95, 0.88, 0.8),
    (True, True, False): (0.95, 0.87, 0.8),
    (True, False, True): (0.92, 0.85, 0.75),
    (True, False, False): (0.85, 0.8, 0.6),
    (False, True, True): (0.85, 0.75, 0.4),
    (False, True, False): (0.7, 0.6, 0.3),
    (False, False, True): (0.75, 0.7, 0.5),
    (False, False, False): (0.4, 0.3, 0.1),
}
_NAMELESS = {
    (True, True, True): 0.8,
    (True, True, False): 0.5,
    (True, False, True): 0.75,
    (True, False, False): 0.1,
    (False, True, True): 0.65,
    (False, True, False): 0.2,
    (False, False, True): 0.6,
}


def score_of(found: Evidence) -> float:
    """The score in (0, 1] of a row in which this agreed.

    >>> score_of(Evidence(name=Verdict.SAME, birth_date=True)), score_of(Evidence(name=Verdict.UNKNOWN, address=Verdict.SAME))
    (0.85, 0.3)
    """
    if found.certain:
        return found.certain
    score = _score_of(found)
    return min(score, SHARED) if found.birth_date and found.shared else score


def _score_of(found: Evidence) -> float:
    agreed = (found.birth_date, found.address is Verdict.SAME, found.contact)
    if found.name is Verdict.OTHER:
        return _NAMELESS.get(agreed, 0.1)
    full, initials, family = _NAMED[agreed]
    return {Verdict.SAME: full, Verdict.INITIALS: initials}.get(found.name, family)

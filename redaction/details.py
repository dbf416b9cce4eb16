"""What stands beside a name: whose number a reference is, and the date of birth behind somebody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from config.redacted import Action
from redaction.claims import Claim
from redaction.days import dates

CLOSES = re.compile(r"(?:(?<!\b[a-z])(?<!\bnr)(?<!\bdhr)(?<!\bmw)(?<!\bmej)(?<!\bmevr)(?<!\bdr)(?<!\bmr)(?<!\btel)(?<!\bgeb)\.|[!?\n])\s")
"""The end of a sentence; an initial and the usual short forms close none."""


def own_references(formed: Iterable[Claim], named: Sequence[Claim], low: str, sex: str = "") -> Iterator[Claim]:
    """A reference number is the subject's, unless the last person spoken of in its sentence is somebody else; `haar paspoort` is not his."""
    spoken_of = sorted((c for c in named if c.category == "name"), key=lambda c: c.start)
    for claim in formed:
        if not claim.detector.startswith("reference") or claim.action is Action.KEEP:
            yield claim
        elif (other := _other_before(claim, spoken_of, low)) is not None:
            yield claim._replace(party=other.party)
        elif _POSSESSIVE.get(sex, "\0") in low[max(0, int(claim.detector.split()[1]) - 8) : int(claim.detector.split()[1])]:
            yield claim


def _other_before(claim: Claim, spoken_of: Sequence[Claim], low: str) -> Claim | None:
    cue = int(claim.detector.split()[1])
    begin = max((m.end() for m in CLOSES.finditer(low, max(0, cue - 200), cue)), default=max(0, cue - 200))
    before = [c for c in spoken_of if begin <= c.start and c.end <= claim.start]
    if before:
        last = before[-1]
        return None if last.action is Action.KEEP else last
    around = low[max(begin, cue - 45) : claim.start]
    return claim if any(word in _OTHERS for word in re.findall(r"[a-z-]+", around)) else None


_OTHERS = frozenset(
    [
        "broer",
        "zus",
        "moeder",
        "vader",
        "zoon",
        "dochter",
        "partner",
        "echtgenoot",
        "echtgenote",
        "ex",
        "ex-man",
        "ex-vrouw",
        "ex-partner",
        "buurman",
        "buurvrouw",
        "buren",
        "oom",
        "tante",
        "oma",
        "opa",
        "neef",
        "nicht",
        "vriend",
        "vriendin",
        "huisgenoot",
        "schoonmoeder",
        "schoonvader",
        "zwager",
        "schoonzus",
        "melder",
        "melders",
        "kennis",
        "huurder",
        "medehuurder",
    ]
)
"""Relations whose number it is where no name stands: `het cliëntnummer van haar broer`."""


_BORN = re.compile(r" ?[(,;|\n]{1,2} ?(?:geb(?:oren)?\.? ?)?(?:op )?$")


def births_after(named: Sequence[Claim], low: str, formed: Sequence[Claim]) -> Iterator[Claim]:
    """A date right behind somebody's name, between brackets or after a comma, is that of their birth: `Loubna (14-1-2013)`."""
    ends = {c.end: c for c in named if c.category == "name"}
    taken = {c.start for c in formed}
    for start, end, parts, _, _ in dates(low) if ends else ():
        before = low[max(0, start - 22) : start]
        opening = _BORN.search(before)
        if opening is None or parts[2] is None or start in taken:
            continue
        owner = ends.get(start - len(opening.group()))
        bracketed = "(" in opening.group() and low[end : end + 1] in "),"
        if (
            owner is not None
            and owner.action is not Action.KEEP
            and (bracketed or low[end : end + 1] in ("),;|\n." if parts[2] < _GROWN else "),;|\n"))
        ):
            yield Claim(start, end, "birth_date", owner.party, Action.REDACT, "birth_date", "geboortedatum", "", 0.75, "date after name")


_GROWN = 2011
"""A date of before this year, right behind a name, is hardly that of an appointment."""
_POSSESSIVE = {"m": "haar ", "f": "zijn "}

"""Who plays which part in Voorbeeldstad: fixed numbers, the same for every seed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """One resident of the story: `part` says what for, `bsn` is their number (fictional, from the range kept for tests)."""

    part: str
    bsn: str


@dataclass(frozen=True, slots=True)
class Cast:
    """The parts that demonstrations and tests need."""

    resident: Member
    former_partner: Member
    daughter: Member
    son: Member
    mother: Member
    brother: Member
    namesake: Member
    informant: Member
    caseworker: Member
    misfiled: Member
    single: Member
    unknown: Member


CAST = Cast(
    resident=Member("whose life touches everything", "999944897"),
    former_partner=Member("lives at a secret address", "999931738"),
    daughter=Member("has the Jeugdwet file in which the resident is the mother", "999964471"),
    son=Member("of the resident and a later partner", "999969079"),
    mother=Member("known under the same surname, and a Wmo client herself", "999905235"),
    brother=Member("has the same surname and a benefit file of his own", "999936918"),
    namesake=Member("has the same name, another birth date, and lives in the same street", "999918382"),
    informant=Member("the neighbour who reported the resident and wants to stay unknown", "999910279"),
    caseworker=Member("was the Wmo caseworker of the resident and lives next door", "999953850"),
    misfiled=Member("one intake of his stands under the BSN of the resident", "999928260"),
    single=Member("is in the BRP and nowhere else", "999974774"),
    unknown=Member("a number that passes the elfproef and that nobody has", "999997178"),
)
"""The cast of the embedded gemeente."""

RESIDENT = CAST.resident
"""The resident for whom `inzage demo` handles a request."""

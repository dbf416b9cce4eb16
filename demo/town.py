"""The nouns of Voorbeeldstad: homes, residents, unions, and the town that holds them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from config.discretion import discreet

TODAY = date(2026, 9, 1)
"""The day on which Voorbeeldstad stands still: ages and histories are told as of then, so that every build is the same."""

CITY, CITY_CODE = "Voorbeeldstad", "9901"


@discreet
@dataclass(frozen=True, slots=True)
class Home:
    """One address in town, with the numbers that the register of buildings gives it (16 digits each)."""

    street: str
    number: int
    postcode: str  # "1237 HT"
    letter: str = ""
    addition: str = ""
    serial: int = 0

    @property
    def house(self) -> str:
        """The number with what belongs to it: "14", "5 B", "102-3", "88 bis"."""
        joined = "-" if self.addition[:1].isdigit() else " "
        return f"{self.number}{' ' + self.letter if self.letter else ''}{joined + self.addition if self.addition else ''}"

    @property
    def line(self) -> str:
        """Street and number, as on an envelope."""
        return f"{self.street} {self.house}"

    @property
    def addressable(self) -> str:
        """The identification of the addressable object."""
        return f"{CITY_CODE}01{self.serial:010}"

    @property
    def designation(self) -> str:
        """The identification of the number designation."""
        return f"{CITY_CODE}20{self.serial:010}"


@discreet
@dataclass(frozen=True, slots=True)
class Stay:
    """A time `[since, until)` in one home; still going on where `until` is None."""

    home: Home
    since: date
    until: date | None = None


@discreet
@dataclass(frozen=True, slots=True)
class Resident:
    """One person in town; `stays` are in order of time, and the last is where they live (or lived until they died)."""

    bsn: str
    given: str
    family: str
    gender: str  # "f", "m"
    born: date
    stays: tuple[Stay, ...]
    prefix: str = ""
    call: str = ""
    naming: str = "E"  # E own name, P partner's, N own-partner's, V partner's-own
    born_as: str = "dag"  # how exactly the birth date is known: "dag", "maand", "jaar", "onbekend"
    birthplace: tuple[str, str] = (CITY_CODE, CITY)
    country: tuple[str, str] = ("6030", "Nederland")
    nationality: tuple[str, str] = ("0001", "Nederlandse")
    died: date | None = None
    secret: bool = False
    phone: str = ""
    email: str = ""
    account: str = ""
    plate: str = ""

    @property
    def home(self) -> Home:
        """Where they live."""
        return self.stays[-1].home

    @property
    def initials(self) -> str:
        """The first letters of the given names: "J.M."."""
        return "".join(f"{part[0]}." for part in self.given.split())

    @property
    def surname(self) -> str:
        """Their own family name with its prefix: "de Wit"."""
        return f"{self.prefix} {self.family}".strip()

    @property
    def full(self) -> str:
        """All given names and the own family name."""
        return f"{self.given} {self.surname}"

    @property
    def short(self) -> str:
        """How people call them: "Hanneke de Wit"."""
        return f"{self.call or self.given.split()[0]} {self.surname}"

    def age(self, on: date = TODAY) -> int:
        """Whole years on a day."""
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))


@discreet
@dataclass(frozen=True, slots=True)
class Union:
    """A marriage ("H") or registered partnership ("P") of two people, by BSN; `until` where it was dissolved."""

    one: str
    other: str
    since: date
    until: date | None = None
    kind: str = "H"


@discreet
@dataclass(frozen=True)
class Town:
    """Everybody by BSN, who was joined with whom, and who the parents of each child are (one or two)."""

    residents: Mapping[str, Resident]
    unions: Sequence[Union]
    parents: Mapping[str, tuple[str, ...]]
    cast: Mapping[str, str] = field(default_factory=dict)  # id in the story -> BSN

    def __getitem__(self, bsn: str) -> Resident:
        return self.residents[bsn]

    def partners(self, bsn: str) -> list[tuple[Union, Resident]]:
        """The unions of a resident, the latest first, each with who the other is."""
        mine = [union for union in self.unions if bsn in {union.one, union.other}]
        found = [(union, self[union.other if union.one == bsn else union.one]) for union in mine]
        return sorted(found, key=lambda pair: pair[0].since, reverse=True)

    def children(self, bsn: str) -> list[Resident]:
        """The children of a resident, the eldest first."""
        return sorted((self[child] for child, parents in self.parents.items() if bsn in parents), key=lambda child: child.born)

    def parents_of(self, bsn: str) -> list[Resident]:
        """The parents of a resident, as the register knows them."""
        return [self[parent] for parent in self.parents.get(bsn, ())]

    def kin(self, bsn: str) -> list[tuple[str, Resident]]:
        """Close relatives with their relation as Dutch has it, in fixed order."""
        found = [("moeder" if parent.gender == "f" else "vader", parent) for parent in self.parents_of(bsn)]
        found += [("dochter" if child.gender == "f" else "zoon", child) for child in self.children(bsn)]
        found += [("ex-partner" if union.until else "partner", other) for union, other in self.partners(bsn)]
        mine = set(self.parents.get(bsn, ()))
        siblings = [self[other] for other, theirs in self.parents.items() if other != bsn and mine & set(theirs)]
        return found + [("zus" if sibling.gender == "f" else "broer", sibling) for sibling in siblings]

    def neighbours(self, bsn: str) -> list[Resident]:
        """Grown-ups in the same street who live in another home."""
        home = self[bsn].home
        return [
            other for other in self.residents.values()
            if other.home.street == home.street and other.home != home and other.died is None and other.age() >= 18
        ]  # fmt: skip

"""The rest of the town, drawn by chance: families of three generations that share surnames and addresses, part, and join anew."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from config.folding import fold
from demo.cast import CAST
from demo.numbers import LAST_BSN, account, bsns, landline, mobile, plate
from demo.texts import read
from demo.town import TODAY, Home, Resident, Stay, Town, Union

SIZE = 300
"""How many people live in Voorbeeldstad, the story and a few too many included."""


def populated(story: Town, chance: Random) -> Town:
    """The town of the story, filled up with families to at least SIZE residents."""
    reserved = frozenset((*story.residents, CAST.unknown.bsn, str(LAST_BSN)))  # nobody may have what asks for nobody
    names = read("words/names.yaml")
    clan = _Clan(chance, names, bsns(chance, SIZE + 60, reserved), len(story.residents) + 100)
    while len(clan.residents) + len(story.residents) < SIZE:
        clan.grow()
    return Town({**story.residents, **clan.residents}, [*story.unions, *clan.unions], {**story.parents, **clan.parents}, story.cast)


@dataclass
class _Clan:
    """Where families are made: everything drawn so far, and the numbers that are still free."""

    chance: Random
    names: Mapping[str, Any]
    free: list[str]
    serial: int
    residents: dict[str, Resident] = field(default_factory=dict)
    unions: list[Union] = field(default_factory=list)
    parents: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def grow(self) -> None:
        """One family: grandparents, their children with partners, and grandchildren, spread over a few homes."""
        culture = self._culture()
        surname = self._surname(culture)
        home = self._home()
        born = self._day(1942, 1960)
        husband = self._person(culture, surname, "m", born, home)
        wife = self._person(self._culture(culture), None, "f", born + timedelta(days=self.chance.randrange(-900, 2200)), home, naming="N")
        self._join(husband, wife, born + timedelta(days=365 * 26))
        if self.chance.random() < 0.25:
            self._bury(husband)
        for _ in range(self.chance.choice((1, 2, 2, 3))):
            self._branch(culture, surname, (husband, wife))

    def _branch(self, culture: Mapping[str, Any], surname: str, parents: tuple[str, str]) -> None:
        """A grown child with a partner, their children, and now and then a separation with a second household."""
        mother = self.residents[parents[1]]
        born = mother.born + timedelta(days=self.chance.randrange(22 * 365, 36 * 365))
        home = self._home()
        child = self._person(culture, surname, self.chance.choice("fm"), born, home)
        self.parents[child] = parents
        if self.chance.random() < 0.2:
            return
        gender = "f" if self.residents[child].gender == "m" else "m"
        partner = self._person(self._culture(culture), None, gender, born + timedelta(days=self.chance.randrange(-1500, 1500)), home)
        parted = self._join(child, partner, born + timedelta(days=365 * self.chance.randrange(22, 30)), self.chance.random() < 0.3)
        self._offspring(child, partner, home)
        if parted:
            self._move(partner, self._home(), parted)

    def _offspring(self, one: str, other: str, home: Home) -> None:
        father, mother = sorted((one, other), key=lambda bsn: self.residents[bsn].gender, reverse=True)
        culture = self._culture_of(father)
        for _ in range(self.chance.choice((0, 1, 2, 2, 3))):
            born = self.residents[mother].born + timedelta(days=self.chance.randrange(22 * 365, 38 * 365))
            if born < TODAY:
                child = self._person(culture, self._key(father), self.chance.choice("fm"), born, home)
                self.parents[child] = (father, mother)

    def _person(self, culture: Mapping[str, Any], surname: str | None, gender: str, born: date, home: Home, *, naming: str = "E") -> str:
        prefix, _, family = (surname or self._surname(culture)).rpartition("|")
        given = self._given(culture, gender, born)
        bsn = self.free.pop()
        bare = Resident(
            bsn,
            given,
            _for_gender(family, gender, culture),
            gender,
            born,
            (Stay(home, self._since(born)),),
            prefix,
            given.split()[0],
            naming,
        )
        self.residents[bsn] = self._rooted(self._reachable(bare), culture)
        return bsn

    def _reachable(self, person: Resident) -> Resident:
        """With what a grown-up has: a phone, an address for mail, an account, perhaps a car."""
        if person.age() < 16:
            return person
        name = re.sub(r"[^a-z.]", "", fold(f"{person.given.split()[0]}.{person.family}"))
        return replace(
            person,
            phone=landline(self.chance) if person.age() > 70 and self.chance.random() < 0.7 else mobile(self.chance),
            email=f"{name}{self.chance.randrange(10, 99)}@postvak.example" if self.chance.random() < 0.7 else "",
            account=account(self.chance),
            plate=plate(self.chance) if person.age() >= 18 and self.chance.random() < 0.55 else "",
            secret=self.chance.random() < 0.03,
        )

    def _rooted(self, person: Resident, culture: Mapping[str, Any]) -> Resident:
        code, place = self.chance.choice(culture["places"])
        if code:
            return replace(person, birthplace=(code, place))
        unsure = "jaar" if self.chance.random() < 0.15 else "dag"
        return replace(person, birthplace=("", place), country=tuple(culture["country"]), born_as=unsure)

    def _join(self, one: str, other: str, since: date, parting: bool = False) -> date | None:
        since = min(since, TODAY - timedelta(days=1200))
        until = since + timedelta(days=self.chance.randrange(400, 1100)) if parting else None
        self.unions.append(Union(one, other, since, until, self.chance.choice("HHHP")))
        return until

    def _move(self, bsn: str, home: Home, on: date) -> None:
        person = self.residents[bsn]
        first = person.stays[0]
        self.residents[bsn] = replace(person, stays=(Stay(first.home, min(first.since, on - timedelta(days=200)), on), Stay(home, on)))

    def _bury(self, bsn: str) -> None:
        self.residents[bsn] = replace(self.residents[bsn], died=self._day(2012, 2025), phone="", email="", plate="")

    def _home(self) -> Home:
        street, digits, letters = self.chance.choice(self.names["streets"])
        number = self.chance.randrange(20, 300)
        self.serial += 1
        letter = self.chance.choice("AB") if self.chance.random() < 0.1 else ""
        addition = self.chance.choice(("2", "bis", "hs")) if not letter and self.chance.random() < 0.1 else ""
        return Home(street, number, f"{digits} {letters}", letter, addition, self.serial)

    def _culture(self, like: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """A culture by its share; mostly the same again where one is given."""
        if like is not None and self.chance.random() < 0.7:
            return like
        cultures: Sequence[Mapping[str, Any]] = self.names["cultures"]
        return self.chance.choices(cultures, weights=[culture["share"] for culture in cultures])[0]

    def _culture_of(self, bsn: str) -> Mapping[str, Any]:
        key = self._key(bsn)
        return next((culture for culture in self.names["cultures"] if key in culture["families"]), self.names["cultures"][0])

    def _key(self, bsn: str) -> str:
        person = self.residents[bsn]
        return f"{person.prefix}|{person.family}" if person.prefix else person.family

    def _surname(self, culture: Mapping[str, Any]) -> str:
        return str(self.chance.choice(culture["families"]))

    def _given(self, culture: Mapping[str, Any], gender: str, born: date) -> str:
        pool = culture["women" if gender == "f" else "men"]
        many = 2 if self.chance.random() < 0.4 and born.year < 2000 else 1
        return " ".join(self.chance.sample(pool, many))

    def _since(self, born: date) -> date:
        return max(born, self._day(1995, 2024))

    def _day(self, first: int, last: int) -> date:
        return date(self.chance.randrange(first, last + 1), 1, 1) + timedelta(days=self.chance.randrange(365))


def _for_gender(family: str, gender: str, culture: Mapping[str, Any]) -> str:
    """A family name as a woman bears it, where the language tells."""
    for man, woman in culture.get("feminine", {}).items():
        if gender == "f" and family.endswith(man):
            return family.removesuffix(man) + str(woman)
    return family

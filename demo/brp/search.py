"""Who is meant by a question: the register searched as the BRP API Personen does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

Json = Mapping[str, Any]
Test = Callable[[Json, Any], bool]


def found(register: Sequence[Json], query: Json) -> list[Json]:
    """The people who match all of the question; the dead only when they are consulted by BSN or asked for."""
    tests = [(test, query[name]) for name, test in _TESTS.items() if name in query]
    with_dead = query["type"] == "RaadpleegMetBurgerservicenummer" or query.get("inclusiefOverledenPersonen", False)
    living = [person for person in register if with_dead or "overlijden" not in person]
    return [person for person in living if all(test(person, wanted) for test, wanted in tests)]


def aged(person: Json, on: date) -> dict[str, Any]:
    """The person with their age on a day, where the date of birth is known well enough to tell it."""
    born = person["geboorte"]["datum"]
    if born["type"] != "Datum" or "overlijden" in person:
        return dict(person)
    day = date.fromisoformat(born["datum"])
    return {**person, "leeftijd": on.year - day.year - ((on.month, on.day) < (day.month, day.day))}


def _same(text: str, wanted: str) -> bool:
    """Equal but for case; a * at an end stands for anything."""
    pattern = ".*".join(map(re.escape, wanted.split("*")))
    return re.fullmatch(pattern, text, re.IGNORECASE) is not None


def _named(part: str) -> Test:
    return lambda person, wanted: _same(str(person["naam"].get(part, "")), wanted)


def _addressed(part: str) -> Test:
    return lambda person, wanted: _same(str(person["verblijfplaats"]["verblijfadres"].get(part, "")), str(wanted))


def _built(part: str) -> Test:
    return lambda person, wanted: person["verblijfplaats"][part] == wanted


def _postcode(person: Json, wanted: str) -> bool:
    return bool(person["verblijfplaats"]["verblijfadres"]["postcode"] == wanted.replace(" ", "").upper())


def _street(person: Json, wanted: str) -> bool:
    address = person["verblijfplaats"]["verblijfadres"]
    return _same(address["officieleStraatnaam"], wanted) or _same(address["korteStraatnaam"], wanted)


_TESTS: Mapping[str, Test] = {
    "burgerservicenummer": lambda person, wanted: person["burgerservicenummer"] in wanted,
    "gemeenteVanInschrijving": lambda person, wanted: bool(person["gemeenteVanInschrijving"]["code"] == wanted),
    "geboortedatum": lambda person, wanted: person["geboorte"]["datum"].get("datum") == wanted,
    "geslacht": lambda person, wanted: bool(person["geslacht"]["code"] == wanted.upper()),
    "geslachtsnaam": _named("geslachtsnaam"),
    "voorvoegsel": _named("voorvoegsel"),
    "voornamen": _named("voornamen"),
    "postcode": _postcode,
    "huisnummer": _addressed("huisnummer"),
    "huisletter": _addressed("huisletter"),
    "huisnummertoevoeging": _addressed("huisnummertoevoeging"),
    "straat": _street,
    "nummeraanduidingIdentificatie": _built("nummeraanduidingIdentificatie"),
    "adresseerbaarObjectIdentificatie": _built("adresseerbaarObjectIdentificatie"),
}

"""Residents of the town as the BRP API Personen describes them: whole, before `fields` cuts them down."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from demo.numbers import a_number
from demo.town import CITY, CITY_CODE, TODAY, Resident, Stay, Town, Union

_MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december")
_GENDERS = {"f": ("V", "vrouw"), "m": ("M", "man")}
_NAMING = {"E": "eigen geslachtsnaam", "P": "geslachtsnaam partner", "N": "geslachtsnaam partner na eigen geslachtsnaam",
           "V": "geslachtsnaam partner voor eigen geslachtsnaam"}  # fmt: skip
_UNIONS = {"H": "huwelijk", "P": "geregistreerd partnerschap"}

Json = dict[str, Any]


def register(town: Town) -> list[Json]:
    """Everybody in town, in order of BSN."""
    return [_person(town, town[bsn]) for bsn in sorted(town.residents)]


def typed(day: date, known: str = "dag") -> Json:
    """A date as the API writes it, as exactly as it is known ("dag", "maand", "jaar", "onbekend").

    >>> typed(date(1981, 6, 14))
    {'type': 'Datum', 'datum': '1981-06-14', 'langFormaat': '14 juni 1981'}
    >>> typed(date(1981, 6, 14), "jaar")
    {'type': 'JaarDatum', 'jaar': 1981, 'langFormaat': '1981'}
    """
    month = _MONTHS[day.month - 1]
    match known:
        case "dag":
            return {"type": "Datum", "datum": day.isoformat(), "langFormaat": f"{day.day} {month} {day.year}"}
        case "maand":
            return {"type": "JaarMaandDatum", "jaar": day.year, "maand": day.month, "langFormaat": f"{month} {day.year}"}
        case "jaar":
            return {"type": "JaarDatum", "jaar": day.year, "langFormaat": str(day.year)}
    return {"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}


def _coded(code: str, told: str) -> Json:
    return {"code": code, "omschrijving": told} if code else {"omschrijving": told}


def _person(town: Town, person: Resident) -> Json:
    moved_in = person.stays[0].since
    whole = {
        "aNummer": a_number(person.bsn),
        "burgerservicenummer": person.bsn,
        "datumEersteInschrijvingGBA": typed(max(person.born, date(1994, 10, 1))),
        "datumInschrijvingInGemeente": typed(moved_in),
        "gemeenteVanInschrijving": _coded(CITY_CODE, CITY),
        "geslacht": _coded(*_GENDERS[person.gender]),
        "geboorte": _birth(person),
        "naam": {**_name(person), "volledigeNaam": person.full, "aanduidingNaamgebruik": _coded(person.naming, _NAMING[person.naming])},
        "nationaliteiten": [
            {"type": "Nationaliteit", "nationaliteit": _coded(*person.nationality), "datumIngangGeldigheid": typed(person.born)}
        ],
        "verblijfplaats": _residence(person),
        "adressering": _addressing(town, person),
        "kinderen": [_related(child) for child in town.children(person.bsn)],
        "ouders": [_parent(parent, place, person) for place, parent in enumerate(town.parents_of(person.bsn), 1)],
        "partners": [_partner(union, other) for union, other in town.partners(person.bsn)[:1]],
        "gezag": _authority(town, person),
        **_circumstances(person),
        **besides(person),
    }
    return {name: value for name, value in whole.items() if value != []}


BESIDE = ("verblijfplaatshistorie", "reisdocumenten")
"""What other APIs than that for persons tell of somebody."""


def besides(person: Resident) -> Json:
    """Where somebody lived, the latest first, and their travel documents."""
    secret = {"geheimhoudingPersoonsgegevens": True} if person.secret else {}
    papers = [_paper(person)] if person.age() >= 18 and person.died is None else []
    return {
        "verblijfplaatshistorie": {"verblijfplaatsen": [_stay(stay) for stay in reversed(person.stays)], **secret},
        "reisdocumenten": [{**paper, "houder": {"burgerservicenummer": person.bsn, **secret}} for paper in papers],
    }


def _stay(stay: Stay) -> Json:
    address = {"officieleStraatnaam": stay.home.street, "korteStraatnaam": stay.home.street[:24], "huisnummer": stay.home.number}
    address |= {"huisletter": stay.home.letter, "huisnummertoevoeging": stay.home.addition}
    address |= {"postcode": stay.home.postcode.replace(" ", ""), "woonplaats": CITY}
    found = {
        "type": "Adres", "verblijfadres": {name: value for name, value in address.items() if value},
        "functieAdres": _coded("W", "woonadres"), "adresseerbaarObjectIdentificatie": stay.home.addressable,
        "nummeraanduidingIdentificatie": stay.home.designation, "gemeenteVanInschrijving": _coded(CITY_CODE, CITY),
        "datumVan": typed(stay.since),
    }  # fmt: skip
    return {**found, "datumTot": typed(stay.until)} if stay.until else found


def _paper(person: Resident) -> Json:
    """An identity card; its number begins with a letter that no real series has, as far as we know."""
    chance = Random(f"reisdocument {person.bsn}")
    number = f"Z{chance.randrange(10_000_000, 99_999_999)}"
    until = date(TODAY.year + chance.randrange(1, 9), chance.randrange(1, 13), chance.randrange(1, 28))
    return {"reisdocumentnummer": number, "soort": _coded("NI", "Nederlandse identiteitskaart"), "datumEindeGeldigheid": typed(until)}


def _circumstances(person: Resident) -> Json:
    """What only some people have: secrecy, immigration, death, doubt."""
    found: Json = {"geheimhoudingPersoonsgegevens": True} if person.secret else {}
    if person.country[0] != "6030":
        found["immigratie"] = {
            "landVanwaarIngeschreven": _coded(*person.country),
            "datumVestigingInNederland": typed(person.stays[0].since),
        }
    if person.died:
        found["overlijden"] = {"datum": typed(person.died), "land": _coded("6030", "Nederland"), "plaats": _coded(CITY_CODE, CITY)}
        found["opschortingBijhouding"] = {"reden": _coded("O", "overlijden"), "datum": typed(person.died)}
    return found


def _name(person: Resident) -> Json:
    name = {"voornamen": person.given, "geslachtsnaam": person.family, "voorletters": person.initials}
    return {**name, "voorvoegsel": person.prefix} if person.prefix else name


def _birth(person: Resident) -> Json:
    return {"datum": typed(person.born, person.born_as), "land": _coded(*person.country), "plaats": _coded(*person.birthplace)}


def _residence(person: Resident) -> Json:
    home = person.home
    address = {"officieleStraatnaam": home.street, "korteStraatnaam": home.street[:24], "huisnummer": home.number}
    address |= {"huisletter": home.letter, "huisnummertoevoeging": home.addition, "postcode": home.postcode.replace(" ", "")}
    found = {
        "type": "Adres",
        "verblijfadres": {**{name: value for name, value in address.items() if value}, "woonplaats": CITY},
        "functieAdres": _coded("W", "woonadres"),
        "adresseerbaarObjectIdentificatie": home.addressable,
        "nummeraanduidingIdentificatie": home.designation,
        "datumVan": typed(person.stays[-1].since),
        "datumIngangGeldigheid": typed(person.stays[-1].since),
    }
    if home.street == "Prins Clausplein":  # a block where the register of addresses is being checked
        found["inOnderzoek"] = {"adresseerbaarObjectIdentificatie": True, "datumVan": True, "datumIngangOnderzoek": typed(date(2026, 5, 4))}
    return found


def _used_name(town: Town, person: Resident) -> str:
    """The surname as the person wants to be addressed (naamgebruik)."""
    partners = [other for union, other in town.partners(person.bsn) if union.until is None]
    if person.naming == "E" or not partners:
        return person.surname
    theirs = partners[0].surname
    return {"P": theirs, "N": f"{person.surname}-{theirs}", "V": f"{theirs}-{person.surname}"}[person.naming]


def _addressing(town: Town, person: Resident) -> Json:
    surname = _used_name(town, person)
    title = {"f": "mevrouw", "m": "heer"}[person.gender]
    capital = surname[0].upper() + surname[1:]
    return {
        "aanhef": f"Geachte {title} {capital}",
        "aanschrijfwijze": {"naam": f"{person.initials} {surname}"},
        "gebruikInLopendeTekst": f"{'de ' if person.gender == 'm' else ''}{title} {capital}",
        "adresregel1": person.home.line,
        "adresregel2": f"{person.home.postcode}  {CITY.upper()}",
    }


def _related(person: Resident) -> Json:
    return {"burgerservicenummer": person.bsn, "naam": _name(person), "geboorte": _birth(person)}


def _parent(parent: Resident, place: int, child: Resident) -> Json:
    since = {"ouderAanduiding": str(place), "datumIngangFamilierechtelijkeBetrekking": typed(child.born)}
    return {**_related(parent), "geslacht": _coded(*_GENDERS[parent.gender]), **since}


def _partner(union: Union, other: Resident) -> Json:
    start = {"datum": typed(union.since), "land": _coded("6030", "Nederland"), "plaats": _coded(CITY_CODE, CITY)}
    found = {
        **_related(other), "geslacht": _coded(*_GENDERS[other.gender]), "soortVerbintenis": _coded(union.kind, _UNIONS[union.kind]),
        "aangaanHuwelijkPartnerschap": start,
    }  # fmt: skip
    return {**found, "ontbindingHuwelijkPartnerschap": {"datum": typed(union.until)}} if union.until else found


def _authority(town: Town, person: Resident) -> list[Json]:
    """The authority over the person while a minor, and what they have themselves over their own children."""
    minors = [minor for minor in (person, *town.children(person.bsn)) if minor.age(TODAY) < 18 and town.parents_of(minor.bsn)]
    return [_held(town, minor) for minor in minors]


def _held(town: Town, minor: Resident) -> Json:
    parents = [parent for parent in town.parents_of(minor.bsn) if parent.died is None]
    child = {"burgerservicenummer": minor.bsn, "naam": {"volledigeNaam": minor.full}, "leeftijd": minor.age(TODAY)}
    holders = [{"burgerservicenummer": parent.bsn, "naam": {"volledigeNaam": parent.full}} for parent in parents]
    joined = any({union.one, union.other} == {parent.bsn for parent in parents} for union in town.unions)
    if len(holders) == 2 and joined:
        return {"type": "GezamenlijkOuderlijkGezag", "minderjarige": child, "ouders": holders}
    if holders:
        mother = next((holder for holder, parent in zip(holders, parents, strict=True) if parent.gender == "f"), holders[0])
        return {"type": "EenhoofdigOuderlijkGezag", "minderjarige": child, "ouder": mother}
    return {"type": "TijdelijkGeenGezag", "minderjarige": child, "toelichting": "Beide ouders zijn overleden."}

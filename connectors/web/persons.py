"""The answer of Haal Centraal BRP bevragen 2.x: which fields may be asked, and how its objects are written as cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from config.words import readable
from connectors.asking.texts import text

_ASKABLE = """
aNummer adressering(adresregel1 adresregel2 adresregel3 land aanhef aanschrijfwijze(aanspreekvorm naam) gebruikInLopendeTekst)
burgerservicenummer datumEersteInschrijvingGBA datumInschrijvingInGemeente europeesKiesrecht(aanduiding einddatumUitsluiting)
geboorte(datum land plaats) gemeenteVanInschrijving geslacht gezag immigratie(datumVestigingInNederland
indicatieVestigingVanuitBuitenland landVanwaarIngeschreven vanuitVerblijfplaatsOnbekend) indicatieCurateleRegister
kinderen(burgerservicenummer geboorte(datum land plaats) naam(adellijkeTitelPredicaat geslachtsnaam voorletters voornamen
voorvoegsel)) leeftijd naam(adellijkeTitelPredicaat geslachtsnaam volledigeNaam voorletters voornamen voorvoegsel
aanduidingNaamgebruik) nationaliteiten(redenOpname datumIngangGeldigheid nationaliteit) ouders(burgerservicenummer
datumIngangFamilierechtelijkeBetrekking geboorte(datum land plaats) geslacht naam(adellijkeTitelPredicaat geslachtsnaam voorletters
voornamen voorvoegsel) ouderAanduiding) overlijden(datum land plaats) partners(aangaanHuwelijkPartnerschap(datum land plaats)
burgerservicenummer geboorte(datum land plaats) geslacht naam(adellijkeTitelPredicaat geslachtsnaam voorletters voornamen voorvoegsel)
ontbindingHuwelijkPartnerschap(datum) soortVerbintenis) uitsluitingKiesrecht(einddatum uitgeslotenVanKiesrecht)
verblijfplaats(datumVan verblijfadres(land regel1 regel2 regel3 aanduidingBijHuisnummer huisletter huisnummer huisnummertoevoeging
korteStraatnaam officieleStraatnaam postcode woonplaats locatiebeschrijving) adresseerbaarObjectIdentificatie functieAdres
nummeraanduidingIdentificatie) verblijfstitel(aanduiding datumEinde datumIngang) verblijfplaatsBinnenland(datumIngangGeldigheid
datumVan verblijfadres(aanduidingBijHuisnummer huisletter huisnummer huisnummertoevoeging korteStraatnaam officieleStraatnaam postcode
woonplaats locatiebeschrijving) adresseerbaarObjectIdentificatie functieAdres nummeraanduidingIdentificatie)
adresseringBinnenland(adresregel1 adresregel2)
"""
"""fields-filtered-Persoon.csv of BRP-API/Haal-Centraal-BRP-bevragen (EUPL-1.2), folded; a test compares the two."""

LISTS = ("kinderen", "ouders", "partners", "nationaliteiten", "gezag")
"""Members that hold an element a row, so that each is a table of its own."""

AUTOMATIC = frozenset({"inOnderzoek", "geheimhoudingPersoonsgegevens", "opschortingBijhouding", "rni", "verificatie"})
"""What is delivered without being asked, and may not be asked."""

_WITH_IT = AUTOMATIC | {"indicatieVastgesteldVerblijftNietOpAdres", "type"}
"""What comes along with its neighbours."""

_DATES = frozenset({"Datum", "DatumOnbekend", "JaarDatum", "JaarMaandDatum"})


@lru_cache(maxsize=1)
def askable() -> frozenset[str]:
    """Every path that may stand in `fields`."""
    found: list[str] = []
    path: list[str] = []
    last = ""
    for word in re.findall(r"\w+|[()]", _ASKABLE):
        if word == "(":
            path.append(last)
        elif word == ")":
            path.pop()
        else:
            last = word
            found.append(".".join([*path, word]))
    return frozenset(found)


def fields_for(paths: Sequence[str]) -> list[str]:
    """What to ask for these columns: each by the deepest path that may be asked, a date or code table whole; sorted.

    >>> fields_for(["geboorte.datum.datum", "naam.voornamen", "geheimhoudingPersoonsgegevens", "verblijfplaats.type"])
    ['geboorte.datum', 'naam.voornamen', 'verblijfplaats']
    """
    wanted = {path for path in paths if not _WITH_IT & set(path.split("."))}
    asked = {found for path in wanted if (found := _deepest(path))}
    for path in set(paths) - wanted:
        parent = path.rpartition(".")[0]
        if (
            parent
            and not AUTOMATIC & {path.split(".")[0]}
            and not any(found == parent or found.startswith(f"{parent}.") for found in asked)
        ):
            asked |= {found for found in [_deepest(parent)] if found}
    return sorted(asked)


def _deepest(path: str) -> str:
    parts = path.split(".")
    return next((found for end in range(len(parts), 0, -1) if (found := ".".join(parts[:end])) in askable()), "")


def exists(path: str) -> bool:
    """Whether the specification knows this path, or something below or just above it."""
    if path in askable() or path.split(".", maxsplit=1)[0] in AUTOMATIC or path.rsplit(".", maxsplit=1)[-1] in _WITH_IT:
        return True
    deepest = _deepest(path)
    below = path.removeprefix(f"{deepest}.") if deepest else path
    return (
        any(found.startswith(f"{path}.") for found in askable())
        or bool(deepest and (_WITH_IT | _MEMBERS) & {below.split(".")[0]})
        or deepest == "gezag"
    )


_MEMBERS = frozenset({"datum", "langFormaat", "onbekend", "jaar", "maand", "code", "omschrijving", "soort"})
"""What the objects of dates and code tables consist of."""


def at(record: Mapping[str, Any], path: str) -> Any:
    """What stands at a path, as a cell; None where nothing does."""
    value: Any = record
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return cell(value)


def cell(value: Any) -> Any:
    """A value as one cell: a date as far as it is known, a code by its description, anything larger as text.

    >>> cell({"type": "JaarMaandDatum", "jaar": 1980, "maand": 3}), cell({"code": "V", "omschrijving": "vrouw"})
    ('1980-03', 'vrouw')
    """
    if isinstance(value, dict):
        if _kind(value) in _AUTHORITY and isinstance(value.get("minderjarige"), dict):
            return _authority(value)
        return _date(value) if _kind(value) in _DATES else _object(value)
    if isinstance(value, list):
        return "\n".join(str(cell(item)) for item in value) or None
    return _iso(value) if isinstance(value, str) else value


def _kind(value: Mapping[str, Any]) -> str:
    kind = value.get("type")
    return kind if isinstance(kind, str) else ""


def _iso(text: str) -> Any:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return text or None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _date(value: Mapping[str, Any]) -> Any:
    match value.get("type"):
        case "Datum" if isinstance(value.get("datum"), str):
            return _iso(value["datum"])
        case "JaarMaandDatum" if isinstance(value.get("jaar"), int) and isinstance(value.get("maand"), int):
            return f"{value['jaar']:04}-{value['maand']:02}"
        case "JaarDatum" if isinstance(value.get("jaar"), int):
            return f"{value['jaar']:04}"
        case _:
            return cell(value.get("langFormaat"))


def _object(value: Mapping[str, Any]) -> Any:
    if value.keys() <= {"code", "omschrijving", "soort"}:
        return cell(value.get("omschrijving") or value.get("code"))
    return "; ".join(f"{readable(name)}: {inner}" for name, part in value.items() if (inner := cell(part)) is not None) or None


_AUTHORITY = frozenset(
    {"GezamenlijkOuderlijkGezag", "EenhoofdigOuderlijkGezag", "GezamenlijkGezag", "Voogdij", "TijdelijkGeenGezag", "GezagNietTeBepalen"}
)


def _authority(value: Mapping[str, Any]) -> str:
    """Who has the authority over a minor, in a sentence."""
    holders = [*_list(value.get("ouders")), value.get("ouder"), value.get("derde"), *_list(value.get("derden"))]
    who = text("authority", "and").join(_somebody(one) for one in holders if isinstance(one, dict)) or text("authority", "unknown")
    said = text("authority", str(value["type"]), who=who, child=_somebody(value["minderjarige"]))
    doubt = text("authority", "doubt") if value.get("inOnderzoek") else ""
    return " ".join(part for part in (said, str(value.get("toelichting") or ""), doubt) if part)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _somebody(one: Mapping[str, Any]) -> str:
    """Somebody by name, and in brackets what else is said of them."""
    name = one.get("naam")
    called = str(name.get("volledigeNaam") or "") if isinstance(name, dict) else ""
    number = text("authority", "number", number=one["burgerservicenummer"]) if one.get("burgerservicenummer") else ""
    age = text("authority", "age", age=one["leeftijd"]) if one.get("leeftijd") is not None else ""
    beside = ", ".join(part for part in (age, number) if part)
    if not called:
        return beside or text("authority", "unknown")
    return f"{called} ({beside})" if beside else called


def doubts(record: Mapping[str, Any]) -> str | None:
    """What of a person is under investigation and since when, a line for each group, wherever in the record it is said; None for nothing.

    >>> since = {"type": "Datum", "datum": "2026-05-04", "langFormaat": "4 mei 2026"}
    >>> doubts({"verblijfplaats": {"inOnderzoek": {"datumVan": True, "datumIngangOnderzoek": since}}})
    'Verblijfplaats: datum van (sinds 4 mei 2026)'
    """
    return "\n".join(_doubts(record, "")) or None


def _doubts(record: Mapping[str, Any], place: str) -> Iterator[str]:
    said = record.get("inOnderzoek")
    if isinstance(said, dict):
        what = ", ".join(readable(name).lower() for name, flag in said.items() if flag is True)
        since = ", ".join(dict.fromkeys(str(cell(day.get("langFormaat"))) for day in said.values() if isinstance(day, dict)))
        yield f"{readable(place) + ': ' if place else ''}{what}{' (' + text('authority', 'since', day=since) + ')' if since else ''}"
    elif said is True:
        yield readable(place) if place else text("authority", "doubt")
    for name, value in record.items():
        if isinstance(value, dict) and name != "inOnderzoek":
            yield from _doubts(value, f"{place}.{name}" if place else name)


def leaves(record: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """The paths of all that a record holds, dates and code tables as one; the `type` beside other members tells nothing by itself."""
    for name, value in record.items():
        here = f"{path}.{name}" if path else name
        if value is None or (name == "type" and len(record) > 1):
            continue
        whole = not isinstance(value, dict) or _kind(value) in _DATES or value.keys() <= {"code", "omschrijving", "soort"}
        yield from [here] if whole else leaves(value, here)

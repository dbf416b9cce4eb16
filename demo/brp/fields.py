"""Which paths may be asked for under `fields`, and an answer cut down to them.

The rules are those of the feature "fields" of the BRP API Personen: a path to a group gives all of it; a path into a date, a
coded value or the authority over a child gives the whole of that; `type` comes along with whatever has one; and what is
delivered automatically may not be asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

Tree = Mapping[str, "Tree"]
"""Names of fields with what stands under each."""


def _tree(names: str = "", *others: Tree, **groups: Tree) -> Tree:
    """Fields by name, with all of some other trees, and groups of fields."""
    taken = {name: under for other in others for name, under in other.items()}
    return MappingProxyType({**{name: MappingProxyType({}) for name in names.split()}, **taken, **groups})


_DATE = _tree("langFormaat type datum onbekend jaar maand")
_CODED = _tree("code omschrijving")
_TITLE = _tree("code omschrijving soort")
_NAME = _tree("geslachtsnaam voorletters voornamen voorvoegsel", adellijkeTitelPredicaat=_TITLE)
_BIRTH = _tree(datum=_DATE, land=_CODED, plaats=_CODED)
_HOLDER = _tree("burgerservicenummer")
_FORMAL = _tree("aanspreekvorm naam")
_INLAND: Tree = _tree(
    "huisletter huisnummer huisnummertoevoeging korteStraatnaam officieleStraatnaam postcode woonplaats locatiebeschrijving",
    aanduidingBijHuisnummer=_CODED,
)
_PLACE = _tree(
    "type adresseerbaarObjectIdentificatie nummeraanduidingIdentificatie", datumIngangGeldigheid=_DATE, datumVan=_DATE, functieAdres=_CODED
)

PERSON: Tree = _tree(
    "aNummer burgerservicenummer indicatieCurateleRegister leeftijd",
    adressering=_tree("adresregel1 adresregel2 adresregel3 aanhef gebruikInLopendeTekst", land=_CODED, aanschrijfwijze=_FORMAL),
    adresseringBinnenland=_tree("adresregel1 adresregel2 aanhef gebruikInLopendeTekst", aanschrijfwijze=_FORMAL),
    datumEersteInschrijvingGBA=_DATE,
    datumInschrijvingInGemeente=_DATE,
    europeesKiesrecht=_tree(aanduiding=_CODED, einddatumUitsluiting=_DATE),
    geboorte=_BIRTH,
    gemeenteVanInschrijving=_CODED,
    geslacht=_CODED,
    gezag=_tree("type", minderjarige=_HOLDER, ouders=_HOLDER, ouder=_HOLDER, derde=_HOLDER, derden=_HOLDER),
    immigratie=_tree(
        "indicatieVestigingVanuitBuitenland vanuitVerblijfplaatsOnbekend", datumVestigingInNederland=_DATE, landVanwaarIngeschreven=_CODED
    ),
    indicatieGezagMinderjarige=_CODED,
    kinderen=_tree("burgerservicenummer", geboorte=_BIRTH, naam=_NAME),
    naam=_tree("volledigeNaam", _NAME, aanduidingNaamgebruik=_CODED),
    nationaliteiten=_tree("type", redenOpname=_CODED, datumIngangGeldigheid=_DATE, nationaliteit=_CODED),
    ouders=_tree(
        "burgerservicenummer ouderAanduiding", datumIngangFamilierechtelijkeBetrekking=_DATE, geboorte=_BIRTH, geslacht=_CODED, naam=_NAME
    ),
    overlijden=_BIRTH,
    partners=_tree(
        "burgerservicenummer", aangaanHuwelijkPartnerschap=_BIRTH, geboorte=_BIRTH, geslacht=_CODED, naam=_NAME,
        ontbindingHuwelijkPartnerschap=_tree(datum=_DATE), soortVerbintenis=_CODED,
    ),
    uitsluitingKiesrecht=_tree("uitgeslotenVanKiesrecht", einddatum=_DATE),
    verblijfplaats=_tree("", _PLACE, verblijfadres=_tree("regel1 regel2 regel3", _INLAND, land=_CODED)),
    verblijfplaatsBinnenland=_tree("", _PLACE, verblijfadres=_INLAND),
    verblijfstitel=_tree(aanduiding=_CODED, datumEinde=_DATE, datumIngang=_DATE),
)  # fmt: skip
"""What may be asked about a person who is consulted by BSN."""

FOUND: Tree = _tree(
    "burgerservicenummer leeftijd",
    adressering=_tree("adresregel1 adresregel2 adresregel3", land=_CODED),
    adresseringBinnenland=_tree("adresregel1 adresregel2"),
    geboorte=_tree(datum=_DATE),
    geslacht=_CODED,
    naam=_tree("volledigeNaam", _NAME),
)
"""What may be asked about people who are searched for."""

FOUND_WITH_AUTHORITY: Tree = _tree("", FOUND, gezag=PERSON["gezag"])
"""As `FOUND`, and the authority over children: only where an addressable object is searched."""

AUTOMATIC = frozenset({"geheimhoudingPersoonsgegevens", "inOnderzoek", "opschortingBijhouding", "rni", "verificatie"})
"""What is delivered whether asked for or not, and may not be asked for."""

_WHOLE = (_DATE, _CODED, _TITLE, PERSON["gezag"])
_ALIAS = {"verblijfplaatsBinnenland": "verblijfplaats", "adresseringBinnenland": "adressering"}


def paths(tree: Tree, before: str = "") -> list[str]:
    """Every path that may be asked for, groups included."""
    return [path for name, under in tree.items() for path in (before + name, *paths(under, f"{before}{name}."))]


def cut(person: Mapping[str, Any], asked: Iterable[str], tree: Tree) -> dict[str, Any]:
    """The person with only what was asked for, and what comes along automatically. Each path must be one of `paths(tree)`."""
    chosen: dict[str, Any] = {}
    for path in asked:
        _choose(chosen, _resolved(path.split("."), tree))
    answer = _pick(person, chosen)
    return {name: value for name, value in {**answer, **_automatic(person)}.items() if value not in ({}, None)}


def _automatic(person: Mapping[str, Any]) -> dict[str, Any]:
    return {name: person[name] for name in sorted(AUTOMATIC - {"inOnderzoek"}) if name in person}


def _resolved(names: list[str], tree: Tree) -> list[str]:
    """The path up to the first group that is only given whole, under the name that the answer uses."""
    under = tree
    for depth, name in enumerate(names, 1):
        under = under[name]
        if any(under is whole for whole in _WHOLE):
            names = names[:depth]
            break
    return [_ALIAS.get(names[0], names[0]), *names[1:]]


def _choose(chosen: dict[str, Any], names: list[str]) -> None:
    """Add a path; an empty mapping stands for all that is under a name, and is never narrowed again."""
    for depth, name in enumerate(names):
        if name in chosen and not chosen[name]:
            return
        if depth == len(names) - 1:
            chosen[name] = {}
        chosen = chosen.setdefault(name, {})


def _pick(value: Any, chosen: Mapping[str, Any]) -> Any:
    if not chosen:
        return value
    if isinstance(value, list):
        return [_pick(item, chosen) for item in value]
    picked = {name: _pick(value[name], under) for name, under in chosen.items() if name in value}
    picked = {name: part for name, part in picked.items() if part != {}}
    if "type" in value:
        picked["type"] = value["type"]
    return {**picked, **_doubted(value, picked)}


def _doubted(value: Mapping[str, Any], picked: Mapping[str, Any]) -> dict[str, Any]:
    """What of the picked fields is under investigation, with the day since when."""
    doubts = {name: doubt for name, doubt in value.get("inOnderzoek", {}).items() if name in picked}
    since = {name: day for name, day in value.get("inOnderzoek", {}).items() if name.startswith("datumIngangOnderzoek")}
    return {"inOnderzoek": {**doubts, **since}} if doubts else {}

"""The natural person (NPS) of StUF-BG 3.10 in outline: which elements may be asked for, in the order of the sector model."""

from __future__ import annotations

import re
from types import MappingProxyType

from connectors.structured.paths import Path


def _paths(text: str) -> tuple[Path, ...]:
    return tuple(tuple(word.split("/")) for word in text.split())


PERSON = _paths(
    """inp.bsn inp.a-nummer geslachtsnaam voorvoegselGeslachtsnaam voorletters voornamen aanduidingNaamgebruik geslachtsnaamPartner
    voorvoegselGeslachtsnaamPartner aanhefAanschrijving voornamenAanschrijving geslachtsnaamAanschrijving adellijkeTitelPredikaat
    geslachtsaanduiding geboortedatum inp.geboorteplaats inp.geboorteLand overlijdensdatum inp.overlijdenplaats inp.overlijdenLand
    verblijfsadres/aoa.identificatie verblijfsadres/wpl.identificatie verblijfsadres/wpl.woonplaatsNaam
    verblijfsadres/gor.openbareRuimteNaam verblijfsadres/gor.straatnaam verblijfsadres/aoa.postcode verblijfsadres/aoa.huisnummer
    verblijfsadres/aoa.huisletter
    verblijfsadres/aoa.huisnummertoevoeging verblijfsadres/inp.locatiebeschrijving verblijfsadres/begindatumVerblijf
    sub.verblijfBuitenland/lnd.landcode sub.verblijfBuitenland/lnd.landnaam sub.verblijfBuitenland/sub.adresBuitenland1
    sub.verblijfBuitenland/sub.adresBuitenland2 sub.verblijfBuitenland/sub.adresBuitenland3 sub.telefoonnummer sub.faxnummer
    sub.emailadres sub.url inp.burgerlijkeStaat inp.gemeenteVanInschrijving inp.datumInschrijving inp.datumVertrekUitNederland
    inp.datumVestigingInNederland inp.immigratieLand inp.aanduidingBijzonderNederlanderschap inp.signaleringReisdocument
    inp.indicatieCurateleRegister inp.indicatieGezagMinderjarige inp.indicatieGeheim inOnderzoek"""
)
"""Leaves of the person, as the published messages have them and the sector model orders them."""

RELATED = _paths(
    """inp.bsn geslachtsnaam voorvoegselGeslachtsnaam voorletters voornamen voornamenAanschrijving geslachtsnaamAanschrijving
    geslachtsaanduiding geboortedatum inp.geboorteplaats inp.geboorteLand overlijdensdatum"""
)
"""Leaves of a related person."""

RELATIONS = MappingProxyType(
    {"inp.heeftAlsEchtgenootPartner": "NPSNPSHUW", "inp.heeftAlsKinderen": "NPSNPSKND", "inp.heeftAlsOuders": "NPSNPSOUD"}
)
"""Relations to other persons, and their type of entity, in the order of the sector model."""

TABLES = MappingProxyType(
    {
        "persoon": "", "nps": "", "npsla01": "", "npslv01": "", "natuurlijkpersoon": "", "object": "", "personen": "", "": "",
        "partners": "inp.heeftAlsEchtgenootPartner", "partner": "inp.heeftAlsEchtgenootPartner",
        "echtgenootpartner": "inp.heeftAlsEchtgenootPartner", "npsnpshuw": "inp.heeftAlsEchtgenootPartner",
        "huwelijken": "inp.heeftAlsEchtgenootPartner", "kinderen": "inp.heeftAlsKinderen", "kind": "inp.heeftAlsKinderen",
        "npsnpsknd": "inp.heeftAlsKinderen", "ouders": "inp.heeftAlsOuders", "ouder": "inp.heeftAlsOuders",
        "npsnpsoud": "inp.heeftAlsOuders",
    }
)  # fmt: skip
"""What `table` may call the person ("") and each relation; the name of the element itself will do too."""

_PREFIXES = frozenset({"inp", "sub", "aoa", "gor", "wpl", "lnd", "nat", "acd", "rsd", "tst"})


def spelled_out(name: str) -> Path:
    """A name that the outline does not know as a path of elements: `inp.`, `aoa.` and the like belong to what follows.

    >>> spelled_out("verblijfsadres.aoa.postcode"), spelled_out("inp.aNummer")
    (('verblijfsadres', 'aoa.postcode'), ('inp.aNummer',))
    """
    steps: list[str] = []
    for word in re.split(r"[./]", name):
        if steps and steps[-1] in _PREFIXES:
            steps[-1] = f"{steps[-1]}.{word}"
        else:
            steps.append(word)
    return tuple(steps)

"""The exchange model of DDAS 1.0 in outline: the records of a trajectory and their leaves. A test compares it with the schema."""

from __future__ import annotations

from types import MappingProxyType

from connectors.structured.paths import Path


def _paths(text: str) -> tuple[Path, ...]:
    return tuple(tuple(word.split("/")) for word in text.split())


TRAJECT = _paths(
    """einddatum omschrijving startdatum toekenningsdatum totaalSchuldbedragBijAanvangSchuld gemeentecode aanmelding/crisisinterventie
    aanmelding/einddatum aanmelding/startdatum informatieEnAdvies/einddatum informatieEnAdvies/startdatum intake/beschikkingsdatum
    intake/beschikkingssoort intake/einddatum intake/startdatum nazorg/einddatum nazorg/startdatum oplossing/einddatum oplossing/soort
    oplossing/startdatum oplossing/vtlb planVanAanpak/datumAfronding schuldregeling/afgewezen schuldregeling/datum
    schuldregeling/datumVerzoekDwangakkoord schuldregeling/dwangakkoord schuldregeling/ingetrokken schuldregeling/toegekend uitstroom/datum
    uitstroom/datumBeeindigingsbeschikking uitstroom/omschrijving uitstroom/reden stabilisatie/einddatum stabilisatie/startdatum"""
)

_PERIOD = "einddatum startdatum"

RECORDS = MappingProxyType(
    {
        "schuldhulptrajecten": TRAJECT,
        "client": _paths("Burgerservicenummer Geboortedatum Geslachtsaanduiding Postcode Huisnummer Huisnummertoevoeging"),
        "begeleiding": _paths(f"soort {_PERIOD}"),
        "crisisinterventies": _paths(_PERIOD),
        "moratoria": _paths(f"datumAanvraag datumGoedkeuring {_PERIOD}"),
        "schulden": _paths(
            """bedrag peildatum schuldsoort zakelijkeSchuld schuldeiser/naam schuldeiser/kvknummer schuldeiser/Naam schuldeiser/postcode
            schuldeiser/privepersoon"""
        ),
        "voorlopigeVoorzieningen": _paths(_PERIOD),
        "contactpersonen": _paths("email functietitel naam telefoonnummer"),
    }
)
"""Lists of objects, which are rows of their own, by the name of the list."""

ORGANISATION = tuple(("aanleverende_organisatie", name) for name in ("(Statutaire) Naam", "KvK-nummer", "postcode", "gemeentecode"))

DELIVERY = (*_paths("startdatumLevering einddatumLevering aanleverdatumEnTijd codeGegevensleverancier teller"), *ORGANISATION)
"""What stands above the trajectories, for everybody in a file alike."""

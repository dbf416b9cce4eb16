"""Cases as they are told, made into records of the APIs: whole objects, with the addresses by which they refer to each other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from demo.apis.lists import HERE, Json, uuid_of

Told = Mapping[str, Any]
People = Callable[[str], Mapping[str, str]]
"""What a role says of somebody, by how the story calls them: `inpBsn`, `geslachtsnaam`, ..."""

RSIN = "823807071"  # passes the check of an RSIN, and is nobody's as far as we know

_ZTC = f"{HERE}/catalogi/api/v1"

_PERSON = {
    "inpBsn": "", "anpIdentificatie": "", "inpA_nummer": "", "geslachtsnaam": "", "voorvoegselGeslachtsnaam": "", "voorletters": "",
    "voornamen": "", "geslachtsaanduiding": "", "geboortedatum": "", "verblijfsadres": None, "subVerblijfBuitenland": None,
}  # fmt: skip
_GENERIC = {"Aanvrager": "initiator", "Behandelaar": "behandelaar", "Medeaanvrager": "mede_initiator", "Adviseur": "adviseur"}


def store(cases: Sequence[Told], people: People, rights: Sequence[Told]) -> Json:
    """Everything by table. A case names its type, roles, statuses, properties, documents with their versions, decisions and notes."""
    made: Json = {
        "zaken": [], "rollen": [], "statussen": [], "substatussen": [], "resultaten": [], "zaakobjecten": [], "zaaknotities": [],
        "klantcontacten": [], "zaakinformatieobjecten": [], "zaakcontactmomenten": [], "zaakverzoeken": [], "besluiten": [],
        "besluitinformatieobjecten": [], "documenten": [], "verzendingen": [], "gebruiksrechten": [], "zaaktypen": [], "roltypen": [],
        "statustypen": [], "resultaattypen": [], "eigenschaptypen": [], "informatieobjecttypen": [], "besluittypen": [],
        "zaakeigenschappen": [], "zaakbesluiten": [], "audittrail": [], "inhoud": {}, "applicaties": [],
    }  # fmt: skip
    for told in cases:
        _case(_Maker(made, people), told)
    for right in rights:
        made["applicaties"].append({"url": _at("autorisaties/api/v1/applicaties", right["client"]), **_right(right)})
    return made


def _right(right: Told) -> Json:
    given = [
        {
            "component": "zrc",
            "scopes": ["zaken.lezen"],
            "maxVertrouwelijkheidaanduiding": right["tot"],
            "zaaktype": _type("zaaktypen", name),
        }
        for name in right.get("zaaktypen", ())
    ]
    return {
        "clientIds": [right["client"]],
        "label": right["label"],
        "heeftAlleAutorisaties": not given,
        "autorisaties": given,
    }


class _Maker:
    """What is made so far."""

    def __init__(self, made: Json, people: People) -> None:
        self.made, self.people = made, people

    def type_of(self, kind: str, name: str, case_type: str = "") -> str:
        """The address of a type, made where it is not there yet."""
        url = _type(kind, f"{case_type} {name}".strip())
        if not any(one["url"] == url for one in self.made[kind]):
            self.made[kind].append({"url": url, **_type_of(kind, name, case_type)})
        return url

    def add(self, table: str, url: str, **facts: Any) -> str:
        """Keep a record."""
        self.made[table].append({"url": url, **facts})
        return url

    def seen(self, url: str, api: str, resource: str, looks: Sequence[Told]) -> None:
        """Keep who did what with a record, and when."""
        for look in looks:
            self.made["audittrail"].append(
                {
                    "uuid": uuid_of(url, look["op"], look["actie"]), "bron": api, "applicatieId": uuid_of(look["met"]),
                    "applicatieWeergave": look["met"], "gebruikersId": look["id"], "gebruikersWeergave": look["wie"],
                    "actie": look["actie"], "actieWeergave": _ACTIONS[look["actie"]], "resultaat": 200, "hoofdObject": url,
                    "resource": resource, "resourceUrl": url, "toelichting": look.get("waarom", ""),
                    "resourceWeergave": look.get("weergave", ""), "aanmaakdatum": look["op"],
                    "wijzigingen": {"oud": None, "nieuw": None},
                }
            )  # fmt: skip


_ACTIONS = {
    "create": "Object aangemaakt", "list": "Lijst van objecten opgehaald", "retrieve": "Object opgehaald",
    "update": "Object bijgewerkt", "partial_update": "Object deels bijgewerkt",
}  # fmt: skip


def _at(path: str, *names: object) -> str:
    return f"{HERE}/{path}/{uuid_of(path, *names)}"


def _type(kind: str, name: str) -> str:
    path = "eigenschappen" if kind == "eigenschaptypen" else kind
    return f"{_ZTC}/{path}/{uuid_of(kind, name)}"


_CATALOGUE = f"{_ZTC}/catalogussen/{uuid_of('catalogus')}"
_TIME = {"beginGeldigheid": "2020-01-01", "eindeGeldigheid": None, "beginObject": "2020-01-01", "eindeObject": None}
_OPEN = {"concept": False, "catalogus": _CATALOGUE, **_TIME}
_KINDS: Mapping[str, Json] = {
    "zaaktypen": {
        **_OPEN, "aanleiding": "Een vraag", "doel": "De vraag afhandelen", "doorlooptijd": "P56D", "handelingBehandelaar": "Behandelen",
        "handelingInitiator": "Aanvragen", "indicatieInternOfExtern": "extern", "onderwerp": "Vraag", "besluittypen": [],
        "eigenschappen": [], "gerelateerdeZaaktypen": [], "informatieobjecttypen": [], "resultaattypen": [], "roltypen": [],
        "statustypen": [], "zaakobjecttypen": [], "productenOfDiensten": [], "opschortingEnAanhoudingMogelijk": False,
        "publicatieIndicatie": False, "referentieproces": {"naam": "Vraag", "link": ""}, "verantwoordelijke": RSIN,
        "verlengingMogelijk": False, "versiedatum": "2020-01-01", "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
    },
    "statustypen": {"catalogus": _CATALOGUE, **_TIME, "eigenschappen": [], "isEindstatus": False, "volgnummer": 1, "zaakobjecttypen": []},
    "resultaattypen": {
        "catalogus": _CATALOGUE, **_TIME, "besluittypeOmschrijving": [], "informatieobjecttypeOmschrijving": [],
        "resultaattypeomschrijving": f"{_ZTC}/omschrijvingen/1", "selectielijstklasse": f"{_ZTC}/selectielijst/1",
    },
    "roltypen": {"catalogus": _CATALOGUE, **_TIME},
    "informatieobjecttypen": {
        **_OPEN, "besluittypen": [], "zaaktypen": [], "informatieobjectcategorie": "stukken",
        "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
    },
    "besluittypen": {
        **_OPEN, "informatieobjecttypen": [], "publicatieIndicatie": False, "resultaattypen": [], "resultaattypenOmschrijving": [],
        "vastgelegdIn": [], "zaaktypen": [],
    },
    "eigenschaptypen": {
        "catalogus": _CATALOGUE, **_TIME,
        "specificatie": {"groep": "", "formaat": "tekst", "lengte": "50", "kardinaliteit": "1", "waardenverzameling": []},
    },
}  # fmt: skip
"""The members that every type of a kind has, beside its name."""


def _type_of(kind: str, name: str, case_type: str) -> Json:
    belongs = {"zaaktype": _type("zaaktypen", case_type), "zaaktypeIdentificatie": uuid_of(case_type)[:8]} if case_type else {}
    if kind == "eigenschaptypen":
        return {**_KINDS[kind], **belongs, "naam": name, "definitie": name}
    generic = _GENERIC.get(name, "belanghebbende") if kind == "roltypen" else ""
    return {**_KINDS[kind], **belongs, "identificatie": uuid_of(name)[:8], "omschrijving": name, "omschrijvingGeneriek": generic}


def _case(make: _Maker, told: Told) -> None:
    url, number, kind = _at("zaken/api/v1/zaken", told["zaak"]), told["zaak"], told["type"]
    roles = [_role(make, url, kind, role) for role in told["rollen"]]
    papers = [_paper(make, url, number, place, paper) for place, paper in enumerate(told.get("documenten", ()))]
    states = [_state(make, url, kind, state) for state in told.get("statussen", ())]
    facts = [_fact(make, url, kind, name, value) for name, value in told.get("eigenschappen", {}).items()]
    result = _result(make, url, kind, told["resultaat"]) if told.get("resultaat") else None
    for decision in told.get("besluiten", ()):
        _decision(make, url, number, decision, papers)
    _said(make, url, told)
    make.seen(url, "zrc", "zaak", told.get("bekeken", ()))
    make.add(
        "zaken", url, uuid=url.rpartition("/")[2], identificatie=number, bronorganisatie=RSIN, omschrijving=told["omschrijving"],
        toelichting=told.get("toelichting", ""), zaaktype=make.type_of("zaaktypen", kind), registratiedatum=told["start"],
        verantwoordelijkeOrganisatie=RSIN, startdatum=told["start"], einddatum=told.get("eind"), einddatumGepland=None,
        uiterlijkeEinddatumAfdoening=None, publicatiedatum=None, laatstGemuteerd=f"{told.get('eind') or told['start']}T10:00:00Z",
        laatstGeopend=None, communicatiekanaal="", communicatiekanaalNaam=told.get("kanaal", ""), productenOfDiensten=[],
        vertrouwelijkheidaanduiding=told.get("vertrouwelijkheid", "zaakvertrouwelijk"), betalingsindicatie="",
        betalingsindicatieWeergave="", laatsteBetaaldatum=None, zaakgeometrie=None, verlenging=None,
        opschorting={"indicatie": False, "eerdereOpschorting": False, "reden": ""}, selectielijstklasse="", hoofdzaak=None, deelzaken=[],
        relevanteAndereZaken=[], gerelateerdeZaken=[], eigenschappen=facts, rollen=roles, status=states[-1] if states else None,
        zaakinformatieobjecten=[one["relatie"] for one in papers], zaakobjecten=[], kenmerken=[], archiefnominatie=None,
        archiefstatus="nog_te_archiveren", archiefactiedatum=None, resultaat=result, opdrachtgevendeOrganisatie="", processobjectaard="",
        startdatumBewaartermijn=None,
        processobject={"datumkenmerk": "", "identificatie": "", "objecttype": "", "registratie": ""},
    )  # fmt: skip


def _role(make: _Maker, case: str, kind: str, told: Told) -> str:
    url = _at("zaken/api/v1/rollen", case, told["rol"], told.get("wie") or told.get("naam"))
    role, identity = _identity(make, told)
    return make.add(
        "rollen", url, uuid=url.rpartition("/")[2], zaak=case, betrokkene="", betrokkeneType=role, afwijkendeNaamBetrokkene="",
        roltype=make.type_of("roltypen", told["rol"], kind), omschrijving=told["rol"],
        omschrijvingGeneriek=_GENERIC.get(told["rol"], "belanghebbende"), roltoelichting=told.get("toelichting", told["rol"]),
        registratiedatum="2024-01-01T09:00:00Z", indicatieMachtiging="",
        contactpersoonRol={"emailadres": "", "functie": "", "telefoonnummer": "", "naam": ""}, statussen=[], beginGeldigheid=None,
        eindeGeldigheid=None, betrokkeneIdentificatie=identity, authenticatieContext=None,
    )  # fmt: skip


def _identity(make: _Maker, told: Told) -> tuple[str, Json]:
    """Whose the role is: of somebody in town, of somebody who works for the gemeente, or of an organisation."""
    if told.get("wie"):
        return "natuurlijk_persoon", {**_PERSON, **make.people(told["wie"])}
    if told["rol"] == "Behandelaar":
        first, _, last = told["naam"].partition(" ")
        return "medewerker", {
            "identificatie": uuid_of(told["naam"])[:8],
            "achternaam": last,
            "voorletters": f"{first[0]}.",
            "voorvoegselAchternaam": "",
        }
    return "niet_natuurlijk_persoon", {
        "innNnpId": "", "annIdentificatie": uuid_of(told["naam"])[:16], "kvkNummer": "", "vestigingsNummer": "",
        "statutaireNaam": told["naam"], "innRechtsvorm": "", "bezoekadres": "", "subVerblijfBuitenland": None,
    }  # fmt: skip


def _state(make: _Maker, case: str, kind: str, told: Told) -> str:
    url = _at("zaken/api/v1/statussen", case, told["op"])
    return make.add(
        "statussen", url, uuid=url.rpartition("/")[2], zaak=case, statustype=make.type_of("statustypen", told["status"], kind),
        datumStatusGezet=told["op"], statustoelichting=told.get("toelichting", ""), indicatieLaatstGezetteStatus=False, gezetdoor=None,
        zaakinformatieobjecten=[],
    )  # fmt: skip


def _fact(make: _Maker, case: str, kind: str, name: str, value: str) -> str:
    url = f"{case}/zaakeigenschappen/{uuid_of(case, name)}"
    kept = make.type_of("eigenschaptypen", name, kind)
    return make.add("zaakeigenschappen", url, uuid=url.rpartition("/")[2], zaak=case, eigenschap=kept, naam=name, waarde=value)


def _result(make: _Maker, case: str, kind: str, told: str) -> str:
    url = _at("zaken/api/v1/resultaten", case)
    kept = make.type_of("resultaattypen", told, kind)
    return make.add("resultaten", url, uuid=url.rpartition("/")[2], zaak=case, resultaattype=kept, toelichting="")


def _paper(make: _Maker, case: str, number: str, place: int, told: Told) -> Json:
    """A document at each of its versions, and that it belongs to the case."""
    url = _at("documenten/api/v1/enkelvoudiginformatieobjecten", number, place)
    for version, text in enumerate(told["versies"], 1):
        data = text if isinstance(text, bytes) else text.encode()
        make.made["inhoud"][f"{url} {version}"] = data.hex()
        make.made["documenten"].append({"url": url, **_version(make, url, number, place, told, version, data)})
    make.seen(url, "drc", "enkelvoudiginformatieobject", told.get("bekeken", ()))
    for sent in told.get("verzonden", ()):
        make.made["verzendingen"].append(_sent(url, sent))
    relation = _at("zaken/api/v1/zaakinformatieobjecten", number, place)
    make.add(
        "zaakinformatieobjecten", relation, uuid=relation.rpartition("/")[2], informatieobject=url, zaak=case,
        aardRelatieWeergave="Hoort bij, omgekeerd: kent", titel="", beschrijving="", registratiedatum=f"{told['dag']}T09:00:00Z",
        vernietigingsdatum=None, status=None,
    )  # fmt: skip
    return {"relatie": relation, "document": url}


def _version(make: _Maker, url: str, number: str, place: int, told: Told, version: int, data: bytes) -> Json:  # noqa: PLR0917 (one value a fact)
    return {
        "identificatie": f"DOCUMENT-{number}-{place + 1}", "bronorganisatie": RSIN, "creatiedatum": told["dag"], "titel": told["titel"],
        "vertrouwelijkheidaanduiding": told.get("vertrouwelijkheid", "zaakvertrouwelijk"), "auteur": told["auteur"], "status": "",
        "formaat": told.get("formaat", "text/plain"), "taal": "nld", "versie": version,
        "beginRegistratie": f"{told['dag']}T09:{version:02}:00Z",
        "bestandsnaam": told["bestand"], "inhoud": f"{url}/download?versie={version}", "bestandsomvang": len(data), "link": "",
        "beschrijving": told.get("beschrijving", ""), "ontvangstdatum": None, "verzenddatum": told.get("verzenddatum"),
        "indicatieGebruiksrecht": None, "verschijningsvorm": "", "ondertekening": None,
        "integriteit": {"algoritme": "sha_256", "waarde": hashlib.sha256(data).hexdigest(), "datum": told["dag"]},
        "informatieobjecttype": make.type_of("informatieobjecttypen", told["soort"]), "locked": False, "bestandsdelen": [],
        "trefwoorden": [],
    }  # fmt: skip


def _sent(document: str, told: Told) -> Json:
    return {
        "url": _at("documenten/api/v1/verzendingen", document, told["op"]), "betrokkene": "", "informatieobject": document,
        "aardRelatie": "geadresseerde", "toelichting": told.get("waarom", ""), "ontvangstdatum": None, "verzenddatum": told["op"],
        "contactPersoon": "", "contactpersoonnaam": told["aan"], "binnenlandsCorrespondentieadres": None,
        "buitenlandsCorrespondentieadres": None, "correspondentiePostadres": None, "faxnummer": "", "emailadres": "",
        "mijnOverheid": False, "telefoonnummer": "",
    }  # fmt: skip


def _decision(make: _Maker, case: str, number: str, told: Told, papers: Sequence[Json]) -> None:
    url = _at("besluiten/api/v1/besluiten", number, told["datum"])
    make.add(
        "besluiten", url, identificatie=f"B-{number}", verantwoordelijkeOrganisatie=RSIN,
        besluittype=make.type_of("besluittypen", told["type"]), zaak=case, datum=told["datum"], toelichting=told.get("toelichting", ""),
        bestuursorgaan="college", ingangsdatum=told.get("ingang", told["datum"]), vervaldatum=told.get("vervalt"), vervalreden="",
        vervalredenWeergave="", publicatiedatum=None, verzenddatum=told["datum"], uiterlijkeReactiedatum=None,
    )  # fmt: skip
    below = f"{case}/besluiten/{uuid_of(url)}"
    make.made["zaakbesluiten"].append({"url": below, "uuid": below.rpartition("/")[2], "besluit": url})
    for place in told.get("documenten", ()):
        link = _at("besluiten/api/v1/besluitinformatieobjecten", url, place)
        make.add("besluitinformatieobjecten", link, informatieobject=papers[place]["document"], besluit=url)


def _said(make: _Maker, case: str, told: Told) -> None:
    """Notes that somebody made, and contacts that were had."""
    for note in told.get("notities", ()):
        make.add(
            "zaaknotities", _at("zaken/api/v1/zaaknotities", case, note["op"]), onderwerp=note["onderwerp"], tekst=note["tekst"],
            aangemaaktDoor=note["door"], notitieType="intern", status="definitief", aanmaakdatum=note["op"], wijzigingsdatum=note["op"],
            gerelateerdAan=case,
        )  # fmt: skip
    for contact in told.get("contacten", ()):
        url = _at("zaken/api/v1/klantcontacten", case, contact["op"])
        make.add(
            "klantcontacten", url, uuid=url.rpartition("/")[2], zaak=case, identificatie=f"KC-{uuid_of(url)[:8]}",
            datumtijd=contact["op"], kanaal=contact["kanaal"], onderwerp=contact["onderwerp"], toelichting=contact["tekst"],
        )  # fmt: skip

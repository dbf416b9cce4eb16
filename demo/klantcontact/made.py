"""Contacts as they are told, made into records of the Klantinteracties API that refer to each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from demo.apis.lists import HERE, Json, uuid_of

Told = Mapping[str, Any]

_PATHS = (
    "partijen", "partij-identificatoren", "klantcontacten", "betrokkenen", "digitaleadressen", "internetaken", "bijlagen",
    "onderwerpobjecten", "actorklantcontacten", "actoren", "rekeningnummers", "categorie-relaties", "categorieen", "vertegenwoordigingen",
)  # fmt: skip
_NO_ADDRESS = {
    "nummeraanduidingId": "", "straatnaam": "", "huisnummer": None, "huisnummertoevoeging": "", "postcode": "", "stad": "",
    "adresregel1": "", "adresregel2": "", "adresregel3": "", "land": "",
}  # fmt: skip


def reference(path: str, *names: object) -> Json:
    """The uuid and address of a record."""
    uuid = uuid_of(path, *names)
    return {"uuid": uuid, "url": f"{HERE}/klantinteracties/api/v1/{path}/{uuid}"}


def store(people: Sequence[Told], contacts: Sequence[Told]) -> Json:
    """Everything by path. A person has `bsn`, a name and digital addresses; a contact who was there and what it led to."""
    made: Json = {path: [] for path in _PATHS}
    for number, person in enumerate(people, 1):
        _party(made, number, person)
    for contact in contacts:
        _contact(made, contact, {person["bsn"]: person for person in people})
    _complete(made)
    return made


def _party(made: Json, number: int, told: Told) -> None:
    party = reference("partijen", told["bsn"])
    identified = {
        **reference("partij-identificatoren", told["bsn"]), "identificeerdePartij": party, "anderePartijIdentificator": "",
        "partijIdentificator": {
            "codeObjecttype": "natuurlijk_persoon", "codeSoortObjectId": "bsn", "objectId": told["bsn"], "codeRegister": "brp",
        },
        "subIdentificatorVan": None,
    }  # fmt: skip
    made["partij-identificatoren"].append(identified)
    name = {part: told.get(part, "") for part in ("voorletters", "voornaam", "voorvoegselAchternaam", "achternaam")}
    made["partijen"].append(
        {
            **party, "nummer": f"{number:010}", "interneNotitie": told.get("notitie", ""), "betrokkenen": [], "categorieRelaties": [],
            "digitaleAdressen": [_address(made, told["bsn"], kind, value, party=party) for kind, value in told.get("adressen", ())],
            "voorkeursDigitaalAdres": None, "vertegenwoordigden": [], "rekeningnummers": [], "voorkeursRekeningnummer": None,
            "partijIdentificatoren": [identified], "soortPartij": "persoon", "indicatieGeheimhouding": bool(told.get("geheim")),
            "voorkeurstaal": "nld", "indicatieActief": True, "bezoekadres": _NO_ADDRESS, "correspondentieadres": _NO_ADDRESS,
            "partijIdentificatie": {
                "contactnaam": name, "volledigeNaam": " ".join(name[part] for part in name if part != "voorletters" and name[part]),
            },
        }
    )  # fmt: skip


def _address(made: Json, owner: str, kind: str, value: str, **by: Json) -> Json:
    place, party = by.get("place"), by.get("party")
    kept = reference("digitaleadressen", owner, value, bool(place))
    made["digitaleadressen"].append(
        {
            **kept, "verstrektDoorBetrokkene": place, "verstrektDoorPartij": party, "adres": value, "soortDigitaalAdres": kind,
            "isStandaardAdres": False, "omschrijving": "", "referentie": "", "verificatieDatum": None,
        }
    )  # fmt: skip
    return kept


def _contact(made: Json, told: Told, people: Mapping[str, Told]) -> None:
    contact = reference("klantcontacten", told["nummer"])
    made["klantcontacten"].append(
        {
            **contact, "gingOverOnderwerpobjecten": [], "hadBetrokkenActoren": [], "omvatteBijlagen": [], "hadBetrokkenen": [],
            "leiddeTotInterneTaken": [], "nummer": told["nummer"], "referentienummer": "", "kanaal": told["kanaal"],
            "onderwerp": told["onderwerp"], "inhoud": told["inhoud"], "reactie": told.get("reactie", ""), "indicatieContactGelukt": True,
            "hoofdOnderwerpType": "", "verdereActieOndernomen": False,
            "taal": "nld", "vertrouwelijk": bool(told.get("vertrouwelijk")), "plaatsgevondenOp": told["op"], "metadata": {},
        }
    )  # fmt: skip
    for place in told["betrokkenen"]:
        _present(made, contact, place, people)
    for name in told.get("medewerkers", ()):
        made["actorklantcontacten"].append(
            {**reference("actorklantcontacten", told["nummer"], name), "actor": _actor(made, name), "klantcontact": contact}
        )
    for task in told.get("taken", ()):
        _task(made, contact, told["nummer"], task)
    for attached in told.get("bijlagen", ()):
        made["bijlagen"].append(
            {**reference("bijlagen", told["nummer"], attached), "wasBijlageVanKlantcontact": contact,
             "bijlageidentificator": _object(attached, "enkelvoudiginformatieobject", "openzaak", "uuid")}
        )  # fmt: skip
    for about, kind in told.get("over", ()):
        made["onderwerpobjecten"].append(
            {**reference("onderwerpobjecten", told["nummer"], about), "klantcontact": contact, "wasKlantcontact": None,
             "onderwerpobjectidentificator": _object(about, kind, "brp" if kind == "natuurlijk_persoon" else "openzaak",
                                                     "bsn" if kind == "natuurlijk_persoon" else "uuid")}
        )  # fmt: skip


def _object(identifier: str, kind: str, register: str, sort: str) -> Json:
    return {"objectId": identifier, "codeObjecttype": kind, "codeRegister": register, "codeSoortObjectId": sort}


def _present(made: Json, contact: Json, told: Told, people: Mapping[str, Told]) -> None:
    known = people.get(told.get("bsn", ""), told)
    name = {part: known.get(part, "") for part in ("voorletters", "voornaam", "voorvoegselAchternaam", "achternaam")}
    place = reference("betrokkenen", contact["uuid"], known.get("bsn", ""), name["achternaam"])
    given = [_address(made, place["uuid"], kind, value, place=place) for kind, value in told.get("adressen", ())]
    made["betrokkenen"].append(
        {
            **place, "wasPartij": reference("partijen", known["bsn"]) if known.get("bsn") in people else None, "hadKlantcontact": contact,
            "digitaleAdressen": given, "bezoekadres": _NO_ADDRESS, "correspondentieadres": _NO_ADDRESS, "contactnaam": name,
            "volledigeNaam": " ".join(value for part, value in name.items() if value and part != "voorletters"),
            "rol": told.get("rol", "klant"), "organisatienaam": told.get("organisatie", ""),
            "initiator": told.get("rol", "klant") == "klant",
        }
    )  # fmt: skip


def _actor(made: Json, name: str) -> Json:
    actor = reference("actoren", name)
    if not any(one["uuid"] == actor["uuid"] for one in made["actoren"]):
        made["actoren"].append(
            {**actor, "naam": name, "soortActor": "medewerker", "indicatieActief": True,
             "actoridentificator": None,
             "actorIdentificatie": {"functie": "Klantcontactmedewerker", "emailadres": "", "telefoonnummer": ""}}
        )  # fmt: skip
    return actor


def _task(made: Json, contact: Json, number: str, told: Told) -> None:
    actor = _actor(made, told["aan"])
    made["internetaken"].append(
        {
            **reference("internetaken", number, told["handeling"]), "nummer": uuid_of("taak", number, told["handeling"])[:10],
            "referentienummer": "", "gevraagdeHandeling": told["handeling"], "aanleidinggevendKlantcontact": contact,
            "toegewezenAanActor": actor, "toegewezenAanActoren": [actor], "toelichting": told.get("toelichting", ""),
            "status": told.get("status", "te_verwerken"), "toegewezenOp": told["op"], "afgehandeldOp": told.get("klaar"),
        }
    )  # fmt: skip


def _complete(made: Json) -> None:
    """Put into each contact and party what refers to it."""
    for path, back, member in (
        ("betrokkenen", "hadKlantcontact", "hadBetrokkenen"), ("internetaken", "aanleidinggevendKlantcontact", "leiddeTotInterneTaken"),
        ("bijlagen", "wasBijlageVanKlantcontact", "omvatteBijlagen"), ("onderwerpobjecten", "klantcontact", "gingOverOnderwerpobjecten"),
    ):  # fmt: skip
        for one in made[path]:
            _by_uuid(made["klantcontacten"], one[back])[member].append({"uuid": one["uuid"], "url": one["url"]})
    for one in made["betrokkenen"]:
        if one["wasPartij"]:
            _by_uuid(made["partijen"], one["wasPartij"])["betrokkenen"].append({"uuid": one["uuid"], "url": one["url"]})


def _by_uuid(rows: Sequence[Json], wanted: Json) -> Json:
    return next(row for row in rows if row["uuid"] == wanted["uuid"])

"""The tables of the Klantinteracties API (VNG, Open Klant): from what each hangs, and the paths that its records may have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from config.folding import fold
from connectors.records.searching import Form

PARTY, CONTACT, OWN, DEPUTY = "partij", "klantcontact", "eigen betrokkene", "vertegenwoordiger"
"""From what a table hangs: the subject as a party, a contact, the subject in a contact, the subject who acts for another."""

_ADDRESS = "nummeraanduidingId straatnaam huisnummer huisnummertoevoeging postcode stad adresregel1 adresregel2 adresregel3 land"
_NAME = "voorletters voornaam voorvoegselAchternaam achternaam"
_OBJECT = "objectId codeObjecttype codeRegister codeSoortObjectId"


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `by` are the parameters that ask for what hangs from each `parent`, and `back` the member that must point back to it."""

    name: str
    path: str
    by: Mapping[str, str]
    back: Mapping[str, str]
    form: Form


def _table(  # noqa: PLR0917 (a table of tables reads best without names)
    name: str, path: str, by: Mapping[str, str], back: Mapping[str, str], paths: str, linked: str, **groups: str
) -> Table:
    below = [f"{group}.{member}" for group, members in groups.items() for member in members.split()]
    return Table(name, path, by, back, Form((*paths.split(), *below), tuple(linked.split())))


_TABLES = (
    _table(
        "partijen", "partijen", {}, {},
        "uuid url nummer interneNotitie betrokkenen categorieRelaties digitaleAdressen voorkeursDigitaalAdres vertegenwoordigden "
        "rekeningnummers voorkeursRekeningnummer partijIdentificatoren soortPartij indicatieGeheimhouding voorkeurstaal indicatieActief "
        "partijIdentificatie.volledigeNaam partijIdentificatie.naam partijIdentificatie.werkteVoorPartij "
        + " ".join(f"partijIdentificatie.contactnaam.{name}" for name in _NAME.split()),
        "voorkeursDigitaalAdres voorkeursRekeningnummer", bezoekadres=_ADDRESS, correspondentieadres=_ADDRESS,
    ),
    _table(
        "klantcontacten", "klantcontacten", {PARTY: "hadBetrokkene__wasPartij__uuid"}, {},
        "uuid url gingOverOnderwerpobjecten hadBetrokkenActoren omvatteBijlagen hadBetrokkenen leiddeTotInterneTaken nummer "
        "referentienummer kanaal onderwerp inhoud reactie indicatieContactGelukt hoofdOnderwerpType verdereActieOndernomen taal "
        "vertrouwelijk plaatsgevondenOp metadata",
        "",
    ),
    _table(
        "betrokkenen", "betrokkenen", {CONTACT: "hadKlantcontact__uuid"}, {CONTACT: "hadKlantcontact"},
        "uuid url wasPartij hadKlantcontact digitaleAdressen volledigeNaam rol organisatienaam initiator",
        "wasPartij hadKlantcontact", contactnaam=_NAME, bezoekadres=_ADDRESS, correspondentieadres=_ADDRESS,
    ),
    _table(
        "digitaleadressen", "digitaleadressen",
        {PARTY: "verstrektDoorPartij__uuid", OWN: "verstrektDoorBetrokkene__uuid"},
        {PARTY: "verstrektDoorPartij", OWN: "verstrektDoorBetrokkene"},
        "uuid url verstrektDoorBetrokkene verstrektDoorPartij adres soortDigitaalAdres isStandaardAdres isGeverifieerd omschrijving "
        "referentie verificatieDatum",
        "verstrektDoorBetrokkene verstrektDoorPartij",
    ),
    _table(
        "internetaken", "internetaken", {CONTACT: "klantcontact__uuid"}, {CONTACT: "aanleidinggevendKlantcontact"},
        "uuid url nummer referentienummer gevraagdeHandeling aanleidinggevendKlantcontact toegewezenAanActor toegewezenAanActoren "
        "toelichting status toegewezenOp afgehandeldOp",
        "aanleidinggevendKlantcontact toegewezenAanActor",
    ),
    _table(
        "bijlagen", "bijlagen", {CONTACT: "klantcontact__uuid"}, {CONTACT: "wasBijlageVanKlantcontact"},
        "uuid url wasBijlageVanKlantcontact", "wasBijlageVanKlantcontact", bijlageidentificator=_OBJECT,
    ),
    _table(
        "onderwerpobjecten", "onderwerpobjecten", {CONTACT: "klantcontact__uuid"}, {CONTACT: "klantcontact"},
        "uuid url klantcontact wasKlantcontact", "klantcontact wasKlantcontact", onderwerpobjectidentificator=_OBJECT,
    ),
    _table(
        "actorklantcontacten", "actorklantcontacten", {CONTACT: "klantcontact__uuid"}, {CONTACT: "klantcontact"},
        "uuid url actor klantcontact", "actor klantcontact",
    ),
    _table(
        "partijidentificatoren", "partij-identificatoren", {}, {},
        "uuid url identificeerdePartij anderePartijIdentificator subIdentificatorVan", "identificeerdePartij subIdentificatorVan",
        partijIdentificator=_OBJECT,
    ),
    _table("rekeningnummers", "rekeningnummers", {}, {}, "uuid url partij iban bic", "partij"),
    _table(
        "categorierelaties", "categorie-relaties", {PARTY: "partij__uuid"}, {PARTY: "partij"},
        "uuid url partij categorie beginDatum eindDatum", "partij categorie",
    ),
    _table(
        "vertegenwoordigingen", "vertegenwoordigingen",
        {PARTY: "vertegenwoordigdePartij__uuid", DEPUTY: "vertegenwoordigendePartij__uuid"},
        {PARTY: "vertegenwoordigdePartij", DEPUTY: "vertegenwoordigendePartij"},
        "uuid url vertegenwoordigendePartij vertegenwoordigdePartij", "vertegenwoordigendePartij vertegenwoordigdePartij",
    ),
)  # fmt: skip

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _TABLES})
_ALSO = {
    "partij": "partijen", "klantcontact": "klantcontacten", "betrokkene": "betrokkenen", "digitaaladres": "digitaleadressen",
    "internetaak": "internetaken", "bijlage": "bijlagen", "onderwerpobject": "onderwerpobjecten", "contactmomenten": "klantcontacten",
    "actoren": "actorklantcontacten", "actor": "actorklantcontacten", "partijidentificator": "partijidentificatoren",
    "rekeningnummer": "rekeningnummers", "categorieen": "categorierelaties", "vertegenwoordigden": "vertegenwoordigingen",
}  # fmt: skip
"""Other names by which people may write a table."""


def table(name: str) -> Table | None:
    """The table that sources.yaml means; None where there is none of that name.

    >>> table("digitale-adressen").name, table("facturen")
    ('digitaleadressen', None)
    """
    plain = "".join(letter for letter in fold(name) if letter.isalnum())
    return TABLES.get(_ALSO.get(plain, plain))

"""The tables of the APIs for zaakgericht werken: where each is kept, from what it hangs, and the paths that its records may have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from config.folding import fold
from connectors.records.searching import Form

ZAKEN, DOCUMENTEN, BESLUITEN, CATALOGI, AUTORISATIES = "zaken", "documenten", "besluiten", "catalogi", "autorisaties"
APIS = (ZAKEN, DOCUMENTEN, BESLUITEN, CATALOGI, AUTORISATIES)

_PERSON = """inpBsn anpIdentificatie inpA_nummer geslachtsnaam voorvoegselGeslachtsnaam voorletters voornamen geslachtsaanduiding
geboortedatum"""
_HOME = """aoaIdentificatie authentiek wplWoonplaatsNaam gorOpenbareRuimteNaam aoaPostcode aoaHuisnummer aoaHuisletter
aoaHuisnummertoevoeging inpLocatiebeschrijving"""
_ABROAD = "lndLandcode lndLandnaam subAdresBuitenland1 subAdresBuitenland2 subAdresBuitenland3"


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `by` is the parameter that asks for what hangs from one `parent`, "" where it is kept below the address of that.

    `bare` is a list without pages.
    """

    name: str
    api: str
    path: str
    parent: str
    by: str
    form: Form
    bare: bool = False

    @property
    def counted(self) -> bool:
        """Whether there is a list of all of it that says how many there are."""
        return not self.bare and (bool(self.by) or self.path in {"zaken", "enkelvoudiginformatieobjecten"})


def _below(name: str, members: str) -> list[str]:
    return [f"{name}.{member}" for member in members.split()]


def _form(paths: str, groups: str = "", *more: list[str], hidden: str = "") -> Form:
    return Form((*paths.split(), *(path for each in more for path in each)), tuple(groups.split()), tuple(hidden.split()))


_AUDIT = _form(
    "uuid bron applicatieId applicatieWeergave gebruikersId gebruikersWeergave actie actieWeergave resultaat hoofdObject resource "
    "resourceUrl toelichting resourceWeergave aanmaakdatum wijzigingen.oud wijzigingen.nieuw"
)
_CHOICES = {
    "naturalPerson": _below("betrokkeneIdentificatie", _PERSON),
    "home": _below("betrokkeneIdentificatie.verblijfsadres", _HOME),
    "abroad": _below("betrokkeneIdentificatie.subVerblijfBuitenland", _ABROAD),
    "contact": _below("contactpersoonRol", "emailadres functie telefoonnummer naam"),
    "proof": _below("authenticatieContext", "source levelOfAssurance representee mandate actingSubject"),
}

_TABLES = (
    Table(
        "zaken", ZAKEN, "zaken", "", "",
        _form(
            "url uuid identificatie bronorganisatie omschrijving toelichting zaaktype registratiedatum verantwoordelijkeOrganisatie "
            "startdatum einddatum einddatumGepland uiterlijkeEinddatumAfdoening publicatiedatum laatstGemuteerd laatstGeopend "
            "communicatiekanaal communicatiekanaalNaam productenOfDiensten vertrouwelijkheidaanduiding betalingsindicatie "
            "betalingsindicatieWeergave laatsteBetaaldatum zaakgeometrie.type zaakgeometrie.coordinates verlenging.reden verlenging.duur "
            "opschorting.indicatie opschorting.eerdereOpschorting opschorting.reden selectielijstklasse hoofdzaak deelzaken "
            "relevanteAndereZaken gerelateerdeZaken eigenschappen rollen status zaakinformatieobjecten zaakobjecten kenmerken "
            "archiefnominatie archiefstatus archiefactiedatum resultaat opdrachtgevendeOrganisatie processobjectaard "
            "startdatumBewaartermijn processobject.datumkenmerk processobject.identificatie processobject.objecttype "
            "processobject.registratie",
            "zaaktype status resultaat",
        ),
    ),
    Table(
        "rollen", ZAKEN, "rollen", "zaken", "zaak",
        _form(
            "url uuid zaak betrokkene betrokkeneType afwijkendeNaamBetrokkene roltype omschrijving omschrijvingGeneriek roltoelichting "
            "registratiedatum indicatieMachtiging statussen beginGeldigheid eindeGeldigheid",
            "roltype",
            *_CHOICES.values(),
            _below(
                "betrokkeneIdentificatie",
                "innNnpId annIdentificatie kvkNummer vestigingsNummer statutaireNaam innRechtsvorm bezoekadres handelsnaam identificatie "
                "naam isGehuisvestIn achternaam voorvoegselAchternaam",
            ),
        ),
    ),
    Table("statussen", ZAKEN, "statussen", "zaken", "zaak", _form(
        "url uuid zaak statustype datumStatusGezet statustoelichting indicatieLaatstGezetteStatus gezetdoor zaakinformatieobjecten",
        "statustype gezetdoor")),
    Table("substatussen", ZAKEN, "substatussen", "zaken", "zaak", _form("url uuid zaak status omschrijving tijdstip doelgroep")),
    Table("resultaten", ZAKEN, "resultaten", "zaken", "zaak", _form("url uuid zaak resultaattype toelichting", "resultaattype")),
    Table("eigenschappen", ZAKEN, "zaakeigenschappen", "zaken", "", _form("url uuid zaak eigenschap naam waarde", "eigenschap")),
    Table("zaakinformatieobjecten", ZAKEN, "zaakinformatieobjecten", "zaken", "zaak", _form(
        "url uuid informatieobject zaak aardRelatieWeergave titel beschrijving registratiedatum vernietigingsdatum status"), bare=True),
    Table("zaakobjecten", ZAKEN, "zaakobjecten", "zaken", "zaak", _form(
        "url uuid zaak object zaakobjecttype objectType objectTypeOverige objectTypeOverigeDefinitie relatieomschrijving "
        "objectIdentificatie.identificatie objectIdentificatie.naam", "zaakobjecttype objectIdentificatie objectTypeOverigeDefinitie",
        _below("objectIdentificatie", _PERSON))),
    Table("zaaknotities", ZAKEN, "zaaknotities", "zaken", "gerelateerdAan", _form(
        "url onderwerp tekst aangemaaktDoor notitieType status aanmaakdatum wijzigingsdatum gerelateerdAan")),
    Table("klantcontacten", ZAKEN, "klantcontacten", "zaken", "zaak", _form(
        "url uuid zaak identificatie datumtijd kanaal onderwerp toelichting")),
    Table("zaakcontactmomenten", ZAKEN, "zaakcontactmomenten", "zaken", "zaak", _form("url uuid zaak contactmoment"), bare=True),
    Table("zaakverzoeken", ZAKEN, "zaakverzoeken", "zaken", "zaak", _form("url uuid zaak verzoek"), bare=True),
    Table("zaakbesluiten", ZAKEN, "besluiten", "zaken", "", _form("url uuid besluit")),
    Table("audittrail", ZAKEN, "audittrail", "zaken", "", _AUDIT),
    Table("besluiten", BESLUITEN, "besluiten", "zaken", "zaak", _form(
        "url identificatie verantwoordelijkeOrganisatie besluittype zaak datum toelichting bestuursorgaan ingangsdatum vervaldatum "
        "vervalreden vervalredenWeergave publicatiedatum verzenddatum uiterlijkeReactiedatum", "besluittype")),
    Table("besluitinformatieobjecten", BESLUITEN, "besluitinformatieobjecten", "besluiten", "besluit", _form(
        "url informatieobject besluit"), bare=True),
    Table("besluitaudittrail", BESLUITEN, "audittrail", "besluiten", "", _AUDIT),
    Table(
        "documenten", DOCUMENTEN, "enkelvoudiginformatieobjecten", "zaken", "",
        _form(
            "url identificatie bronorganisatie creatiedatum titel vertrouwelijkheidaanduiding auteur status formaat taal versie "
            "beginRegistratie bestandsnaam inhoud bestandsomvang link beschrijving ontvangstdatum verzenddatum indicatieGebruiksrecht "
            "verschijningsvorm ondertekening.soort ondertekening.datum integriteit.algoritme integriteit.waarde integriteit.datum "
            "informatieobjecttype locked bestandsdelen trefwoorden",
            "informatieobjecttype",
            hidden="inhoud",
        ),
    ),
    Table("verzendingen", DOCUMENTEN, "verzendingen", "documenten", "informatieobject", _form(
        "url betrokkene informatieobject aardRelatie toelichting ontvangstdatum verzenddatum contactPersoon contactpersoonnaam "
        "faxnummer emailadres mijnOverheid telefoonnummer", "binnenlandsCorrespondentieadres buitenlandsCorrespondentieadres "
        "correspondentiePostadres")),
    Table("gebruiksrechten", DOCUMENTEN, "gebruiksrechten", "documenten", "informatieobject", _form(
        "url informatieobject startdatum einddatum omschrijvingVoorwaarden"), bare=True),
    Table("documentaudittrail", DOCUMENTEN, "audittrail", "documenten", "", _AUDIT),
)  # fmt: skip

_ALSO = {
    "zaak": "zaken",
    "rol": "rollen",
    "betrokkenen": "rollen",
    "status": "statussen",
    "resultaat": "resultaten",
    "eigenschap": "eigenschappen",
    "zaakeigenschap": "eigenschappen",
    "zaakeigenschappen": "eigenschappen",
    "zaakinformatieobject": "zaakinformatieobjecten",
    "zaakobject": "zaakobjecten",
    "zaaknotitie": "zaaknotities",
    "notities": "zaaknotities",
    "klantcontact": "klantcontacten",
    "besluit": "besluiten",
    "document": "documenten",
    "informatieobjecten": "documenten",
    "enkelvoudiginformatieobject": "documenten",
    "enkelvoudiginformatieobjecten": "documenten",
    "zaakdocumenten": "documenten",
    "verzending": "verzendingen",
    "audittrails": "audittrail",
    "zaakaudittrail": "audittrail",
    "informatieobjectaudittrail": "documentaudittrail",
    "documentenaudittrail": "documentaudittrail",
    "besluitenaudittrail": "besluitaudittrail",
}
"""Other names by which people may write a table."""

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _TABLES})


def table(name: str) -> Table | None:
    """The table that sources.yaml means; None where there is none of that name.

    >>> table("Zaak-eigenschappen").name, table("facturen")
    ('eigenschappen', None)
    """
    plain = "".join(letter for letter in fold(name) if letter.isalnum())
    return TABLES.get(_ALSO.get(plain, plain))


LINKED: Mapping[str, str] = MappingProxyType(
    {
        "zaaktype": "zaaktypen", "roltype": "roltypen", "statustype": "statustypen", "resultaattype": "resultaattypen",
        "eigenschap": "eigenschappen", "informatieobjecttype": "informatieobjecttypen", "besluittype": "besluittypen",
        "zaakobjecttype": "zaakobjecttypen",
    }
)  # fmt: skip
"""Members that hold the address of a type in the Catalogi API; its name is what people know."""

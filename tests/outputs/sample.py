"""A synthetic dossier: gemeente Waterbeek and one resident who does not exist, with every kind of content that the room must bear."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import outputs
from config.accounting import Account, Tally
from config.collection import Column, Coverage, Kind, Outcome, Party
from config.law import Activity, Basis, Recipient, Retention
from config.person import Address, Fact, Name, Person
from config.redacted import Disposition, Redacted, RedactedCollection, RedactedDocument, Redaction, Secret
from config.request import Request, Status
from config.settings import CellRule, Config, Entity, Ground, Organisation, PartyRule, Policy, Source

RECEIVED = date(2026, 3, 3)
NOTE = (
    "Huisbezoek gebracht. Mevrouw vertelt dat het traplopen moeilijk gaat; [dochter] helpt twee keer per week met de boodschappen. "
    "Afgesproken dat de consulent over zes weken belt. "
)

ORGANISATION = Organisation(
    name="gemeente Waterbeek",
    department="Team Privacy",
    visiting_address="Marktplein 1, 9999 ZZ Waterbeek",
    postal_address="Postbus 12, 9999 ZX Waterbeek",
    phone="0599 123 456",
    email="privacy@waterbeek.example",
    website="www.waterbeek.example",
    officer_name="R. Terpstra",
    officer_email="fg@waterbeek.example",
    signed_by="M. Oldenhof",
    signed_as="teamleider Privacy, namens burgemeester en wethouders",
    objection_body="het college van burgemeester en wethouders van Waterbeek, Postbus 12, 9999 ZX Waterbeek",
    court="de rechtbank Noord-Nederland",
    desk_hours="maandag tot en met vrijdag van 9 tot 17 uur",
)


def ground(code: str, title: str, sentence: str, legal: tuple[str, ...] = ("AVG 15 lid 4",)) -> Ground:
    return Ground(code, title, legal, sentence, "altijd")


GROUNDS = {
    g.code: g
    for g in (
        ground(
            "A1",
            "Gegevens van iemand anders",
            "Dit gaat over iemand anders. Die persoon heeft ook recht op privacy. Daarom ziet u dit niet.",
        ),
        ground("A4", "Contactgegevens van medewerkers", "Dit zijn directe contactgegevens van een medewerker. U ziet wel de functie."),
        ground("E1", "Gaat niet over u", "Dit deel gaat niet over u. Het valt buiten uw verzoek.", ("AVG 15 lid 1",)),
        Ground(
            "N1", "Nog niet beoordeeld", (), "Dit moeten wij nog beoordelen. U krijgt daar bericht over.", "altijd", standing="unjudged"
        ),
    )
}

ACTIVITIES = (
    Activity(
        id="burgerzaken",
        title="Inschrijving als inwoner (BRP)",
        purpose="Wij houden bij wie in de gemeente woont. Andere organisaties gebruiken die gegevens ook.",
        legal_basis=(Basis("6.1.c", "Wet BRP", "1.2"),),
        categories=("naam en adres",),
        sources=("u zelf", "de gemeente waar u eerder woonde"),
        recipients=(Recipient("Belastingdienst", "wettelijk", "heffing van belasting"),),
        retention=Retention("", "overlijden of vertrek"),
        automated_decisions="none",
    ),
    Activity(
        id="wmo",
        title="Hulp en ondersteuning thuis (Wmo)",
        purpose="U vroeg hulp om thuis te kunnen wonen. Wij onderzochten welke hulp u nodig had.",
        legal_basis=(Basis("6.1.e", "Wmo 2015", "2.3.2; 5.1.1", date(2015, 1, 1)),),
        special={"gezondheid": Basis("9.2.h", "UAVG", "30")},
        sources=("u zelf", "uw mantelzorger", "de huisarts"),
        recipients=(
            Recipient("aanbieder hulp bij het huishouden", "wettelijk", "om u te kunnen helpen"),
            Recipient("CAK", "wettelijk", "eigen bijdrage"),
        ),
        retention=Retention("P15Y", "de laatste wijziging van de gegevens", "Wmo 5.3.4"),
        automated_decisions="none",
        confirm=("recipients",),
    ),
    Activity(
        id="uitkering",
        title="Bijstand en uitkering (Participatiewet)",
        purpose="U kreeg een uitkering. Wij berekenen en betalen die, en controleren of het klopt.",
        legal_basis=(Basis("6.1.c", "Participatiewet", "64"), Basis("6.1.e", "Participatiewet", "53a")),
        sources=("u zelf", "UWV", "Belastingdienst"),
        recipients=(),
        retention=Retention("P10Y", "het einde van de uitkering"),
        automated_decisions="Een computer rekent het bedrag uit. Een medewerker controleert het.",
    ),
    Activity(
        id="jeugdhulp",
        title="Jeugdhulp door het wijkteam",
        purpose="Uw kind kreeg hulp van het wijkteam.",
        legal_basis=(Basis("6.1.e", "Jeugdwet", "7.4.0"),),
        sources=("u zelf", "school"),
        recipients=(Recipient("jeugdhulpaanbieder", "wettelijk"),),
        retention=Retention("P20Y", "de laatste wijziging van het dossier", "Jeugdwet 7.3.8"),
        remedy=("verzoekschrift",),
    ),
    Activity(
        id="parkeren",
        title="Parkeren",
        purpose="U vroeg een vergunning om te parkeren.",
        legal_basis=(Basis("6.1.e", "Gemeentewet", "225"),),
        retention=Retention("P7Y", "het einde van de vergunning"),
    ),
    Activity(
        id="veilig-thuis",
        title="Meldingen bij Veilig Thuis",
        purpose="Veilig Thuis onderzoekt meldingen.",
        legal_basis=(),
        controller="other",
    ),
)

PERSON = Person(
    names=(Name(given="Şükran Johanna", initials="Ş.J.", prefix="de", family="Ruĳter", partner_prefix="", partner_family="Łukaszewicz"),),
    gender="f",
    bsn="999990019",
    birth_date=date(1961, 4, 9),
    addresses=(
        Address("Lange Nieuwstraat", "12 bis", "9999 AB", "Waterbeek", since=date(2015, 6, 1)),
        Address("Oude Dijk", "3", "9998 CD", "Waterbeek", since=date(1999, 1, 1), until=date(2015, 6, 1)),
    ),
    emails=("sukran@post.example",),
    phones=("06 12345678",),
)

FACTS = (
    Fact("address", "Lange Nieuwstraat 12 bis, 9999 AB Waterbeek", "brp.persoon"),
    Fact("address", "Oude Dijk 3, 9998CD Waterbeek", "brp.persoon"),
    Fact("address", "Oude Dijk 3", "uitkering.betaling"),
    Fact("phone", "+31 6 12345678", "wmo.client"),
    Fact("phone", "06-12345678", "uitkering.betaling"),
    Fact("birth_date", "1961-04-09", "brp.persoon"),
    Fact("birth_date", "09-04-1961", "wmo.client"),
    Fact("name", "Ş.J. Łukaszewicz-de Ruijter", "brp.persoon"),
)

SECRETS = frozenset(
    {
        Secret("Geheimstra", "name_part"),
        Secret("Anna Geheimstra", "name"),
        Secret("999990032", "bsn"),
        Secret("Verborgenlaan 77", "address"),
        Secret("06-87654321", "phone"),
        Secret("NL91 ABNA 0417 1643 00", "iban"),
        Secret("2011-08-17", "date"),
    }
)


def column(name: str, label: str = "", kind: Kind = Kind.TEXT, party: Party = Party.SUBJECT, **rest: Any) -> Column:
    return Column(name, label or name.capitalize(), kind, party, **rest)


def collection(
    source: str,
    entity: str,
    title: str,
    activity: str,
    columns: tuple[Column, ...],
    rows: list[list[Any]],
    withheld: dict[tuple[int, str], str] | None = None,
    partly: dict[tuple[int, str], str] | None = None,
    documents: tuple[RedactedDocument, ...] = (),
) -> RedactedCollection:
    """A collection as redaction gives it: withheld cells are None, each with its own entry; whole columns have one entry."""
    names = [c.name for c in columns]
    values = pd.DataFrame(rows, columns=names, dtype=object)
    state = pd.DataFrame(np.zeros(values.shape, dtype=np.int8), columns=names)
    redactions = []
    for (row, name), code in (withheld or {}).items():
        values.loc[row, name], state.loc[row, name] = None, Disposition.WITHHELD
        redactions.append(Redaction(source, entity, row, name, "", 1, code))
    for (row, name), code in (partly or {}).items():
        state.loc[row, name] = Disposition.REDACTED
        redactions.append(Redaction(source, entity, row, name, "", 1, code))
    for c in columns:
        if c.withhold:
            values[c.name], state[c.name] = None, np.int8(Disposition.WITHHELD)
            redactions.append(Redaction(source, entity, None, c.name, "", len(rows), "E1" if c.withhold == "technical" else "N1"))
    redactions += [
        Redaction(source, entity, None, "", d.id, max(d.redactions, 1), d.ground or "A1") for d in documents if d.redactions or d.ground
    ]
    return RedactedCollection(source, entity, title, activity, columns, values, state, documents, tuple(redactions))


def collections(notes: int = 24, payments: int = 60) -> tuple[RedactedCollection, ...]:
    return (_brp(), _client(), _contact(notes), _payments(payments), _papers(), _youth())


def _brp() -> RedactedCollection:
    columns = (
        column("bsn", "Burgerservicenummer", Kind.BSN, category="identificatie"),
        column("naam", "Naam", Kind.NAME, category="naam en adres"),
        column("adres", "Adres", Kind.ADDRESS, category="naam en adres"),
        column("sinds", "Ingeschreven sinds", Kind.DATE),
        column("partner", "Naam van uw partner", Kind.NAME, Party.RELATIVE),
    )
    rows = [
        ["999990019", "Şükran Johanna de Ruĳter 李", "Lange Nieuwstraat 12 bis, 9999 AB Waterbeek", date(2015, 6, 1), "geheim"],
        ["999990019", "Şükran Johanna de Ruĳter", "Oude Dijk 3, 9998 CD Waterbeek", date(1999, 1, 1), None],
    ]
    return collection("brp", "persoon", "Persoonslijst", "burgerzaken", columns, rows, withheld={(0, "partner"): "A1"})


def _client() -> RedactedCollection:
    columns = (
        column("CLIENT_NR", "Cliëntnummer", Kind.ID),
        column("AANVRAAG", "Datum van de aanvraag", Kind.DATE),
        column("GEBOORTE", "Geboortedatum", Kind.DATE),
        column("DIAGNOSE", "Reden van de aanvraag", category="gezondheid"),
        column("EIGEN_BIJDRAGE", "Eigen bijdrage", Kind.AMOUNT, category="financieel"),
        column("MEDEWERKER", "Behandelaar", Kind.NAME, Party.OFFICIAL),
        column("TELEFOON", "Telefoon van de behandelaar", Kind.PHONE, Party.OFFICIAL),
        column("WACHTWOORD", "Wachtwoord", withhold="technical"),
        column("X_NIEUW", "X_NIEUW", withhold="unclassified"),
        column("LEEG", "Bijzonderheden"),
    )
    rows = [
        ["00123", date(2021, 2, 14), date(1961, 4, 9), "Moeite met traplopen", Decimal("19.00"), "[consulent]", "x", None, None, None],
        [
            "00124",
            date(2024, 9, 30),
            date(1961, 4, 9),
            '=HYPERLINK("http://x.example") en een heelergl­anglangwoord' + "aan" * 60,
            Decimal("20.60"),
            "[consulent]",
            "x",
            None,
            None,
            "",
        ],
    ]
    return collection(
        "wmo",
        "client",
        "Aanvragen voor hulp",
        "wmo",
        columns,
        rows,
        withheld={(0, "TELEFOON"): "A4", (1, "TELEFOON"): "A4"},
        partly={(0, "MEDEWERKER"): "A4", (1, "MEDEWERKER"): "A4"},
    )


def _contact(count: int) -> RedactedCollection:
    columns = (
        column("DATUM", "Datum", Kind.DATE),
        column("SOORT", "Soort contact"),
        column("KANAAL", "Kanaal"),
        column("NOTITIE", "Aantekening", party=Party.MIXED, category="gezondheid"),
        column("MELDER", "Gemeld door", Kind.NAME, Party.THIRD),
    )
    kinds = ("telefoon", "huisbezoek", "e-mail", "balie")
    rows = [
        [date(2021, 3, 1) + timedelta(days=37 * i % 1500), kinds[i % 4], "uitgaand", NOTE * (25 if i == 3 else 1 + i % 3), None]
        for i in range(count)
    ]
    withheld = {(i, "MELDER"): "A1" for i in range(0, count, 5)}
    return collection(
        "wmo", "contact", "Gesprekken en bezoeken", "wmo", columns, rows, withheld, {(i, "NOTITIE"): "A1" for i in range(count)}
    )


def _payments(count: int) -> RedactedCollection:
    columns = (
        column("PERIODE", "Periode"),
        column("BETAALD_OP", "Betaald op", Kind.DATE),
        column("BEDRAG", "Bedrag", Kind.AMOUNT, category="financieel"),
        column("REKENING", "Rekeningnummer", Kind.IBAN, category="financieel"),
        column("OMSCHRIJVING", "Omschrijving"),
        column("REGELING", "Regeling"),
    )
    rows = [
        [
            f"{2018 + i // 12}-{i % 12 + 1:02}",
            date(2018 + i // 12 % 80, i % 12 + 1, 24),
            Decimal(105230 + 125 * i) / 100,
            "NL02 TEST 0999 9999 99",
            "Uitkering levensonderhoud" if i % 7 else "Uitkering en vakantiegeld, na aftrek van een eerder te veel betaald bedrag",
            "Participatiewet",
        ]
        for i in range(count)
    ]
    return collection("uitkering", "betaling", "Betalingen", "uitkering", columns, rows)


def _papers() -> RedactedCollection:
    page = "Geachte mevrouw De Ruĳter,\n\nOp 4 mei 2023 sprak ik u over uw aanvraag. [buur 1] was daarbij.\n" + (NOTE + "\n") * 12
    documents = (
        RedactedDocument("d1", "Brief over uw aanvraag", "application/pdf", Disposition.REDACTED, (page, page), date(2023, 5, 8), 4),
        RedactedDocument(
            "d2",
            "Verslag van een overleg",
            "application/pdf",
            Disposition.WITHHELD,
            (),
            date(2023, 6, 1),
            0,
            "A1",
            "Dit gaat over een ander.",
        ),
        RedactedDocument(
            "d3", "Bestand zonder tekst", "image/tiff", Disposition.WITHHELD, (), None, 0, "N1", "Wij konden dit bestand niet lezen."
        ),
        RedactedDocument(
            "d4", "E-mail van u", "message/rfc822", Disposition.DISCLOSED, ("Beste gemeente,\nIk wil graag hulp. 李明",), date(2021, 2, 13)
        ),
    )
    return collection("archief", "brieven", "Brieven en verslagen", "wmo", (), [], documents=documents)


def _youth() -> RedactedCollection:
    columns = (column("START", "Begin van de hulp", Kind.DATE), column("SOORT", "Soort hulp", category="hulpvraag"))
    return collection("jeugd", "traject", "Hulp aan uw kind", "jeugdhulp", columns, [[date(2019, 9, 1), "Gesprekken thuis"]])


COVERAGE = (
    Coverage("brp", "Basisregistratie Personen", Outcome.FOUND, 2, 0, datetime(2026, 3, 5, 10, 12, tzinfo=UTC), date(1999, 1, 1)),
    Coverage("wmo", "Wmo-administratie", Outcome.FOUND, 26, 0, datetime(2026, 3, 5, 10, 12, tzinfo=UTC), date(2021, 2, 14)),
    Coverage("uitkering", "Uitkeringenadministratie", Outcome.FOUND, 60, 0, datetime(2026, 3, 5, 10, 13, tzinfo=UTC), date(2018, 1, 24)),
    Coverage("archief", "Documentenarchief", Outcome.FOUND, 0, 4, datetime(2026, 3, 5, 10, 13, tzinfo=UTC), date(2021, 2, 13)),
    Coverage("jeugd", "Jeugdhulpregistratie", Outcome.FOUND, 1, 0, datetime(2026, 3, 5, 10, 13, tzinfo=UTC), date(2019, 9, 1)),
    Coverage("parkeren", "Parkeervergunningen", Outcome.NONE, 0, 0, datetime(2026, 3, 5, 10, 14, tzinfo=UTC)),
    Coverage(
        "schulden",
        "Schuldhulpverlening",
        Outcome.FAILED,
        0,
        0,
        datetime(2026, 3, 5, 10, 14, tzinfo=UTC),
        message="Dit systeem gaf geen antwoord. Wij proberen het opnieuw.",
    ),
)


def config() -> Config:
    def source(name: str, title: str, *entities: str) -> Source:
        made = tuple(
            Entity(name, e, e.capitalize(), e, ({"BSN": "subject.bsn"}, {"NAAM": "subject.name", "GEB": "subject.birth_date"}))
            for e in entities
        )
        return Source(name, title, "sql", "sqlite://", entities=made)

    sources = tuple(
        source(c.source, c.title, *entities)
        for c, entities in zip(
            COVERAGE,
            (("persoon",), ("client", "contact"), ("betaling",), ("brieven",), ("traject",), ("vergunning",), ("dossier",)),
            strict=True,
        )
    )
    policy = Policy(
        {Party.THIRD: PartyRule(CellRule.WITHHOLD, CellRule.WITHHOLD, "A1")}, {"technical": "E1", "unclassified": "N1"}, 0.9, 0.8
    )
    return Config(Path(), ORGANISATION, sources, ACTIVITIES, GROUNDS, policy, "f" * 64)


def request() -> Request:
    return Request("INZ-2026-000042", RECEIVED, Status.REVIEW, date(2026, 4, 3), date(2026, 4, 3))


def account(c: RedactedCollection) -> Account:
    cells, papers = c.dispositions.to_numpy(), [d.disposition for d in c.documents]
    return Account(
        c.source,
        c.entity,
        Tally(cells.size, *(int((cells == d).sum()) for d in Disposition)),
        Tally(len(papers), *(papers.count(d) for d in Disposition)),
    )


TOLD = {word: (word,) for word in ("when", "to", "what", "why")}
"""The columns by which rows of `verstuurd` tell of disclosures, as `discloses:` in sources.yaml would say."""


def dossier(held: tuple[RedactedCollection, ...] | None = None, **other: Any) -> outputs.Dossier:
    """The sample, or the same resident with other collections."""
    held = collections() if held is None else held
    given: dict[str, Any] = {
        "request": request(),
        "person": PERSON,
        "redacted": Redacted(held, secrets=SECRETS),
        "coverage": COVERAGE,
        "accounts": tuple(account(c) for c in held),
        "facts": FACTS,
        "config": config(),
        "version": "0.1.0",
        "disclosures": outputs.disclosed(held, {(c.source, c.entity): TOLD for c in held if c.entity == "verstuurd"}, config()),
    } | other
    return outputs.assemble(**given)


def empty() -> outputs.Dossier:
    """Nothing was found anywhere; one source did not answer."""
    coverage = tuple(
        c if c.status is not Outcome.FOUND else Coverage(c.source, c.title, Outcome.NONE, asked_at=c.asked_at) for c in COVERAGE
    )
    return dossier((), coverage=coverage, facts=())

"""The messages of iWmo and iJw 3.2 in outline: which elements each has, which may be left out, and which records it consists of.

Own words for what the XSDs of Zorginstituut Nederland say; a test compares the two. The XSDs themselves are not ours to hand on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from connectors.structured.paths import Path

_GROUPS = {
    "naam": "Geslachtsnaam(Achternaam Voorvoegsel?) Partnernaam?(Achternaam Voorvoegsel?) Voornamen? Voorletters? NaamGebruik",
    "kort": "Geslachtsnaam(Achternaam Voorvoegsel?) Voornamen? Voorletters?",
    "adres": "Huis?(Huisnummer Huisletter? HuisnummerToevoeging? AanduidingWoonadres?) Postcode? Straatnaam? Plaatsnaam? LandCode?",
    "contact": """Soort Adres?(%adres) Organisatie? Telefoon?(Telefoon01(Telefoonnummer Landnummer) Telefoon02?(Telefoonnummer Landnummer))
        Emailadres? Periode?(Begindatum? Einddatum?)""",
    "omvang": "Omvang?(Volume Eenheid Frequentie)",
    "product": "Product?(Categorie Code?)",
    "versie": "BasisschemaXsdVersie BerichtXsdVersie",
    "kop": """BerichtCode BerichtVersie BerichtSubversie Afzender Ontvanger BerichtIdentificatie(Identificatie Dagtekening)
        XsdVersie(%versie)""",
    "retour": "IdentificatieRetour DagtekeningRetour XsltVersie? XsdVersieRetour(%versie) RetourCodes?(RetourCode)",
    "wie": "Bsn Geboortedatum(Datum DatumGebruik?) Geslacht",
    "prestatie": """ProductReferentie(ReferentieNummer VorigReferentieNummer?) ToewijzingNummer ProductCategorie ProductCode
        ProductPeriode(Begindatum Einddatum) GeleverdVolume Eenheid ProductTarief? IngediendBedrag(Bedrag DebetCredit)""",
}

_SENT = {
    301: """Client(%wie Naam(%naam) Communicatie?(Vorm Taal?) JuridischeStatus? WettelijkeVertegenwoordiging? Commentaar?
        Relaties?(Relatie(Nummer Volgorde? Soort Geboortedatum?(Datum DatumGebruik?) Geslacht? Naam(%naam) Contact(%contact)))
        Contactgegevens(Contact(%contact))
        ToegewezenProducten(ToegewezenProduct(ToewijzingNummer ReferentieAanbieder? %product Toewijzingsdatum Toewijzingstijd Ingangsdatum
            Einddatum? RedenWijziging? %omvang Budget? Commentaar?)))""",
    305: """Client(%wie Naam(%kort) StartProducten(StartProduct(ToewijzingNummer? %product ToewijzingIngangsdatum? Begindatum
        StatusAanlevering)))""",
    307: """Client(%wie Naam(%kort) StopProducten(StopProduct(ToewijzingNummer? %product ToewijzingIngangsdatum? Begindatum
        RedenBeeindiging Einddatum StatusAanlevering)))""",
    315: """Client(%wie Naam(%kort) GezagsdragerBekend? Commentaar? AangevraagdeProducten(AangevraagdProduct(ReferentieAanbieder
        BeschikkingNummer? %product BeschikkingIngangsdatum? ToewijzingIngangsdatum ToewijzingEinddatum? %omvang Budget?
        Verwijzer(Type Naam? ZorgverlenerCode?) Raamcontract? Commentaar?)))""",
    317: """Client(Bsn Verzoek(ReferentieAanbieder RedenVerzoek OngewijzigdeProducten?(OngewijzigdProduct(ToewijzingNummer))
        TeWijzigenProducten?(TeWijzigenProduct(ToewijzingNummer GewensteIngangsdatum Einddatum? %omvang Budget?))
        NieuweProducten?(NieuwProduct(%product GewensteIngangsdatum Einddatum? %omvang Budget?))))""",
    319: "Antwoord(ReferentieAanbieder VerzoekAntwoord RedenAfwijzingVerzoek? Woonplaatsbeginsel?(Gemeente))",
    323: """Declaratie(DeclaratieNummer DeclaratiePeriode(Begindatum Einddatum) DeclaratieDagtekening
        TotaalIngediendBedrag(TotaalBedrag DebetCredit) Clienten(Client(Bsn Prestaties(Prestatie(%prestatie)))))""",
    325: """DeclaratieAntwoord?(DeclaratieNummer TotaalIngediendBedrag(TotaalBedrag DebetCredit) TotaalToegekendBedrag(TotaalBedrag
        DebetCredit) Clienten?(Client(Bsn Prestaties(Prestatie(%prestatie)))))""",
}
"""By number what stands beside the header; 302, 306, 308, 316, 318 and 320 repeat the one before with codes of its judgement."""

RETURNS = {302: 301, 306: 305, 308: 307, 316: 315, 318: 317, 320: 319}

NUMBERS = (301, 302, 305, 306, 307, 308, 315, 316, 317, 318, 319, 320, 323, 325)

CODES = {
    "414": "wmo301", "415": "wmo302", "418": "wmo305", "419": "wmo306", "420": "wmo307", "421": "wmo308", "444": "wmo315",
    "445": "wmo316", "480": "wmo317", "481": "wmo318", "482": "wmo319", "483": "wmo320", "484": "wmo323", "485": "wmo325",
    "436": "jw301", "437": "jw302", "438": "jw305", "439": "jw306", "440": "jw307", "441": "jw308", "446": "jw315", "447": "jw316",
    "486": "jw317", "487": "jw318", "488": "jw319", "489": "jw320", "490": "jw323", "491": "jw325",
}  # fmt: skip
"""BerichtCode -> which message it is, where its namespace does not tell."""

RECORDS = frozenset(
    {
        "Client", "Relatie", "Contact", "ToegewezenProduct", "StartProduct", "StopProduct", "AangevraagdProduct", "OngewijzigdProduct",
        "TeWijzigenProduct", "NieuwProduct", "Prestatie", "Antwoord",
    }
)  # fmt: skip
"""Elements that are a row of their own; the one Contact of a Relatie is part of it."""

VERSIONS = frozenset({"BerichtVersie", "BerichtSubversie", "BasisschemaXsdVersie", "BerichtXsdVersie", "XsltVersie"})
"""Leaves that tell how a message was made, and nothing of anybody."""


@lru_cache(maxsize=64)
def leaves(number: int) -> dict[Path, bool]:
    """Every leaf of a message by its path from `Bericht`, in order, and whether it must be there (where its group is)."""
    return dict(_read(_filled(_text(number))))


def _text(number: int) -> str:
    if number in RETURNS:
        body = re.sub(r"^(Client|Antwoord)\(", r"\1?(", _coded(_SENT[RETURNS[number]]))
        return f"Header(%kop %retour) {body}"
    if number == 325:
        codes = "RetourCodes(RetourCode)"
        body = _SENT[325].replace("(%prestatie)))", f"(%prestatie {codes})) {codes})")
        return (
            f"Header(%kop DeclaratieIdentificatie(Identificatie Dagtekening) XsltVersie? XsdVersieDeclaratie(%versie) {codes}) {_end(body)}"
        )
    return f"Header(%kop) {_SENT[number]}"


def _coded(body: str) -> str:
    """A message with codes at the end of the client, each record in it and the request: as the one that returns it has them."""
    wanted, opened, made = {*RECORDS, "Verzoek", "Woonplaatsbeginsel"}, list[str](), list[str]()
    for word in re.findall(r"%\w+|\w+\??|[()]", body):
        if word == "(":
            opened.append(made[-1].rstrip("?"))
        if word == ")" and opened.pop() in wanted:
            made.append("RetourCodes(RetourCode)")
        made.append(word)
    return " ".join(made).replace(" (", "(")


def _end(body: str) -> str:
    return f"{body[:-1]} RetourCodes(RetourCode))"


def _filled(text: str) -> str:
    while "%" in text:
        text = re.sub(r"%(\w+)", lambda found: _GROUPS[found[1]], text)
    return text


def _read(text: str) -> Iterator[tuple[Path, bool]]:
    path: list[str] = []
    words = re.findall(r"\w+\??|[()]", text)
    for word, after in zip(words, [*words[1:], ""], strict=True):
        if word == ")":
            path.pop()
        elif word != "(" and after == "(":
            path.append(word.rstrip("?"))
        elif word != "(":
            yield (*path, word.rstrip("?")), not word.endswith("?")

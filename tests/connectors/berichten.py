"""Messages that the chapter on iStandaarden makes: valid ones by kind, in any number, about anybody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from demo.berichten import VERSION, bericht, header

GEMEENTE, PROVIDER = "9901", "98010001"


def person(bsn: str, family: str = "Zomer", born: str = "1980-03-09", *, whole: bool = True) -> dict[str, Any]:
    """A client as 301 and 305 have one."""
    name: dict[str, Any] = {"Geslachtsnaam": {"Achternaam": family, "Voorvoegsel": "van der"}, "Voornamen": "Johanna", "Voorletters": "J"}
    return {"Bsn": bsn, "Geboortedatum": {"Datum": born}, "Geslacht": "2", "Naam": {**name, **({"NaamGebruik": "1"} if whole else {})}}


def relation(family: str, soort: str = "09") -> dict[str, Any]:
    """Somebody beside the client."""
    adres = {"Huis": {"Huisnummer": "7"}, "Postcode": "1238RS", "Straatnaam": "Merelhof", "Plaatsnaam": "Elders"}
    naam = {"Geslachtsnaam": {"Achternaam": family}, "Voornamen": "Wilhelmina", "NaamGebruik": "1"}
    return {
        "Nummer": "1", "Soort": soort, "Geboortedatum": {"Datum": "1953-02-11"}, "Naam": naam,
        "Contact": {"Soort": "01", "Adres": adres, "Telefoon": {"Telefoon01": {"Telefoonnummer": "0510551274", "Landnummer": "0031"}}},
    }  # fmt: skip


def m301(bsn: str, number: str = "1", law: str = "wmo", comment: str = "Traplopen gaat niet.", **more: Any) -> bytes:
    """An assignment of two products, with a relation."""
    product = {
        "ToewijzingNummer": "101", "Product": {"Categorie": "01" if law == "wmo" else "45", "Code": "01A01" if law == "wmo" else "45A01"},
        "Toewijzingsdatum": "2024-04-24", "Toewijzingstijd": "12:00:00", "Ingangsdatum": "2024-05-01",
        "Omvang": {"Volume": "4", "Eenheid": "04", "Frequentie": "2"}, "Budget": "12550", "Commentaar": comment,
    }  # fmt: skip
    client = {
        **person(bsn, **more), "Relaties": {"Relatie": [relation("Bakker")]}, "Contactgegevens": {"Contact": [{"Soort": "01"}]},
        "ToegewezenProducten": {"ToegewezenProduct": [product, {**product, "ToewijzingNummer": "102"}]},
    }  # fmt: skip
    return bericht(f"{law}301", {"Header": header(f"{law}301", GEMEENTE, PROVIDER, number, "2024-04-24"), "Client": client})


def m305(bsn: str, number: str = "2") -> bytes:
    """The start of care."""
    start = {"ToewijzingNummer": "101", "Begindatum": "2024-05-02", "StatusAanlevering": "1"}
    client = {**person(bsn, whole=False), "StartProducten": {"StartProduct": [start]}}
    return bericht("wmo305", {"Header": header("wmo305", PROVIDER, GEMEENTE, number, "2024-05-03"), "Client": client})


def claim(reference: str, amount: str = "12550") -> dict[str, Any]:
    """One line of a declaration."""
    return {
        "ProductReferentie": {"ReferentieNummer": reference}, "ToewijzingNummer": "101", "ProductCategorie": "01", "ProductCode": "01A01",
        "ProductPeriode": {"Begindatum": "2024-05-01", "Einddatum": "2024-05-31"}, "GeleverdVolume": "12", "Eenheid": "04",
        "IngediendBedrag": {"Bedrag": amount, "DebetCredit": "D"},
    }  # fmt: skip


def m323(*clients: tuple[str, str], number: str = "5") -> bytes:
    """A declaration about several clients: pairs of BSN and reference."""
    content = {
        "DeclaratieNummer": "D202405", "DeclaratiePeriode": {"Begindatum": "2024-05-01", "Einddatum": "2024-05-31"},
        "DeclaratieDagtekening": "2024-06-03", "TotaalIngediendBedrag": {"TotaalBedrag": str(12550 * len(clients)), "DebetCredit": "D"},
        "Clienten": {"Client": [{"Bsn": bsn, "Prestaties": {"Prestatie": [claim(reference)]}} for bsn, reference in clients]},
    }  # fmt: skip
    return bericht("wmo323", {"Header": header("wmo323", PROVIDER, GEMEENTE, number, "2024-06-03"), "Declaratie": content})


def m325(*clients: tuple[str, str], law: str = "jw", number: str = "6", of: str = "5") -> bytes:
    """The answer to a declaration; without clients it was sent back whole."""
    kind, codes = f"{law}325", {"RetourCode": ["8001"]}
    total = {"TotaalBedrag": str(12550 * len(clients)), "DebetCredit": "D"}
    head = header(kind, GEMEENTE, PROVIDER, number, "2024-06-10") | {
        "DeclaratieIdentificatie": {"Identificatie": of, "Dagtekening": "2024-06-03"}, "XsdVersieDeclaratie": VERSION, "RetourCodes": codes,
    }  # fmt: skip
    lines = [
        {"Bsn": bsn, "Prestaties": {"Prestatie": [{**claim(r), "RetourCodes": codes}]}, "RetourCodes": {"RetourCode": ["0200"]}}
        for bsn, r in clients
    ]
    answer = {
        "DeclaratieNummer": "D202405",
        "TotaalIngediendBedrag": total,
        "TotaalToegekendBedrag": total,
        "Clienten": {"Client": lines},
        "RetourCodes": codes,
    }
    return bericht(kind, {"Header": head, **({"DeclaratieAntwoord": answer} if clients else {})})


def m317(bsn: str, reference: str = "R-77", number: str = "7", sender: str = PROVIDER) -> bytes:
    """A request to change."""
    verzoek = {
        "ReferentieAanbieder": reference, "RedenVerzoek": "1",
        "NieuweProducten": {"NieuwProduct": [{"Product": {"Categorie": "01"}, "GewensteIngangsdatum": "2024-09-01"}]},
    }  # fmt: skip
    return bericht(
        "wmo317", {"Header": header("wmo317", sender, GEMEENTE, number, "2024-08-01"), "Client": {"Bsn": bsn, "Verzoek": verzoek}}
    )


def m319(reference: str = "R-77", number: str = "8", receiver: str = PROVIDER) -> bytes:
    """The answer to it, which names nobody."""
    answer = {"ReferentieAanbieder": reference, "VerzoekAntwoord": "1"}
    return bericht("wmo319", {"Header": header("wmo319", GEMEENTE, receiver, number, "2024-08-09"), "Antwoord": answer})


def m302(number: str = "9", of: str = "1", law: str = "jw") -> bytes:
    """An assignment sent back whole: nothing but its header, with codes."""
    kind = f"{law}302"
    head = header(kind, GEMEENTE, PROVIDER, of, "2024-04-24") | {
        "IdentificatieRetour": number, "DagtekeningRetour": "2024-04-25", "XsdVersieRetour": VERSION, "RetourCodes": {"RetourCode": ["0001"]},
    }  # fmt: skip
    return bericht(kind, {"Header": head})


def m306(bsn: str, number: str = "10", of: str = "2") -> bytes:
    """The start of care, sent back with codes by the gemeente: the header is still that of the provider."""
    codes = {"RetourCodes": {"RetourCode": ["0200"]}}
    head = header("jw306", PROVIDER, GEMEENTE, of, "2024-05-03") | {
        "IdentificatieRetour": number, "DagtekeningRetour": "2024-05-04", "XsdVersieRetour": VERSION, **codes,
    }  # fmt: skip
    start = {"ToewijzingNummer": "101", "Begindatum": "2024-05-02", "StatusAanlevering": "1", **codes}
    client = {**person(bsn, whole=False), "StartProducten": {"StartProduct": [start]}, **codes}
    return bericht("jw306", {"Header": head, "Client": client})


def archive(folder: Path, **messages: bytes) -> Path:
    """A folder with these messages, each in a file of its name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in messages.items():
        (folder / f"{name}.xml").write_bytes(content)
    return folder

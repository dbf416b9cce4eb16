"""The yearly delivery of debt relief to statistics, in the exchange format of DDAS 1.0: the trajectories of `systems/schulden.yaml`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from demo.texts import read
from demo.town import Resident, Town

_FILE = "ddas-2024.json"


def fill(folder: Path, town: Town) -> None:
    """Write the delivery of 2024."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _FILE).write_text(json.dumps(delivery(town), ensure_ascii=False, indent=1), encoding="utf-8")


def delivery(town: Town) -> dict[str, Any]:
    """One delivery, with what the gemeente is and every trajectory of the story."""
    rows = read("systems/schulden.yaml")["rows"]
    trajects = [_traject(file, rows["schuldeiser"], town) for file in rows["dossier"]]
    organisation = {
        "(Statutaire) Naam": "Gemeente Voorbeeldstad", "KvK-nummer": "99010001", "postcode": "1236AA", "gemeentecode": "GM9901",
        "contactpersonen": [
            {"naam": "Joost van 't Hof", "functietitel": "Schuldhulpverlener", "email": "schuldhulp@voorbeeldstad.example"}
        ],
    }  # fmt: skip
    return {
        "startdatumLevering": "2024-01-01", "einddatumLevering": "2024-12-31", "aanleverdatumEnTijd": "2025-01-31T10:00:00Z",
        "codeGegevensleverancier": "GL990100",
        "leveringen": [{"teller": 1, "aanleverende_organisatie": organisation, "schuldhulptrajecten": trajects}],
    }  # fmt: skip


def _traject(file: dict[str, Any], creditors: list[dict[str, Any]], town: Town) -> dict[str, Any]:
    mine = [one for one in creditors if one["dossiernummer"] == file["dossiernummer"]]
    debts = [_debt(one, file["aanmelddatum"]) for one in mine]
    closed = {"uitstroom": {"datum": "2023-03-01", "reden": "Afgerond"}} if file["fase"] == "afgesloten" else {}
    return {
        "startdatum": file["aanmelddatum"], "omschrijving": "Traject om schulden af te lossen", "gemeentecode": "GM9901",
        "totaalSchuldbedragBijAanvangSchuld": round(file["totale_schuld"]),
        "aanmelding": {"startdatum": file["aanmelddatum"], "crisisinterventie": bool(mine)},
        "client": [_client(town[file["bsn"]])], "schulden": debts, "intake": {"startdatum": file["aanmelddatum"]},
        "begeleiding": [{"soort": "Budgetbeheer", "startdatum": file["aanmelddatum"]}], **closed,
    }  # fmt: skip


def _debt(one: dict[str, Any], day: str) -> dict[str, Any]:
    private = one["contactpersoon"] == one["naam"]
    creditor = {"naam": one["naam"], "privepersoon": private}
    sort = "Zorg" if "Zorg" in one["naam"] else "Publiek" if "Gemeente" in one["naam"] else "Overig"
    return {"bedrag": round(one["bedrag"]), "peildatum": day, "schuldsoort": sort, "zakelijkeSchuld": False, "schuldeiser": creditor}


def _client(person: Resident) -> dict[str, Any]:
    return {
        "Burgerservicenummer": person.bsn, "Geboortedatum": person.born.isoformat(),
        "Geslachtsaanduiding": {"f": "Vrouw", "m": "Man"}.get(person.gender, "Onbekend"),
        "Postcode": person.home.postcode.replace(" ", ""), "Huisnummer": str(person.home.number),
    }  # fmt: skip

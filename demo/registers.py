"""The registers that speak HTTP beside the BRP: cases, contacts and the log of processing; written as JSON, and served on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from demo.apis.lists import Json
from demo.notes import Writer
from demo.numbers import a_number
from demo.texts import read
from demo.town import Resident, Town

REGISTERS = ("zaakregister", "klantcontact", "logboek")
"""Each stands in a file of its name in the folder of the town."""

CLIENT = "inzage"


def write(folder: Path, town: Town, seed: int) -> None:
    """Write every register."""
    writer = Writer(town, Random(f"{seed} registers"))
    made = {"zaakregister": _cases(writer), "klantcontact": _contacts(town), "logboek": _log(town)}
    for name in REGISTERS:
        (folder / f"{name}.json").write_text(json.dumps(made[name], ensure_ascii=False), encoding="utf-8")


@contextmanager
def serving(folder: Path, key: str) -> Iterator[dict[str, str]]:
    """The address of each register by its name, while they run; `key` opens them all."""
    from demo.apis.server import serving as running  # noqa: PLC0415 (as in demo/__init__.py, for uvicorn)
    from demo.klantcontact.app import application as contacts  # noqa: PLC0415 (as above)
    from demo.logboek.app import ROOT as LOG  # noqa: PLC0415 (as above)
    from demo.logboek.app import application as log  # noqa: PLC0415 (as above)
    from demo.zaakgericht.app import application as cases  # noqa: PLC0415 (as above)

    kept = {name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in REGISTERS}
    with ExitStack() as stack:
        yield {
            "zaakregister": stack.enter_context(running(partial(cases, kept["zaakregister"], {CLIENT: key}), "zaakregister")),
            "klantcontact": stack.enter_context(running(partial(contacts, kept["klantcontact"], key), "klantcontact")),
            "logboek": stack.enter_context(running(partial(log, kept["logboek"]["regels"], key, kept["logboek"]["gemeente"]), "logboek"))
            + LOG,
        }


def _cases(writer: Writer) -> Json:
    """The cases of the story, and some of other residents."""
    from demo.zaakgericht.made import store  # noqa: PLC0415 (as above)

    town, told = writer.town, read("systems/zaakregister.yaml")
    drawn = [_drawn(writer, person, number) for number, person in enumerate(writer.some(0.12), 700)]
    named = {f"bsn {person.bsn}": person.bsn for person in town.residents.values()}
    return store([*told["zaken"], *drawn], lambda who: _role(town[named.get(who) or town.cast[who]]), told["rechten"])


def _drawn(writer: Writer, person: Resident, number: int) -> Mapping[str, Any]:
    day = writer.day(2022)
    return {
        "zaak": f"ZAAK-{day.year}-{number:07}",
        "type": writer.chance.choice(("Gehandicaptenparkeerkaart", "Kwijtschelding", "Leerlingenvervoer")),
        "omschrijving": writer.question(), "start": day.isoformat(),
        "rollen": [{"rol": "Aanvrager", "wie": f"bsn {person.bsn}"}, {"rol": "Behandelaar", "naam": writer.official()}],
        "statussen": [{"op": f"{day}T09:00:00Z", "status": "Ontvangen"}],
        "notities": [{"op": f"{day}T09:30:00Z", "onderwerp": "Aantekening", "door": writer.official(), "tekst": writer.note(person)}],
    }  # fmt: skip


def _role(person: Resident) -> dict[str, str]:
    return {
        "inpBsn": person.bsn, "inpA_nummer": a_number(person.bsn), "geslachtsnaam": person.family,
        "voorvoegselGeslachtsnaam": person.prefix, "voorletters": person.initials, "voornamen": person.given,
        "geslachtsaanduiding": {"f": "v", "m": "m"}[person.gender], "geboortedatum": person.born.isoformat(),
    }  # fmt: skip


def _contacts(town: Town) -> Json:
    from demo.klantcontact.made import store  # noqa: PLC0415 (as above)

    told = read("systems/klantcontact.yaml")
    people = [_customer(town[town.cast[who]]) for who in told["klanten"]]
    contacts = [
        {
            **one,
            "betrokkenen": [{**place, "bsn": town.cast[place["wie"]]} for place in one["betrokkenen"]],
            "over": [(town.cast[who], kind) for who, kind in one.get("over", ())],
        }
        for one in told["contacten"]
    ]
    return store(people, contacts)


def _customer(person: Resident) -> dict[str, Any]:
    """A resident as a party: e-mail and telephone as they gave them."""
    given = [("email", person.email), ("telefoonnummer", person.phone)]
    return {
        "bsn": person.bsn, "voorletters": person.initials, "voornaam": person.call, "voorvoegselAchternaam": person.prefix,
        "achternaam": person.family, "adressen": [(kind, value) for kind, value in given if value], "geheim": person.secret,
    }  # fmt: skip


def _log(town: Town) -> Json:
    told = read("systems/logboek.yaml")
    return {**told, "regels": [{**line, "bsn": town.cast[line["wie"]]} for line in told["regels"]]}

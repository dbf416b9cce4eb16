"""From a log of processing to the disclosures of the dossier: the whole way, with the log on loopback."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import orjson
import pyzipper

from demo.apis.server import serving
from demo.logboek.app import ROOT, application
from tests.flows.conftest import BSN, OTHER_BSN, SOURCES, build

OURS, THEIRS = "00000001821002193000", "00000002000000000001"
LINES = [
    {"bsn": BSN, "op": "2026-03-02T09:00:00Z", "verwerking": "Hulp regelen", "handeling": "Doorgeven", "actie": "Gegevens verstrekken",
     "activiteit": "wmo-onderzoek", "gegevens": ["indicatie"], "afnemer": THEIRS},
    {"bsn": OTHER_BSN, "op": "2026-03-03T09:00:00Z", "verwerking": "Vreemd", "handeling": "x", "actie": "y", "activiteit": "wmo-onderzoek",
     "gegevens": ["adres"]},
]  # fmt: skip
LOG = """
  - name: logboek
    title: Wie uw gegevens bekeek of kreeg
    kind: logboek
    owner: team@nergenshuizen.example
    connection: ADDRESS
    auth: {token: "${LOG_TOKEN}"}
    options: {names: {"THEIRS": Zorgbedrijf De Eik}}
    activity: zaakgericht-werken
    entities:
      regels:
        table: verwerkte-objecten
        match: {objectId: subject.bsn}
        columns:
          objectId:                 {label: Burgerservicenummer, kind: bsn, party: subject}
          tijdstip:                 {label: Wanneer, kind: date, party: subject}
          verwerkingNaam:           {label: Waarvoor, kind: text, party: subject}
          verwerkteSoortenGegevens: {label: Welke gegevens, kind: text, party: subject}
          afnemerId:                {label: Aan wie, kind: name, party: organisation}
          verwerkingsactiviteitUrl: {label: Verwerking in het register, kind: code, party: subject}
"""


def test_a_line_of_a_log_is_a_disclosure_of_the_dossier(tmp_path: Path) -> None:
    """When, to whom, what and why, under the activity that the line names; nobody else's line."""
    with serving(lambda address: application(LINES, "bewijs", OURS, address), "logboek") as address:
        sources = SOURCES + LOG.replace("ADDRESS", address + ROOT).replace("THEIRS", THEIRS)
        gemeente = build(tmp_path, sources)
        told = {"LOG_TOKEN": "bewijs"}
        number = gemeente.json("request", "new", "--bsn", BSN, "--received", "2026-11-20", "--identity-checked-by", "balie", **told)[
            "request"
        ]
        gemeente.json("request", "run", number, **told)
        for reviewer in ("toetser-een", "toetser-twee"):
            gemeente.json("review", "approve", number, "--as", reviewer, **told)
        released = gemeente.json("release", number, "--out", "uit", **told)
    with zipfile.ZipFile(gemeente.folder / released["package"]) as outer:
        inner = pyzipper.AESZipFile(io.BytesIO(outer.read("gegevens.zip")))
    inner.setpassword(released["passphrase"].encode())
    dossier = orjson.loads(inner.read("dossier.json"))
    assert dossier["disclosures"] == [{"when": "2026-03-02", "to": "Zorgbedrijf De Eik", "what": "indicatie", "why": "Hulp regelen"}]
    wmo = next(activity for activity in dossier["activities"] if activity["id"] == "wmo-onderzoek")
    assert [one["name"] for one in wmo["recipients"] if one["status"] == "actual"] == ["Zorgbedrijf De Eik"]

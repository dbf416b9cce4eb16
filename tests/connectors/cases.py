"""A case register on loopback for the tests: two cases of the subject, one of somebody else, in every way the standard allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware

from config.settings import Entity, Source
from demo.apis.server import serving
from demo.zaakgericht.app import application
from demo.zaakgericht.made import store
from tests.connectors.made import BSN, OTHER, column, entity, source

CLIENT, SECRET = "inzage", "geheim-van-de-proef"
PEOPLE = {
    "johanna": {"inpBsn": BSN, "voornamen": "Johanna Maria", "geslachtsnaam": "Berg", "voorvoegselGeslachtsnaam": "van der"},
    "zonder": {"inpA_nummer": "1234567890", "geslachtsnaam": "Berg"},
    "buur": {"inpBsn": OTHER, "voornamen": "Petra", "geslachtsnaam": "Vreemd", "geboortedatum": "1980-03-09"},
}
LOOKS = [{"op": "2024-03-01T09:00:00Z", "actie": "retrieve", "met": "Zaaksysteem", "id": "w123", "wie": "Wouter Kijker"}]
CASES: list[dict[str, Any]] = [
    {
        "zaak": "ZAAK-2024-1", "type": "Melding Wmo", "omschrijving": "Huishoudelijke hulp", "start": "2024-03-01",
        "vertrouwelijkheid": "vertrouwelijk", "resultaat": "Toegekend", "bekeken": LOOKS,
        "rollen": [{"rol": "Aanvrager", "wie": "johanna"}, {"rol": "Behandelaar", "naam": "Wouter Kijker"}, {"rol": "Belanghebbende", "wie": "buur"}],
        "statussen": [{"op": "2024-03-01T10:00:00Z", "status": "Ontvangen"}, {"op": "2024-04-01T10:00:00Z", "status": "Besloten"}],
        "eigenschappen": {"Aantal uren": "3"},
        "documenten": [
            {"titel": "Verslag", "bestand": "verslag.txt", "soort": "Verslag", "auteur": "W. Kijker", "dag": "2024-03-05", "bekeken": LOOKS,
             "versies": ["Eerste versie van het verslag.", "Tweede versie.", "Derde versie van het verslag."],
             "verzonden": [{"op": "2024-03-06", "aan": "Zorgbedrijf De Eik"}]},
            {"titel": "Beschikking", "bestand": "beschikking.txt", "soort": "Beschikking", "auteur": "W. Kijker", "dag": "2024-04-01",
             "versies": ["U krijgt hulp."]},
        ],
        "besluiten": [{"type": "Toekenning Wmo", "datum": "2024-04-01", "toelichting": "Drie uur per week", "documenten": [1]}],
        "notities": [{"op": "2024-03-02T12:00:00Z", "onderwerp": "Gesprek", "tekst": "Mevrouw vroeg om hulp.", "door": "Wouter Kijker"}],
        "contacten": [{"op": "2024-03-03T12:00:00Z", "kanaal": "telefoon", "onderwerp": "Vraag", "tekst": "Belde terug."}],
    },
    {
        "zaak": "ZAAK-2025-7", "type": "Bezwaar", "omschrijving": "Bezwaar van de buren", "start": "2025-01-02",
        "rollen": [{"rol": "Aanvrager", "wie": "buur"}, {"rol": "Medeaanvrager", "wie": "johanna"}],
    },
    {
        "zaak": "ZAAK-2025-8", "type": "Melding Wmo", "omschrijving": "Over een ander", "start": "2025-01-03",
        "rollen": [{"rol": "Aanvrager", "wie": "buur"}], "notities": [{"op": "2025-01-03T12:00:00Z", "onderwerp": "x", "tekst": "Vreemd", "door": "W"}],
    },
]  # fmt: skip
ALL: tuple[dict[str, Any], ...] = ({"client": CLIENT, "label": "Inzage", "tot": "zeer_geheim"},)


def stored(cases: list[dict[str, Any]] = CASES, rights: tuple[dict[str, Any], ...] = ALL) -> dict[str, Any]:
    """What the register keeps."""
    return store(cases, PEOPLE.__getitem__, rights)


Change = Callable[[Any, Callable[[Any], Any]], Any]
"""What a test puts before the register: it is given the request and what answers it."""


@contextmanager
def register(kept: Mapping[str, Any] | None = None, change: Change | None = None) -> Iterator[str]:
    """The address of a running register."""

    def made(address: str) -> Starlette:
        app = application(kept or stored(), {CLIENT: SECRET}, address)
        if change is not None:
            app.user_middleware.append(Middleware(BaseHTTPMiddleware, dispatch=change))
        return app

    with serving(made, "zaken") as address:
        yield address


CASE = entity(
    "zaken",
    {"rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": "subject.bsn"},
    [
        column("identificatie", "id"),
        column("omschrijving", "text", "mixed"),
        column("zaaktype"),
        column("startdatum", "date"),
        column("vertrouwelijkheidaanduiding", "code"),
        column("status"),
        column("resultaat"),
    ],
    provides={"url": "key.zaak"},
)


def hanging(table: str, *columns: Any, match: dict[str, str] | None = None) -> Entity:
    """An entity that follows the cases."""
    return entity(table, match or {"zaak": "key.zaak"}, list(columns))


def register_source(address: str, *entities: Entity, **more: Any) -> Source:
    """The register as sources.yaml has it."""
    options = {"auth": {"client_id": CLIENT, "secret": SECRET}, **more.pop("options", {})}
    return source("zgw", f"{address}/zaken/api/v1", *(entities or (CASE,)), options=options, **more)

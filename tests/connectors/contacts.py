"""Contacts on loopback for the tests: of the subject, about the subject, and of somebody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware

from config.settings import Entity, Source
from demo.apis.server import serving
from demo.klantcontact.app import application
from demo.klantcontact.made import store
from tests.connectors.cases import Change
from tests.connectors.made import BSN, OTHER, column, entity, source

TOKEN = "bewijs"
PEOPLE: list[dict[str, Any]] = [
    {"bsn": BSN, "voornaam": "Johanna", "voorvoegselAchternaam": "van der", "achternaam": "Berg",
     "adressen": [("email", "joke@voorbeeld.example"), ("telefoonnummer", "0612345678")]},
    {"bsn": OTHER, "voornaam": "Petra", "achternaam": "Vreemd", "adressen": [("email", "vreemd@voorbeeld.example")]},
]  # fmt: skip
CONTACTS: list[dict[str, Any]] = [
    {"nummer": "0000000001", "kanaal": "telefoon", "onderwerp": "Hulp", "inhoud": "Mevrouw vroeg om hulp.", "op": "2024-03-01T09:00:00Z",
     "betrokkenen": [{"bsn": BSN, "adressen": [("telefoonnummer", "0687654321")]}, {"voornaam": "Jan", "achternaam": "Mee", "rol": "vertegenwoordiger"}],
     "medewerkers": ["Wouter Kijker"], "bijlagen": ["11111111-1111-4111-8111-111111111111"],
     "taken": [{"handeling": "Terugbellen", "aan": "Wouter Kijker", "op": "2024-03-01T10:00:00Z", "toelichting": "Na vijven"}]},
    {"nummer": "0000000002", "kanaal": "balie", "onderwerp": "Zorg", "inhoud": "De buurvrouw maakt zich zorgen.", "op": "2024-05-01T09:00:00Z",
     "betrokkenen": [{"bsn": OTHER}], "over": [(BSN, "natuurlijk_persoon")]},
    {"nummer": "0000000003", "kanaal": "balie", "onderwerp": "Vreemd", "inhoud": "Over een ander.", "op": "2024-06-01T09:00:00Z",
     "betrokkenen": [{"bsn": OTHER}], "over": [("22222222-2222-4222-8222-222222222222", "zaak")]},
]  # fmt: skip


def stored(people: list[dict[str, Any]] = PEOPLE, contacts: list[dict[str, Any]] = CONTACTS) -> dict[str, Any]:
    """What is kept."""
    return store(people, contacts)


@contextmanager
def register(kept: Mapping[str, Any] | None = None, change: Change | None = None) -> Iterator[str]:
    """The address of a running server."""

    def made(address: str) -> Starlette:
        app = application(kept or stored(), TOKEN, address)
        if change is not None:
            app.user_middleware.append(Middleware(BaseHTTPMiddleware, dispatch=change))
        return app

    with serving(made, "klantcontact") as address:
        yield address


PARTY = entity(
    "partijen",
    {"partijIdentificator__objectId": "subject.bsn"},
    [column("partijIdentificatie.contactnaam.achternaam", "name"), column("soortPartij", "code")],
    provides={"uuid": "key.partij"},
)
CONTACT = entity(
    "klantcontacten", {"bsn": "subject.bsn"}, [column("nummer", "id"), column("inhoud", "text", "mixed"), column("plaatsgevondenOp", "date")],
    provides={"uuid": "key.contact"},
)  # fmt: skip


def hanging(table: str, *columns: Any, match: dict[str, str] | None = None) -> Entity:
    """An entity that follows the contacts."""
    return entity(table, match or {"klantcontact": "key.contact"}, list(columns))


def contacts_source(address: str, *entities: Entity, **more: Any) -> Source:
    """The server as sources.yaml has it."""
    options = {"auth": {"token": TOKEN}, **more.pop("options", {})}
    return source("klantinteracties", f"{address}/klantinteracties/api/v1", *(entities or (CONTACT,)), options=options, **more)

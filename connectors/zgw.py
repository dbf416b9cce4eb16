"""Zaakgericht werken: the Zaken, Documenten, Catalogi and Besluiten API (VNG), from a person to cases and all that hangs from these.

`connection` is the address of the Zaken API, or of all. `table` is one of `connectors.zaakgericht.tables`. A column is a path of the
specification: `betrokkeneIdentificatie.geslachtsnaam`; a member that points to a type has its name, and paths below it: `zaaktype.doel`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial

from config.collection import Answer
from config.person import Subject
from config.settings import Entity, Source
from connectors.asking.asked import asked
from connectors.asking.contract import Search, SourceReport
from connectors.asking.reported import Seen, reported
from connectors.records.api import Api
from connectors.records.searching import drifted
from connectors.web.client import opened
from connectors.zaakgericht.authorisation import Authorisation
from connectors.zaakgericht.places import places
from connectors.zaakgericht.searching import Session
from connectors.zaakgericht.tables import TABLES, table

_HEADERS = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}


def collect(source: Source, entities: Sequence[Entity], subject: Subject, *, now: datetime) -> Answer:
    """What the APIs hold of the subject. Each question is asked again by itself where that may help, not the whole entity."""
    patient = partial(_searching, retries=source.retries)
    return asked(replace(source, retries=0), entities, subject, patient, now=now)


def check(source: Source, entities: Sequence[Entity]) -> SourceReport:
    """Whether the APIs answer, let us in to everything, know the columns, and search by person as the standard has it."""

    def look(seen: Seen) -> None:
        with session(source, source.retries) as found:
            if not found.obeys():
                wrong = "its search gives cases for a BSN that nobody has. It does not know the question: report this."
                seen.lines.append(f"{source.name}: {wrong}")
            for entity in entities:
                _look(found, entity, seen)

    return reported(source, look)


def _look(found: Session, entity: Entity, seen: Seen) -> None:
    """Note what is wrong with one entity."""
    known = table(entity.table)
    if known is None:
        seen.lines.append(f"{entity.source}.{entity.name}: there is no table {entity.table}. Write one of: {', '.join(TABLES)}.")
        return
    seen.lines += drifted(entity, known.form)
    covered = found.authorisation.covers(known.api)
    seen.lines += covered.alarms
    seen.authorised = seen.authorised and covered.whole
    if known.counted:
        seen.count(entity, lambda: found.size(known))


@contextmanager
def session(source: Source, retries: int) -> Iterator[Session]:
    """The APIs, open."""
    auth = source.options.get("auth") or {}
    with opened(source, retries) as web:
        api = Api(web, places(source), _HEADERS)
        signed = auth.get("client_id") and not auth.get("token_url")
        yield Session(source, api, Authorisation(api, str(auth["client_id"]) if signed else "", source.name))


@contextmanager
def _searching(source: Source, retries: int) -> Iterator[Search]:
    with session(source, retries) as found:
        yield found.search

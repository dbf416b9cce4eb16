"""The benefits suite GWS4all (Centric): yearly statements (JaarOpgaveClient 0400) and monthly ones (UitkeringsSpecificatieClient 0600).

`connection` is the address before `/JaarOpgaveClient-v0400`. `table` is a kind of record: `jaaropgave`, `loonheffingskorting`,
`uitkeringsspecificatie`, `componenten`, `bijstandspartijen`, `client`. Every year and month from `options: {from: 2016}` is asked.
A column is an element by name or path: `Regeling`, `Fiscaalloon`, `Uitkeringsinstantie.Gemeentenaam`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from types import MappingProxyType

from config.collection import Answer
from config.errors import SourceError, SourceRefused, SourceUnavailable, SourceUnreadable
from config.folding import squeeze
from config.person import Subject
from config.settings import Entity, Source
from connectors.asking.asked import asked
from connectors.asking.contract import Search, Searched, SourceReport
from connectors.asking.known import Known
from connectors.asking.reported import Seen, reported
from connectors.asking.retry import attempts
from connectors.asking.rows import search_table
from connectors.asking.turns import together
from connectors.benefits.answering import AROUND, LEAVES, RECORDS, Answered, Held, answered
from connectors.benefits.asking import SERVICES, Service, periods, question
from connectors.soap.exchange import Soap, opened
from connectors.structured.paths import Path, parts
from connectors.structured.table import Record, RecordTable

NOBODY = "999999990"
"""A BSN of the range for tests, which no resident has: what `check` asks for."""

_WORDS = MappingProxyType(
    {
        **{squeeze(name): name for name in RECORDS},
        "clienten": "Client", "persoon": "Client", "jaaropgave": "SpecificatieJaarOpgave", "jaaropgaven": "SpecificatieJaarOpgave",
        "jaaropgaveclient": "SpecificatieJaarOpgave", "specificatiejaaropgaven": "SpecificatieJaarOpgave",
        "loonheffingskortingen": "Loonheffingskorting", "uitkeringsspecificatie": "Dossierhistorie",
        "uitkeringsspecificaties": "Dossierhistorie", "uitkeringsspecificatieclient": "Dossierhistorie", "uitkering": "Dossierhistorie",
        "uitkeringen": "Dossierhistorie", "maandspecificatie": "Dossierhistorie", "maandspecificaties": "Dossierhistorie",
        "specificatie": "Dossierhistorie", "specificaties": "Dossierhistorie", "dossier": "Dossierhistorie",
        "componenten": "Componenthistorie", "component": "Componenthistorie",
        "bijstandspartijen": "OverigeBijstandspartij", "bijstandspartij": "OverigeBijstandspartij",
        "overigebijstandspartijen": "OverigeBijstandspartij", "partner": "OverigeBijstandspartij",
    }
)  # fmt: skip
"""What `table` may call each kind of record."""

_ENOUGH = 3
"""Periods that stay without an answer, from which the rest is not asked any more: a suite that is down is left in peace."""

_NUMBER: Path = ("Client", "BurgerServiceNr")


def collect(source: Source, entities: Sequence[Entity], subject: Subject, *, now: datetime) -> Answer:
    """The statements of every year and month: each period is asked once, whatever the number of entities."""
    return asked(source, entities, subject, partial(_searching, bsn=subject.person.bsn, today=now.date()), now=now)


def check(source: Source, entities: Sequence[Entity]) -> SourceReport:
    """Whether the services answer, let us in, and have the tables of sources.yaml; asks for nobody, one period of each service."""

    def look(seen: Seen) -> None:
        with opened(source) as soap:
            suite = _Suite(source, soap, NOBODY, date.today())  # noqa: DTZ011 - a year, wherever it is asked
            for service in suite.services(entities, seen.lines):
                suite.once(service, periods(service, source, suite.today)[-1])

    return reported(source, look)


@contextmanager
def _searching(source: Source, bsn: str, today: date) -> Iterator[Search]:
    with opened(source) as soap:
        yield _Suite(source, soap, bsn, today).search


@dataclass(slots=True)
class _Suite:
    """The open suite, with what it said of each period that was asked, and the periods that it did not answer."""

    source: Source
    soap: Soap
    bsn: str
    today: date
    said: dict[str, list[Answered]] = field(default_factory=dict)
    unanswered: dict[str, list[SourceError]] = field(default_factory=dict)

    def services(self, entities: Sequence[Entity], lines: list[str]) -> list[Service]:
        """The services that the entities need; a table that is none goes to `lines`."""
        needed: dict[str, Service] = {}
        for entity in entities:
            try:
                needed |= {service.name: service for service in RECORDS[self._record(entity)]}
            except SourceUnreadable as error:
                lines.append(str(error))
        return [service for service in SERVICES.values() if service.name in needed]

    def search(self, entity: Entity, known: Known) -> Searched:
        """The records of one entity, over all periods."""
        name = self._record(entity)
        for service in RECORDS[name]:
            self._ask(service)
        held = [one for service in RECORDS[name] for said in self._sure(service) for one in said.records if one.name == name]
        records = _distinct(held, self.bsn)
        around = (tuple(("Client", *path) for path in LEAVES["Client"]), _parents(name), AROUND)
        alarms = tuple(line for service in RECORDS[name] for line in self._alarms(entity, service))
        first = () if name == "Client" else (_NUMBER,)
        table = RecordTable(entity, records, (LEAVES[name], *around), alarms, len(records), first=first, title=name, called=_called(name))
        return search_table(self.source, entity, known, table)

    def once(self, service: Service, period: str) -> Answered:
        """What one service says of one period. Raises SourceError, SourceRefused where it is about another."""
        url = f"{self.source.connection.rstrip('/')}/{_endpoint(self.source, service)}".rstrip("/")
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}
        said = answered(self.source.name, service, self.soap.ask(url, question(service, self.source, self.bsn, period, url), headers))
        if said.records and said.bsn != self.bsn and any(record.name == "Client" for record in said.records):
            wrong = "it answered with another person than was asked for; all of it was refused"
            raise SourceRefused(self.source.name, wrong, "Report this to its keeper")
        return said

    def _ask(self, service: Service) -> None:
        """Ask every period, once; where not one is answered, the first error is raised."""
        if service.name in self.said:
            return
        answers, errors, left = list[Answered](), list[SourceError](), periods(service, self.source, self.today)
        while left and len(errors) < _ENOUGH:
            number = self.source.concurrency if answers else 1  # the first alone: a suite that is down is asked once
            several, left = left[:number], left[number:]
            for one in together(self.source, partial(self._tried, service, retries=self.source.retries if answers else 0), several):
                if not isinstance(one, SourceError):
                    answers.append(one)
                elif answers:
                    errors.append(one)
                else:
                    raise one
        self.said[service.name], self.unanswered[service.name] = answers, [*errors, *(errors[-1] for _ in left)]

    def _tried(self, service: Service, period: str, retries: int) -> Answered | SourceError:
        """What is said of one period, or why nothing is. Raises SourceRefused: the same would be said of every other."""
        try:
            return attempts(partial(self.once, service, period), retries)
        except (SourceUnavailable, SourceUnreadable) as error:
            return error

    def _sure(self, service: Service) -> list[Answered]:
        """The answers that say whom they are about."""
        return [said for said in self.said[service.name] if said.bsn == self.bsn]

    def _alarms(self, entity: Entity, service: Service) -> Iterator[str]:
        """Why not all of it could be searched."""
        place = f"{self.source.name}.{entity.name}"
        if errors := self.unanswered[service.name]:
            number = len(errors) + len(self.said[service.name])
            yield f"{place}: {len(errors)} of {number} periods of {service.name} were not answered. {errors[0]}"
        if warned := sum(said.warned for said in self.said[service.name]):
            yield f"{place}: {service.name} warned at {warned} periods that what it gives may not be all. Look at it by hand."
        if nameless := sum(not said.bsn for said in self.said[service.name] if said.records):
            yield f"{place}: {nameless} answers of {service.name} do not say whom they are about, and were left out. Look at them by hand."

    def _record(self, entity: Entity) -> str:
        found = _WORDS.get(squeeze(entity.table.strip("./")))
        if found is None:
            remedy = "Write one of: jaaropgave, loonheffingskorting, uitkeringsspecificatie, componenten, bijstandspartijen, client"
            raise SourceUnreadable(f"{self.source.name}.{entity.name}", f"the suite has no table {entity.table}", remedy)
        return found


def _called(name: str) -> frozenset[Path]:
    """What a record of this kind may be called in the name of a column."""
    return frozenset({parts(name), *(parts(word) for word, kind in _WORDS.items() if kind == name)})


def _endpoint(source: Source, service: Service) -> str:
    named = (source.options.get("endpoints") or {}).get(service.name)
    return str(service.endpoint if named is None else named).strip("/")


def _parents(name: str) -> tuple[Path, ...]:
    """The leaves of the record that a record lies in."""
    parent = {
        "Loonheffingskorting": "SpecificatieJaarOpgave",
        "Componenthistorie": "Dossierhistorie",
        "OverigeBijstandspartij": "Dossierhistorie",
    }
    return tuple((parent[name], *path) for path in LEAVES[parent[name]]) if name in parent else ()


def _distinct(held: Sequence[Held], bsn: str) -> list[Record]:
    """Each record once, though several periods tell of it."""
    records: dict[int, Record] = {}
    for one in held:
        around = one.around if one.name == "Client" else {**one.around, _NUMBER: bsn}
        records.setdefault(hash((tuple(one.own.items()), tuple(around.items()))), Record(one.own, around))
    return list(records.values())

"""A data broker that speaks StUF-BG 3.10: natural persons by BSN (`npsLv01`), over SOAP, asked for no more than sources.yaml names.

`connection` is the address that answers questions. `table: persoon` is one row; `partners`, `kinderen` and `ouders` have a row for each.
A column is an element of the sector model by name or path: `geslachtsnaam`, `inp.bsn`, `verblijfsadres.aoa.postcode`. `noValue` tells
what is not filled and why. Under `options`: `zender` and `ontvanger` (organisatie, applicatie, administratie, gebruiker), `soap: "1.2"`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from config.collection import Answer, Column, Kind, Match
from config.errors import SourceRefused, SourceUnreadable
from config.folding import squeeze
from config.person import Subject
from config.settings import Entity, Source
from connectors.asking.asked import asked
from connectors.asking.contract import Search, Searched, SourceReport
from connectors.asking.known import Known
from connectors.asking.matching import holds_other_bsn
from connectors.asking.reported import Seen, reported
from connectors.asking.rows import found
from connectors.asking.shape import drift, shape_of
from connectors.soap.exchange import Soap, opened, security
from connectors.structured.paths import Path, leaf, parts
from connectors.structured.table import Record, RecordTable
from connectors.stuf.answering import Found, answered, unfilled, why_of, without_right
from connectors.stuf.asking import ACTION, question
from connectors.stuf.outline import PERSON, RELATED, RELATIONS, TABLES, spelled_out
from connectors.written.figures import bsn as digits_of

NOBODY = "999999990"
"""A BSN of the range for tests, which no resident has: what `check` asks for."""

UNNUMBERED = 0.5
"""The score of an answer that does not repeat the BSN it was asked for: for a person to judge."""

_MOST_QUESTIONS = 20
_BSN: Path = ("inp.bsn",)
_LACKS: Path = ("noValue",)


def collect(source: Source, entities: Sequence[Entity], subject: Subject, *, now: datetime) -> Answer:
    """What the broker holds of the subject: one question for all these entities."""
    return asked(source, entities, subject, partial(_searching, entities=entities, bsn=subject.person.bsn), now=now)


def check(source: Source, entities: Sequence[Entity]) -> SourceReport:
    """Whether the broker answers, lets us in, and whether sources.yaml names elements of the sector model; asks for nobody."""

    def look(seen: Seen) -> None:
        seen.lines += [line for entity in entities for line in _unknown(entity)]
        with opened(source) as soap:
            _ask(soap, entities, NOBODY)

    return reported(source, look)


@contextmanager
def _searching(source: Source, entities: Sequence[Entity], bsn: str) -> Iterator[Search]:
    with opened(source) as soap:
        yield _Broker(source, bsn, _ask(soap, entities, bsn)).search


def _ask(soap: Soap, entities: Sequence[Entity], bsn: str) -> tuple[Found, ...]:
    """The persons that the broker gives for this BSN: one, or none. Raises SourceRefused where it gives anybody else."""
    wanted = [path for entity in entities for path in _asked(entity)]
    auth, headers = soap.source.options.get("auth") or {}, _headers(soap.source)
    persons: list[Found] = []
    start = ""
    for _ in range(_MOST_QUESTIONS):
        envelope = question(bsn, wanted, soap.source.options, security(auth), start)
        said = answered(soap.source.name, soap.ask(soap.source.connection, envelope, headers))
        persons += said.persons
        if not said.more:
            return _checked(soap.source, persons, bsn)
        start = digits_of(said.persons[-1].leaves.get(_BSN)) if said.persons else ""
        if not start:
            break
    raise SourceUnreadable(soap.source.name, "it keeps saying that there is more, and does not give it", "Ask who runs it to look")


def _headers(source: Source) -> dict[str, str]:
    """The headers of SOAP 1.1, or of 1.2 where `options` say so."""
    if str(source.options.get("soap")) == "1.2":
        return {"Content-Type": f'application/soap+xml; charset=utf-8; action="{ACTION}"'}
    return {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{ACTION}"'}


def _checked(source: Source, persons: Sequence[Found], bsn: str) -> tuple[Found, ...]:
    numbers = {digits_of(person.leaves.get(_BSN)) for person in persons}
    if numbers - {bsn, ""} or len(persons) > 1:
        wrong = "it answered with another person than was asked for; all of it was refused"
        raise SourceRefused(source.name, wrong, "Report this to its keeper")
    return tuple(persons)


def _relation(entity: Entity) -> str | None:
    """The element of the relation that an entity reads, "" for the person; None where its table is neither."""
    plain = squeeze(entity.table.strip("."))
    if plain in TABLES:
        return TABLES[plain]
    return next((name for name in RELATIONS if squeeze(name) == plain), entity.table if plain.startswith("inpheeftals") else None)


def _names(entity: Entity) -> list[str]:
    return list(dict.fromkeys((*entity.columns, *entity.provides)))


def _asked(entity: Entity) -> list[Path]:
    """What one entity asks for, by paths from the person."""
    relation = _relation(entity)
    if relation is None:
        return []
    model = PERSON if not relation else tuple(("gerelateerde", *path) for path in RELATED)
    paths = [path for name in _names(entity) if parts(name) != ("novalue",) for path in _pointed(name, model)]
    return paths if not relation else [(relation, *path) for path in paths or [("gerelateerde", "inp.bsn")]]


def _pointed(name: str, model: Sequence[Path]) -> list[Path]:
    """The elements that a name asks for: a leaf of the model, all below a group of it, or what it spells itself."""
    if (found := leaf(name, sorted(model, key=len))) is not None:
        return [found]
    below = [path for path in model if any(parts(name) == tuple(w for s in path[:end] for w in parts(s)) for end in range(1, len(path)))]
    return below or [spelled_out(name)]


def _unknown(entity: Entity) -> Iterator[str]:
    """A line for a table or column that the outline of the sector model does not have."""
    place, relation = f"{entity.source}.{entity.name}", _relation(entity)
    if relation is None:
        yield f"{place}: StUF-BG has no table {entity.table}. Write one of: persoon, partners, kinderen, ouders."
        return
    model = PERSON if not relation else tuple(("gerelateerde", *path) for path in RELATED)
    for name in _names(entity):
        if parts(name) != ("novalue",) and not set(_pointed(name, model)) <= set(model):
            yield f"{place}: column {name} is not in our outline of StUF-BG 3.10; it is asked for as written. Look whether it is right."


@dataclass(frozen=True, slots=True)
class _Broker:
    """The broker's answer."""

    source: Source
    bsn: str
    persons: Sequence[Found]

    def search(self, entity: Entity, known: Known) -> Searched:
        """The rows of one entity."""
        relation = _relation(entity)
        if relation is None:
            remedy = "Write one of: persoon, partners, kinderen, ouders"
            raise SourceUnreadable(f"{self.source.name}.{entity.name}", f"StUF-BG has no table {entity.table}", remedy)
        by = next((f"{column} = {key}" for match in entity.match for column, key in match.items() if _by_number(match)), "")
        if not by:
            alarm = f"{self.source.name}.{entity.name}: it is asked by BSN alone. Write its match as {{inp.bsn: subject.bsn}}."
            return Searched(entity, whole=False, alarms=(alarm,), failure="unasked")
        return self._found(entity, relation, by)

    def _found(self, entity: Entity, relation: str, by: str) -> Searched:
        records = [record for person in self.persons for record in _records(person, relation, entity)]
        table = RecordTable(
            entity, records, (_model(relation), (_LACKS,)), cell=partial(_shown, records), shows_match=False, called=_called(relation)
        )
        shape = shape_of(entity, table.columns)
        rows = [row for rows in table.candidates(()) for row in rows]
        own = [place for place, column in enumerate(shape.columns) if column.kind is Kind.BSN and column.party == "subject"]
        kept = [row for row in rows if not any(holds_other_bsn(row[place], self.bsn) for place in own)]
        others = len(rows) - len(kept)
        return found(
            self.source, entity, shape, kept, [self._match(by)] * len(kept),
            alarms=(*drift(entity, shape), *self._alarms(entity, relation, others)),
            whole=not (shape.gone or others or self._kept_from_us(relation)), reference=True,
        )  # fmt: skip

    def _match(self, by: str) -> Match:
        numbered = all(person.leaves.get(_BSN) for person in self.persons)
        return Match(1.0, by) if numbered else Match(UNNUMBERED, f"{by} (the answer does not repeat it)")

    def _kept_from_us(self, relation: str) -> list[str]:
        paths = [path for person in self.persons for path in without_right(person)]
        mine = [path for path in paths if (path[0] == relation if relation else path[0] not in RELATIONS)]
        return sorted({path[-1] for path in mine})

    def _alarms(self, entity: Entity, relation: str, others: int) -> Iterator[str]:
        place = f"{self.source.name}.{entity.name}"
        if others:
            yield f"{place}: {others} rows were left out, because a BSN column of party subject holds that of another. Mend its party."
        for name in self._kept_from_us(relation):
            yield f"{place}: element {name} is kept from us (nietGeautoriseerd). Ask for the authorisation, or leave it out."
        if any(not person.leaves.get(_BSN) for person in self.persons):
            yield f"{place}: the answer does not repeat the BSN that was asked for, so its rows go to a person. Ask its keeper to give it."
        yield from _unknown(entity)


def _called(relation: str) -> frozenset[Path]:
    """What a record may be called in the name of a column: by its element, or by a word that `table` may be."""
    return frozenset(
        {*(parts(word) for word, name in TABLES.items() if name == relation and word), *([parts(relation)] if relation else [])}
    )


def _by_number(match: Mapping[str, str]) -> bool:
    """Whether an alternative is the BSN, and nothing besides."""
    return list(match.values()) == ["subject.bsn"]


def _model(relation: str) -> Sequence[Path]:
    return PERSON if not relation else tuple(("gerelateerde", *path) for path in RELATED)


def _records(person: Found, relation: str, entity: Entity) -> Iterator[Record]:
    """The person as one record, or each of their relations of this sort; the BSN that is only asked to compare stays out."""
    if relation:
        yield from (Record(one.leaves, _besides(one, person)) for name, one in person.related if name == relation)
        return
    asked_for = any(parts(name)[-1:] == ("bsn",) for name in _names(entity))
    own = {path: value for path, value in person.leaves.items() if path != _BSN or asked_for}
    if own or person.lacks:
        yield Record(own, _besides(person, person))


def _besides(one: Found, person: Found) -> dict[Path, Any]:
    """What is not filled in a record: as one text, and as it stands for each element."""
    return {_LACKS: unfilled(one.lacks), **{("noValue", *path): kind for path, kind in one.lacks.items()}, **_subject(one, person)}


def _subject(one: Found, person: Found) -> dict[Path, Any]:
    """The number of the subject, for a relation whose table is matched on it."""
    return {} if one is person else {("subject", *_BSN): person.leaves.get(_BSN)}


def _shown(records: Sequence[Record], column: Column | None, path: Path, value: Any) -> Any:
    """A leaf; where it is not filled and its column is words, why."""
    if value is not None or column is None or column.kind not in {Kind.TEXT, Kind.CODE} or path == _LACKS:
        return value
    kinds = {record.around[("noValue", *path)] for record in records if ("noValue", *path) in record.around and path not in record.own}
    return why_of(kinds.pop()) if len(kinds) == 1 and len(records) == 1 else None

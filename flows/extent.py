"""How far one request reaches: which entities are asked for it, and what of the answers lies outside what the resident asked.

A request for some activities still asks what is needed to find them: entities that provide their keys, and the base register of
persons (or else what tells the resident's name), by which the resident and the people around them are known. What was asked for
that alone is no part of the answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from config.collection import Collection, Coverage, Kind, Outcome, Party
from config.order import Leg, Place, reach, stages
from config.person import Fact
from config.request import Request
from config.settings import Config, Entity, Source
from connectors import Period, in_period

BASE = frozenset({"brp", "stufbg"})
"""Kinds that read the base register of persons."""


@dataclass(frozen=True, slots=True)
class Left:
    """How much of one entity lies outside what was asked, by `why`: scope or period. Counts only."""

    source: str
    entity: str
    rows: int
    documents: int
    why: str


def legs(config: Config, request: Request) -> tuple[Leg, ...]:
    """Which source is asked for what, in which stage, as far as the request reaches."""
    wanted = asked(config.sources, request.scope)
    planned = (Leg(leg.stage, leg.source, tuple(e for e in leg.entities if (leg.source, e) in wanted)) for leg in stages(config.sources))
    bare = (Leg(0, s.name, ()) for s in config.sources if not s.entities and _about(s.activity, request.scope))
    return (*(leg for leg in planned if leg.entities), *bare)


def asked(sources: Sequence[Source], scope: Sequence[str]) -> frozenset[Place]:
    """The entities that are asked: those of the scope, those that provide their keys, and the base register."""
    every = {(source.name, entity.name): entity for source in sources for entity in source.entities}
    if not scope:
        return frozenset(every)
    base = {(source.name, entity.name) for source in sources if source.kind in BASE for entity in source.entities}
    naming = {place for place, entity in every.items() if _names(entity)}
    return reach(sources, frozenset({place for place, entity in every.items() if _wanted(entity, scope)} | (base or naming)))


def _names(entity: Entity) -> bool:
    """Whether it is found by the BSN and tells the resident's name: where there is no base register, that is who they are."""
    by_bsn = any("subject.bsn" in match.values() for match in entity.match)
    return by_bsn and any((column.kind, column.party) == (Kind.NAME, Party.SUBJECT) for column in entity.columns.values())


def _wanted(entity: Entity, scope: Sequence[str]) -> bool:
    return _about(entity.activity, scope) or any(column.activity in scope for column in entity.columns.values() if column.activity)


def _about(activity: str, scope: Sequence[str]) -> bool:
    """Whether something is asked for; what names no activity always is, for it could be."""
    return not scope or not activity or activity in scope


def within(request: Request, collections: Iterable[Collection]) -> tuple[tuple[Collection, ...], tuple[Left, ...]]:
    """What of the answers the resident asked for, and how much lies outside it."""
    kept, left, period = list[Collection](), list[Left](), Period(request.since, request.until)
    for held in collections:
        if not _in_scope(held, request.scope):
            left.append(Left(held.source, held.entity, len(held.rows), len(held.documents), "scope"))
            continue
        cut = in_period(held, period) if period else None
        kept.append(cut.collection if cut else held)
        if cut and (cut.rows or cut.documents):
            left.append(Left(held.source, held.entity, cut.rows, cut.documents, "period"))
    return tuple(kept), tuple(left)


def _in_scope(held: Collection, scope: Sequence[str]) -> bool:
    return _about(held.activity, scope) or any(column.activity in scope for column in held.columns if column.activity)


def facts(config: Config, request: Request, known: Sequence[Fact]) -> tuple[Fact, ...]:
    """What sources say of who the resident is, as far as the resident asked for what stands in them."""
    about = {f"{e.source}.{e.name}": _wanted(e, request.scope) for source in config.sources for e in source.entities}
    return tuple(fact for fact in known if about.get(fact.learnt_from, True))


def told(request: Request, config: Config, covered: Sequence[Coverage], left: Sequence[Left]) -> tuple[Coverage, ...]:
    """The coverage as the dossier says it: with what lies outside the request counted apart, and what was not asked for said so."""
    named = {leg.source for leg in legs(config, request)}
    return tuple(_told(one, [out for out in left if out.source == one.source], asked_for=one.source in named) for one in covered)


def _told(one: Coverage, left: Sequence[Left], *, asked_for: bool) -> Coverage:
    if not asked_for:
        return replace(one, message=_texts()["not_asked"], alarms=())
    if not left:
        return one
    rows, documents = sum(out.rows for out in left), sum(out.documents for out in left)
    records, papers = max(one.records - rows, 0), max(one.documents - documents, 0)
    emptied = one.status is Outcome.FOUND and not records and not papers
    said = _outside(left)
    message = " ".join([_texts()["searched"] if emptied else _found(one, records, papers), *said])
    return replace(one, status=Outcome.NONE if emptied else one.status, records=records, documents=papers, message=message)


def _found(one: Coverage, records: int, documents: int) -> str:
    """What the source said; where its counts are whole, with those that are left."""
    return str(_texts()["found"]).format(what=_counted(records, documents)) if one.status is Outcome.FOUND else one.message


def _outside(left: Sequence[Left]) -> list[str]:
    rows, documents = Counter[str](), Counter[str]()
    for out in left:
        rows[out.why] += out.rows
        documents[out.why] += out.documents
    return [_texts()[why].format(what=_counted(rows[why], documents[why])) for why in ("scope", "period") if rows[why] or documents[why]]


def _counted(records: int, documents: int) -> str:
    words = _texts()["counts"]
    parts = [f"{n} {words[one if n == 1 else many]}" for n, one, many in ((records, "row", "rows"), (documents, "paper", "papers")) if n]
    return f" {words['and']} ".join(parts) or words["nothing"]


@cache
def _texts() -> Mapping[str, Any]:
    read: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("extent.yaml").read_text(encoding="utf-8"))
    return read

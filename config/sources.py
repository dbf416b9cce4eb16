"""sources.yaml: the source systems of the gemeente, their entities, and the columns of each."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from config.collection import Column, Kind, Party
from config.fields import Fields
from config.problems import Notes, nearest, one_of
from config.settings import Entity, Source
from config.words import CATEGORY_OF, DISCLOSURE_WORDS, DOCUMENT_COLUMNS, OWN, SOURCE_KINDS, WITHHOLD_REASONS, readable
from config.yamlfile import MapNode, Node, Scalar

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,62}")
_PASSWORD = re.compile(r"://[^/@\s:]*:(?!\$\{)[^@/\s]+@")
_RESERVED = {"subject", "key"}
_KEY = re.compile(r"key\.[A-Za-z][A-Za-z0-9_]*")
ASKED = frozenset({"brp", "zgw", "klantinteracties", "logboek"})
"""Kinds that are asked a question, so that a column of `match` says what is asked, and need not come back."""

WITHOUT_MATCH = frozenset({"manual"})
"""Kinds where a person finds the records, so that nothing is matched."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One `COLUMN: key` of a `match`, and where it stands: what `config.keys` checks once all sources are read."""

    line: int
    entity: Entity
    kind: str
    column: str
    key: str


@dataclass(frozen=True, slots=True)
class Read:
    """What sources.yaml says, and every key that its entities match on."""

    sources: tuple[Source, ...] = ()
    references: tuple[Reference, ...] = ()


def read_sources(root: Node, kinds: Collection[str], notes: Notes) -> Read:
    """The sources, in the order of the file; mistakes go to `notes`. `kinds` are those that this version can read."""
    top = Fields(root, "sources.yaml", notes)
    references: list[Reference] = []
    sources = [_source(node, number, kinds, notes, references) for number, node in enumerate(top.listed("sources"), 1)]
    if top.whole and not sources:
        top.mistake("sources", "it names no source", "List the source systems under `sources:`")
    top.finish()
    _check_unique(sources, notes)
    return Read(tuple(sources), tuple(references))


def _check_unique(sources: list[Source], notes: Notes) -> None:
    first: dict[str, int] = {}
    for source in sources:
        if source.name.casefold() in first:
            notes.mistake(
                source.line,
                f"source {source.name} stands here twice (first on line {first[source.name.casefold()]})",
                "Give one another name",
            )
        first.setdefault(source.name.casefold(), source.line)


def _source(node: Node, number: int, kinds: Collection[str], notes: Notes, references: list[Reference]) -> Source:
    fields = Fields(node, f"source {number}", notes)
    name = fields.required("name", "wmo")
    fields.thing = f"source {name or number}"
    if name and (not _NAME.fullmatch(name) or name in _RESERVED):
        remedy = "Use letters, digits, - and _, begin with a letter, and not `key` or `subject`"
        fields.mistake("name", f"{name} cannot be the name of a source", remedy)
    kind = _kind(fields, kinds)
    source = Source(
        name=name,
        title=fields.text("title", readable(name)),
        kind=kind,
        connection=_connection(fields, name, kind),
        owner=fields.text("owner"),
        activity=fields.text("activity"),
        timeout=fields.period("timeout", timedelta(seconds=30)),
        retries=fields.number("retries", 3, 0, 20),
        concurrency=fields.number("concurrency", 2, 1, 100),
        options=_options(fields, "auth", "format"),
        line=fields.line,
    )
    entities = tuple(_entity(source, name, inner, references) for name, inner in fields.each("entities"))
    if fields.whole and not entities and kind not in WITHOUT_MATCH:
        fields.mistake("entities", "it has no entities", "Name its tables, sheets or folders under `entities:`")
    fields.finish()
    return replace(source, entities=entities)


def _connection(fields: Fields, name: str, kind: str) -> str:
    scalar = fields.scalar("connection")
    if scalar and _PASSWORD.search(scalar.written):
        remedy = "Take it from the environment: ${" + name.upper().replace("-", "_") + "_PASSWORD}"
        fields.notes.warning(scalar.line, f"{fields.thing}: a password stands in the file", remedy)
    if kind in WITHOUT_MATCH:
        return fields.text("connection")
    return fields.required("connection", "${" + name.upper().replace("-", "_") + "_URL}")


def _options(fields: Fields, *keys: str) -> Mapping[str, Any]:
    """What only the connector of this kind understands: `options:` and the keys named here, as plain data."""
    own = {key: fields.anything(key) for key in keys if fields.node(key) is not None}
    return {**fields.data("options"), **own}


def _kind(fields: Fields, kinds: Collection[str]) -> str:
    kind = fields.required("kind", "sql")
    if not kind or kind in kinds:
        return kind
    if kind in SOURCE_KINDS:
        fields.mistake(
            "kind",
            f"this version cannot read kind {kind} yet",
            f"It can read: {', '.join(sorted(kinds))}. Move the source to another file until then",
        )
    else:
        fields.mistake("kind", f"kind {kind} is not known", one_of(kinds, kind))
    return kind


def _entity(source: Source, name: str, fields: Fields, references: list[Reference]) -> Entity:
    fields.thing = f"entity {source.name}.{name}"
    if not _NAME.fullmatch(name):
        fields.notes.mistake(
            fields.line,
            f"{fields.thing}: {name} cannot be the name of an entity",
            "Use letters, digits, - and _, and name the table under `table:`",
        )
    found: list[tuple[int, str, str]] = []
    match = tuple(_alternative(fields, node, found) for node in fields.listed("match"))
    entity = Entity(
        source=source.name,
        name=name,
        title=fields.text("title", readable(name)),
        table=fields.text("table", name),
        match=tuple(alternative for alternative in match if alternative),
        provides=_provides(fields),
        columns=_columns(fields, source.kind),
        activity=fields.text("activity", source.activity),
        minimum_rows=fields.number("minimum_rows", 0, 0, 999_999_999),
        discloses=_discloses(fields),
        options=_options(fields, "format"),
        line=fields.line,
    )
    for word, names in entity.discloses.items():
        for column in sorted(set(names) - set(entity.columns)):
            near = one_of(entity.columns, column) if entity.columns else "Classify it under `columns:`"
            fields.mistake("discloses", f"discloses {word} names {column}, which is not among its columns", near)
    if fields.whole and not match and source.kind not in WITHOUT_MATCH:
        fields.mistake(
            "match", "it has no match, so nothing of it can be found", "Say how a record is found, as `match: {BSN: subject.bsn}`"
        )
    fields.finish()
    references += [Reference(line, entity, source.kind, column, key) for line, column, key in found]
    _check_named(entity, source.kind, fields)
    return entity


def _alternative(fields: Fields, node: Node, found: list[tuple[int, str, str]]) -> Mapping[str, str]:
    if not isinstance(node, MapNode) or not node.items:
        fields.notes.mistake(
            node.line, f"{fields.thing}: match should name columns and keys", "Write it as `match: {BSN: subject.bsn}`, or a list of those"
        )
        return {}
    keys: dict[str, str] = {}
    for column, key in node.items.items():
        if isinstance(key, Scalar) and not key.empty:
            keys[column] = key.text.strip()
            found.append((node.lines[column], column, keys[column]))
        else:
            fields.notes.mistake(node.lines[column], f"{fields.thing}: match on {column} names no key", "Write it as `BSN: subject.bsn`")
    return keys


def _provides(fields: Fields) -> Mapping[str, str]:
    inner = fields.within("provides")
    provided: dict[str, str] = {}
    for column in inner.names():
        key = inner.text(column)
        if _KEY.fullmatch(key):
            provided[column] = key
        else:
            inner.mistake(column, f"{column} should provide a key of this source", "Write it as `CLIENT_NR: key.client`")
    return provided


def _discloses(fields: Fields) -> Mapping[str, tuple[str, ...]]:
    """Which columns tell of a disclosure: `{when: DATUM, to: [ONTVANGER, AFDELING]}`; of several the first that is filled counts."""
    inner = fields.within("discloses")
    told: dict[str, tuple[str, ...]] = {}
    for word in inner.names():
        if word not in DISCLOSURE_WORDS:
            inner.mistake(word, f"discloses {word} is not known", one_of(DISCLOSURE_WORDS, word))
        told[word] = inner.texts(word)
    return told


def _columns(fields: Fields, kind: str) -> Mapping[str, Column]:
    if fields.whole and fields.node("columns") is None and kind not in {"documents", *WITHOUT_MATCH}:
        fields.notes.warning(
            fields.line, f"{fields.thing}: it classifies no columns, so all of it is withheld", "Name each under `columns:`"
        )
    return {name: _column(fields.thing, name, inner) for name, inner in fields.each("columns")}


def _column(entity: str, name: str, fields: Fields) -> Column:
    fields.thing = f"{entity}: column {name}"
    withhold = fields.text("withhold")
    if withhold and withhold not in WITHHOLD_REASONS:
        fields.mistake("withhold", f"withhold {withhold} is not known", one_of(WITHHOLD_REASONS, withhold))
    if fields.whole and not withhold and fields.node("party") is None:
        fields.mistake(
            "party",
            "it says neither whose data it holds nor that it is withheld",
            f"Add `party:` ({', '.join(Party)}) or `withhold: technical`",
        )
    party = fields.choice("party", Party, {"technical": Party.TECHNICAL, "internal": Party.INTERNAL}.get(withhold, Party.MIXED))
    kind = fields.choice("kind", Kind, Kind.TEXT)
    column = Column(
        name=name,
        label=fields.text("label", readable(name)),
        kind=kind,
        party=party,
        category=fields.text("category", CATEGORY_OF[kind] if party in OWN and not withhold else ""),
        activity=fields.text("activity"),
        withhold=withhold,
    )
    fields.finish()
    return column


def _check_named(entity: Entity, kind: str, fields: Fields) -> None:
    """A column that is matched on or provided, but not classified, is withheld; for files the columns are fixed."""
    used = {column for alternative in entity.match for column in alternative}
    if kind == "documents":
        for column in sorted(used - set(DOCUMENT_COLUMNS)):
            fields.mistake("match", f"match names {column}, which a file does not have", one_of(DOCUMENT_COLUMNS, column))
        return
    # What a web API is asked by need not stand in its answer.
    question = {column for alternative in entity.match for column in alternative} if kind in ASKED else set()
    for column in sorted((used | set(entity.provides)) - set(entity.columns) - question) if entity.columns else ():
        near = nearest(entity.columns, column)
        fields.notes.warning(
            fields.line_of("match" if column in used else "provides"),
            f"{fields.thing}: {column} is matched on or provided but not among its columns, so it is withheld",
            f"Did you mean {near}? Then write that" if near else "Classify it under `columns:`",
        )

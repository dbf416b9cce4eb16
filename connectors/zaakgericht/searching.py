"""Searching the APIs for zaakgericht werken: from a person to cases, from a case to all that hangs from it, and from there further.

A case is the subject's when one of its roles says so: the answer of a search is checked against the roles, role by role, because a
server that does not know the question gives every case there is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from config.errors import SourceError, SourceRefused, SourceUnreadable
from config.folding import squeeze
from config.settings import Entity, Source
from connectors.asking.contract import Searched
from connectors.asking.known import Known
from connectors.asking.turns import together
from connectors.asking.wanted import Condition
from connectors.records.api import Api, Elsewhere
from connectors.records.gone import Gone
from connectors.records.paths import Linked, members
from connectors.records.searching import Record, Records, can_ask, judged, names_of, unasked, wanted
from connectors.web.client import Declined
from connectors.written.figures import bsn
from connectors.zaakgericht.authorisation import Authorisation
from connectors.zaakgericht.papers import Lost, files_of, versions
from connectors.zaakgericht.tables import BESLUITEN, DOCUMENTEN, LINKED, TABLES, ZAKEN, Table, table

Json = Mapping[str, Any]
T = TypeVar("T")
R = TypeVar("R")

NOBODY = "999999990"
"""A BSN of the range for tests, which no resident has."""

_ROLE = "rol__betrokkeneIdentificatie__natuurlijkPersoon__"
_BY_ROLE = {"inpbsn": f"{_ROLE}inpBsn", "inpanummer": f"{_ROLE}inpA_nummer", "anpidentificatie": f"{_ROLE}anpIdentificatie"}
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ANUMBER = {"anummer", "inpanummer"}


@dataclass(slots=True)
class Session:
    """The APIs, open; what was asked once is kept, so that twelve tables of one case do not ask for it twelve times."""

    source: Source
    api: Api
    authorisation: Authorisation
    _lists: dict[tuple[str, str], tuple[Json, ...] | SourceError] = field(default_factory=dict)
    _names: dict[str, Any] = field(default_factory=dict)
    _found: dict[tuple[str, str], tuple[Json, ...]] = field(default_factory=dict)
    _unnamed: int = 0
    _obeys: bool | None = None

    def search(self, entity: Entity, known: Known) -> Searched:
        """The records of one entity that are about the subject."""
        found = table(entity.table)
        thing = f"{self.source.name}.{entity.name}"
        if found is None:
            raise SourceUnreadable(thing, f"there is no table {entity.table}", f"Write one of: {', '.join(TABLES)}")
        sought, gone = wanted(entity, known), Gone()
        conditions = [c for alternative in sought.alternatives for c in alternative.conditions if not alternative.empty]
        askable = [condition for condition in conditions if can_ask(condition)]
        records = self._records(entity, found, askable, gone) if askable else ()
        if gone.first is not None and not records:
            raise gone.first
        covered = self.authorisation.covers(found.api)
        unnamed, self._unnamed = self._unnamed, 0
        named = (f"{thing}: {unnamed} types have no name, because the Catalogi API could not be read.",) if unnamed else ()
        small = self._small(entity, found)
        given = Records(
            tuple(records),
            covered.whole and not (small or gone.any),
            (*gone.alarms(thing), *covered.alarms, *small, *named),
            gone.files,
        )
        searched = judged(self.source, entity, known, found.form, given)
        return searched if askable or not conditions else unasked(searched)

    def _records(self, entity: Entity, found: Table, conditions: Sequence[Condition], gone: Gone) -> Sequence[Record]:
        """The records of a table, by all that is known; each once, with what it was found by."""
        made: dict[str, Record] = {}
        linked = self._linked(entity, found)
        for condition in conditions:
            for value in condition.values:
                answers = {} if self._own_column(found, condition) else {condition.column: value}
                for number, data in enumerate(self._data(found, condition, value, gone)):
                    mark = str(data.get("url") or data.get("uuid") or f"{value} {number}") + str(data.get("versie") or "")
                    before = made.get(mark)
                    made[mark] = replace(before, answers={**before.answers, **answers}) if before else Record(data, answers)
        return self._finished(found, list(made.values()), linked, gone)

    def _finished(self, found: Table, records: Sequence[Record], linked: Sequence[str], gone: Gone) -> list[Record]:
        lost = Lost()
        several = {record.data.get("url") for record in records if record.data.get("versie") not in (None, 1)}
        papers = records if found.name == "documenten" else ()
        files = self._at_once(lambda record: files_of(self.api, record.data, record.data.get("url") in several, lost), papers)
        gone.files += lost.files
        self._learn_names(records, linked)
        return [
            Record({**record.data, **self._with_names(record.data, linked)}, record.answers, files[place] if papers else ())
            for place, record in enumerate(records)
        ]

    def _at_once(self, call: Callable[[T], R], things: Iterable[T]) -> list[R]:
        """What `call` gives for each, several questions at once."""
        return together(self.source, call, things)

    def _own_column(self, found: Table, condition: Condition) -> bool:
        """Whether a record holds itself what it must agree in: then that decides, and not by what it was asked."""
        path = found.form.path(condition.column)
        return path.partition(".")[0] in {"betrokkeneIdentificatie", "objectIdentificatie"}

    def _data(self, found: Table, condition: Condition, value: str, gone: Gone) -> Iterator[Json]:
        """The records of a table for one value of a key."""
        if found.name == "documenten":
            yield from self._documents(condition, value, gone)
        elif not found.parent:
            yield from self._cases(condition, value, gone)
        else:
            parents = list(self._parents(found.parent, condition, value, gone))
            self._fetch(found, parents)
            for parent in parents:
                yield from self._hanging(found, parent, gone)

    def _parents(self, parent: str, condition: Condition, value: str, gone: Gone) -> Iterator[Json]:
        if parent == "zaken":
            yield from self._cases(condition, value, gone)
        elif parent == "documenten":
            yield from ({"url": url} for url in self._papers(condition, value, gone))
        elif squeeze(condition.column) in {"besluit", "besluiturl"} or (parent == "besluiten" and "/besluiten/" in value):
            yield {"url": value}
        else:
            yield from self._data(TABLES[parent], condition, value, gone)

    def _hanging(self, found: Table, parent: Json, gone: Gone) -> Iterator[Json]:
        """What hangs from one record: asked by its address, or kept below it."""
        url = str(parent.get("url") or "")
        if not url:  # asked without, a list would give all there is
            gone.missing += 1
            return
        rows = gone.told(self._kept_list(*self._asks(found, url)))
        if found.by:
            hanging = tuple(row for row in rows if found.by not in row or _path(row[found.by]) == _path(url))
            gone.strangers += len(rows) - len(hanging)
            yield from hanging
        else:
            yield from rows

    def _asks(self, found: Table, url: str) -> tuple[str, str, bool]:
        """Where the list of what hangs from a record is asked, by which parameter ("" for none), and whether it comes in pages.

        Raises Elsewhere where the record lies on another host.
        """
        if found.by:
            return self.api.url(found.api, found.path), urlencode({found.by: url}), not found.bare
        return self.api.own(url).partition("?")[0].rstrip("/") + f"/{found.path}", "", False

    def _fetch(self, found: Table, parents: Iterable[Json]) -> None:
        """Ask what hangs from these records, several at once, and keep it: after this each is at hand."""
        asked = {self._asks(found, str(parent["url"])): None for parent in parents if parent.get("url")}
        self._at_once(lambda one: self._kept_list(*one), [one for one in asked if one[:2] not in self._lists])

    def _kept_list(self, where: str, query: str, paged: bool) -> tuple[Json, ...] | SourceError:
        """A list, asked once; or why it could not be had. Raises SourceUnavailable."""
        key = (where, query)
        if key not in self._lists:
            try:
                self._lists[key] = tuple(self.api.listed(where, dict(parse_qsl(query)), sized=paged))
            except (SourceRefused, Declined, Elsewhere) as error:
                self._lists[key] = error
        return self._lists[key]

    def _cases(self, condition: Condition, value: str, gone: Gone) -> Iterator[Json]:
        """The cases for one value of a key: of a person, or the case that it names."""
        column = squeeze(condition.column)
        if condition.key == "subject.bsn":
            yield from self._of_person(_BY_ROLE["inpbsn"], value, gone)
        elif column.endswith(tuple(_ANUMBER)):
            yield from self._of_person(_BY_ROLE["inpanummer"], value, gone)
        elif column.endswith("anpidentificatie"):
            yield from self._of_person(_BY_ROLE["anpidentificatie"], value, gone)
        else:
            yield from self._case(value, gone)

    def _case(self, value: str, gone: Gone) -> tuple[Json, ...]:
        """The case with this address, uuid or identification."""
        key = ("zaak", value)
        for known in [case for cases in self._found.values() for case in cases]:
            if value in {known.get("url"), known.get("uuid"), known.get("identificatie")}:
                return (known,)
        if key not in self._found:
            try:
                self._found[key] = tuple(self._one_case(value))
            except (SourceRefused, Declined, Elsewhere) as error:
                return gone.told(error)
        return self._found[key]

    def _one_case(self, value: str) -> Iterator[Json]:
        if value.startswith(("http://", "https://")):
            yield self.api.one(self.api.own(value))
        elif _UUID.fullmatch(value):
            yield self.api.one(self.api.url(ZAKEN, f"zaken/{value}"))
        else:
            found = self.api.posted(self.api.url(ZAKEN, "zaken/_zoek"), {"identificatie": value}, value)
            yield from (case for case in found if case.get("identificatie") == value)

    def _of_person(self, question: str, value: str, gone: Gone) -> Iterator[Json]:
        """The cases in which a person has a role, whatever role. Raises SourceError where the search itself fails."""
        key = (question, value)
        if key not in self._found:
            given = tuple(self.api.posted(self.api.url(ZAKEN, "zaken/_zoek"), {question: value}, value))
            self._fetch(TABLES["rollen"], given)
            mine = tuple(case for case in given if self._has_role(case, question.rpartition("__")[2], value))
            gone.strangers += len(given) - len(mine)
            self._found[key] = mine
        yield from self._found[key]

    def _has_role(self, case: Json, member: str, value: str) -> bool:
        """Whether a role of the case is this person's. Where roles may not be read, or point to a register of persons, the server is
        believed, if its search is seen to find nobody for somebody who is not there."""
        unread = Gone()
        url = str(case.get("url", ""))
        roles = tuple(self._hanging(TABLES["rollen"], {"url": url}, unread))
        if any(_same(members(role.get("betrokkeneIdentificatie")).get(member), value) for role in roles):
            return True
        pointing = [role for role in roles if role.get("betrokkene") and not any(members(role.get("betrokkeneIdentificatie")).values())]
        return bool(unread.first or pointing) and self.obeys()

    def obeys(self) -> bool:
        """Whether the search by person is one: it finds no case for a BSN that nobody has."""
        if self._obeys is None:
            where = self.api.url(ZAKEN, "zaken/_zoek")
            self._obeys = next(iter(self.api.posted(where, {_BY_ROLE["inpbsn"]: NOBODY}, NOBODY)), None) is None
        return self._obeys

    def _papers(self, condition: Condition, value: str, gone: Gone) -> list[str]:
        """The addresses of documents for one value of a key: that document, or those of the cases and decisions it leads to."""
        column = squeeze(condition.column)
        if "/enkelvoudiginformatieobjecten/" in value:
            return [value]
        if column in {"informatieobject", "url", "uuid", "objectid", "document", "identificatie"} and "://" not in value:
            if _UUID.fullmatch(value):
                return [self.api.url(DOCUMENTEN, f"enkelvoudiginformatieobjecten/{value}")]
            found_by = self.api.posted(self.api.url(DOCUMENTEN, "enkelvoudiginformatieobjecten/_zoek"), {"identificatie": value}, value)
            return [str(one["url"]) for one in found_by if one.get("identificatie") == value and one.get("url")]
        found: list[str] = []
        cases = list(self._cases(condition, value, gone))
        self._fetch(TABLES["zaakinformatieobjecten"], cases)
        for case in cases:
            related = self._hanging(TABLES["zaakinformatieobjecten"], case, gone)
            found += [str(one["informatieobject"]) for one in related if one.get("informatieobject")]
        if any((named := table(e.table)) and named.api == BESLUITEN for e in self.source.entities):
            self._fetch(TABLES["besluiten"], cases)
            decisions = [one for case in cases for one in self._hanging(TABLES["besluiten"], case, gone)]
            self._fetch(TABLES["besluitinformatieobjecten"], decisions)
            for decision in decisions:
                related = self._hanging(TABLES["besluitinformatieobjecten"], decision, gone)
                found += [str(one["informatieobject"]) for one in related if one.get("informatieobject")]
        return list(dict.fromkeys(found))

    def _documents(self, condition: Condition, value: str, gone: Gone) -> Iterator[Json]:
        for kept, lost in self._at_once(self._versions, self._papers(condition, value, gone)):
            yield from gone.told(kept)
            gone.missing += lost.versions

    def _versions(self, url: str) -> tuple[tuple[Json, ...] | SourceError, Lost]:
        """A document at every version, or why it could not be had; and what lacks of it."""
        lost = Lost()
        try:
            return tuple(versions(self.api, url, lost)), lost
        except (SourceRefused, Declined, Elsewhere) as error:
            return error, lost

    def _linked(self, entity: Entity, found: Table) -> list[str]:
        """The members of a table that sources.yaml asks the name of."""
        meant = {found.form.path(name).partition(".")[0] for name in names_of(entity)}
        return [group for group in found.form.groups if group in meant]

    def _with_names(self, data: Json, names: Iterable[str]) -> dict[str, Any]:
        """These members with what they point to, where it can be had; else as they are."""
        return {member: self._name(data[member], member) for member in names if isinstance(data.get(member), str) and data[member]}

    def _learn_names(self, records: Iterable[Record], names: Sequence[str]) -> None:
        """Ask what these records point to, each once, several at once."""
        asked = {record.data[name]: name for record in records for name in names if isinstance(record.data.get(name), str)}
        new = {url: name for url, name in asked.items() if url and url not in self._names}
        unnamed = self._unnamed
        self._at_once(lambda url: self._name(url, new[url]), new)
        self._unnamed = unnamed  # counted where each is used

    def _name(self, url: str, member: str) -> Any:
        if not url.startswith(("http://", "https://")):
            return url
        if url not in self._names:
            try:
                self._names[url] = Linked(self.api.one(self.api.own(url)))
                for kind in ("statustype", "resultaattype"):  # a status is called what its type is
                    if member not in LINKED and isinstance(self._names[url].get(kind), str):
                        self._names[url] = Linked({**self._names[url], "omschrijving": _said(self._name(self._names[url][kind], kind))})
            except SourceError:  # a name is no reason to give a case up
                self._names[url] = url
        self._unnamed += self._names[url] == url
        return self._names[url]

    def _small(self, entity: Entity, found: Table) -> tuple[str, ...]:
        """An alarm where the API holds fewer records than `minimum_rows`: an emptied register must not read as nothing held."""
        if not entity.minimum_rows or not found.counted:
            return ()
        size = self.size(found)
        if size is None or size >= entity.minimum_rows:
            return ()
        said = f"it holds {size} records, below its minimum of {entity.minimum_rows}"
        return (f"{entity.source}.{entity.name}: {said}. Look whether it was filled, and what the authorisation covers.",)

    def size(self, found: Table) -> int | None:
        """How many records of a table we may see; None where the API does not say."""
        return self.api.count(self.api.url(found.api, found.path))


def _path(url: Any) -> str:
    """An address without its host, which differs inside and outside of a proxy, and without a question."""
    return str(url).partition("://")[2].partition("/")[2].partition("?")[0].rstrip("/")


def _said(value: Any) -> Any:
    return value.get("omschrijving", value.get("url")) if isinstance(value, dict) else value


def _same(cell: Any, value: str) -> bool:
    """Whether a number in a role is this one, over dots, spaces and a missing zero."""
    if not cell:
        return False
    return bool(str(cell) == value or (bsn(cell) and bsn(cell) == bsn(value)))

"""Searching the Klantinteracties API: from a BSN to the party that it identifies, to contacts, and to all that hangs from these.

The API has no search by POST, so the BSN stands in the address of the first question, and in that of the question which contacts were
about the subject; every further question goes by uuid. What comes back must point back to what was asked, or it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from config.errors import SourceError, SourceRefused, SourceUnreadable
from config.folding import squeeze
from config.settings import Entity, Source
from connectors.asking.contract import Searched
from connectors.asking.known import Known
from connectors.asking.turns import together
from connectors.asking.wanted import Condition
from connectors.customers.tables import CONTACT, DEPUTY, OWN, PARTY, TABLES, Table, table
from connectors.records.api import Api, Elsewhere
from connectors.records.gone import Gone
from connectors.records.paths import Linked, elements, members
from connectors.records.searching import Record, Records, can_ask, judged, names_of, unasked, wanted
from connectors.web.client import Declined
from connectors.written.figures import bsn

Json = Mapping[str, Any]
T = TypeVar("T")
R = TypeVar("R")

API = "klantinteracties"

_EXPAND = "hadBetrokkenen"
_NAMED = {
    "actor": "actoren",
    "toegewezenAanActor": "actoren",
    "voorkeursDigitaalAdres": "digitaleadressen",
    "voorkeursRekeningnummer": "rekeningnummers",
    "vertegenwoordigendePartij": "partijen",
    "categorie": "categorieen",
}
"""References whose name is asked where sources.yaml names them; of others the uuid is what they are followed by."""


@dataclass(slots=True)
class Session:
    """The API, open; what was asked once is kept."""

    source: Source
    api: Api
    _lists: dict[tuple[str, str], tuple[Json, ...] | SourceError] = field(default_factory=dict)
    _names: dict[str, Any] = field(default_factory=dict)

    def search(self, entity: Entity, known: Known) -> Searched:
        """The records of one entity that are about the subject."""
        found, thing = table(entity.table), f"{self.source.name}.{entity.name}"
        if found is None:
            raise SourceUnreadable(thing, f"there is no table {entity.table}", f"Write one of: {', '.join(TABLES)}")
        sought, gone = wanted(entity, known), Gone()
        conditions = [c for alternative in sought.alternatives for c in alternative.conditions if not alternative.empty]
        askable = [condition for condition in conditions if can_ask(condition)]
        records = self._records(entity, found, askable, gone)
        if gone.first is not None and not records:
            raise gone.first
        small = self._small(entity, found)
        given = Records(records, not (small or gone.any), (*gone.alarms(thing), *small))
        searched = judged(self.source, entity, known, found.form, given)
        return searched if askable or not conditions else unasked(searched)

    def _records(self, entity: Entity, found: Table, conditions: Sequence[Condition], gone: Gone) -> tuple[Record, ...]:
        """The records of a table, by all that is known; each once, with what it was found by."""
        made: dict[str, Record] = {}
        named = {found.form.path(name).partition(".")[0] for name in names_of(entity)}
        for condition in conditions:
            for value in condition.values:
                for data in self._data(found, condition, value, gone):
                    before = made.get(str(data.get("uuid")))
                    answers = {**(before.answers if before else {}), condition.column: value}
                    made[str(data.get("uuid"))] = Record(self._told(data, named), answers)
        return tuple(made.values())

    def _data(self, found: Table, condition: Condition, value: str, gone: Gone) -> Iterator[Json]:
        """The records of a table for one value of a key."""
        if found.name == "klantcontacten":
            yield from self._contacts(condition, value, gone)
        elif found.name == "betrokkenen" and "waspartij" in squeeze(condition.column):
            yield from (mine for party in self._parties(condition, value, gone) for mine in self._own(party, gone))
        elif found.name in {"partijen", "partijidentificatoren", "rekeningnummers"}:
            for party in self._parties(condition, value, gone):
                yield from self._of_party(found, party, gone)
        else:
            yield from self._hanging(found, condition, value, gone)

    def _hanging(self, found: Table, condition: Condition, value: str, gone: Gone) -> Iterator[Json]:
        """What hangs from the party, from what the party was in, or from a contact."""
        parties = self._parties(condition, value, gone) if PARTY in found.by else []
        for party in parties:
            for parent in (PARTY, DEPUTY):
                if parent in found.by:
                    yield from self._asked(found, parent, str(party.get("uuid")), gone)
            if OWN in found.by:
                own = [str(mine.get("uuid")) for mine in self._own(party, gone)]
                self._at_once(lambda uuid: self._list(found.path, {found.by[OWN]: uuid}, Gone()), own)
                for uuid in own:
                    yield from self._asked(found, OWN, uuid, gone)
        contacts = list(self._contacts(condition, value, gone)) if CONTACT in found.by else []
        self._at_once(lambda uuid: self._list(found.path, {found.by[CONTACT]: uuid}, Gone()), [str(one.get("uuid")) for one in contacts])
        for contact in contacts:
            yield from self._asked(found, CONTACT, str(contact.get("uuid")), gone)

    def _at_once(self, call: Callable[[T], R], things: Iterable[T]) -> list[R]:
        """What `call` gives for each, several questions at once; what is kept of it is at hand after this."""
        return together(self.source, call, things)

    def _asked(self, found: Table, parent: str, uuid: str, gone: Gone) -> Iterator[Json]:
        """What points back to one record; what does not is a stranger's."""
        for row in self._list(found.path, {found.by[parent]: uuid}, gone):
            back = found.back.get(parent)
            if back is None or _uuid(row.get(back)) == uuid:
                yield row
            else:
                gone.strangers += 1

    def _parties(self, condition: Condition, value: str, gone: Gone) -> list[Json]:
        """The parties that a BSN, a uuid, an address or a number names."""
        if condition.key == "subject.bsn":
            asked = {"partijIdentificator__codeSoortObjectId": "bsn", "partijIdentificator__objectId": value}
            given = self._list("partijen", asked, gone)
            mine = [party for party in given if self._is(party, value, gone)]
            gone.strangers += len(given) - len(mine)
            return mine
        if not squeeze(condition.column).endswith(("partij", "partijuuid", "partijurl", "uuid", "url", "partijnummer", "nummer")):
            return []
        if _UUID.search(value):
            return list(self._one("partijen", value, gone))
        return [party for party in self._list("partijen", {"nummer": value}, gone) if party.get("nummer") == value]

    def _is(self, party: Json, value: str, gone: Gone) -> bool:
        """Whether one of the numbers that identify a party is this BSN, and none of them another."""
        numbers = []
        for one in elements(party.get("partijIdentificatoren")):
            whole = one if isinstance(one, dict) and "partijIdentificator" in one else next(iter(self._identifier(one, gone)), {})
            said = members(whole.get("partijIdentificator"))
            if str(said.get("codeSoortObjectId", "")).lower() == "bsn":
                numbers.append(bsn(said.get("objectId")) or said.get("objectId"))
        return bool(numbers) and all(number == value for number in numbers)

    def _identifier(self, reference: Any, gone: Gone) -> tuple[Json, ...]:
        return self._one("partij-identificatoren", str(_uuid(reference)), gone)

    def _of_party(self, found: Table, party: Json, gone: Gone) -> Iterator[Json]:
        """The party itself, or what it refers to one by one."""
        if found.name == "partijen":
            yield party
            return
        member = "partijIdentificatoren" if found.name == "partijidentificatoren" else "rekeningnummers"
        for reference in elements(party.get(member)):
            whole = isinstance(reference, dict) and ("partijIdentificator" in reference or "iban" in reference)
            yield from (reference,) if whole else self._one(found.path, str(_uuid(reference)), gone)

    def _own(self, party: Json, gone: Gone) -> list[Json]:
        """The places that a party had in contacts."""
        uuid = party.get("uuid")
        given = self._list("betrokkenen", {"wasPartij__uuid": str(uuid)}, gone)
        mine = [one for one in given if _uuid(one.get("wasPartij")) == uuid]
        gone.strangers += len(given) - len(mine)
        return mine

    def _contacts(self, condition: Condition, value: str, gone: Gone) -> Iterator[Json]:
        """The contacts that a party was in, that were about the subject, or that a key names; each once."""
        seen: set[str] = set()
        for contact in self._all_contacts(condition, value, gone):
            if (uuid := str(contact.get("uuid"))) not in seen:
                seen.add(uuid)
                yield contact

    def _all_contacts(self, condition: Condition, value: str, gone: Gone) -> Iterator[Json]:
        column = squeeze(condition.column)
        if condition.key == "subject.bsn" or "partij" in column:
            for party in self._parties(condition, value, gone):
                yield from self._of(party, gone)
        if condition.key == "subject.bsn":
            yield from self._about(value, {"onderwerpobjectidentificatorCodeSoortObjectId": "bsn"}, gone)
        elif column.endswith("objectid") or column.endswith("onderwerpobjectidentificator"):
            yield from self._about(value.rstrip("/").rpartition("/")[2], {}, gone)
        elif "partij" not in column and _UUID.search(value):
            yield from self._one("klantcontacten", value, gone)
        elif "partij" not in column:
            yield from (one for one in self._list("klantcontacten", {"nummer": value}, gone) if one.get("nummer") == value)

    def _of(self, party: Json, gone: Gone) -> Iterator[Json]:
        """The contacts in which a party had a place."""
        mine = self._own(party, gone)
        places, contacts = {one.get("uuid") for one in mine}, {_uuid(one.get("hadKlantcontact")) for one in mine}
        given = self._list("klantcontacten", {TABLES["klantcontacten"].by[PARTY]: str(party.get("uuid")), "expand": _EXPAND}, gone)
        for contact in given:
            if contact.get("uuid") in contacts or places & {_uuid(one) for one in elements(contact.get("hadBetrokkenen"))}:
                yield contact
            else:
                gone.strangers += 1
        others = sorted(contacts - {contact.get("uuid") for contact in given} - {""})
        self._at_once(lambda uuid: self._one("klantcontacten", uuid, Gone()), others)
        for uuid in others:
            yield from self._one("klantcontacten", uuid, gone)

    def _about(self, value: str, more: Mapping[str, str], gone: Gone) -> Iterator[Json]:
        """The contacts that were about something, or somebody."""
        rows = self._list("onderwerpobjecten", {"onderwerpobjectidentificatorObjectId": value, **more}, gone)
        self._at_once(lambda uuid: self._one("klantcontacten", uuid, Gone()), {_uuid(row.get("klantcontact")): None for row in rows})
        for row in rows:
            said = members(row.get("onderwerpobjectidentificator"))
            if said.get("objectId") != value:
                gone.strangers += 1
            elif _uuid(row.get("klantcontact")):
                yield from self._one("klantcontacten", _uuid(row["klantcontact"]), gone)

    def _one(self, path: str, reference: str, gone: Gone) -> tuple[Json, ...]:
        """The record with a uuid, or at an address that holds one."""
        found = _UUID.search(reference)
        if found is None:
            return ()
        key = (path, found[0])
        if key not in self._lists:
            try:
                self._lists[key] = (self.api.one(self.api.url(API, f"{path}/{found[0]}")),)
            except (SourceRefused, Declined, Elsewhere) as error:
                self._lists[key] = error
        return gone.told(self._lists[key])

    def _list(self, path: str, params: Mapping[str, str], gone: Gone) -> tuple[Json, ...]:
        key = (path, "&".join(f"{name}={value}" for name, value in params.items()))
        if key not in self._lists:
            try:
                self._lists[key] = tuple(self.api.listed(self.api.url(API, path), params))
            except (SourceRefused, Declined, Elsewhere) as error:
                self._lists[key] = error
        return gone.told(self._lists[key])

    def _told(self, data: Json, asked: Iterable[str]) -> dict[str, Any]:
        """A record with what its references are called, where sources.yaml names them; else with their uuid."""
        named = set(asked)
        return {name: self._reference(name, value, name in named) for name, value in data.items()}

    def _reference(self, name: str, value: Any, asked: bool) -> Any:
        if isinstance(value, list):
            singular = {"toegewezenAanActoren": "toegewezenAanActor"}.get(name, name)
            return [self._reference(singular, one, asked) for one in value]
        if not isinstance(value, dict) or not value or not value.keys() <= {"uuid", "url"}:
            return value
        if asked and name in _NAMED and value.get("uuid"):
            return self._named(_NAMED[name], value)
        return Linked({**value, "naam": value.get("uuid")})

    def _named(self, path: str, value: Json) -> Any:
        uuid = str(value["uuid"])
        if uuid not in self._names:
            kept = self._one(path, uuid, Gone())
            said = {"naam": kept[0].get("adres") or kept[0].get("iban") or _name(kept[0])} if kept else {"naam": uuid}
            self._names[uuid] = Linked({**value, **(kept[0] if kept else {}), **said})
        return self._names[uuid]

    def _small(self, entity: Entity, found: Table) -> tuple[str, ...]:
        if not entity.minimum_rows:
            return ()
        size = self.size(found)
        if size is None or size >= entity.minimum_rows:
            return ()
        said = f"it holds {size} records, below its minimum of {entity.minimum_rows}"
        return (f"{entity.source}.{entity.name}: {said}. Look whether it was filled.",)

    def size(self, found: Table) -> int | None:
        """How many records of a table there are; None where the API does not say."""
        return self.api.count(self.api.url(API, found.path))


_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def _uuid(reference: Any) -> str:
    """The uuid of a reference: a member of it, the end of its address, or itself; "" where there is none."""
    said = reference.get("uuid") or reference.get("url") if isinstance(reference, dict) else reference
    found = _UUID.search(str(said or ""))
    return found[0] if found else ""


def _name(record: Json) -> Any:
    """What a party or an actor is called."""
    identity = members(record.get("partijIdentificatie"))
    return record.get("naam") or identity.get("volledigeNaam") or identity.get("naam") or record.get("uuid")

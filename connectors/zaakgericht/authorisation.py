"""What our authorisation covers, as the Autorisaties API tells it: a list that leaves out what we may not see looks like an empty one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from config.errors import SourceError
from connectors.records.api import Api
from connectors.web.client import Declined
from connectors.zaakgericht.tables import AUTORISATIES, BESLUITEN, CATALOGI, DOCUMENTEN, ZAKEN

_COMPONENTS = {ZAKEN: "zrc", DOCUMENTEN: "drc", BESLUITEN: "brc"}
_TYPES = {ZAKEN: "zaaktype", DOCUMENTEN: "informatieobjecttype", BESLUITEN: "besluittype"}
_LISTS = {ZAKEN: "zaaktypen", DOCUMENTEN: "informatieobjecttypen", BESLUITEN: "besluittypen"}
_READ = {ZAKEN: "zaken.lezen", DOCUMENTEN: "documenten.lezen", BESLUITEN: "besluiten.lezen"}

_SECRECY = ("openbaar", "beperkt_openbaar", "intern", "zaakvertrouwelijk", "vertrouwelijk", "confidentieel", "geheim", "zeer_geheim")
"""From what everybody may see to what hardly anybody may."""


@dataclass(frozen=True, slots=True)
class Covered:
    """Whether everything of one API may be read, and what to say where that is not so, or not known."""

    whole: bool = True
    alarms: tuple[str, ...] = ()


@dataclass(slots=True)
class Authorisation:
    """The authorisation of one client, read when it is first needed."""

    api: Api
    client: str
    name: str
    _given: Sequence[Mapping[str, Any]] | None = None
    _all: bool = False
    _unknown: str = ""
    _kept: dict[str, Covered] = field(default_factory=dict)

    def covers(self, api: str) -> Covered:
        """How much of an API (`zaken`, `documenten`, `besluiten`) may be read."""
        if api not in self._kept:
            self._kept[api] = self._covers(api)
        return self._kept[api]

    def _covers(self, api: str) -> Covered:
        if not self.client:
            return Covered()
        self._read()
        if self._unknown:
            return Covered(True, (self._unknown,))
        if self._all:
            return Covered()
        given = [one for one in self._given or () if one.get("component") == _COMPONENTS[api]]
        may = [one for one in given if _READ[api] in _texts(one.get("scopes"))]
        if not may:
            said = f"{self.name}: its authorisation lacks {_READ[api]}, so nothing of the API {api} may be read. Ask whoever gives it."
            return Covered(False, (said,))
        return self._measured(api, may)

    def _read(self) -> None:
        if self._given is not None or self._unknown:
            return
        try:
            answer = self.api.web.get(
                self.api.url(AUTORISATIES, "applicaties/consumer") + "?clientId=" + _quoted(self.client), headers=self.api.headers
            )
        except SourceError:
            self._unknown = (
                f"{self.name}: what its authorisation covers could not be read. Give it autorisaties.lezen, or have somebody confirm "
                "that it covers every type at every vertrouwelijkheidaanduiding."
            )
            return
        found = [one for one in _applications(answer) if self.client in _texts(one.get("clientIds")) or "clientIds" not in one]
        self._all = any(one.get("heeftAlleAutorisaties") is True for one in found)
        self._given = [right for one in found for right in one.get("autorisaties") or () if isinstance(right, dict)]

    def _asked(self) -> Any:
        """Our application; in the list of all where the question for one is not known."""
        client = quote(self.client, safe="")
        try:
            return self.api.web.get(f"{self.api.url(AUTORISATIES, 'applicaties/consumer')}?clientId={client}", headers=self.api.headers)
        except Declined:
            return self.api.web.get(f"{self.api.url(AUTORISATIES, 'applicaties')}?clientIds={client}", headers=self.api.headers)

    def _measured(self, api: str, may: Sequence[Mapping[str, Any]]) -> Covered:
        """How many of the types that there are may be read, and up to where."""
        types = {str(one[_TYPES[api]]) for one in may if one.get(_TYPES[api])}
        lowest = _lowest(one.get("maxVertrouwelijkheidaanduiding") for one in may) if api != BESLUITEN else ""
        try:
            there = {str(one.get("url")) for one in self.api.listed(self.api.url(CATALOGI, _LISTS[api]), {"status": "alles"})}
        except SourceError:
            said = f"{self.name}: its authorisation covers {len(types)} of an unknown number of {_LISTS[api]}{_up_to(lowest)}."
            return Covered(False, (f"{said} Give it catalogi.lezen, so that it can be told what is missing.",))
        missing = {_path(one) for one in there} - {_path(one) for one in types}
        if not missing and lowest in {"", _SECRECY[-1]}:
            return Covered()
        said = f"its authorisation covers {len(there) - len(missing)} of {len(there)} {_LISTS[api]}{_up_to(lowest)}"
        return Covered(False, (f"{self.name}: {said}; what lies outside of it was not searched. Ask whoever gives it for the rest.",))


def _applications(answer: Any) -> list[Mapping[str, Any]]:
    """One application, a list of them, or a page of such a list: versions of the standard differ."""
    if isinstance(answer, dict):
        answer = answer["results"] if isinstance(answer.get("results"), list) else [answer]
    return [one for one in answer if isinstance(one, dict)] if isinstance(answer, list) else []


def _texts(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _lowest(levels: Iterable[Any]) -> str:
    """The least that is given for any type: what counts is what somewhere stays out of sight."""
    known = [level for level in levels if level in _SECRECY]
    return min(known, key=_SECRECY.index, default="")


def _up_to(level: str) -> str:
    return f", for some up to {level} only" if level and level != _SECRECY[-1] else ""


def _path(url: str) -> str:
    """An address without its host, which differs inside and outside of a proxy."""
    return url.partition("://")[2].partition("/")[2].rstrip("/")


def _quoted(client: str) -> str:
    return quote(client, safe="")

"""The documents themselves, at every version: what the Documenten API keeps under an `enkelvoudiginformatieobject`."""

from __future__ import annotations

import base64
import binascii
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from config.errors import SourceRefused, SourceUnavailable, SourceUnreadable
from connectors.asking.texts import text
from connectors.files.content import LARGEST
from connectors.files.reading import ReadFile, media_type_of, read
from connectors.records.api import Api
from connectors.records.paths import moment
from connectors.web.client import Declined, TooLarge

_MOST_VERSIONS = 500
_MOST_SILENT = 3
"""Files that may get no answer before it is the API that gives none."""


@dataclass(slots=True)
class Lost:
    """What of the documents could not be had: versions, and files; `silent` is how many files got no answer at all."""

    versions: int = 0
    files: int = 0
    silent: int = 0
    _lock: Any = field(default_factory=threading.Lock)

    def a_file(self) -> None:
        """One more file."""
        with self._lock:
            self.files += 1

    def no_answer(self) -> bool:
        """One more file got no answer; gives whether it is the API that gives none."""
        with self._lock:
            self.silent += 1
            return self.silent > _MOST_SILENT


def versions(api: Api, url: str, lost: Lost) -> Iterator[dict[str, Any]]:
    """A document at each of its versions, the latest first. Raises SourceError where not even that can be had."""
    place = api.own(url).partition("?")[0]
    latest = api.one(place)
    yield latest
    number = latest.get("versie")
    if not isinstance(number, int) or number > _MOST_VERSIONS:
        lost.versions += number is not None
        return
    for version in range(number - 1, 0, -1):
        try:
            earlier = api.one(place, {"versie": str(version)})
        except (SourceRefused, Declined):
            earlier = {}
        if earlier.get("versie") == version:
            yield earlier
        else:
            lost.versions += 1


def files_of(api: Api, document: Mapping[str, Any], several: bool, lost: Lost) -> tuple[ReadFile, ...]:
    """The file of one version and the files inside it. What cannot be had is told in its place, and counted."""
    name = _name(document)
    title = str(document.get("titel") or name)
    title = text("marks", "version", title=title, version=document.get("versie")) if several else title
    data, lacks = _had(api, document, lost)
    if data is None:
        return _unread(name, title, document, lacks, lost)
    found = read(data, name)
    return (replace(found[0], title=title, date=found[0].date or _day(document)), *found[1:])


def _had(api: Api, document: Mapping[str, Any], lost: Lost) -> tuple[bytes | None, str]:
    """The bytes, or which text says why there are none. Raises SourceUnavailable where file after file gets no answer."""
    try:
        return _content(api, document), "absent"
    except TooLarge:
        return None, "large"
    except SourceRefused:
        return None, "refused"
    except (binascii.Error, ValueError):
        return None, "broken"
    except SourceUnreadable:
        return None, "absent"
    except SourceUnavailable:
        if lost.no_answer():
            raise
        return None, "absent"


def _content(api: Api, document: Mapping[str, Any]) -> bytes | None:
    """The bytes of `inhoud`: behind an address, or in base64; None where there are none."""
    kept = document.get("inhoud")
    if not isinstance(kept, str) or not kept:
        return None
    if kept.startswith(("http://", "https://")):
        return api.web.download(api.own(kept), largest=LARGEST, headers=api.headers)
    return base64.b64decode(kept, validate=True)


def _name(document: Mapping[str, Any]) -> str:
    """What the file is called; with an end by its format where it has none, for its kind is read from that too."""
    name = str(document.get("bestandsnaam") or document.get("titel") or document.get("identificatie") or "document")
    endings = {"message/rfc822": ".eml", "text/html": ".html", "text/plain": ".txt", "text/csv": ".csv", "application/pdf": ".pdf"}
    ending = endings.get(str(document.get("formaat") or "").partition(";")[0].strip().lower(), "")
    return name if "." in name[-6:] or not ending else f"{name}{ending}"


def _unread(name: str, title: str, document: Mapping[str, Any], reason: str, lost: Lost) -> tuple[ReadFile, ...]:
    lost.a_file()
    return (ReadFile(name, title, media_type_of(b"", name), b"", unreadable=text("unreadable", reason), date=_day(document)),)


def _day(document: Mapping[str, Any]) -> Any:
    when = moment(str(document.get("creatiedatum") or ""))
    return when if type(when).__name__ == "date" else None

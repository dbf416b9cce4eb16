"""The two standards by which a log of processing is read: Verwerkingenlogging (VNG) and Logboek Dataverwerkingen (Logius)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from config.errors import SourceUnreadable
from config.folding import fold
from connectors.records.api import Api
from connectors.records.paths import members
from connectors.records.searching import Form
from connectors.written.figures import bsn

Json = Mapping[str, Any]
API = "logboek"


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard: the paths of its records, how it is asked about a person, whose a record says it is, and what of it is a disclosure.

    `whose` gives the number that a record names, "" where it names none. `discloses` are paths, tried in order.
    """

    name: str
    form: Form
    ask: Callable[[Api, str, Mapping[str, Any]], Iterator[Json]]
    whose: Callable[[Json], str]
    discloses: Mapping[str, tuple[str, ...]]


def _objects(api: Api, number: str, options: Mapping[str, Any]) -> Iterator[Json]:
    """The processed objects of VNG. It has no search by POST: the number stands in the address."""
    until = date.today() + timedelta(days=1)  # noqa: DTZ011 - the end of a period that must include today
    params = {
        "objecttype": "persoon",
        "soortObjectId": str(options.get("identifier") or "BSN"),
        "objectId": number,
        "beginDatum": str(options.get("since") or "1900-01-01"),
        "eindDatum": until.isoformat(),
    }
    for row in api.listed(api.url(API, "verwerkte-objecten"), params, sized=False):
        sorts = [one.get("soortGegeven") for one in _dicts(row.get("verwerkteSoortenGegevens"))]
        yield _own({**row, "verwerkteSoortenGegevens": sorts} if sorts else row)


def _own(row: Json) -> Json:
    """An object without the others of its action: who else was looked at in the same go is no business of the subject."""
    action = row.get("verwerkingsactie")
    if not isinstance(action, dict) or "verwerkteObjecten" not in action:
        return row
    return {**row, "verwerkingsactie": {name: value for name, value in action.items() if name != "verwerkteObjecten"}}


def _activities(api: Api, number: str, options: Mapping[str, Any]) -> Iterator[Json]:
    """The processing activities of Logius, asked by POST."""
    said = {"dpl.core.data_subject_id": number, "dpl.core.data_subject_id_type": str(options.get("identifier") or "BSN")}
    answer = api.web.post(api.url(API, "processing-activities"), json=said, headers={"Content-Type": "application/json"})
    rows = answer.get("processingActivities") if isinstance(answer, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SourceUnreadable(
            api.web.source.name, "its answer is no list of processing activities", "Look whether its connection is the right address"
        )
    yield from map(_read, rows)


def _read(row: Json) -> Json:
    """A processing activity with its attributes by path and its times by the clock."""
    made = {**row, "attributes": _tree(row.get("attributes"))}
    if isinstance(row.get("resource"), dict):
        made["resource"] = {**row["resource"], "attributes": _tree(row["resource"].get("attributes"))}
    return {**made, **{name: _time(row[name]) for name in ("startTime", "endTime") if name in row}}


def _tree(attributes: Any) -> dict[str, Any]:
    """Attributes that are called with dots, or listed as key and value, as members of members."""
    pairs = attributes.items() if isinstance(attributes, dict) else [(o.get("key"), o.get("value")) for o in _dicts(attributes)]
    made: dict[str, Any] = {}
    for name, value in pairs:
        place = made
        *groups, last = str(name).split(".")
        for group in groups:
            inner = place.setdefault(group, {})
            place = inner if isinstance(inner, dict) else place.setdefault(f"{group}.", {})
        place[last] = next(iter(value.values()), None) if isinstance(value, dict) and len(value) == 1 else value
    return made


def _dicts(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _time(value: Any) -> Any:
    """Milliseconds since 1970, or nanoseconds as OpenTelemetry counts, as a moment."""
    if not str(value).isdigit():
        return value
    number = int(value)
    seconds = number / (1_000_000_000 if number > 10**15 else 1000)
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return value


def _of_object(row: Json) -> str:
    return _number(row.get("objectId"))


def _of_activity(row: Json) -> str:
    core = members(members(row["attributes"].get("dpl")).get("core"))
    return _number(core.get("data_subject_id", core.get("dataSubjectId")))


def _number(value: Any) -> str:
    """A BSN as nine digits, any other identification as it is."""
    return bsn(value) or str(value or "")


_ACTION = (
    "url", "actieId", "actieNaam", "handelingNaam", "verwerkingNaam", "verwerkingId", "verwerkingsactiviteitId",
    "verwerkingsactiviteitUrl", "vertrouwelijkheid", "bewaartermijn", "uitvoerder", "systeem", "gebruiker", "gegevensbron",
    "soortAfnemerId", "afnemerId", "verwerkingsactiviteitIdAfnemer", "verwerkingsactiviteitUrlAfnemer", "verwerkingIdAfnemer",
    "tijdstip", "tijdstipRegistratie",
)  # fmt: skip
_VNG = (
    "url", "verwerktObjectId", "objecttype", "soortObjectId", "objectId", "betrokkenheid", "verwerkteSoortenGegevens",
    *(f"verwerkingsactie.{name}" for name in _ACTION),
)  # fmt: skip
_CORE = "attributes.dpl.core"
_LOGIUS = (
    "traceId", "spanId", "parentSpanId", "status", "name", "startTime", "endTime", "resource.name", "resource.version",
    f"{_CORE}.processing_activity_id", f"{_CORE}.data_subject_id", f"{_CORE}.data_subject_id_type",
    f"{_CORE}.foreign_operation.processor", "attributes.dpl.read.externalReadAPI_id",
)  # fmt: skip

STANDARDS: Mapping[str, Standard] = MappingProxyType(
    {
        "verwerkte-objecten": Standard(
            "verwerkte-objecten",
            Form(_VNG),
            _objects,
            _of_object,
            {
                "when": ("verwerkingsactie.tijdstip", "verwerkingsactie.tijdstipRegistratie"),
                "to": ("verwerkingsactie.afnemerId", "verwerkingsactie.uitvoerder"),
                "what": ("verwerkteSoortenGegevens", "verwerkingsactie.actieNaam"),
                "why": ("verwerkingsactie.verwerkingNaam", "verwerkingsactie.handelingNaam", "verwerkingsactie.actieNaam"),
                "activity": ("verwerkingsactie.verwerkingsactiviteitUrl", "verwerkingsactie.verwerkingsactiviteitId"),
            },
        ),
        "processing-activities": Standard(
            "processing-activities",
            Form(_LOGIUS, ("resource",)),
            _activities,
            _of_activity,
            {
                "when": ("startTime", "endTime"),
                "to": (f"{_CORE}.foreign_operation.processor",),
                "what": ("name",),
                "why": (f"{_CORE}.processing_activity_id",),
                "activity": (f"{_CORE}.processing_activity_id",),
            },
        ),
    }
)

_ALSO = {
    "verwerkteobjecten": "verwerkte-objecten", "verwerktobject": "verwerkte-objecten", "verwerkingsacties": "verwerkte-objecten",
    "verwerkingsactie": "verwerkte-objecten", "verwerkingen": "verwerkte-objecten", "processingactivities": "processing-activities",
    "dataverwerkingen": "processing-activities", "dataverwerking": "processing-activities", "logregels": "processing-activities",
}  # fmt: skip


def standard(table: str) -> Standard | None:
    """The standard that a table of sources.yaml is read by; None where there is none of that name.

    >>> standard("Verwerkte objecten").name, standard("dataverwerkingen").name, standard("facturen")
    ('verwerkte-objecten', 'processing-activities', None)
    """
    return STANDARDS.get(_ALSO.get("".join(letter for letter in fold(table) if letter.isalnum()), ""))

"""The web application: `GET /verwerkte-objecten` (VNG, Verwerkingenlogging) and `POST /processing-activities` (Logius), behind a token."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from demo.apis.lists import HERE, Json, Refused, answer, check_known, page, placed, refused, uuid_of

ROOT = "/logboek/api/v1"

Line = Mapping[str, Any]
"""One line: `bsn`, `op`, `verwerking`, `handeling`, `actie`, `activiteit`, `gegevens`, and for whom (`afnemer`, an OIN) if for anybody."""

_ASKED = ("objecttype", "soortObjectId", "objectId", "beginDatum", "eindDatum")


def application(lines: Sequence[Line], token: str, ours: str, address: str) -> Starlette:
    """The log over these lines, for whoever has the token; `ours` is the OIN of the gemeente."""
    objects = [placed(_object(line, ours), address) for line in lines]
    activities = [_activity(line) for line in lines]

    async def objects_of(request: Request) -> Response:
        """Answers what was processed of somebody, in a period."""
        _admit(request, token)
        query = dict(request.query_params)
        check_known(query, (*_ASKED, "verwerkingsactiviteitId", "page"))
        if lacking := [name for name in _ASKED if not query.get(name)]:
            raise Refused(400, "invalid", "Ongeldige invoer.", *((name, "required") for name in lacking))
        return page(request, [one for one in objects if _fits(one, query)], usual=2)

    async def activities_of(request: Request) -> Response:
        """Answers what was done for somebody."""
        _admit(request, token)
        asked = await _body(request)
        found = [one for one in activities if all(one["attributes"].get(name) == value for name, value in asked.items())]
        return answer({"processingActivities": found})

    routes = [
        Route(f"{ROOT}/verwerkte-objecten", objects_of),
        Route(f"{ROOT}/processing-activities", activities_of, methods=["POST"]),
    ]
    return Starlette(routes=routes, exception_handlers={Refused: refused, HTTPException: _astray})


async def _astray(request: Request, error: Exception) -> Response:
    return await refused(request, Refused(404, "not_found", "Niet gevonden."))


def _admit(request: Request, token: str) -> None:
    if not secrets.compare_digest(request.headers.get("authorization", "").encode(), f"Bearer {token}".encode()):
        raise Refused(401, "not_authenticated", "Authenticatiegegevens zijn niet opgegeven.")


async def _body(request: Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict) or not body:
        raise Refused(400, "invalid", "Minimaal één zoekgegeven is nodig.", ("body", "required"))
    return body


def _fits(row: Json, query: Mapping[str, str]) -> bool:
    day = row["verwerkingsactie"]["tijdstip"][:10]
    return (row["soortObjectId"], row["objectId"]) == (query["soortObjectId"], query["objectId"]) and (
        query["beginDatum"] <= day < query["eindDatum"]
    )


def _object(line: Line, ours: str) -> Json:
    kept = uuid_of("verwerkt object", line["bsn"], line["op"])
    given = {"soortAfnemerId": "OIN", "afnemerId": line["afnemer"]} if line.get("afnemer") else {}
    return {
        "url": f"{HERE}{ROOT}/verwerkte-objecten/{kept}", "verwerktObjectId": kept, "objecttype": "persoon", "soortObjectId": "BSN",
        "objectId": line["bsn"], "betrokkenheid": line.get("betrokkenheid", "Betrokkene"),
        "verwerkteSoortenGegevens": [{"soortGegeven": name} for name in line["gegevens"]],
        "verwerkingsactie": {
            "url": f"{HERE}{ROOT}/verwerkingsacties/{kept}", "actieId": kept, "actieNaam": line["actie"],
            "handelingNaam": line["handeling"], "verwerkingNaam": line["verwerking"], "verwerkingId": uuid_of("verwerking", line["op"]),
            "verwerkingsactiviteitId": uuid_of(line["activiteit"]),
            "verwerkingsactiviteitUrl": f"{HERE}/register/verwerkingsactiviteiten/{line['activiteit']}", "vertrouwelijkheid": "normaal",
            "bewaartermijn": "P3Y", "uitvoerder": ours, **given, "tijdstip": line["op"], "tijdstipRegistratie": line["op"],
            "verwerkteObjecten": [],
        },
    }  # fmt: skip


def _activity(line: Line) -> Json:
    start = int(datetime.fromisoformat(line["op"].replace("Z", "+00:00")).astimezone(UTC).timestamp() * 1000)
    processor = {"dpl.core.foreign_operation.processor": f"https://afnemer.example/{line['afnemer']}"} if line.get("afnemer") else {}
    return {
        "traceId": uuid_of("trace", line["op"]), "spanId": uuid_of("span", line["bsn"], line["op"]).replace("-", "")[:16], "status": "Ok",
        "name": line["actie"], "startTime": start, "endTime": start + 250,
        "resource": {"attributes": {"service.name": line.get("systeem", "Zaaksysteem")}},
        "attributes": {
            "dpl.core.processing_activity_id": f"https://register.example/{line['activiteit']}",
            "dpl.core.data_subject_id": line["bsn"], "dpl.core.data_subject_id_type": "BSN", **processor,
        },
    }  # fmt: skip

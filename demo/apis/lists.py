"""Records kept by the address they have, lists of them in pages, and refusals: as the APIs of VNG answer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid5

from starlette.requests import Request
from starlette.responses import Response

Json = dict[str, Any]

_NAMES = UUID("5d7a1c0e-0f1b-4a52-9f0e-3b8a2f6c9d10")

HERE = "@"
"""Begins an address in stored data; the server puts its own in its place."""


def uuid_of(*names: object) -> str:
    """The same UUID for the same names, so that every build is the same."""
    return str(uuid5(_NAMES, " ".join(map(str, names))))


def placed(stored: Any, address: str) -> Any:
    """Stored data with the address of the server in all that refers to it."""
    if isinstance(stored, dict):
        return {name: placed(value, address) for name, value in stored.items()}
    if isinstance(stored, list):
        return [placed(value, address) for value in stored]
    return address + stored[1:] if isinstance(stored, str) and stored.startswith(f"{HERE}/") else stored


class Refused(Exception):
    """A question that is answered with a problem."""

    def __init__(self, status: int, code: str, detail: str, *params: tuple[str, str]) -> None:
        super().__init__(code)
        self.status, self.code, self.detail, self.params = status, code, detail, params


_TITLES = {
    400: "Ongeldige invoer.",
    401: "Authenticatiegegevens zijn niet opgegeven.",
    403: "Je hebt geen toestemming om deze actie uit te voeren.",
    404: "Niet gevonden.",
    405: "Methode niet toegestaan.",
    412: "Voorwaarde is niet vervuld",
}


async def refused(request: Request, error: Exception) -> Response:
    """A refusal as the standards word it (RFC 7807, with a code)."""
    if not isinstance(error, Refused):
        raise TypeError("only refusals are told")
    body: Json = {
        "type": f"{request.url.scheme}://{request.url.netloc}/ref/fouten/{error.code}/", "code": error.code,
        "title": _TITLES.get(error.status, error.detail), "status": error.status, "detail": error.detail,
        "instance": f"urn:uuid:{uuid_of(error.code, error.detail)}",
    }  # fmt: skip
    if error.status == 400:
        body["invalidParams"] = [{"name": name, "code": code, "reason": error.detail} for name, code in error.params]
    return answer(body, error.status, "application/problem+json")


def answer(body: Any, status: int = 200, kind: str = "application/json") -> Response:
    """JSON, with the headers that the standards ask of an answer."""
    headers = {"API-version": "1.0.0", "Content-Crs": "EPSG:4326"}
    return Response(json.dumps(body, ensure_ascii=False).encode(), status, headers, media_type=kind)


def page(request: Request, rows: Sequence[Json], most: int = 500, usual: int = 100) -> Response:
    """One page of a list, with the address of the next; a page past the end is not found."""
    query = dict(request.query_params)
    number, size = _number(query, "page", 1), min(_number(query, "pageSize", usual), most)
    start = (number - 1) * size
    if number > 1 and start >= len(rows):
        raise Refused(404, "not_found", "Ongeldige pagina.")
    here = f"{request.url.scheme}://{request.url.netloc}{request.url.path}"

    def at(other: int) -> str:
        return f"{here}?{urlencode({**query, 'page': other})}"

    return answer(
        {
            "count": len(rows),
            "next": at(number + 1) if start + size < len(rows) else None,
            "previous": at(number - 1) if number > 1 else None,
            "results": rows[start : start + size],
        }
    )


def _number(query: Mapping[str, str], name: str, usual: int) -> int:
    try:
        found = int(query.get(name, usual))
    except ValueError:
        found = 0
    if found < 1:
        raise Refused(400, "invalid", "Ongeldige pagina.", (name, "invalid"))
    return found


def check_known(query: Mapping[str, str], known: Sequence[str]) -> None:
    """Refuse a parameter that the specification does not name."""
    if unknown := sorted(set(query) - set(known)):
        raise Refused(400, "invalid", f"Onbekende query parameters: {', '.join(unknown)}", ("nonFieldErrors", "unknown-parameters"))

"""The web application: the Klantinteracties API behind a token, lists in pages, one record by its uuid."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from demo.apis.lists import Json, Refused, answer, check_known, page, placed, refused

ROOT = "/klantinteracties/api/v1"

_IDENTIFIED = {
    f"partijIdentificator__{name}": f"partijIdentificatoren.partijIdentificator.{name}"
    for name in ("codeObjecttype", "codeRegister", "codeSoortObjectId", "objectId")
}
_SUBJECT = {
    f"onderwerpobjectidentificator{name[0].upper()}{name[1:]}": f"onderwerpobjectidentificator.{name}"
    for name in ("codeObjecttype", "codeRegister", "codeSoortObjectId", "objectId")
}
_LISTS: Mapping[str, Mapping[str, str]] = {  # path -> parameter -> where a record holds what it selects
    "partijen": {**_IDENTIFIED, "nummer": "nummer", "soortPartij": "soortPartij"},
    "partij-identificatoren": {"partijIdentificatorObjectId": "partijIdentificator.objectId"},
    "klantcontacten": {"nummer": "nummer", "hadBetrokkene__wasPartij__uuid": "_partijen"},
    "betrokkenen": {"wasPartij__uuid": "wasPartij.uuid", "hadKlantcontact__uuid": "hadKlantcontact.uuid"},
    "digitaleadressen": {
        "verstrektDoorPartij__uuid": "verstrektDoorPartij.uuid",
        "verstrektDoorBetrokkene__uuid": "verstrektDoorBetrokkene.uuid",
    },
    "internetaken": {"klantcontact__uuid": "aanleidinggevendKlantcontact.uuid", "status": "status"},
    "bijlagen": {"klantcontact__uuid": "wasBijlageVanKlantcontact.uuid"},
    "onderwerpobjecten": {"klantcontact__uuid": "klantcontact.uuid", **_SUBJECT},
    "actorklantcontacten": {"klantcontact__uuid": "klantcontact.uuid", "actor__uuid": "actor.uuid"},
    "actoren": {"naam": "naam"},
    "rekeningnummers": {"iban": "iban"},
    "categorie-relaties": {"partij__uuid": "partij.uuid"},
    "categorieen": {},
    "vertegenwoordigingen": {
        "vertegenwoordigdePartij__uuid": "vertegenwoordigdePartij.uuid",
        "vertegenwoordigendePartij__uuid": "vertegenwoordigendePartij.uuid",
    },
}
_EXPANDED = {"partijen", "klantcontacten", "betrokkenen", "digitaleadressen"}


def application(stored: Mapping[str, Any], token: str, address: str) -> Starlette:
    """The API over a store of records by path, for whoever has the token; `address` is where it stands."""
    store = placed(dict(stored), address)
    routes = [Route(f"{ROOT}/{path}", _listing(store, path, token)) for path in _LISTS]
    routes += [Route(f"{ROOT}/{path}/{{uuid}}", _detail(store, path, token)) for path in _LISTS]
    return Starlette(routes=routes, exception_handlers={Refused: refused, HTTPException: _astray})


async def _astray(request: Request, error: Exception) -> Response:
    known = isinstance(error, HTTPException) and error.status_code == 405
    return await refused(request, Refused(405, "method_not_allowed", "Methode") if known else Refused(404, "not_found", "Niet gevonden."))


def _admit(request: Request, token: str) -> None:
    if not secrets.compare_digest(request.headers.get("authorization", "").encode(), f"Token {token}".encode()):
        raise Refused(401, "not_authenticated", "Authenticatiegegevens zijn niet opgegeven.")


def _listing(store: Json, path: str, token: str) -> Callable[[Request], Any]:
    selects = _LISTS[path]

    async def answers(request: Request) -> Response:
        """Answers one list."""
        _admit(request, token)
        query = dict(request.query_params)
        check_known(query, (*selects, "page", "pageSize", *(("expand",) if path in _EXPANDED else ())))
        rows = store.get(path, [])
        for name in set(query) & set(selects):
            rows = [row for row in rows if query[name] in set(_at(_joined(store, path, row), selects[name]))]
        return page(request, [_shown(row) for row in rows])

    return answers


def _detail(store: Json, path: str, token: str) -> Callable[[Request], Any]:
    async def answers(request: Request) -> Response:
        """Answers one record."""
        _admit(request, token)
        found = next((row for row in store.get(path, []) if row["uuid"] == request.path_params["uuid"]), None)
        if found is None:
            raise Refused(404, "not_found", "Niet gevonden.")
        return answer(_shown(found))

    return answers


def _joined(store: Json, path: str, row: Json) -> Json:
    """A contact with the parties that had a place in it."""
    if path != "klantcontacten":
        return row
    places = [one for one in store["betrokkenen"] if one["hadKlantcontact"]["uuid"] == row["uuid"] and one["wasPartij"]]
    return {**row, "_partijen": [one["wasPartij"]["uuid"] for one in places]}


def _at(value: Any, path: str) -> Iterator[str]:
    """Every value at a path, through lists."""
    if isinstance(value, list):
        for item in value:
            yield from _at(item, path)
    elif not path:
        yield str(value)
    elif isinstance(value, dict):
        name, _, rest = path.partition(".")
        yield from _at(value.get(name), rest)


def _shown(row: Json) -> Json:
    return {name: value for name, value in row.items() if not name.startswith("_")}

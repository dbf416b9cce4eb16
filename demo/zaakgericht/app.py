"""The web application: the five APIs under one address, behind tokens that a client signs (HS256) with its secret."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jwt
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from demo.apis.lists import Json, Refused, answer, check_known, page, placed, refused

_HOUR = 3600

Store = Mapping[str, Any]
"""Everything by table; `inhoud` maps the address of a document to its files, a version each, in base64."""

_PAGES = ("page", "pageSize")
_LISTS: Mapping[str, tuple[str, str, Sequence[str], bool]] = {  # table -> API, path, parameters that select, whether it has no pages
    "zaken": ("zaken", "zaken", ("identificatie", "zaaktype", "bronorganisatie"), False),
    "rollen": ("zaken", "rollen", ("zaak", "betrokkeneType", "omschrijvingGeneriek", "roltype"), False),
    "statussen": ("zaken", "statussen", ("zaak", "statustype"), False),
    "substatussen": ("zaken", "substatussen", ("zaak", "status"), False),
    "resultaten": ("zaken", "resultaten", ("zaak", "resultaattype"), False),
    "zaakobjecten": ("zaken", "zaakobjecten", ("zaak", "object"), False),
    "zaaknotities": ("zaken", "zaaknotities", ("gerelateerdAan", "status"), False),
    "klantcontacten": ("zaken", "klantcontacten", ("zaak",), False),
    "zaakinformatieobjecten": ("zaken", "zaakinformatieobjecten", ("zaak", "informatieobject"), True),
    "zaakcontactmomenten": ("zaken", "zaakcontactmomenten", ("zaak", "contactmoment"), True),
    "zaakverzoeken": ("zaken", "zaakverzoeken", ("zaak", "verzoek"), True),
    "besluiten": ("besluiten", "besluiten", ("zaak", "besluittype", "identificatie"), False),
    "besluitinformatieobjecten": ("besluiten", "besluitinformatieobjecten", ("besluit", "informatieobject"), True),
    "documenten": ("documenten", "enkelvoudiginformatieobjecten", ("identificatie", "bronorganisatie"), False),
    "verzendingen": ("documenten", "verzendingen", ("informatieobject", "betrokkene"), False),
    "gebruiksrechten": ("documenten", "gebruiksrechten", ("informatieobject",), True),
    **{
        kind: ("catalogi", kind, ("status", "catalogus"), False)
        for kind in (
            "zaaktypen",
            "roltypen",
            "statustypen",
            "resultaattypen",
            "eigenschaptypen",
            "informatieobjecttypen",
            "besluittypen",
        )
    },
}
_BELOW = {"zaakeigenschappen": "zaken", "audittrail": "zaken", "zaakbesluiten": "zaken"}


def application(stored: Store, secrets: Mapping[str, str], address: str) -> Starlette:
    """The APIs over a store, for each client with its secret; `address` is where they stand."""
    register = Register(placed(dict(stored), address), secrets)
    routes = [Route("/zaken/api/v1/zaken/_zoek", register.search, methods=["POST"])]
    for name, (api, path, _, _) in _LISTS.items():
        below = path if name != "eigenschaptypen" else "eigenschappen"
        routes.append(Route(f"/{api}/api/v1/{below}", register.listing(name)))
    for name, (api, path, _, _) in _LISTS.items():
        below = path if name != "eigenschaptypen" else "eigenschappen"
        routes.append(Route(f"/{api}/api/v1/{below}/{{uuid}}", register.detail(name)))
    routes += [
        Route("/zaken/api/v1/zaken/{uuid}/zaakeigenschappen", register.below("zaakeigenschappen", "zaken/api/v1/zaken")),
        Route("/zaken/api/v1/zaken/{uuid}/besluiten", register.below("zaakbesluiten", "zaken/api/v1/zaken")),
        Route("/zaken/api/v1/zaken/{uuid}/audittrail", register.below("audittrail", "zaken/api/v1/zaken")),
        Route("/besluiten/api/v1/besluiten/{uuid}/audittrail", register.below("audittrail", "besluiten/api/v1/besluiten")),
        Route(
            "/documenten/api/v1/enkelvoudiginformatieobjecten/{uuid}/audittrail",
            register.below("audittrail", "documenten/api/v1/enkelvoudiginformatieobjecten"),
        ),
        Route("/documenten/api/v1/enkelvoudiginformatieobjecten/{uuid}/download", register.download),
        Route("/autorisaties/api/v1/applicaties/consumer", register.consumer),
    ]
    return Starlette(routes=routes, exception_handlers={Refused: refused, HTTPException: _astray})


async def _astray(request: Request, error: Exception) -> Response:
    known = isinstance(error, HTTPException) and error.status_code == 405
    return await refused(request, Refused(405, "method_not_allowed", "Methode") if known else Refused(404, "not_found", "Niet gevonden."))


class Register:
    """What the APIs keep, and who may ask."""

    def __init__(self, store: Mapping[str, Any], secrets: Mapping[str, str]) -> None:
        self.store, self.secrets = store, secrets

    def listing(self, name: str) -> Callable[[Request], Any]:
        """Answers the list of one table."""

        async def answers(request: Request) -> Response:
            client = self._admit(request)
            if name == "zaken" and request.headers.get("accept-crs") != "EPSG:4326":
                raise Refused(412, "precondition_failed", "'Accept-Crs' header ontbreekt")
            selecting, bare = _LISTS[name][2:]
            query = dict(request.query_params)
            check_known(query, selecting if bare else (*selecting, *_PAGES))
            asked = {field: value for field, value in query.items() if field in selecting and field != "status"}
            rows = [row for row in self._seen(name, client) if all(row.get(field) == value for field, value in asked.items())]
            return answer(rows) if bare else page(request, rows)

        return answers

    def detail(self, name: str) -> Callable[[Request], Any]:
        """Answers one record; a document at the version that is asked."""

        async def answers(request: Request) -> Response:
            client = self._admit(request)
            api, path = _LISTS[name][0], _LISTS[name][1]
            path = "eigenschappen" if name == "eigenschaptypen" else path
            uuid = request.path_params["uuid"]
            found = [row for row in self.store.get(name, ()) if row["url"].endswith(f"/{api}/api/v1/{path}/{uuid}")]
            wanted = request.query_params.get("versie")
            found = [row for row in found if wanted is None or str(row.get("versie")) == wanted]
            if not found:
                raise Refused(404, "not_found", "Niet gevonden.")
            latest = max(found, key=lambda row: row.get("versie", 0))
            if latest not in self._seen(name, client, versions=True):
                raise Refused(403, "permission_denied", "Je hebt geen toestemming om deze actie uit te voeren.")
            return answer(latest)

        return answers

    def below(self, name: str, parent: str) -> Callable[[Request], Any]:
        """Answers what is kept below one record, as a bare list."""

        async def answers(request: Request) -> Response:
            self._admit(request)
            check_known(dict(request.query_params), ())
            of = f"/{parent}/{request.path_params['uuid']}"
            rows = [row for row in self.store.get(name, ()) if (row.get("hoofdObject") or row.get("zaak") or row["url"]).endswith(of)]
            return answer(rows)

        return answers

    async def search(self, request: Request) -> Response:
        """Answers a search for cases, by a role in them among others."""
        client = self._admit(request)
        if request.headers.get("accept-crs") != "EPSG:4326" or request.headers.get("content-crs") != "EPSG:4326":
            raise Refused(412, "precondition_failed", "'Accept-Crs' header ontbreekt")
        check_known(dict(request.query_params), _PAGES)
        try:
            body = await request.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise Refused(400, "parse_error", "Ongeldige JSON.", ("nonFieldErrors", "parse_error"))
        check_known(body, (*_SEARCHES, "identificatie", "uuid__in"))
        rows = self._seen("zaken", client)
        for field, value in body.items():
            rows = [row for row in rows if self._fits(row, field, value)]
        return page(request, rows)

    def _fits(self, case: Json, field: str, value: Any) -> bool:
        if field == "uuid__in":
            return case["uuid"] in value
        if field not in _SEARCHES:
            return bool(case.get(field) == value)
        roles = [role for role in self.store["rollen"] if role["zaak"] == case["url"] and role["betrokkeneType"] == "natuurlijk_persoon"]
        return any((role["betrokkeneIdentificatie"] or {}).get(field.rpartition("__")[2]) == value for role in roles)

    async def download(self, request: Request) -> Response:
        """Answers the file of one version."""
        client, uuid = self._admit(request), request.path_params["uuid"]
        rows = [row for row in self._seen("documenten", client, versions=True) if row["url"].endswith(f"/{uuid}")]
        latest = max((row["versie"] for row in rows), default=0)
        version = request.query_params.get("versie", str(latest))
        data = next((bytes.fromhex(kept) for url, kept in self.store["inhoud"].items() if url.endswith(f"/{uuid} {version}")), None)
        if not rows or data is None:
            raise Refused(404, "not_found", "Niet gevonden.")
        return Response(data, media_type="application/octet-stream", headers={"Content-Disposition": 'attachment; filename="inhoud.bin"'})

    async def consumer(self, request: Request) -> Response:
        """Answers what a client may."""
        self._admit(request)
        check_known(dict(request.query_params), ("clientId",))
        return answer([one for one in self.store["applicaties"] if request.query_params.get("clientId") in one["clientIds"]])

    def _admit(self, request: Request) -> str:
        """The client that asks. Raises Refused where its token is not good, or older than an hour."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        try:
            claims = jwt.decode(token, options={"verify_signature": False})
            secret = self.secrets[str(claims["client_id"])]
            claims = jwt.decode(token, secret.encode().ljust(32, b"\0"), algorithms=["HS256"], leeway=5, issuer=claims["client_id"])
            issued = float(claims["iat"])
        except jwt.ExpiredSignatureError:
            raise Refused(403, "jwt-expired", "De JWT die gebruikt is voor dit verzoek is verlopen") from None
        except (jwt.PyJWTError, KeyError, TypeError, ValueError):
            raise Refused(403, "permission_denied", "Je hebt geen toestemming om deze actie uit te voeren.") from None
        if scheme != "Bearer" or time.time() - issued > _HOUR:
            raise Refused(403, "jwt-expired", "De JWT die gebruikt is voor dit verzoek is verlopen")
        return str(claims["client_id"])

    def _seen(self, name: str, client: str, *, versions: bool = False) -> list[Json]:
        """The records of a table that this client may see; of documents the latest version, unless all are asked."""
        rows: list[Json] = list(self.store.get(name, ()))
        right = next(one for one in self.store["applicaties"] if client in one["clientIds"])
        member, component = _TYPED.get(name, ("", ""))
        if member and not right["heeftAlleAutorisaties"]:
            types = {one.get(member) for one in right["autorisaties"] if one["component"] == component}
            rows = [row for row in rows if row.get(member) in types]
        if name == "documenten" and not versions:
            rows = [row for row in rows if row["versie"] == max(other["versie"] for other in rows if other["url"] == row["url"])]
        return rows


_SEARCHES = tuple(f"rol__betrokkeneIdentificatie__natuurlijkPersoon__{name}" for name in ("inpBsn", "anpIdentificatie", "inpA_nummer"))
_TYPED = {"zaken": ("zaaktype", "zrc"), "documenten": ("informatieobjecttype", "drc"), "besluiten": ("besluittype", "brc")}

"""The resident's page, in Dutch and English: where the request stands and when it is due, and the dossier once it is released.

Who comes has a link and a code that travelled apart. Nothing on the way in tells whether a link was ever real.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from config.errors import VaultError
from config.request import Status
from desk.showing import page
from desk.who import TooOften, address_of, check_form, give_cookie
from flows.workplace import workplace

router = APIRouter(include_in_schema=False)

COOKIE = "__Host-inzage-ophalen"
LANGUAGES = ("nl", "en")


def _language(request: Request) -> str:
    wanted = request.query_params.get("taal", "")
    return wanted if wanted in LANGUAGES else "nl"


def _check_tries(request: Request) -> None:
    if not request.app.state.tries.take(f"pickup {address_of(request)}"):
        raise TooOften


@router.get("/ophalen/{token}")
def ask(request: Request, token: str) -> Response:
    """The form for the code; the same for every link, real or not."""
    _check_tries(request)
    return page(request, "pickup_code.html.j2", taal=_language(request), wrong=False)


@router.post("/ophalen/{token}")
async def enter(request: Request, token: str) -> Response:
    """Check the code; with it a link to a dossier is used up."""
    _check_tries(request)
    form = await check_form(request)
    visit = await run_in_threadpool(workplace().register.pickups.enter, token, str(form.get("code", "")))
    if visit is None:
        return page(request, "pickup_code.html.j2", status=403, taal=_language(request), wrong=True)
    response = RedirectResponse(f"/mijn-verzoek?taal={_language(request)}", 303)
    give_cookie(response, visit, COOKIE)
    return response


@router.get("/mijn-verzoek")
def mine(request: Request) -> Response:
    """Where the request stands, and its files where there are any."""
    visiting = workplace().register.pickups.visiting(request.cookies.get(COOKIE, ""))
    if visiting is None:
        return page(request, "pickup_over.html.j2", status=403, taal=_language(request))
    number, kind = visiting
    found = workplace().register.get(number)
    ready = kind == "dossier" and found.status is Status.RELEASED
    return page(request, "pickup.html.j2", taal=_language(request), verzoek=found, ready=ready)


@router.get("/mijn-verzoek/pakket")
def fetch(request: Request) -> Response:
    """The sealed package; every fetch is told in the trail."""
    visit, work = request.cookies.get(COOKIE, ""), workplace()
    visiting = work.register.pickups.visiting(visit)
    if visiting is None or visiting[1] != "dossier":
        return page(request, "pickup_over.html.j2", status=403, taal=_language(request))
    try:
        data = work.vault.get(visiting[0], "package.zip")
    except VaultError:
        return page(request, "pickup_over.html.j2", status=404, taal=_language(request))
    work.register.pickups.downloaded(visit, "package.zip")
    return Response(data, media_type="application/zip", headers={"content-disposition": 'attachment; filename="inzage.zip"'})


@router.post("/mijn-verzoek/klaar")
async def leave(request: Request) -> Response:
    """End the visit."""
    await check_form(request)
    await run_in_threadpool(workplace().register.pickups.leave, request.cookies.get(COOKIE, ""))
    response = page(request, "pickup_over.html.j2", taal=_language(request))
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    return response

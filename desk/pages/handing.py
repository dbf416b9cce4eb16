"""Release and handing over: seal what was approved, then by a link and a code, or as a package for the counter, paper or secure mail."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.errors import RequestError
from config.request import Request as Verzoek
from config.request import Status
from desk import words
from desk.entering import MayRelease, ReleaseForm
from desk.showing import back, page
from desk.who import Who, settings_of
from flows import starting

router = APIRouter(include_in_schema=False)

WAYS = words.words()["way"]
DAYS = 14


@router.get("/verzoeken/{number}/uitreiken")
def look(request: Request, who: MayRelease, number: str) -> Response:
    """What can be handed over, and what was."""
    return page(request, "handing.html.j2", who, **_about(who, who.request(number)))


def _about(who: Who, found: Verzoek, made: dict[str, str] | None = None, passphrase: str = "") -> dict[str, Any]:
    register = who.work.register
    return {
        "verzoek": found,
        "links": register.pickups.all(found.number),
        "made": made,
        "passphrase": passphrase,
        "ways": WAYS,
        "days": DAYS,
        "released": found.status is Status.RELEASED,
        "approvals": register.approvals(found.number),
    }


@router.post("/verzoeken/{number}/uitreiken/vrijgeven")
def release(posted: ReleaseForm, number: str) -> Response:
    """Seal it. Who clicks twice, or comes second, finds it released or is told to wait; it is sealed once."""
    who = posted.who
    if who.request(number).status is not Status.RELEASED:
        starting.release(who.work, number, who.login)
    return back(f"/verzoeken/{number}/uitreiken", "released")


@router.post("/verzoeken/{number}/uitreiken/link")
def link(request: Request, posted: ReleaseForm, number: str) -> Response:
    """A link and a code, shown once; they must travel by different ways."""
    who = posted.who
    found = who.request(number)
    kind = "dossier" if found.status is Status.RELEASED else "status"
    token, code = who.work.register.pickups.make(number, kind, posted.number("days", DAYS), who.login)
    made = {"link": f"{settings_of(request).address}/ophalen/{token}", "code": code, "kind": kind}
    return page(request, "handing.html.j2", who, **_about(who, found, made, _passphrase(who, number) if kind == "dossier" else ""))


def _passphrase(who: Who, number: str) -> str:
    who.work.register.note(number, who.login, "passphrase seen")
    return who.work.vault.get(number, "passphrase").decode()


@router.post("/verzoeken/{number}/uitreiken/intrekken")
def revoke(posted: ReleaseForm, number: str) -> Response:
    """Let a link open nothing any more."""
    posted.who.request(number)
    posted.who.work.register.pickups.revoke(number, posted.text("reference"), posted.who.login)
    return back(f"/verzoeken/{number}/uitreiken", "revoked")


@router.post("/verzoeken/{number}/uitreiken/pakket")
def package(posted: ReleaseForm, number: str) -> Response:
    """The sealed package, for the counter, paper or secure mail; which of them is told in the trail."""
    who = posted.who
    if who.request(number).status is not Status.RELEASED or posted.text("way") not in WAYS:
        raise RequestError(number, "is not released", "Release it first, and choose a way")
    who.work.register.note(number, who.login, "handed over", {"way": posted.text("way")})
    data = who.work.vault.get(number, "package.zip")
    return Response(data, media_type="application/zip", headers={"content-disposition": f'attachment; filename="{number}.zip"'})


@router.post("/verzoeken/{number}/uitreiken/wachtzin")
def passphrase(request: Request, posted: ReleaseForm, number: str) -> Response:
    """The passphrase of the package, to be sent apart from it; every look is told in the trail."""
    found = posted.who.request(number)
    if found.status is not Status.RELEASED:
        raise RequestError(number, "is not released", "Release it first")
    return page(request, "handing.html.j2", posted.who, **_about(posted.who, found, None, _passphrase(posted.who, number)))

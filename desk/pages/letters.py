"""Letters to the resident as pages to print: acknowledgement, extension, question who they are; each told in the trail."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from cases.clocks import clocks
from config.errors import RequestError
from config.request import Status
from desk.entering import ChangeForm, MayChange
from desk.pages.requests import today
from desk.showing import back, page

router = APIRouter(include_in_schema=False)

LETTERS = {"ontvangst": "Ontvangstbevestiging", "verlenging": "Bericht van verlenging", "identiteit": "Vraag om te laten zien wie u bent"}


@router.get("/verzoeken/{number}/brieven/{what}")
def letter(request: Request, who: MayChange, number: str, what: str) -> Response:
    """One letter, ready to print. RequestError where the request has no reason for it."""
    found = who.request(number)
    if what not in LETTERS or (what == "verlenging" and not found.extended_because) or found.status is Status.PURGED:
        raise RequestError("letter", "there is none of this number", "See what the request needs")
    who.work.register.note(number, who.login, "letter made", {"letter": what})
    given: dict[str, Any] = {"clocks": clocks(found), "title": LETTERS[what], "today": today(who.work)}
    scope = [a.title for a in who.work.config.activities if a.id in found.scope]
    return page(request, f"letters/{what}.html.j2", who, verzoek=found, scope=scope, **given)


@router.post("/verzoeken/{number}/brieven/ontvangst")
def sent(posted: ChangeForm, number: str) -> Response:
    """The acknowledgement was sent."""
    posted.who.request(number)
    posted.who.work.register.handling.acknowledge(number, posted.who.login)
    return back(f"/verzoeken/{number}", "acknowledged")

"""A colleague's calendar of deadlines: makes the secret address under which a calendar program fetches it."""

from __future__ import annotations

import secrets

from fastapi import APIRouter, Request
from starlette.responses import Response

from desk.entering import CalendarForm, SeesRequests
from desk.showing import page
from desk.who import settings_of

router = APIRouter(include_in_schema=False)


@router.get("/agenda")
def ask(request: Request, who: SeesRequests) -> Response:
    """How to get the calendar."""
    return page(request, "calendar.html.j2", who, address="")


@router.post("/agenda")
def make(request: Request, posted: CalendarForm) -> Response:
    """An address of one's own, shown once; those that the colleague had close."""
    sessions, login = posted.who.work.register.sessions, posted.who.login
    for old in sessions.machine_keys():
        if old.kind == "calendar" and old.by == login and not old.revoked:
            sessions.revoke_key("calendar", old.name, login)
    key = sessions.make_key("calendar", f"agenda-{secrets.token_hex(4)}", login)
    return page(request, "calendar.html.j2", posted.who, address=f"{settings_of(request).address}/agenda/{key}.ics")

"""The calendar itself (iCalendar, RFC 5545): one day for each clock of each open request; numbers, never a name."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from cases.clocks import Clock, clocks
from cases.states import OPEN
from config.request import Request as Verzoek
from desk.who import TooOften, address_of, settings_of
from flows.workplace import workplace

router = APIRouter(include_in_schema=False)


@router.get("/agenda/{key}.ics")
def feed(request: Request, key: str) -> Response:
    """The deadlines of all open requests but those that the owner of the address may not handle."""
    if not request.app.state.tries.take(f"feed {address_of(request)}"):
        raise TooOften
    register = workplace().register
    name = register.sessions.key_name("calendar", key)
    owner = next((k.by for k in register.sessions.machine_keys() if (k.kind, k.name) == ("calendar", name)), None)
    if owner is None or register.accounts.get(owner).disabled:
        raise HTTPException(404)
    barred = register.accounts.barred_numbers(owner)
    shown = [r for r in register.all() if r.status in OPEN and not r.paused_since and r.number not in barred]
    lines = [line for r in shown for clock in clocks(r) for line in _event(r, clock, settings_of(request).address)]
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Inzage//Privacydesk//NL", "X-WR-CALNAME:Inzage, termijnen", "METHOD:PUBLISH"]
    return Response("\r\n".join([*head, *lines, "END:VCALENDAR", ""]), media_type="text/calendar; charset=utf-8")


def _event(request: Verzoek, clock: Clock, address: str) -> Iterator[str]:
    """A day on which staff steer, with the legal one in its note."""
    stamp = f"{request.registered_at:%Y%m%dT%H%M%SZ}" if request.registered_at else "20180525T000000Z"
    yield from (
        "BEGIN:VEVENT",
        f"UID:{request.number}-{clock.law.replace(' ', '-').lower()}@inzage",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{clock.steer:%Y%m%d}",
        f"SUMMARY:{request.number}: termijn {clock.law}",
        f"DESCRIPTION:Wettelijk einde {clock.legal:%d-%m-%Y}",
        f"URL:{address}/verzoeken/{request.number}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )

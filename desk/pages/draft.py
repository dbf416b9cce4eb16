"""The draft: made anew under what was decided, looked at as the resident will see it, and judged by two different people."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from cases.review import person
from cases.roles import HANDLING, Right
from config.errors import InzageError, RequestError
from config.request import Request as Verzoek
from config.request import Status
from desk import jobs
from desk.entering import DecideForm, SeesContent, VerdictForm
from desk.history import unseen_verdicts
from desk.showing import back, page
from desk.who import Who
from flows import readiness, steps

router = APIRouter(include_in_schema=False)

FILES = {
    "besluit.pdf": "application/pdf",
    "dossier.pdf": "application/pdf",
    "documenten.pdf": "application/pdf",
    "gegevens.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "LEESMIJ.txt": "text/plain; charset=utf-8",
}
"""What of the draft can be looked at, by the names that the resident will see."""


def own_work(who: Who, number: str) -> frozenset[str]:
    """Who may not judge this request, for it is their own work, about them, or about somebody close."""
    register = who.work.register
    return register.actors(number, *HANDLING) | register.accounts.barred(number)


@router.get("/verzoeken/{number}/concept")
def look(request: Request, who: SeesContent, number: str) -> Response:
    """What lies there, what stands in its way, and the form for a verdict."""
    found = who.request(number)
    return page(request, "draft.html.j2", who, **_about(who, found))


def _about(who: Who, found: Verzoek) -> dict[str, Any]:
    work, number = who.work, found.number
    kept = set(work.vault.names(number)) if found.status is not Status.PURGED else set()
    blocked = readiness.obstacles(work, number) if found.status in {Status.REVIEW, Status.APPROVED} else ()
    given = work.register.judging.verdicts(number)
    hidden = unseen_verdicts(who, found, work.register.audit.entries(number))
    return {
        "verzoek": found,
        "files": [name for name in FILES if f"draft/{name}" in kept],
        "obstacles": blocked,
        "titles": {s.name: s.title for s in work.config.sources},
        "draft": _hash(who, number) if not blocked else "",
        "given": given,
        "hidden": bool(hidden),
        "mine": person(who.login) in given,
        "own": person(who.login) in {person(name) for name in own_work(who, number)},
        "blind": work.config.policy.blind,
        "left": len(steps.reviewable(work, number)) if found.status is Status.REVIEW else 0,
        "approvals": work.register.approvals(number) if not hidden else (),
        "busy": work.register.busy(number),
        "may_judge": who.may(Right.GIVE_VERDICT),
        "objections": _objections(who, number),
    }


def _objections(who: Who, number: str) -> list[tuple[str, str, str]]:
    """Why earlier drafts were sent back: readable once both verdicts are in."""
    entries = who.work.register.audit.entries(number)
    last = max((e.sequence for e in entries if e.action == "sent back"), default=0)
    reasons = {r.sequence: r.text for r in who.work.register.reasons(number)}
    told = [e for e in entries if e.action == "objected" and e.sequence < last]
    return [(e.actor, e.at, reasons.get(e.sequence, "")) for e in reversed(told)]


def _hash(who: Who, number: str) -> str:
    try:
        return steps.draft_hash(who.work, number)
    except InzageError:
        return ""


@router.get("/verzoeken/{number}/concept/{name}")
def file(who: SeesContent, number: str, name: str) -> Response:
    """One file of the draft, unsealed, for the desk only; told in the trail."""
    who.request(number)
    if name not in FILES:
        raise RequestError("file", "there is none of this number", "Choose one of the list")
    who.seen(number, f"draft/{name}")
    data = who.work.vault.get(number, f"draft/{name}")
    return Response(data, media_type=FILES[name], headers={"content-disposition": f'inline; filename="concept-{name}"'})


@router.post("/verzoeken/{number}/concept/opnieuw")
def anew(posted: DecideForm, number: str) -> Response:
    """Make the draft anew under all that was decided."""
    if posted.who.request(number).status not in {Status.REVIEW, Status.APPROVED}:
        raise RequestError(number, "has no draft to change", "Run it first")
    jobs.draft_anew(posted.who.work, number, posted.who.login)
    return back(f"/verzoeken/{number}/concept", "drafting")


@router.post("/verzoeken/{number}/concept/oordeel")
def verdict(posted: VerdictForm, number: str) -> Response:
    """One person's yes or no to the very draft that the page showed."""
    who, work = posted.who, posted.who.work
    who.request(number)
    now = steps.draft_hash(work, number)
    if posted.text("draft") != now:
        raise RequestError(number, "something was decided or answered after the draft was made", "Look at it again")
    if posted.text("verdict") == "object":
        reason, blind = posted.text("reason"), work.config.policy.blind
        work.register.judging.object_to(number, who.login, now, reason, own_work(who, number), blind=blind)
        return back(f"/verzoeken/{number}/concept", "objected")
    if readiness.obstacles(work, number):
        raise RequestError(number, "something was decided or answered after the draft was made", "Look at it again")
    work.register.approve(number, who.login, now, own_work(who, number))
    return back(f"/verzoeken/{number}/concept", "approved")

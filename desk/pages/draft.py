"""The draft: made anew under what was decided, looked at as the resident will see it, and judged by two different people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from cases.review import person
from cases.roles import Right
from config.errors import InzageError, RequestError
from config.request import Request as Verzoek
from config.request import Status
from desk import jobs
from desk.entering import DecideForm, SeesContent, VerdictForm
from desk.history import unseen_verdicts
from desk.showing import back, page
from desk.who import Who
from flows import clearing, readiness, steps

router = APIRouter(include_in_schema=False)

KINDS = {
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
}
"""How a browser is told of each kind of file that a draft has; of another it is told nothing, and downloads it."""

SHOWN = frozenset({".pdf", ".txt"})
"""Kinds that a browser shows; the others it keeps."""

FIRST = ("besluit.pdf", "dossier.pdf", "documenten.pdf", "gegevens.xlsx")
"""In this order they stand on the page; parts follow their first, and what else there is comes after."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of the draft, as the resident will get it."""

    name: str
    bytes: int
    shown: bool

    @property
    def place(self) -> tuple[int, str]:
        """Where it stands in the list."""
        stem = self.name.split("-deel-")[0].removesuffix(".pdf")
        first = next((n for n, name in enumerate(FIRST) if name in {self.name, f"{stem}.pdf"}), len(FIRST))
        part = re.search(r"-deel-([0-9]+)", self.name)
        return first, f"{int(part[1]) if part else 0:06}{self.name}"


def files_of(who: Who, number: str) -> tuple[File, ...]:
    """The files of the draft that lies ready, by its manifest; () where there is none."""
    if not who.work.vault.exists(number, "draft/manifest.json"):
        return ()
    listed = orjson.loads(who.work.vault.get(number, "draft/manifest.json"))["files"]
    made = [File(str(one["name"]), int(one["bytes"]), PurePosixPath(str(one["name"])).suffix in SHOWN) for one in listed]
    return tuple(sorted(made, key=lambda one: one.place))


@router.get("/verzoeken/{number}/concept")
def look(request: Request, who: SeesContent, number: str) -> Response:
    """What lies there, what stands in its way, and the form for a verdict."""
    found = who.request(number)
    return page(request, "draft.html.j2", who, **_about(who, found))


def _about(who: Who, found: Verzoek) -> dict[str, Any]:
    work, number = who.work, found.number
    blocked = readiness.obstacles(work, number) if found.status in {Status.REVIEW, Status.APPROVED} else ()
    given = work.register.judging.verdicts(number)
    hidden = unseen_verdicts(who, found, work.register.audit.entries(number))
    return {
        "verzoek": found,
        "files": files_of(who, number) if found.status is not Status.PURGED else (),
        "obstacles": blocked,
        "titles": {s.name: s.title for s in work.config.sources},
        "draft": _hash(who, number) if not blocked else "",
        "given": given,
        "hidden": bool(hidden),
        "mine": person(who.login) in given,
        "own": person(who.login) in {person(name) for name in readiness.own_work(who.work, number)},
        "blind": work.config.policy.blind,
        "left": len(steps.reviewable(work, number)) if found.status is Status.REVIEW else 0,
        "approvals": work.register.approvals(number) if not hidden else (),
        "busy": work.register.busy(number),
        "may_judge": who.may(Right.GIVE_VERDICT),
        "objections": _objections(who, number),
        "found": clearing.found(work, number) if found.status is Status.REVIEW else (),
        "cleared": clearing.cleared(work, number) if found.status in {Status.REVIEW, Status.APPROVED} else {},
        "never": clearing.NEVER,
        "may_decide": who.may(Right.DECIDE) and found.status in {Status.REVIEW, Status.APPROVED},
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
    listed = next((one for one in files_of(who, number) if one.name == name), None)
    if listed is None:
        raise RequestError("file", "there is none of this number", "Choose one of the list")
    who.seen(number, f"draft/{name}")
    data = who.work.vault.get(number, f"draft/{name}")
    kind = KINDS.get(PurePosixPath(name).suffix, "application/octet-stream")
    how = "inline" if listed.shown else "attachment"
    return Response(data, media_type=kind, headers={"content-disposition": f'{how}; filename="concept-{name}"'})


@router.post("/verzoeken/{number}/concept/opnieuw")
def anew(posted: DecideForm, number: str) -> Response:
    """Make the draft anew under all that was decided."""
    if posted.who.request(number).status not in {Status.REVIEW, Status.APPROVED}:
        raise RequestError(number, "has no draft to change", "Run it first")
    jobs.draft_anew(posted.who.work, number, posted.who.login)
    return back(f"/verzoeken/{number}/concept", "drafting")


@router.post("/verzoeken/{number}/concept/vrij")
def clear(posted: DecideForm, number: str) -> Response:
    """Say of a value that the search found that it is not that person, or take that back; and make the draft anew."""
    who = posted.who
    who.request(number)
    if posted.text("undo"):
        clearing.restore(who.work, number, posted.text("undo"), who.login)
    else:
        clearing.clear(who.work, number, posted.text("value"), posted.text("reason")[:1000], who.login)
    jobs.draft_anew(who.work, number, who.login)
    return back(f"/verzoeken/{number}/concept", "drafting")


@router.post("/verzoeken/{number}/concept/oordeel")
def verdict(posted: VerdictForm, number: str) -> Response:
    """One person's yes or no to the very draft that the page showed."""
    who, work = posted.who, posted.who.work
    who.request(number)
    if posted.text("verdict") == "object":
        now = steps.draft_hash(work, number)
        if posted.text("draft") != now:
            raise RequestError(number, "something was decided or answered after the draft was made", "Look at it again")
        reason, blind = posted.text("reason"), work.config.policy.blind
        work.register.judging.object_to(number, who.login, now, reason, readiness.own_work(work, number), blind=blind)
        return back(f"/verzoeken/{number}/concept", "objected")
    readiness.approve(work, number, who.login, posted.text("draft") or "unseen")
    return back(f"/verzoeken/{number}/concept", "approved")

"""The list of requests and the page of one: its clocks, how each source answers while it runs, and what can be done."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from starlette.responses import Response

from cases.clocks import clocks, days_left
from cases.ready import DOWN
from cases.representation import IDENTITY, advice, table
from cases.review import person
from cases.roles import Right
from cases.states import OPEN
from config.collection import Coverage
from config.errors import RequestError
from config.request import Request as Verzoek
from config.request import Status
from desk import words
from desk.entering import ChangeForm, CommentForm, RunForm, SeesRequests, SourceForm
from desk.history import history
from desk.showing import back, page
from desk.who import Posted, Who
from flows import letters, readiness, starting, steps, uploads
from flows.workplace import Workplace

router = APIRouter(include_in_schema=False)

PATIENCE_SECONDS = 120
"""How long a run may take to begin."""


def today(work: Workplace) -> date:
    """The day that it is at the gemeente."""
    return datetime.now(ZoneInfo(work.config.organisation.timezone)).date()


@router.get("/")
def listed(request: Request, who: SeesRequests, toon: str = "open") -> Response:
    """Every request, the nearest date first; numbers and dates only."""
    barred, now = who.work.register.accounts.barred_numbers(who.login), today(who.work)
    every = [r for r in who.work.register.all() if r.number not in barred]
    shown = [r for r in every if toon != "open" or r.status in OPEN]
    rows = [(r, clocks(r)[0], days_left(clocks(r)[0].steer, now)) for r in sorted(shown, key=lambda r: (clocks(r)[0].steer, r.number))]
    late = sum(1 for r in every if r.status in OPEN and not r.paused_since and r.deadline < now)
    return page(request, "list.html.j2", who, rows=rows, toon=toon, open=sum(r.status in OPEN for r in every), total=len(every), late=late)


@router.get("/verzoeken/{number}")
def one(request: Request, who: SeesRequests, number: str) -> Response:
    """One request."""
    found = who.request(number)
    return page(request, "request.html.j2", who, **_about(who, found))


def _about(who: Who, found: Verzoek) -> dict[str, Any]:
    work, number = who.work, found.number
    known = work.register.handling.particulars(number)
    now, progress = today(work), progress_of(who, found)
    return {
        "verzoek": found,
        "clocks": [(clock, days_left(clock.steer, now)) for clock in clocks(found)],
        "known": known,
        "table": table(),
        "languages": words.words()["language"],
        "advice": advice(known.ages, known.represented_by),
        "duplicates": work.register.handling.duplicates(number),
        "comments": work.register.handling.comments(number) if who.may(Right.SEE_CONTENT) and found.status is not Status.PURGED else (),
        "scope": [a.title for a in work.config.activities if a.id in found.scope],
        "history": history(who, found),
        "next": ("collecting", "") if progress["busy"] else next_step(who, found),
        "letter_late": letters.extension_late(work, found),
        "open": found.status in OPEN,
        "identity": IDENTITY,
        **progress,
    }


def next_step(who: Who, found: Verzoek) -> tuple[str, str]:
    """What must be done now, as a word of `next` in words.yaml, and the page where; ("", "") where nothing is."""
    here = f"/verzoeken/{found.number}"
    match found.status:
        case Status.REVIEW:
            return _in_review(who, found, here)
        case Status.APPROVED:
            return "approved", f"{here}/uitreiken" if who.may(Right.RELEASE) else ""
        case Status.RELEASED:
            return "released", f"{here}/uitreiken" if who.may(Right.RELEASE) else ""
        case Status.REGISTERED | Status.COLLECTING:
            return ("identity" if not found.identity_checked_by else "paused" if found.paused_since else str(found.status)), ""
        case _:
            return "", ""


def _in_review(who: Who, found: Verzoek, here: str) -> tuple[str, str]:
    kinds = {one.kind for one in readiness.obstacles(who.work, found.number)} - {"busy"}
    first = next((kind for kind in ("identity", "waiting", "source", "stale", "leak") if kind in kinds), "")
    if first in {"stale", "leak"}:
        return first, f"{here}/concept" if who.may(Right.DECIDE) else ""
    if first:
        return first, ""
    if who.may(Right.DECIDE) and steps.reviewable(who.work, found.number):
        return "doubts", f"{here}/beoordelen"
    if who.may(Right.GIVE_VERDICT) and person(who.login) in who.work.register.judging.verdicts(found.number):
        return "judged_you", ""
    return ("judge_you" if who.may(Right.GIVE_VERDICT) else "judge"), f"{here}/concept"


def progress_of(who: Who, found: Verzoek) -> dict[str, Any]:
    """How far the sources are: what the page shows, and the part of it that renews itself."""
    work, number = who.work, found.number
    purged = found.status is Status.PURGED
    asked = () if purged else tuple(dict.fromkeys(leg.source for leg in steps.legs(work, number)))
    covered = [] if purged else [c for c in steps.coverage(work, number) if c.source in asked]
    answered = {c.source for c in covered if c.asked_at}
    return {
        "number": number,
        "stand": found.status,
        "sources": [(c, _outcome(c, found.status), work.config.source(c.source)) for c in covered],
        "answered": len(answered),
        "asked": len(asked),
        "busy": not purged and (work.register.busy(number) or _is_starting(work, number)),
        "choices": work.register.handling.choices(number),
        "tasks": {task.source: task for task in work.register.tasks.of(number)},
        "down": {c.source for c in covered if c.status in DOWN and c.asked_at},
        "undecided": {c.source for c in readiness.undecided(work, number)} if found.status in {Status.REVIEW} else set(),
    }


def _is_starting(work: Workplace, number: str) -> bool:
    """Whether somebody started a run that has yet to begin: its process, or a worker of Prefect, takes a moment."""
    told = [e.action for e in work.register.audit.entries(number) if e.action in STARTED | BEGUN]
    return bool(told) and told[-1] in STARTED


STARTED, BEGUN = (
    frozenset({"run started", "source asked again"}),
    frozenset({"start", "start again", "ask again", "withdraw", "refuse, second person", "run not started"}),
)
"""What the desk tells when it starts a run, and what the trail tells when a run begins."""


def _outcome(covered: Coverage, status: Status) -> str:
    """The outcome of a source; one that nobody asked yet has none."""
    return "asked" if covered.asked_at is None and status in {Status.REGISTERED, Status.COLLECTING} else str(covered.status)


@router.get("/verzoeken/{number}/voortgang")
def progress(request: Request, who: SeesRequests, number: str) -> Response:
    """The part of the page that renews itself while the sources are asked."""
    told = progress_of(who, who.request(number))
    response = page(request, "progress.html.j2", who, **told)
    if request.headers.get("hx-request") and not told["busy"] and told["stand"] is not Status.COLLECTING:
        response.headers["hx-refresh"] = "true"  # it is done: the whole page is made anew, with what can be done next
    return response


@router.post("/verzoeken/{number}/start")
def start(posted: RunForm, number: str) -> Response:
    """Start the flow run that asks every source."""
    posted.who.request(number)
    _check_begun(posted.who.work, number)
    starting.start(posted.who.work, number, posted.who.login)
    return back(f"/verzoeken/{number}", "started")


@router.post("/verzoeken/{number}/bronnen/{source}/opnieuw")
def again(posted: RunForm, number: str, source: str) -> Response:
    """Ask one source again, alone."""
    posted.who.request(number)
    _check_begun(posted.who.work, number)
    starting.start_again(posted.who.work, number, source, posted.who.login)
    return back(f"/verzoeken/{number}", "asked")


def _check_begun(work: Workplace, number: str) -> None:
    """Refuse a second click while the run of the first has yet to begin, for two minutes: after that it never will."""
    latest = [e for e in work.register.audit.entries(number) if e.action in STARTED | BEGUN][-1:]
    for entry in latest:
        if entry.action in STARTED and (datetime.now(UTC) - datetime.fromisoformat(entry.at)).total_seconds() < PATIENCE_SECONDS:
            raise RequestError(number, "is being handled by another run", "Wait for it")


@router.post("/verzoeken/{number}/bronnen/{source}/besluit")
def choose(posted: SourceForm, number: str, source: str) -> Response:
    """Decide what becomes of a source that stays down."""
    work = _known_source(posted, number, source)
    uploads.choose(work, number, source, posted.text("choice"), posted.who.login)
    return back(f"/verzoeken/{number}", "chosen")


@router.post("/verzoeken/{number}/bronnen/{source}/bestanden")
def upload(posted: SourceForm, number: str, source: str) -> Response:
    """Take what a person answers for a source: files, or that nothing is held."""
    work = _known_source(posted, number, source)
    nothing = posted.text("nothing") == "yes"
    files = None if nothing else [(file.filename or "", file.file.read()) for file in posted.files("files")]
    uploads.hand_over(work, number, source, files, posted.who.login)
    return back(f"/verzoeken/{number}", "nothing_held" if nothing else "uploaded")


def _known_source(posted: Posted, number: str, source: str) -> Workplace:
    posted.who.request(number)
    if source not in {known.name for known in posted.who.work.config.sources}:
        raise RequestError(number, "there is no such source", "Choose a source of the list")
    return posted.who.work


@router.post("/verzoeken/{number}/termijn/{what}")
def clock(posted: ChangeForm, number: str, what: str) -> Response:
    """Extend, pause or resume the term, or take the request back."""
    who, register, reason = posted.who, posted.who.work.register, posted.text("reason")
    who.request(number)
    match what:
        case "verleng":
            register.extend(number, reason, who.login, today(who.work))
        case "pauzeer":
            register.handling.pause(number, reason, who.login, today(who.work))
        case "hervat":
            register.handling.resume(number, who.login, today(who.work))
        case "trek-in":
            register.withdraw(number, who.login, reason)
        case _:
            raise RequestError("request", "there is none of this number", "See the list")
    return back(f"/verzoeken/{number}", {"verleng": "extended", "pauzeer": "paused", "hervat": "resumed", "trek-in": "withdrawn"}[what])


@router.post("/verzoeken/{number}/identiteit")
def identified(posted: ChangeForm, number: str) -> Response:
    """Record that the identity was checked, how and by whom."""
    posted.who.request(number)
    posted.who.work.register.handling.identified(number, posted.text("how"), posted.who.login)
    return back(f"/verzoeken/{number}", "identified")


@router.post("/verzoeken/{number}/taal")
def language(posted: ChangeForm, number: str) -> Response:
    """Answer in another language: letters and dossier from now on."""
    posted.who.request(number)
    posted.who.work.register.handling.answer_in(number, posted.text("language"), posted.who.login)
    return back(f"/verzoeken/{number}", "language")


@router.post("/verzoeken/{number}/opmerking")
def comment(posted: CommentForm, number: str) -> Response:
    """Write to a colleague about the whole request."""
    posted.who.request(number)
    posted.who.work.register.handling.comment(number, "", posted.text("text"), posted.who.login)
    return back(f"/verzoeken/{number}", "commented")

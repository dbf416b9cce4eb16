"""Refusing a request: one colleague proposes it with a reason, another reads the letter and decides."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from cases.roles import Right
from cases.states import OPEN
from desk import words
from desk.entering import ChangeForm, SeesContent, VerdictForm
from desk.showing import back, page
from flows import refusing

router = APIRouter(include_in_schema=False)


@router.get("/verzoeken/{number}/weigeren")
def look(request: Request, who: SeesContent, number: str) -> Response:
    """Whether somebody proposed to refuse, and what can be done now."""
    found = who.request(number)
    return page(
        request, "refusing.html.j2", who, verzoek=found, proposed=who.work.register.refusing.proposed(number),
        open=found.status in OPEN, proposes=who.may(Right.CHANGE), decides=who.may(Right.GIVE_VERDICT),
        languages=words.words()["language"],
    )  # fmt: skip


@router.get("/verzoeken/{number}/weigeren/brief")
def letter(who: SeesContent, number: str) -> Response:
    """The very letter that was proposed."""
    who.request(number)
    made = refusing.letter(who.work, number)
    who.seen(number, "addressee")
    headers = {"content-disposition": f'inline; filename="{number}-weigering.pdf"'}
    return Response(made, media_type="application/pdf", headers=headers)


@router.post("/verzoeken/{number}/weigeren/voorstel")
def propose(posted: ChangeForm, number: str) -> Response:
    """Propose to refuse: the reason and the articles are for the resident to read."""
    posted.who.request(number)
    why = refusing.check_reason(posted.text("reason")[:4000], tuple(posted.text("articles")[:400].split(";")))
    refusing.propose(posted.who.work, number, why, posted.who.login, posted.text("language"))
    return back(f"/verzoeken/{number}/weigeren", "refusal_proposed")


@router.post("/verzoeken/{number}/weigeren/terug")
def take_back(posted: ChangeForm, number: str) -> Response:
    """Take the proposal back."""
    posted.who.request(number)
    posted.who.work.register.refusing.take_back(number, posted.who.login)
    return back(f"/verzoeken/{number}/weigeren", "refusal_back")


@router.post("/verzoeken/{number}/weigeren/besluit")
def decide(posted: VerdictForm, number: str) -> Response:
    """A second person refuses, with the letter whose hash the page showed."""
    posted.who.request(number)
    refusing.decide(posted.who.work, number, posted.who.login, posted.text("letter") or "unseen")
    return back(f"/verzoeken/{number}/weigeren", "refused")

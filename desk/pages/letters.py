"""Letters to the resident: acknowledgement, questions, extension. Made as the real PDF, looked at or downloaded, and told in the trail."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from cases.roles import Right
from config.errors import RequestError
from desk import words
from desk.entering import ChangeForm, MayChange
from desk.pages.requests import today
from desk.showing import back, page
from desk.who import Posted
from flows import letters

router = APIRouter(include_in_schema=False)

ASKS = (letters.IDENTITY, letters.SCOPE)
"""Letters with a question of a person in them, and a day by which it is answered."""


@router.get("/verzoeken/{number}/brieven")
def look(request: Request, who: MayChange, number: str) -> Response:
    """Which letters there are, who they go to, and which left when."""
    found = who.request(number)
    to = letters.addressee(who.work, number)
    if to.name:
        who.seen(number, "addressee")
    return page(
        request, "letters.html.j2", who, verzoek=found, to=to, possible=letters.possible(found), left=letters.left(who.work, number),
        asks=ASKS, languages=words.words()["language"],
        known=who.work.register.handling.particulars(number), late=letters.extension_late(who.work, found), sees=who.may(Right.SEE_CONTENT),
    )  # fmt: skip


@router.post("/verzoeken/{number}/brieven/{what}")
def make(posted: ChangeForm, number: str, what: str) -> Response:
    """One letter as PDF, to look at or to keep. What is typed on it travels in the form, and stands in no address."""
    posted.who.request(number)
    made = letters.letter(posted.who.work, number, _wanted(posted, what), posted.who.login)
    how = "attachment" if posted.text("how") == "download" else "inline"
    headers = {"content-disposition": f'{how}; filename="{number}-{what}.pdf"'}
    return Response(made, media_type="application/pdf", headers=headers)


def _wanted(posted: Posted, what: str) -> letters.Wanted:
    to = letters.Addressee(*(posted.text(name)[:120] for name in ("name", "street", "postcode", "city")))
    return letters.Wanted(what, to, posted.text("text")[:4000], _day(posted), posted.text("language"))


def _day(posted: Posted) -> date | None:
    written = posted.text("answer_by")
    try:
        day = date.fromisoformat(written) if written else None
    except ValueError:
        day = None
    if (written and day is None) or (day is not None and day <= today(posted.who.work)):
        raise RequestError("letter", "needs a day that lies ahead", "Give the day before which you want an answer")
    return day


@router.post("/verzoeken/{number}/brieven/{what}/verzonden")
def sent(posted: ChangeForm, number: str, what: str) -> Response:
    """The letter left."""
    posted.who.request(number)
    letters.sent(posted.who.work, number, what, posted.who.login)
    return back(f"/verzoeken/{number}/brieven", "acknowledged" if what == letters.ACKNOWLEDGEMENT else "letter_sent")

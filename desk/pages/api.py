"""The interface that an e-form calls: register a request, and ask where it stands. A key for each form; it sees only its own requests."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from cases.handling import Particulars
from cases.intake import Extent, check_extent
from config.request import Request as Verzoek
from desk.pages.register import Asked, register, scope_of
from desk.pages.requests import today
from desk.who import TooOften, address_of
from flows.workplace import workplace

router = APIRouter(prefix="/api/v1", tags=["verzoeken"])
BEARER = HTTPBearer(auto_error=False, description="De sleutel van het e-formulier")

NUMBER = r"^INZ-[0-9]{4}-[0-9]{6,9}$"


class NewRequest(BaseModel):
    """A request as an e-form sends it; who asks was identified by the form (DigiD)."""

    model_config = ConfigDict(extra="forbid")

    bsn: str = Field(pattern=r"^[0-9]{8,9}$", description="Burgerservicenummer, passes the elfproef")
    received: date = Field(description="Day of receipt; not in the future, not before 25 May 2018")
    scope: list[Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$")]] = Field(
        default_factory=list, max_length=100, description="Activities of the register; none is everything"
    )
    since: date | None = Field(default=None, description="Begin of the period asked for")
    until: date | None = Field(default=None, description="End of the period asked for")
    language: Literal["nl", "en"] = Field(default="nl", description="Language of the letters and the dossier")


class Standing(BaseModel):
    """Where a request stands; no name, no BSN."""

    request: str = Field(pattern=NUMBER)
    status: str
    received: date
    deadline: date
    merged: bool = Field(default=False, description="True where the resident had a request open, into which this one was taken")


class Problem(BaseModel):
    """Why a call was refused; never with what was sent."""

    error: str
    where: list[str] = Field(default_factory=list)


PROBLEMS: dict[int | str, dict[str, object]] = {
    401: {"model": Problem, "description": "No key, or one that opens nothing"},
    404: {"model": Problem, "description": "No such request of this form"},
    409: {"model": Problem, "description": "Refused, with the reason"},
    422: {"model": Problem, "description": "Not as this description says"},
    429: {"model": Problem, "description": "Too many calls"},
}


def caller(request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]) -> str:
    """The name of the form whose key this is."""
    if not request.app.state.calls.take(f"api {address_of(request)}"):
        raise TooOften
    name = workplace().register.sessions.key_name("eform", given.credentials) if given else None
    if name is None:
        raise HTTPException(401, "no key, or one that opens nothing", {"WWW-Authenticate": "Bearer"})
    return name


Caller = Annotated[str, Depends(caller)]


@router.post("/verzoeken", status_code=201, responses=PROBLEMS)
def new(asked: NewRequest, form: Caller) -> Standing:
    """Register a request, or take it into the one that this resident has open."""
    work = workplace()
    left = work.register.open_for(asked.bsn.zfill(9))
    known = Particulars(ages="", identity_how="digid")
    extent = check_extent(Extent(scope_of(work, tuple(asked.scope)), asked.since, asked.until), today(work))
    told = Asked(asked.received, f"eform-{form}", asked.language, extent, known)
    return _standing(register(work, asked.bsn.zfill(9), told, f"eform-{form}"), left is not None)


@router.get("/verzoeken/{number}", responses=PROBLEMS)
def status(number: str, form: Caller) -> Standing:
    """Where a request stands that this form sent; any other is not there for it."""
    register_ = workplace().register
    found = register_.get(number)
    if found.channel != f"eform-{form}" and number not in register_.handling.asked_again(f"eform-{form}"):
        raise HTTPException(404, "request: there is none of this number")
    return _standing(found)


def _standing(found: Verzoek, merged: bool = False) -> Standing:
    return Standing(request=found.number, status=str(found.status), received=found.received, deadline=found.deadline, merged=merged)

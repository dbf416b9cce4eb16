"""Who is at the other end: the colleague of a session, what they may do, and the proof that a form came from our own page.

A session is a random token in a cookie that no script can read; the word in each form is a keyed hash of that token. A page that
needs a right asks for it here, and nowhere else.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from cases.accounts import Account
from cases.roles import Right, may
from config.errors import RequestError
from config.request import Request as Verzoek
from desk.settings import Settings
from flows.workplace import Workplace, workplace

COOKIE = "__Host-inzage"
"""`__Host-` binds it to this very address; Secure, HttpOnly, SameSite=Lax (a link in a mail opens the desk, a form elsewhere does not)."""


class NotAllowed(Exception):
    """Who asks may not do this; `missing` is True where nobody is logged in."""

    def __init__(self, *, missing: bool = False) -> None:
        super().__init__("not allowed")
        self.missing = missing


class Forged(Exception):
    """A form that did not come from our own page, or from a session that is over."""


class TooOften(Exception):
    """Too many tries from one address."""


@dataclass(frozen=True, slots=True)
class Who:
    """A colleague, with the workplace they work at."""

    account: Account
    work: Workplace
    token: str = field(repr=False)

    @property
    def login(self) -> str:
        """The name by which the trail knows them."""
        return self.account.login

    def may(self, right: Right) -> bool:
        """Whether this colleague has the right."""
        return may(self.account.roles, right)

    def request(self, number: str) -> Verzoek:
        """The request; as if it were not there for who may not handle it, for it is about them or somebody close."""
        found = self.work.register.get(number)
        if self.login in self.work.register.accounts.barred(number):
            raise RequestError("request", "there is none of this number", "See: inzage request list")
        return found

    def seen(self, number: str, what: str, **detail: Any) -> None:
        """Tell the trail that this colleague looked at content."""
        self.work.register.note(number, self.login, "content seen", {"what": what, **detail})


@dataclass(frozen=True, slots=True)
class Posted:
    """A form that came from our own page."""

    who: Who
    form: FormData = field(repr=False)

    def text(self, name: str) -> str:
        """What was filled in, without spaces around it; "" where nothing was."""
        value = self.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def number(self, name: str, otherwise: int) -> int:
        """The whole number that was filled in; `otherwise` where that is none (`²` is a digit and no number), or far too large."""
        written = self.text(name)
        return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else otherwise

    def texts(self, name: str) -> tuple[str, ...]:
        """Every choice that was ticked."""
        return tuple(value for value in self.form.getlist(name) if isinstance(value, str) and value)

    def files(self, name: str) -> list[UploadFile]:
        """Every file that was chosen."""
        return [value for value in self.form.getlist(name) if isinstance(value, UploadFile) and value.filename]


def settings_of(request: Request) -> Settings:
    """The settings of the running desk."""
    settings: Settings = request.app.state.settings
    return settings


def address_of(request: Request) -> str:
    """Where a call comes from, for limits only."""
    return request.client.host if request.client else "unknown"


def token_of(request: Request) -> str:
    """The token of this browser; "" where it has none."""
    return request.cookies.get(COOKIE, "")


def csrf_of(token: str) -> str:
    """The word in each form of this browser."""
    return workplace().register.sessions.csrf(token) if token else ""


def give_cookie(response: Response, token: str, name: str = COOKIE, path: str = "/") -> None:
    """Give a browser its token."""
    response.set_cookie(name, token, httponly=True, secure=True, samesite="lax", path=path)


def new_token() -> str:
    """A token for a browser in which nobody is logged in yet."""
    return secrets.token_urlsafe(32)


def known(request: Request) -> Who | None:
    """The colleague of this session; None where nobody is logged in."""
    token, work = token_of(request), workplace()
    login = work.register.sessions.login(token) if token else None
    return Who(work.register.accounts.get(login), work, token) if login else None


def needs(right: Right) -> Callable[[Request], Who]:
    """A dependency: the colleague of this session, who has this right."""

    def who(request: Request) -> Who:
        found = known(request)
        if found is None:
            raise NotAllowed(missing=True)
        if not found.may(right):
            raise NotAllowed
        return found

    who.right = right  # type: ignore[attr-defined]  # read by the test that walks every route
    return who


async def check_form(request: Request, files: int = 0) -> FormData:
    """The form of a request, which came from our own page, with at most so many files. Raises Forged."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Forged
    form = await request.form(max_files=files, max_fields=500)
    word, given = csrf_of(token_of(request)), form.get("csrf", "")
    if not word or not isinstance(given, str) or not secrets.compare_digest(word.encode(), given.encode()):
        raise Forged
    return form


def posts(right: Right) -> Callable[[Request], AsyncIterator[Posted]]:
    """A dependency: a form from our own page, sent by a colleague who has this right."""

    async def posted(request: Request) -> AsyncIterator[Posted]:
        who = await run_in_threadpool(needs(right), request)
        form = await check_form(request, files=60)
        try:
            yield Posted(who, form)
        finally:
            await form.close()

    posted.right = right  # type: ignore[attr-defined]  # read by the test that walks every route
    return posted

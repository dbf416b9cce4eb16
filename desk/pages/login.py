"""Logging in with a local account or by single sign-on, and logging out."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from cases.roles import Right, Role, may
from desk import oidc
from desk.showing import back, page
from desk.who import COOKIE, Forged, TooOften, address_of, check_form, give_cookie, known, settings_of, token_of
from flows.workplace import workplace

router = APIRouter(include_in_schema=False)

WRONG = "Deze inlognaam en dit wachtwoord horen niet bij elkaar, of het account is tijdelijk geblokkeerd."


@router.get("/inloggen")
def ask(request: Request) -> Response:
    """The form, and the way to single sign-on where there is one."""
    if (who := known(request)) is not None:
        return back(home_of(who.account.roles))
    return _form(request)


def _form(request: Request, wrong: str = "", status: int = 200) -> Response:
    settings = settings_of(request)
    return page(request, "login.html.j2", status=status, wrong=wrong, local=settings.local_accounts, oidc=settings.oidc is not None)


@router.post("/inloggen")
async def enter(request: Request) -> Response:
    """Check the password; a new token is given, so that one that somebody planted before is worth nothing."""
    if not request.app.state.tries.take(f"login {address_of(request)}"):
        raise TooOften
    if not settings_of(request).local_accounts:
        raise Forged
    form = await check_form(request)
    login, password = str(form.get("login", "")).strip().lower(), str(form.get("password", ""))
    account = await run_in_threadpool(workplace().register.accounts.check, login, password)
    if account is None:
        return _form(request, WRONG, 401)
    return await run_in_threadpool(logged_in, account.login)


def logged_in(login: str) -> RedirectResponse:
    """On to the first page, with a session."""
    register = workplace().register
    response = back(home_of(register.accounts.get(login).roles))
    give_cookie(response, register.sessions.open(login), COOKIE)
    return response


def home_of(roles: frozenset[Role]) -> str:
    """The first page of who has these roles."""
    return "/" if may(roles, Right.SEE_REQUESTS) else "/accounts"


@router.post("/uitloggen")
async def leave(request: Request) -> Response:
    """End the session."""
    await check_form(request)
    await run_in_threadpool(workplace().register.sessions.close, token_of(request))
    response = back("/inloggen")
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    return response


@router.get("/oidc/begin")
def begin(request: Request) -> Response:
    """Off to the provider, with a state, a nonce and a verifier that only this browser can bring back."""
    return oidc.begin(request) or _form(request, oidc.AWAY, 503)


@router.get("/oidc/terug")
def returned(request: Request) -> Response:
    """Back from the provider."""
    if not request.app.state.tries.take(f"oidc {address_of(request)}"):
        raise TooOften
    account = oidc.returned(request)
    return logged_in(account.login) if account else _form(request, oidc.REFUSED, 403)

"""Accounts, keys for machines, and whom a colleague may not handle: for the administrator, who sees no request."""

from __future__ import annotations

import secrets

from fastapi import APIRouter, Request
from starlette.responses import Response

from cases.roles import Right, Role
from config.errors import RequestError
from desk.entering import AdministerForm, MayAdminister
from desk.showing import back, page
from desk.who import Who

router = APIRouter(include_in_schema=False)


@router.get("/accounts")
def listed(request: Request, who: MayAdminister) -> Response:
    """Every account and key."""
    return _page(request, who)


def _page(request: Request, who: Who, password: str = "", key: str = "") -> Response:
    register = who.work.register
    accounts = [(a, register.accounts.close_marks(a.login)) for a in register.accounts.all()]
    return page(
        request, "accounts.html.j2", who, accounts=accounts, keys=register.sessions.machine_keys(), roles=list(Role), rights=list(Right),
        password=password, key=key,
    )  # fmt: skip


def _roles(told: tuple[str, ...]) -> list[Role]:
    if set(told) - set(Role):
        raise RequestError("account", "a role is none that is known", "Choose from the list")
    return [Role(role) for role in told]


@router.post("/accounts")
def add(request: Request, posted: AdministerForm) -> Response:
    """Make an account; its password is drawn here and shown once."""
    password = "-".join(secrets.token_hex(3) for _ in range(4))
    posted.who.work.register.accounts.add(
        posted.text("login"), posted.text("title"), _roles(posted.texts("roles")), password, posted.who.login
    )
    return _page(request, posted.who, password)


@router.post("/accounts/{login}/{what}")
def change(request: Request, posted: AdministerForm, login: str, what: str) -> Response:
    """Give other roles or another password, shut or open, or mark from whom a colleague is barred."""
    accounts, actor = posted.who.work.register.accounts, posted.who.login
    if login == actor and what in {"rollen", "uit"}:
        raise RequestError("account", "is your own", "Let another administrator do it")
    match what:
        case "rollen":
            accounts.set_roles(login, _roles(posted.texts("roles")), actor)
        case "uit" | "aan":
            accounts.disable(login, what == "uit", actor)
        case "naaste":
            accounts.mark_close(login, posted.text("bsn"), posted.text("relation"), actor)
        case "wachtwoord":
            password = "-".join(secrets.token_hex(3) for _ in range(4))
            accounts.set_password(login, password, actor)
            return _page(request, posted.who, password)
        case _:
            raise RequestError("account", "there is none of this number", "Choose from the list")
    return back("/accounts", "saved")


@router.post("/sleutels")
def make_key(request: Request, posted: AdministerForm) -> Response:
    """Make a key for an e-form; shown once."""
    key = posted.who.work.register.sessions.make_key("eform", posted.text("name"), posted.who.login)
    return _page(request, posted.who, key=key)


@router.post("/sleutels/intrekken")
def revoke_key(posted: AdministerForm) -> Response:
    """Let a key open nothing any more."""
    posted.who.work.register.sessions.revoke_key(posted.text("kind"), posted.text("name"), posted.who.login)
    return back("/accounts", "saved")

"""The application: which pages there are, and how every refusal is shown."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from config.errors import InzageError, RequestError
from desk import words
from desk.guarding import Guard
from desk.limits import Buckets
from desk.pages import (
    accounts,
    api,
    calendar,
    deciding,
    draft,
    feed,
    handing,
    letters,
    login,
    operations,
    pickup,
    proof,
    refusing,
    register,
    requests,
    review,
)
from desk.settings import Settings, from_environment
from desk.showing import page
from desk.who import Forged, NotAllowed, TooOften, address_of

PAGES = (
    login,
    requests,
    register,
    review,
    deciding,
    draft,
    handing,
    letters,
    refusing,
    pickup,
    proof,
    accounts,
    operations,
    calendar,
    feed,
    api,
)

SAID = {
    403: ("Dit mag u niet", "Uw rol geeft geen toegang tot deze pagina of deze handeling."),
    404: ("Niet gevonden", "Deze pagina bestaat niet, of u mag die niet zien."),
    405: ("Dit kan zo niet", "Ga terug en gebruik de knoppen op de pagina."),
    413: ("Te groot", "Wat u stuurde is te groot."),
    429: ("Te vaak", "U hebt dit te vaak achter elkaar geprobeerd. Wacht een minuut."),
    440: (
        "Opnieuw inloggen",
        "Uw sessie is voorbij, of het formulier kwam niet van deze pagina. Ga terug, ververs de pagina en probeer het opnieuw.",
    ),
}


def make_app(settings: Settings | None = None) -> FastAPI:
    """The desk, as an ASGI application."""
    app = FastAPI(title="Inzage", version="1", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    app.state.settings = settings or from_environment()
    app.state.calls, app.state.tries = Buckets(app.state.settings.requests_a_minute), Buckets(app.state.settings.tries_a_minute)
    for module in PAGES:
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    app.add_exception_handler(NotAllowed, _not_allowed)
    app.add_exception_handler(Forged, lambda request, _: _said(request, 440, 403))
    app.add_exception_handler(TooOften, lambda request, _: _said(request, 429))
    app.add_exception_handler(InzageError, _refused)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.middleware("http")(_limited)
    app.add_middleware(Guard)
    return app


async def _limited(request: Request, call_next):  # type: ignore[no-untyped-def]  # Starlette has no public name for it
    if not request.url.path.startswith("/static/") and not request.app.state.calls.take(address_of(request)):
        return _said(request, 429)
    return await call_next(request)


def _not_allowed(request: Request, error: Exception) -> Response:
    if isinstance(error, NotAllowed) and error.missing and request.method == "GET" and not _wants_json(request):
        return RedirectResponse("/inloggen", 303)
    return _said(request, 403)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, InzageError)  # noqa: S101 - registered for this class
    missing = isinstance(error, RequestError) and "there is none of this number" in error.wrong
    if _wants_json(request):
        return JSONResponse({"error": str(error)}, 404 if missing else 409)
    told = "Dit verzoek bestaat niet, of u mag het niet zien." if missing else words.refusal(error)
    return page(request, "said.html.j2", status=404 if missing else 409, title="Dit ging niet", text=told)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class
    if _wants_json(request):
        return JSONResponse({"error": error.detail}, error.status_code, headers=error.headers)
    return _said(request, error.status_code)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class
    where = sorted({".".join(str(part) for part in found["loc"]) for found in error.errors()})
    if _wants_json(request):
        return JSONResponse({"error": "the call is not as the description says", "where": where}, 422)  # never what was sent
    return _said(request, 404)


def _said(request: Request, what: int, status: int | None = None) -> Response:
    title, text = SAID.get(what, ("Dit ging niet", "Er ging iets mis. Probeer het later opnieuw."))
    if _wants_json(request):
        return JSONResponse({"error": title}, status or what)
    response: HTMLResponse = page(request, "said.html.j2", status=status or what, title=title, text=text)
    return response


def _wants_json(request: Request) -> bool:
    return request.url.path.startswith("/api/")

"""The web application: `POST /personen` behind a key, JSON in and out, every refusal a problem."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from demo.brp.beside import papers, stays
from demo.brp.fields import cut
from demo.brp.problems import NOT_ACCEPTABLE, NOT_ALLOWED, NOT_FOUND, UNAUTHENTICATED, UNREADABLE, UNSUPPORTED, Problem, Refusal, too_many
from demo.brp.queries import check
from demo.brp.search import aged, found

ROOT = "/haalcentraal/api/brp"
"""Where the API stands on its server."""

PAPERS = "/haalcentraal/api/reisdocumenten"

JSON, PROBLEM = "application/json; charset=utf-8", "application/problem+json"


def application(register: Sequence[Mapping[str, Any]], key: str) -> FastAPI:
    """The API over a register, for whoever sends `key` as X-API-KEY."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @app.post(f"{ROOT}/personen")
    async def personen(request: Request) -> Response:
        """Answers one question."""
        _admit(request, key)
        query = _query(request, await request.body())
        return Response(_json(answer(register, query)), media_type=JSON)

    @app.post(f"{ROOT}/verblijfplaatshistorie")
    async def verblijfplaatshistorie(request: Request) -> Response:
        """Answers where somebody lived."""
        _admit(request, key)
        query = _query(request, await request.body())
        return Response(_json(stays(register, query)), media_type="application/json")

    @app.post(f"{PAPERS}/reisdocumenten")
    async def reisdocumenten(request: Request) -> Response:
        """Answers which travel documents somebody has."""
        _admit(request, key)
        query = _query(request, await request.body())
        return Response(_json(papers(register, query)), media_type=JSON)

    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(HTTPException, _astray)
    return app


def answer(register: Sequence[Mapping[str, Any]], query: Mapping[str, Any]) -> dict[str, Any]:
    """What the API says to a question. Raises `Refusal` where the question is wrong or finds too many people."""
    question = check(query)
    people = found(register, query)
    if len(people) > question.most:
        raise Refusal(too_many(question.most))
    today = datetime.now(UTC).date()
    return {"type": query["type"], "personen": [cut(aged(person, today), query["fields"], question.tree) for person in people]}


def _admit(request: Request, key: str) -> None:
    if not secrets.compare_digest(request.headers.get("x-api-key", "").encode(), key.encode()):
        raise Refusal(UNAUTHENTICATED)
    accepted = [part.partition(";")[0].strip().lower() for part in request.headers.get("accept", "*/*").split(",")]
    if not {"*/*", "application/*", "application/json"} & set(accepted):
        raise Refusal(NOT_ACCEPTABLE)
    kind, _, rest = request.headers.get("content-type", "").lower().partition(";")
    charset = rest.replace(" ", "").replace('"', "").removeprefix("charset=")
    if kind.strip() != "application/json" or charset not in {"", "utf-8"}:
        raise Refusal(UNSUPPORTED)


def _query(request: Request, body: bytes) -> dict[str, Any]:
    try:
        query = json.loads(body)
    except ValueError:
        raise Refusal(UNREADABLE) from None
    if not isinstance(query, dict):
        raise Refusal(UNREADABLE)
    return query


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


async def _refused(request: Request, refusal: Exception) -> Response:
    if not isinstance(refusal, Refusal):
        raise TypeError("only refusals are told")
    return _told(request, refusal.problem)


async def _astray(request: Request, lost: Exception) -> Response:
    missing = isinstance(lost, HTTPException) and lost.status_code == 404
    return _told(request, NOT_FOUND if missing else NOT_ALLOWED)


def _told(request: Request, problem: Problem) -> Response:
    headers = {"WWW-Authenticate": 'ApiKey header="X-API-KEY"'} if problem.status == 401 else {}
    return Response(_json(problem.body(str(request.url))), problem.status, headers, PROBLEM)

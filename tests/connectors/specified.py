"""Exchanges over HTTP held against published OpenAPI files: each question and each answer, whoever of ours asked or gave it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import yaml
from jsonschema.exceptions import ValidationError
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse
from starlette.responses import Response


@dataclass(frozen=True)
class Exchange:
    """One question and its answer."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    status: int
    said: dict[str, str]
    answer: bytes


@dataclass
class Recorder:
    """Keeps every exchange that passes; put before an application as middleware."""

    kept: list[Exchange] = field(default_factory=list)

    async def __call__(self, request: Any, answer: Callable[[Any], Awaitable[Any]]) -> Any:
        body = await request.body()
        made: Any = await answer(request)
        content = b"".join([part async for part in made.body_iterator])
        query = dict(parse_qsl(request.url.query))
        self.kept.append(
            Exchange(request.method, request.url.path, query, dict(request.headers), body, made.status_code, dict(made.headers), content)
        )
        return Response(content, made.status_code, dict(made.headers))


def specification(path: Path, server: str = "") -> OpenAPI:
    """A published file, with another address in the place of its own where one is given."""
    return OpenAPI.from_dict({**_local(read(path), path.parent), **({"servers": [{"url": server}]} if server else {})})


def read(path: Path) -> dict[str, Any]:
    """A published file as it stands."""
    written = re.sub(r'"(\s*\n\s*"\$ref")', r'",\1', path.read_text(encoding="utf-8"))  # one published file lacks a comma there
    made: dict[str, Any] = yaml.load(written, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (a SafeLoader, in C)
    return made


def _local(node: Any, folder: Path) -> Any:
    """The file without what it takes from elsewhere: a file beside it is put in its place, anything on the web may be anything."""
    if isinstance(node, list):
        return [_local(item, folder) for item in node]
    if not isinstance(node, dict):
        return node
    kept = node.get("$ref")
    if isinstance(kept, str) and kept.startswith("http"):
        return {"schema": {}} if "/headers/" in kept else {}
    if isinstance(kept, str) and kept.startswith("./"):
        return yaml.safe_load((folder / kept).read_text(encoding="utf-8"))
    if node.get("in") == "query" and str(node.get("description", "")).startswith("URL-referentie"):
        return {**node, "schema": {"type": "string"}}  # the published file says integer, of what it calls an address
    return {name: _local(value, folder) for name, value in node.items()}


def mistakes(api: OpenAPI, kept: list[Exchange], under: str = "") -> Iterator[str]:
    """What of these exchanges is not as the file has it; `under` is the path below which its API stands."""
    for one in kept:
        if not one.path.startswith(under):
            continue
        request = MockRequest(
            "http://localhost", one.method.lower(), one.path, args=one.query, headers=one.headers, data=one.body or None,
            content_type=one.headers.get("content-type", "application/json"),
        )  # fmt: skip
        response = MockResponse(one.answer, status_code=one.status, headers=one.said, content_type=one.said.get("content-type", ""))
        for judge in (lambda r=request: api.validate_request(r), lambda q=request, r=response: api.validate_response(q, r)):
            try:
                judge()
            except Exception as error:  # noqa: BLE001 - whatever is wrong is told by the test
                causes = [cause for cause in _causes(error) if not _forgiven(cause)]
                if causes:
                    yield f"{one.method} {one.path} {one.status}: {[str(cause)[:300] for cause in causes[:3]]}"


def _causes(error: Exception) -> list[Any]:
    return list(getattr(error.__cause__, "schema_errors", ()) or [error.__cause__ or error])


def _forgiven(cause: Any) -> bool:
    """What the server from which a file was made does itself, as its recorded answers show: "" for no address, null for no object."""
    if not isinstance(cause, ValidationError):
        return False
    if cause.instance in (None, ""):
        return True
    branches: dict[Any, list[Any]] = {}
    for inner in cause.context or ():
        branches.setdefault(inner.schema_path[0], []).append(inner)
    return cause.validator in {"oneOf", "anyOf"} and any(all(map(_forgiven, inner)) for inner in branches.values())

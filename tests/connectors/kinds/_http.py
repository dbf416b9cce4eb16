"""The faults of anything that speaks HTTP, made once: a file of a kind gives `make` (a source in good order on `bench.fixture("server")`)."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from types import ModuleType
from typing import Any
from urllib.error import HTTPError

from config.settings import Source
from tests.connectors.conftest import Server
from tests.connectors.kinds import NAMES, ROWS, Bench
from tests.connectors.kinds._xml import LAUGHS

SHORT = timedelta(seconds=1)
XML = {"Content-Type": "text/xml; charset=utf-8"}
NOT_JSON = {"bomb": "it answers in JSON, which knows no entities"}

FAULTS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "unauthorised": (401, {}, b""),
    "forbidden": (403, {}, b""),
    "stays_broken": (500, {}, b"oeps"),
    "wrong_type": (200, {"Content-Type": "text/html"}, b"<html>Inloggen</html>"),
    "invalid": (200, {"Content-Type": "application/json"}, b'{"a": [1, 2'),
    "redirect": (302, {"Location": "http://127.0.0.2:9/elders"}, b""),
}
SOAP_FAULTS = {
    **FAULTS,
    "invalid": (200, XML, b"<e:Envelope><e:Body>"),
    "bomb": (200, XML, f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l8;</x>'.encode()),
}

Reply = Callable[[str, dict[str, str], Any], Any]


def behind(bench: Bench, running: Callable[[str], AbstractContextManager[str]]) -> Server:
    """The server of the bench, before a real one that calls itself by the address of the first; `running` starts that, given the address."""
    server: Server = bench.fixture("server")
    real = running(server.url)
    address = real.__enter__()
    bench.after.append(lambda: real.__exit__(None, None, None))
    server.reply = partial(relayed, address)
    return server


def relayed(address: str, path: str, headers: Mapping[str, str], body: Any) -> Any:
    """What the server at `address` answers to this question."""
    data = body if body is None else (body if isinstance(body, str) else json.dumps(body)).encode()
    passed = {
        name: value for name, value in headers.items() if name.lower() not in {"host", "content-length", "accept-encoding", "connection"}
    }
    asked = urllib.request.Request(address + path, data, passed)  # noqa: S310 - loopback
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310
            return answer.status, _kept(answer.headers), answer.read()
    except HTTPError as error:
        return error.code, _kept(error.headers), error.read()


def _kept(headers: Any) -> dict[str, str]:
    return {"Content-Type": headers.get("Content-Type", "")}


def served(kind: ModuleType | Any, bench: Bench, wrap: Callable[..., Any], **more: Any) -> Source:
    """The source in good order, whose server does what `wrap(number, answer)` makes of each answer; `number` counts from 0."""
    made: Source = kind.make(bench, NAMES, ROWS)
    server = bench.fixture("server")
    good, count = server.reply, iter(range(10**6))
    server.reply = lambda *asked: wrap(next(count), lambda: good(*asked))
    return replace(made, **more)


def refusing(kind: ModuleType | Any, bench: Bench, part: str, *entities: Any) -> Source:
    """The source with these entities too, where whatever is asked with `part` in its address is refused."""
    made: Source = kind.make(bench, NAMES, ROWS)
    server = bench.fixture("server")
    good = server.reply
    server.reply = lambda path, headers, body: (403, {}, b"") if part in path else good(path, headers, body)
    return replace(made, entities=(*made.entities, *entities))


def asked_otherwise(made: Source, bench: Bench, change: Callable[[str, Any], tuple[str, Any]]) -> Source:
    """The source, whose server hears another question than was asked."""
    server = bench.fixture("server")
    good = server.reply

    def reply(path: str, headers: dict[str, str], body: Any) -> Any:
        path, body = change(path, body)
        return good(path, headers, body)

    server.reply = reply
    return made


def fault(name: str, faults: Mapping[str, Any] = FAULTS) -> Callable[[int, Callable[[], Any]], Any]:
    """What is answered in the state called `name`, for `served`."""
    return lambda number, good: faults[name]


def once(reply: Any) -> Callable[[int, Callable[[], Any]], Any]:
    """This reply to the first question, and good ones from then on."""
    return lambda number, good: reply if number == 0 else good()


def slowly(seconds: float) -> Callable[[int, Callable[[], Any]], Any]:
    """A good answer after a pause."""

    def wait(number: int, good: Callable[[], Any]) -> Any:
        time.sleep(seconds)
        return good()

    return wait


def half(number: int, good: Callable[[], Any]) -> Any:
    """An answer that breaks off: its header promises more than comes."""
    status, headers, body = good()
    return status, {**headers, "Content-Length": str(len(body) + 1000)}, body[: len(body) // 2]


def endless(number: int, good: Callable[[], Any]) -> Any:
    """Two gigabytes, made as they are sent, of an answer that does not say how long it is."""
    status, headers, _ = good()
    start = b"<a>" if "xml" in headers.get("Content-Type", "") else b'{"a": "'
    return status, headers, _megabytes(start)


def _megabytes(start: bytes) -> Iterator[bytes]:
    yield start
    for _ in range(2048):
        yield b"x" * 2**20


def states(kind: ModuleType | Any, faults: Mapping[str, Any] = FAULTS) -> dict[str, Callable[[Bench], Source]]:
    """The sources that every kind over HTTP shares, by case."""
    ways: dict[str, tuple[Any, dict[str, Any]]] = {
        "slow": (slowly(0.2), {}),
        "timeout": (slowly(3), {"timeout": SHORT}),
        "busy": (once((429, {"Retry-After": "1"}, b"")), {"retries": 1}),
        "heals": (once((500, {}, b"")), {"retries": 1}),
        "truncated": (half, {}),
        "huge": (endless, {}),
        **{name: (fault(name, faults), {}) for name in faults},
    }
    return {name: partial(served, kind, wrap=wrap, **more) for name, (wrap, more) in ways.items()}

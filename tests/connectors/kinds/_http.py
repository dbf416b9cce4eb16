"""The faults of anything that speaks HTTP, made once: a file of a kind gives `make` (a source in good order on `bench.fixture("server")`)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import ModuleType
from typing import Any

from config.settings import Source
from tests.connectors.kinds import NAMES, ROWS, Bench

FAULTS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "unauthorised": (401, {}, b""),
    "forbidden": (403, {}, b""),
    "stays_broken": (500, {}, b"oeps"),
    "wrong_type": (200, {"Content-Type": "text/html"}, b"<html>Inloggen</html>"),
    "invalid": (200, {"Content-Type": "application/json"}, b'{"a": [1, 2'),
    "redirect": (302, {"Location": "http://127.0.0.2:9/elders"}, b""),
}


def served(kind: ModuleType | Any, bench: Bench, wrap: Callable[..., Any], **more: Any) -> Source:
    """The source in good order, whose server does what `wrap(number, answer)` makes of each answer; `number` counts from 0."""
    made: Source = kind.make(bench, NAMES, ROWS)
    server = bench.fixture("server")
    good, count = server.reply, iter(range(10**6))
    server.reply = lambda *asked: wrap(next(count), lambda: good(*asked))
    return replace(made, **more)


def fault(name: str) -> Callable[[int, Callable[[], Any]], Any]:
    """What is answered in the state called `name`, for `served`."""
    return lambda number, good: FAULTS[name]


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
    """Two gigabytes of JSON, made as it is sent."""
    status, headers, _ = good()
    return status, {**headers, "Content-Length": str(2 * 2**30)}, iter([b'{"a": "', *([b"x" * 2**20] * 2047)])


SHORT = timedelta(seconds=1)

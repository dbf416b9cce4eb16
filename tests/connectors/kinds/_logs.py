"""A log of processing on loopback, a line for each row: what its two standards share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import ModuleType
from typing import Any

from config.settings import Entity, Source
from demo.apis.server import serving
from demo.logboek.app import ROOT, application
from tests.connectors.kinds import NAMES, ROWS, Bench, _http
from tests.connectors.kinds._rows import Row
from tests.connectors.made import OTHER, source

GONE = f"http://127.0.0.1:9{ROOT}"
NOT = {
    **_http.NOT_JSON,
    "gone": "its specification says what it holds, and what it does not fill it leaves out; a column of neither is in chapter 24",
    "minimum": "it answers about one person, and cannot be counted",
    "partial": "it asks one question: the answer comes whole or not at all",
    "same_name": "it holds no names: only whose number a line is about",
}


def made(bench: Bench, rows: list[Row], table: Entity) -> Source:
    """A log with a line about each of these people."""
    lines = [
        {"bsn": row[0] or "", "op": f"2024-03-0{number + 1}T09:00:00Z", "verwerking": "Hulp", "handeling": "x", "actie": row[1],
         "activiteit": "wmo", "gegevens": ["adres"]}
        for number, row in enumerate(rows)
    ]  # fmt: skip
    extra = {row[1]: row[2] for row in rows if len(row) > 2}
    server = _http.behind(bench, partial(_running, lines))
    good = server.reply
    server.reply = lambda *asked: _with(good(*asked), extra) if extra else good(*asked)
    return source("logboek", server.url + ROOT, table, options={"auth": {"token": "bewijs"}})


@contextmanager
def _running(lines: Any, outside: str) -> Iterator[str]:
    with serving(lambda address: application(lines, "bewijs", "00000001821002193000", outside), "logboek") as address:
        yield address


def _with(reply: Any, extra: dict[str, str]) -> Any:
    """The answer, with a member that the standard does not have beside each of these notes."""
    status, headers, body = reply
    for said, more in extra.items():
        for name in ("actieNaam", "name"):
            held = f'"{name}": "{said}"'
            body = body.replace(held.encode(), f'"extra": "{more}", {held}'.encode())
    return status, headers, body


def states(kind: ModuleType | Any, everybody: Callable[[str, Any], tuple[str, Any]]) -> dict[str, Callable[[Bench], Source]]:
    """The faults of HTTP, and a server that answers about somebody else."""
    return {
        **_http.states(kind),
        "other_bsn": lambda bench: _http.asked_otherwise(kind.make(bench, NAMES, ROWS), bench, everybody),
    }


def swapped(path: str, body: Any) -> tuple[str, Any]:
    """The question about another."""
    return path.replace("999990019", OTHER), body

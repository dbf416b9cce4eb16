"""Three addresses of a worker for who watches it: /health (it lives), /ready (it can work) and /metrics. No person is in any of them."""

from __future__ import annotations

import threading
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from config.errors import UsageError
from flows import metrics
from flows.ready import ready


def answered_ready() -> Response:
    """200 where every part works, else 503; tells which parts do."""
    parts = ready()
    told = {name: "ok" if not wrong else "down" for name, wrong in parts.items()}
    return JSONResponse(told, 503 if any(parts.values()) else 200, headers={"cache-control": "no-store"})


def answered_health(alive: bool = True) -> Response:
    """200 as long as this process goes on, else 503: start it again."""
    return JSONResponse({"alive": alive}, 200 if alive else 503, headers={"cache-control": "no-store"})


def application(alive: Callable[[], bool] = lambda: True) -> Starlette:
    """The three addresses; `alive` says whether the work of this process goes on."""

    def health(_: Request) -> Response:
        return answered_health(alive())

    def may_work(_: Request) -> Response:
        return answered_ready()

    def figures(_: Request) -> Response:
        return Response(metrics.text(), headers={"content-type": metrics.KIND, "cache-control": "no-store"})

    return Starlette(routes=[Route("/health", health), Route("/ready", may_work), Route("/metrics", figures)])


def place(written: str) -> tuple[str, int]:
    """Host and port of `HOST:PORT`, or of a port alone, which is here. Raises UsageError.

    >>> place("9180"), place("0.0.0.0:9180")
    (('127.0.0.1', 9180), ('0.0.0.0', 9180))
    """
    host, _, port = written.rpartition(":")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise UsageError("--observe", "is no port", "Write it as 9180, or as HOST:9180")
    return host or "127.0.0.1", int(port)


def observe(written: str, alive: Callable[[], bool]) -> uvicorn.Server:
    """Serve the three addresses in a thread of this process until it ends."""
    host, port = place(written)
    server = uvicorn.Server(
        uvicorn.Config(application(alive), host=host, port=port, access_log=False, server_header=False, log_level="warning")
    )
    threading.Thread(target=server.run, daemon=True).start()
    return server

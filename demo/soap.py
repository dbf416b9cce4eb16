"""The SOAP servers of Voorbeeldstad, the data broker and the benefits suite, on loopback for as long as somebody needs them."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from demo import makelaar, suites

_PATIENCE = 10.0
"""Seconds within which a server must have started, or stopped."""


@contextmanager
def brokers(register: Path, user: str, password: str) -> Iterator[tuple[str, str]]:
    """The addresses of the broker, over the register in this JSON file, and of the suite; both have stopped when the context ends."""
    people = json.loads(register.read_text(encoding="utf-8"))
    with ExitStack() as stack:
        broker = stack.enter_context(_serving(makelaar.application(people, user, password)))
        suite = stack.enter_context(_serving(suites.application(user, password)))
        yield f"{broker}/BeantwoordVraag", suite


@contextmanager
def _serving(app: FastAPI) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="voorbeeldstad-soap", daemon=True)
        thread.start()
        try:
            _until_started(server, thread)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(_PATIENCE)


def _until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not server.started:
        if time.monotonic() > deadline or not thread.is_alive():
            raise RuntimeError("a SOAP server of Voorbeeldstad did not start; see whether loopback is in use")
        time.sleep(0.01)

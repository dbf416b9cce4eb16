"""The BRP server on a free port of loopback, for as long as somebody needs it."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from demo.brp.app import ROOT, application

_PATIENCE = 10.0
"""Seconds within which a server must have started, or stopped."""


@contextmanager
def serving(register: Path, key: str) -> Iterator[str]:
    """The base URL of a server over the register in this JSON file; it has stopped when the context ends."""
    app = application(json.loads(register.read_text(encoding="utf-8")), key)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="voorbeeldstad-brp", daemon=True)
        thread.start()
        try:
            _until_started(server, thread)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}{ROOT}"
        finally:
            server.should_exit = True
            thread.join(_PATIENCE)


def _until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not server.started:
        if time.monotonic() > deadline or not thread.is_alive():
            raise RuntimeError("the BRP server of Voorbeeldstad did not start; see whether loopback is in use")
        time.sleep(0.01)

"""A web application on a free port of loopback, for as long as somebody needs it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

_PATIENCE = 10.0
"""Seconds within which a server must have started, or stopped."""


@contextmanager
def serving(application: Callable[[str], Any], name: str) -> Iterator[str]:
    """The address of a server over what `application` makes for that address; it has stopped when the context ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        config = uvicorn.Config(application(address), log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name=f"voorbeeldstad-{name}", daemon=True)
        thread.start()
        try:
            _until_started(server, thread, name)
            yield address
        finally:
            server.should_exit = True
            thread.join(_PATIENCE)


def _until_started(server: uvicorn.Server, thread: threading.Thread, name: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not server.started:
        if time.monotonic() > deadline or not thread.is_alive():
            raise RuntimeError(f"the server {name} of Voorbeeldstad did not start; see whether loopback is in use")
        time.sleep(0.01)

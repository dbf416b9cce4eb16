"""A real HTTP server on a free port of loopback, for as long as a test needs it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Quiet:
    """Writes no log: an address may hold what a person typed."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def on_loopback(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server that answers with `handler`; stopped at the end."""
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), type("Quiet", (_Quiet, handler), {}))
    httpd.daemon_threads = True
    thread = threading.Thread(target=httpd.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{httpd.server_port}"
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()

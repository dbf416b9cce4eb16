"""A SOAP server on loopback whose answer a test decides; what was asked is kept."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from tests.loopback import on_loopback

Reply = tuple[int, dict[str, str], bytes]
XML = {"Content-Type": "text/xml; charset=utf-8"}


@dataclass
class SoapServer:
    """`reply` makes the answer from path and body; `asked` keeps path, headers and body; `pause` is how long it waits first."""

    url: str = ""
    reply: Callable[[str, bytes], Reply] = lambda path, body: (404, {}, b"")
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    pause: float = 0.0
    endless: bool = False


@contextmanager
def serving() -> Iterator[SoapServer]:
    """A server on a free port; stopped at the end."""
    made = SoapServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            made.asked.append((self.path, dict(self.headers), body))
            time.sleep(made.pause)
            status, headers, answer = made.reply(self.path, body)
            self.send_response(status)
            length = {} if made.endless else {"Content-Length": str(len(answer))}
            for name, value in {**length, **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(answer)
                while made.endless:
                    self.wfile.write(b" " * 65536)
            except OSError:
                return

    with on_loopback(Handler) as address:
        made.url = f"{address}/dienst"
        yield made


def nobody_listening() -> str:
    """An address at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"http://127.0.0.1:{free.getsockname()[1]}/dienst"

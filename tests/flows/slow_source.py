"""`python -m tests.flows.slow_source PORT LOG SECONDS`: a register of persons that thinks before it answers, and notes each question."""

from __future__ import annotations

import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import orjson


class _Answering(BaseHTTPRequestHandler):
    """Knows everybody, and of everybody the number alone."""

    log: Path
    seconds: float

    def do_POST(self) -> None:
        """Answer any question, and note that it came, when it began and when it ended."""
        asked = orjson.loads(self.rfile.read(int(self.headers["Content-Length"])))
        begun = time.monotonic()
        time.sleep(self.seconds)
        people = [{"burgerservicenummer": bsn} for bsn in asked.get("burgerservicenummer", [])]
        body = orjson.dumps({"type": "RaadpleegMetBurgerservicenummer", "personen": people})
        with self.log.open("a") as log:
            log.write(f"{begun} {time.monotonic()}\n")
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


def main() -> None:
    """Serve until killed."""
    _Answering.log, _Answering.seconds = Path(sys.argv[2]), float(sys.argv[3])
    _Server(("127.0.0.1", int(sys.argv[1])), _Answering).serve_forever()


def most_at_once(log: Path) -> int:
    """How many questions were being answered at the same moment, at most."""
    moments = [(float(at), step) for line in log.read_text().splitlines() for at, step in zip(line.split(), (1, -1), strict=True)]
    most = now = 0
    for _, step in sorted(moments):
        now += step
        most = max(most, now)
    return most


if __name__ == "__main__":
    main()

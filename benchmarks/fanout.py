"""How long twelve sources that answer in SECONDS each take together, as Prefect tasks: `python -m benchmarks.fanout [SECONDS]`."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from benchmarks.gemeente import BSN, OTHER_BSN, configure
from flows.engine import prepare

SOURCES = 12
ENTRY = """
  - name: bron{i}
    title: Bron {i}
    kind: brp
    owner: team@meetstad.example
    connection: ${{TRAAG}}
    activity: brp
    entities:
      persoon:
        match: {{burgerservicenummer: subject.bsn}}
        columns:
          burgerservicenummer: {{label: Burgerservicenummer, kind: bsn, party: subject}}
"""


class _Slow(BaseHTTPRequestHandler):
    """A register that thinks for a while and then knows nobody."""

    pause = 1.0

    def do_POST(self) -> None:
        """Answer any question, after the pause."""
        self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(self.pause)
        body = b'{"type": "RaadpleegMetBurgerservicenummer", "personen": []}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    """Lets as many wait at its door as knock at once: with the five of the standard library the sixth would come back a second later."""

    request_queue_size = 128
    daemon_threads = True


@contextmanager
def _slow_source() -> Iterator[str]:
    server = _Server(("127.0.0.1", 0), _Slow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def measure() -> float:
    """Seconds from the first question to the last answer."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, _slow_source() as url:
        configure(Path(folder), "sources:" + "".join(ENTRY.format(i=i) for i in range(SOURCES)), TRAAG=url)
        prepare(Path(os.environ["INZAGE_HOME"]), quiet=True)
        return _timed()


def _timed() -> float:
    from prefect import flow  # noqa: PLC0415 - Prefect reads its settings when it is imported
    from prefect.futures import wait  # noqa: PLC0415 - the same
    from prefect.task_runners import ThreadPoolTaskRunner  # noqa: PLC0415 - the same

    from flows import steps  # noqa: PLC0415 - the same
    from flows.handle import ask  # noqa: PLC0415 - the same
    from flows.workplace import workplace  # noqa: PLC0415 - the same

    work = workplace()

    def begun(bsn: str) -> str:
        number = work.register.new(bsn, date(2026, 11, 20), actor="bench").number
        steps.begin(work, number, "bench")
        return number

    numbers = [begun(OTHER_BSN), begun(BSN)]  # the first warms the process
    legs = steps.legs(work, numbers[0])

    @flow(task_runner=ThreadPoolTaskRunner(max_workers=32))
    def fanned_out() -> float:
        for number in numbers:
            before = time.perf_counter()
            wait([ask.submit(number, leg.source, leg.stage) for leg in legs])
        return time.perf_counter() - before

    return fanned_out()


if __name__ == "__main__":
    _Slow.pause = float(sys.argv[1]) if sys.argv[1:] else _Slow.pause
    print(orjson.dumps({"seconds": measure()}).decode())

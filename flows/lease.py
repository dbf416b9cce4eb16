"""One run at a time works on a request: it holds a lease that it renews, and that dies with it.

Recovery must not wait for Prefect, which can take a dead run for a living one: a lease that nobody renews is free for the next.
"""

from __future__ import annotations

import os
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from cases import Register
from config.errors import RequestError

SECONDS = 60.0
"""How long a lease lives; it is renewed three times in that span."""


@contextmanager
def held(register: Register, number: str) -> Iterator[None]:
    """Hold the lease on a request while the block runs; RequestError where there is none, or another run holds it."""
    owner = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    register.get(number)
    if not register.lease(number, owner, SECONDS):
        raise RequestError(number, "is being handled by another run", f"Wait for it, or see: inzage request status {number}")
    done = threading.Event()
    renewing = threading.Thread(target=_renew, args=(register, number, owner, done), daemon=True)
    renewing.start()
    try:
        yield
    finally:
        done.set()
        renewing.join()
        register.let_go(number, owner)


def _renew(register: Register, number: str, owner: str, done: threading.Event) -> None:
    while not done.wait(SECONDS / 3):
        register.lease(number, owner, SECONDS)

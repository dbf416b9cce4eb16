"""One run at a time works on a request: it holds a lease that it renews, and that dies with it.

Recovery must not wait for Prefect, which can take a dead run for a living one: a lease that nobody renews is free for the next,
and whoever finds its own lease taken over stops before it writes another word.
"""

from __future__ import annotations

import os
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from cases import Register
from config.errors import RequestError
from flows.living import died, mark

SECONDS = 20.0
"""How long a lease lives; it is renewed four times in that span."""

_MARKED = "/"
"""What stands before and after the mark of a process in the name of a holder."""


class Lease:
    """The right to work on one request, as long as it is ours."""

    def __init__(self, register: Register, number: str) -> None:
        self._register, self._number = register, number
        self._owner = f"{socket.gethostname()}{_MARKED}{mark(os.getpid())}{_MARKED}{uuid.uuid4().hex[:8]}"
        self._done, self._lost = threading.Event(), threading.Event()
        self._renewing = threading.Thread(target=self._renew, daemon=True)

    def take(self) -> None:
        """Take it and keep it; RequestError where there is no such request, or another run holds it."""
        self._register.get(self._number)
        if not self._register.lease(self._number, self._owner, SECONDS):
            remedy = f"Wait for it, or see: inzage request status {self._number}"
            raise RequestError(self._number, "is being handled by another run", remedy)
        self._renewing.start()

    def check(self) -> None:
        """RequestError where another run took over: what this one has not written it must not write any more."""
        if self._lost.is_set():
            raise RequestError(self._number, "was taken over by another run while this one slept", "Let that one finish")

    def give_back(self) -> None:
        """Let others work on the request; where the register does not answer, the lease runs out by itself."""
        self._done.set()
        self._renewing.join()
        with suppress(RequestError):
            self._register.release_lease(self._number, self._owner)

    def _renew(self) -> None:
        while not self._done.wait(SECONDS / 4):
            with suppress(RequestError):  # a register that is away may be back at the next beat, with the lease still ours
                if not self._register.heartbeat(self._number, self._owner, SECONDS):
                    self._lost.set()
                    return


def left_behind(register: Register) -> None:
    """End the leases whose holders were processes of this machine and died: nobody need wait until they run out."""
    for number, owner in register.holders():
        marked = owner.split(_MARKED)
        if len(marked) > 1 and died(marked[1]):
            register.end_lease(number, owner)


@contextmanager
def held(register: Register, number: str) -> Iterator[Lease]:
    """Hold the lease on a request while the block runs; RequestError where there is none, or another run holds it."""
    lease = Lease(register, number)
    lease.take()
    try:
        yield lease
    finally:
        lease.give_back()

"""The SOAP servers of Voorbeeldstad, the data broker and the benefits suite, on loopback for as long as somebody needs them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from demo import makelaar, suites
from demo.apis.server import serving


@contextmanager
def brokers(register: Path, user: str, password: str) -> Iterator[tuple[str, str]]:
    """The addresses of the broker, over the register in this JSON file, and of the suite; both have stopped when the context ends."""
    people = json.loads(register.read_text(encoding="utf-8"))
    with ExitStack() as stack:
        broker = stack.enter_context(serving(lambda _: makelaar.application(people, user, password), "makelaar"))
        suite = stack.enter_context(serving(lambda _: suites.application(user, password), "suites"))
        yield f"{broker}/BeantwoordVraag", suite

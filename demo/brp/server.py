"""The BRP server on a free port of loopback, for as long as somebody needs it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from demo.apis.server import serving as running
from demo.brp.app import ROOT, application


@contextmanager
def serving(register: Path, key: str) -> Iterator[str]:
    """The base URL of a server over the register in this JSON file; it has stopped when the context ends."""
    people = json.loads(register.read_text(encoding="utf-8"))
    with running(lambda address: application(people, key), "brp") as address:
        yield address + ROOT

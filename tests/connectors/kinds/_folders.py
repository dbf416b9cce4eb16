"""The states that a folder of messages and a folder of deliveries share."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

from config.settings import Source
from tests.connectors.kinds import NAMES, ROWS, Bench
from tests.connectors.kinds._exports import NOT as _NOT

NOT = {**_NOT, "unauthorised": "a folder knows no users"}
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)


def forbidden(us: ModuleType, bench: Bench) -> Source:
    """A folder that may not be read."""
    good = us.make(bench, NAMES, ROWS)
    folder = bench.folder / us.FOLDER
    folder.chmod(0)
    bench.after.append(lambda: folder.chmod(0o700))
    return good


def gone(us: ModuleType, bench: Bench) -> Source:
    """The folder is not there."""
    return replace(us.make(bench, NAMES, ROWS), connection=str(bench.folder / "weg"))

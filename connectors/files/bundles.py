"""A ZIP of files: each is a file of its own, that has nothing to do with the one beside it."""

from __future__ import annotations

from pathlib import PurePosixPath

from connectors.files.content import LARGEST, LONGEST, Content, Part, Unreadable
from connectors.files.packed import opened, part

MOST = 2000
"""Files in one ZIP; a larger one goes to a person."""


def read(data: bytes) -> Content:
    """The names of the files as a page, and the files. Raises Unreadable where it is encrypted, damaged, or built to unfold without end."""
    container = opened(data)
    names = [one.filename for one in container.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
    if len(names) > MOST or sum(one.file_size for one in container.infolist()) > 5 * LARGEST or sum(map(len, names)) > LONGEST:
        raise Unreadable("large")
    return Content(("\n".join(names),), tuple(Part(PurePosixPath(name).name or name, part(container, name)) for name in names))

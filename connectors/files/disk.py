"""Where a source that lies on disk lies, and what it means that it cannot be opened or read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from config.errors import SourceRefused, SourceUnavailable, SourceUnreadable
from config.settings import Source


@contextmanager
def on_disk(source: Source, thing: str, there: Callable[[Path], bool] = Path.exists) -> Iterator[Path]:
    """The path of `connection`, for as long as it is read; `thing` is what an administrator calls it.

    Raises SourceUnreadable where it is not `there`, SourceRefused where it may not be read, SourceUnavailable where the disk fails.
    """
    path = Path(source.connection.removeprefix("file://")).expanduser()
    with read_from(source, thing):
        if not there(path):
            raise SourceUnreadable(
                source.name, f"the {thing} is not there", "Mend its connection, put it back, or connect its disk or share"
            )
        yield path


@contextmanager
def read_from(source: Source, thing: str) -> Iterator[None]:
    """Tell what the disk says in the words of a source. Raises SourceRefused or SourceUnavailable for what went wrong inside."""
    try:
        yield
    except PermissionError:
        wrong = f"the {thing}, or something in it, may not be read"
        raise SourceRefused(source.name, wrong, "Give the user who runs Inzage the right to read it") from None
    except OSError:
        raise SourceUnavailable(source.name, f"the {thing} cannot be read just now", "Look at the disk or share it is on") from None

"""Where a command may write: looked at before anything is done, so that nothing is told in the trail that nobody got."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click


class NewFile(click.Path):
    """A file that can be written: its folder is there, and may be written in."""

    name = "file"

    def __init__(self) -> None:
        super().__init__(path_type=Path, dir_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; a usage error where it cannot be written."""
        path = Path(str(super().convert(value, param, ctx)))
        if not os.access(path.absolute().parent, os.W_OK):
            self.fail("its folder is not there, or cannot be written in", param, ctx)
        return path


class NewFolder(click.Path):
    """A folder that is there or can be made, and may be written in."""

    name = "directory"

    def __init__(self) -> None:
        super().__init__(path_type=Path, file_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; a usage error where it cannot be made."""
        path = Path(str(super().convert(value, param, ctx)))
        there = next(folder for folder in (path.absolute(), *path.absolute().parents) if folder.exists())
        if not there.is_dir() or not os.access(there, os.W_OK):
            self.fail("it cannot be made, or not be written in", param, ctx)
        return path

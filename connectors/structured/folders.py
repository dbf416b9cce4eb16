"""The folders of an archive: which there are, which one the `table` of an entity names, and the words after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from config.folding import fold


def folders_below(path: Path) -> set[str]:
    """All folders below this one, by their path from it, with slashes."""
    return {folder.relative_to(path).as_posix() for folder in path.rglob("*") if folder.is_dir()}


def split(table: str, folders: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The longest folder that `table` begins with ("" for none), and the words that follow, as written.

    >>> split("2025/wmo301.Relatie", ["2025", "2024"]), split(".", [])
    (('2025', ('wmo301', 'Relatie')), ('', ()))
    """
    steps = [step for step in re.split(r"[/\\]+", table) if step not in {"", "."}]
    depth = next((end for end in range(len(steps), 0, -1) if _folder(steps[:end], folders) is not None), 0)
    words = (word for step in steps[depth:] for word in re.split(r"[.:+, ]+", step) if word)
    return _folder(steps[:depth], folders) or "", tuple(words)


def _folder(steps: Sequence[str], folders: Sequence[str]) -> str | None:
    wanted = "/".join(steps)
    if wanted in folders:
        return wanted
    alike = [folder for folder in folders if fold(folder) == fold(wanted)]
    return alike[0] if len(alike) == 1 else None


def inside(folder: str, chosen: str) -> bool:
    """Whether a folder is the chosen one or below it; "" chooses all."""
    return not chosen or folder == chosen or folder.startswith(f"{chosen}/")

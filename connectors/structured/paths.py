"""How a name in sources.yaml points into a tree of records: `Bsn`, `Naam.Geslachtsnaam.Achternaam`, `client/naam`, `wmo301:Bsn`.

A path is the names from the root to a leaf. A name points to it where its parts stand in the path in that order and end with it: so
containers between may be left out. Of several that fit, the nearest to the record wins, then the shortest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from config.folding import fold

Path = tuple[str, ...]


@lru_cache(maxsize=8192)
def parts(name: str) -> Path:
    """A name as folded parts; prefixes of namespaces, the @ of attributes and the brackets of lists are taken off.

    >>> parts("wmo301:Client/Bsn"), parts("naam.geslachts_naam"), parts("inp.bsn")
    (('client', 'bsn'), ('naam', 'geslachtsnaam'), ('inp', 'bsn'))
    """
    plain = re.sub(r"\[[^\]]*\]|^\$", "", name)
    steps = (step.rpartition(":")[2] for step in re.split(r"[./\\]+", plain))
    return tuple(folded for step in steps if (folded := _folded(step)))


_SAME = {"burgerservicenummer": "bsn", "burgerservicenr": "bsn"}
"""Words that mean the same in every standard."""


@lru_cache(maxsize=8192)
def _folded(step: str) -> str:
    word = re.sub(r"[\s_\-()@]+", "", fold(step))
    return _SAME.get(word, word)


@lru_cache(maxsize=65536)
def points(name: Path, path: Path) -> bool:
    """Whether the parts of a name stand in a path in that order and end with it."""
    steps = [word for step in path for word in parts(step)]
    if not name or not steps or steps[-1] != name[-1]:
        return False
    rest = iter(steps)
    return all(part in rest for part in name)


def leaf(name: str, paths: Iterable[Path]) -> Path | None:
    """The leaf that a name points to; `paths` come nearest first. A date may be named by the group around it."""
    wanted = parts(name)
    found = [path for path in paths if points(wanted, path)]
    if not found:
        found = [path for path in paths if path[-1] == "Datum" and points(wanted, path[:-1])]
    last = re.split(r"[./\\:]", name)[-1]
    return min(found, key=lambda path: path[-1].rpartition(".")[2] != last) if found else None


def group(name: str, paths: Sequence[Path]) -> tuple[Path, ...]:
    """The leaves below the group that a name points to; () where it points to none."""
    wanted = parts(name)
    heads = (path[:end] for path in paths for end in range(1, len(path)) if points(wanted, path[:end]))
    head = next(heads, None)
    return tuple(path for path in paths if head is not None and path[: len(head)] == head)

"""The Dutch sentences of connectors/texts.yaml, read when one is needed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parent.parent / "texts.yaml"


@lru_cache(maxsize=1)
def _texts() -> Mapping[str, Mapping[str, str]]:
    read: Mapping[str, Mapping[str, str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return read


def text(chapter: str, name: str, **fields: object) -> str:
    """The text called `name` in `chapter`, with its fields filled in; KeyError where there is none."""
    return _texts()[chapter][name].format(**fields)


def all_texts(chapter: str) -> Mapping[str, str]:
    """Every text of a chapter."""
    return _texts()[chapter]


def counted(records: int, documents: int) -> str:
    """What was found, in words: "3 registraties en 1 document"."""
    said = [_number(number, word) for number, word in ((records, "record"), (documents, "document")) if number]
    if len(said) == 2:
        return text("counts", "both", one=said[0], other=said[1])
    return said[0] if said else text("counts", "nothing")


def files(number: int) -> str:
    """A number of files, in words."""
    return _number(number, "file")


def _number(number: int, word: str) -> str:
    return text("counts", word if number == 1 else f"{word}s", number=number)

"""The reference of the configuration as Markdown: `python -m tests.config.page > docs/settings.md`.

Which keys there are, and in which form, is recorded while the configuration of Voorbeeldstad is read; what a key means stands in
`keys.yaml`. A test compares, so that no key is without its sentence, and no sentence without its key.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml

import connectors
from config.fields import Fields
from config.load import EMBEDDED, problems
from config.sources import DISCLOSURE_WORDS

MEANINGS = yaml.safe_load((Path(__file__).parent / "keys.yaml").read_text(encoding="utf-8"))
FORMS = {
    "text": "text", "required": "text, needed", "texts": "list of texts", "number": "whole number", "fraction": "0 to 1", "flag": "true or false",
    "period": "time, as 30s or 2m", "day": "day, as 2015-01-01", "data": "mapping", "within": "mapping", "each": "mapping by name", "listed": "list",
    "node": "see the sentence", "choice": "",
}  # fmt: skip
NAMED = re.compile(r": (?:entities|columns|provides|parties|grounds|roles|told)$|: special$")
"""Mappings whose keys are names that a gemeente gives, or words of a table of their own."""

Read = dict[str, dict[str, str]]


class Everything(dict[str, str]):
    """An environment in which every variable is set."""

    def __missing__(self, name: str) -> str:
        return "sqlite:///nothing"

    def get(self, name: str, default: Any = None) -> Any:
        """Set, whatever it is."""
        return self[name]

    def __contains__(self, name: object) -> bool:
        return True


def read() -> Read:
    """By section, each key with the form in which the code reads it."""
    found: Read = {}
    with ExitStack() as stack:
        for name in FORMS:
            stack.enter_context(patch.object(Fields, name, _recording(name, getattr(Fields, name), found)))
        problems(EMBEDDED, Everything(), connectors.kinds())
    found["entity: discloses"] = dict.fromkeys(DISCLOSURE_WORDS, FORMS["texts"])  # read only where a gemeente writes them
    return {section: keys for section, keys in found.items() if section in MEANINGS}


def _recording(name: str, reads: Any, found: Read) -> Any:
    def recording(fields: Fields, key: str, *given: Any, **more: Any) -> Any:
        if not NAMED.search(fields.thing):
            found.setdefault(_section(fields.thing), {}).setdefault(key, _form(name, given))
        return reads(fields, key, *given, **more)

    return recording


def _section(thing: str) -> str:
    """`entity brp.persoon: column naam` is read as every column is."""
    thing = re.sub(r"^(source|entity|activity|ground|party)\b[^:]*", r"\1", thing)
    return re.sub(r"^(entity: column|activity: special|policy\.yaml: told).*", r"\1", thing)


def _form(name: str, given: tuple[Any, ...]) -> str:
    match name, given:
        case "choice", (kind, default) if issubclass(kind, StrEnum):
            return f"{', '.join(f'`{one}`' for one in kind)}; else `{default}`"
        case "number", (default, least, most):
            return f"{FORMS[name]} from {least} to {most}; else {default}"
        case (("fraction" | "flag"), (default,)):
            return f"{FORMS[name]}; else {str(default).lower()}"
        case "period", (default,):
            return f"{FORMS[name]}; else {int(default.total_seconds())}s"
        case _:
            return FORMS[name]


def page() -> str:
    """The page."""
    head = (
        "# The configuration, key by key\n\nMade from how the code reads it by `python -m tests.config.page`; a test compares. `inzage config check` "
        "tells every mistake\nwith file, line and remedy; a key that is not here is one. Values of grounds.yaml and activities.yaml: [glossary](glossary.md).\n"
    )
    return head + "".join(_table(section, keys) for section, keys in read().items())


def _table(section: str, keys: dict[str, str]) -> str:
    rows = "".join(f"| `{key}` | {form} | {MEANINGS[section].get(key, '')} |\n" for key, form in keys.items())
    return f"\n## {section}\n\n| key | form | what it says |\n|---|---|---|\n{rows}"


def differences() -> Iterator[str]:
    """Keys without a sentence, and sentences without a key."""
    for section, keys in read().items():
        yield from (f"{section}: {key}" for key in set(keys) ^ set(MEANINGS[section]))
    yield from (f"{section}: nothing is read there" for section in set(MEANINGS) - set(read()))


if __name__ == "__main__":
    sys.stdout.write(page())

"""The fixed words for residents: the table of texts, and the Jinja templates, in the language and with the changes of the house.

Both lie in `outputs/templates`, English in its folder `en`. A file of the same name in the folder `templates` of a gemeente's
configuration comes before ours; of `teksten.yaml` it may hold only what it changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from config.request import LANGUAGES
from outputs.house import House, house

TEMPLATES = Path(__file__).parent / "templates"
TABLE = "teksten.yaml"


_latest: tuple[House, Mapping[str, Any]] | None = None


def texts() -> Mapping[str, Any]:
    """The table of texts of the house in which is written, as YAML has it."""
    global _latest  # noqa: PLW0603  the last one asked for is the next one too: this stands in every row
    of = house()
    if _latest is None or _latest[0] is not of:
        _latest = of, _table(folders(of))
    return _latest[1]


def tables() -> tuple[Mapping[str, Any], ...]:
    """The table of texts of the house in each language."""
    return tuple(_table(folders(replace(house(), language=language))) for language in LANGUAGES)


def folders(of: House) -> tuple[Path, ...]:
    """Where templates are looked for, the first first: the gemeente's own before ours, those of the language before Dutch."""
    places = [*([of.folder] if of.folder else []), TEMPLATES]
    return tuple(place / of.language for place in places) + tuple(places) if of.language != "nl" else tuple(places)


_SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Both are safe; the one in C is ten times as fast."""


@cache
def _table(places: tuple[Path, ...]) -> Mapping[str, Any]:
    whole: dict[str, Any] = {}
    for place in reversed(places):
        if (place / TABLE).is_file():
            _lay_over(whole, yaml.load((place / TABLE).read_text(encoding="utf-8"), Loader=_SAFE) or {})  # noqa: S506 - it is a safe one
    return whole


def _lay_over(whole: dict[str, Any], changes: Mapping[str, Any]) -> None:
    for key, value in changes.items():
        if isinstance(value, dict) and isinstance(whole.get(key), dict):
            _lay_over(whole[key], value)
        else:
            whole[key] = value


def environment() -> Environment:
    """The Jinja environment of the house: plain text, and a missing value is an error, not a blank."""
    return _environment(folders(house()))


@cache
def _environment(places: tuple[Path, ...]) -> Environment:
    return Environment(
        loader=FileSystemLoader(places),
        autoescape=False,  # noqa: S701  the letter is typeset text; there is no HTML to escape for
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def rendered(template: str, **values: object) -> str:
    """The template with these values filled in, and `texts`: the table of texts."""
    return environment().get_template(template).render(texts=texts(), **values)

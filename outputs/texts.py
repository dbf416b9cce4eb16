"""The fixed words for residents: the table of texts, and the Jinja templates; both lie in `outputs/templates`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parent / "templates"


@cache
def texts() -> Mapping[str, Any]:
    """The table of texts, as YAML has it."""
    with (TEMPLATES / "teksten.yaml").open(encoding="utf-8") as file:
        loaded: Mapping[str, Any] = yaml.safe_load(file)
    return loaded


@cache
def environment() -> Environment:
    """The Jinja environment: plain text, and a missing value is an error, not a blank."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=False,  # noqa: S701  the letter is typeset text; there is no HTML to escape for
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def rendered(template: str, **values: object) -> str:
    """The template with these values filled in."""
    return environment().get_template(template).render(**values)

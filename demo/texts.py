"""The Dutch texts of Voorbeeldstad: YAML files beside the code, read as they are needed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


def read(name: str) -> Any:
    """What stands in `name` (`systems/wmo.yaml`), as plain data; days that YAML would make dates stay text."""
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=_PlainDays)  # noqa: S506 (a SafeLoader with less)


class _PlainDays(yaml.SafeLoader):
    """A SafeLoader that knows no dates: a database holds what its suite writes."""


_PlainDays.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

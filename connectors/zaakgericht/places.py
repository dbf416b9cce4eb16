"""Where the APIs for zaakgericht werken stand: `connection` is the address of all of them, or of the Zaken API; `options` name others."""

from __future__ import annotations

import re
from collections.abc import Mapping

from config.settings import Source
from connectors.zaakgericht.tables import APIS, ZAKEN


def places(source: Source) -> Mapping[str, str]:
    """The address of each API by its name, ours of the Zaken API first.

    `https://host` and `https://host/zaken/api/v1` both mean the usual paths (`/documenten/api/v1`, ...); an API that stands elsewhere is
    named under `options`, as `documenten: https://other/api/v1`.
    """
    named = {name: str(source.options[name]).rstrip("/") for name in APIS if source.options.get(name)}
    root = source.connection.rstrip("/")
    usual = re.fullmatch(r"(?P<head>.*)/zaken/api/v(?P<version>\d+)", root)
    if usual:
        return {**{name: f"{usual['head']}/{name}/api/v{usual['version']}" for name in APIS}, ZAKEN: root, **named}
    if re.search(r"/api/v\d+$", root):
        return {**dict.fromkeys(APIS, root), **named}  # one address that serves them all
    return {**{name: f"{root}/{name}/api/v1" for name in APIS}, **named}

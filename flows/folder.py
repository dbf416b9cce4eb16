"""Which folder of YAML files is used; apart from `workplace`, for `inzage redact` starts without anything that reads or keeps a source."""

from __future__ import annotations

import os
from pathlib import Path

from config.load import EMBEDDED


def config_folder() -> Path:
    """INZAGE_CONFIG, the embedded default where it is not set."""
    return Path(os.environ.get("INZAGE_CONFIG", EMBEDDED)).absolute()

"""How the house wants Prefect set up; called before the first import of it, because Prefect reads its settings then.

Telemetry off, nothing of ours in its logs or storage, and its own folder inside INZAGE_HOME instead of the user's.
What somebody set on purpose (another API, PostgreSQL) stands: only absent settings are filled in.
"""

from __future__ import annotations

import os
from pathlib import Path


def prepare(home: Path, *, quiet: bool) -> None:
    """Fill in the settings of Prefect that are absent, for an embedded server under `home`.

    `quiet` is for commands, which print one clear line themselves where Prefect would print a traceback.
    """
    for name, value in _settings(home, quiet).items():
        os.environ.setdefault(name, value)


def _settings(home: Path, quiet: bool) -> dict[str, str]:
    return {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_WORKER_QUERY_SECONDS": "3",
        "PREFECT_LOGGING_LEVEL": "CRITICAL" if quiet else "INFO",
        "PREFECT_LOGGING_LOG_PRINTS": "false",
    }

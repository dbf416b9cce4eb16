"""How the house wants Prefect set up; called before the first import of it, because Prefect reads its settings then.

Telemetry off, nothing of ours in its logs or storage, its own folder inside INZAGE_HOME instead of the user's, and a password on
its API, made for each home. What somebody set on purpose (another API, PostgreSQL) stands: only absent settings are filled in.
"""

from __future__ import annotations

import os
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from cases.keys import secret_file
from flows.lines import of_prefect

PASSWORD_FILE = "prefect.auth"  # noqa: S105 - the name of the file, not what is in it
"""Where a home keeps the password of its Prefect API, for its owner only."""

REDIS = "INZAGE_REDIS"
"""The address of the Redis over which several servers of Prefect are one; unset where there is one server."""

CLIENT, SERVER = "PREFECT_API_AUTH_STRING", "PREFECT_SERVER_API_AUTH_STRING"


def prepare(home: Path, *, quiet: bool) -> None:
    """Fill in the settings of Prefect that are absent, for an embedded server under `home`.

    `quiet` is for commands, which print one clear line themselves where Prefect would print a traceback.
    """
    for name, value in _settings(home, quiet).items():
        os.environ.setdefault(name, value)
    if here(os.environ.get("PREFECT_API_URL", "")):
        word = os.environ.get(SERVER) or os.environ.get(CLIENT) or password(home)
        for name in (CLIENT, SERVER):
            os.environ.setdefault(name, word)


def password(home: Path) -> str:
    """`USER:PASSWORD` of the Prefect API of this home; made on first use."""
    return secret_file(home / PASSWORD_FILE, "password of Prefect", "inzage:")


def credentials() -> tuple[str, str] | None:
    """How a plain call to the Prefect API says who it is: user and password; None where none is known for it."""
    user, found, word = os.environ.get(CLIENT, "").partition(":")
    return (user, word) if found else None


def here(api: str) -> bool:
    """Whether an API is on this machine, or is the embedded one (""): to another one we never send the password of this home.

    >>> here(""), here("http://127.0.0.1:4200/api"), here("https://prefect.gemeente.example/api")
    (True, True, False)
    """
    host = urlsplit(api).hostname or ""
    if not api or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _settings(home: Path, quiet: bool) -> dict[str, str]:
    return {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": "http://127.0.0.1",  # its own UI is not another origin; nobody else calls from a page
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "300",
        "PREFECT_WORKER_QUERY_SECONDS": "3",
        "PREFECT_LOGGING_LEVEL": "CRITICAL" if quiet else "INFO",
        "PREFECT_LOGGING_LOG_PRINTS": "false",
        **of_prefect(),
        **_of_redis(os.environ.get(REDIS, "")),
    }


def _of_redis(url: str) -> dict[str, str]:
    """What lets several servers of Prefect be one: their messages, leases and tasks go over one Redis, and the database is not SQLite."""
    if not url:
        return {}
    return {
        "PREFECT_MESSAGING_BROKER": "prefect_redis.messaging",
        "PREFECT_MESSAGING_CACHE": "prefect_redis.messaging",
        "PREFECT_SERVER_EVENTS_CAUSAL_ORDERING": "prefect_redis.ordering",
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect_redis.lease_storage",
        "PREFECT_REDIS_MESSAGING_URL": url,
        "PREFECT_SERVER_DOCKET_URL": url,
    }

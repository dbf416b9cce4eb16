"""What every chapter of the tests shares: where the specifications are, and when a missing service is a failure."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

STANDARDS = Path(__file__).parent.parent.parent / "shared" / "standards"


@pytest.fixture(scope="session")
def standards() -> Path:
    """The folder of published specifications; the test is skipped where it is absent."""
    if not STANDARDS.is_dir():
        pytest.skip("the published specifications (../shared/standards) are not on this machine")
    return STANDARDS


@pytest.fixture(autouse=True)
def _no_leftover_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the workplace of whoever runs it."""
    for name in [name for name in os.environ if name.startswith(("INZAGE_CONFIG", "INZAGE_HOME", "INZAGE_DATABASE", "INZAGE_VAULT"))]:
        monkeypatch.delenv(name)


def missing(service: str) -> None:
    """Skip for want of a service, or fail where the run asks for all of them."""
    if os.environ.get("INZAGE_REQUIRE_SERVICES") == "1":
        pytest.fail(f"{service} is not running, and INZAGE_REQUIRE_SERVICES=1 asks for it")
    pytest.skip(f"{service} is not running on this machine")

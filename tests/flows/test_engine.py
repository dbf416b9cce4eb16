"""What the house makes of Prefect before it is imported."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from config.errors import RequestError
from flows.engine import CLIENT, SERVER, credentials, here, prepare
from flows.running import _served


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment in which nothing of Prefect is set, put back afterwards."""
    kept = dict(os.environ)
    monkeypatch.setattr(os, "environ", {name: value for name, value in kept.items() if not name.startswith("PREFECT_")})


def test_each_home_has_a_password_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    """The same the next time; another in another home."""
    prepare(tmp_path / "one", quiet=True)
    first = os.environ[CLIENT]
    assert os.environ[SERVER] == first
    assert first.startswith("inzage:") and len(first) > 40
    assert credentials() == tuple(first.split(":", 1))
    for home, same in (("one", True), ("two", False)):
        for name in (CLIENT, SERVER):
            del os.environ[name]
        prepare(tmp_path / home, quiet=True)
        assert (os.environ[CLIENT] == first) is same


def test_a_password_that_somebody_set_counts_for_both_sides(tmp_path: Path) -> None:
    """And none is made."""
    os.environ[SERVER] = "beheer:een-eigen-woord"
    prepare(tmp_path, quiet=True)
    assert os.environ[CLIENT] == "beheer:een-eigen-woord"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("api", ["https://prefect.gemeente.example/api", "http://10.0.0.8:4200/api", "http://127.0.0.1.evil.example/api"])
def test_a_server_elsewhere_is_never_sent_the_password_of_this_home(tmp_path: Path, api: str) -> None:
    """Its own must be set."""
    os.environ["PREFECT_API_URL"] = api
    prepare(tmp_path, quiet=True)
    assert not here(api)
    assert CLIENT not in os.environ and credentials() is None


@pytest.mark.parametrize("api", ["", "http://127.0.0.1:4200/api", "http://localhost:4200/api", "http://[::1]:4200/api"])
def test_the_embedded_server_and_one_on_this_machine_are_ours(api: str) -> None:
    """They are started with that password."""
    assert here(api)


def test_telemetry_is_off_and_what_is_set_on_purpose_stands(tmp_path: Path) -> None:
    """Server and client."""
    os.environ["PREFECT_LOGGING_LEVEL"] = "DEBUG"
    prepare(tmp_path, quiet=True)
    assert (os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"], os.environ["DO_NOT_TRACK"]) == ("false", "1")
    assert os.environ["PREFECT_SERVER_CSRF_PROTECTION_ENABLED"] == "true"
    assert os.environ["PREFECT_LOGGING_LEVEL"] == "DEBUG"


def test_an_embedded_server_that_does_not_start_is_told_in_a_sentence() -> None:
    """What Prefect raises for it names no cause; any other fault passes as it is."""
    with pytest.raises(RequestError, match="embedded server did not start in time"), _served():
        raise RuntimeError("Timed out while attempting to connect to ephemeral Prefect API server.")
    with pytest.raises(RuntimeError, match="something else"), _served():
        raise RuntimeError("something else")

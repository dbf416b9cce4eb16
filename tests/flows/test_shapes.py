"""What a source looked like is shared by all who work with one vault, and a change since is told by every check."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import Source
from connectors import SourceReport
from flows import shapes

BRON = Source("bron", "Een bron", "sql", "sqlite://")
SEEN = {"klant": {"bsn": "text", "naam": "text"}}


def report(shape: dict[str, dict[str, str]]) -> SourceReport:
    return SourceReport("bron", reachable=True, authorised=True, shape=shape, tables={"klant": True})


def test_another_machine_with_the_same_vault_knows_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two homes, one vault; nothing of it stands in a home."""
    monkeypatch.setenv("INZAGE_VAULT_URL", f"file://{tmp_path}/kluis")
    monkeypatch.setenv("INZAGE_HOME", str(tmp_path / "een"))
    shapes.remember([report(SEEN)], anew=False)
    monkeypatch.setenv("INZAGE_HOME", str(tmp_path / "twee"))
    assert shapes.with_shape(BRON).options["remembered"] == {"shape": SEEN, "tables": ["klant"], "accepted": False}
    assert [path.name for path in tmp_path.rglob("*.json*")] == ["shapes.json"]


def test_what_is_known_is_replaced_only_where_a_person_accepts_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`anew` is `inzage sources check --accept`; a source that did not answer keeps what it had."""
    monkeypatch.setenv("INZAGE_HOME", str(tmp_path))
    other = {"klant": {"bsn": "integer"}}
    shapes.remember([report(SEEN)], anew=False)
    shapes.remember([report(other)], anew=False)
    assert shapes.with_shape(BRON).options["remembered"]["shape"] == SEEN
    shapes.remember([SourceReport("bron", reachable=False, authorised=False)], anew=True)
    assert shapes.with_shape(BRON).options["remembered"]["shape"] == SEEN
    shapes.remember([report(other)], anew=True)
    assert shapes.with_shape(BRON).options["remembered"]["shape"] == other

"""Voorbeeldstad, built once for all chapters that only read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import demo
from demo.building import town as people_of
from demo.town import Town


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town in a folder, with the seed that `inzage demo` uses."""
    where = tmp_path_factory.mktemp("voorbeeldstad")
    demo.build(where)
    return where


@pytest.fixture(scope="session")
def town() -> Town:
    """The people of that town."""
    return people_of(demo.SEED)


@pytest.fixture(scope="session")
def environment(folder: Path) -> Iterator[dict[str, str]]:
    """The variables of sources.yaml, while the BRP server runs."""
    with demo.running(folder) as variables:
        yield variables

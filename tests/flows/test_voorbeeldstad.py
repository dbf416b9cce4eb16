"""The dossier of Voorbeeldstad, read from its first line to its last: what changes in it, a person has read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flows import voorbeeldstad

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return voorbeeldstad.made(tmp_path_factory.mktemp("voorbeeldstad"))


@pytest.mark.parametrize("name", ["besluit.txt", "dossier.txt", "documenten.txt", "gegevens.txt"])
def test_every_line_of_the_draft_was_read_and_accepted(texts: dict[str, str], name: str) -> None:
    """`python -m tests.flows.voorbeeldstad` accepts a change that a person read."""
    assert texts[name].splitlines() == (Path(voorbeeldstad.GOLDEN) / name).read_text(encoding="utf-8").splitlines()

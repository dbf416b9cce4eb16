"""What the resident of Voorbeeldstad reads is what a person approved: letter, dossier, documents, sheets."""

from __future__ import annotations

import pytest

from tests.demo import goldens


@pytest.mark.slow
def test_the_package_of_the_town_is_the_one_that_was_approved() -> None:
    """A change that a resident would see shows as a difference in `golden/`; `python -m tests.demo.goldens` accepts it."""
    approved = {path.name: path.read_text(encoding="utf-8") for path in sorted(goldens.GOLDEN.glob("*.txt"))}
    assert dict(sorted(goldens.texts_of_town().items())) == approved

"""The reference of the configuration is what the code reads."""

from __future__ import annotations

from pathlib import Path

from tests.config.page import differences, page

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_every_key_of_the_configuration_is_explained_and_nothing_else_is() -> None:
    """A new key needs a sentence in `keys.yaml`; one that is gone takes its sentence with it."""
    assert list(differences()) == []


def test_the_reference_is_what_the_code_reads() -> None:
    """`python -m tests.config.page > docs/settings.md` makes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page()

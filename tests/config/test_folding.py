"""Folding: what a reader takes for the same is the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.folding import fold, squeeze


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Şahin", "SAHIN"), ("Łukasz", "lukasz"), ("D’Hondt", "d'hondt"), ("Jansen–de Vries", "jansen-de  vries"), ("Müller", "MÜLLER"),
        ("ﬁets", "fiets"), ("Jan\u00adsen", "jansen"), ("Straße", "STRASSE"), ("İbrahim", "ibrahim"),
        ("Ø", "o"), ("Đỗ", "do"), ("\u202ejan", "jan"),
    ],
)  # fmt: skip
def test_what_a_reader_takes_for_the_same_folds_to_the_same(one: str, other: str) -> None:
    """Case, accents, dashes, quotes, ligatures and invisible marks make no difference."""
    assert fold(one) == fold(other)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    """So a folded value can be looked up in folded text."""
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_what_is_squeezed_has_only_letters_and_digits(text: str) -> None:
    """For numbers that are written with dots, spaces and dashes."""
    assert squeeze(text) == "" or squeeze(text).isalnum()
    assert squeeze(fold(text)) == squeeze(text)

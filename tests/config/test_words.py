"""The words of the house: right by construction, so that no later step need ask."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import config
from config.collection import Collection, Column, Match, Party
from config.redacted import Action, Span
from config.special import special_category
from config.words import readable

MODULES = sorted(path.stem for path in Path(config.__file__).parent.glob("*.py") if path.stem != "__init__")
MATCH = Match(1.0, "BSN")


def span(start: int = 0, end: int = 1, action: Action = Action.REDACT, ground: str = "A1") -> Span:
    """A span that is right but for what is given."""
    return Span(start, end, "name", Party.THIRD, action, ground, "[iemand]", 0.9, "test")


@pytest.mark.parametrize(("start", "end"), [(1, 1), (2, 1), (-1, 1)])
def test_a_span_covers_something(start: int, end: int) -> None:
    """[start, end) is neither empty nor reversed, and begins in the text."""
    with pytest.raises(ValueError, match="empty or reversed"):
        span(start, end)


@pytest.mark.parametrize(("action", "ground"), [(Action.KEEP, "A1"), (Action.REDACT, ""), (Action.REVIEW, "")])
def test_a_span_has_a_ground_unless_it_is_kept(action: Action, ground: str) -> None:
    """Nothing is withheld without a ground, and nothing kept with one."""
    with pytest.raises(ValueError, match="ground"):
        span(action=action, ground=ground)


def test_a_collection_has_its_columns_in_order_and_a_match_a_row() -> None:
    """Else no later step could trust it."""
    rows = pd.DataFrame({"A": ["x"], "B": ["y"]}, dtype=object)
    with pytest.raises(ValueError, match="do not agree"):
        Collection("s", "e", "t", "a", (Column("B", "b"), Column("A", "a")), rows, (MATCH,))
    with pytest.raises(ValueError, match="1 rows but 0 matches"):
        Collection("s", "e", "t", "a", (Column("A", "a"), Column("B", "b")), rows, ())


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("Gezondheid", "gezondheid"), ("gegevens over gezondheid voor zover nodig", "gezondheid"), ("medische verklaring", "gezondheid"),
        ("beperkingen", "gezondheid"), ("verstrekkingsbeperking", ""), ("detentie", "strafrechtelijk"),
        ("verwijzing Halt of OM", "strafrechtelijk"),
        ("behalten", ""), ("geloofsovertuiging", "geloof"), ("ras", "afkomst"), ("straat", ""), ("rasterkaart", ""),
        ("naam en adres", ""), ("", ""),
    ],
)  # fmt: skip
def test_special_data_are_known_by_their_words(words: str, category: str) -> None:
    """AVG 9(1) and 10; whole words where a part means something else."""
    assert special_category(words) == category


@given(st.text(min_size=1))
def test_a_column_always_gets_a_label(name: str) -> None:
    """Whatever a table calls it."""
    assert readable(name)


@pytest.mark.parametrize("name", MODULES)
def test_docstrings_tell_the_truth(name: str) -> None:
    """Every example in them is run."""
    assert doctest.testmod(importlib.import_module(f"config.{name}"), raise_on_error=False).failed == 0

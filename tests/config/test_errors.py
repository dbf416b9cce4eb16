"""Errors: one tree, one form, and a way to pass them on."""

from __future__ import annotations

import copy
import pickle

import pytest

from config import errors
from config.errors import InzageError, SourceUnavailable, UsageError


def test_an_error_reads_thing_wrong_remedy() -> None:
    """Full stops are set once, whoever wrote them."""
    assert str(SourceUnavailable("wmo", "no answer in 30 s.", "Ask again later.")) == "wmo: no answer in 30 s. Ask again later."


def test_every_error_of_the_tree_has_an_exit_code_and_a_place_in_the_drawing() -> None:
    """Wrong usage is 2, everything else 1."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, InzageError)]
    assert {kind.__name__ for kind in kinds if kind.exit_code == 2} == {UsageError.__name__}
    assert all(kind.__name__ in str(errors.__doc__) for kind in kinds)


@pytest.mark.parametrize("copied", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy])  # noqa: S301 - our own bytes, to prove that processes can pass an error
def test_an_error_survives_the_way_to_another_process(copied: object) -> None:
    """With its three parts."""
    error = SourceUnavailable("wmo", "no answer", "Ask again")
    again = copied(error)  # type: ignore[operator] # a function of the parameter list above
    assert (type(again), str(again), again.remedy) == (SourceUnavailable, str(error), "Ask again")

"""Discretion: what holds personal data prints counts, and cannot be changed."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pandas as pd
import pytest

from config import collection, person, redacted
from config.collection import Answer, Collection, Column, Coverage, Document, Match, Outcome, Party
from config.person import Address, Fact, KnownPerson, Name, Person, Role, Subject
from config.redacted import Cleared, Disposition, Redacted, RedactedCollection, RedactedDocument, RedactedText, ReviewItem, Secret, Wording

CANARY = "Kanariegeel"
MATCH = Match(1.0, "BSN")
HELD = [
    Name(CANARY, CANARY, CANARY, CANARY, CANARY, CANARY, CANARY),
    Address(CANARY, CANARY, CANARY, CANARY, True, date(1980, 3, 9)),
    Person((Name(family=CANARY),), CANARY, CANARY, date(1980, 3, 9), (Address(CANARY),), (CANARY,), (CANARY,), (CANARY,), (CANARY,)),
    KnownPerson(Person((Name(family=CANARY),)), Role.THIRD, CANARY, CANARY),
    Fact(CANARY, CANARY, CANARY),
    Subject(Person(bsn=CANARY), {"wmo.client": (CANARY,)}, (), (Fact(CANARY, CANARY, CANARY),)),
    Document(CANARY, CANARY, CANARY, CANARY, MATCH, (CANARY,)),
    Collection("s", "e", "t", "a", (Column("A", "a"),), pd.DataFrame({"A": [CANARY]}, dtype=object), (MATCH,)),
    Answer(
        Coverage("s", "t", Outcome.FOUND),
        (Collection("s", "e", CANARY, "a", (Column("A", "a"),), pd.DataFrame({"A": [CANARY]}), (MATCH,)),),
    ),
    RedactedText(CANARY),
    Wording(CANARY, "name", Party.THIRD, "show", "", "desk"),
    Cleared(Secret(CANARY, "name"), CANARY, "desk"),
    ReviewItem("i", "s", "e", 0, "A", CANARY, None, None, None, "N1", CANARY, "", 1.0),
    RedactedDocument(CANARY, CANARY, CANARY, Disposition.DISCLOSED, (CANARY,)),
    RedactedCollection("s", "e", "t", "a", (Column("A", "a"),), pd.DataFrame({"A": [CANARY]}), pd.DataFrame({"A": [0]})),
    Secret(CANARY, "name"),
    Redacted((), (), frozenset({Secret(CANARY, "name")}), {CANARY: 1}),
]


@pytest.mark.parametrize("held", HELD, ids=lambda held: type(held).__name__)
def test_what_holds_personal_data_prints_counts_only(held: object) -> None:
    """No traceback, log or report of a test shows a value."""
    for shown in (repr(held), str(held), f"{held!r}"):
        assert CANARY not in shown
        assert "1980" not in shown
        assert shown.startswith(f"<{type(held).__name__}: ")


def test_every_word_that_can_hold_personal_data_is_in_that_list() -> None:
    """A new one must be added, or be known to hold none."""
    harmless = {"Column", "Match", "Coverage", "Span", "Redaction", "Decision", "Passage", "TextRead"}
    own = ((module.__name__, kind) for module in (collection, person, redacted) for kind in vars(module).values())
    words = {kind.__name__ for home, kind in own if hasattr(kind, "__dataclass_fields__") and kind.__module__ == home}
    assert words - harmless == {type(held).__name__ for held in HELD}


def test_an_empty_word_says_that_it_is_empty() -> None:
    """Counts of nothing are left out."""
    assert repr(Subject(Person())) == "<Subject: person set>"
    assert repr(Person()) == "<Person: empty>"


def test_words_cannot_be_changed() -> None:
    """What was checked stays as it was."""
    for held in (*HELD, MATCH, Column("A", "a")):
        with pytest.raises((AttributeError, TypeError)):
            setattr(held, fields(held)[0].name, None)  # type: ignore[arg-type] # every word is a dataclass

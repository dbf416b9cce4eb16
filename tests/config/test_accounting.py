"""The conservation law: nothing that was collected is lost, and nothing appears."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.accounting import Tally, accounts
from config.collection import Collection, Column, Document, Match
from config.errors import ConservationError
from config.redacted import Disposition, RedactedCollection, RedactedDocument


def collected(rows: int, columns: int, documents: int = 0) -> Collection:
    """A collection of this size."""
    named = tuple(Column(f"C{n}", "c") for n in range(columns))
    frame = pd.DataFrame("x", index=range(rows), columns=[column.name for column in named], dtype=object)
    match = Match(1.0, "BSN")
    return Collection(
        "s", "e", "t", "a", named, frame, (match,) * rows, tuple(Document(str(n), "", "", "", match) for n in range(documents))
    )


def released(before: Collection, cells: list[int], documents: list[Disposition] | None = None) -> RedactedCollection:
    """What became of it: a disposition a cell, row by row, and one a document."""
    dispositions = pd.DataFrame(np.array(cells, dtype=np.int8).reshape(before.rows.shape), columns=before.rows.columns)
    files = tuple(RedactedDocument(str(n), "", "", disposition) for n, disposition in enumerate(documents or []))
    return RedactedCollection("s", "e", "t", "a", before.columns, before.rows, dispositions, files)


@given(st.integers(0, 5), st.integers(0, 4), st.lists(st.sampled_from(Disposition), max_size=5), st.data())
def test_what_was_collected_is_disclosed_redacted_or_withheld(
    rows: int, columns: int, documents: list[Disposition], data: st.DataObject
) -> None:
    """For every way in which it can be divided, cells and documents add up."""
    before = collected(rows, columns, len(documents))
    cells = data.draw(st.lists(st.sampled_from([0, 1, 2]), min_size=rows * columns, max_size=rows * columns))
    (account,) = accounts([before], [released(before, cells, documents)])
    assert account.cells == Tally(rows * columns, *(cells.count(n) for n in range(3)))
    assert account.documents == Tally(len(documents), *(documents.count(d) for d in Disposition))


def test_a_document_that_is_lost_stops_the_run() -> None:
    """Two collected, one released."""
    before = collected(0, 0, 2)
    with pytest.raises(ConservationError, match=r"s\.e: 2 documents collected but 1 disclosed, 0 redacted, 0 withheld"):
        accounts([before], [released(before, [], [Disposition.DISCLOSED])])


def test_a_cell_of_no_disposition_stops_the_run() -> None:
    """3 is none of the three."""
    before = collected(1, 2)
    with pytest.raises(ConservationError, match="2 cells collected but 1 disclosed"):
        accounts([before], [released(before, [0, 3])])


def test_an_entity_on_one_side_only_stops_the_run() -> None:
    """Neither may anything be lost, nor appear."""
    before = collected(1, 1)
    with pytest.raises(ConservationError, match="one side"):
        accounts([before], [])
    with pytest.raises(ConservationError, match="one side"):
        accounts([], [released(before, [0])])


def test_of_several_entities_that_got_lost_the_first_is_named() -> None:
    """In the order of accounts, so that a run that stops again tells the same."""
    other = replace(collected(1, 1), entity="a")
    with pytest.raises(ConservationError, match=r"s\.a"):
        accounts([collected(1, 1), other], [])


@pytest.mark.parametrize(("collected", "told"), [(5_000, (4_000, 999, 2)), (5_000, (4_000, 999, 0)), (0, (0, 0, 1))])
def test_more_told_than_collected_does_not_balance_either(collected: int, told: tuple[int, int, int]) -> None:
    """What appears from nowhere is as wrong as what got lost."""
    assert not Tally(collected, *told).balanced
    assert Tally(sum(told), *told).balanced


def test_accounts_come_in_order_of_source_and_entity() -> None:
    """Whatever the order of collecting was."""
    assert accounts([], []) == ()

"""Days are shown as days, however the source keeps them."""

from __future__ import annotations

from datetime import date

import pytest

from config.collection import Column, Kind, Party
from outputs.shown import day, told

DATUM = Column("DATUM", "Datum", Kind.DATE, Party.SUBJECT)
BEDRAG = Column("BEDRAG", "Bedrag", Kind.AMOUNT, Party.SUBJECT)


@pytest.mark.parametrize("held", [20190211, "20190211", "11-02-2019", "11/2/2019"])
def test_a_day_that_is_held_as_a_number_or_in_dutch_is_shown_as_a_day(held: object) -> None:
    """The mainframe's 20190211 is a date to nobody but its programmer."""
    assert told(DATUM, held) == day(held) == date(2019, 2, 11)


@pytest.mark.parametrize("held", [0, 99999999, "20191341", "onbekend", "2019", None, True])
def test_what_is_no_day_is_shown_as_it_is_held(held: object) -> None:
    """An open end, a spoiled value, a year: nothing is made of it."""
    assert told(DATUM, held) in (held, str(held))
    assert day(held) is None


def test_only_a_column_of_dates_is_read_as_days() -> None:
    """An amount of 20,190,211 cents stays an amount."""
    assert told(BEDRAG, 20190211) == 20190211

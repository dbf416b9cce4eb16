"""Days are shown as days, however the source keeps them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from config.collection import Column, Kind, Party
from outputs.shown import day, told
from outputs.wording import cell

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


@pytest.mark.parametrize("held", ["2024-01-30 11:15:00", "2024-01-30T11:15:00.000", "30-01-2024 11:15", "20240130111500"])
def test_a_moment_that_is_held_as_text_is_shown_as_a_moment(held: str) -> None:
    """It can be sorted in the workbook, and reads as other days do."""
    assert told(DATUM, held) == datetime(2024, 1, 30, 11, 15)  # noqa: DTZ001  a source tells no zone
    assert (cell(told(DATUM, held), Kind.DATE), day(held)) == ("30-01-2024 11:15", date(2024, 1, 30))


@pytest.mark.parametrize("held", ["99991231", 99991231, "9999-12-31", "31-12-9999", date(9999, 12, 31), "2999-12-31", 99999999, "99999999"])
def test_a_day_that_stands_for_no_end_says_so(held: object) -> None:
    """Nobody reads the year 9999 as "still going on"; and it is not the last day of anything."""
    assert cell(told(DATUM, held), Kind.DATE) == "geen einddatum"
    assert day(held) is None


@pytest.mark.parametrize("held", ["00000000", 0])
def test_a_day_of_only_zeros_is_told_as_none(held: object) -> None:
    """Base registers write it for a day that nobody knows, mainframes for an end that has not come: it is no day."""
    assert cell(told(DATUM, held), Kind.DATE) == "geen datum"


@pytest.mark.parametrize(
    ("held", "shown"),
    [("$1,234.56", "1.234,56"), ("€ 1.234,56", "1.234,56"), ("-$0.50", "-0,50"), ("($12.00)", "-12,00"), ("1234,5", "1.234,50")],
)
def test_a_sum_that_is_held_as_text_is_shown_as_a_sum(held: str, shown: str) -> None:
    """PostgreSQL gives `money` as a text in the manner of its server."""
    assert cell(told(BEDRAG, held), Kind.AMOUNT) == shown


@pytest.mark.parametrize("held", ["1.234", "1,234", "circa 100", "12-34", "", "10 %"])
def test_a_text_that_may_be_two_sums_or_none_stays_as_it_is_held(held: str) -> None:
    """Nothing is guessed about money."""
    assert told(BEDRAG, held) == held

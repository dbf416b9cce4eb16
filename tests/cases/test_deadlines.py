"""When an answer is due: Regulation 1182/71 and AVG 12(3), by worked examples and by property."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import deadlines

D = date.fromisoformat

VECTORS = [  # received, same date next month, legal end, three months, its legal end, BRP four weeks
    ("2026-01-08", "2026-02-08", "2026-02-09", "2026-04-08", "2026-04-08", "2026-02-05"),
    ("2026-01-31", "2026-02-28", "2026-03-02", "2026-04-30", "2026-04-30", "2026-02-28"),
    ("2026-03-27", "2026-04-27", "2026-04-28", "2026-06-27", "2026-06-29", "2026-04-24"),
    ("2026-03-31", "2026-04-30", "2026-04-30", "2026-06-30", "2026-06-30", "2026-04-28"),
    ("2026-04-14", "2026-05-14", "2026-05-15", "2026-07-14", "2026-07-14", "2026-05-12"),
    ("2026-08-31", "2026-09-30", "2026-09-30", "2026-11-30", "2026-11-30", "2026-09-28"),
    ("2026-11-25", "2026-12-25", "2026-12-28", "2027-02-25", "2027-02-25", "2026-12-23"),
    ("2026-11-30", "2026-12-30", "2026-12-30", "2027-02-28", "2027-03-01", "2026-12-28"),
    ("2027-01-29", "2027-02-28", "2027-03-01", "2027-04-29", "2027-04-29", "2027-02-26"),
]
DAYS = st.dates(date(2018, 5, 25), date(2099, 12, 31))


@pytest.mark.parametrize(("received", "steer", "legal", "three", "legal_three", "brp"), VECTORS)
def test_the_worked_examples(received: str, steer: str, legal: str, three: str, legal_three: str, brp: str) -> None:
    """One month from receipt for staff and by law, three months from receipt when extended, four weeks for the BRP."""
    day = D(received)
    found = (deadlines.steer(day), deadlines.deadline(day), deadlines.months(day, 3), deadlines.extended(day), deadlines.brp(day))
    assert tuple(map(D, (steer, legal, three, legal_three, brp))) == found


@pytest.mark.parametrize(("sent", "last"), [("2026-03-02", "2026-04-13"), ("2026-03-16", "2026-04-28")])
def test_objection_is_open_for_six_weeks_from_the_day_after_sending(sent: str, last: str) -> None:
    """A last day that is a holiday moves on."""
    assert D(last) == deadlines.objection_ends(D(sent))


@given(DAYS)
def test_a_legal_end_is_a_working_day_on_or_soon_after_the_unshifted_date(received: date) -> None:
    """Never earlier, never on a weekend or holiday, never more than five days later."""
    shift = deadlines.deadline(received) - deadlines.steer(received)
    assert timedelta(0) <= shift <= timedelta(days=5)
    assert deadlines.working_day(deadlines.deadline(received)) == deadlines.deadline(received)


@given(DAYS, DAYS)
def test_who_asks_later_is_never_due_earlier(one: date, other: date) -> None:
    """The term keeps the order of receipt."""
    first, second = sorted((one, other))
    assert deadlines.deadline(first) <= deadlines.deadline(second)


def test_good_friday_counts_as_a_working_day() -> None:
    """On the safe side, for it is not sure that the term sees it as a holiday."""
    assert D("2026-04-03") == deadlines.working_day(D("2026-04-03"))


def test_kings_day_moves_to_saturday_when_it_falls_on_a_sunday() -> None:
    """27 April 2031 is a Sunday."""
    assert D("2031-04-26") in deadlines.holidays(2031)


HOLIDAYS = {
    2026: "01-01 04-06 04-27 05-05 05-14 05-25 12-25 12-26",
    2031: "01-01 04-14 04-26 05-05 05-22 06-02 12-25 12-26",
}


@pytest.mark.parametrize("year", HOLIDAYS)
def test_the_holidays_of_a_year_are_these(year: int) -> None:
    """New Year, Easter Monday, King's Day, Liberation Day, Ascension, Whit Monday and two days of Christmas: no more, no fewer."""
    assert sorted(f"{day:%m-%d}" for day in deadlines.holidays(year)) == HOLIDAYS[year].split()


@pytest.mark.parametrize(
    ("received", "prolonged", "paused", "unshifted", "legal"),
    [
        ("2026-01-08", False, 0, "2026-02-08", "2026-02-09"),
        ("2026-01-08", False, 3, "2026-02-11", "2026-02-11"),
        ("2026-01-08", True, 0, "2026-04-08", "2026-04-08"),
        ("2026-01-08", True, 3, "2026-04-11", "2026-04-13"),
    ],
)
def test_the_days_of_a_pause_move_both_ends(received: str, prolonged: bool, paused: int, unshifted: str, legal: str) -> None:
    """Of one month and of three; without a pause nothing moves."""
    assert deadlines.ends(D(received), prolonged, paused) == (D(unshifted), D(legal))
    assert paused or deadlines.ends(D(received), prolonged) == (D(unshifted), D(legal))

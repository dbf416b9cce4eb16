"""What lies outside a period: only what says so itself, by its dates. Leaving out too much would answer less than was asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.collection import Collection, Column, Document, Kind, Match, Party
from connectors import Period, in_period

YEARS = Period(date(2015, 1, 1), date(2016, 12, 31))


def held(rows: list[dict[str, Any]], *names: str, documents: tuple[Document, ...] = ()) -> Collection:
    """Rows with these columns of dates, and a text beside them."""
    columns = (*(Column(name, name, Kind.DATE, Party.SUBJECT) for name in names), Column("WAT", "Wat", Kind.TEXT, Party.SUBJECT))
    frame = pd.DataFrame([[row.get(c.name) for c in columns] for row in rows], columns=[c.name for c in columns], dtype=object)
    return Collection("bron", "soort", "Soort", "wmo", columns, frame, (Match(1.0, "BSN"),) * len(rows), documents)


@pytest.mark.parametrize(
    ("row", "stays"),
    [
        ({"DATUM": "2015-06-01"}, True),
        ({"DATUM": "2014-12-31"}, False),
        ({"DATUM": "2017-01-01"}, False),
        ({"DATUM": "31-12-2016"}, True),
        ({"DATUM": 20150101}, True),
        ({}, True),  # says nothing of when
        ({"DATUM": "onbekend"}, True),
        ({"DATUM": "1900-01-01"}, True),  # what systems fill in for not known
        ({"GEBOORTEDATUM": "1980-03-09"}, True),  # a birth date is not when something was
        ({"BEGINDATUM": "2010-01-01"}, True),  # began before, and nothing says that it ended
        ({"BEGINDATUM": "2010-01-01", "EINDDATUM": "2014-01-01"}, False),
        ({"BEGINDATUM": "2010-01-01", "EINDDATUM": "2015-01-01"}, True),
        ({"BEGINDATUM": "2010-01-01", "EINDDATUM": "9999-12-31"}, True),
        ({"BEGINDATUM": "2010-01-01", "EINDDATUM": "2020-01-01"}, True),  # spans it
        ({"BEGINDATUM": "2017-01-01"}, False),
        ({"BEGINDATUM": "2010-01-01", "DATUM": "2011-01-01"}, True),  # a change in between is no end
    ],
)
def test_a_row_is_outside_only_where_its_dates_say_so(row: dict[str, Any], stays: bool) -> None:
    """Whole days, both ends included."""
    cut = in_period(held([row], "DATUM", "GEBOORTEDATUM", "BEGINDATUM", "EINDDATUM"), YEARS)
    assert (len(cut.collection.rows), cut.rows) == ((1, 0) if stays else (0, 1))


def paper(number: str, when: date | None) -> Document:
    return Document(number, "brief", "brief.pdf", "application/pdf", Match(1.0, "BSN"), ("tekst",), date=when)


def test_a_document_goes_by_its_own_date_or_with_its_row() -> None:
    """One without a date stays."""
    papers = (paper("0001", date(2015, 5, 5)), paper("0002", date(2012, 5, 5)), paper("0003", None), paper("0004", date(2015, 5, 5)))
    rows = [{"DATUM": "2012-01-01", "STUK": "0004"}]
    made = held(rows, "DATUM", documents=papers)
    columns = (*made.columns, Column("STUK", "Stuk", Kind.DOCUMENT, Party.SUBJECT))
    with_paper = Collection("b", "s", "S", "wmo", columns, made.rows.assign(STUK=["0004"]), made.matches, papers)
    cut = in_period(with_paper, YEARS)
    assert ([d.id for d in cut.collection.documents], cut.rows, cut.documents) == (["0001", "0003"], 1, 2)


@given(st.lists(st.dates(date(1990, 1, 1), date(2030, 1, 1)), max_size=20), st.booleans(), st.booleans())
def test_nothing_gets_lost(days: list[date], since: bool, until: bool) -> None:
    """What stays and what is counted as outside is all there was; without a period all stays."""
    period = Period(YEARS.since if since else None, YEARS.until if until else None)
    cut = in_period(held([{"DATUM": day.isoformat()} for day in days], "DATUM"), period)
    assert len(cut.collection.rows) + cut.rows == len(days) == len(cut.collection.matches) + cut.rows
    assert cut.rows == sum((since and day < date(2015, 1, 1)) or (until and day > date(2016, 12, 31)) for day in days)

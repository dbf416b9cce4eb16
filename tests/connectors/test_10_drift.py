"""Chapter 10. What changes in a source is told: columns and tables that are new, gone or of another type, and searches without an index."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import connectors
from config.collection import Outcome
from config.settings import Source
from connectors.databases import table as database_table
from tests.connectors.conftest import Place
from tests.connectors.made import BSN, OTHER, cells, collect, column, entity, source

COLUMNS = [column("nr", "id"), column("bsn", "bsn"), column("bedrag", "amount"), column("sinds", "date")]


def asked(place: Place, *columns: Any, **more: Any) -> Source:
    """One table of clients."""
    found = entity("client", {"bsn": "subject.bsn"}, list(columns or COLUMNS), table=f"{place.schema}.client", **more)
    return source("sql", place.url, found)


def filled(place: Place) -> Source:
    place.run(
        "create table {s}.client (nr integer primary key, bsn char(9), bedrag numeric(9,2), sinds date)",
        f"insert into {{s}}.client values (1, '{BSN}', 12.5, '2026-01-02'), (2, '{OTHER}', 1, '2026-01-02')",
    )
    return asked(place)


def remembered(known: Source) -> Source:
    """The source as a person last saw it."""
    report = connectors.check(known)
    return replace(known, options={"remembered": {"shape": report.shape, "tables": sorted(report.tables)}})


def test_what_did_not_change_is_not_told(place: Place) -> None:
    """A source like yesterday's has no alarms, in the check and in coverage."""
    known = remembered(filled(place))
    assert connectors.check(known).drift == ()
    assert collect(known).coverage.alarms == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("alter table {s}.client add column nieuw integer", "nieuw is not in sources.yaml"),
        ("alter table {s}.client drop column sinds", "sinds is in sources.yaml but not in the data"),
        ("create table {s}.notitie (nr integer)", "notitie is new"),
        ("create view {s}.uitzicht as select 1 as een", "uitzicht is new"),
        ("alter table {s}.client {retype}", "column bsn was char(9) and is"),
        ("drop table {s}.client", "the table or view is not there"),
    ],
)
def test_what_changed_is_told_in_the_check_and_in_coverage(place: Place, change: str, said: str) -> None:
    """New, gone or of another type: the same line for the administrator, whoever looks first."""
    known = remembered(filled(place))
    retype = "alter column bsn type varchar(20)" if "postgres" in place.url else "modify bsn varchar(20)"
    place.run(change.replace("{retype}", retype))
    assert any(said in line for line in connectors.check(known).drift)
    answer = collect(known)
    assert any(said in line for line in answer.coverage.alarms)
    assert answer.coverage.status is not Outcome.NONE


def test_a_type_that_cannot_hold_its_kind_is_told_without_memory(place: Place) -> None:
    """A date kept as a truth value was classified wrongly, or was given another meaning."""
    place.run("create table {s}.client (bsn char(9), sinds boolean)", f"insert into {{s}}.client values ('{BSN}', true)")
    known = asked(place, column("bsn", "bsn"), column("sinds", "date"))
    expected = "postgres" in place.url  # MariaDB keeps truth as tinyint, which could hold a date as a number
    assert any("cannot hold a date" in line for line in connectors.check(known).drift) is expected


def test_a_search_without_an_index_is_told_of_a_big_table_alone(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the plan of the database has it, in the check and in coverage; the rows are found all the same."""
    known = filled(place)
    assert connectors.check(known).drift == ()
    monkeypatch.setattr(database_table, "SMALL", 1)
    for lines in (connectors.check(known).drift, collect(known).coverage.alarms):
        assert [line for line in lines if "is read whole" in line and "bsn" in line]
    assert collect(known).coverage.status is Outcome.FOUND
    place.run("create index op_bsn on {s}.client (bsn)")
    if "postgres" in place.url:  # of so few rows it would read all, whatever there is
        place.run(
            "insert into {s}.client select n, lpad(n::text, 9, '0'), 1, null from generate_series(1000, 60000) n", "analyze {s}.client"
        )
    else:
        place.run("insert into {s}.client select seq, lpad(seq, 9, '0'), 1, null from seq_1000_to_60000")
    assert connectors.check(known).drift == ()
    assert cells(collect(known), "nr") == [1]


def test_one_entity_that_may_not_be_read_does_not_hide_the_others(place: Place) -> None:
    """After an error in one, the next is still looked at."""
    known = filled(place)
    both = replace(known, entities=(entity("weg", {"bsn": "subject.bsn"}, [], table=f"{place.schema}.weg"), *known.entities))
    report = connectors.check(both)
    assert (report.reachable, dict(report.rows), len(report.drift)) == (True, {"client": 2}, 1)


def test_expected_sizes_are_told_apart(place: Place) -> None:
    """An entity below its minimum is named as such."""
    filled(place)
    report = connectors.check(asked(place, *COLUMNS, minimum_rows=3))
    assert (report.small, report.rows["client"]) == (("client",), 2)


def test_padding_is_no_part_of_a_value(place: Place) -> None:
    """A database fills up a column of fixed width; what a resident reads has no such spaces."""
    place.run("create table {s}.client (nr integer, bsn char(12))", f"insert into {{s}}.client values (1, '{BSN}')")
    assert cells(collect(asked(place, column("nr", "id"), column("bsn", "bsn"))), "bsn") == [BSN]

"""Chapter 14. Oracle and SQL Server: the statements as SQLAlchemy writes them for these. They are compiled here, and not run."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import mssql, oracle

from connectors.asking.known import known_of
from connectors.asking.shape import shape_of
from connectors.asking.wanted import wanted_of
from connectors.databases.conditions import Asked
from tests.connectors.made import BSN, JOHANNA, column, entity

DIALECTS = {"oracle": oracle.dialect(), "mssql": mssql.dialect()}
TYPES: dict[str, Any] = {
    "BSN": {"oracle": oracle.NUMBER(9), "mssql": sa.CHAR(9)},
    "Naam Cliënt": {"oracle": oracle.VARCHAR2(80), "mssql": mssql.NVARCHAR(80)},
    "GEBOREN": {"oracle": oracle.DATE(), "mssql": mssql.DATETIME2()},
    "EMAIL": {"oracle": oracle.VARCHAR2(80), "mssql": mssql.NVARCHAR(80)},
    "SLEUTEL": {"oracle": oracle.RAW(16), "mssql": mssql.UNIQUEIDENTIFIER()},
}


def statements(dialect: str, match: dict[str, str]) -> list[str]:
    """What is asked of a table on this match, as this database would be asked it, without values."""
    found = entity("client", match, [column(name) for name in TYPES])
    names = tuple(TYPES)
    wanted = wanted_of(found, known_of(JOHANNA), shape_of(found, names))
    types = {name: kinds[dialect] for name, kinds in TYPES.items()}
    table = sa.table("Client", *(sa.column(name) for name in names), schema="Wmo")
    clauses = [c for a in wanted.alternatives for c in Asked(types, dialect, small=True).clauses(a, names)]
    return [str(sa.select(*table.columns).where(clause).compile(dialect=DIALECTS[dialect])) for clause in clauses]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("match", "asked"),
    [
        ({"BSN": "subject.bsn"}, "BSN"),
        ({"Naam Cliënt": "subject.name", "GEBOREN": "subject.birth_date"}, "GEBOREN"),
        ({"EMAIL": "subject.email"}, "lower"),
        ({"Naam Cliënt": "subject.name"}, "lower"),
    ],
)
def test_every_way_of_matching_compiles_with_values_apart(dialect: str, match: dict[str, str], asked: str) -> None:
    """Names are quoted as the database quotes them, and no value stands in the text of a statement."""
    for text in statements(dialect, match):
        assert asked in text.partition("WHERE")[2]
        assert ('"Wmo"."Client"' if dialect == "oracle" else "[Wmo].[Client]") in text
        assert ('"Naam Cliënt"' if dialect == "oracle" else "[Naam Cliënt]") in text
        for value in (BSN, "1980", "joke", "Berg"):
            assert value not in text


@pytest.mark.parametrize(("dialect", "words"), [("oracle", "FETCH FIRST"), ("mssql", "TOP")])
def test_counting_stops_in_the_words_of_each(dialect: str, words: str) -> None:
    """Neither knows LIMIT."""
    rows = sa.select(sa.literal_column("1").label("one")).select_from(sa.table("Client", schema="Wmo")).limit(10)
    text = str(sa.select(sa.func.count()).select_from(rows.subquery()).compile(dialect=DIALECTS[dialect]))
    assert (words in text, "LIMIT" in text) == (True, False)

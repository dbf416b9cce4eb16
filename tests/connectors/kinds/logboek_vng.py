"""A log of processing as Verwerkingenlogging (VNG) gives it."""

from __future__ import annotations

import sys

from config.settings import Source
from tests.connectors.kinds import Bench, _logs
from tests.connectors.kinds._rows import Row
from tests.connectors.made import column, entity

KIND, GONE, NOT, EXTRA = "logboek", _logs.GONE, _logs.NOT, "verwerkingsactie.extra"
COLUMNS = [column("tijdstip", "date"), column("actieNaam", "text", "mixed")]
TABLE = entity("notities", {"objectId": "subject.bsn"}, COLUMNS, table="verwerkte-objecten")
US = sys.modules[__name__]


def make(bench: Bench, names: list[str], rows: list[Row]) -> Source:
    """A line about each of these people."""
    return _logs.made(bench, rows, TABLE)


def __getattr__(case: str) -> object:
    """The faults of HTTP, and a server that answers about somebody else."""
    ways = _logs.states(US, _logs.swapped)
    if case not in ways:
        raise AttributeError(case)
    return ways[case]

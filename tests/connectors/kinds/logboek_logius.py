"""A log of processing as Logboek Dataverwerkingen (Logius) gives it."""

from __future__ import annotations

import sys

from config.settings import Source
from tests.connectors.kinds import Bench, _logs
from tests.connectors.kinds._rows import Row
from tests.connectors.made import column, entity

KIND, GONE, NOT = "logboek", _logs.GONE, _logs.NOT
COLUMNS = [column("startTime", "date"), column("name", "text", "mixed")]
TABLE = entity("notities", {"dpl.core.data_subject_id": "subject.bsn"}, COLUMNS, table="processing-activities")
US = sys.modules[__name__]


def make(bench: Bench, names: list[str], rows: list[Row]) -> Source:
    """A line about each of these people."""
    return _logs.made(bench, rows, TABLE)


def __getattr__(case: str) -> object:
    """The faults of HTTP, and a server that gives the lines of everybody."""
    ways = _logs.states(US, lambda path, body: (path, {"dpl.core.data_subject_id_type": "BSN"} if body else body))
    if case not in ways:
        raise AttributeError(case)
    return ways[case]

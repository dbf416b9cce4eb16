"""Synthetic rows about one person for the measurements of paper and workbook: a date, a kind, a channel, an amount and a note."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd

import outputs
from config.accounting import Account, Tally
from config.collection import Column, Coverage, Kind, Outcome, Party
from config.law import Activity, Basis, Retention
from config.load import EMBEDDED
from config.person import Name, Person
from config.redacted import Redacted, RedactedCollection
from config.request import Request, Status
from config.settings import Config, Entity, Organisation, Policy, Source

NOTE = "Mevrouw belde over de eigen bijdrage. Afgesproken is dat de consulent binnen zes weken terugbelt en de brief opnieuw stuurt. "
COLUMNS = (
    Column("DATUM", "Datum", Kind.DATE, Party.SUBJECT),
    Column("SOORT", "Soort contact", Kind.TEXT, Party.SUBJECT),
    Column("KANAAL", "Kanaal", Kind.TEXT, Party.SUBJECT),
    Column("BEDRAG", "Bedrag", Kind.AMOUNT, Party.SUBJECT),
    Column("NOTITIE", "Aantekening", Kind.TEXT, Party.MIXED),
)


def rows(count: int) -> Iterator[tuple[date, str, str, Decimal, str]]:
    """`count` rows; the same each time."""
    for i in range(count):
        day = date(2010, 1, 1) + timedelta(days=i * 37 % 5000)
        kind, channel = ("telefoon", "huisbezoek", "e-mail", "balie")[i % 4], ("uitgaand", "inkomend")[i % 2]
        yield day, kind, channel, Decimal(1000 + i % 9000) / 100, NOTE * (1 + i % 3) + f"Zaak {i}."


def dossier(count: int) -> outputs.Dossier:
    """A dossier of one collection of so many rows, all shown."""
    values = pd.DataFrame(list(rows(count)), columns=[c.name for c in COLUMNS], dtype=object)
    shown = pd.DataFrame(np.zeros(values.shape, dtype=np.int8), columns=values.columns)
    held = RedactedCollection("wmo", "contact", "Gesprekken", "wmo", COLUMNS, values, shown)
    texts = ("gemeente", "privacy", "Plein 1", "Postbus 1", "14 000", "p@x.example", "x.example", "FG", "fg@x.example", "V", "V", "B", "R")
    activity = Activity("wmo", "Hulp thuis", "Wij helpen u.", (Basis("6.1.e", "Wmo 2015", "5.1.1"),), retention=Retention("P15Y", "einde"))
    source = Source("wmo", "Wmo", "sql", "", entities=(Entity("wmo", "contact", "Gesprekken", "contact", ({"BSN": "subject.bsn"},)),))
    config = Config(EMBEDDED, Organisation(*texts), (source,), (activity,), {}, Policy({}, {}, 0.9, 0.8), "0" * 64)
    moment = datetime(2026, 3, 5, tzinfo=UTC)
    coverage = (Coverage("wmo", "Wmo", Outcome.FOUND, count, 0, moment),)
    account = Account("wmo", "contact", Tally(values.size, values.size, 0, 0), Tally(0, 0, 0, 0))
    request = Request("INZ-2026-000001", date(2026, 3, 3), Status.REVIEW, date(2026, 4, 3), date(2026, 4, 3))
    person = Person(names=(Name(given="Test", family="Persoon"),))
    return outputs.assemble(request, person, Redacted((held,)), coverage, (account,), (), config, "bench")

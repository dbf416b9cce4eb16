"""The words that sources.yaml may use: kinds of source, keys to match on, reasons to withhold, and what is meant when nothing is said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from config.collection import Kind, Party

SOURCE_KINDS = (
    "sql", "brp", "zgw", "klantinteracties", "stufbg", "istandaarden", "ddas", "tables", "documents", "logboek", "manual",
    "suites",
)  # fmt: skip
"""Every kind of source system that a gemeente may write; which of them can be read is for the connectors to say."""

SUBJECT_KEYS = ("bsn", "name", "birth_date", "address", "email", "phone")
"""What of the subject an entity can be matched on."""

DOCUMENT_COLUMNS = ("FILENAME", "TEXT", "DATE")
"""What a file offers to match on, where a table has columns."""

DISCLOSURE_WORDS = ("when", "to", "what", "why", "activity")
"""What an entity may tell of data that really went to somebody (AVG 15(1)(c), C-154/21), or was looked into (C-579/21)."""

WITHHOLD_REASONS = ("technical", "internal")
"""Why a column may be withheld without looking at its party."""

CATEGORY_OF: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.NAME: "naam",
        Kind.BSN: "BSN",
        Kind.ADDRESS: "adres",
        Kind.DATE: "datums",
        Kind.PHONE: "contactgegevens",
        Kind.EMAIL: "contactgegevens",
        Kind.IBAN: "bankgegevens",
        Kind.PLATE: "kenteken",
        Kind.AMOUNT: "financiële gegevens",
        Kind.DOCUMENT: "documenten",
        Kind.TEXT: "aantekeningen",
        Kind.CODE: "kenmerken",
        Kind.ID: "kenmerken",
    }
)
"""The category of personal data (AVG 15(1)(b)) of a column that names none, for what is the subject's own."""

OWN = frozenset({Party.SUBJECT, Party.MIXED})
"""Parties whose columns hold data of the subject."""


TRUTH = MappingProxyType({True: "ja", False: "nee"})
"""A truth among other words of one cell."""


def readable(name: str) -> str:
    """A column or table name as a person would write it.

    >>> readable("DATUM_INGANG"), readable("burgerservicenummer"), readable("datumIngangGeldigheid"), readable("naam.voornamen")
    ('Datum ingang', 'Burgerservicenummer', 'Datum ingang geldigheid', 'Naam voornamen')
    """
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    words = " ".join(re.split(r"[\s_.\-/]+", apart)).strip().lower()
    return words[:1].upper() + words[1:] or name

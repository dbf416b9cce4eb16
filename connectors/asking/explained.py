"""Why a row or document was taken for the subject's, for the privacy desk: `Match.by` in Dutch, which holds no value either."""

from __future__ import annotations

import re
from collections.abc import Mapping

from config.collection import Match
from connectors.asking.texts import all_texts

_CONDITION = re.compile(r"([^=+,()]+?) = ([\w.]+)((?: \([^)]*\))*)")
_NOTE = re.compile(r"\(([^)]*)\)")
_CONTRADICTS = re.compile(r"name and birth date contradict (.+)")
_DOUBTED_KEY = re.compile(r"(\S+) comes from a row that is doubted")


def explained(match: Match, labels: Mapping[str, str] | None = None) -> str:
    """What agreed, in words, and what speaks against it; `labels` gives columns their labels.

    >>> explained(Match(0.8, "NAAM = subject.name + GEBOREN = subject.birth_date (initials)"), {"NAAM": "Naam"})
    'de naam (alleen de voorletters) in Naam en de geboortedatum in GEBOREN'
    """
    said, (agreed, _, against) = all_texts("matches"), match.by.partition(", but ")
    if agreed in said:
        return said[agreed]
    conditions = [(column.strip(), key) for column, key, _ in _CONDITION.findall(agreed)]
    notes = [note for *_, more in _CONDITION.findall(agreed) for note in _NOTE.findall(more)]
    parts = [_part(said, notes, key, (labels or {}).get(column, column)) for column, key in conditions]
    whole = _listed(said, parts) if parts else agreed
    beside = [said[note] for note in notes if note in said and note not in _OF_A_PART]
    return "; ".join([whole, *beside, *([_against(said, against)] if against else [])])


_OF_A_PART = {"initials": "subject.name", "family name only": "subject.name", "postcode only": "subject.address"}


def _part(said: Mapping[str, str], notes: list[str], key: str, column: str) -> str:
    what = said.get(key) or said["key"].format(key=key)
    mine = ", ".join(said[note] for note in notes if _OF_A_PART.get(note) == key)
    where = said["where_" + column] if f"where_{column}" in said else said["where"].format(column=column)
    return f"{what} ({mine}) {where}" if mine else f"{what} {where}"


def _listed(said: Mapping[str, str], parts: list[str]) -> str:
    return said["and"].join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _against(said: Mapping[str, str], against: str) -> str:
    if found := _CONTRADICTS.fullmatch(against):
        return said["contradicts"].format(place=found[1])
    if found := _DOUBTED_KEY.fullmatch(against):
        return said["doubted_key"].format(key=found[1])
    return said.get(against, against)

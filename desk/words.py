"""The Dutch words of the desk, from `words.yaml`: for states and roles, and for what the house refuses in English."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from config.errors import InzageError

MONTHS = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]

MONTHS_EN = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
]  # fmt: skip


@cache
def words() -> Mapping[str, Any]:
    """The whole file."""
    read: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    return read


def word(group: str, key: object) -> str:
    """The Dutch word for `key`, or the key itself where the file has none."""
    found = words()[group].get(str(key), str(key))
    return str(found["word"] if isinstance(found, Mapping) else found)


def kind(group: str, key: object) -> str:
    """How loud a state is shown: info, success, warning, danger or neutral."""
    found = words()[group].get(str(key))
    return str(found["kind"]) if isinstance(found, Mapping) else "neutral"


def term(iso: str) -> str:
    """A length of time as people say it.

    >>> term("P5Y"), term("P1Y6M")
    ('5 jaar', '1 jaar en 6 maanden')
    """
    units = {"Y": ("jaar", "jaar"), "M": ("maand", "maanden"), "W": ("week", "weken"), "D": ("dag", "dagen")}
    return " en ".join(f"{n} {units[unit][n != '1']}" for n, unit in re.findall(r"([0-9]+)([YMWD])", iso)) or iso


def count(number: int) -> str:
    """A whole number with points between the thousands.

    >>> count(5502)
    '5.502'
    """
    return f"{number:,}".replace(",", ".")


def detail(told: str) -> str:
    """What an entry of the trail tells besides its action, in words; hashes by their first twelve signs, as they are compared.

    >>> detail('{"source": "wmo", "choice": "without", "items": 3}')
    'keuze: verzenden zonder deze bron; het dossier zegt dat · aantal: 3 · bron: wmo'
    """
    return " · ".join(f"{word('detail', name)}: {_told(name, value)}" for name, value in sorted(json.loads(told).items()) if value != "")


def _told(name: str, value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{_said(str(key))} {_told('', inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "alles"
    if isinstance(value, str) and re.fullmatch(r"[0-9a-f]{32,64}", value):
        return value[:12]
    return word(DETAIL_WORDS[name], value) if name in DETAIL_WORDS else str(value)


def _said(key: str) -> str:
    return " ".join(word("detail", part) for part in key.split())


DETAIL_WORDS: Mapping[str, str] = {
    "from": "status", "to": "status", "was": "status", "choice": "choice", "letter": "letter", "role": "person_role", "way": "way",
    "what": "seen",
}  # fmt: skip
"""Which group of words says what stands under a name in the trail."""


def refusal(error: InzageError) -> str:
    """What a colleague reads of a refusal; the English sentence itself where nobody translated it."""
    said = str(error)
    return next((dutch for part, dutch in words()["refused"] if part in said), said)


def day(value: date | datetime | None, zone: str = "Europe/Amsterdam") -> str:
    """A day in full, as people say it.

    >>> day(date(2026, 3, 2))
    '2 maart 2026'
    """
    if value is None:
        return ""
    local = value.astimezone(ZoneInfo(zone)) if isinstance(value, datetime) else value
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def day_en(value: date) -> str:
    """A day in full, in English.

    >>> day_en(date(2026, 3, 2))
    '2 March 2026'
    """
    return f"{value.day} {MONTHS_EN[value.month - 1]} {value.year}"


def moment(value: datetime | str | None, zone: str = "Europe/Amsterdam") -> str:
    """A day and its time, by the clock of the gemeente."""
    if not value:
        return ""
    local = (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(ZoneInfo(zone))
    return f"{day(local.date())}, {local:%H.%M} uur"


def size(count: int) -> str:
    """How large a file is, as people say it.

    >>> size(900), size(250_000), size(7_400_000)
    ('1 kB', '250 kB', '7,4 MB')
    """
    return f"{max(round(count / 1000), 1)} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB".replace(".", ",")


def clock(value: datetime | None, zone: str = "Europe/Amsterdam") -> str:
    """A moment, short: the day in figures and the time."""
    return f"{value.astimezone(ZoneInfo(zone)):%d-%m %H.%M}" if value else ""

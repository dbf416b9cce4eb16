"""Who may ask for whom, per law and per age: the table of `representation.yaml`, and what it says of one request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TABLE = Path(__file__).with_name("representation.yaml")


@dataclass(frozen=True, slots=True)
class Advice:
    """What one law says of who asks here: `allowed` is yes, no, or look (a person must judge); `sentence` is for the desk."""

    law: str
    about: str
    allowed: str
    sentence: str


@cache
def table() -> Mapping[str, Any]:
    """The table as it stands in the file."""
    read: Mapping[str, Any] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return read


AGES: tuple[str, ...] = ("under_12", "from_12", "from_16", "adult")
KINDS: tuple[str, ...] = ("parent", "mandate", "curator", "guardian")
IDENTITY: tuple[str, ...] = ("digid", "counter", "video", "known_address", "mandate_checked")
"""The words of the table; a test holds that the file has exactly these."""


def advice(ages: str, represented_by: str) -> tuple[Advice, ...]:
    """What each law says where a subject of this age asks, or is represented in this way; () where the age was not asked.

    A mandate reaches as far as the right of who gave it; of a curator or guardian a person judges the papers.
    """
    if not ages:
        return ()
    return tuple(_advice(law, ages, represented_by) for law in table()["laws"])


def _advice(law: Mapping[str, Any], ages: str, represented_by: str) -> Advice:
    rule, told = law[ages], table()["sentences"]
    if represented_by in {"curator", "guardian"}:
        return Advice(law["law"], law["about"], "look", told[represented_by])
    who = "representative" if represented_by == "parent" else "self"
    word = rule[who]
    if represented_by == "mandate" and word != "no":
        return Advice(law["law"], law["about"], "look", told["mandate"])
    return Advice(law["law"], law["about"], word if word in {"yes", "no"} else "look", told[who][word])

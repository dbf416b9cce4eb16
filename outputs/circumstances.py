"""Income and family as the rows of each system tell of the resident: what may contradict each other, though it tells nobody apart.

They are read from what may be shown, so nothing that is withheld comes back here. A code of one or two letters is left out, for no
two systems code alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from config.collection import Column, Kind, Party
from config.folding import fold
from config.person import Fact
from config.redacted import RedactedCollection
from outputs.shown import Mark, Shown, empty, shown
from outputs.wording import cell, in_full

_INCOME = re.compile(r"\b(?:\w*inkomen|\w*salaris|\w*loon|income|salary|wages?)\b")
_YEAR = re.compile(r"jaar|year|annual")
_FAMILY: Mapping[str, re.Pattern[str]] = {
    "marital_status": re.compile(r"(?:burgerlijke|huwelijkse) ?staat|marital|civil status"),
    "children": re.compile(r"aantal (?:\w+ )?kinderen|number of (?:\w+ )?children"),
    "household": re.compile(r"leefvorm|leefsituatie|(?:gezins|huishoud)(?:samenstelling|type|vorm)|samenstelling (?:gezin|huishouden)"),
}
FACTS = ("income", "income_year", *_FAMILY)
"""What is looked for; the words for each stand in the texts."""

LONGEST = 40
"""A longer text is no value but a story."""

YEAR = timedelta(days=366)
MANY = 3
"""An entity without dates that holds more values than these cannot say which is the last."""


def circumstances(collections: Iterable[RedactedCollection]) -> Iterator[Fact]:
    """The newest value of each entity, with its column and day, so that a reader sees whether both can be true.

    What is a year older than the newest of its kind was true in its time: it is left out.
    """
    found = list(_found(collections))
    newest = {what: max((day for kind, day, _ in found if kind == what and day), default=None) for what in FACTS}
    for what, day, fact in found:
        latest = newest[what]
        if day is None or latest is None or latest - day < YEAR:
            yield fact


def _found(collections: Iterable[RedactedCollection]) -> Iterator[tuple[str, date | None, Fact]]:
    for collection in collections:
        asked = [(column, what) for column in collection.columns if (what := _what(collection, column))]
        view = shown(collection) if asked else None
        for column, what in asked:
            if view is not None:
                place = f"{collection.source}.{collection.entity}"
                yield from ((what, day, Fact(what, value, place)) for value, day in _values(view, column).items())


def _what(collection: RedactedCollection, column: Column) -> str:
    """Which fact a column holds, "" for none: of the resident alone, and no text in which others may stand."""
    if column.withhold or column.party is not Party.SUBJECT:
        return ""
    label = fold(column.label or column.name)
    if column.kind is Kind.AMOUNT and _INCOME.search(f"{label} {fold(collection.title)}"):
        return "income_year" if _YEAR.search(f"{label} {fold(collection.title)}") else "income"
    return next((what for what, pattern in _FAMILY.items() if pattern.search(label)), "")


def _values(view: Shown, column: Column) -> dict[str, date | None]:
    """What a reader sees of the newest value, with its day; of all values where nothing is dated and they are few."""
    held: dict[str, tuple[str, date | None]] = {}
    for row, (value,) in view.rows(view.order, (column,)):
        said = "" if isinstance(value, Mark) or empty(value) else cell(value, column.kind)
        if said and len(said) <= LONGEST and (len(said) > 2 or said.isdigit()):
            day = view.days[row]
            when = f", {in_full(day)}" if day else ""
            held.setdefault(said, (f"{said} ({column.label or column.name}{when})", day))
            if day:
                break
    return dict(held.values()) if len(held) <= MANY else {}

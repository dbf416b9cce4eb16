"""To whom data really went, and who looked: from the redacted rows of sources that say so, so that nothing withheld comes back here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from config.redacted import RedactedCollection
from config.request import DUTCH
from config.settings import Config
from outputs.dossier import Disclosure
from outputs.house import house_of, living
from outputs.shown import Cell, Mark, day, empty, plain, shown
from outputs.texts import texts
from outputs.wording import cell

Words = Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]]
"""For a source and entity: a word of a disclosure and the columns that tell it, tried in order."""


def disclosed(collections: Iterable[RedactedCollection], words: Words, config: Config, language: str = DUTCH) -> tuple[Disclosure, ...]:
    """Every disclosure once, the latest first. Without a recipient the gemeente itself looked; a row withheld whole tells nothing.

    What of a disclosure is withheld or not told is said in `language`.
    """
    with living(house_of(config, language)):
        return _disclosed(collections, words, config)


def _disclosed(collections: Iterable[RedactedCollection], words: Words, config: Config) -> tuple[Disclosure, ...]:
    titles = {activity.id: activity.title for activity in config.activities}
    found = (
        told
        for collection in collections
        if (columns := words.get((collection.source, collection.entity)))
        for told in _told(collection, columns, titles, config.organisation.name)
    )
    return tuple(sorted(dict.fromkeys(found), key=_order))


def _order(told: Disclosure) -> tuple[Any, ...]:
    return told.when is None, -(told.when or date.min).toordinal(), told.to, told.what, told.why


def _told(
    collection: RedactedCollection, words: Mapping[str, tuple[str, ...]], titles: Mapping[str, str], ours: str
) -> Iterator[Disclosure]:
    view, wanted = shown(collection), [column for column in collection.columns if not column.withhold]
    for _, cells in view.rows(view.order, wanted):
        row = {column.name: value for column, value in zip(wanted, cells, strict=True) if not _empty(value)}
        values = {word: next((row[name] for name in columns if name in row), None) for word, columns in words.items()}
        if all(isinstance(value, Mark) for value in row.values()):
            continue
        activity = _activity(str(values.get("activity") or ""), titles) or collection.activity
        why = _text(values.get("why"))
        if not why or "://" in why:
            why = titles.get(activity, why)
        yield Disclosure(
            _day(values.get("when")), _text(values.get("to")) or ours, _text(values.get("what")) or texts()["leeg"], why, activity
        )


def _empty(value: Cell) -> bool:
    return not isinstance(value, Mark) and empty(plain(value))


def _day(value: Cell) -> date | None:
    return value.date() if isinstance(value, datetime) else day(value)


def _text(value: Cell) -> str:
    """One line; of what is withheld, the mark that stands in its place."""
    return ", ".join(cell(value).split("\n"))


def _activity(value: str, titles: Mapping[str, str]) -> str:
    """The activity of the register that an address or id names by its end; "" where it names none."""
    end = value.rstrip("/").replace("#", "/").rpartition("/")[2]
    return end if end in titles else ""

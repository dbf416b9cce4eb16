"""To whom data really went (AVG 15(1)(c), C-154/21): from rows of messages and logs, as they may be shown.

A collection tells of disclosures where it has the columns `when`, `to`, `what` and `why`: the fields of `disclosures` in
`dossier.json`. Every row of it is one; who it went to is in the column `to`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from config.redacted import RedactedCollection
from outputs.dossier import Disclosure
from outputs.shown import day, shown
from outputs.wording import cell

FIELDS = ("when", "to", "what", "why")

MANY = 3
"""Up to so many days of the same kind are named one by one."""


def disclosures(collections: Iterable[RedactedCollection], given: Iterable[Disclosure] = ()) -> tuple[Disclosure, ...]:
    """All disclosures, those `given` too, each once: the newest first, without a date last."""
    found = dict.fromkeys([*given, *(each for collection in collections for each in _of(collection))])
    return tuple(sorted(found, key=lambda d: (d.when is None, -(d.when or date.min).toordinal(), d.to, d.what, d.why, d.activity)))


def _of(collection: RedactedCollection) -> Iterator[Disclosure]:
    columns = {column.name: column for column in collection.columns}
    if not {*FIELDS} <= columns.keys():
        return
    view, wanted = shown(collection), [columns[name] for name in FIELDS]
    for _, (when, *told) in view.rows(view.order, wanted):
        to, what, why = (cell(value) for value in told)
        if to:
            yield Disclosure(day(when), to, what, why, collection.activity)


@dataclass(slots=True)
class Given:
    """What went to one recipient for one reason: on which days, and how often in all."""

    to: str
    what: str
    why: str
    times: int = 0
    days: set[date] = field(default_factory=set)


def gathered(held: Sequence[Disclosure]) -> list[Given]:
    """The same disclosures taken together: recipient by recipient, in the order in which they come."""
    found: dict[tuple[str, str, str], Given] = {}
    for each in held:
        one = found.setdefault((each.to, each.what, each.why), Given(each.to, each.what, each.why))
        one.times += 1
        if each.when:
            one.days.add(each.when)
    return list(found.values())

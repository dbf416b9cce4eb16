"""The columns of a table next to those of sources.yaml: which is which, what is new, and what is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from config.collection import UNCLASSIFIED, Column, Kind, Party
from config.folding import fold
from config.settings import Entity


@dataclass(frozen=True, slots=True)
class Shape:
    """One `Column` for each column of the data, in its order; `new` are not in sources.yaml, `gone` not in the data."""

    columns: tuple[Column, ...]
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def index(self, name: str) -> int | None:
        """The place of the column that sources.yaml calls `name`; None where the data lacks it."""
        return find(name, [column.name for column in self.columns])


def shape_of(entity: Entity, names: Sequence[str]) -> Shape:
    """How the columns `names` of the data fit sources.yaml; one that is not named there is kept, and withheld."""
    places = {name: find(name, names) for name in entity.columns}
    by_place = {place: name for name, place in places.items() if place is not None}
    columns = tuple(entity.columns[by_place[place]] if place in by_place else unclassified(name) for place, name in enumerate(names))
    used = {*entity.provides, *(column for alternative in entity.match for column in alternative)} - set(entity.columns)
    gone = [name for name, place in places.items() if place is None or by_place[place] != name]
    gone += [name for name in sorted(used) if find(name, names) is None]
    return Shape(columns, tuple(column.name for column in columns if column.withhold == UNCLASSIFIED), tuple(gone))


def find(name: str, names: Sequence[str]) -> int | None:
    """The place of `name` among `names`: exactly, or else the only one that differs in case, accents or spacing alone."""
    if name in names:
        return list(names).index(name)
    alike = [place for place, other in enumerate(names) if fold(other) == fold(name)]
    return alike[0] if len(alike) == 1 else None


def unclassified(name: str) -> Column:
    """A column that sources.yaml does not name: kept, counted, and withheld."""
    return Column(name, name, Kind.TEXT, Party.MIXED, withhold=UNCLASSIFIED)


def drift(entity: Entity, shape: Shape) -> tuple[str, ...]:
    """What is gone, a line for each, and what is new, as an administrator can act on it."""
    place = f"{entity.source}.{entity.name}"
    wrong = "is in sources.yaml but not in the data. Was it renamed? Mend sources.yaml"
    gone = (f"{place}: column {name} {wrong}." for name in shape.gone)
    return (*gone, *_new(place, shape.new))


def _new(place: str, names: Sequence[str]) -> tuple[str, ...]:
    """One line, however many there are: a wide table of which little was classified must not hide what else is wrong."""
    if not names:
        return ()
    if len(names) == 1:
        return (f"{place}: column {names[0]} is not in sources.yaml, so it is withheld. Classify it, or name it under withhold.",)
    listed = ", ".join(names)
    return (f"{place}: columns {listed} are not in sources.yaml, so they are withheld. Classify them, or name them under withhold.",)

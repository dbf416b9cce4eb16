"""What is wanted, as SQL conditions that an index can serve: each lets through at least every row that the matcher would take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from config.person import Person
from connectors.asking.wanted import Alternative, Condition
from connectors.written.dates import day_number, spellings
from connectors.written.figures import zeros_apart
from connectors.written.parts import Part

CHUNK = 500
"""Values of one key in one statement: few enough for every database, and for the index to be used."""

_WIDEST = 12
_SMALL = 100
"""With so few keys, text columns are also asked for each key with leading zeros, up to _WIDEST digits."""

Clause = sa.ColumnElement[bool]


class Asked:
    """The columns of one table as they can be compared: their type tells which form of a value an index holds."""

    def __init__(self, columns: Mapping[str, Any], dialect: str, *, small: bool) -> None:
        self.columns, self.dialect, self.small = columns, dialect, small

    def clauses(self, alternative: Alternative, names: Sequence[str]) -> Iterator[Clause]:
        """The conditions of one alternative, one clause for each chunk of its longest list of keys; `names` are the columns by place."""
        conditions = [condition for condition in alternative.conditions if condition.key not in _BY_PARTS]
        fixed = [clause for condition in alternative.conditions if (clause := self._by_part(condition, alternative, names)) is not None]
        if not conditions:
            yield sa.and_(*(fixed or self._names(alternative, names)))
            return
        longest = max(conditions, key=lambda condition: len(condition.values))
        others = [self.equals(names[c.place], c.key, tuple(c.values)) for c in conditions if c is not longest and len(c.values) <= CHUNK]
        for values in _chunks(tuple(longest.values)):
            yield sa.and_(self.equals(names[longest.place], longest.key, values), *others, *fixed)

    def equals(self, name: str, key: str, values: Sequence[str]) -> Clause:
        """That a column holds one of `values` in any form in which it may be kept."""
        if key == "subject.bsn":
            return self._bsn(name, values)
        if key == "subject.email":
            return sa.func.lower(sa.func.trim(self._text(name))).in_(values)
        if key == "subject.phone":
            return sa.or_(*(self._text(name).like("%".join(["", *value[-8:], ""])) for value in values))
        return self._in(name, _key_forms(values), _integers(values))

    def _bsn(self, name: str, values: Sequence[str]) -> Clause:
        forms = [form for value in values for form in bsn_forms(value)]
        found = self._in(name, forms, _integers(values))
        if not self.small or self._is_number(name):
            return found
        bare: Any = self._text(name)
        for mark in (".", " ", "-"):
            bare = sa.func.replace(bare, mark, "")
        return sa.or_(found, bare.in_([*values, *(zeros_apart(v) for v in values), *(f"{zeros_apart(v)},0" for v in values)]))

    def _in(self, name: str, texts: Sequence[str], numbers: Sequence[int]) -> Clause:
        """Membership by the type of the column; SQLite keeps what it is given whatever the type, so there both forms are asked."""
        column, kind = self._column(name), self.columns[name]
        if self.dialect == "sqlite":
            return sa.or_(column.in_(list(texts)), column.in_(list(numbers)))
        if isinstance(kind, sa.Integer):
            wide = 63 if isinstance(kind, sa.BigInteger) else 15 if isinstance(kind, sa.SmallInteger) else 31
            return column.in_([number for number in numbers if number < 2**wide])
        if isinstance(kind, sa.Numeric):
            return column.in_(list(numbers))
        if isinstance(kind, sa.Uuid):
            return column.in_([made if kind.as_uuid else str(made) for text in texts if (made := _uuid(text))])
        if isinstance(kind, sa.String) and not isinstance(kind, sa.Enum):
            return column.in_(list(texts))
        return self._text(name).in_(list(texts))

    def _by_part(self, condition: Condition, alternative: Alternative, names: Sequence[str]) -> Clause | None:
        """A condition on a birth date or a postcode, which narrow a search well; names are left to the matcher."""
        name = names[condition.place]
        if condition.key == "subject.birth_date" and alternative.person.birth_date:
            return self._day(name, alternative.person.birth_date)
        if condition.key == "subject.address":
            return self._address(name, condition.part, alternative.person)
        return None

    def _day(self, name: str, when: date) -> Clause:
        column, kind = self._column(name), self.columns[name]
        compact = int(when.strftime("%Y%m%d"))
        if self.dialect == "sqlite":
            return sa.or_(self._written_day(name, when), column.in_([compact, day_number(when)]))
        if isinstance(kind, sa.DateTime):
            start = datetime(when.year, when.month, when.day)  # noqa: DTZ001 - compared with a column that has no zone either
            return sa.and_(column >= start - timedelta(days=1), column < start + timedelta(days=2))
        if isinstance(kind, sa.Date):
            return column == when
        if isinstance(kind, sa.Integer | sa.Numeric):
            return column.in_([compact, day_number(when)])
        return self._written_day(name, when)

    def _written_day(self, name: str, when: date) -> Clause:
        column = self._column(name) if self.dialect == "sqlite" else self._text(name)
        begins = [f"{form}%" for form in (when.isoformat(), when.strftime("%Y%m%d"), when.strftime("%d-%m-%Y"))]
        spelled = [*spellings(when), *(form.capitalize() for form in spellings(when))]
        return sa.or_(
            column.in_(list(dict.fromkeys(spelled))), *(self._text(name).like(begin) for begin in begins), *self._loosely(name, when)
        )

    def _loosely(self, name: str, when: date) -> Sequence[Clause]:
        """In a small table any text that holds the two digits of the year: the matcher reads what it says."""
        return [self._text(name).like(f"%{when.year % 100:02}%")] if self.small else []

    def _address(self, name: str, part: Part, person: Person) -> Clause | None:
        text = sa.func.lower(self._text(name))
        match part:
            case Part.POSTCODE | Part.FULL_ADDRESS:
                codes = [address.postcode.lower().replace(" ", "") for address in person.addresses if address.postcode]
                streets = [address.street for address in person.addresses if address.street] if part is Part.FULL_ADDRESS else []
                wanted = [f"%{code[:4]}%{code[4:]}%" for code in codes] + [wild(street) for street in streets]
                return sa.or_(*(text.like(pattern) for pattern in wanted)) if wanted else None
            case Part.STREET:
                return sa.or_(*(text.like(wild(address.street)) for address in person.addresses if address.street), sa.false())
            case _:
                return None

    def _names(self, alternative: Alternative, names: Sequence[str]) -> list[Clause]:
        """Where nothing but a name is asked: that a family name column holds one of the family names, accents left open."""
        families = {family for name in alternative.person.names for family in (name.family, name.partner_family, name.given) if family}
        asked = [c for c in alternative.conditions if c.part in {Part.FAMILY, Part.PARTNER_FAMILY, Part.FULL_NAME}]
        texts = [sa.func.lower(self._text(names[condition.place])) for condition in asked]
        return [sa.or_(*(text.like(wild(family)) for text in texts for family in sorted(families)))] if texts else []

    def _column(self, name: str) -> sa.ColumnClause[Any]:
        return sa.column(name, None if self.dialect == "sqlite" else self.columns[name])

    def _text(self, name: str) -> sa.ColumnElement[str]:
        kind = self.columns[name]
        if isinstance(kind, sa.String) and not isinstance(kind, sa.Enum):
            return sa.type_coerce(sa.column(name), sa.String)
        return sa.cast(sa.column(name), sa.String(255))

    def _is_number(self, name: str) -> bool:
        return self.dialect != "sqlite" and isinstance(self.columns[name], sa.Integer | sa.Numeric)


_BY_PARTS = frozenset({"subject.name", "subject.birth_date", "subject.address"})


def bsn_forms(bsn: str) -> tuple[str, ...]:
    """The usual ways to keep a BSN as text.

    >>> bsn_forms("099990019")[:4]
    ('099990019', '99990019', '0999.90.019', '099.990.019')
    """
    dotted = (f"{bsn[:4]}.{bsn[4:6]}.{bsn[6:]}", f"{bsn[:3]}.{bsn[3:6]}.{bsn[6:]}")
    apart = tuple(form.replace(".", mark) for form in dotted for mark in " -")
    return tuple(dict.fromkeys((bsn, zeros_apart(bsn), *dotted, *apart, f"{zeros_apart(bsn)}.0")))


def _key_forms(values: Sequence[str]) -> list[str]:
    forms = [form for value in values for form in (value, zeros_apart(value))]
    if len(values) <= _SMALL:
        forms += [value.zfill(width) for value in values if value.isdigit() for width in range(len(value) + 1, _WIDEST + 1)]
    return list(dict.fromkeys(forms))


def _integers(values: Iterable[str]) -> list[int]:
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) <= 18]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def wild(text: str) -> str:
    """A LIKE pattern for any spelling of `text`: a letter that may bear an accent, and all that is no letter or digit, is left open.

    >>> wild("Bérg-Smit")
    '%b_r_%_m__%'
    """
    bare = set("abcdefghijklmnopqrstuvwxyz0123456789") - set("aeiouycnszlgdt")
    return "%" + "".join(c if c in bare else "_" if c.isalpha() else "%" for c in text.lower()) + "%"


def _chunks(values: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]

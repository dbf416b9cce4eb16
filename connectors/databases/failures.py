"""What a database's error means: come back later, no access, or not as agreed. Its own words may hold values, and stay here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from config.errors import SourceError, SourceRefused, SourceUnavailable, SourceUnreadable

_REFUSED_STATES = ("28", "42501", "3D000")
_REFUSED_NUMBERS = frozenset({1044, 1045, 1049, 1142, 1143, 1698, 18456, 1017, 1031})
_REFUSED_WORDS = re.compile(
    r"authentication failed|no password supplied|permission denied|access denied|no pg_hba"
    r"|(?:role|database) .* does not exist|not authorized"
)
_GONE_STATES = ("42P01", "42S02")
_GONE_NUMBERS = frozenset({1146, 208, 942})
_LATER_STATES = ("08", "53", "57", "40", "55P03")
_LATER_NUMBERS = frozenset({1205, 1213, 1969, 2002, 2003, 2006, 2013, 2055, 3024, 1040, 1203})
_LATER_WORDS = re.compile(
    r"locked|busy|interrupted|timed? ?out|timeout|could not connect|connection (?:failed|refused|reset)|lost connection|server closed"
    r"|can't connect|gone away|too many connections"
)


@contextmanager
def told(thing: str) -> Iterator[None]:
    """Turn what the driver raises inside the block into the errors of this house, about `thing`, without its words."""
    try:
        yield
    except (sa.exc.SQLAlchemyError, OSError, OverflowError, UnicodeError) as error:
        raise meant(thing, error) from None


def meant(thing: str, error: BaseException) -> SourceError:
    """The error of this house for one of a driver or of SQLAlchemy."""
    original = error.orig if isinstance(error, sa.exc.DBAPIError) and error.orig is not None else error
    state, number, words = str(getattr(original, "sqlstate", "") or ""), _number(original), str(original).lower()
    if isinstance(error, sa.exc.NoSuchTableError) or state.startswith(_GONE_STATES) or number in _GONE_NUMBERS:
        return SourceUnreadable(thing, "the table or view is not there", "Was it renamed? Mend `table` in sources.yaml")
    if state.startswith(_REFUSED_STATES) or number in _REFUSED_NUMBERS or _REFUSED_WORDS.search(words):
        return SourceRefused(thing, "the database does not give access", "Look at the user, its password and its rights to read")
    later = state.startswith(_LATER_STATES) or number in _LATER_NUMBERS or _LATER_WORDS.search(words)
    if later or isinstance(error, sa.exc.TimeoutError | OSError):
        return SourceUnavailable(thing, "the database did not answer in time", "Look whether it is running and can be reached from here")
    return SourceUnreadable(thing, "the database cannot carry out the question", "Compare its tables and columns with sources.yaml")


def _number(original: BaseException) -> int:
    first = original.args[0] if original.args else 0
    return first if isinstance(first, int) else 0

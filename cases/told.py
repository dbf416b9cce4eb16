"""What may stand in the audit trail: who of the staff did what, counts, states and hashes. Never a value of a resident."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from stdnum.nl import bsn as elfproef

from config.errors import AuditError, RequestError

LONGEST = 120
"""Of a name or a word; free text has no place here, for it may name anybody."""

_NINE = re.compile(r"(?<![0-9A-Za-z])[0-9]{9}(?![0-9A-Za-z])")


def check_actor(name: str) -> str:
    """The name of who acts, without spaces around it. Raises RequestError where it is none, or where it holds a BSN."""
    plain = name.strip()
    if not plain or len(plain) > LONGEST or not plain.isprintable():
        raise RequestError("user", f"needs a name of 1 to {LONGEST} characters", "Say who does this")
    if holds_bsn(plain):
        raise RequestError("user", "is a BSN where a name of the staff is needed", "Say who does this")
    return plain


def check_told(detail: Mapping[str, Any]) -> None:
    """Raise AuditError where `detail` could hold a value of a resident."""
    for value in _leaves(detail):
        if isinstance(value, str) and (len(value) > LONGEST or holds_bsn(value)):
            raise AuditError("audit trail", "an entry may hold counts, states and hashes only", "Report this; nothing was changed")


def holds_bsn(text: str) -> bool:
    """Whether nine digits stand in `text` that pass the elfproef.

    >>> holds_bsn("zie 999990019"), holds_bsn("INZ-2026-000123")
    (True, False)
    """
    return any(elfproef.is_valid(found) for found in _NINE.findall(text))


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield name
            yield from _leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(inner)
    elif value is None or isinstance(value, str | int):
        yield value
    else:
        raise AuditError("audit trail", f"an entry cannot hold a {type(value).__name__}", "Report this; nothing was changed")

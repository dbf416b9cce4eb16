"""What people told of a request besides decisions: passages they pointed at, words they decided on everywhere, people they made known."""

from __future__ import annotations

import hashlib
from typing import TypeVar

from config.codec import decode
from config.person import KnownPerson
from config.redacted import Passage, Wording
from flows.workplace import Workplace

T = TypeVar("T")


def passage_name(passage: Passage) -> str:
    """Under which name a passage lies in the vault: by its place, so that two people who point at once lose nothing."""
    told = (passage.source, passage.entity, passage.row, passage.column, passage.document, passage.page, passage.start, passage.end)
    return f"passages/{hashlib.sha256('/'.join(map(str, told)).encode()).hexdigest()[:24]}"


def passages(work: Workplace, number: str) -> tuple[Passage, ...]:
    """What people withheld by pointing at it, in the order of their places."""
    return tuple(p for name in _under(work, number, "passages/") if (p := _read_optional(work, number, name, Passage)) is not None)


def wordings(work: Workplace, number: str) -> tuple[Wording, ...]:
    """What people decided of the same words everywhere, also where they were not collected yet."""
    return tuple(w for name in _under(work, number, "wordings/") if (w := wording(work, number, name)) is not None)


def wording(work: Workplace, number: str, name: str) -> Wording | None:
    """One of them, by its name in the vault; None where it was taken back."""
    return _read_optional(work, number, name, Wording)


def people(work: Workplace, number: str) -> tuple[KnownPerson, ...]:
    """Whom people made known by hand, besides those that the sources tell of."""
    return tuple(p for name in _under(work, number, "people/") if (p := _read_optional(work, number, name, KnownPerson)) is not None)


def _under(work: Workplace, number: str, folder: str) -> list[str]:
    return [name for name in work.vault.names(number) if name.startswith(folder)]


def _read_optional(work: Workplace, number: str, name: str, kind: type[T]) -> T | None:
    """What is kept under a name; None where it was taken back."""
    held: T | None = decode(work.vault.get(number, name), kind | None)  # type: ignore[arg-type]  # a union is a type to read, not to make
    return held

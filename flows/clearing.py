"""The way out where the search of a draft finds a word that is somebody's name elsewhere and not here: a person says so, with a reason.

Withholding it is done at its place, as a passage. Who clears a value handles the request, so two others approve what follows, and see it.
"""

from __future__ import annotations

import uuid
from collections.abc import Set
from pathlib import Path

import outputs
from config.codec import decode, encode
from config.errors import RequestError
from config.redacted import Cleared, Secret
from flows.workplace import Workplace
from outputs import Found

FOUND, FOLDER = "internal/found", "cleared/"

NEVER = frozenset({"bsn", "iban", "email"})
"""Kinds that are one person's wherever they stand: no word of theirs is anything else."""


def keep(work: Workplace, number: str, folder: Path, secrets: Set[Secret]) -> None:
    """Keep for the desk which of these values stand in the files of the draft, and with which words around them."""
    found_now = outputs.found_in(folder, secrets, outputs.house_of(work.config)) if secrets else ()
    work.vault.put(number, FOUND, encode(found_now))


def found(work: Workplace, number: str) -> tuple[Found, ...]:
    """The withheld values that the last search found in the draft; () where there was none, or it found nothing."""
    return decode(work.vault.get(number, FOUND), tuple[Found, ...]) if work.vault.exists(number, FOUND) else ()


def cleared(work: Workplace, number: str) -> dict[str, Cleared]:
    """What people said is not that person, by the name under which the vault keeps it."""
    names = (name for name in work.vault.names(number) if name.startswith(FOLDER))
    kept = {name: decode(work.vault.get(number, name), Cleared | None) for name in sorted(names)}  # type: ignore[arg-type]  # a union is a type to read, not to make
    return {name: one for name, one in kept.items() if one is not None}


def sought(work: Workplace, number: str, secrets: Set[Secret]) -> frozenset[Secret]:
    """The withheld values that must still not be found in a finished file."""
    return frozenset(secrets) - {one.secret for one in cleared(work, number).values()}


def clear(work: Workplace, number: str, key: str, reason: str, by: str) -> None:
    """Take one found value as not that person, for this request alone; the trail keeps who and why, sealed.

    Raises RequestError where it was not found, is a number that is one person's wherever it stands, or no reason is given.
    """
    one = next((one for one in found(work, number) if one.key == key), None)
    if one is None:
        raise RequestError(number, "the search of the draft found no such value", f"See: inzage review found {number}")
    if one.secret.kind in NEVER:
        raise RequestError(
            number, f"a value of kind {one.secret.kind} is one person's wherever it stands", "Withhold the passage, or decide the item"
        )
    if not reason.strip():
        raise RequestError(number, "a value cannot be cleared without a reason", "Say what the word means where it stands")
    work.register.judging.reopen(number, by, "value cleared", {"kind": one.secret.kind}, reason)
    work.vault.put(number, f"{FOLDER}{uuid.uuid4().hex}", encode(Cleared(one.secret, reason.strip(), by)), by)


def restore(work: Workplace, number: str, name: str, by: str) -> None:
    """Search for a cleared value again. Raises RequestError where there is none of this name."""
    one = cleared(work, number).get(name)
    if one is None:
        raise RequestError(number, "there is no such cleared value", f"See: inzage review found {number}")
    work.register.judging.reopen(number, by, "undecided", {"kind": one.secret.kind})
    work.vault.put(number, name, encode(None), by)

"""What the search of a draft found, value by value and with the words around it: for the desk, which decides whose each of them is."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from config.discretion import discreet
from config.redacted import Secret
from outputs.house import House, living
from outputs.leaks import lying, ours_of, texts_of
from outputs.needles import needles, spellings, words

AROUND = 6
"""So many words on either side are shown."""


@discreet
@dataclass(frozen=True, slots=True)
class Found:
    """One withheld value that stands in a draft: how often, and in which file and with which words around it first."""

    secret: Secret
    count: int
    place: str  # "dossier.pdf text"
    around: str  # folded

    @property
    def key(self) -> str:
        """By what the desk calls it, within one request only."""
        return key_of(self.secret)


def key_of(secret: Secret) -> str:
    """By what the desk calls a withheld value."""
    return hashlib.sha256(f"{secret.kind}/{secret.value}".encode()).hexdigest()[:12]


def found_in(folder: Path, secrets: Collection[Secret], house: House | None = None) -> tuple[Found, ...]:
    """The withheld values that stand in the unsealed files of `folder`, in order of kind and value."""
    with living(house or House()):
        files = lying(folder)
        ours = ours_of(files)
        wanted = needles(secrets, ours.single, ours.gemeente)
        seen: dict[str, tuple[int, str, str]] = {}
        for place, _, text in texts_of(files, ours):
            for needle, at in wanted.found(text) if text else ():
                count, first, around = seen.get(needle, (0, place, ""))
                told = text.split()
                seen[needle] = (count + 1, first, around or " ".join(told[max(0, at - AROUND) : at + len(needle.split()) + AROUND]))
    return tuple(sorted(_of(secrets, seen), key=lambda one: (one.secret.kind, one.secret.value)))


def _of(secrets: Collection[Secret], seen: dict[str, tuple[int, str, str]]) -> list[Found]:
    """Each secret that is spelled as one of the values that were found."""
    found = []
    for secret in secrets:
        spelled = {form for spelling in spellings(secret) if (whole := words(spelling)) for form in (whole, whole.replace(" ", ""))}
        if hits := [seen[form] for form in sorted(spelled) if form in seen]:
            found.append(Found(secret, sum(count for count, _, _ in hits), hits[0][1], hits[0][2]))
    return found

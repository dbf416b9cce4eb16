"""The withheld values that must not be found in a finished file: those that tell of somebody, and nothing the subject may see.

A value missed here can leave unnoticed; a value too many stops a release that was in order. So: whole values first; single
words of a name only where the word tells of that person alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from config.collection import Column, Kind, Party
from config.folding import fold, squeeze
from config.person import Person, Subject
from config.redacted import Action, Secret, Span
from redaction.days import dates
from redaction.lexicon import Is, lexicon
from redaction.people import PREFIXES, words_of

_TELLING = frozenset({Kind.NAME, Kind.BSN, Kind.ADDRESS, Kind.PHONE, Kind.EMAIL, Kind.IBAN, Kind.PLATE, Kind.ID})
_DIGITS = re.compile(r"\d")
_LITERALS = frozenset({"true", "false", "null", "none", "nan"})
"""What programs write for a truth or for nothing: it tells of nobody, and stands in every file of data."""

_PLAIN = re.compile(r"[a-z]+(?:[ /-][a-z]+)*")


@dataclass(slots=True)
class Secrets:
    """Gathers withheld values; `given_out` takes away what stands disclosed elsewhere."""

    found: set[Secret] = field(default_factory=set)
    own: set[str] = field(default_factory=set)  # squeezed values and folded words of the subject, and of what is disclosed
    named: set[str] = field(default_factory=set)  # the names that were taken in: those of a file come again and again
    added: set[tuple[str, str]] = field(default_factory=set)  # the values by kind, likewise

    def know(self, subject: Subject) -> None:
        """Take in what is the subject's own: never a secret."""
        self.own |= set(_own(subject.person))
        self.own |= {squeeze(v) for found in subject.keys.values() for v in found}

    def disclosed(self, value: Any, words: bool) -> None:
        """Take in a value of a cell that the subject may see as it is; with `words`, none of its words is a secret any more."""
        if isinstance(value, str):
            self.own |= {squeeze(value), _birth(value), *(words_of(value) if words else ())}
        elif value is not None:
            self.own |= {squeeze(written) for written in _written(value)} | {_birth(written) for written in _written(value)}

    def spans(self, text: str, spans: Iterable[Span]) -> None:
        """Take in what is withheld of a text."""
        for span in spans:
            value = text[span.start : span.end]
            if span.action is Action.KEEP:
                self.own |= {squeeze(value), _birth(value), *(words_of(value) if span.category == "name" else ())}
            elif span.category != "detail" and span.detector != "told":
                self._span(value, span)

    def _span(self, value: str, span: Span) -> None:
        if span.category == "name":
            if span.action is Action.REDACT and span.party is not Party.MIXED:
                self.name(value)
            elif span.party is not Party.MIXED and len([word for word in words_of(value) if word not in PREFIXES]) > 1:
                self._add(value, "name")  # a doubtful word alone may be of an organisation that is shown elsewhere
        elif span.category == "passage":
            self.technical(value)  # a plain word that somebody pointed at may stand elsewhere; a number or a name may not
        elif span.category == "birth_date":
            if re.search(r"\d{4}|\d[-/.]\d{1,2}[-/.]\d{2}$", value):
                self._add(value, "birth_date")
        elif span.category == "address" and not _DIGITS.search(value):
            return
        elif not (span.category == "id" and span.action is Action.REVIEW):
            self._add(value, span.category)

    def name(self, value: str) -> None:
        """Take in a name: whole, and the family name alone where that word is nothing else."""
        if value in self.named:
            return
        self.named.add(value)
        words = words_of(value)
        solid = [word for word in words if word not in PREFIXES and len(word) > 1]
        if len(solid) > 1 or (solid and len(words) > 1 and not _ordinary(solid[-1])):
            self._add(value, "name")
        elif solid and not _ordinary(solid[0]):
            self._add(value, "name_part")
        for word in solid:
            if not _ordinary(word):
                self._add(word, "name_part")

    def cell(self, column: Column, value: Any) -> None:
        """Take in a withheld cell, if its kind tells of somebody."""
        if value is None:
            return
        if column.kind is Kind.NAME and isinstance(value, str):
            self.name(value)
        elif column.kind in _TELLING and not isinstance(value, bool) and (column.kind is not Kind.ID or len(squeeze(str(value))) >= 5):
            self._add(str(value), str(column.kind))
        elif column.kind is Kind.DATE and "geboort" in fold(f"{column.name} {column.label} {column.category}"):
            self._add(_day(value), "birth_date")
        elif column.kind is Kind.TEXT and isinstance(value, str):
            self.technical(value)

    def row(self, column: Column, value: Any) -> None:
        """Take in a cell of a row that may be of somebody else."""
        if column.withhold:
            self.technical(value)
        else:
            self.cell(column, value)

    def technical(self, value: Any) -> None:
        """Take in a value nobody classified: what is long enough and no plain word or small number."""
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 99_999:
            value = str(value)
        if not isinstance(value, str) or len(value.strip()) < 4 or len(value) > 200:
            return
        folded = fold(value).strip()
        if folded in _LITERALS:
            return
        if _PLAIN.fullmatch(folded) and all(lexicon().of(word) & (Is.WORD | Is.FUNCTION) for word in re.split(r"[ /-]", folded)):
            return
        if re.fullmatch(r"[\d.,:/ -]+", folded) and len(squeeze(value)) < 6:
            return
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}(?:[t ][\d:.+z-]+)?", folded):
            return
        self._add(value, "text")

    def _add(self, value: str, kind: str) -> None:
        if (value, kind) not in self.added and len(squeeze(value)) >= 3:
            self.added.add((value, kind))
            self.found.add(Secret(value.strip(), kind))

    def kept(self, seen: frozenset[str] | set[str]) -> frozenset[Secret]:
        """The secrets that are really secret: without those of the subject's own and those in `seen` (disclosed elsewhere)."""
        return frozenset(secret for secret in self.found if not self._open(secret, seen))

    def _open(self, secret: Secret, seen: frozenset[str] | set[str]) -> bool:
        compact = squeeze(secret.value)
        if compact in self.own or compact in seen:
            return True
        if secret.kind == "name":
            words = [w for w in words_of(secret.value) if w not in PREFIXES and len(w) > 1]
            return all(word in self.own or word in seen for word in words)
        if secret.kind == "birth_date":
            return _birth(secret.value) in self.own
        if secret.kind == "text":
            return all(word in self.own or _ordinary(word) for word in words_of(secret.value)) and not _DIGITS.search(secret.value)
        return False


def _ordinary(word: str) -> bool:
    """Whether the word alone tells of nobody: a Dutch word, a place, two letters."""
    return len(word) < 4 or bool(lexicon().of(word) & (Is.WORD | Is.PLACE | Is.NOT_PERSON | Is.MONTH | Is.ORG_BEFORE))


def _own(person: Person) -> Iterable[str]:
    for name in person.names:
        for part in (name.given, name.call, name.family, name.partner_family):
            yield from words_of(part)
            yield squeeze(part)
    for address in person.addresses:
        yield from (
            squeeze(f"{address.street} {address.number}"),
            squeeze(address.postcode),
            squeeze(address.city),
            squeeze(address.street),
            *words_of(address.street),
        )
        yield squeeze(f"{address.street} {address.number} {address.postcode} {address.city}")
        yield squeeze(f"{address.street} {address.number} {address.postcode}")
        yield squeeze(f"{address.postcode} {address.number}")
        yield squeeze(f"{address.postcode}{address.city}")
    for value in (*person.emails, *person.phones, *person.ibans, *person.plates, person.bsn):
        if value:
            yield squeeze(value)
            yield squeeze(value)[-9:]
    if person.birth_date:
        yield _birth(person.birth_date.isoformat())
        yield from (squeeze(w) for w in _written(person.birth_date))


def _birth(value: str) -> str:
    """The day as eight figures, whatever the order it is written in; the text itself where it is none."""
    if value.isdigit() or not _DIGITS.search(value):
        return value
    for _, _, parts, _, _ in dates(fold(value)):
        return f"day {parts[0]} {parts[1]} {parts[2]}"
    return value


def _written(value: Any) -> Iterable[str]:
    if isinstance(value, datetime | date):
        yield from (value.strftime(form) for form in ("%Y-%m-%d", "%d-%m-%Y"))
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield str(value)


def _day(value: Any) -> str:
    return value.strftime("%Y-%m-%d") if isinstance(value, datetime | date) else str(value)

"""The numbers, addresses and dates known of the subject and of everybody else: what may stay, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from config.discretion import counts
from config.folding import fold, squeeze
from config.person import Address, Person, Subject
from redaction.lexicon import Is, lexicon
from redaction.people import People, Somebody, around, words_of


@dataclass(frozen=True, slots=True)
class Values:
    """Known values by kind and normal form -> the numbers of those they belong to (0 is the subject)."""

    bsns: Mapping[str, frozenset[int]]
    ibans: Mapping[str, frozenset[int]]
    phones: Mapping[str, frozenset[int]]
    emails: Mapping[str, frozenset[int]]
    plates: Mapping[str, frozenset[int]]
    births: tuple[tuple[date, int], ...]
    homes: tuple[tuple[str, str, str, int, bool], ...]  # street and number squeezed, postcode, owner, secret
    users: Mapping[str, frozenset[int]]  # names to log in with, as they are usually made
    own_ids: frozenset[str]

    def __repr__(self) -> str:
        return counts(self)

    def home(self, street: str, number: str, postcode: str) -> tuple[frozenset[int], bool]:
        """Whose address this is, and whether it is secret; what is not written does not speak against it."""
        street, number = squeeze(street), squeeze(number)
        found, secret = set(), False
        for known_street, known_number, known_postcode, owner, hidden in self.homes:
            by_street = bool(street) and _same_street(street, known_street) and number in ("", known_number)
            by_postcode = bool(postcode) and postcode == known_postcode and number in ("", known_number)
            contradicted = bool(postcode and known_postcode and postcode != known_postcode)
            if (by_street and not contradicted) or (by_postcode and not street):
                found.add(owner)
                secret = secret or hidden
        return frozenset(found), secret


def _same_street(written: str, known: str) -> bool:
    """`kerkstr` is `kerkstraat`; one letter may be left out or doubled."""
    short = re.sub(r"straat$", "str", known)
    return (
        written in (known, short)
        or written.endswith(known)
        or (len(written) > 7 and abs(len(written) - len(known)) <= 1 and _near(written, known))
    )


def _near(a: str, b: str) -> bool:
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    return a[start + 1 :] == b[start + 1 :] or a[start:] == b[start + 1 :] or a[start + 1 :] == b[start:]


def values(subject: Subject, people: People) -> Values:
    """All that is known of everybody, turned round."""
    everybody = [subject.person, *(known.person for known in around(subject))]
    return Values(
        bsns=_owners(everybody, lambda p: [re.sub(r"\D", "", p.bsn).zfill(9)] if p.bsn else []),
        ibans=_owners(everybody, lambda p: [squeeze(i) for i in p.ibans]),
        phones=_owners(everybody, lambda p: [digits[-9:] for i in p.phones if (digits := re.sub(r"\D", "", i))]),
        emails=_owners(everybody, lambda p: [fold(i) for i in p.emails]),
        plates=_owners(everybody, lambda p: [squeeze(i) for i in p.plates]),
        births=tuple((p.birth_date, n) for n, p in enumerate(everybody) if p.birth_date is not None),
        homes=tuple(_home(a, n) for n, p in enumerate(everybody) for a in p.addresses if a.street or a.postcode),
        users=_users(people.known),
        own_ids=frozenset(squeeze(value) for found in subject.keys.values() for value in found if len(squeeze(value)) > 3),
    )


def _home(address: Address, owner: int) -> tuple[str, str, str, int, bool]:
    return squeeze(address.street), squeeze(address.number), squeeze(address.postcode), owner, address.secret


def _owners(everybody: Iterable[Person], told: object) -> Mapping[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for number, person in enumerate(everybody):
        for value in told(person):  # type: ignore[operator] # a lambda of this module
            found[value] = found.get(value, frozenset()) | {number}
    return found


def _users(known: Iterable[Somebody]) -> Mapping[str, frozenset[int]]:
    """`jdewit`, `j.de.wit`, `hanneke.dewit`, `dewitj`: who logs in is told by the name."""
    found: dict[str, frozenset[int]] = {}
    for number, somebody in enumerate(known):
        for form in _logins(somebody):
            found[form] = found.get(form, frozenset()) | {number}
    return found


def _logins(somebody: Somebody) -> set[str]:
    forms: set[str] = set()
    for household in somebody.households:
        whole, last = "".join(household), household[-1]
        for first in sorted(somebody.given | somebody.initials):
            forms |= {
                first + whole,
                whole + first,
                first + last,
                last + first,
                "".join(w[0] for w in household[:-1]) and first[0] + "".join(w[0] for w in household[:-1]) + last,
            }
    return {form for form in forms if len(form) > 4 and form not in somebody.words and not lexicon().of(form) & ~Is.PROPER}


def addresses_of(person: Person) -> frozenset[str]:
    """The words that are streets of this person, whatever they look like: the last word of each street."""
    return frozenset(words[-1] for a in person.addresses if (words := words_of(a.street)))

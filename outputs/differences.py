"""Values of one fact that contradict each other over sources: what a resident should check (AVG 5(1)(d), 16)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from config.folding import fold, squeeze
from config.person import Address, Fact, Person
from outputs.dossier import Difference

_EXACT = frozenset({"bsn", "iban", "plate", "id", "amount"})
_DUTCH_DATE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_POSTCODE = re.compile(r"\b([1-9]\d{3}) ?([a-z]{2})\b")


def differences(facts: Iterable[Fact], person: Person) -> tuple[Difference, ...]:
    """Each fact of which two entities hold values of which none stands for another, in order of kind.

    An entity that keeps history does not contradict one that knows the present only: former addresses of `person` are
    left out where the entity holds another one too.
    """
    by_kind: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.value.strip():
            by_kind.setdefault(fact.what, []).append(fact)
    former = tuple(_words("address", _line(address)) for address in person.addresses if address.until)
    return tuple(Difference(what, _values(held)) for what, held in sorted(by_kind.items()) if _contradict(what, held, former))


def _line(address: Address) -> str:
    return f"{address.street} {address.number} {address.postcode} {address.city}"


def _values(facts: Sequence[Fact]) -> tuple[tuple[str, str], ...]:
    seen = {(fact.learnt_from, _words(fact.what, fact.value)): fact for fact in reversed(facts)}
    return tuple(sorted((fact.learnt_from, fact.value) for fact in seen.values()))


def _contradict(what: str, facts: Sequence[Fact], former: Sequence[frozenset[str]]) -> bool:
    held: dict[str, set[frozenset[str]]] = {}
    for fact in facts:
        held.setdefault(fact.learnt_from, set()).add(_words(what, fact.value))
    entities = [_present(values, former) if what == "address" else values for values in held.values()]
    return any(_lacks(one, other) and _lacks(other, one) for i, one in enumerate(entities) for other in entities[i + 1 :])


def _present(values: set[frozenset[str]], former: Sequence[frozenset[str]]) -> set[frozenset[str]]:
    return {value for value in values if not any(value <= old or old <= value for old in former)} or values


def _lacks(one: Iterable[frozenset[str]], other: Iterable[frozenset[str]]) -> bool:
    """Whether one holds a value that the other holds in no form, longer or shorter."""
    known = list(other)
    return any(not any(_within(a, b) or _within(b, a) for b in known) for a in one)


def _within(less: frozenset[str], more: frozenset[str]) -> bool:
    """Whether `more` says all that `less` says; a single letter stands for a name that begins with it."""
    return all(word in more or (len(word) == 1 and word.isalpha() and any(w.startswith(word) for w in more)) for word in less)


def _words(what: str, value: str) -> frozenset[str]:
    """What a value says, whatever its spelling: a value that says less is a part of the one that says more."""
    if what in _EXACT:
        return frozenset({squeeze(value).lstrip("0")})
    if what == "phone":
        return frozenset({national(value)})
    if what in ("birth_date", "date"):
        return frozenset({_iso(value)})
    if what == "email":
        return frozenset({fold(value)})
    return frozenset(re.findall(r"[^\W_]+", _POSTCODE.sub(r"\1\2", fold(value))))


def national(phone: str) -> str:
    """The digits of a telephone number as dialled within the Netherlands.

    >>> national("+31 (0)6 12345678")
    '0612345678'
    """
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    return "0" + digits.removeprefix("00").removeprefix("31").lstrip("0") if phone.strip()[:1] == "+" or digits[:2] == "00" else digits


def _iso(value: str) -> str:
    if found := _DUTCH_DATE.fullmatch(value.strip()):
        day, month, year = (int(part) for part in found.groups())
        return f"{year:04}-{month:02}-{day:02}"
    digits = re.sub(r"\D", "", value)[:8]
    try:
        return date.fromisoformat(digits).isoformat()
    except ValueError:
        return fold(value)

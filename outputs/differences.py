"""Values of one fact that contradict each other over sources: what a resident should check (AVG 5(1)(d), 16)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from config.folding import fold, squeeze
from config.person import Address, Fact, Name, Person
from outputs.circumstances import FACTS
from outputs.dossier import Difference

_EXACT = frozenset({"bsn", "iban", "plate", "id", "amount"})
_DUTCH_DATE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_POSTCODE = re.compile(r"\b([1-9]\d{3}) ?([a-z]{2})\b")


def differences(facts: Iterable[Fact], person: Person) -> tuple[Difference, ...]:
    """Each fact of which two entities hold values of which none stands for another, in order of kind; with who holds what.

    History contradicts nobody: an entity that has the value of another too has it besides an earlier one, and former addresses
    of `person` are left out where the entity holds another one. A call name, and the name of a partner, are the same person.
    """
    same = _Same(person)
    by_kind: dict[str, dict[str, dict[frozenset[str], Fact]]] = {}
    for fact in facts:
        if fact.value.strip():
            by_kind.setdefault(fact.what, {}).setdefault(fact.learnt_from, {}).setdefault(same.words(fact.what, fact.value), fact)
    found = ((what, _contradicting(what, held, same)) for what, held in sorted(by_kind.items()))
    return tuple(Difference(what, values) for what, values in found if values)


def _contradicting(what: str, held: Mapping[str, Mapping[frozenset[str], Fact]], same: _Same) -> tuple[tuple[str, str], ...]:
    """The present values of the entities that contradict another."""
    present = {entity: same.present(what, values) for entity, values in held.items()}
    against = (one for one in present for other in present if one != other and not same.meet(what, present[one], present[other]))
    return tuple(sorted((entity, held[entity][words].value) for entity in set(against) for words in present[entity]))


def side_by_side(difference: Difference) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each value once, in its fullest writing, with all that have it in any writing; what most have comes first."""
    groups: list[tuple[frozenset[str], str, list[str]]] = []
    for source, value in sorted(difference.values, key=lambda held: (-len(_words(difference.what, held[1])), -len(held[1]), held)):
        words = _words(difference.what, value)
        at = next((group for group in groups if _within(words, group[0])), None)
        if at is None:
            groups.append(at := (words, value, []))
        at[2].append(source)
    groups.sort(key=lambda group: -len(set(group[2])))
    return tuple((value, tuple(dict.fromkeys(sources))) for _, value, sources in groups)


class _Same:
    """When two values are the same to a person: whatever their spelling, and however much of it each says."""

    def __init__(self, person: Person) -> None:
        self._former = tuple(_words("address", _line(address)) for address in person.addresses if address.until)
        self._called = {fold(n.call): _words("name", n.given) for n in person.names if n.call and n.given}
        self._whole = {
            "name": tuple(_words("name", _whole(name)) for name in person.names if name.family and name.partner_family),
            "address": tuple(_words("address", _line(address)) for address in person.addresses if not address.until),
        }

    def words(self, what: str, value: str) -> frozenset[str]:
        """What a value says; of a name with the given names in place of a call name."""
        words = _words(what, value)
        return frozenset().union(*(self._called.get(word, {word}) for word in words)) if what == "name" else words

    def present(self, what: str, values: Iterable[frozenset[str]]) -> frozenset[frozenset[str]]:
        """The values but for former addresses; these too where there is nothing else."""
        every = frozenset(values)
        if what != "address":
            return every
        return frozenset(v for v in every if not any(v <= old or old <= v for old in self._former)) or every

    def meet(self, what: str, one: Iterable[frozenset[str]], other: Iterable[frozenset[str]]) -> bool:
        """Whether a value of the one stands for a value of the other: longer or shorter, or each a part of what is known whole."""
        return any(self._agree(a, b, self._whole.get(what, ())) for a in one for b in other)

    @staticmethod
    def _agree(a: frozenset[str], b: frozenset[str], known: Iterable[frozenset[str]]) -> bool:
        return _within(a, b) or _within(b, a) or any(_within(a, whole) and _within(b, whole) for whole in known)


def _whole(name: Name) -> str:
    return f"{name.given or name.initials} {name.prefix} {name.family} {name.partner_prefix} {name.partner_family}"


def _line(address: Address) -> str:
    return f"{address.street} {address.number} {address.postcode} {address.city}"


def _within(less: frozenset[str], more: frozenset[str]) -> bool:
    """Whether `more` says all that `less` says; a single letter stands for a name that begins with it."""
    return all(word in more or (len(word) == 1 and word.isalpha() and any(w.startswith(word) for w in more)) for word in less)


def _words(what: str, value: str) -> frozenset[str]:
    """What a value says, whatever its spelling: a value that says less is a part of the one that says more."""
    if what in _EXACT:
        return frozenset({squeeze(value).lstrip("0")})
    if what in FACTS:
        return frozenset({fold(value.partition(" (")[0])})
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

"""Everybody known in this file, and every word by which they may be named. The subject is number 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from config.collection import Party
from config.discretion import counts
from config.folding import fold
from config.person import KnownPerson, Name, Person, Role
from config.person import Subject as Requester

PREFIXES = frozenset(
    [
        "van",
        "de",
        "der",
        "den",
        "het",
        "'t",
        "ter",
        "ten",
        "te",
        "el",
        "al",
        "ben",
        "bin",
        "ibn",
        "abu",
        "von",
        "zu",
        "da",
        "dos",
        "das",
        "do",
        "del",
        "della",
        "di",
        "du",
        "la",
        "le",
        "les",
        "aan",
        "in",
        "op",
        "ait",
        "oulad",
        "vande",
        "vanden",
        "vander",
        "s",
        "t",
    ]
)


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person of the file as the finders compare: all words folded. `key` tells people apart; `base` is the word of the label."""

    key: str
    base: str
    party: Party
    sex: str  # "f", "m" or ""
    given: frozenset[str]  # the first given name and the call name: what somebody goes by
    family: frozenset[str]  # the words of all family names, without prefixes
    initials: frozenset[str]  # letters that may stand first
    households: tuple[tuple[str, ...], ...] = ()  # each family name with its prefixes, in order
    informant: bool = False
    also: frozenset[str] = frozenset()  # further given names: of this person only next to another part of the name

    def __repr__(self) -> str:
        return counts(self)

    @property
    def words(self) -> frozenset[str]:
        """All words that name this person."""
        return self.given | self.family | self.also


@dataclass(frozen=True, slots=True)
class People:
    """Somebody by number, and the numbers by word; `subject` is 0 where there is one."""

    known: tuple[Somebody, ...]
    by_word: dict[str, tuple[int, ...]] = field(default_factory=dict)
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # one letter left out -> the words it may be
    slips: dict[str, str] = field(default_factory=dict)  # the words that were asked of `near`, with what came of it

    def __repr__(self) -> str:
        return counts(self)

    def spelled(self, word: str) -> str:
        """The name that `word` is a slip of the pen for (one letter more, less, other, or two swapped), or ""."""
        if not 5 <= len(word) <= 30:
            return ""
        known = self.slips.get(word)
        if known is None:
            if len(self.slips) >= _ASKED:
                self.slips.clear()
            known = self.slips[word] = self._spelled(word)
        return known

    def _spelled(self, word: str) -> str:
        tried = (word, *(word[:i] + word[i + 1 :] for i in range(len(word))))
        for form in tried:
            for name in self.near.get(form, ()):
                if abs(len(name) - len(word)) <= 1 and name[0] == word[0] and _one_apart(word, name) and not _pair(word, name):
                    return name
        return ""


_ASKED = 20_000
"""So many words are kept with their slips; then all are forgotten, for memory does not grow with the input."""


def _pair(a: str, b: str) -> bool:
    """`Rudsel` and `Rudsela`, `Gerard` and `Gerarda`: a man's and a woman's name, not a slip of the pen."""
    short, long = sorted((a, b), key=len)
    return long[:-1] == short and long[-1] in "aei"


def _one_apart(a: str, b: str) -> bool:
    """Whether one insertion, deletion, change or swap of neighbours makes `a` into `b`."""
    if a == b:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    x, y = a[start:], b[start:]
    return x[1:] == y[1:] or x[1:] == y or x == y[1:] or (x[:2] == y[1::-1] and len(y) > 1 and x[2:] == y[2:])


def people(everybody: Iterable[Somebody]) -> People:
    """The index over `everybody`, the subject first."""
    known = tuple(everybody)
    by_word: dict[str, tuple[int, ...]] = {}
    _enter(by_word, known, 0)
    near: dict[str, tuple[str, ...]] = {}
    for word in sorted(by_word):
        if len(word) >= 5:
            for form in {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}:
                near[form] = (*near.get(form, ()), word)
    return People(known, by_word, near)


def joined(known: People, newcomers: Iterable[Somebody]) -> People:
    """`known` and the newcomers, who are not looked for in misspelt forms. The index goes over to the answer: `known` is used no more.

    A file of thousands of people has one index that grows, not a copy of it for each of them.
    """
    more = tuple(newcomers)
    _enter(known.by_word, more, len(known.known))
    return People((*known.known, *more), known.by_word, known.near, known.slips)


@contextmanager
def beside(known: People, newcomers: Iterable[Somebody]) -> Iterator[People]:
    """`known` with the newcomers for as long as one text is read again; the index is as it was when that is done."""
    more = tuple(newcomers)
    before = {word: known.by_word.get(word) for somebody in more for word in somebody.words}
    try:
        _enter(known.by_word, more, len(known.known))
        yield People((*known.known, *more), known.by_word, known.near, known.slips)
    finally:
        for word, numbers in before.items():
            if numbers is None:
                known.by_word.pop(word, None)
            else:
                known.by_word[word] = numbers


def _enter(by_word: dict[str, tuple[int, ...]], more: Iterable[Somebody], first: int) -> None:
    for number, somebody in enumerate(more, first):
        for word in sorted(somebody.words):
            by_word[word] = (*by_word.get(word, ()), number)


def of_request(requester: Requester, spoken: Mapping[str, str]) -> People:
    """The subject and everybody known around them."""
    others = around(requester)
    told = (_around(number, known, spoken) for number, known in enumerate(others, 1))
    return people((_somebody("subject", "", Party.SUBJECT, requester.person), *told))


def around(requester: Requester) -> list[KnownPerson]:
    """Everybody around the subject once, though several sources tell of them; the first source to name a relation is believed.

    The same BSN is the same person; so is the same whole name, where no date of birth or BSN speaks against it.
    """
    kept: list[KnownPerson] = []
    for known in sorted(requester.people, key=lambda k: (not k.relation, k.role is not Role.RELATIVE)):
        if _same(known.person, requester.person):
            continue
        twin = next((n for n, other in enumerate(kept) if _same(known.person, other.person)), None)
        if twin is None:
            kept.append(known)
        else:
            kept[twin] = replace(kept[twin], person=_merged(kept[twin].person, known.person))
    return kept


def _same(one: Person, other: Person) -> bool:
    if one.bsn and other.bsn:
        return one.bsn == other.bsn
    if one.birth_date and other.birth_date and one.birth_date != other.birth_date:
        return False
    if one.gender and other.gender and one.gender != other.gender:
        return False
    return any(_same_name(a, b) for a in one.names for b in other.names)


def _same_name(a: Name, b: Name) -> bool:
    """The same family name, with the same given name, or with the same initial where one of them has no more."""
    families = {words_of(a.family)[-1:], words_of(a.partner_family)[-1:]} & {words_of(b.family)[-1:], words_of(b.partner_family)[-1:]} - {
        ()
    }
    if not families:
        return False
    mine, theirs = (set(words_of(n.given)[:1]) | set(words_of(n.call)) for n in (a, b))
    if mine and theirs:
        return bool(mine & theirs)
    return bool(_initials(a) & _initials(b)) or (not _initials(a) and not _initials(b))


def _merged(one: Person, other: Person) -> Person:
    """All that is known of one person from two sources."""
    return Person(
        names=tuple(dict.fromkeys((*one.names, *other.names))),
        gender=one.gender or other.gender,
        bsn=one.bsn or other.bsn,
        birth_date=one.birth_date or other.birth_date,
        addresses=tuple(dict.fromkeys((*one.addresses, *other.addresses))),
        emails=tuple(dict.fromkeys((*one.emails, *other.emails))),
        phones=tuple(dict.fromkeys((*one.phones, *other.phones))),
        ibans=tuple(dict.fromkeys((*one.ibans, *other.ibans))),
        plates=tuple(dict.fromkeys((*one.plates, *other.plates))),
    )


def _around(number: int, known: KnownPerson, spoken: Mapping[str, str]) -> Somebody:
    party = {Role.RELATIVE: Party.RELATIVE, Role.OFFICIAL: Party.OFFICIAL, Role.PROFESSIONAL: Party.PROFESSIONAL, Role.THIRD: Party.THIRD}[
        known.role
    ]
    base = known.relation.strip().lower() or spoken[str(known.role)]
    return _somebody(f"known {number}", base, party, known.person, informant="melder" in base or "tipgever" in base)


def _somebody(key: str, base: str, party: Party, person: Person, informant: bool = False) -> Somebody:
    given: set[str] = set()
    also: set[str] = set()
    family: set[str] = set()
    initials: set[str] = set()
    households: list[tuple[str, ...]] = []
    for name in person.names:
        given |= {word for word in (*words_of(name.given)[:1], *words_of(name.call)) if len(word) > 1}
        also |= {word for word in words_of(name.given)[1:] if len(word) > 1}
        for prefix, last in ((name.prefix, name.family), (name.partner_prefix, name.partner_family)):
            household = words_of(f"{prefix} {last}")
            if household:
                households.append(household)
                family |= {word for word in household if word not in PREFIXES or len(household) == 1}
        initials |= _initials(name)
    sex = person.gender if person.gender in ("f", "m") else ""
    return Somebody(
        key,
        base,
        party,
        sex,
        frozenset(given),
        frozenset(family),
        frozenset(initials),
        tuple(dict.fromkeys(households)),
        informant,
        frozenset(also - given - family),
    )


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a name.

    >>> words_of("Jansen-de Vries")
    ('jansen', 'de', 'vries')
    """
    if text.isascii():
        return tuple(text.encode().translate(_LETTERS).decode().split())
    return tuple("".join(c if c.isalpha() else " " for c in fold(text)).split())


_LETTERS = bytes(ord(chr(c).lower()) if c < 128 and chr(c).isalpha() else ord(" ") for c in range(256))
"""Letters of ASCII in lower case, a space for anything else."""


def _initials(name: Name) -> set[str]:
    firsts = {word[0] for part in (name.given, name.call) for word in words_of(part)[:1]}
    return firsts | {word[0] for word in words_of(name.initials)[:1]}

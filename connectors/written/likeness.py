"""Whether two names can be one person's: the family names and the given names judged apart, never by edit distance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from config.folding import fold
from config.person import Name


class Verdict(IntEnum):
    """What comparing two parts of a name says; the higher, the surer that it is the same."""

    OTHER = 0  # both are filled and cannot be the same
    UNKNOWN = 1  # one of them is not filled
    INITIALS = 2  # the initials agree, and no more is known
    SAME = 3


@dataclass(frozen=True, slots=True)
class Likeness:
    """How the family names and the given names of two writings compare."""

    family: Verdict
    given: Verdict

    @property
    def fits(self) -> bool:
        """Whether the family names agree and the given names do not contradict each other."""
        return self.family is Verdict.SAME and self.given is not Verdict.OTHER

    @property
    def contradicts(self) -> bool:
        """Whether any part says that these are two people; a family name alone may have changed by marriage."""
        return Verdict.OTHER in (self.family, self.given)


def compare(known: Name, seen: Name) -> Likeness:
    """How like the name `seen` in a source is to one the subject is known by.

    >>> compare(Name(given="Johanna Maria", prefix="van der", family="Berg"), Name(initials="J.M.", family="BERG")).given.name
    'INITIALS'
    """
    for left, right in ((known, seen), (_shifted(known, seen), seen), (known, _shifted(seen, known))):
        if _families(left, right) is Verdict.SAME:
            return Likeness(Verdict.SAME, _given(left, right))
    return Likeness(_families(known, seen), _given(known, seen))


def best(known: Iterable[Name], seen: Name) -> Likeness:
    """The likeness to whichever of the known names is most like; OTHER and OTHER where there are none."""
    found = [compare(name, seen) for name in known]
    return max(
        found,
        key=lambda like: (like.fits, min(like.family, like.given), like.family + like.given),
        default=Likeness(Verdict.OTHER, Verdict.OTHER),
    )


def words(text: str) -> tuple[str, ...]:
    """The words of a name, folded, split at spaces, dashes and dots."""
    return tuple(fold(text).replace("-", " ").replace(".", " ").split())


def _shifted(name: Name, other: Name) -> Name:
    """`name` with as many given names taken for family name as the family name of `other` is longer: `José García` `Lopez`."""
    more = max(len(words(other.family)) - len(words(name.family)), 0)
    given = name.given.split()
    if not more or not given:
        return name
    family = " ".join([*given[-more:], name.family])
    return Name(" ".join(given[:-more]), name.call, name.initials, name.prefix, family, name.partner_prefix, name.partner_family)


def _families(known: Name, seen: Name) -> Verdict:
    left, right = _pairs(known), _pairs(seen)
    if not left or not right:
        return Verdict.UNKNOWN
    return Verdict.SAME if any(_same(one, other) for one in left for other in right) else Verdict.OTHER


def _pairs(name: Name) -> list[tuple[str, str]]:
    """The tussenvoegsel and family name, also of the partner, and the two in one as a double name is held."""
    own, partner = (name.prefix, name.family), (name.partner_prefix, name.partner_family)
    pairs = [(_prefix(prefix), "".join(words(family))) for prefix, family in (own, partner) if family]
    if len(pairs) == 2:
        (first, one), (second, other) = pairs
        pairs += [(first, f"{one}{second}{other}"), (second, f"{other}{first}{one}")]
    return pairs


def _prefix(text: str) -> str:
    return fold(text).replace(".", "").replace("/", "").replace(" ", "")


def _same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Same family name; a tussenvoegsel may be missing on one side, or written into the name."""
    if one[1] == other[1]:
        return not (one[0] and other[0]) or _same_prefix(one[0], other[0])
    return "".join(one) == "".join(other)


def _same_prefix(one: str, other: str) -> bool:
    short = {"vd": ("vande", "vanden", "vander"), "v": ("van",), "vden": ("vanden",), "vder": ("vander",), "vande": ("vander", "vanden")}
    return one == other or other in short.get(one, ()) or one in short.get(other, ())


def _given(known: Name, seen: Name) -> Verdict:
    left, right = _full(known), _full(seen)
    if left and right:
        return _names(left, right, {*words(known.call)[:1], *words(seen.call)[:1]})
    one, other = _letters(known), _letters(seen)
    if not one or not other:
        return Verdict.UNKNOWN
    called = {fold(known.call)[:1]} & set(other) | {fold(seen.call)[:1]} & set(one)
    if called - {""} or any(a.startswith(b) or b.startswith(a) for a in one for b in other):
        return Verdict.INITIALS
    return Verdict.OTHER


def _full(name: Name) -> tuple[str, ...]:
    return words(name.given) or words(name.call)


def _names(left: tuple[str, ...], right: tuple[str, ...], calls: set[str]) -> Verdict:
    """Full given names: the same first, one of the other's (a second name may be used), or what one is called by."""
    if "".join(left) == "".join(right) or left[0] in right or right[0] in left:
        return Verdict.SAME
    return Verdict.SAME if left[0] in calls or right[0] in calls else Verdict.OTHER


def _letters(name: Name) -> list[str]:
    """The initials, written or taken from the given names; where there are none, that of the name somebody is called by."""
    marks = [part for part in fold(name.initials).replace("-", ".").split(".") if part.strip()]
    found = ["".join(part.strip()[0] for part in marks), "".join(word[0] for word in words(name.given))]
    return [letters for letters in found if letters] or [letter for letter in [fold(name.call)[:1]] if letter]

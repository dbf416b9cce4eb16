"""One text beside everybody known: what each word may be within a name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from redaction.claims import Claim
from redaction.lexicon import Is
from redaction.people import People
from redaction.tokens import Tokens

NEVER = Is.NOT_PERSON | Is.DAY | Is.TITLE | Is.STREET
"""What is no name, whatever stands before it."""


_NO_SLIP = Is.WORD | Is.PLACE | Is.NOT_PERSON | Is.GIVEN
_NOTES = frozenset("psnb")
"""The letters of `P.S.` and `N.B.`, which open a line and are of nobody."""


_SHORT = re.compile(r"\b(?:t\.(?:n|a|g|b|o)\.v|t\.w\.v|i\.v\.m|i\.p\.v|m\.b\.t|a\.u\.b|n\.a\.v|n\.v\.t|d\.m\.v|z\.s\.m|z\.o\.z|b\.g\.g)\.")
"""What Dutch cuts short with points: none of these letters is anybody's."""


def _shortened(low: str, at: int) -> bool:
    """Whether the letter at `at` is of such a word."""
    return any(found.start() <= at < found.end() for found in _SHORT.finditer(low, max(0, at - 8), at + 12))


@dataclass(slots=True)
class Chain:
    """One candidate name over the tokens `[first, last]`: what each token is in it."""

    first: int
    last: int
    initials: list[int] = field(default_factory=list)
    prefixes: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    reversed: bool = False
    cued: str = ""  # "title", "relation", "contact", "label", "signature", "salutation", "client", "" where nothing points to it
    title: str = ""  # the sex the title tells, "x" for any
    relation: str = ""  # the word of the relation in front
    together: bool = False  # "familie"
    end: int = 0  # where it ends in the text
    after: str = ""  # the relation that explains the name behind it (`Nour, een vriendin`), or "reached" before a number of theirs


def taken_by(tok: Tokens, claims: Iterable[Claim]) -> bytearray:
    """For each token, 1 where it is part of something recognised by its form."""
    taken = bytearray(len(tok.words))
    for claim in claims:
        first, last = bisect_right(tok.ends, claim.start), bisect_left(tok.starts, claim.end)
        taken[first:last] = b"\1" * (last - first)
    return taken


@dataclass(slots=True)
class Reading:
    """The tokens of one text together with everybody known: what a token may be within a name."""

    tok: Tokens
    people: People
    taken: bytearray  # for each token, whether it is already part of something else (an address, an e-mail)
    cleared: set[str] = field(default_factory=set)  # words found to be of a street, an organisation, an eponym
    nobody: set[int] = field(default_factory=set)  # the tokens of this text at which they stand

    def known(self, at: int) -> str:
        """The known name word at this token, without the genitive -s; "" where it is none."""
        word = self.tok.words[at]
        if word in self.people.by_word:
            return word
        if word[-1] == "s" and len(word) > 3 and word[:-1] in self.people.by_word and not self.tok.flags[at] & Is.WORD:
            also_given = self.tok.lexicon.table.get(word, 0) & Is.GIVEN
            return word[:-1] if not also_given or self._of_what(at + 1) else ""
        return ""

    def _of_what(self, at: int) -> bool:
        """Whether a thing follows: `Rimas fiets`."""
        tok = self.tok
        if at >= len(tok.words) or tok.gaps[at] != " " or (tok.capitals and tok.caps[at]):
            return False
        return bool(tok.flags[at] & Is.WORD) and not tok.flags[at] & (Is.ACTS | Is.FUNCTION | Is.PREFIX)

    def slip(self, at: int) -> str:
        """The known name that the word at this token is a slip of the pen for; only words that are nothing else."""
        if self.tok.flags[at] & _NO_SLIP or not self.people.near:
            return ""
        return self.people.spelled(self.tok.words[at])

    def is_prefix(self, at: int) -> bool:
        """Whether the word may stand before a family name; the bare letters of `'t` and `'s` only behind their mark."""
        if not self.tok.flags[at] & Is.PREFIX:
            return False
        return self.tok.words[at] not in ("t", "s") or self.tok.gaps[at].endswith((" '", "\n'")) or not at

    def is_initial(self, at: int) -> bool:
        """A single letter with a point after it, or a capital right before a capital."""
        tok = self.tok
        if tok.words[at] == "w" and at > 1 and tok.words[at - 2 : at] == ["b", "en"]:
            return False  # het college van B en W
        start, end = tok.starts[at], tok.ends[at]
        if tok.words[at] in _NOTES and tok.text.low.startswith(("p.s.", "n.b."), first := start - 2 * (tok.words[at] in "sb")):
            return not tok.opens_line(first)
        if end - start == 1 and tok.text.low[end : end + 1] == "." and _shortened(tok.text.low, start):
            return False  # `t.n.v. L. Pak`
        if tok.words[at] == "u" and tok.text.low[max(0, start - 2) : start - 1].isdigit():
            return False  # 14.10 u.
        point = tok.text.low[end : end + 1] == "."
        if end - start == 1:
            if not tok.capitals:
                return point
            return tok.caps[at] and (point or self._before_name(at + 1))
        return (
            end - start <= 3
            and point
            and tok.words[at] in ("th", "chr", "joh", "ph", "fr", "tj", "fred", "jac", "wm", "ij")
            and tok.caps[at]
        )

    def _before_name(self, at: int) -> bool:
        """Whether a capital, or prefixes and then one, stands here: behind a letter without its point."""
        tok = self.tok
        if at >= len(tok.words) or tok.gaps[at] not in (" ", "-"):
            return False
        while at < len(tok.words) - 1 and tok.flags[at] & Is.PREFIX and not tok.caps[at] and tok.gaps[at + 1] == " ":
            at += 1
            if not tok.caps[at] and not tok.flags[at] & Is.PREFIX:
                return False
        return tok.caps[at]

    def is_letters(self, at: int) -> bool:
        """Initials without points: `JM de Wit`."""
        tok = self.tok
        if (
            not tok.capitals
            or not 2 <= tok.ends[at] - tok.starts[at] <= 4
            or not tok.upper(at)
            or tok.flags[at] & (Is.NOT_PERSON | Is.COMMON | Is.TITLE | Is.ORG_BEFORE | Is.ORG_AFTER)
        ):
            return False
        following = at + 1
        while (
            following < len(tok.words)
            and following < at + 4
            and tok.flags[following] & Is.PREFIX
            and tok.gaps[following] == " "
            and not tok.caps[following]
        ):
            following += 1
        return (
            following < len(tok.words)
            and tok.gaps[following] == " "
            and tok.caps[following]
            and not tok.upper(following)
            and self.strong(following)
            and not self.is_initial(following)
            and not (tok.flags[following] & Is.GIVEN and not tok.flags[following] & Is.FAMILY and tok.ends[at] - tok.starts[at] > 2)
        )

    def strong(self, at: int) -> bool:
        """A word that is a name by itself: known here, or with a capital (or in a text without) and no plain Dutch word."""
        flag = self.tok.flags[at]
        if self.known(at):
            return True
        if flag & NEVER or self.tok.ends[at] - self.tok.starts[at] < 2:
            return False
        if not self.tok.capitals or not self.tok.caps[at]:
            return bool(flag & Is.GIVEN) and not flag & (Is.WORD | Is.PREFIX | Is.PLACE | Is.MONTH)
        return (
            not flag & Is.WORD
            and not flag & (Is.PLACE | Is.EPONYM | Is.MONTH)
            and not (self.tok.upper(at) and not flag & (Is.GIVEN | Is.FAMILY))
        )

    def weak(self, at: int) -> bool:
        """A word that can be part of a name after something else has made it one."""
        tok, flag = self.tok, self.tok.flags[at]
        if flag & (Is.DAY | Is.TITLE) or tok.ends[at] - tok.starts[at] < 2:
            return False
        if tok.capitals and tok.upper(at):
            return bool(flag & (Is.FAMILY | Is.GIVEN)) and len(tok.words[at]) > 2 and not flag & (Is.NOT_PERSON | Is.FUNCTION | Is.COMMON)
        if tok.capitals:
            return tok.caps[at] and not flag & (Is.FUNCTION | Is.NOT_PERSON) and tok.words[at] not in ("melder", "meldster")
        if flag & (Is.FUNCTION | Is.NOT_PERSON | Is.VERB | Is.RELATION | Is.CLIENT):
            return False
        return bool(flag & (Is.FAMILY | Is.GIVEN)) if flag & Is.WORD else True

    def prefix_run(self, at: int, titled: bool = False) -> int:
        """How many prefixes stand in a row here (`van der`, `v.d.`, `van 't`); 0 where no name follows them."""
        tok, here = self.tok, at
        if tok.words[at] == "het" and tok.words[at + 1 : at + 2] == ["van"]:
            return 0  # `dat het van Bakker komt`
        while here < len(tok.words) and here < at + 4 and self.is_prefix(here) and (here == at or self._between(here)):
            here += 1
        while here > at:
            if (
                here < len(tok.words)
                and self.after_prefix(here)
                and not tok.flags[here] & Is.TITLE
                and (self.known(here) or not street_like(tok, here))
                and not self.taken[here]
            ) and (
                self.strong(here)
                or self.weak(here)
                or (titled and not tok.flags[here] & (Is.FUNCTION | Is.VERB))
                or (tok.flags[here] & Is.PLACE and tok.caps[here])
                or self.surely_prefixed(here)
                or f"{' '.join(tok.words[at:here])} {tok.words[here]}" in tok.lexicon.prefixed
            ):
                return here - at
            here -= 1
        return 0

    def surely_prefixed(self, at: int) -> bool:
        """Whether `den`, `der`, `ter` or `ten` stands right before: what follows is a family name, whatever word it is (`ter Haar`)."""
        tok = self.tok
        if not at or tok.words[at - 1] not in ("ter", "ten", "der", "den") or tok.gaps[at] not in (" ", "\n"):
            return False
        return (tok.caps[at] or not tok.capitals) and not tok.flags[at] & (Is.PREFIX | Is.TITLE | Is.DAY)

    def _between(self, at: int) -> bool:
        """Whether two prefixes belong together: `van der`, `v.d.`, `van 't`, `v/d`."""
        gap = self.tok.gaps[at]
        return gap in (" ", "-", " '", "\n", "/") or (
            gap in (".", ". ") and (len(self.tok.words[at - 1]) == 1 or self.tok.words[at - 1] == "vd")
        )

    def after_prefix(self, at: int) -> bool:
        """Whether the word follows its prefix closely."""
        gap = self.tok.gaps[at]
        return gap in (" ", "-", "\n", "' ", "'", "  ") or (
            gap in (".", ". ") and (len(self.tok.words[at - 1]) == 1 or self.tok.words[at - 1] == "vd")
        )


def street_like(tok: Tokens, at: int) -> bool:
    """Whether the word is the name of a street by its ending; `Dijk` and `Laan` alone are family names too."""
    word = tok.words[at]
    firm = word.endswith(tok.lexicon.street_firm) and (word.endswith(("straat", "laan", "weg", "plein")) or not tok.flags[at] & Is.FAMILY)
    return len(word) > 6 and firm

"""Runs of words that may be one name: initials, given names, prefixes, family names, in the orders in which Dutch writes them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from redaction.lexicon import Is
from redaction.people import People
from redaction.tokens import Tokens

_NEVER = Is.NOT_PERSON | Is.DAY | Is.TITLE | Is.STREET
_JOIN = re.compile(r" {1,3}|-| - |\t| ?\n ?|'")
_INITIAL_JOIN = re.compile(r"\. ?\n?|\.?-| {1,2}|\n")
_REVERSED = re.compile(r", ?\n?")
_LIKELY = Is.GIVEN | Is.FAMILY
LONGEST = 9


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


@dataclass(slots=True)
class Reading:
    """The tokens of one text together with everybody known: what a token may be within a name."""

    tok: Tokens
    people: People
    taken: Callable[[int, int], bool]  # whether a stretch is already something else (an address, an e-mail)
    cleared: set[str] = field(default_factory=set)  # words found to be of a street, an organisation, an eponym

    def known(self, at: int) -> str:
        """The known name word at this token, without the genitive -s; "" where it is none."""
        word = self.tok.words[at]
        if word in self.people.by_word:
            return word
        if word.endswith("s") and len(word) > 4 and word[:-1] in self.people.by_word and not self.tok.flag(at) & (Is.WORD | Is.GIVEN):
            return word[:-1]
        return ""

    def slip(self, at: int) -> str:
        """The known name that the word at this token is a slip of the pen for; only words that are nothing else."""
        if not self.people.near or self.tok.flag(at) & (Is.WORD | Is.PLACE | Is.NOT_PERSON | Is.GIVEN):
            return ""
        return self.people.spelled(self.tok.words[at])

    def is_prefix(self, at: int) -> bool:
        """Whether the word may stand before a family name; the bare letters of `'t` and `'s` only behind their mark."""
        if not self.tok.flag(at) & Is.PREFIX:
            return False
        return self.tok.words[at] not in ("t", "s") or self.tok.gap(at).endswith((" '", "\n'")) or not at

    def is_initial(self, at: int) -> bool:
        """A single letter with a point after it, or a capital right before a capital."""
        tok = self.tok
        start, end = tok.starts[at], tok.ends[at]
        point = tok.text.low[end : end + 1] == "."
        if end - start == 1:
            if not tok.capitals:
                return point
            return tok.cap(at) and (point or self._before_name(at + 1))
        return (
            end - start <= 3
            and point
            and tok.words[at] in ("th", "chr", "joh", "ph", "fr", "tj", "fred", "jac", "wm", "ij")
            and tok.cap(at)
        )

    def _before_name(self, at: int) -> bool:
        """Whether a capital, or prefixes and then one, stands here: behind a letter without its point."""
        tok = self.tok
        if at >= len(tok.words) or tok.gap(at) not in (" ", "-"):
            return False
        while at < len(tok.words) - 1 and tok.flag(at) & Is.PREFIX and not tok.cap(at) and tok.gap(at + 1) == " ":
            at += 1
            if not tok.cap(at) and not tok.flag(at) & Is.PREFIX:
                return False
        return tok.cap(at)

    def is_letters(self, at: int) -> bool:
        """Initials without points: `JM de Wit`."""
        tok = self.tok
        if (
            not tok.capitals
            or not 2 <= tok.ends[at] - tok.starts[at] <= 4
            or not tok.upper(at)
            or tok.flag(at) & (Is.NOT_PERSON | Is.COMMON | Is.TITLE | Is.ORG_BEFORE | Is.ORG_AFTER)
        ):
            return False
        following = at + 1
        while (
            following < len(tok.words)
            and following < at + 4
            and tok.flag(following) & Is.PREFIX
            and tok.gap(following) == " "
            and not tok.cap(following)
        ):
            following += 1
        return (
            following < len(tok.words)
            and tok.gap(following) == " "
            and tok.cap(following)
            and not tok.upper(following)
            and self.strong(following)
        )

    def strong(self, at: int) -> bool:
        """A word that is a name by itself: known here, or with a capital (or in a text without) and no plain Dutch word."""
        flag = self.tok.flag(at)
        if self.known(at):
            return True
        if flag & _NEVER or self.tok.ends[at] - self.tok.starts[at] < 2:
            return False
        if not self.tok.capitals or not self.tok.cap(at):
            return bool(flag & Is.GIVEN) and not flag & (Is.WORD | Is.PREFIX | Is.PLACE | Is.MONTH)
        return (
            not flag & Is.WORD
            and not flag & (Is.PLACE | Is.EPONYM | Is.MONTH)
            and not (self.tok.upper(at) and not flag & (Is.GIVEN | Is.FAMILY))
        )

    def weak(self, at: int) -> bool:
        """A word that can be part of a name after something else has made it one."""
        tok, flag = self.tok, self.tok.flag(at)
        if flag & (Is.DAY | Is.TITLE) or tok.ends[at] - tok.starts[at] < 2:
            return False
        if tok.capitals and tok.upper(at):
            return bool(flag & (Is.FAMILY | Is.GIVEN)) and len(tok.words[at]) > 2 and not flag & (Is.NOT_PERSON | Is.FUNCTION | Is.COMMON)
        if tok.capitals:
            return tok.cap(at) and not flag & (Is.FUNCTION | Is.NOT_PERSON)
        if flag & (Is.FUNCTION | Is.NOT_PERSON | Is.VERB | Is.RELATION | Is.CLIENT):
            return False
        return bool(flag & (Is.FAMILY | Is.GIVEN)) if flag & Is.WORD else True

    def prefix_run(self, at: int, titled: bool = False) -> int:
        """How many prefixes stand in a row here (`van der`, `v.d.`, `van 't`); 0 where no name follows them."""
        tok, here = self.tok, at
        while here < len(tok.words) and here < at + 4 and self.is_prefix(here) and (here == at or self._between(here)):
            here += 1
        while here > at:
            if (
                here < len(tok.words)
                and self.after_prefix(here)
                and not tok.flag(here) & Is.TITLE
                and (self.known(here) or not street_like(tok, here))
                and not self.taken(tok.starts[here], tok.ends[here])
            ) and (
                self.strong(here)
                or self.weak(here)
                or (titled and not tok.flag(here) & (Is.FUNCTION | Is.VERB))
                or (tok.flag(here) & Is.PLACE and tok.cap(here))
            ):
                return here - at
            here -= 1
        return 0

    def _between(self, at: int) -> bool:
        """Whether two prefixes belong together: `van der`, `v.d.`, `van 't`, `v/d`."""
        gap = self.tok.gap(at)
        return gap in (" ", "-", " '", "\n", "/") or (
            gap in (".", ". ") and (len(self.tok.words[at - 1]) == 1 or self.tok.words[at - 1] == "vd")
        )

    def after_prefix(self, at: int) -> bool:
        """Whether the word follows its prefix closely."""
        gap = self.tok.gap(at)
        return gap in (" ", "-", "\n", "' ", "'", "  ") or (
            gap in (".", ". ") and (len(self.tok.words[at - 1]) == 1 or self.tok.words[at - 1] == "vd")
        )


def street_like(tok: Tokens, at: int) -> bool:
    """Whether the word is the name of a street by its ending; `Dijk` and `Laan` alone are family names too."""
    word = tok.words[at]
    return len(word) > 6 and word.endswith(tok.lexicon.street_firm)


def chain_at(reading: Reading, at: int, cued: str) -> Chain | None:
    """The longest name that begins at token `at`; None where none does. `cued`: something before it says that a name follows."""
    tok = reading.tok
    chain = Chain(at, at)
    here, count = at, len(tok.words)
    while here < count and here < at + LONGEST and not reading.taken(tok.starts[here], tok.ends[here]):
        if here > at and not _joins(reading, chain, here):
            break
        step = _step(reading, chain, here, cued)
        if not step:
            break
        here += step
    return _finished(reading, chain)


def _joins(reading: Reading, chain: Chain, here: int) -> bool:
    """Whether this token follows the one before it closely enough to be of the same name."""
    tok, gap = reading.tok, reading.tok.gap(here)
    before = here - 1
    if before in chain.initials:
        return bool(_INITIAL_JOIN.fullmatch(gap)) or gap == "" or (gap in (". (", " (") and bool(tok.flag(here) & Is.GIVEN))
    if before in chain.prefixes:
        return reading.after_prefix(here) or gap in (" '", "/")
    if gap == ") " and chain.initials and "(" in tok.gap(before):
        return True
    if not _JOIN.fullmatch(gap):
        return gap == " '" and reading.is_prefix(here)
    return "\n" not in gap or _wrapped(tok, here)


def _wrapped(tok: Tokens, here: int) -> bool:
    """Whether the line before was broken for its length, not because it ended."""
    end = tok.ends[here - 1]
    begin = tok.text.low.rfind("\n", 0, end) + 1
    return end - begin >= 35


def _step(reading: Reading, chain: Chain, here: int, cued: str) -> int:
    """How many tokens the next part of the name takes; 0 where the name ends."""
    tok = reading.tok
    tok.flag(here)
    if not chain.names and (reading.is_initial(here) or (not chain.initials and not chain.prefixes and reading.is_letters(here))):
        chain.initials.append(here)
        chain.last = here
        return 1
    if reading.is_prefix(here) and not (reading.known(here) and not chain.prefixes):
        run = reading.prefix_run(here, cued == "title" and not tok.capitals)
        if run and _prefix_fits(reading, chain, here, run, cued):
            chain.prefixes.extend(range(here, here + run))
            chain.last = here + run - 1
            return run
        if not reading.known(here) or not chain.names:
            return _initial_within(reading, chain, here)
    if _is_name(reading, chain, here, cued):
        chain.names.append(here)
        chain.last = here
        return 1
    return _initial_within(reading, chain, here)


def _initial_within(reading: Reading, chain: Chain, here: int) -> int:
    """`Jan P. de Wit`: a letter between given and family name."""
    tok = reading.tok
    if (
        chain.names
        and here not in chain.initials
        and reading.is_initial(here)
        and here + 1 < len(tok.words)
        and (tok.cap(here + 1) or reading.prefix_run(here + 1))
    ):
        chain.initials.append(here)
        chain.last = here
        return 1
    return 0


def _prefix_fits(reading: Reading, chain: Chain, here: int, run: int, cued: str) -> bool:
    """Whether prefixes may stand here: after initials or a given name, after a cue, or at the start of a family name."""
    tok = reading.tok
    following = here + run
    flag = tok.flag(following)
    if chain.initials and not chain.names:
        return True
    if chain.names:
        last = tok.flag(chain.names[-1])
        beyond = following + 1
        if run > 1 and not tok.cap(here) and tok.cap(here + 1):
            return False
        if beyond < len(tok.words) and tok.flag(beyond) & Is.ORG_AFTER and tok.gap(beyond) == " " and (tok.cap(beyond) or not tok.capitals):
            return False
        if tok.gap(here) not in ("-", " - ") and ((len(chain.names) > 1 and not last & Is.GIVEN) or chain.prefixes or chain.initials):
            return False
        if tok.cap(following) or not tok.capitals:
            single = tok.words[here]
            if single in ("in", "op", "aan", "bij", "uit", "voor", "tot", "over", "onder", "te", "en", "of", "het") and run == 1:
                return bool(reading.known(following)) and _household(reading, here, following)
            if (
                run == 1
                and single in ("van", "de", "den")
                and not tok.cap(here)
                and flag & Is.GIVEN
                and not flag & Is.FAMILY
                and not reading.known(following)
            ):
                return False
            if not tok.capitals and not reading.known(following) and (flag & Is.WORD) and not flag & Is.FAMILY:
                return False
            return bool(last & Is.GIVEN) or bool(reading.known(chain.names[-1])) or not last & Is.WORD
        return False
    if reading.known(following) and _household(reading, here, following):
        return tok.capitals is False or tok.cap(following)
    if not tok.cap(following) and tok.capitals:
        return False
    if (
        cued
        and tok.words[here] in ("van", "de", "het", "in", "op", "uit", "aan", "bij", "voor", "te", "over", "onder", "tot")
        and run == 1
        and not tok.cap(here)
    ):
        if tok.words[here] not in ("van", "de") or (flag & Is.PLACE and cued != "title"):
            return False
        of_whom = tok.words[here] == "van" and (flag & Is.GIVEN or cued not in ("title", "trade"))
        return bool(flag & Is.FAMILY or not flag & (Is.WORD | Is.GIVEN) or (cued == "title" and tok.cap(following))) and not of_whom
    if cued:
        return True
    if (
        tok.capitals
        and tok.cap(here)
        and tok.opens(here)
        and tok.words[here] in ("in", "op", "aan", "uit", "te", "over", "bij", "voor", "tot")
    ):
        return False
    if tok.capitals and tok.cap(here):
        return bool(tok.words[here] in tok.lexicon.words["prefix_starts"]) and bool(
            flag & (Is.FAMILY | Is.PLACE) or not flag & (Is.WORD | Is.NOT_PERSON)
        )
    if run >= 2 or tok.words[here] in _FOREIGN:
        dutch = tok.words[here] in ("aan", "op", "in", "uit", "over", "bij", "voor", "tot", "onder", "te", "van") and (
            not tok.capitals or tok.words[here] != "van"
        )
        if dutch:
            return tok.words[here] == "van" and bool(flag & Is.FAMILY) and not flag & (Is.WORD | Is.PLACE | Is.NOT_PERSON)
        return not flag & (Is.GIVEN | Is.PLACE | Is.NOT_PERSON) or bool(flag & Is.FAMILY and not flag & Is.PLACE)
    return (
        tok.words[here] in ("de", "van", "den")
        and bool(flag & Is.FAMILY)
        and not flag & (Is.GIVEN | Is.WORD | Is.PLACE | Is.NOT_PERSON)
        and tok.capitals
    )


_FOREIGN = frozenset(
    [
        "el",
        "al",
        "ben",
        "ait",
        "ter",
        "ten",
        "vd",
        "vander",
        "vanden",
        "vande",
        "von",
        "da",
        "dos",
        "di",
        "abu",
        "bin",
        "ibn",
        "oulad",
        "ould",
    ]
)


def _household(reading: Reading, here: int, following: int) -> bool:
    """Whether exactly these prefixes belong to the known family name that follows."""
    prefixes = tuple(reading.tok.words[here:following])
    word = reading.known(following)
    for number in reading.people.by_word.get(word, ()):
        for household in reading.people.known[number].households:
            before = household[: household.index(word)] if word in household else ()
            if word in household and (before == prefixes or _shortened(prefixes, before)):
                return True
    return False


def _shortened(written: tuple[str, ...], prefixes: tuple[str, ...]) -> bool:
    """`v.d.` is `van der`, `van den` and `van de`; `vd` and `vander` too."""
    return bool(prefixes) and (
        "".join(written) in ("".join(prefixes), "".join(p[0] for p in prefixes))
        or (len(written) == len(prefixes) and all(p.startswith(w) for w, p in zip(written, prefixes, strict=True)))
    )


def _is_name(reading: Reading, chain: Chain, here: int, cued: str) -> bool:
    """Whether the token can be a given or family name at this place of the chain."""
    tok, flag = reading.tok, reading.tok.flag(here)
    started = bool(chain.initials or chain.prefixes or chain.names)
    known = reading.known(here)
    if flag & Is.STREET and not known:
        return False
    plural = (
        len(tok.words[here]) > 5
        and tok.words[here].endswith(("en", "s"))
        and not chain.initials
        and not tok.flag(chain.names[0] if chain.names else here) & Is.GIVEN
    )
    if (flag & Is.ORG_AFTER or plural) and flag & Is.WORD and chain.names and not known and not flag & (Is.GIVEN | Is.FAMILY):
        return False
    if known and chain.names and _same_person(reading, known, reading.known(chain.names[-1])):
        return True
    if known and (tok.cap(here) or not flag & Is.WORD or (started and not flag & Is.COMMON) or (not tok.capitals and not flag & Is.COMMON)):
        return not (chain.names and not tok.cap(here) and tok.capitals and flag & Is.WORD and not chain.prefixes)
    if len(chain.names) >= 5:
        return False
    if chain.prefixes or chain.initials:
        loosely = cued == "title" and not tok.capitals and not flag & (Is.FUNCTION | Is.VERB)
        return reading.strong(here) or reading.weak(here) or (bool(chain.prefixes) and loosely)
    if chain.names:
        return _continues(reading, chain, here)
    if (flag & (Is.RELATION | Is.CLIENT | Is.TITLE | Is.SALUTATION | Is.GREETING) and not known) or (
        flag & Is.ORG_BEFORE and tok.upper(here)
    ):
        return False
    if cued:
        return reading.strong(here) or reading.weak(here) or bool(reading.slip(here))
    return reading.strong(here) or _ambiguous_start(reading, here) or bool(reading.slip(here))


def _same_person(reading: Reading, one: str, other: str) -> bool:
    """Whether one known person bears both words."""
    by_word = reading.people.by_word
    return not set(by_word.get(one, ())).isdisjoint(by_word.get(other, ()))


def _continues(reading: Reading, chain: Chain, here: int) -> bool:
    tok, flag = reading.tok, reading.tok.flag(here)
    if flag & (Is.MONTH | Is.DAY | Is.NOT_PERSON | Is.TITLE):
        return bool(flag & (Is.GIVEN | Is.FAMILY)) and not flag & (Is.DAY | Is.NOT_PERSON | Is.TITLE) and tok.gap(here) == "-"
    if tok.capitals and not tok.upper(here):
        return tok.cap(here) and not flag & Is.FUNCTION and not (flag & (Is.VERB | Is.RELATION | Is.CLIENT))
    if flag & (Is.FUNCTION | Is.VERB | Is.RELATION | Is.CLIENT) or (flag & Is.COMMON and not (flag & Is.FAMILY and _closes(tok, here))):
        return False
    first = tok.flag(chain.names[-1])
    return not flag & Is.WORD or (bool(flag & (Is.FAMILY | Is.GIVEN)) and (bool(first & Is.GIVEN) or not first & Is.WORD))


def _closes(tok: Tokens, here: int) -> bool:
    """Whether the name must end with this word: a mark follows, or a verb."""
    after = here + 1
    return after >= len(tok.words) or tok.gap(after).strip(" \n") != "" or bool(tok.flag(after) & Is.VERB)


def _ambiguous_start(reading: Reading, here: int) -> bool:
    """A given name that is a word too (Roos, Iris, Mees), or a family name (Bakker), with a capital where words have none."""
    tok, flag = reading.tok, reading.tok.flag(here)
    if (
        not tok.capitals
        and not flag & (_NEVER | Is.FUNCTION | Is.VERB)
        and here + 1 < len(tok.words)
        and tok.gap(here + 1) == ", "
        and reading.is_initial(here + 1)
    ):
        return bool(flag & Is.FAMILY) or not flag & Is.WORD
    if (
        not tok.capitals
        and flag & Is.GIVEN
        and not flag & (_NEVER | Is.FUNCTION | Is.VERB | Is.RELATION)
        and here + 1 < len(tok.words)
        and tok.gap(here + 1) == " "
    ):
        following = tok.flag(here + 1)
        return not following & (Is.WORD | Is.NOT_PERSON | Is.PREFIX) and (bool(following & (Is.FAMILY | Is.GIVEN)) or not following)
    if not flag & (Is.GIVEN | Is.FAMILY) or flag & (_NEVER | Is.PREFIX | Is.FUNCTION | Is.EPONYM) or not tok.cap(here) or not tok.capitals:
        return False
    if flag & (Is.MONTH | Is.PLACE) and not flag & _LIKELY:
        return False
    return not tok.upper(here)


def _finished(reading: Reading, chain: Chain) -> Chain | None:
    """The chain without what hangs loose at its end, with reversed initials after a comma taken in."""
    while chain.prefixes and chain.prefixes[-1] == chain.last:
        chain.prefixes.pop()
        chain.last -= 1
    if not chain.names or chain.last < chain.first:
        return None
    chain.initials = [i for i in chain.initials if i <= chain.last]
    _turned_round(reading, chain)
    _shortened_after(reading, chain)
    return chain


def _shortened_after(reading: Reading, chain: Chain) -> None:
    """`Demi S.`: a family name of which only the letter is written."""
    tok, here = reading.tok, chain.last + 1
    alone = len(chain.names) == 1 and not chain.initials and not chain.prefixes
    if (
        (
            alone
            and here < len(tok.words)
            and tok.gap(here) == " "
            and tok.ends[here] - tok.starts[here] == 1
            and tok.cap(here)
            and tok.capitals
        )
        and tok.text.low[tok.ends[here] : tok.ends[here] + 1] == "."
        and tok.flag(chain.names[0]) & Is.GIVEN
    ):
        chain.initials.append(here)
        chain.last = here


def _turned_round(reading: Reading, chain: Chain) -> None:
    """`Berg, J. van der`; `Wiel, M. aan de`; `Yilmaz, Mehmet`."""
    tok, here = reading.tok, chain.last + 1
    if chain.initials or here >= len(tok.words) or (tok.capitals and tok.upper(chain.last)) or not _REVERSED.fullmatch(tok.gap(here)):
        return
    last = here - 1
    if reading.is_initial(here) or reading.is_letters(here):
        while (
            last + 1 < len(tok.words)
            and reading.is_initial(last + 1)
            and (last + 1 == here or _INITIAL_JOIN.fullmatch(tok.gap(last + 1)) or tok.gap(last + 1) == "")
        ):
            last += 1
            chain.initials.append(last)
    elif (
        len(chain.names) == 1
        and tok.flag(here) & Is.GIVEN
        and tok.cap(here)
        and not tok.flag(here) & Is.WORD
        and not tok.flag(chain.names[0]) & Is.GIVEN
    ):
        if here + 1 < len(tok.words) and tok.gap(here + 1) in (", ", " en "):
            return
        last = here
        chain.names.append(here)
    else:
        return
    while (
        last + 1 < len(tok.words)
        and tok.flag(last + 1) & Is.PREFIX
        and not tok.cap(last + 1)
        and (tok.gap(last + 1).strip() in ("", "."))
        and last - here < 4
    ):
        last += 1
        chain.prefixes.append(last)
    while (
        chain.prefixes and chain.prefixes[-1] == last and tok.words[last] in ("op", "in", "bij", "uit", "over", "voor", "tot", "het", "af")
    ):
        chain.prefixes.pop()
        last -= 1
    chain.reversed, chain.last = True, last

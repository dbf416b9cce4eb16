"""Which words may open a name, and which never are of one, whatever stands before them."""

from __future__ import annotations

from redaction.after import cue_after
from redaction.bare import bare_name
from redaction.lexicon import Is
from redaction.reading import NEVER, Chain, Reading
from redaction.tokens import Tokens

_LIKELY = Is.GIVEN | Is.FAMILY
_VOWELS = frozenset("aeiouy")
OF_THINGS = ("jes", "tje", "je", "en", "s", "ing", "heid", "schap", "teit", "ie")
"""How compounds end that nobody is called by: `franklin vogelhuisjes`."""


def before_letters_alone(reading: Reading, here: int) -> bool:
    """`Buurman, P.` and no more: a family name with its letters behind it, whatever else the word may be."""
    tok, behind = reading.tok, here + 1
    if behind < len(tok.words) and tok.gaps[behind] == "-" and tok.caps[behind]:
        behind += 1  # `Kapper-Jonkers, M.`
    if (
        behind >= len(tok.words)
        or tok.gaps[behind] != ", "
        or tok.flags[here] & (Is.FUNCTION | Is.NOT_PERSON | Is.GREETING | Is.SALUTATION)
    ):
        return False
    first = behind
    while behind < len(tok.words) and reading.is_initial(behind):
        behind += 1
    ended = behind >= len(tok.words) or not tok.caps[behind] or "\n" in tok.gaps[behind]
    return behind > first and ended and tok.text.low[tok.ends[behind - 1] : tok.ends[behind - 1] + 1] == "."


def no_name_here(tok: Tokens, chain: Chain, here: int, cued: str) -> bool:
    """`groep R. Iedereen lachte`, `KNO` and `WAIS-IV`, where capitals tell something."""
    flag, behind = tok.flags[here], here + 1
    if len(chain.initials) == 1 and not chain.prefixes and cued in ("", "beside") and flag & Is.COMMON and not flag & (_LIKELY | Is.PREFIX):
        return behind < len(tok.words) and tok.gaps[behind] == " " and bool(tok.flags[behind] & Is.ACTS)
    if len(tok.words[here]) < 5 and not flag & Is.FAMILY and _VOWELS.isdisjoint(tok.words[here]) and not chain.prefixes:
        return True  # `opgenomen in mst`
    if not tok.capitals or not tok.upper(here):
        return False
    if tok.gaps[here] == "-" and not tok.words[here].strip("ivx"):
        return True
    alone = not any(0 <= at < len(tok.words) and tok.upper(at) and tok.gaps[max(at, here)] == " " for at in (here - 1, here + 1))
    return alone and len(tok.words[here]) < 5 and (cued in ("", "beside") or bool(chain.names))


def clipped(tok: Tokens, here: int) -> bool:
    """`O'Sullivan`, `N'Guessan`: a letter joined by its mark to the capital behind it."""
    behind = here + 1
    return (
        tok.capitals
        and tok.caps[here]
        and behind < len(tok.words)
        and tok.gaps[behind] == "'"
        and tok.caps[behind]
        and len(tok.words[behind]) > 2
    )


def ambiguous_start(reading: Reading, here: int) -> bool:
    """A given name that is a word too (Roos, Iris, Mees), or a family name (Bakker), with a capital where words have none."""
    tok, flag = reading.tok, reading.tok.flags[here]
    if not tok.capitals and bare_name(tok, here):
        return True
    if not tok.capitals and flag & Is.GIVEN and here + 1 < len(tok.words) and tok.gaps[here + 1] == "-" and tok.flags[here + 1] & Is.GIVEN:
        return True  # anne-fleur
    if (
        not tok.capitals
        and not flag & (NEVER | Is.FUNCTION | Is.VERB)
        and here + 1 < len(tok.words)
        and tok.gaps[here + 1] == ", "
        and reading.is_initial(here + 1)
    ):
        return bool(flag & Is.FAMILY) or not flag & Is.WORD
    if (
        not tok.capitals
        and flag & Is.GIVEN
        and not flag & (NEVER | Is.FUNCTION | Is.VERB | Is.RELATION)
        and here + 1 < len(tok.words)
        and tok.gaps[here + 1] == " "
    ):
        following = tok.flags[here + 1]
        return not following & (Is.WORD | Is.NOT_PERSON | Is.PREFIX) and (bool(following & (Is.FAMILY | Is.GIVEN)) or not following)
    if tok.capitals and tok.caps[here] and flag & Is.WORD and not flag & _LIKELY and not tok.opens(here):
        return _acting_word(reading, here)
    if not flag & (Is.GIVEN | Is.FAMILY) or flag & (NEVER | Is.PREFIX | Is.FUNCTION | Is.EPONYM) or not tok.caps[here] or not tok.capitals:
        return False
    if flag & (Is.MONTH | Is.PLACE) and not flag & _LIKELY:
        return False
    return not tok.upper(here)


def _acting_word(reading: Reading, here: int) -> bool:
    """`achterwacht gebeld, Zuurbier adviseert`: a word with a capital that no sentence gives it, and that does what people do."""
    tok, flag = reading.tok, reading.tok.flags[here]
    if flag & (NEVER | Is.COMMON | Is.FUNCTION | Is.RELATION | Is.CLIENT | Is.VERB | Is.PLACE) or tok.upper(here):
        return False
    if tok.words[here].endswith(
        ("ing", "zorg", "hulp", "werk", "team", "dienst", "raad", "loket", "punt", "heid", "wet", "plan", "advies")
    ):
        return False
    if tok.words[here - 1] in ("de", "het", "een", "dit", "die") or tok.caps[here - 1]:
        return False
    ends = here + 1 >= len(tok.words) or tok.gaps[here + 1].strip(" ") != "" or not tok.caps[here + 1]
    if cue_after(tok, here) or (flag & Is.MADE and ends and _plainly_written(tok, here)):
        return True  # `post via Kattenwinkel`: a compound no list has, with a capital that no sentence gives it
    return here + 1 < len(tok.words) and bool(tok.flags[here + 1] & Is.ACTS) and tok.gaps[here + 1] == " " and not tok.caps[here + 1]


def _plainly_written(tok: Tokens, at: int) -> bool:
    """Whether only the first letter is a capital, and the end is not one of things: `PLANgroep` is no name."""
    return tok.text.plain[tok.starts[at] + 1 : tok.ends[at]].islower() and not tok.words[at].endswith(
        (*OF_THINGS, "groep", "net", "huis", "punt")
    )

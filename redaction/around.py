"""What stands around a word and says what it is: an article, a place, a date, a verb behind it, the end of what is said."""

from __future__ import annotations

from redaction.bare import DONE, IN_TIME
from redaction.lexicon import Is
from redaction.reading import Chain, Reading
from redaction.tokens import Tokens

BUILDINGS = (
    "kerk",
    "school",
    "huis",
    "plein",
    "markt",
    "moskee",
    "college",
    "ziekenhuis",
    "centrum",
    "gebouw",
    "toren",
    "park",
    "oord",
    "flat",
    "hoeve",
    "hof",
)


def after_article(reading: Reading, at: int) -> bool:
    """Whether the word before makes this one a thing; `dat` and `die` before a capital that is no word open a sentence instead."""
    tok = reading.tok
    if at and tok.words[at - 1] in ("het", "geen") and tok.caps[at] and not tok.flags[at] and not in_a_house(tok, at):
        return False  # `laat jij het Soenita weten?`
    if at and tok.words[at - 1] in ("dat", "die") and (tok.caps[at] or not tok.capitals) and not tok.flags[at] & Is.WORD:
        return False
    return (
        at > 0
        and reading.tok.words[at - 1]
        in ("de", "het", "een", "dit", "dat", "deze", "die", "geen", "elke", "iedere", "mijn", "groene", "rode")
        and reading.tok.gaps[at] == " "
    ) or (
        at > 0
        and not tok.capitals
        and tok.words[at - 1] in ("haar", "zijn", "hun", "uw", "onze", "ons")
        and bool(tok.flags[at] & Is.COMMON)
    )


def acts(reading: Reading, chain: Chain) -> bool:
    """Whether what a person does follows, or what was done with them: `Roos belde`, `Roos gebeld`."""
    tok, after = reading.tok, chain.last + 1
    if after >= len(tok.words) or tok.gaps[after] not in (" ", "\n"):
        return False
    return bool(tok.flags[after] & Is.ACTS) or tok.words[after] in DONE


def ends(tok: Tokens, last: int) -> bool:
    """Whether what is said ends with this word: a mark, a line, the text."""
    following = tok.gaps[last + 1] if last + 1 < len(tok.words) else "."
    return following[:1] in ".,;)\n" or following[:2] in (" (", " -")


def place_use(reading: Reading, at: int) -> bool:
    """`in Bergen`, `te Doorn`, `uit Marokko`: a place rather than a person."""
    tok, flag = reading.tok, reading.tok.flags[at]
    if not at:
        return False
    before = tok.words[at - 1]
    if before == "naar" and tok.gaps[at] == " " and not flag & Is.PLACE:
        return False
    if before in ("te", "in", "naar", "uit", "vanuit", "richting", "nabij") and tok.gaps[at] == " ":
        return bool(flag & Is.PLACE) or not flag & Is.GIVEN
    return bool(flag & Is.PLACE and not flag & (Is.GIVEN | Is.FAMILY))


def month_use(reading: Reading, at: int) -> bool:
    """`mei`, `jan` beside a figure or a word of time: of a date rather than of a person."""
    tok = reading.tok
    if not tok.flags[at] & (Is.MONTH | Is.DAY):
        return False
    near = tok.text.low[max(0, tok.starts[at] - 5) : tok.ends[at] + 6]
    return any(c.isdigit() for c in near) or (at > 0 and tok.words[at - 1] in IN_TIME)


def in_a_house(tok: Tokens, at: int) -> bool:
    """`in het Elisabeth`, `naar het Antonius`: a hospital; `geef het Elisabeth` is not."""
    return (
        at > 1
        and tok.words[at - 1] == "het"
        and tok.words[at - 2] in ("in", "naar", "van", "uit", "bij", "op", "vanuit")
        and tok.gaps[at] == " "
    )


def alone_on_line(tok: Tokens, chain: Chain) -> bool:
    """Whether the name is all that stands on its line, as under a letter."""
    low, end = tok.text.low, tok.ends[chain.last]
    return "\n" in tok.gaps[chain.first] and low[end : end + 2].lstrip(" ")[:1] in ("", "\n")

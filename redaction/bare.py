"""Names in a text whose capitals tell nothing: a word there is a name by what it is and by what stands around it, together."""

from __future__ import annotations

import re

from redaction.after import cue_after
from redaction.lexicon import Is
from redaction.tokens import Tokens

_WITH = frozenset(
    [
        "met",
        "door",
        "via",
        "bij",
        "aan",
        "van",
        "volgens",
        "voor",
        "namens",
        "en",
        "dat",
        "of",
        "want",
        "toen",
        "naar",
        "tegen",
        "over",
        "omdat",
        "als",
        "zei",
        "zegt",
        "hielp",
        "vroeg",
        "ook",
    ]
)
_DETERMINED = frozenset(
    [
        "de",
        "het",
        "een",
        "dit",
        "dat",
        "deze",
        "die",
        "geen",
        "elke",
        "iedere",
        "mijn",
        "haar",
        "zijn",
        "hun",
        "ons",
        "onze",
        "uw",
        "zo",
        "heel",
        "erg",
        "te",
        "om",
        "niet",
        "ter",
    ]
)
_SURNAME = re.compile(
    r"(?:huis(?:en)?|huizen|stra|sma|inga|enga|link|rink|sink|kamp|veld|horst|mans|man|sen|ssen|ski|ska|wicz|czyk|iak|oglu|"
    r"zadeh|poor|nejad|yan|dze|ov|ova|ev|eva|enko|chuk|singh|persad|sing|oui|aoui|ouni|ani|idi|ouari|stein|meijer|meyer|broek|hoek|beek)$"
)
"""How family names end that hardly any Dutch word ends on; in a note without capitals that is all there is to see."""
_NEVER = Is.NOT_PERSON | Is.DAY | Is.TITLE | Is.FUNCTION | Is.VERB | Is.RELATION | Is.CLIENT | Is.PREFIX | Is.STREET | Is.ORG_BEFORE


def bare_name(tok: Tokens, at: int) -> float:
    """How surely the word is a name that nothing announces, in a text without telling capitals; 0 where it is none."""
    word, flag = tok.words[at], tok.flags[at]
    if flag & Is.COMMON and flag & Is.GIVEN and not flag & (_NEVER | Is.MONTH) and _acts(tok, at) and tok.opens(at):
        return 0.5
    if not flag & (_NEVER & ~Is.ORG_BEFORE) and not _determined(tok, at) and _between(tok, at):
        return 0.6
    if flag & (_NEVER | Is.COMMON | Is.MONTH | Is.EPONYM) or len(word) < 3:
        return 0.0
    acts, spoken_to = _acts(tok, at), _spoken_to(tok, at)
    if flag & Is.WORD and flag & Is.GIVEN and not _determined(tok, at) and _full(tok, at):
        return 0.55
    if flag & Is.WORD and word in tok.lexicon.table:
        if _determined(tok, at):
            return 0.0
        return 0.55 if (flag & Is.GIVEN and acts) or (flag & (Is.GIVEN | Is.FAMILY) and _explained(tok, at)) else 0.0
    if flag & Is.WORD:  # a compound no list has, ending as family names do
        return 0.5 if _SURNAME.search(word) and spoken_to and _closes(tok, at) and len(word) < 11 else 0.0
    if flag & Is.FAMILY and not flag & (Is.PLACE | Is.PROPER):
        return 0.6 if acts or spoken_to else 0.5 if len(word) > 4 else 0.0
    if flag:
        return 0.0
    if len(word) > 5 and _SURNAME.search(word):
        return 0.6 if acts or spoken_to else 0.5
    agent = at and tok.words[at - 1] == "door" and _closes(tok, at) and len(word) > 4
    if acts or agent or _before_family(tok, at, spoken_to) or _explained(tok, at):
        return 0.5 if len(word) > 3 and not _determined(tok, at) else 0.0
    return 0.0


def _before_family(tok: Tokens, at: int, spoken_to: bool) -> bool:
    """Whether a family name that is no word follows at once, or a second word that nothing knows."""
    if at + 1 >= len(tok.words) or tok.gaps[at + 1] != " ":
        return False
    flag = tok.flags[at + 1]
    return (bool(flag & Is.FAMILY) and not flag & Is.WORD and spoken_to) or (
        not flag and min(len(tok.words[at]), len(tok.words[at + 1])) > 3
    )


_DONE = frozenset(
    [
        "gesproken",
        "gebeld",
        "gemaild",
        "overlegd",
        "besproken",
        "gepraat",
        "gechat",
        "gewhatsappt",
        "geappt",
        "afgesproken",
        "ingelicht",
        "gezien",
        "geholpen",
        "gekookt",
    ]
)


def _between(tok: Tokens, at: int) -> bool:
    """`met kattenwinkel gesproken`: what one does with people, and no article before the word."""
    return (
        at > 0
        and tok.words[at - 1] in ("met", "door")
        and at + 1 < len(tok.words)
        and tok.words[at + 1] in _DONE
        and tok.gaps[at + 1] == " "
    )


def _acts(tok: Tokens, at: int) -> bool:
    """Whether a person's verb follows at once."""
    return at + 1 < len(tok.words) and bool(tok.flags[at + 1] & Is.VERB) and tok.gaps[at + 1] in (" ", "\n")


def _closes(tok: Tokens, at: int) -> bool:
    """Whether nothing follows that could belong to the word: a mark, the end, or a little word."""
    return at + 1 >= len(tok.words) or tok.gaps[at + 1].strip(" ") != "" or bool(tok.flags[at + 1] & (Is.FUNCTION | Is.VERB))


def _spoken_to(tok: Tokens, at: int) -> bool:
    return at > 0 and tok.words[at - 1] in _WITH and tok.gaps[at] in (" ", "\n")


def _determined(tok: Tokens, at: int) -> bool:
    return at > 0 and tok.words[at - 1] in _DETERMINED and tok.gaps[at] == " "


def _full(tok: Tokens, at: int) -> bool:
    """`ria blom`: a given name and a family name that are both words, and nothing behind them that they could belong to."""
    last = at + 1
    if last >= len(tok.words) or tok.gaps[last] != " ":
        return False
    flag = tok.flags[last]
    return bool(flag & Is.FAMILY) and not flag & (_NEVER | Is.COMMON) and _closes(tok, last)


def _explained(tok: Tokens, at: int) -> bool:
    """Whether a relation, a workplace or a number right behind the word says that it is a person."""
    return bool(cue_after(tok, at))

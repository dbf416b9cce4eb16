"""Names in a text whose capitals tell nothing: a word there is a name by what it is and by what stands around it, together."""

from __future__ import annotations

import re

from redaction.after import cue_after
from redaction.lexicon import Is
from redaction.slips import is_slip
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
    if paired(tok, at) or _is_quoted(tok, at):
        return 0.6
    if (
        flag & Is.COMMON
        and flag & Is.GIVEN
        and not flag & _NEVER
        and not _determined(tok, at)
        and (_full_acts(tok, at) or _called(tok, at))
    ):
        return 0.6
    if flag & (Is.GIVEN | Is.FAMILY) and not flag & _NEVER and not _determined(tok, at) and _told_by_place(tok, at):
        return 0.6
    if flag & Is.MONTH and flag & Is.GIVEN and len(word) == 3 and not _dated(tok, at):
        return 0.55
    if flag & (_NEVER | Is.COMMON | Is.MONTH | Is.EPONYM) or len(word) < 3:
        return 0.0
    acts, spoken_to = _acts(tok, at), _spoken_to(tok, at)
    if flag & Is.WORD and flag & Is.GIVEN and not _determined(tok, at) and _full(tok, at):
        return 0.55
    if flag & Is.WORD and word in tok.lexicon.table:
        if _determined(tok, at):
            return 0.0
        if flag & (Is.GIVEN | Is.FAMILY) and (_explained(tok, at) or _was_met(tok, at)):
            return 0.55
        if acts and (flag & Is.GIVEN or (flag & Is.FAMILY and tok.opens(at))):
            return 0.55
        return 0.5 if flag & Is.FAMILY and at and tok.words[at - 1] in ("door", "namens", "volgens") and _closes(tok, at) else 0.0
    if flag & Is.WORD:  # a compound no list has, ending as family names do
        return 0.5 if _SURNAME.search(word) and spoken_to and _closes(tok, at) and len(word) < 11 else 0.0
    if (
        flag & Is.GIVEN
        and flag & Is.PLACE
        and (acts or (at and tok.words[at - 1] in _TO_PEOPLE and tok.words[at - 1] not in ("van", "bij")))
    ):
        return 0.6
    if flag & Is.FAMILY and not flag & (Is.PLACE | Is.PROPER):
        return 0.6 if acts or spoken_to else 0.5 if len(word) > 4 else 0.0
    if flag:
        return 0.0
    if len(word) > 5 and _SURNAME.search(word):
        return 0.6 if acts or spoken_to else 0.5
    agent = at and tok.words[at - 1] == "door" and _closes(tok, at) and len(word) > 4
    object_of = at and tok.flags[at - 1] & Is.ACTS and not tok.flags[at - 1] & Is.VERB and tok.gaps[at] == " " and _closes(tok, at)
    if object_of and len(word) > 4 and not is_slip(word):
        return 0.5  # `zij verdenkt swinda van diefstal`
    if acts or agent or _before_family(tok, at, spoken_to) or _explained(tok, at) or _reached(tok, at):
        return 0.5 if len(word) > 2 and not _determined(tok, at) and not is_slip(word) else 0.0
    if len(word) > 7 and at and tok.words[at - 1] in ("oude", "jonge", "oudste", "jongste") and not is_slip(word):
        return 0.5
    return 0.0


IN_TIME = frozenset(
    ["in", "eind", "begin", "half", "medio", "sinds", "vanaf", "tot", "per", "afgelopen", "vorig", "komend", "t", "m", "van"]
)


def _dated(tok: Tokens, at: int) -> bool:
    """Whether `jan` or `jun` is of a date: a figure near, or a word of time before it."""
    near = tok.text.low[max(0, tok.starts[at] - 4) : tok.ends[at] + 6]
    return any(c.isdigit() for c in near) or (at > 0 and tok.words[at - 1] in IN_TIME)


def _was_met(tok: Tokens, at: int) -> bool:
    """`klaver gebeld`, at the head of what is noted."""
    after = at + 1
    return (
        tok.opens(at) or tok.gaps[at][:1] in (",", ";")
        if after < len(tok.words) and tok.words[after] in DONE and tok.gaps[after] == " "
        else False
    )


_TURNED = frozenset(["belt", "belde", "mailt", "mailde", "appt", "appte", "zegt", "zei", "vraagt", "vroeg", "hoi", "hallo", "beste", "ha"])
"""`morgen belt wever terug`: what people do, before the name."""


def _told_by_place(tok: Tokens, at: int) -> bool:
    """Whether the place of a word that is a name too tells of a person: `vos (gezinsvoogd)`, `met job,`, `belt wever terug`, `hoi eden,`."""
    flag, after = tok.flags[at], at + 1
    if after < len(tok.words) and tok.gaps[after] in (" (", ", ") and cue_after(tok, at) not in ("", "reached"):
        return True
    if not at or tok.gaps[at] != " ":
        return False
    before, ended = tok.words[at - 1], after >= len(tok.words) or tok.gaps[after][:1] in (",", ".", ";", ")", "\n", "!")
    if before in _TURNED:
        return ended or (not flag & Is.COMMON and tok.words[after] in ("terug", "mee", "langs", "over", "dat", "of"))
    trade = flag & Is.FAMILY and not flag & Is.COMMON and tok.words[at].endswith(("er", "man", "aar"))
    if trade and before in ("met", "door", "aan", "via", "naar", "namens", "dat"):
        return _closes(tok, at)  # `doorgegeven aan schipper, ...`: without an article it is nobody's trade
    return before == "met" and ended and bool(flag & Is.GIVEN) and not flag & Is.PLACE


def _is_quoted(tok: Tokens, at: int) -> bool:
    """`wei: "ga naast haar staan"`: what somebody said stands between marks."""
    flag = tok.flags[at]
    said = tok.text.low[tok.ends[at] : tok.ends[at] + 3] in (': "', ": '")
    return said and bool(flag & (Is.GIVEN | Is.FAMILY) or not flag) and not flag & (Is.FUNCTION | Is.RELATION | Is.CLIENT | Is.LABEL)


def _full_acts(tok: Tokens, at: int) -> bool:
    """`roos schipper belt`: both words are plain ones too, but together they do something."""
    return _full(tok, at) and at + 2 < len(tok.words) and bool(tok.flags[at + 2] & Is.ACTS) and tok.gaps[at + 2] == " "


def _called(tok: Tokens, at: int) -> bool:
    """`roos tel 06 57 01 04 36`."""
    return tok.text.low.startswith((" tel", " 06", " mob", " (06", ": 06"), tok.ends[at]) and (tok.opens(at) or _spoken_to(tok, at))


def paired(tok: Tokens, at: int) -> bool:
    """`Roos en Guno`, `roos/jelmer`: a given name that is a word too, and right behind it one that is nothing else."""
    after = at + 1
    if not tok.flags[at] & Is.GIVEN or tok.flags[at] & (Is.FUNCTION | Is.VERB | Is.RELATION | Is.DAY) or after >= len(tok.words):
        return False
    if tok.words[after] in ("en", "of") and tok.gaps[after] == " ":
        after += 1
        near = after < len(tok.words) and tok.gaps[after] == " "
    else:
        near = tok.gaps[after] in ("/", " / ", " & ", "&")
    if not near or tok.caps[after] != tok.caps[at]:
        return False
    flag = tok.flags[after]
    return bool(flag & Is.GIVEN) and not flag & (Is.WORD | Is.PLACE | Is.MONTH | Is.NOT_PERSON | Is.PROPER)


def _before_family(tok: Tokens, at: int, spoken_to: bool) -> bool:
    """Whether a family name that is no word follows at once, or a second word that nothing knows."""
    if at + 1 >= len(tok.words) or tok.gaps[at + 1] != " ":
        return False
    flag = tok.flags[at + 1]
    return (bool(flag & Is.FAMILY) and not flag & Is.WORD and (spoken_to or _closes(tok, at + 1))) or (
        not flag and min(len(tok.words[at]), len(tok.words[at + 1])) > 3
    )


DONE = frozenset(
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


def _reached(tok: Tokens, at: int) -> bool:
    """`betaalt aan guenoun.`: a word that nothing knows, behind what is done to people and before the end of what is said."""
    return at > 0 and tok.words[at - 1] in _TO_PEOPLE and tok.gaps[at] in (" ", "\n") and _closes(tok, at)


_TO_PEOPLE = frozenset(["met", "aan", "door", "van", "namens", "volgens", "tegen", "bij", "dat", "met", "voor"])


def _between(tok: Tokens, at: int) -> bool:
    """`met kattenwinkel gesproken`: what one does with people, and no article before the word."""
    return (
        at > 0
        and tok.words[at - 1] in ("met", "door")
        and at + 1 < len(tok.words)
        and tok.words[at + 1] in DONE
        and tok.gaps[at + 1] == " "
    )


def _acts(tok: Tokens, at: int) -> bool:
    """Whether a person's verb follows at once."""
    return at + 1 < len(tok.words) and bool(tok.flags[at + 1] & Is.ACTS) and tok.gaps[at + 1] in (" ", "\n")


def _closes(tok: Tokens, at: int) -> bool:
    """Whether nothing follows that could belong to the word: a mark, the end, or a little word."""
    return at + 1 >= len(tok.words) or tok.gaps[at + 1].strip(" ") != "" or bool(tok.flags[at + 1] & (Is.FUNCTION | Is.ACTS))


def _spoken_to(tok: Tokens, at: int) -> bool:
    return at > 0 and tok.words[at - 1] in _WITH and tok.gaps[at] in (" ", "\n")


def _determined(tok: Tokens, at: int) -> bool:
    if at and tok.words[at - 1] in ("dat", "die") and not tok.flags[at]:
        return False  # `een man die guenoun heet`
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

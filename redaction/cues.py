"""What stands before a name and says that one follows: a title, a relation, `gesproken met`, a label with a colon, a signature."""

from __future__ import annotations

import re

from redaction.lexicon import Is
from redaction.reading import Chain
from redaction.tokens import Tokens

_NEAR = re.compile(r"[ .:,/(\"'-]{0,4}\n?|: ?\n?|\n")
_SIGNED = re.compile(
    r"(?:groet(?:en|jes)?|hoogachtend|m\.?v\.?g|mvg|gr|grt|hgr|liefs|dank(?: u| je)? ?(?:wel)?|vriendelijk|"
    r"namens het college|ondertekend|getekend|w\.g)[.,!]{0,2}(?: namens [a-z ]{2,30})?[ \n]*(?:,|\n|[ ]) *$"
)
_NUMBERED = re.compile(r" ?\(?\d{1,2}\)?(?=:)")
"""`Contactpersoon 2: ...`"""
_TIGHT = frozenset(["volgens", "aldus", "namens", "genaamd", "geheten", "heet", "heten", "heette"])


def cue_before(tok: Tokens, chain: Chain) -> None:
    """Write into `chain` what stands right before it: the nearest cue wins."""
    at = chain.first
    if at:
        _word_before(tok, chain, at)
    if not chain.cued:
        _phrase_before(tok, chain)


def cue_at(tok: Tokens, at: int) -> Chain:
    """What stands right before token `at`, as an empty chain that nobody changes: worked out once for all who ask."""
    probe = tok.probes.get(at)
    if probe is None:
        probe = tok.probes[at] = Chain(at, at)
        cue_before(tok, probe)
    return probe


def cued_at(tok: Tokens, at: int) -> bool:
    """Whether a cue stands right before token `at`."""
    return bool(cue_at(tok, at).cued)


def _word_before(tok: Tokens, chain: Chain, at: int) -> None:
    """A title or a relation, with at most one word and one mark between: `de heer`, `buurvrouw (`, `broer genaamd`."""
    back = at - 1
    titled = False
    for _ in range(3):
        if back < 0:
            return
        gap = tok.gaps[back + 1]
        if gap != " " and not _NEAR.fullmatch(gap):
            return
        flag, word = tok.flags[back], tok.words[back]
        if (
            flag & Is.TITLE
            and not ("." in gap and len(word) > 5)
            and not (word in ("hr", "ing") and tok.upper(back) and tok.capitals)
            and "," not in gap
            and not (word == "wed" and gap == " ")
        ):
            _title(tok, chain, word)
            titled = True
        elif "." in gap or ("\n" in gap.strip(" ") and not broken_line(tok.text.low, tok.ends[back])):
            return
        elif flag & Is.CLIENT:
            chain.cued = chain.cued if chain.cued == "relation" else "client"
            return
        elif flag & Is.RELATION:
            chain.relation = chain.relation or _whole_relation(tok, back)
            chain.cued = "relation" if chain.cued in ("", "title") else chain.cued
            return
        elif (
            word in ("genaamd", "heet", "heten", "heette", "genoemd", "nl", "namelijk", "is", "was", "mijn", "haar", "zijn", "hun")
            and back == at - 1
            and "." not in gap
        ):
            if word in ("genaamd", "heet", "heten", "heette", "genoemd"):
                chain.cued = "contact"
            elif word in ("is", "was") and back and _tells_who(tok, back - 1, at):
                chain.cued = "relation"
                chain.relation = _whole_relation(tok, back - 1)
                return
            elif word in ("is", "was", "mijn", "haar", "zijn", "hun"):
                return
        elif titled and word == "en" and back and tok.flags[back - 1] & Is.TITLE:
            chain.together, chain.title = True, "x"
            return
        elif word == "van" and back and back == at - 1 and gap in (" ", "\n") and tok.flags[back - 1] & Is.RELATION:
            chain.cued = "contact"
            return
        elif not titled or word not in ("de", "den"):
            return
        back -= 1


def _tells_who(tok: Tokens, back: int, at: int) -> bool:
    """`uw contactpersoon is Van Zanten`, `verpleegkundige is blom.`: who it is, not what they are like."""
    flag = tok.flags[at]
    if (
        not tok.flags[back] & Is.RELATION
        or tok.gaps[back + 1] != " "
        or flag & (Is.FUNCTION | Is.VERB | Is.NOT_PERSON | Is.PROPER | Is.COMMON)
    ):
        return False
    return not flag & Is.WORD or (bool(flag & (Is.FAMILY | Is.GIVEN)) and (at + 1 >= len(tok.words) or tok.gaps[at + 1].strip(" ") != ""))


def broken_line(low: str, end: int) -> bool:
    """Whether the line that ends at `end` was broken for its length: it is long, and what stands there is no end of a sentence."""
    return end - (low.rfind("\n", 0, end) + 1) >= 35


def _title(tok: Tokens, chain: Chain, word: str) -> None:
    sex = tok.lexicon.sexes.get(f"title {word}", "x")
    chain.title = chain.title if chain.title in ("f", "m") else sex
    chain.cued = chain.cued or "title"
    chain.together = chain.together or word in tok.lexicon.words["family_titles"]


def _whole_relation(tok: Tokens, at: int) -> str:
    """`ex-partner` and `ex-man` are one relation, though two words."""
    if at and tok.words[at - 1] in ("ex", "poh", "wmo") and tok.text.low[tok.ends[at - 1] : tok.starts[at]] in ("-", " "):
        joined = f"{tok.words[at - 1]}-{tok.words[at]}"
        return joined if tok.lexicon.relation(joined) else tok.words[at]
    return tok.words[at]


def _phrase_before(tok: Tokens, chain: Chain) -> None:
    low, start, back = tok.text.low, tok.starts[chain.first], chain.first - 1
    gap = tok.gaps[chain.first]
    mark = "" if gap == " " else _NUMBERED.sub("", gap).strip(" \n\"'")
    if back < 0:
        return
    flag = tok.flags[back]
    if mark in (":", ".:"):
        _labelled(tok, chain, back)
    elif (
        (flag & Is.CUE_END and mark in ("", "(") and _cue_phrase(tok, back))
        or (mark == "." and low.endswith(("t.a.v. ", "t.a.v.", "tav. ", "t.n.v. ", "t.n.v.", "tnv. "), 0, start))
        or (mark == "" and tok.words[back] == "door" and _agent(tok, chain.first))
    ):
        chain.cued = "contact"
    elif _speaks(tok, chain, gap):
        chain.cued = "label"
    elif flag & Is.SALUTATION and mark == "" and tok.opens_line(tok.starts[back]):
        chain.cued = "salutation"
    elif ("\n" in gap or flag & Is.GREETING) and _SIGNED.search(low, max(0, start - 60), start):
        chain.cued = "signature"


def _agent(tok: Tokens, at: int) -> bool:
    """`advies verlenging door Van der Doelen`: who did it, with a capital that no sentence gives it."""
    return tok.capitals and tok.caps[at] and not tok.flags[at] & (Is.NOT_PERSON | Is.ORG_BEFORE)


_HOUR = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\]?(?: ?-|,)? ?$")


def _speaks(tok: Tokens, chain: Chain, gap: str) -> bool:
    """`12-03-2024 09:14 - Roos: ...`: who says something in a chat, or whom a log names behind the hour."""
    low, start, end = tok.text.low, tok.starts[chain.first], tok.ends[chain.last]
    near = low.find(":", end, end + 30)
    return gap[-1:] in " ]" and near > 0 and "\n" not in low[end:near] and bool(_HOUR.search(low, max(0, start - 14), start))


def _labelled(tok: Tokens, chain: Chain, back: int) -> None:
    """A colon in front: what stands before it says whose name follows."""
    word, flag = tok.words[back], tok.flags[back]
    if flag & Is.CLIENT:
        chain.cued = "client"
    elif tok.lexicon.relation(word) is not None:
        chain.cued, chain.relation = "relation", word
    elif flag & Is.LABEL:
        chain.cued = "label"


def _cue_phrase(tok: Tokens, back: int) -> bool:
    phrase = tok.words[back]
    for count in range(1, 5):
        if phrase in tok.lexicon.cues:
            return True
        at = back - count
        if at < 0 or tok.text.low[tok.ends[at] : tok.starts[at + 1]] not in (" ", "\n", "-", "  "):
            return False
        phrase = f"{tok.words[at]} {phrase}"
    return False

"""How surely a run of words names a person, between 0 and 1: by its words, by what stands before it, by where it stands."""

from __future__ import annotations

import re
from functools import cache

from redaction.around import BUILDINGS, acts, after_article, alone_on_line, ends, in_a_house, month_use, place_use
from redaction.bare import bare_name, paired
from redaction.lexicon import Is, lexicon
from redaction.nobody import is_nobody
from redaction.prefixes import ABROAD, is_prefixed
from redaction.reading import Chain, Reading
from redaction.slips import is_slip
from redaction.tokens import Tokens
from redaction.whose import Verdict

_LOOK = Is.GIVEN | Is.FAMILY


def worth_of(reading: Reading, chain: Chain, verdict: Verdict) -> float:
    """How surely the chain names a person, between 0 and 1."""
    if is_nobody(reading, chain):
        reading.cleared.update(reading.tok.words[at] for at in chain.names)
        reading.nobody.update(range(chain.first, chain.last + 1))
        return 0.0
    if verdict.number is not None:
        return _known_worth(reading, chain)
    worth = _new_worth(reading, chain)
    return _RIGHT if _LIKELY <= worth < _RIGHT else worth


_LIKELY, _RIGHT = 0.5, 0.6
"""On notes never seen before nine of ten names weighed between these were names: sure enough not to ask a person."""


def _known_worth(reading: Reading, chain: Chain) -> float:
    tok = reading.tok
    if len(chain.names) > 1 or chain.initials or chain.prefixes or chain.cued:
        return 0.97
    at = chain.names[0]
    flag = tok.flags[at]
    if not reading.known(at):
        return 0.7 if tok.caps[at] or not tok.capitals else 0.5
    if not flag & (Is.WORD | Is.PLACE | Is.MONTH) or tok.words[at] not in tok.lexicon.table:
        return 0.95
    if tok.caps[at] and tok.capitals and not tok.upper(at):
        if place_use(reading, at) or month_use(reading, at):
            return 0.2
        if not tok.opens(at):
            return 0.9
        if acts(reading, chain) or chain.after or tok.text.low[tok.ends[at] : tok.ends[at] + 1] == ":":
            return 0.85
        return 0.5 if flag & Is.GIVEN or not flag & (Is.COMMON | Is.FUNCTION | Is.VERB) else 0.3
    if not tok.capitals:
        if after_article(reading, at) and not (flag & Is.GIVEN and tok.words[at - 1] in ("dat", "die")):
            return 0.2
        spoken_of = acts(reading, chain) or (
            at > 0 and tok.words[at - 1] in ("met", "van", "door", "voor", "aan", "en", "bij", "dat", "volgens")
        )
        return 0.65 if not flag & Is.COMMON or spoken_of else 0.2
    return 0.1


_BY_CUE = {
    "title": 0.95,
    "relation": 0.92,
    "client": 0.85,
    "contact": 0.88,
    "label": 0.88,
    "signature": 0.9,
    "salutation": 0.9,
    "beside": 0.65,
}


def _new_worth(reading: Reading, chain: Chain) -> float:
    """Somebody nobody knows: what the words are, what stands before them, and whether they begin a sentence."""
    tok = reading.tok
    shown = [at for at in chain.names if tok.caps[at]]
    if (
        not chain.cued
        and len(chain.names) == 1
        and tok.text.low[tok.ends[chain.last] : tok.ends[chain.last] + 1] == ":"
        and not tok.flags[chain.names[0]] & (Is.GIVEN | Is.FAMILY)
        and (tok.opens(chain.first) or tok.flags[chain.names[0]] & Is.WORD or not tok.capitals)
    ):
        return 0.45 if _strange_speaker(reading, chain) else 0.0
    if _made_thing(reading, chain):
        return 0.0
    if chain.cued == "relation" and not chain.title and not chain.initials and _of_label(reading, chain):
        return 0.0
    told = tok.capitals and bool(shown) and not all(tok.upper(at) for at in chain.names)
    if len(chain.names) == 1 and not chain.cued and paired(tok, chain.last):
        return 0.75
    base = max(_shape_worth(reading, chain, told), _after_worth(reading, chain, told))
    return _cued_worth(reading, chain, told, base) if chain.cued else base


@cache
def _things() -> tuple[str, ...]:
    """The things that the last part of a compound makes of it: `Afvalpas`. `huis`, `berg` and `veld` are of families too."""
    return tuple(sorted(lexicon().words["compound_things"]))


def _of_label(reading: Reading, chain: Chain) -> bool:
    """`Contactpersoon Terugvordering: ...`: a plain word between a relation and its colon says of what, not who."""
    tok, at = reading.tok, chain.names[0]
    plain = tok.flags[at] & Is.WORD and not tok.flags[at] & (Is.GIVEN | Is.FAMILY)
    return len(chain.names) == 1 and not chain.prefixes and bool(plain) and tok.text.low[tok.ends[at] : tok.ends[at] + 1] == ":"


def _made_thing(reading: Reading, chain: Chain) -> bool:
    """Whether the one word is a compound of such a thing, and nothing before it speaks of a person."""
    word, table = reading.tok.words[chain.last], reading.tok.lexicon.table
    alone = len(chain.names) == 1 and not (chain.initials or chain.prefixes or chain.title or chain.relation)
    if not alone or word in table or not word.endswith(_things()):
        return False
    head = next(word.removesuffix(thing) for thing in _things() if word.endswith(thing))
    return len(head) > 2 and any(table.get(part, 0) & (Is.WORD | Is.NOT_PERSON) for part in (head, head.removesuffix("s")))


def _cued_worth(reading: Reading, chain: Chain, told: bool, base: float) -> float:
    """Somebody nobody knows, whom something announces: a title, a relation, a verb of contact."""
    tok = reading.tok
    first = chain.names[0]
    flag = tok.flags[first]
    by_whom = _by_whom(reading, chain)
    if not flag and not told and len(chain.names) == 1 and chain.cued != "title" and is_slip(tok.words[first]):
        return min(base, 0.3)
    if flag & Is.WORD and told and tok.words[first] not in tok.lexicon.table:
        flag = 0  # a compound no list has, with a capital and announced: `afgewezen door Ruigrok`
    if told or (not flag & Is.WORD) or chain.prefixes:
        return _announced_worth(reading, chain, told, base, flag)
    if flag & Is.GIVEN and not flag & (Is.COMMON | Is.VERB | Is.FUNCTION | Is.RELATION) and chain.cued in ("contact", "label", "signature"):
        return max(base, 0.65)
    common = flag & Is.COMMON and chain.relation == "iemand"
    if (
        flag & Is.FAMILY
        and chain.cued in ("relation", "title")
        and acts(reading, chain)
        and not flag & (Is.VERB | Is.FUNCTION)
        and not common
    ):
        return max(base, 0.65)  # `huisarts mulder zegt`
    if flag & Is.FAMILY and chain.cued in ("label", "signature") and not flag & (Is.VERB | Is.FUNCTION) and ends(tok, chain.last):
        return max(base, 0.6)  # `NACHTWACHT: BROUWER.`
    if flag & Is.FAMILY and chain.cued == "contact" and by_whom and not tok.capitals and not flag & (Is.VERB | Is.FUNCTION):
        return max(base, 0.5)  # `behandeld door bos`
    if chain.cued == "title" and _both_titled(tok, chain.last) and not flag & (Is.VERB | Is.FUNCTION):
        return max(base, 0.6)
    likely = (
        flag & _LOOK
        and not flag & (Is.VERB | Is.FUNCTION)
        and (chain.cued == "title" or (chain.cued == "relation" and not flag & Is.COMMON))
    )
    return max(base, 0.55 if likely else base)


def _announced_worth(reading: Reading, chain: Chain, told: bool, base: float, flag: int) -> float:
    """The same, where the word itself is a name, or written as one."""
    tok, floor = reading.tok, _BY_CUE[chain.cued]
    by_whom = _by_whom(reading, chain)
    if told and chain.cued == "beside" and flag & Is.PLACE:
        return 0.6
    if told and chain.cued == "contact" and not by_whom and len(chain.names) == 1 and (flag & (Is.PLACE | Is.PROPER) and not flag & _LOOK):
        return 0.3
    if not chain.initials and (
        flag & Is.RELATION
        or flag & Is.CLIENT
        or (
            flag & Is.WORD
            and not (chain.cued == "signature" and told and alone_on_line(tok, chain) and not flag & (Is.FUNCTION | Is.VERB | Is.GREETING))
            and chain.cued in ("contact", "label", "salutation", "signature", "client")
            and len(chain.names) == 1
            and not (chain.prefixes or chain.initials or chain.title or chain.after)
            and not flag & _LOOK
        )
    ):
        return 0.0
    if not told and tok.capitals and not flag & Is.GIVEN and chain.cued not in ("title", "relation"):
        return min(floor, 0.5) if flag & Is.FAMILY or not flag else 0.3
    return max(base, floor)


def _both_titled(tok: Tokens, last: int) -> bool:
    """`mevrouw vrede en meneer vos`."""
    return last + 2 < len(tok.words) and tok.words[last + 1] in ("en", "of") and bool(tok.flags[last + 2] & Is.TITLE)


def _by_whom(reading: Reading, chain: Chain) -> bool:
    return reading.tok.words[chain.first - 1] in ("door", "met", "aan") if chain.first else False


def _after_worth(reading: Reading, chain: Chain, told: bool) -> float:
    """What stands behind the name tells of a person: their relation, or how they are reached."""
    if not chain.after:
        return 0.0
    flag = reading.tok.flags[chain.names[0]]
    if told:
        if flag & _LOOK or not flag & (Is.WORD | Is.PLACE | Is.PROPER):
            return 0.85
        return 0.6 if chain.after != "reached" and not flag & (Is.WORD | Is.PLACE) else 0.3  # `Noes, de zoon van ...`
    if flag & (Is.FUNCTION | Is.VERB | Is.RELATION | Is.CLIENT) or (flag & Is.COMMON and not flag & _LOOK):
        return 0.0
    if flag & Is.COMMON:  # `kok, haar oude buurman`, but not `de kok, een vriend`
        return 0.0 if after_article(reading, chain.names[0]) or reading.tok.capitals else 0.6
    return 0.65 if flag & Is.GIVEN or not flag & (Is.WORD | Is.PLACE) else 0.0


def _shape_worth(reading: Reading, chain: Chain, told: bool) -> float:
    tok = reading.tok
    flags = [tok.flags[at] for at in chain.names]
    given = flags[0] & Is.GIVEN and not flags[0] & Is.WORD
    plain = all(f & Is.WORD for f in flags)
    opens = tok.opens(chain.first)
    if chain.initials:
        if not told and plain and (worth := _lettered(tok, chain, flags)):
            return worth
        if told or not plain:
            return 0.93 if len(chain.initials) > 1 or chain.prefixes or any(f & (_LOOK) or not f & Is.WORD for f in flags) else 0.7
        return 0.3
    if len(chain.names) > 1:
        if flags[0] & Is.GIVEN:
            if told:
                return 0.95 if given or not opens else (0.8 if any(not f & Is.WORD for f in flags[1:]) else 0.5)
            return 0.9 if any(f & (Is.FAMILY | Is.GIVEN) for f in flags[1:]) and not tok.capitals else 0.8
        if not told:
            return 0.4
        if any(f & (Is.PLACE) and not f & _LOOK for f in flags):
            return 0.2
        strange = sum(1 for f in flags if not f & (Is.WORD | Is.PROPER | Is.PLACE))
        return 0.75 if strange == len(flags) or (flags[-1] & (Is.FAMILY | Is.GIVEN) and strange) else 0.4
    return _single_worth(reading, chain, told, opens)


_ABBREVIATED = frozenset(
    [
        "nav",
        "ivm",
        "tav",
        "tbv",
        "dmv",
        "mbt",
        "igv",
        "iom",
        "tgv",
        "tnv",
        "aub",
        "svp",
        "oa",
        "dwz",
        "nvt",
        "ovv",
        "bv",
        "mav",
        "mn",
        "ed",
        "ihk",
    ]
)


def _lettered(tok: Tokens, chain: Chain, flags: list[int]) -> float:
    """`w. blom` and `s.b. kattenwinkel`, where no capital tells that the word is a name; 0 for `i.v.m. verhuizing`."""
    letters = "".join(tok.words[at] for at in chain.initials)
    if letters in _ABBREVIATED or any(f & (Is.COMMON | Is.FUNCTION) and not f & _LOOK for f in flags):
        return 0.0
    if chain.prefixes:
        return 0.8
    if len(letters) > 1:
        return 0.7 if any(f & _LOOK for f in flags) else 0.6
    return 0.6 if flags[-1] & _LOOK and (chain.reversed or not tok.opens_line(tok.starts[chain.first])) else 0.0


_WHERE = frozenset(["in", "op", "aan", "bij", "uit", "over", "onder", "te", "tot", "voor"])


def _single_worth(reading: Reading, chain: Chain, told: bool, opens: bool) -> float:
    """One word, with or without a prefix, and nothing before it."""
    tok = reading.tok
    at = chain.names[0]
    flag = tok.flags[at]
    named_so = chain.prefixes and tok.words[chain.prefixes[0]] not in _WHERE and tok.caps[chain.prefixes[0]]
    if told and named_so and flag & Is.PLACE and not flag & Is.FAMILY:
        return 0.65 if not opens or acts(reading, chain) else 0.2  # `dat Van Rossum belde`; `Van Utrecht tot Arnhem`
    if place_use(reading, at) or month_use(reading, at):
        return 0.0
    if not chain.prefixes and not flag & Is.GIVEN and (after_article(reading, at) or tok.words[at].endswith(BUILDINGS)):
        return 0.1
    labelled = tok.text.low[tok.ends[chain.last] : tok.ends[chain.last] + 1] == ":"
    if labelled and not flag & (Is.GIVEN | Is.FAMILY):
        return 0.45 if _strange_speaker(reading, chain) else 0.1
    if flag & Is.GIVEN and not chain.cued and not chain.prefixes and in_a_house(tok, at):
        return 0.1  # `ze lag in het Elisabeth`
    if chain.prefixes:
        where = chain.first and tok.words[chain.first - 1] in ("naar", "in", "te", "uit", "bij", "op") and not chain.cued
        if told and where and flag & Is.COMMON and tok.words[chain.prefixes[0]] in ("de", "het") and len(chain.prefixes) == 1:
            return 0.4 if flag & Is.FAMILY and tok.words[chain.first - 1] == "bij" else 0.2  # `naar De Haven`
        if told and reading.surely_prefixed(at) and len(chain.prefixes) > 1:
            return 0.85
        if told:
            return (
                0.85
                if (flag & (Is.FAMILY | Is.GIVEN) and not flag & Is.PLACE) or not flag & (Is.WORD | Is.PLACE)
                else (0.65 if not opens and tok.caps[chain.prefixes[0]] else 0.4)
            )
        known = is_prefixed(reading, chain.prefixes[0], at) or (tok.words[chain.prefixes[0]] in ABROAD and flag & Is.FAMILY)
        known = known or (tok.words[chain.prefixes[0]] in ("al", "el", "ter", "ten") and not flag & (Is.WORD | Is.PLACE | Is.NOT_PERSON))
        known = known or (not flag and not tok.capitals)
        return 0.65 if known else 0.6 if flag & Is.FAMILY and not flag & Is.WORD else 0.3
    if told and not chain.prefixes and (thing := _thing_by_article(reading, chain)):
        return thing
    if flag & Is.GIVEN:
        if not flag & Is.WORD:
            if told or not tok.capitals:
                return 0.85
            return 0.75 if len(tok.words[at]) > 3 else 0.3
        if told and not opens:
            return 0.8 if not flag & Is.COMMON else 0.65
        if not told and not tok.capitals:
            return max(0.1, bare_name(tok, at))
        return 0.7 if told and acts(reading, chain) and not flag & Is.FUNCTION else 0.1
    if not told:
        return 0.1 if tok.capitals else max(0.1, bare_name(tok, at))
    if flag & Is.FAMILY:
        if flag & Is.WORD:
            return 0.6 if not opens else (0.5 if acts(reading, chain) and not flag & Is.COMMON else 0.1)
        return 0.75 if not opens or acts(reading, chain) else 0.6
    if flag & (Is.PROPER | Is.PLACE):
        return 0.1
    return 0.55 if not opens or (flag & Is.WORD == 0 and chain.after) else (0.5 if acts(reading, chain) else 0.4)


_AT_A_THING = frozenset(
    ["naar", "bij", "voor", "in", "op", "heeft", "had", "kreeg", "krijgt", "leest", "gebruikt", "gebruikte", "kocht", "koopt"]
)
"""`leest de Margriet`, `heeft een Holter`, `naar de Ibis`: in notes from which this was learnt none of forty was a person."""


def _thing_by_article(reading: Reading, chain: Chain) -> float:
    """How surely a word with an article before it is somebody: `een Holter` may be a thing, `heeft een Holter` is one; 0 without an article."""
    tok, before = reading.tok, chain.first - 1
    if before < 0 or tok.words[before] not in ("de", "het", "een", "t") or tok.caps[before] or tok.gaps[chain.first] != " ":
        return 0.0
    if before and tok.gaps[before] == " " and tok.words[before - 1] in _AT_A_THING and not acts(reading, chain):
        return 0.2
    return 0.4 if tok.words[before] == "een" and tok.flags[chain.names[0]] & Is.GIVEN else 0.0


def _strange_speaker(reading: Reading, chain: Chain) -> bool:
    """`Aaraab: is dat zo?` in the middle of a line: a word that is nothing else says something."""
    tok, at = reading.tok, chain.names[0]
    if (
        not tok.capitals
        or tok.flags[at]
        or len(tok.words[at]) < 4
        or not re.match(r": [a-z]+ [a-z]+ [a-z]+", tok.text.plain[tok.ends[at] :][:60])
    ):
        return False
    return tok.text.low[max(0, tok.starts[chain.first] - 8) : tok.starts[chain.first]].rstrip(" ")[-1:] in (".", "?", "!")

"""What looks like a name and is nobody: organisations, streets, idioms, illnesses called after people."""

from __future__ import annotations

import re
from functools import lru_cache

from redaction.lexicon import Is
from redaction.reading import Chain, Reading
from redaction.things import is_thing
from redaction.tokens import Tokens

_HEADING = re.compile(r"(?:^|\n)[> \t]{0,6}(?:from|sent|date|to|cc|bcc|sender|reply-to|subject) ?:", re.M)
_MAIL_DATE = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? (?:\d{1,2} )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? \d{1,4}\b"
)
_ORG_GAP = re.compile(r" | '|\n|-| & | en | \"| '|\"")


def is_nobody(reading: Reading, chain: Chain) -> bool:
    """Whether the chain is of a street, an idiom, an illness or an organisation."""
    return (
        _street(reading, chain)
        or is_thing(reading, chain)
        or _idiom(reading, chain)
        or _eponym(reading, chain)
        or _organisation(reading, chain)
        or _mail_heading(reading, chain)
    )


@lru_cache(maxsize=4)
def _mailed(low: str) -> bool:
    """Whether any such words stand in the text: asked once for all its names."""
    return bool(_HEADING.search(low) or _MAIL_DATE.search(low))


def _mail_heading(reading: Reading, chain: Chain) -> bool:
    """The English words that programs for mail write above a message: `From:`, `Date: Sun, 03 Mar 2024`."""
    tok = reading.tok
    start, end = tok.starts[chain.first], tok.ends[chain.last]
    low, begin = tok.text.low, max(0, start - 30)
    if not _mailed(low):
        return False
    return any(m.start() <= start and end <= m.end() for form in (_HEADING, _MAIL_DATE) for m in form.finditer(low, begin, end + 40))


def _organisation(reading: Reading, chain: Chain) -> bool:
    """`Stichting De Vries`, `Bakker Bart`, `De Vries Advocaten`, `Jansen & Zn.`, `St. Antonius`, `het restaurant heet ...`."""
    tok = reading.tok
    before = chain.first - 1
    if (
        len(chain.names) == 2
        and tok.words[chain.first] in _TRADES
        and not chain.cued
        and tok.flags[chain.last] & Is.GIVEN
        and tok.gaps[chain.last] == " "
    ):
        return True
    if before > 0 and tok.words[before] in ("heet", "genaamd") and tok.gaps[before] == " " and tok.flags[before - 1] & Is.ORG_BEFORE:
        return True
    if before >= 0 and tok.words[before] in ("st", "sint") and not chain.cued and not tok.text.low[tok.ends[before] :].startswith("-"):
        return True
    if chain.title and not chain.together:
        return False
    before, after = chain.first - 1, chain.last + 1
    article = before > 0 and tok.words[before] in ("de", "het", "den", "t") and tok.gaps[chain.first] == " " and tok.capitals
    if article and (tok.caps[before] or tok.words[before] == "t"):
        before -= 1  # `camping De Berk`, `zorgboerderij 't Geertje`
    if before >= 0 and tok.flags[before] & Is.ORG_BEFORE and _of_one_line(tok, chain.first) and not chain.initials:
        trade = tok.words[before] in _TRADES
        full = len(chain.names) > 1 and tok.flags[chain.names[0]] & Is.GIVEN and (not chain.prefixes or chain.prefixes[0] > chain.names[0])
        if words_like_ours(tok, before) and full:
            return False
        if not tok.flags[before] & Is.RELATION and not (trade and (full or not tok.caps[before])):
            return True
    if (
        after < len(tok.words)
        and tok.flags[after] & Is.ORG_AFTER
        and tok.gaps[after] in (" ", " & ", "-", "'s ")
        and ((tok.caps[after] and tok.capitals) or tok.gaps[after] in (" & ", "-") or tok.words[after] in ("bv", "nv", "vof"))
        and not _known_in_full(reading, chain)
    ):
        return not (tok.flags[after] & Is.RELATION and tok.gaps[after] == " ")
    of_several = len(chain.names) > 1 or (before >= 0 and tok.words[before] in ("de", "het", "een") and tok.gaps[chain.first] == " ")
    if after < len(tok.words) and tok.words[after] in _HOUSES and tok.gaps[after] == " " and of_several and not chain.cued:
        return not any(reading.known(at) for at in chain.names)  # `de Maria Goretti school`
    if before > 0 and tok.gaps[chain.first] == " & " and tok.flags[before - 1] & Is.ORG_BEFORE and tok.caps[before]:
        return True  # `praktijk Jansen & Smit`
    if after < len(tok.words) and not chain.initials and not chain.relation and tok.capitals and _trade_after(reading, chain, after):
        return True
    if tok.words[chain.first] in _AND_SONS and before >= 0 and (tok.gaps[chain.first] == " & " or tok.words[before] == "en"):
        return True
    end = tok.ends[chain.last]
    return _FIRM_TAIL.match(tok.text.low, end, end + 9) is not None


_FIRM_TAIL = re.compile(r" ?(?:b\.v|n\.v|v\.o\.f|(?:&|en) ?(?:zn|zo\b|co\b|zonen|partners)|\.(?:nl|com|org)\b)")


def _known_in_full(reading: Reading, chain: Chain) -> bool:
    """Whether somebody of the file is named by given and family name: no firm is called so by chance."""
    return len(chain.names) > 1 and all(reading.known(at) for at in chain.names)


def _of_one_line(tok: Tokens, at: int) -> bool:
    """Whether the word stands right behind the one before it; on the next line only where the line was broken for its length."""
    gap = tok.gaps[at]
    return bool(_ORG_GAP.fullmatch(gap)) and (gap != "\n" or tok.broken_line(at))


def _trade_after(reading: Reading, chain: Chain, after: int) -> bool:
    """`Van Dijk Trapliften`: a family name alone, and right behind it a plural with a capital."""
    tok, flag = reading.tok, reading.tok.flags[after]
    alone = len(chain.names) == 1 and not tok.flags[chain.names[0]] & Is.GIVEN
    plural = tok.words[after].endswith(("en", "s")) and len(tok.words[after]) > 5
    return (
        alone
        and plural
        and tok.gaps[after] == " "
        and tok.caps[after]
        and bool(flag & Is.WORD)
        and not flag & (Is.GIVEN | Is.FAMILY | Is.VERB | Is.FUNCTION)
    )


_HOUSES = frozenset(
    [
        "school",
        "kliniek",
        "ziekenhuis",
        "kerk",
        "moskee",
        "test",
        "tent",
        "sensor",
        "knop",
        "college",
        "stichting",
        "huis",
        "centrum",
        "fonds",
        "mavo",
        "lyceum",
        "flat",
    ]
)
_AT = frozenset(["op", "in", "aan", "uit", "bij", "naar", "te", "en", "of", "met", "via", "vanaf", "langs"])
_AND_SONS = frozenset(["zn", "zo", "zoon", "zonen", "co", "partners"])
_TRADES = frozenset(["bakker", "slager", "kapper", "makelaar", "aannemer", "drogist", "dierenarts", "fietsenmaker", "deurwaarder"])

_OURS = frozenset(
    [
        "leverancier",
        "gemeente",
        "afdeling",
        "team",
        "organisatie",
        "bedrijf",
        "kantoor",
        "bank",
        "gebouw",
        "systeem",
        "project",
        "provincie",
        "regio",
        "aanbieder",
        "instelling",
        "verzekeraar",
        "corporatie",
    ]
)


def words_like_ours(tok: Tokens, at: int) -> bool:
    """Words of an organisation behind which a person may be named: `namens de gemeente Anouk van Rijn`."""
    return tok.words[at] in _OURS and not (tok.caps[at] and tok.capitals and not tok.opens(at))


_FIRM = ("straat", "laan", "weg", "plein", "gracht", "singel", "steeg", "plantsoen", "boulevard", "allee", "avenue", "kade")
_CALLED_AFTER = ("buurt", "flat", "school", "college", "lyceum", "kwartier", "kliniek", "fonds", "stichting", "prijs", "park", "toernooi")
"""How things end that are called after people: `Anne Frankbuurt`, `Vincent van Goghflat`."""


_NUMBER = re.compile(r" \d")


def _street(reading: Reading, chain: Chain) -> bool:
    """`Anne Frankstraat`, `Molenpad 3`: the name goes on in a street. `T. Brinkhof` does not, though streets end so too."""
    tok = reading.tok
    for at in range(chain.first, min(chain.last + 3, len(tok.words))):
        if at > chain.last and tok.gaps[at] not in (" ", "-") and not (tok.gaps[at] == "\n" and tok.broken_line(at)):
            return False
        if at > chain.last and tok.words[at] in _AT:
            return False  # `bij Omer op Gruttolaan 18`
        plain = at > chain.last and tok.flags[at] & Is.WORD and not tok.flags[at] & Is.MADE and tok.words[at] not in tok.lexicon.street_firm
        if plain and not tok.text.low[tok.ends[at] + 1 : tok.ends[at] + 2].isdigit():
            continue  # `zus Bram onderweg`
        if _is_street(reading, chain, at):
            named = all(tok.flags[n] & Is.PREFIX for n in range(chain.last + 1, at)) and not chain.cued and not tok.capitals
            named = named and not _NUMBER.match(tok.text.low, tok.ends[at])
            return at <= chain.last or tok.caps[at] or tok.words[at] in tok.lexicon.street_firm or named
    return False


def _is_street(reading: Reading, chain: Chain, at: int) -> bool:
    tok, word = reading.tok, reading.tok.words[at]
    if word.endswith(_CALLED_AFTER) and len(word) > 7 and at == chain.last and not reading.known(at) and not chain.cued:
        return True
    if not word.endswith(tok.lexicon.street_firm) or (at <= chain.last and (reading.known(at) or at - 1 in chain.prefixes)):
        return False
    if _NUMBER.match(tok.text.low, tok.ends[at]):
        return True
    if (
        at == chain.last == chain.names[0]
        and len(word) > 9
        and word.endswith(("laan", "straat", "plein", "weg"))
        and not tok.flags[at] & Is.FAMILY
    ):
        return not chain.initials  # `de dokter schaepmanlaan`
    if at <= chain.last and (chain.initials or chain.title or chain.cued in ("relation", "label", "signature")):
        return False
    return word.endswith(_FIRM) and (len(word) > 6 or (tok.caps[at] and bool(tok.flags[at] & Is.WORD)))


def idiom_at(reading: Reading, at: int) -> bool:
    """Whether an idiom or an institution of several words begins here: `Leger des Heils`."""
    tok = reading.tok
    return tok.text.low.startswith(tok.lexicon.idioms.get(tok.words[at], ()), tok.starts[at])


def within_idiom(tok: Tokens, first: int, last: int) -> bool:
    """Whether an idiom or institution that begins at `first`, or shortly before, goes on to the end of token `last`."""
    for at in range(max(0, first - 3), last + 1):
        if not tok.flags[at] & Is.IDIOM or not tok.text.low.startswith(tok.lexicon.idioms[tok.words[at]], tok.starts[at]):
            continue
        for idiom in tok.lexicon.idioms[tok.words[at]]:
            if tok.text.low.startswith(idiom, tok.starts[at]) and tok.starts[at] + len(idiom) >= tok.ends[last]:
                return True
    return False


def _idiom(reading: Reading, chain: Chain) -> bool:
    """`jan en alleman`; not behind a title or a trade: `teamleider Den Ham` is called so."""
    tok = reading.tok
    if chain.prefixes and tok.words[chain.prefixes[0]] not in _AT and (chain.title or chain.cued == "relation"):
        return False
    for at in range(max(0, chain.first - 3), chain.last + 1):
        if not tok.flags[at] & Is.IDIOM or not tok.text.low.startswith(tok.lexicon.idioms[tok.words[at]], tok.starts[at]):
            continue
        for idiom in tok.lexicon.idioms[tok.words[at]]:
            start = tok.starts[at]
            if tok.text.low.startswith(idiom, start):
                end = start + len(idiom)
                following = tok.text.low[end : end + 1]
                if (
                    end >= tok.ends[chain.last]
                    and not following.isalpha()
                    and not any(reading.known(i) and len(chain.names) > 1 for i in chain.names)
                ):
                    return True
    return False


def _eponym(reading: Reading, chain: Chain) -> bool:
    """`de ziekte van Parkinson`, `syndroom van Down`, `Alzheimer`."""
    tok = reading.tok
    at = chain.names[0]
    if len(chain.names) > 2 or chain.title:
        return False
    if chain.initials:  # `M. Crohn` is the morbus
        return (
            tok.words[chain.initials[0]] == "m" and len(chain.initials) == 1 and bool(tok.flags[at] & Is.EPONYM) and not reading.known(at)
        )
    before = tok.words[max(0, chain.first - 3) : chain.first] + [tok.words[i] for i in chain.prefixes]
    cues = tok.lexicon.words["eponym_cues"]
    if tok.flags[at] & Is.EPONYM and not reading.known(at) and (len(chain.names) == 1) and not chain.cued and not tok.flags[at] & Is.GIVEN:
        return True
    if not (tok.flags[at] & Is.EPONYM or not reading.known(at)):
        return False
    while before and before[-1] in ("van", "de", "der", "het"):
        before.pop()
    return bool(before) and before[-1] in ("ziekte", "syndroom", "morbus", "lijn") and not cues.isdisjoint(before)

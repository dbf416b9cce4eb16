"""Every name in a text: runs of name words, weighed by what stands around them, and given to the person they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from config.collection import Party
from config.redacted import Action
from redaction.chains import Chain, Reading, chain_at
from redaction.claims import Claim
from redaction.cues import cue_before, list_stretches
from redaction.lexicon import Is
from redaction.people import Somebody
from redaction.tokens import Tokens
from redaction.whose import Verdict, whose

_ORG_GAP = re.compile(r" |\n|-| & | en | \"| '|\"")
_SURNAME = re.compile(
    r"(?:huis(?:en)?|huizen|stra|sma|inga|enga|link|rink|sink|kamp|veld|horst|mans|man|sen|ssen|ski|ska|wicz|czyk|iak|oglu|"
    r"zadeh|poor|nejad|yan|dze|ov|ova|ev|eva|enko|chuk|singh|persad|sing|oui|aoui|ouni|ani|idi|ouari)$"
)
"""How family names end that hardly any Dutch word ends on; in a note without capitals that is all there is to see."""

BELIEVED = 0.35
"""A name less sure than this is none."""

_FIRM = 0.8
_LOOK = Is.GIVEN | Is.FAMILY


@dataclass(frozen=True, slots=True)
class Found:
    """One name: its claim, and who it makes known where it is somebody new."""

    claim: Claim
    chain: Chain
    newcomer: Somebody | None


def names(reading: Reading) -> Iterator[Found]:
    """Every name of the text, in order."""
    tok = reading.tok
    lists = list_stretches(tok.text.low) if ":" in tok.text.low else []
    at, count = 0, len(tok.words)
    while at < count:
        if (onward := _passed_over(reading, at)) > at:
            at = onward
            continue
        found = name_at(reading, at, lists)
        if found is None:
            at += 1
            continue
        if found.claim.confidence >= BELIEVED:
            yield found
        at = found.chain.last + 1


def _passed_over(reading: Reading, at: int) -> int:
    """The next token that can begin a name: this one, or the first behind what surely cannot. Quick, for most words go this way."""
    tok = reading.tok
    word, flag, start = tok.words[at], tok.flags[at], tok.starts[at]
    if word in reading.people.by_word or flag < 0:
        return at
    capital = tok.text.plain[start] != tok.text.low[start]
    if tok.ends[at] - start == 1:
        return at if tok.text.low[start + 1 : start + 2] == "." or capital else at + 1
    if at and tok.flags[at - 1] > 0 and tok.flags[at - 1] & Is.TITLE:
        return at
    if flag & Is.PREFIX and not (capital and tok.capitals):
        following = at + 1
        while (
            following < len(tok.words)
            and tok.flags[following] > 0
            and tok.flags[following] & Is.PREFIX
            and not (tok.capitals and tok.cap(following))
        ):
            following += 1
        return at if following < len(tok.words) and _worth_a_look(reading, following) else following
    if not tok.capitals:
        return at + 1 if flag & Is.NOT_PERSON or (flag & Is.WORD and not flag & _LOOK) or flag & Is.FUNCTION else at
    if capital:
        return at + 1 if flag & (Is.FUNCTION | Is.NOT_PERSON) and not flag & Is.PREFIX else at
    return at + 1 if not flag & _LOOK or flag & Is.COMMON else at


def _worth_a_look(reading: Reading, at: int) -> bool:
    """Whether the word behind a run of prefixes may be a name at all."""
    tok = reading.tok
    if tok.words[at] in reading.people.by_word:
        return True
    if tok.capitals:
        return tok.cap(at)
    return not tok.flags[at] & Is.WORD or bool(tok.flags[at] & Is.FAMILY)


def name_at(reading: Reading, at: int, lists: list[tuple[int, int]]) -> Found | None:
    """The name that begins at this token, with its worth; None where there is none."""
    tok = reading.tok
    if reading.taken(tok.starts[at], tok.ends[at]):
        return None
    probe = Chain(at, at)
    cue_before(tok, probe)
    listed = any(a <= tok.starts[at] < b for a, b in lists)
    relation = tok.lexicon.relations.get(probe.relation)
    trade = relation is not None and relation.party in (Party.PROFESSIONAL, Party.OFFICIAL) and probe.cued == "relation"
    chain = chain_at(reading, at, "trade" if trade else probe.cued or ("label" if listed else ""))
    if chain is None:
        return None
    chain.cued, chain.title, chain.relation, chain.together = (
        probe.cued or ("label" if listed else ""),
        probe.title,
        probe.relation,
        probe.together,
    )
    verdict = whose(reading, chain)
    worth = _worth(reading, chain, verdict)
    if worth < BELIEVED and verdict.number is None and len(chain.names) > 1 and chain.first == chain.names[0]:
        return None
    claim = _claim(reading, chain, verdict, worth)
    newcomer = _newcomer(reading, chain, claim) if verdict.number is None and worth >= _FIRM else None
    return Found(claim, chain, newcomer)


# -- how sure --------------------------------------------------------------------------------------------------------


def _worth(reading: Reading, chain: Chain, verdict: Verdict) -> float:
    """How surely the chain names a person, between 0 and 1."""
    if _street(reading, chain) or _idiom(reading, chain) or _eponym(reading, chain) or _organisation(reading, chain):
        reading.cleared.update(reading.tok.words[at] for at in chain.names)
        return 0.0
    return _new_worth(reading, chain) if verdict.number is None else _known_worth(reading, chain)


def _known_worth(reading: Reading, chain: Chain) -> float:
    tok = reading.tok
    if len(chain.names) > 1 or chain.initials or chain.prefixes or chain.cued:
        return 0.97
    at = chain.names[0]
    flag = tok.flag(at)
    if not reading.known(at):
        return 0.7 if tok.cap(at) or not tok.capitals else 0.5
    if not flag & (Is.WORD | Is.PLACE | Is.MONTH):
        return 0.95
    if tok.cap(at) and tok.capitals and not tok.upper(at):
        if _place_use(reading, at) or _month_use(reading, at):
            return 0.2
        if not tok.opens(at):
            return 0.9
        if _acts(reading, chain):
            return 0.85
        return 0.5 if not flag & Is.COMMON else 0.3
    if not tok.capitals:
        if _after_article(reading, at):
            return 0.2
        spoken_of = _acts(reading, chain) or (
            at > 0 and tok.words[at - 1] in ("met", "van", "door", "voor", "aan", "en", "bij", "dat", "volgens")
        )
        return 0.65 if not flag & Is.COMMON or spoken_of else 0.2
    return 0.1


_BUILDINGS = (
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


def _after_article(reading: Reading, at: int) -> bool:
    return (
        at > 0
        and reading.tok.words[at - 1]
        in ("de", "het", "een", "dit", "dat", "deze", "die", "geen", "elke", "iedere", "mijn", "groene", "rode")
        and reading.tok.gap(at) == " "
    )


_BY_CUE = {"title": 0.95, "relation": 0.92, "client": 0.85, "contact": 0.88, "label": 0.88, "signature": 0.9, "salutation": 0.9}


def _new_worth(reading: Reading, chain: Chain) -> float:
    """Somebody nobody knows: what the words are, what stands before them, and whether they begin a sentence."""
    tok = reading.tok
    shown = [at for at in chain.names if tok.cap(at)]
    told = tok.capitals and bool(shown) and not all(tok.upper(at) for at in chain.names)
    base = _shape_worth(reading, chain, told)
    if chain.cued:
        floor = _BY_CUE[chain.cued]
        first = chain.names[0]
        flag = tok.flag(first)
        if told or (not flag & Is.WORD) or chain.prefixes:
            if told and chain.cued == "contact" and len(chain.names) == 1 and (flag & (Is.PLACE | Is.PROPER) and not flag & _LOOK):
                return 0.3
            if (
                flag & Is.RELATION
                or flag & Is.CLIENT
                or (
                    flag & Is.WORD
                    and chain.cued in ("contact", "label", "salutation", "signature", "client")
                    and len(chain.names) == 1
                    and not flag & _LOOK
                )
            ):
                return 0.0
            if not told and tok.capitals and not flag & Is.GIVEN and chain.cued not in ("title", "relation"):
                return min(floor, 0.5) if flag & Is.FAMILY or not flag else 0.3
            return max(base, floor)
        if (
            flag & Is.GIVEN
            and not flag & (Is.COMMON | Is.VERB | Is.FUNCTION | Is.RELATION)
            and chain.cued in ("contact", "label", "signature")
        ):
            return max(base, 0.65)
        likely = (
            flag & _LOOK
            and not flag & (Is.VERB | Is.FUNCTION)
            and (chain.cued == "title" or (chain.cued == "relation" and not flag & Is.COMMON))
        )
        return max(base, 0.55 if likely else base)
    return base


def _shape_worth(reading: Reading, chain: Chain, told: bool) -> float:
    tok = reading.tok
    flags = [tok.flag(at) for at in chain.names]
    given = flags[0] & Is.GIVEN and not flags[0] & Is.WORD
    plain = all(f & Is.WORD for f in flags)
    opens = tok.opens(chain.first)
    if chain.initials:
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


def _single_worth(reading: Reading, chain: Chain, told: bool, opens: bool) -> float:
    """One word, with or without a prefix, and nothing before it."""
    tok = reading.tok
    at = chain.names[0]
    flag = tok.flag(at)
    if _place_use(reading, at) or _month_use(reading, at):
        return 0.0
    if not chain.prefixes and not flag & Is.GIVEN and (_after_article(reading, at) or tok.words[at].endswith(_BUILDINGS)):
        return 0.1
    if chain.prefixes:
        if told:
            return (
                0.85
                if (flag & (Is.FAMILY | Is.GIVEN) and not flag & Is.PLACE) or not flag & (Is.WORD | Is.PLACE)
                else (0.65 if not opens and tok.cap(chain.prefixes[0]) else 0.4)
            )
        return 0.6 if flag & Is.FAMILY and not flag & Is.WORD else 0.3
    if flag & Is.GIVEN:
        if not flag & Is.WORD:
            if told or not tok.capitals:
                return 0.85
            return 0.75 if len(tok.words[at]) > 3 else 0.3
        if told and not opens:
            return 0.8 if not flag & Is.COMMON else 0.65
        return 0.7 if told and _acts(reading, chain) and not flag & Is.FUNCTION else 0.1
    strange = not told and not tok.capitals and not flag & (Is.PLACE | Is.PROPER) and tok.words[at] not in tok.lexicon.table
    if strange and len(tok.words[at]) > 5 and _SURNAME.search(tok.words[at]):
        return 0.5
    if not told:
        return (
            0.5 if not tok.capitals and flag & Is.FAMILY and not flag & (Is.WORD | Is.PLACE | Is.PROPER) and len(tok.words[at]) > 4 else 0.1
        )
    if flag & Is.FAMILY:
        if flag & Is.WORD:
            return 0.6 if not opens else (0.5 if _acts(reading, chain) and not flag & Is.COMMON else 0.1)
        return 0.75 if not opens or _acts(reading, chain) else 0.6
    if flag & (Is.PROPER | Is.PLACE):
        return 0.1
    return 0.55 if not opens else (0.5 if _acts(reading, chain) else 0.3)


def _acts(reading: Reading, chain: Chain) -> bool:
    """Whether a person's verb follows: `Roos belde`, `Roos: ...`."""
    tok, after = reading.tok, chain.last + 1
    return after < len(tok.words) and bool(tok.flag(after) & Is.VERB) and tok.gap(after) in (" ", "\n")


def _place_use(reading: Reading, at: int) -> bool:
    """`in Bergen`, `te Doorn`, `uit Marokko`: a place rather than a person."""
    tok, flag = reading.tok, reading.tok.flag(at)
    if not at:
        return False
    before = tok.words[at - 1]
    if before in ("te", "in", "naar", "uit", "vanuit", "richting", "nabij") and tok.gap(at) == " ":
        return bool(flag & Is.PLACE) or not flag & Is.GIVEN
    return bool(flag & Is.PLACE and not flag & (Is.GIVEN | Is.FAMILY))


def _month_use(reading: Reading, at: int) -> bool:
    tok = reading.tok
    if not tok.flag(at) & (Is.MONTH | Is.DAY):
        return False
    near = tok.text.low[max(0, tok.starts[at] - 14) : tok.ends[at] + 6]
    return bool(re.search(r"\d|\b(?:in|eind|begin|half|medio|sinds|vanaf|tot|per|van)\b", near))


# -- what is no person ---------------------------------------------------------------------------------------------


def _organisation(reading: Reading, chain: Chain) -> bool:
    """`Stichting De Vries`, `Bakker Bart`, `De Vries Advocaten`, `Jansen & Zn.`, `St. Antonius`, `het restaurant heet ...`."""
    tok = reading.tok
    before = chain.first - 1
    if len(chain.names) == 2 and tok.words[chain.first] in _TRADES and not chain.cued and tok.flag(chain.last) & Is.GIVEN:
        return True
    if before > 0 and tok.words[before] in ("heet", "genaamd") and tok.flag(before - 1) & Is.ORG_BEFORE:
        return True
    if before >= 0 and tok.words[before] in ("st", "sint") and not chain.cued and not tok.text.low[tok.ends[before] :].startswith("-"):
        return True
    if chain.title and not chain.together:
        return False
    before, after = chain.first - 1, chain.last + 1
    if before >= 0 and tok.flag(before) & Is.ORG_BEFORE and _ORG_GAP.fullmatch(tok.gap(chain.first)) and not chain.initials:
        trade = tok.words[before] in _TRADES
        full = len(chain.names) > 1 and tok.flag(chain.names[0]) & Is.GIVEN and (not chain.prefixes or chain.prefixes[0] > chain.names[0])
        if words_like_ours(tok, before) and full:
            return False
        if not tok.flag(before) & Is.RELATION and not (trade and (full or not tok.cap(before))):
            return True
    if (
        after < len(tok.words)
        and tok.flag(after) & Is.ORG_AFTER
        and tok.gap(after) in (" ", " & ", "-", "'s ")
        and (tok.cap(after) or tok.gap(after) in (" & ", "-") or tok.words[after] in ("bv", "nv", "vof"))
    ):
        return not (tok.flag(after) & Is.RELATION and tok.gap(after) == " ")
    if after < len(tok.words) and not chain.initials and not chain.relation and tok.capitals and _trade_after(reading, chain, after):
        return True
    tail = tok.text.low[tok.ends[chain.last] : tok.ends[chain.last] + 8]
    return bool(re.match(r" ?(?:b\.v|n\.v|v\.o\.f|& ?(?:zn|co|zonen|partners)|\.(?:nl|com|org)\b)", tail))


def _trade_after(reading: Reading, chain: Chain, after: int) -> bool:
    """`Van Dijk Trapliften`: a family name alone, and right behind it a plural with a capital."""
    tok, flag = reading.tok, reading.tok.flag(after)
    alone = len(chain.names) == 1 and not tok.flag(chain.names[0]) & Is.GIVEN
    plural = tok.words[after].endswith(("en", "s")) and len(tok.words[after]) > 5
    return (
        alone
        and plural
        and tok.gap(after) == " "
        and tok.cap(after)
        and bool(flag & Is.WORD)
        and not flag & (Is.GIVEN | Is.FAMILY | Is.VERB | Is.FUNCTION)
    )


_TRADES = frozenset(["bakker", "slager", "kapper", "makelaar", "aannemer", "drogist", "dierenarts", "fietsenmaker", "deurwaarder"])
_OURS = frozenset(
    [
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
    return tok.words[at] in _OURS and not tok.cap(at)


def _street(reading: Reading, chain: Chain) -> bool:
    """`Anne Frankstraat`: the name goes on in a street; a number after a single unknown name makes it one too."""
    tok = reading.tok
    for at in range(chain.first, min(chain.last + 3, len(tok.words))):
        if at > chain.last and tok.gap(at) not in (" ", "-"):
            return False
        if _is_street(tok, at) and (at > chain.last or not (reading.known(at) or at - 1 in chain.prefixes)):
            return at <= chain.last or tok.cap(at) or tok.words[at] in tok.lexicon.street_firm
    return False


def _is_street(tok: Tokens, at: int) -> bool:
    word = tok.words[at]
    return word.endswith(tok.lexicon.street_firm) and (len(word) > 6 or (tok.cap(at) and bool(tok.flag(at) & Is.WORD)))


def _idiom(reading: Reading, chain: Chain) -> bool:
    tok = reading.tok
    for at in range(max(0, chain.first - 3), chain.last + 1):
        for idiom in tok.lexicon.idioms.get(tok.words[at], ()):
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
    if len(chain.names) > 2 or chain.initials or chain.title:
        return False
    before = tok.words[max(0, chain.first - 3) : chain.first] + [tok.words[i] for i in chain.prefixes]
    cues = tok.lexicon.words["eponym_cues"]
    if tok.flag(at) & Is.EPONYM and not reading.known(at) and (len(chain.names) == 1) and not chain.cued and not tok.flag(at) & Is.GIVEN:
        return True
    return (
        bool(tok.flag(at) & Is.EPONYM or not reading.known(at))
        and any(word in ("ziekte", "syndroom", "morbus", "lijn") for word in before)
        and not cues.isdisjoint(before)
    )


# -- the claim -----------------------------------------------------------------------------------------------------


def _claim(reading: Reading, chain: Chain, verdict: Verdict, worth: float) -> Claim:
    tok = reading.tok
    start, end = tok.starts[chain.first], _end(reading, chain)
    spoken = tok.lexicon.spoken
    informant = _informant(reading, chain)
    if verdict.number is None:
        party, base = _new_role(reading, chain)
        return Claim(
            start,
            end,
            "name",
            party,
            Action.REDACT,
            "informant" if informant else "name",
            "melder" if informant else base,
            _key(reading, chain),
            worth,
            "names",
        )
    somebody = reading.people.known[verdict.number]
    if somebody.party is Party.SUBJECT:
        if verdict.proven:
            return Claim(start, end, "name", Party.SUBJECT, Action.KEEP, "", "", somebody.key, worth, "subject")
        return Claim(start, end, "name", Party.MIXED, Action.REVIEW, "name", spoken["unsure"], "", min(worth, 0.5), "subject unproven")
    if not verdict.proven:
        bases = {reading.people.known[n].base for n in verdict.among}
        return Claim(
            start,
            end,
            "name",
            somebody.party,
            Action.REDACT,
            "name",
            spoken["unsure"] if len(bases) > 1 else "",
            "",
            worth,
            "known, several",
        )
    reason = "informant" if informant or somebody.informant else "name"
    base, key = ("melder", f"{somebody.key} informant") if informant and not somebody.informant else (somebody.base, somebody.key)
    return Claim(start, end, "name", somebody.party, Action.REDACT, reason, base, key, worth, "known")


def _end(reading: Reading, chain: Chain) -> int:
    """Where the name ends: without the genitive -s, with the point after a last initial."""
    tok = reading.tok
    last, end = chain.last, tok.ends[chain.last]
    if last in chain.initials and tok.text.low[end : end + 1] == ".":
        return end + 1
    word = tok.words[last]
    if last in chain.names and word not in reading.people.by_word and reading.known(last):
        return end - 1
    if (
        chain.names == [last]
        and word.endswith("s")
        and word not in reading.people.by_word
        and not tok.flag(last)
        and tok.lexicon.of(word[:-1]) & Is.GIVEN
    ):
        return end - 1
    return end


def _informant(reading: Reading, chain: Chain) -> bool:
    relation = reading.tok.lexicon.relations.get(chain.relation)
    return relation is not None and relation.label == "melder"


def _new_role(reading: Reading, chain: Chain) -> tuple[Party, str]:
    relation = reading.tok.lexicon.relations.get(chain.relation)
    if relation is None:
        return Party.THIRD, reading.tok.lexicon.spoken["name"]
    return relation.party, relation.label


def _key(reading: Reading, chain: Chain) -> str:
    """What tells this person from others who are not known: all words of the name, as written in any order."""
    tok = reading.tok
    return "new " + " ".join(sorted({tok.words[at] for at in (*chain.names, *chain.initials)}))


def _newcomer(reading: Reading, chain: Chain, claim: Claim) -> Somebody:
    """The person as they may be named elsewhere in the file."""
    tok = reading.tok
    given: set[str] = set()
    family: set[str] = set()
    for place, at in enumerate(chain.names):
        word = tok.words[at][: _end(reading, chain) - tok.starts[at]] if at == chain.last else tok.words[at]
        alone = len(chain.names) == 1 and not chain.initials and not chain.prefixes
        is_given = (
            (tok.flag(at) & Is.GIVEN and not (chain.title and alone))
            if alone
            else (place == 0 and not chain.initials and not chain.prefixes and not chain.reversed)
        )
        (given if is_given else family).add(word)
    prefixes = tuple(tok.words[at] for at in chain.prefixes)
    initials = {word[0] for word in given} | {tok.words[at][0] for at in chain.initials[:1]}
    households = ((*prefixes, *sorted(family)),) if family else ()
    sex = chain.title if chain.title in ("f", "m") else ""
    return Somebody(
        claim.person,
        claim.base,
        claim.party,
        sex,
        frozenset(given),
        frozenset(family),
        frozenset(initials),
        households,
        claim.reason == "informant",
    )

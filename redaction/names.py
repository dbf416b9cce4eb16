"""Every name in a text: runs of name words, weighed by what stands around them, and given to the person they are of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from config.collection import Party
from config.redacted import Action
from redaction.after import cue_after
from redaction.chains import chain_at
from redaction.claims import Claim
from redaction.cues import cue_at
from redaction.informants import reported
from redaction.lexicon import Is
from redaction.listings import is_listed, listed
from redaction.people import Somebody
from redaction.reading import Chain, Reading
from redaction.tokens import Tokens
from redaction.whose import Verdict, whose
from redaction.worth import worth_of

BELIEVED = 0.35
"""A name less sure than this is none."""

_FIRM = 0.7
_STOPS = (". ", "! ", "? ")
_LOOK = Is.GIVEN | Is.FAMILY


class Found(NamedTuple):
    """One name: its claim, and who it makes known where it is somebody new."""

    claim: Claim
    chain: Chain
    newcomer: Somebody | None


def names(reading: Reading) -> Iterator[Found]:
    """Every name of the text, in order."""
    tok = reading.tok
    lists = listed(tok)
    at, count = 0, len(tok.words)
    beside, plain = -1, _plain(reading)
    while at < count:
        if plain[at]:
            at += 1
            continue
        if (onward := _passed_over(reading, at)) > at:
            at = onward
            continue
        found = name_at(reading, at, lists, beside)
        if found is None:
            at += 1
            continue
        if found.claim.confidence >= BELIEVED:
            yield found
            beside = _beside(tok, found)
        at = found.chain.last + 1


def _beside(tok: Tokens, found: Found) -> int:
    """The token of the next in a row of people, `Hrynchuk en Stolwijk`; -1 where the row ends here."""
    if found.claim.confidence < _FIRM or found.claim.category != "name":
        return -1
    after = found.chain.last + 1
    if after + 1 < len(tok.words) and tok.words[after] in ("en", "of") and tok.gaps[after] == " " and tok.gaps[after + 1] == " ":
        return after + 1
    if after < len(tok.words) and tok.gaps[after] == ", " and not tok.flags[after] & Is.WORD and (tok.caps[after] or not tok.capitals):
        return after
    return -1


def _may_stand_beside(tok: Tokens, at: int) -> bool:
    """Whether the next word of a row can be a name: with a capital, or nothing else where no capitals are used."""
    if tok.capitals:
        return tok.caps[at]
    if tok.flags[at] & Is.GIVEN and not tok.flags[at] & (Is.FUNCTION | Is.VERB | Is.COMMON | Is.NOT_PERSON):
        return True
    return not tok.flags[at] & (Is.WORD | Is.FUNCTION | Is.NOT_PERSON | Is.PLACE | Is.PROPER)


_BEGINS = Is.GIVEN | Is.FAMILY | Is.PREFIX


def _plain(reading: Reading) -> list[bool]:
    """For each token whether it is a word in small letters of a text with capitals, and can begin no name: most of a text, told at once."""
    tok, known = reading.tok, reading.people.by_word
    if not tok.capitals:
        return [False] * len(tok.words)
    titled = [False, *(flag & Is.TITLE for flag in tok.flags)]
    return [
        not (capital or (flag & _BEGINS and not (flag & Is.COMMON and not flag & Is.PREFIX)) or before or word in known or len(word) < 2)
        for word, flag, capital, before in zip(tok.words, tok.flags, tok.caps, titled, strict=False)
    ]


def _passed_over(reading: Reading, at: int) -> int:
    """The next token that can begin a name: this one, or the first behind what surely cannot. Quick, for most words go this way."""
    tok = reading.tok
    word, flag, start = tok.words[at], tok.flags[at], tok.starts[at]
    if word in reading.people.by_word:
        return at
    capital = tok.text.plain[start] != tok.text.low[start]
    if tok.ends[at] - start == 1:
        return at if tok.text.low[start + 1 : start + 2] == "." or capital else at + 1
    if at and tok.flags[at - 1] & Is.TITLE:
        return at
    if flag & Is.PREFIX and not (capital and tok.capitals):
        following = at + 1
        while following < len(tok.words) and reading.is_prefix(following) and not (tok.capitals and tok.caps[following]):
            following += 1
        return at if following < len(tok.words) and _worth_a_look(reading, following) else following
    if not tok.capitals:
        return at + 1 if flag & (Is.NOT_PERSON | Is.FUNCTION) or (flag & Is.WORD and not flag & (_LOOK | Is.MADE)) else at
    if capital and flag & Is.WORD and not flag & (_LOOK | Is.PREFIX | Is.MADE) and tok.text.low[start - 2 : start] in _STOPS:
        return at + 1  # a plain word that begins a sentence
    if capital:
        nobody = flag & (Is.FUNCTION | Is.NOT_PERSON) and not flag & Is.PREFIX
        return at + 1 if nobody and not _SIGN.fullmatch(tok.text.plain, start, tok.ends[at]) else at
    return at + 1 if not flag & _LOOK or flag & Is.COMMON else at


def _worth_a_look(reading: Reading, at: int) -> bool:
    """Whether the word behind a run of prefixes may be a name at all."""
    tok = reading.tok
    if tok.words[at] in reading.people.by_word:
        return True
    if tok.capitals:
        return tok.caps[at]
    flag = tok.flags[at]
    return (
        not flag & Is.WORD
        or bool(flag & Is.FAMILY)
        or reading.surely_prefixed(at)
        or f"{tok.words[at - 1]} {tok.words[at]}" in tok.lexicon.prefixed
    )


def name_at(reading: Reading, at: int, lists: list[tuple[int, int]], beside: int = -1) -> Found | None:
    """The name that begins at this token, with its worth; None where there is none."""
    tok = reading.tok
    if reading.taken[at]:
        return None
    probe = cue_at(tok, at)
    in_row = "label" if is_listed(lists, tok.starts[at]) else "beside" if at == beside and _may_stand_beside(tok, at) else ""
    relation = tok.lexicon.relation(probe.relation)
    trade = relation is not None and relation.party in (Party.PROFESSIONAL, Party.OFFICIAL) and probe.cued == "relation"
    chain = chain_at(reading, at, "trade" if trade else probe.cued or in_row)
    if chain is None:
        return letters_at(reading, at, probe.cued or in_row, probe)
    chain.cued, chain.title, chain.relation, chain.together = (
        probe.cued or in_row,
        probe.title,
        probe.relation,
        probe.together,
    )
    chain.after = cue_after(tok, chain.last)
    chain.end = _end(reading, chain)
    verdict = whose(reading, chain)
    worth = worth_of(reading, chain, verdict)
    if worth < BELIEVED and verdict.number is None and len(chain.names) > 1 and chain.first == chain.names[0]:
        return None
    claim = _claim(reading, chain, verdict, worth)
    newcomer = _newcomer(reading, chain, claim) if verdict.number is None and worth >= _FIRM else None
    return Found(claim, chain, newcomer)


_SIGN = re.compile("[A-Z]{1,2}(?:v|vd|vdr|vh|vt|d|de|van)[A-Z]")
"""How somebody called `Henk van der Pol` signs in short: `HvdP`."""
_BEFORE_LETTERS = frozenset(["bij", "met", "door", "aan", "cc", "via", "namens", "tegen", "volgens"])
_NO_LETTERS = frozenset(["bv", "nv", "ps", "nb", "vs", "dd", "hb", "cs", "ad", "ag", "po", "vo"])


def letters_at(reading: Reading, at: int, cued: str, probe: Chain) -> Found | None:
    """Somebody of whom only letters are written, `mw. K.` or `paraaf: A.B.`, behind a word that says it is a person."""
    tok = reading.tok
    if tok.capitals and _SIGN.fullmatch(tok.text.plain, tok.starts[at], tok.ends[at]):
        return _letters(reading, Chain(at, at, [at], cued=cued, title=probe.title, relation=probe.relation))
    bare = cued in ("", "contact") and at > 0 and tok.capitals and tok.words[at - 1] in _BEFORE_LETTERS
    if not (bare or cued in ("title", "relation", "label", "signature")) or not reading.is_initial(at):
        return None
    last = at
    while last + 1 < len(tok.words) and reading.is_initial(last + 1) and tok.gaps[last + 1] in (".", ". ") and last - at < 4:
        last += 1
    if last == at and cued not in ("title", "relation"):
        return None
    if bare and "".join(tok.words[at : last + 1]) in _NO_LETTERS:
        return None
    return _letters(reading, Chain(at, last, list(range(at, last + 1)), cued=cued, title=probe.title, relation=probe.relation))


def _letters(reading: Reading, chain: Chain) -> Found:
    tok = reading.tok
    at, last = chain.first, chain.last
    party, base = _new_role(reading, chain)
    end = tok.ends[last] + (tok.text.low[tok.ends[last] : tok.ends[last] + 1] == ".")
    key = f"letters {chain.title} {chain.relation} {' '.join(tok.words[n] for n in chain.initials)}"
    return Found(Claim(tok.starts[at], end, "name", party, Action.REDACT, "name", base, key, 0.65, "letters"), chain, None)


def _claim(reading: Reading, chain: Chain, verdict: Verdict, worth: float) -> Claim:
    tok = reading.tok
    start, end = tok.starts[chain.first], chain.end
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


_AGED = re.compile(r" [js]r\b\.?")


def _end(reading: Reading, chain: Chain) -> int:
    """Where the name ends: without the genitive -s, with the point after a last initial."""
    tok = reading.tok
    last, end = chain.last, tok.ends[chain.last]
    if last in chain.initials and tok.text.low[end : end + 1] == ".":
        return end + 1
    word = tok.words[last]
    if aged := _AGED.match(tok.text.low, end):
        return aged.end()
    if last in chain.names and word not in reading.people.by_word and reading.known(last):
        return end - 1
    if (
        chain.names == [last]
        and word.endswith("s")
        and word not in reading.people.by_word
        and not tok.flags[last]
        and len(word) > 4
        and word[-2] not in "aeiou"  # behind a vowel Dutch writes a mark before the -s
        and tok.lexicon.table.get(word[:-1], 0) & Is.GIVEN
    ):
        return end - 1
    return end


def _informant(reading: Reading, chain: Chain) -> bool:
    """Whether the words round the name call an informant; who reports for an organisation or for the gemeente is none (A2)."""
    lexicon = reading.tok.lexicon
    relation = lexicon.relation(chain.relation) or lexicon.relation(chain.after)
    if relation is not None and relation.label == "melder":
        return True
    if relation is not None and relation.party in (Party.PROFESSIONAL, Party.OFFICIAL, Party.ORGANISATION):
        return False
    return reported(reading.tok.text.low, reading.tok.starts[chain.first], chain.end, chain.cued == "signature")


def _new_role(reading: Reading, chain: Chain) -> tuple[Party, str]:
    lexicon = reading.tok.lexicon
    relation = lexicon.relation(chain.relation) or lexicon.relation(chain.after)
    if relation is None:
        return Party.THIRD, lexicon.spoken["name"]
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
        word = tok.words[at][: chain.end - tok.starts[at]] if at == chain.last else tok.words[at]
        alone = len(chain.names) == 1 and not chain.initials and not chain.prefixes
        is_given = (
            (tok.flags[at] & Is.GIVEN and not (chain.title and alone))
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

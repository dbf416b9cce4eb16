"""What is told of somebody else: their illness, faith, crimes and money, which stay theirs also where their name is gone.

Whose a fact is follows from its sentence: from whoever it speaks of last before it, whom it is `van`, or whom an adjective stands before.
What a relative's existence says of the requester stays (RBMNE:2022:1821); that the relative is ill does not say anything of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from config.collection import Party
from config.redacted import Action
from redaction.claims import Claim, beside
from redaction.lexicon import Is
from redaction.tokens import Tokens

SURE = 0.65
"""How sure a finder of words can be of whose a fact is: a person looks, unless the policy has it withheld at once."""

_LONG = 300
"""So many characters of a sentence are looked at on either side of a fact."""


class Mention(NamedTuple):
    """Somebody spoken of at the words `[first, last]`; `party` is SUBJECT for the requester, None where a pronoun may be anybody's."""

    first: int
    last: int
    party: Party | None
    sex: str
    behind: str = ""  # the preposition it stands behind

    @property
    def other(self) -> bool:
        """Whether this is somebody else."""
        return self.party is not None and self.party is not Party.SUBJECT


class Fact(NamedTuple):
    """The words `[first, last]` that tell a fact of one sort."""

    first: int
    last: int
    sort: str


class _Sorts(dict[str, str]):
    """The sort of fact that a word tells ("" for none), worked out when it is first met."""

    def __init__(self, words: Mapping[str, str], endings: Mapping[str, str]) -> None:
        super().__init__(words)
        self.words, self.endings = words, endings

    def __missing__(self, word: str) -> str:
        if len(self) > len(self.words) + 100_000:
            self.clear()
            self.update(self.words)
        ends = (sort for ending, sort in self.endings.items() if len(word) > len(ending) + 2 and word.endswith(ending))
        self[word] = sort = next(ends, "")
        return sort


@cache
def _sorts() -> _Sorts:
    """The words of `facts.yaml`."""
    raw = yaml.safe_load((files("redaction") / "data" / "facts.yaml").read_text(encoding="utf-8"))
    words = {part: sort for sort, told in raw.items() for word in told["words"].split(",") if (part := word.strip())}
    endings = {part: sort for sort, told in raw.items() for ending in told["endings"].split(",") if (part := ending.strip())}
    return _Sorts(words, endings)


def facts(tok: Tokens, named: Sequence[Claim], sex: str) -> Iterator[Claim]:
    """Every fact told of somebody else, one claim for all that one sentence tells of them; `sex` is that of the requester."""
    told = list(_facts(tok))
    if not told:
        return
    sentences = _Sentences(tok, named, sex)
    open_: tuple[tuple[int, int, Party], list[Fact]] | None = None
    for fact in told:
        owner = sentences.owner(fact)
        key = (*sentences.spoken(fact.first), owner) if owner is not None and owner is not Party.SUBJECT else None
        if open_ and open_[0] == key:
            open_[1].append(fact)
            continue
        if open_:
            yield from _claims(tok, named, open_[1], open_[0][2])
        open_ = (key, [fact]) if key else None
    if open_:
        yield from _claims(tok, named, open_[1], open_[0][2])


def _facts(tok: Tokens) -> Iterator[Fact]:
    """Every word that tells a fact, with what hangs on it by a hyphen: `burn-out`, `EMDR-therapie`."""
    sorts, done = _sorts(), -1
    for at, word in enumerate(tok.words):
        if at <= done or not (sorts[word] or tok.gaps[at] == "-"):
            continue
        first, last = at, at
        while tok.gaps[first] == "-" and first > done + 1:
            first -= 1
        while last + 1 < len(tok.words) and tok.gaps[last + 1] == "-":
            last += 1
        parts = tok.words[first : last + 1]
        if sort := next((sort for one in ("-".join(parts), *parts) if (sort := sorts[one])), ""):
            done = last
            yield Fact(first, last, sort)


_FURTHER = frozenset(["aan", "voor", "wegens", "tot", "op", "in", "bij", "na", "van", "door", "met"])
_CLAUSE = re.compile(r"[,;:()\n]|[.!?](?=\s|$)| (?:en|maar|waardoor|zodat|omdat|want|dus|die|dat|terwijl|en dat) ")


def _claims(tok: Tokens, named: Sequence[Claim], told: Sequence[Fact], party: Party) -> Iterator[Claim]:
    """One claim from the first fact to the last, with what completes it (`verslaafd aan ...`), around the names in it."""
    low, start, end = tok.text.low, tok.starts[told[0].first], tok.ends[told[-1].last]
    after = told[-1].last + 1
    if after < len(tok.words) and tok.gaps[after] == " " and tok.words[after] in _FURTHER:
        closed = _CLAUSE.search(low, end, end + 80)
        end = closed.start() if closed else tok.ends[after - 1]
    for one, other in beside(start, end, named):
        left, right = one + len(low[one:other]) - len(low[one:other].lstrip(" ,.()-")), one + len(low[one:other].rstrip(" ,.()-"))
        while low[left:right].rpartition(" ")[2] in _FURTHER and " " in low[left:right]:
            right = left + low[left:right].rfind(" ")
        if right - left > 2:
            sort = next((fact.sort for fact in told if left <= tok.starts[fact.first] < right), "")
            if sort:
                yield Claim(left, right, sort, party, Action.REDACT, sort, tok.lexicon.spoken["detail"], "", SURE, "told")


_PREPOSITIONS = frozenset(
    ["aan", "bij", "met", "naar", "van", "voor", "door", "tegen", "over", "om", "naast", "zonder", "volgens", "tot", "via", "uit", "namens"]
)
_POSSESSIVES = {"zijn": "m", "z'n": "m", "haar": "f", "d'r": "f"}
_ARTICLES = frozenset(["de", "het", "een", "mijn", "onze", "ons", "hun", "uw", "jouw", "diens", "wiens", "eigen", *_POSSESSIVES])
_PRONOUNS = {"hij": "m", "hem": "m", "zij": "f", "ze": "f"}
_SPEAKS = frozenset(["ik", "mij", "mijzelf"])
_OWNED = frozenset(["man", "vrouw", "kind", "kinderen", "partner", "vriend", "vriendin", "baby", "ouders", "ouder"])
"""Relations that are plain words as well: somebody's only behind `haar`, `mijn` or `de`."""

_MALE = (
    "vader",
    "papa",
    "pa",
    "broer",
    "broertje",
    "zoon",
    "zoontje",
    "man",
    "opa",
    "oom",
    "neef",
    "zwager",
    "vriend",
    "echtgenoot",
    "jongen",
)
_FEMALE = (
    "moeder", "mama", "ma", "zus", "zusje", "zuster", "dochter", "dochtertje", "vrouw", "oma", "tante", "nicht", "vriendin", "echtgenote",
    "meisje",
)  # fmt: skip
_WHO = re.compile(r"[,(]? ?(?:die|dat|wie|welke|met|\(|:|=|heeft|is|was|had|ook)\b|[,(:=]| \(")
"""What follows somebody behind a preposition where the fact is theirs all the same: `bij haar moeder, die ...`, `haar zoon met ...`."""


_AT_WORK = frozenset({Party.OFFICIAL, Party.PROFESSIONAL})
_BEING = frozenset(["is", "was", "wegens"])
_HAVING = frozenset(
    ["heeft", "had", "hebben", "hadden", "zit", "zat", "ontvangt", "ontving", "krijgt", "kreeg", "leeft", "maakte", "is", "was", "raakte",
     "verdient", "verdiende", "gokt", "vergokt", "failliet"]
)  # fmt: skip
_OF_FAMILY = frozenset(["familieanamnese", "familieanamnestisch", "famanamnese", "erfelijk", "erfelijke", "erfelijkheid"])
"""What runs in the family is told of the requester too."""


class _Sentences:
    """Who is spoken of where, in the order of the text."""

    def __init__(self, tok: Tokens, named: Sequence[Claim], sex: str) -> None:
        self.tok, self.sex = tok, sex
        self.mentions = sorted(_mentions(tok, named, sex))
        self.firsts = [mention.first for mention in self.mentions]
        self._at: dict[int, tuple[int, int]] = {}

    def bounds(self, at: int) -> tuple[int, int]:
        """The words `[first, end)` of the sentence of this word."""
        if at not in self._at:
            first, end = at, at + 1
            while first > 0 and not self._closes(first) and self.tok.starts[at] - self.tok.starts[first] < _LONG:
                first -= 1
            while end < len(self.tok.words) and not self._closes(end) and self.tok.starts[end] - self.tok.starts[at] < _LONG:
                end += 1
            self._at[at] = (first, end)
        return self._at[at]

    def _closes(self, at: int) -> bool:
        """Whether a sentence ends right before this word."""
        gap, tok = self.tok.gaps[at], self.tok
        if "\n" in gap:
            return not tok.broken_line(at)
        return any(mark in gap for mark in ("! ", "? ", "; ")) or (
            ". " in gap and not (tok.flags[at - 1] & Is.TITLE or len(tok.words[at - 1]) == 1)
        )

    def within(self, first: int, end: int) -> list[Mention]:
        """Who is spoken of in these words."""
        return self.mentions[bisect_right(self.firsts, first - 1) : bisect_right(self.firsts, end - 1)]

    def spoken(self, at: int) -> tuple[int, int]:
        """The sentence of this word, and who is spoken of last before it: what tells two people's facts apart."""
        return self.bounds(at)[0], bisect_right(self.firsts, at)

    def owner(self, fact: Fact) -> Party | None:
        """Whose the fact is; None where nobody else's is clear."""
        first, end = self.bounds(fact.first)
        if not _OF_FAMILY.isdisjoint(self.tok.words[first:end]):
            return None
        inside = self.within(first, end)
        beside = self._beside(fact, inside)
        if beside is not None:
            return self._believed(self._of(beside, inside), beside, fact)
        before = [mention for mention in inside if mention.last < fact.first]
        if (mine := self._possessed(fact)) is not None:
            return self._by_sex(mine, before, first)
        for mention in reversed(before):
            if not mention.behind or self._reaches(mention, fact):
                return self._believed(self._of(mention, before, first), mention, fact)
        if any(mention.behind in ("bij", "van") and mention.other for mention in before) and all(mention.other for mention in inside):
            return before[-1].party
        if not before and inside and not inside[0].behind and self._joined(fact.last, inside[0].first):
            return self._of(inside[0], [], first)
        return None

    def _believed(self, owner: Party | None, mention: Mention, fact: Fact) -> Party | None:
        """None where what stands between is about something else: a doctor diagnoses, a brother helps `met de schulden`, somebody reads out."""
        between = self.tok.words[mention.last + 1 : fact.first]
        if owner in _AT_WORK and not (len(between) < 4 and _BEING.intersection(between)):
            return None
        if fact.sort == "money" and mention.last < fact.first and _HAVING.isdisjoint((*between, self.tok.words[fact.first])):
            return None
        told = any(":" in self.tok.gaps[at] for at in range(mention.last + 2, fact.first + 1))
        helps = len(between) > 1 and between[-1] in _ARTICLES and between[-2] in _PREPOSITIONS and fact.sort == "money"
        return None if helps or told else owner

    def _of(self, mention: Mention, before: Sequence[Mention], first: int = -1) -> Party | None:
        return (
            mention.party if mention.party is not None else self._by_sex(mention.sex, [m for m in before if m.last < mention.first], first)
        )

    def _by_sex(self, sex: str, before: Sequence[Mention], first: int) -> Party | None:
        """Whom `hij`, `zij`, `zijn` or `haar` is: the last of that sex; where that may be the requester as well, them."""
        earlier = before
        if not any(m.party is not None for m in earlier) and first > 0:
            start, _ = self.bounds(first - 1)
            earlier = self.within(start, first)
        fitting = [m for m in earlier if m.party is not None and (m.sex == sex or not m.sex)]
        others = [m for m in fitting if m.other]
        mine = self.sex in ("", sex)
        if not others or (mine and (len(others) < len(fitting) or any(m.behind for m in others))):
            return Party.SUBJECT if mine else None
        return others[-1].party

    def _beside(self, fact: Fact, inside: Sequence[Mention]) -> Mention | None:
        """Who follows at once: `haar demente moeder`, `de depressie van Kees`, `opname van haar broer`."""
        tok = self.tok
        for mention in inside:
            between = tok.words[fact.last + 1 : mention.first]
            if mention.first <= fact.last or len(between) > 3 or not self._joined(fact.last, mention.first):
                continue
            if self._described(mention, between) or (between and between[0] == "van" and self._leads(fact.last + 2, mention.first)):
                return mention
        return None

    def _described(self, mention: Mention, between: Sequence[str]) -> bool:
        """Whether the fact is an adjective of a relation: `haar demente moeder`."""
        return not between and self.tok.words[mention.first] in self.tok.lexicon.relations

    def _leads(self, first: int, end: int) -> bool:
        """Whether these words only lead to a name: `haar`, a title, a relation."""
        return all(self.tok.words[at] in _ARTICLES or self.tok.flags[at] & (Is.TITLE | Is.RELATION) for at in range(first, end))

    def _joined(self, one: int, other: int) -> bool:
        """Whether nothing but spaces stands between these words and those between them."""
        return all(self.tok.gaps[at].strip(" \n-") == "" for at in range(one + 1, other + 1))

    def _possessed(self, fact: Fact) -> str | None:
        """The sex that `zijn` or `haar` right before the fact tells; None without."""
        before = self.tok.words[max(0, fact.first - 2) : fact.first]
        at = fact.first - 1
        for word in reversed(before):
            if word in _POSSESSIVES and not (word == "zijn" and at + 1 < fact.first):
                return _POSSESSIVES[word]
            at -= 1
        return None

    def _reaches(self, mention: Mention, fact: Fact) -> bool:
        """Whether somebody behind a preposition is who the fact is of: told right behind them."""
        low = self.tok.text.low
        between = low[self.tok.ends[mention.last] : self.tok.starts[fact.first]]
        return mention.other and mention.behind != "door" and len(between) < 60 and _WHO.match(between.lstrip()) is not None


def _mentions(tok: Tokens, named: Sequence[Claim], sex: str) -> Iterator[Mention]:
    """Everybody spoken of: by name, by relation, as the client, by a pronoun."""
    taken: set[int] = set()
    for claim in named:
        if claim.category == "name":
            first = bisect_right(tok.ends, claim.start)
            last = max(first, bisect_right(tok.starts, claim.end - 1) - 1)
            taken.update(range(first, last + 1))
            kept = claim.action is Action.KEEP
            party = Party.SUBJECT if kept else Party.THIRD if claim.party in (Party.MIXED, Party.SUBJECT) else claim.party
            yield Mention(first, last, party, sex if kept else _sex_of(tok, first, last, claim), _behind(tok, first))
    for at, word in enumerate(tok.words):
        if at not in taken and (mention := _spoken_of(tok, at, word, sex, taken)):
            yield mention


def _spoken_of(tok: Tokens, at: int, word: str, sex: str, taken: set[int]) -> Mention | None:
    """Whom this one word, which is no name, speaks of."""
    flag = tok.flags[at]
    if word in _PRONOUNS:
        return Mention(at, at, None, _PRONOUNS[word], _behind(tok, at))
    if word in _SPEAKS or flag & Is.CLIENT:
        return Mention(at, at, Party.SUBJECT, sex, _behind(tok, at))
    if word in ("mevrouw", "mw", "mevr", "meneer", "dhr") and at + 1 not in taken and tok.lexicon.sexes.get(f"title {word}") == sex:
        return Mention(at, at, Party.SUBJECT, sex, _behind(tok, at))
    relation = tok.lexicon.relations.get(word)
    if relation is None or relation.party not in (Party.RELATIVE, Party.THIRD):
        return None
    if word in _OWNED and not (at and tok.words[at - 1] in _ARTICLES - {"een", "de", "het"}):
        return None
    return Mention(at, at, relation.party, _sex_of_word(word), _behind(tok, at))


def _behind(tok: Tokens, at: int) -> str:
    """The preposition before somebody, past `haar`, `de`, a title or a relation; "" without one."""
    while at > 0 and tok.gaps[at].strip(" .\n") == "" and (tok.words[at - 1] in _ARTICLES or tok.flags[at - 1] & (Is.TITLE | Is.RELATION)):
        at -= 1
    before = tok.words[at - 1] if at and tok.gaps[at].strip(" \n") == "" else ""
    return before if before in _PREPOSITIONS else ""


def _sex_of(tok: Tokens, first: int, last: int, claim: Claim) -> str:
    """The sex that a title, a relation or a given name tells; "" where none does."""
    told = tok.words[first - 1] if first else ""
    title = tok.lexicon.sexes.get(f"title {told}", "")
    known = title or _sex_of_word(told) or _sex_of_word(claim.base) or tok.lexicon.sexes.get(tok.words[first], "")
    return known if known in ("f", "m") else ""


def _sex_of_word(word: str) -> str:
    return "m" if word.endswith(_MALE) else "f" if word.endswith(_FEMALE) else ""

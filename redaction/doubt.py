"""Who may be meant, where capitals tell nothing: each word of the note that nothing found, weighed by its place and against the whole note.

The weights of `data/doubt_small.txt` and `doubt_capital.txt` were learnt from notes (`benchmarks.redaction.learn`); what weighs enough is for a person to decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from config.collection import Party
from config.redacted import Action
from redaction.around import month_use
from redaction.claims import Claim
from redaction.lexicon import Is
from redaction.nobody import within_idiom
from redaction.place import place
from redaction.reading import Reading
from redaction.things import thing_at
from redaction.tokens import Tokens

ASKED = 0.1
"""From this weight on a person is asked. The three were chosen on batches that the weights were not learnt from (each of n to s and u left
out in turn): against lower ones they halve what is asked, for a thousandth of recall."""
ASKED_OF_NAMES = -1.0
"""The same of what is a name on a list and nothing else."""
_SURE = 0.5
"""From this weight on nobody is asked, and the other mentions of the word count it as one."""
_LIKES = 0.5
"""So much less is enough for a word that surely is a name elsewhere in the note: one mention left open gives away the other."""
_ROUNDS = 2
_NEVER = Is.EPONYM | Is.FUNCTION | Is.VERB | Is.TITLE | Is.RELATION | Is.CLIENT | Is.DAY | Is.NOT_PERSON | Is.GREETING | Is.SALUTATION
_LOOK = Is.GIVEN | Is.FAMILY
_DETERMINED = frozenset(
    [
        "de",
        "het",
        "een",
        "dit",
        "deze",
        "die",
        "geen",
        "elke",
        "iedere",
        "ieder",
        "elk",
        "t",
        "n",
        "mijn",
        "haar",
        "zijn",
        "hun",
        "ons",
        "onze",
        "uw",
        "je",
        "jouw",
        "mn",
        "zn",
        "zo",
        "heel",
        "erg",
        "te",
        "om",
        "zeer",
        "veel",
        "weinig",
        "meer",
        "minder",
        "enkele",
        "diverse",
        "welke",
        "beide",
        "alle",
        "ander",
        "andere",
        "der",
        "den",
        "ten",
        "ter",
    ]
)
_VOWELS = frozenset("aeiouy")


@dataclass(slots=True)
class Around:
    """What the whole note says: which tokens are of a name, how often each word is, and which words are things that have an article."""

    names: bytearray
    named: Counter[str]
    things: frozenset[str]


def doubted(reading: Reading, found: Iterable[Claim]) -> list[Claim]:
    """Claims of what may be a name, in a note whose capitals tell nothing; `found` are the names that are known to stand there."""
    tok = reading.tok
    note = around(tok, found)
    words = listed(reading, note.names)
    heavy: list[tuple[int, int, float]] = []
    for _ in range(_ROUNDS):  # what is sure in the first speaks for its neighbours and its likes in the second
        heavy = [(at, first, weight(telling(tok, at), told(tok, first, at, note))) for at, first in words]
        if not _believe(tok, note, heavy):
            break
    believed = {tok.words[at] for at, _first, weighs in heavy if weighs > _SURE}
    return [
        _claim(tok, _span_from(tok, first, at), at, weighs)
        for at, first, weighs in heavy
        if weighs > _least(tok, at) - (_LIKES if tok.words[at] in believed else 0)
    ]


def _least(tok: Tokens, at: int) -> float:
    """From which weight on the word is asked about: more at the head of a sentence in a note with capitals, where any word may have one."""
    if tok.capitals and tok.caps[at] and tok.opens(at):
        return _SURE
    return ASKED_OF_NAMES if tok.flags[at] & _LOOK and not tok.flags[at] & (Is.WORD | Is.PLACE) else ASKED


def around(tok: Tokens, found: Iterable[Claim]) -> Around:
    """What the whole note says where `found` are its names."""
    names, at = bytearray(len(tok.words)), 0
    for claim in sorted(found):
        while at < len(tok.words) and tok.starts[at] < claim.end:
            names[at] = names[at] or tok.ends[at] > claim.start
            at += 1
    named = Counter(word for word, is_name in zip(tok.words, names, strict=True) if is_name)
    things = frozenset(
        word for before, word, gap in zip(tok.words, tok.words[1:], tok.gaps[1:], strict=False) if gap == " " and before in _DETERMINED
    )
    return Around(names, named, things)


def _believe(tok: Tokens, note: Around, heavy: Iterable[tuple[int, int, float]]) -> bool:
    """Take what is sure for names of the note; whether there was any."""
    sure = [at for at, _first, weighs in heavy if weighs > _SURE and not note.names[at]]
    for at in sure:
        note.names[at] = 1
        note.named[tok.words[at]] += 1
    return bool(sure)


def listed(reading: Reading, names: Sequence[int]) -> list[tuple[int, int]]:
    """The words that are to be weighed, each with the first of its prefixes."""
    tok = reading.tok
    words = [(at, _first(tok, at, names, reading.taken)) for at in _written_as_names(tok) if _may_be(reading, at, names)]
    return [(at, first) for at, first in words if not _owned(tok, first)]


def _written_as_names(tok: Tokens) -> Iterable[int]:
    """The words with a capital, and names in small letters that are nothing else; all, where capitals tell nothing."""
    if not tok.capitals:
        return range(len(tok.words))
    return [
        at
        for at, (flag, capital) in enumerate(zip(tok.flags, tok.caps, strict=True))
        if capital or (flag & _LOOK and not flag & (Is.WORD | Is.PLACE))
    ]


def told(tok: Tokens, first: int, at: int, note: Around) -> Iterator[str]:
    """What is to be weighed of one word: its place, and whether its like is a name or a thing elsewhere in the note."""
    yield from place(tok, first, at, note.names)
    word = tok.words[at]
    if note.named[word] > note.names[at]:
        yield "name elsewhere"
    if word in note.things:
        yield "thing elsewhere"


def telling(tok: Tokens, at: int) -> bool:
    """Whether the word has a capital that no sentence gives it."""
    return tok.capitals and tok.caps[at] and not tok.opens(at)


def weight(capitals: bool, told: Iterable[str]) -> float:
    """The sum of what each of these says for a name (above 0) or against one."""
    known = weights(capitals)
    return known["always"] + sum([known.get(one, 0.0) for one in told])


def file_of(capitals: bool) -> str:
    """Where the weights are kept."""
    return f"doubt_{'capital' if capitals else 'small'}.txt"


@cache
def weights(capitals: bool) -> Mapping[str, float]:
    """The weights by what they are of: those of words with a capital, or those of words in a note whose capitals tell nothing."""
    lines = (files("redaction") / "data" / file_of(capitals)).read_text(encoding="utf-8").splitlines()
    return {name: float(weighs) for name, _, weighs in (line.rpartition(" ") for line in lines)}


def _may_be(reading: Reading, at: int, names: Sequence[int]) -> bool:
    """Whether the word can be a name at all: nothing else took it, it can be spoken, and no article makes it a thing."""
    tok = reading.tok
    flag = tok.flags[at]
    if flag & _NEVER or names[at] or reading.taken[at] or at in reading.nobody or (flag & Is.PREFIX and not flag & _LOOK):
        return False
    if flag & Is.COMMON and not flag & _LOOK and (flag & Is.ACTS or tok.words[at].endswith(("e", "en"))):
        return False  # most of a text: verbs, qualities and what there is more of
    if tok.gaps[at][-1:] in _GLUED or _firm(tok, at) or tok.words[at] in tok.lexicon.words["health"]:
        return False
    if flag & Is.ORG_AFTER and at - 1 in reading.nobody and tok.gaps[at] == " ":
        return False  # `Peters Logistics`
    if thing_at(reading, at) or (flag & Is.MONTH and tok.capitals and month_use(reading, at)):
        return False
    if within_idiom(tok, at, at) or tok.ends[at] - tok.starts[at] < 2 or _VOWELS.isdisjoint(tok.words[at]):
        return False
    return not at or tok.words[at - 1] not in _DETERMINED or tok.gaps[at].strip(" \n") != "" or _surname(tok, at)


_GLUED = frozenset([".", "@", "_", "&"])
"""What stands right before a word that is part of an address or of a sign, with no space between."""


def _firm(tok: Tokens, at: int) -> bool:
    """`Slot & Sleutel`, `Park Boswijk`: a firm or a house."""
    behind = at + 1
    house = tok.flags[at] & Is.ORG_BEFORE and tok.capitals and behind < len(tok.words) and tok.gaps[behind] == " " and tok.caps[behind]
    return bool(house) or tok.gaps[at] == " & " or (behind < len(tok.words) and tok.gaps[behind] == " & ")


def _owned(tok: Tokens, first: int) -> bool:
    """`slagerij de bont`, `op moeders buik`, `zonder jas`: called after somebody, of somebody, or a thing that lacks."""
    if not first or tok.gaps[first].strip(" \n"):
        return False
    word, flag = tok.words[first - 1], tok.flags[first - 1]
    of_kin = word.endswith("s") and tok.flags[first - 1] & Is.WORD and word[:-1] in tok.lexicon.relations
    return of_kin or word == "zonder" or bool(flag & Is.ORG_BEFORE and not flag & (Is.RELATION | Is.FAMILY))


def _surname(tok: Tokens, at: int) -> bool:
    """`de boer`, `van den berg`: a family name that is written with this article."""
    return f"{tok.words[at - 1]} {tok.words[at]}" in tok.lexicon.prefixed or tok.words[at - 1] in ("den", "der", "ter", "ten")


def _first(tok: Tokens, at: int, names: Sequence[int], taken: Sequence[int]) -> int:
    """The first of the prefixes that stand right before the word."""
    first = at
    while (
        first
        and at - first < 3
        and tok.flags[first - 1] & Is.PREFIX
        and tok.gaps[first] == " "
        and not names[first - 1]
        and not taken[first - 1]
    ):
        if tok.words[first - 1] not in ("van", "de", "den", "der", "ter", "ten", "vd", "v", "d", "el", "al", "ben", "ait", "dos", "da"):
            break
        first -= 1
    return first


def _span_from(tok: Tokens, first: int, at: int) -> int:
    """Where the name begins: with its prefixes, but for a bare `van`, which says whose something is."""
    written = " ".join(tok.words[first : at + 1])
    return at if at - first == 1 and tok.words[first] == "van" and written not in tok.lexicon.prefixed else first


def _claim(tok: Tokens, first: int, at: int, weighs: float) -> Claim:
    word, base = tok.words[at], tok.lexicon.spoken["name"]
    action, sure = (Action.REDACT, 0.62) if weighs > _SURE else (Action.REVIEW, 0.45)
    return Claim(tok.starts[first], tok.ends[at], "name", Party.THIRD, action, "name", base, f"new {word}", sure, "place")

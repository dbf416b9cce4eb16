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
from redaction.claims import Claim
from redaction.lexicon import Is
from redaction.nobody import within_idiom
from redaction.place import place
from redaction.reading import Reading
from redaction.tokens import Tokens

ASKED = -0.25
"""From this weight on a person is asked: about five of a thousand words that are no name in a note without capitals."""
_SURE = 0.7
"""From this weight on nobody is asked, for five of six are names, and the other mentions of the word count it as one."""
_ROUNDS = 2
_NEVER = Is.EPONYM | Is.FUNCTION | Is.VERB | Is.TITLE | Is.RELATION | Is.CLIENT | Is.DAY | Is.NOT_PERSON | Is.GREETING | Is.SALUTATION
_LOOK = Is.GIVEN | Is.FAMILY
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
        heavy = [(at, first, weight(tok.capitals, told(tok, first, at, note))) for at, first in words]
        _believe(tok, note, heavy)
    return [_claim(tok, _span_from(tok, first, at), at, weighs) for at, first, weighs in heavy if weighs > ASKED]


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


def _believe(tok: Tokens, note: Around, heavy: Iterable[tuple[int, int, float]]) -> None:
    for at, _first, weighs in heavy:
        if weighs > _SURE and not note.names[at]:
            note.names[at] = 1
            note.named[tok.words[at]] += 1


def listed(reading: Reading, names: Sequence[int]) -> list[tuple[int, int]]:
    """The words that are to be weighed, each with the first of its prefixes."""
    return [(at, _first(reading.tok, at, names, reading.taken)) for at in range(len(reading.tok.words)) if _may_be(reading, at, names)]


def told(tok: Tokens, first: int, at: int, note: Around) -> Iterator[str]:
    """What is to be weighed of one word: its place, and whether its like is a name or a thing elsewhere in the note."""
    yield from place(tok, first, at, note.names)
    word = tok.words[at]
    if note.named[word] > note.names[at]:
        yield "name elsewhere"
    if word in note.things:
        yield "thing elsewhere"


def weight(capitals: bool, told: Iterable[str]) -> float:
    """The sum of what each of these says for a name (above 0) or against one."""
    known = weights(capitals)
    return known["always"] + sum(known.get(one, 0.0) for one in told)


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
    if (
        flag & _NEVER
        or (tok.capitals and not tok.caps[at])
        or names[at]
        or reading.taken[at]
        or at in reading.nobody
        or (flag & Is.PREFIX and not flag & _LOOK)
    ):
        return False
    if within_idiom(tok, at, at) or tok.ends[at] - tok.starts[at] < 2 or _VOWELS.isdisjoint(tok.words[at]):
        return False
    return not at or tok.words[at - 1] not in _DETERMINED or tok.gaps[at].strip(" \n") != "" or _surname(tok, at)


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

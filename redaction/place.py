"""Where a word stands in its sentence, in a few words of grammar: what it is, what stands before it, what stands behind it.

Dutch gives a thing an article, a verb an ending and a person neither: `bos neemt het over`, `dossier ligt bij groen`, `toen belde wolf`.
These words are what `doubt` weighs; they say nothing of any one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from redaction.after import cue_after
from redaction.bare import DONE
from redaction.cues import cue_at
from redaction.lexicon import Is, lexicon
from redaction.tokens import Tokens

_LOOK = Is.GIVEN | Is.FAMILY
_BEFORE = {
    "met": "met", "door": "door", "aan": "aan", "van": "van", "vd": "van", "voor": "voor", "bij": "bij", "via": "via", "naar": "naar", "over": "over",
    "tegen": "to", "namens": "to", "volgens": "to", "tegenover": "to", "naast": "to", "tussen": "to", "wijlen": "to", "ene": "to", "cc": "to",
    "tav": "to", "in": "in", "te": "in", "uit": "in", "op": "in", "tot": "in", "zonder": "zonder", "wegens": "zonder", "sinds": "time",
    "na": "time", "tijdens": "time", "dat": "that", "omdat": "that", "terwijl": "that", "wat": "that", "als": "sub", "toen": "sub", "want": "sub", "maar": "sub",
    "of": "and", "en": "and", "ook": "and", "ik": "func", "er": "func", "niet": "func", "is": "is", "was": "is",
}  # fmt: skip
_OF_PEOPLE = (
    "er",
    "aar",
    "eur",
    "or",
    "ist",
    "ant",
    "ent",
    "ster",
    "euse",
    "iair",
    "aars",
    "ers",
    "isten",
    "anten",
    "enten",
    "oog",
    "noot",
    "note",
)
"""How words for people end: `sponsor`, `bemiddelaar`, `intermediair`; what stands behind them without an article may be their name."""
_PARTICLES = ("aan", "af", "achter", "bij", "binnen", "door", "in", "langs", "mee", "na", "om", "onder", "op", "over", "rond", "samen", "tegen", "terug",
              "thuis", "toe", "uit", "vast", "vol", "voor", "weg")  # fmt: skip
_SAYS = frozenset(
    [
        "zei",
        "zegt",
        "vroeg",
        "vraagt",
        "vertelt",
        "vertelde",
        "meldt",
        "meldde",
        "denkt",
        "dacht",
        "meent",
        "meende",
        "vindt",
        "vond",
        "belt",
        "belde",
        "mailt",
        "mailde",
        "appt",
        "appte",
        "stelt",
        "stelde",
        "antwoordt",
        "antwoordde",
        "schrijft",
        "schreef",
        "aldus",
        "wil",
        "wilde",
        "bel",
        "mail",
        "app",
        "sprak",
        "spreekt",
    ]
)
"""Behind what people say stands who said it: `geen zin, zei kuijt`."""
_SUBJECT = frozenset(["opens", "that", "sub", "name comma", "name and", "and", "comma", "mark", "colon"])
_WITH = frozenset(["met", "door", "aan", "van", "voor", "bij", "to", "via", "naar", "over"])
_CLOSED = frozenset(["end", "stop", "comma", "and", ")", "(", "comma name"])
_MARKS = {":": "colon", "(": "(", ")": ")", "/": "/", "-": "-", ".": "stop", ";": "stop", "!": "stop", "?": "stop"}
_COUNTED = re.compile(r"(?:^|[ (])\d{1,4}(?:,\d+)? $")
"""`3 keer`: what is counted is a thing, unless it is a time or a day before it."""
_OF_THINGS = ("heid", "ing", "tje", "jes", "je", "isch", "ische", "lijk", "lijke", "tie", "teit", "schap")


def place(tok: Tokens, first: int, at: int, names: Sequence[int]) -> Iterator[str]:
    """What is to be weighed of the word at `at`, with its prefixes from `first` on.

    `names` has 1 for each token that is of a name.
    """
    kind, before, after = _kind(tok, at), _before(tok, first, names), _after(tok, at, names)
    plain = "word" if kind in ("word", "often word", "compound") else "name"
    yield f"{kind}"
    yield f"{plain} after {before}"
    yield f"{plain} before {after}"
    if slot := _slot(before, after):
        yield f"{plain} {slot}"
    if first < at:
        yield f"prefix {tok.words[first] if first + 1 == at else 'several'}"
        if f"{' '.join(tok.words[first:at])} {tok.words[at]}" in tok.lexicon.prefixed:
            yield "prefixed so"
    if cued := cue_at(tok, first).cued:
        yield f"{plain} cued by {cued}"
    for told in _shape(tok.words[at], tok.flags[at]):
        yield f"{plain} {told}"


def _kind(tok: Tokens, at: int) -> str:
    flag = tok.flags[at]
    if flag & _LOOK:
        return ("often name" if flag & Is.COMMON else "name") if flag & Is.WORD else "only name"
    if flag & Is.MADE:
        return "compound"
    if flag & Is.WORD:
        return "often word" if flag & Is.COMMON else "word"
    return "proper" if flag & Is.PROPER else "place" if flag & Is.PLACE else "unknown"


def _before(tok: Tokens, at: int, names: Sequence[int]) -> str:
    if at == 0 or tok.opens(at):
        return "opens"
    back, gap = at - 1, tok.gaps[at].strip(" \n")
    if gap and _COUNTED.search(tok.gaps[at]):
        return "number"
    if gap == "":
        return _word_before(tok, back, names)
    if gap == ",":
        return "name comma" if names[back] else "relation comma" if tok.flags[back] & Is.RELATION else "comma"
    if gap == ":":
        return "label" if tok.flags[back] & (Is.LABEL | Is.RELATION) else "colon"
    return gap if gap in ("(", '"', "'", "/", "-") else "mark"


def _word_before(tok: Tokens, back: int, names: Sequence[int]) -> str:
    word, flag = tok.words[back], tok.flags[back]
    if names[back]:
        return "name"
    if word in ("en", "of") and back and names[back - 1]:
        return "name and"
    if word in _BEFORE:
        return _BEFORE[word]
    if word in _SAYS:
        return "said"
    for wanted, told in _TOLD:
        if flag & wanted:
            return told
    if not flag & Is.WORD:
        return "strange"
    if word.endswith(_OF_PEOPLE) and len(word) > 5:
        return "agent"
    return "adjective" if word.endswith("e") else "word"


_TOLD = ((Is.TITLE, "title"), (Is.RELATION, "relation"), (Is.ACTS | Is.VERB, "verb"), (Is.FUNCTION, "func"), (Is.ORG_BEFORE, "house"))


def _after(tok: Tokens, at: int, names: Sequence[int]) -> str:
    behind = at + 1
    if behind >= len(tok.words):
        return "end"
    if told := cue_after(tok, at):
        return "reached" if told == "reached" else "relation"
    gap = tok.gaps[behind].strip(" \n")
    if gap == "":
        return _word_after(tok, behind, names)
    if gap == ",":
        return "comma name" if names[behind] else "comma"
    if gap[:1] == "'" and tok.words[behind] == "s":
        return "genitive"
    return _MARKS.get(gap[:1], "mark")


def _word_after(tok: Tokens, behind: int, names: Sequence[int]) -> str:
    word, flag = tok.words[behind], tok.flags[behind]
    if names[behind]:
        return "name"
    if word in ("en", "of"):
        return "and name" if behind + 1 < len(tok.words) and names[behind + 1] else "and"
    if word in DONE:
        return "done"
    if flag & (Is.ACTS | Is.VERB) or _parted_verb(word):
        return "verb"
    if word in ("van", "bij", "uit", "vd"):
        return "of"
    if flag & Is.FUNCTION:
        return "func"
    if flag & _LOOK and not flag & Is.COMMON:
        return "look"
    return "word" if flag & Is.WORD else "strange"


@lru_cache(maxsize=8192)
def _parted_verb(word: str) -> bool:
    """`terugkomt`, `meedoet`: a particle and a verb in one word, as in the clause behind `dat`."""
    table = lexicon().table
    return any(word.startswith(part) and table.get(word[len(part) :], 0) & Is.ACTS for part in _PARTICLES)


def _slot(before: str, after: str) -> str:
    """The part of the sentence that the two together make: who does something, with whom, or whom the verb takes."""
    role = (
        "subject"
        if before in _SUBJECT
        else "party"
        if before in _WITH
        else "said"
        if before == "said"
        else "inverted"
        if before == "verb"
        else ""
    )
    behind = "closed" if after in _CLOSED else after if after in ("verb", "done", "func", "of", "relation", "reached") else ""
    return f"{role} {behind}" if role and behind else ""


@lru_cache(maxsize=8192)
def _shape(word: str, flag: int) -> tuple[str, ...]:
    """What the word itself tells, whatever stands around it."""
    return tuple(_shapes(word, flag, lexicon().table))


def _shapes(word: str, flag: int, table: Mapping[str, int]) -> Iterator[str]:
    for wanted, told in _ALSO:
        if flag & wanted:
            yield told
    if word.endswith(_OF_THINGS):
        yield "ends as things do"
    if word.endswith("en") and len(word) > 4:
        yield "ends in en"
    elif word.endswith("e"):
        yield "ends in e"
    if len(word) < 4 or len(word) > 8:
        yield "short" if len(word) < 4 else "long"
    if word.endswith("s") and table.get(word[:-1], 0) & Is.WORD:
        yield "several"
    if any(table.get(form, 0) & Is.WORD for form in (f"{word}en", f"{word}s", f"{word}{word[-1]}en")):
        yield "may be counted"
    if any(table.get(form, 0) & Is.WORD for form in (f"{word}e", f"{word}{word[-1]}e")):
        yield "may be a quality"


_ALSO = (
    (Is.ACTS, "verb"),
    (Is.PLACE, "place too"),
    (Is.ORG_BEFORE, "house"),
    (Is.LABEL, "label"),
    (Is.MONTH, "month"),
    (Is.FAMILY, "family"),
)

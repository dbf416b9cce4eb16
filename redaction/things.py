"""What is called like somebody and is a thing: an animal, a compound written with a capital inside, one firm of several, a test."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.lexicon import Is
from redaction.reading import Chain, Reading
from redaction.tokens import Tokens

_CALLED = frozenset(["heet", "heette", "genaamd", "is", "heten", "die"])
_LOOK = Is.GIVEN | Is.FAMILY


def is_thing(reading: Reading, chain: Chain) -> bool:
    """Whether the chain is called like a person and is none."""
    return is_pet(reading, chain) or _camel(reading, chain) or _compounded(reading, chain) or _among_firms(reading, chain)


def thing_at(reading: Reading, at: int) -> bool:
    """The same of one word that only its place makes a name."""
    chain = Chain(at, at, names=[at])
    return (at > 0 and _after_pet(reading.tok, at)) or _camel(reading, chain) or _compounded(reading, chain)


def is_pet(reading: Reading, chain: Chain) -> bool:
    """`de hond heet Bobbie`, `poes Minoes`, `konijn (Iris`: an animal is no person."""
    tok = reading.tok
    if len(chain.names) > 1 or chain.initials or chain.title or not chain.first or reading.known(chain.names[0]):
        return False
    return _after_pet(tok, chain.first)


def _after_pet(tok: Tokens, first: int) -> bool:
    before, lists = tok.words[max(0, first - 4) : first], tok.lexicon.words
    for back in range(first - 1, max(-1, first - 5), -1):
        if tok.words[back] in lists["many_pets"]:
            return True
        if tok.flags[back] & Is.FUNCTION and tok.words[back] != "en":
            break  # `bang voor honden sinds Berend ...`
    if before[-1] in lists["pets"]:
        return "." not in tok.gaps[first]
    if before[-1] in _CALLED:
        return not lists["pets"].isdisjoint(before)
    return "(" in tok.gaps[first] and not lists["pets"].isdisjoint(before[-2:])


def _camel(reading: Reading, chain: Chain) -> bool:
    """`RegioRijder`, `NLtraining`, `MantelzorgNL`: a capital inside one word, of which neither part is a name."""
    tok, at = reading.tok, chain.names[0]
    if len(chain.names) > 1 or not tok.capitals or chain.initials or chain.title or reading.known(at):
        return False
    written = tok.text.plain[tok.starts[at] : tok.ends[at]]
    if written.islower() or written.isupper() or written[1:].islower() or len(written) < 5 or written.startswith("IJ"):
        return False
    parts = [part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", written)]
    if len(parts) < 2 or parts[0] in ("mc", "mac", "van", "de", "den", "der", "el", "al", "ben", "le", "la", "di", "da", "o"):
        return False
    table = tok.lexicon.table
    return not any(table.get(part, 0) & _LOOK and not table[part] & (Is.WORD | Is.NOT_PERSON) for part in parts)


def _compounded(reading: Reading, chain: Chain) -> bool:
    """`de Cooper-test`, `Van Houten-cacao`: a plain word is joined to the name."""
    tok, behind = reading.tok, chain.last + 1
    if not tok.capitals or behind >= len(tok.words) or tok.gaps[behind] != "-" or tok.caps[behind] or chain.title or chain.relation:
        return False
    flag = tok.flags[behind]
    plain = flag & (Is.WORD | Is.NOT_PERSON) and not flag & (_LOOK | Is.RELATION | Is.PREFIX)
    return bool(plain) and len(tok.words[behind]) > 3 and not any(reading.known(at) for at in chain.names)


def _among_firms(reading: Reading, chain: Chain) -> bool:
    """`bij Heijmans, Philips, Ikea en Albert Heijn`: one in a row of firms, of which the list knows two more; three where it is called fully."""
    tok, at = reading.tok, chain.names[0]
    if chain.cued not in ("", "beside") or chain.initials or chain.after or not tok.capitals or any(reading.known(n) for n in chain.names):
        return False
    behind = chain.last + 1
    if behind < len(tok.words) and tok.flags[behind] & Is.ACTS and tok.gaps[behind] == " ":
        return False
    full = len(chain.names) > 1 and tok.flags[at] & Is.GIVEN and not tok.flags[at] & Is.WORD
    least = 3 if full else 2
    return sum(1 for _ in _row(tok, chain.last, 1)) + sum(1 for _ in _row(tok, chain.first, -1)) >= least


def _row(tok: Tokens, at: int, step: int) -> Iterator[int]:
    """The organisations of the same row on one side: words with a capital between commas, `en` and `of`; the first must be one."""
    here, parted, held = at + step, False, False
    while 0 <= here < len(tok.words) and abs(here - at) < 16:
        gap = tok.gaps[here if step > 0 else here + 1].strip(" \n")
        parted = parted or gap == "," or tok.words[here] in ("en", "of")
        if gap not in ("", ",") or not (tok.caps[here] or tok.words[here] in ("en", "of")):
            return
        if _firm(tok, here):
            if parted:
                yield here
            held, parted = True, False
        elif tok.caps[here] and parted and not held and abs(here - at) > 8:
            return
        here += step


def _firm(tok: Tokens, at: int) -> bool:
    flag = tok.flags[at]
    if flag & (Is.NOT_PERSON | Is.ORG_BEFORE):
        return not flag & (Is.RELATION | Is.GIVEN)
    return bool(flag & Is.IDIOM) and tok.text.low.startswith(tok.lexicon.idioms.get(tok.words[at], ()), tok.starts[at])

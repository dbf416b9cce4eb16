"""Somebody firmly found once is known in the whole text: their other mentions are read again, and only those."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from redaction.lexicon import Is
from redaction.listings import listed
from redaction.names import BELIEVED, Found, name_at
from redaction.people import Somebody
from redaction.reading import Reading

_BACK = 3
"""So many words before a known one may be of the same name: initials, prefixes, a given name."""


def again(reading: Reading, found: Sequence[Found], newcomers: Iterable[Somebody], wanted: Container[str]) -> list[Found]:
    """`found`, after every mention of the newcomers by the words `wanted` has been read with them known."""
    by_key = {somebody.key: somebody for somebody in newcomers}
    kept = {one.chain.first: _same(one, by_key.get(one.claim.person)) for one in found}
    inside = {at: one.chain.first for one in found for at in range(one.chain.first, one.chain.last + 1)}
    lists = listed(reading.tok)
    words = reading.tok.words
    done = -1
    for at, word in enumerate(words):
        if at <= done or not (word in wanted or (word[-1:] == "s" and word[:-1] in wanted)):
            continue
        first = inside.get(at) if inside.get(at) in kept else None  # it may have given way to another reading meanwhile
        if first is not None and (kept[first].claim.detector != "names" or kept[first].claim.person in by_key):
            continue
        new = _read(reading, _start(reading, inside, at) if first is None else first, at, lists)
        if new is not None:
            for place in [place for place, one in kept.items() if one.chain.first <= new.chain.last and new.chain.first <= one.chain.last]:
                del kept[place]
            kept[new.chain.first] = new
            done = new.chain.last
    return [kept[place] for place in sorted(kept)]


def _same(one: Found, somebody: Somebody | None) -> Found:
    """The mention under the role that the fullest one told."""
    if somebody is None or one.claim.detector != "names" or one.claim.reason == "informant":
        return one
    return one._replace(claim=one.claim._replace(base=somebody.base, party=somebody.party))


def _start(reading: Reading, inside: dict[int, int], at: int) -> int:
    """Where a name with the word at `at` in it begins: before initials, prefixes and a given name."""
    tok, first = reading.tok, at
    while first > 0 and at - first < _BACK and first - 1 not in inside and tok.gaps[first] in (" ", "-", ".", ". ", " '", "\n"):
        flag = tok.flags[first - 1]
        if not (flag & Is.PREFIX or reading.is_initial(first - 1) or (flag & Is.GIVEN and tok.caps[first - 1])):
            break
        first -= 1
    return first


def _read(reading: Reading, first: int, at: int, lists: list[tuple[int, int]]) -> Found | None:
    for start in dict.fromkeys((first, at)):
        new = name_at(reading, start, lists)
        if new is not None and new.chain.first <= at <= new.chain.last and new.claim.confidence >= BELIEVED:
            return new
    return None

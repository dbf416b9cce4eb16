"""Whose name it is: the subject only on positive proof, somebody known where all of it fits, else somebody new.

A surname proves nothing where others in the file bear it too. What cannot be told stays withheld and goes to review.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import NamedTuple

from config.collection import Party
from redaction.lexicon import Is
from redaction.people import Somebody
from redaction.reading import Chain, Reading


class Verdict(NamedTuple):
    """Who is meant. `number` is that of a known person, None for somebody new; `proven` is False where it may be somebody else."""

    number: int | None
    proven: bool
    full: bool  # by given name or initials and family name together
    among: tuple[int, ...] = ()  # the known who fit equally well


def whose(reading: Reading, chain: Chain) -> Verdict:
    """The person meant by `chain`."""
    matched = {n: parts for n in _candidates(reading, chain) if (parts := _fits(reading, chain, n)) is not None}
    if not matched:
        return Verdict(None, False, False)
    best = max(len(parts) for parts in matched.values())
    top = tuple(n for n in sorted(matched) if len(matched[n]) == best)
    if chain.relation:
        top = _by_relation(reading, chain, top)
    if chain.title in ("f", "m") and len(top) > 1 and not (0 in top and reading.people.known[0].party is Party.SUBJECT):
        top = _of_age(reading, chain, top)
    full = any(_full(chain, reading.people.known[n], matched[n]) for n in top)
    if 0 in top and reading.people.known[0].party is Party.SUBJECT:
        return _subject(reading, chain, top, full)
    return Verdict(top[0], len(top) == 1, full, top)


def _subject(reading: Reading, chain: Chain, top: tuple[int, ...], full: bool) -> Verdict:
    """The subject is among those who fit."""
    subject = reading.people.known[0]
    others = top[1:]
    if _tells_of_no_other(reading, chain):
        chain = replace(chain, relation="", cued="")
    if not subject.given and not subject.initials and _named_more(reading, chain, subject):
        return Verdict(0, False, full, top)
    given = any(reading.known(at) in subject.given for at in chain.names)
    if not given and _is_kin(reading, chain):
        return Verdict(0, False, full, top)
    if not others:
        told = _said_to_us(reading, chain) or _of_kin(reading, chain) or _told_by(reading, chain)
        other_relative = chain.relation and not full and not (given and told)
        return Verdict(0, not other_relative, full, top)
    if chain.together:
        return Verdict(0, True, full, top)
    if chain.relation and not given:
        return Verdict(0, False, full, top)
    if not chain.title and not chain.cued and not chain.initials and not given and not _pronoun_agrees(reading, chain, subject):
        return Verdict(0, False, full, top)
    if chain.cued == "client" or not any(_spoken_of(reading, chain, reading.people.known[n]) for n in others):
        return Verdict(0, not given or not any(reading.people.known[n].given & subject.given for n in others), full, top)
    return Verdict(0, False, full, top)


_KIN = re.compile(r"[^.\n]{0,60}\. (?:zij|ze|hij|mevrouw|meneer) is (?:de |een |haar |zijn )?([a-z-]+) van ")


def _is_kin(reading: Reading, chain: Chain) -> bool:
    """`Mevrouw Amrani belt. Zij is de moeder van Fatima.`: the next sentence says that it is somebody else."""
    tok = reading.tok
    told = _KIN.match(tok.text.low, tok.ends[chain.last])
    relation = tok.lexicon.relation(told.group(1)) if told else None
    return relation is not None and relation.party is Party.RELATIVE


_TENANTS = frozenset(["huurder", "huurster", "eigenaar", "eigenaresse", "medebewoner", "medebewoonster"])


def _tells_of_no_other(reading: Reading, chain: Chain) -> bool:
    """`huurder Amrani` may be the subject as well as anybody; `buren Amrani en De Wit` are neighbours of each other."""
    tok, after = reading.tok, chain.last + 1
    each_other = chain.relation == "buren" and after < len(tok.words) and tok.words[after] == "en"
    return each_other or chain.relation in _TENANTS


def _named_more(reading: Reading, chain: Chain, subject: Somebody) -> bool:
    """`Piet Amrani`, where only the family name of the subject is known: it may be a brother."""
    return bool(chain.initials) or any(reading.known(at) not in subject.family for at in chain.names)


def _of_kin(reading: Reading, chain: Chain) -> bool:
    """`Moeder Fatima`, in a file about her child: nobody has a mother, a son or a partner of their own given name."""
    relation = reading.tok.lexicon.relation(chain.relation)
    return (
        relation is not None
        and relation.party is Party.RELATIVE
        and chain.relation not in ("vriend", "vriendin", "huisgenoot", "huisgenote")
    )


def _told_by(reading: Reading, chain: Chain) -> bool:
    """`signaal van een collega: Fatima zou werken`: what is told behind the colon is of the subject."""
    tok, after = reading.tok, chain.last + 1
    return ":" in tok.gaps[chain.first] and after < len(tok.words) and bool(tok.flags[after] & Is.ACTS) and tok.gaps[after] == " "


def _said_to_us(reading: Reading, chain: Chain) -> bool:
    """`Mijn buurvrouw Jip`: somebody else speaks, and may well speak of the subject."""
    tok, at = reading.tok, chain.first
    return any(tok.words[back] in ("mijn", "mn", "onze", "m'n") for back in range(max(0, at - 3), at))


_HE, _SHE = frozenset({"hij", "hem", "zijn"}), frozenset({"zij", "ze", "haar", "mw", "mevr", "mevrouw", "mvr"})


def _pronoun_agrees(reading: Reading, chain: Chain, subject: Somebody) -> bool:
    """A bare family name that others bear too: whether the words right after speak of somebody of the other sex."""
    tok = reading.tok
    end = _sentence_end(tok.text.low, tok.ends[chain.last])
    last = bisect_left(tok.starts, end, chain.last + 1)
    following = set(tok.words[chain.last + 1 : last + 1])  # and the first word of the next sentence
    theirs, other = (_SHE, _HE) if subject.sex == "f" else (_HE, _SHE)
    return not subject.sex or not following & other or bool(following & theirs)  # `Amrani stelde dat hij haar had uitgemaakt`


_THEIRS = frozenset({"zijn", "haar", "mijn", "hun", "z'n", "d'r", "wijlen"})
"""`Dhr. Terpstra belt: zijn broer is overleden`: the brother is somebody else."""
_AGED = frozenset({"senior", "sr", "jr", "junior", "oudere", "oude"})


def _spoken_of(reading: Reading, chain: Chain, other: Somebody) -> bool:
    """Whether the sentences around speak of this other bearer of the name: by relation, by given name, or as `senior`.

    With initials the whole text counts, for those are how others are written too.
    """
    tok = reading.tok
    wide = bool(chain.initials)
    begin = 0 if wide else _sentence_before(tok.text.low, tok.starts[chain.first])
    end = len(tok.text.low) if wide else _sentence_end(tok.text.low, tok.ends[chain.last])
    words = {*other.given, other.base, *tok.lexicon.called.get(other.base, ())}
    at = chain.first
    while at > 0 and tok.starts[at - 1] >= begin:
        at -= 1
    here = begin if wide else _sentence_start(tok.text.low, tok.starts[chain.first])
    told = False
    while at < len(tok.words) and tok.starts[at] < end:
        named = tok.words[at] in words and not (at > chain.last and chain.title and tok.words[at - 1] in _THEIRS)
        if not chain.first <= at <= chain.last:
            if tok.words[at] in _AGED and abs(at - chain.last) < 3:
                return True
            if named and not wide and tok.starts[at] >= here and tok.words[at] in other.given:
                # `Amrani zegt niets, Samuel voert het woord`: one sentence, two people; right beside it: one name
                return chain.first - 3 < at < chain.last + 3
            told = told or named
        at += 1
    return told


def _sentence_start(low: str, at: int) -> int:
    """Where the sentence of this place begins."""
    return max((found + len(mark) for mark in (". ", "\n", "! ", "? ") if (found := low.rfind(mark, max(0, at - 250), at)) >= 0), default=0)


def _sentence_before(low: str, at: int) -> int:
    """Where the sentence before this one begins."""
    for _ in range(2):
        at = max(
            (found for mark in (". ", "\n", "! ", "? ") if (found := low.rfind(mark, max(0, at - 250), at)) >= 0), default=max(0, at - 250)
        )
    return at


def _sentence_end(low: str, at: int) -> int:
    stops = [found for mark in (". ", "\n", "! ", "? ") if (found := low.find(mark, at, at + 200)) >= 0]
    return min(stops, default=at + 200)


def _of_age(reading: Reading, chain: Chain, top: tuple[int, ...]) -> tuple[int, ...]:
    """`Dhr. Yilmaz`: somebody known to be a man before somebody of whom that is not known, and no child."""
    adults = tuple(n for n in top if reading.people.known[n].base not in ("kind", "zoon", "dochter")) or top
    return tuple(n for n in adults if reading.people.known[n].sex == chain.title) or adults


def _by_relation(reading: Reading, chain: Chain, top: tuple[int, ...]) -> tuple[int, ...]:
    """`moeder Yilmaz` is the known mother, not the others of that name."""
    relation = reading.tok.lexicon.relation(chain.relation)
    same = tuple(n for n in top if n and relation and reading.people.known[n].base in (relation.label, chain.relation))
    return same or top


def _candidates(reading: Reading, chain: Chain) -> set[int]:
    found: set[int] = set()
    for at in chain.names:
        word = reading.known(at) or reading.slip(at)
        found.update(reading.people.by_word.get(word, ()))
    return found


def _fits(reading: Reading, chain: Chain, number: int) -> frozenset[str] | None:
    """The parts of the name that are of this person; None where any part is of somebody else."""
    somebody = reading.people.known[number]
    if chain.title in ("f", "m") and somebody.sex and chain.title != somebody.sex:
        return None
    matched: set[str] = set()
    strange: list[int] = []
    further: list[int] = []
    for at in chain.names:
        word = reading.known(at) or reading.slip(at)
        if word and word in somebody.also and word not in somebody.given and word not in somebody.family:
            further.append(at)
        elif word and word in somebody.words:
            matched.add(f"{'g' if word in somebody.given else 'f'} {word}")
        else:
            strange.append(at)
    if further and not matched and not (chain.initials or len(further) > 1):
        return None
    if further:
        matched.add("a")
    for at in strange:
        if not _excused(reading, chain, somebody, at, matched):
            return None
    if chain.initials:
        first = reading.tok.words[chain.initials[0]][0]
        if somebody.initials and first not in somebody.initials and not any(p.startswith("g ") for p in matched):
            return None
        matched.add(f"i {first}" if somebody.initials else "i?")
    return frozenset(matched)


def _excused(reading: Reading, chain: Chain, somebody: Somebody, at: int, matched: set[str]) -> bool:
    """A word that is not in this person's name but does not speak against them: a second given name, or a given name not known here."""
    word, flag = reading.tok.words[at], reading.tok.flags[at]
    family = any(p.startswith("f ") for p in matched)
    given = any(p.startswith("g ") for p in matched)
    if family and given:
        return bool(flag & Is.GIVEN) or at == chain.names[-1] or reading.tok.gaps[at] == "-"
    if family and not somebody.given:
        return at < chain.names[-1] and (not somebody.initials or word[0] in somebody.initials)
    return bool(given and not somebody.family)


def _full(chain: Chain, somebody: Somebody, matched: frozenset[str]) -> bool:
    kinds = {part[0] for part in matched}
    return "f" in kinds and ("g" in kinds or "i" in kinds)

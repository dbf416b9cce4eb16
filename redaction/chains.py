"""Runs of words that may be one name: initials, given names, prefixes, family names, in the orders in which Dutch writes them."""

from __future__ import annotations

import re

from redaction.after import cue_after
from redaction.lexicon import Is
from redaction.nobody import within_idiom
from redaction.openings import OF_THINGS, ambiguous_start, before_letters_alone, clipped, no_name_here
from redaction.prefixes import prefix_fits
from redaction.reading import Chain, Reading
from redaction.tokens import Tokens

_JOIN = re.compile(r" {1,3}|-| - |\t| ?\n ?|'")
_INITIAL_JOIN = re.compile(r"\. ?\n?|\.?-| {1,2}|\n")
_REVERSED = re.compile(r", ?\n?")
_LABEL = re.compile(r"[a-z][a-z /-]{0,24}:")
_LIKELY = Is.GIVEN | Is.FAMILY
LONGEST = 9


def chain_at(reading: Reading, at: int, cued: str) -> Chain | None:
    """The longest name that begins at token `at`; None where none does. `cued`: something before it says that a name follows."""
    tok = reading.tok
    chain = Chain(at, at)
    here, count = at, len(tok.words)
    while here < count and here < at + LONGEST and not reading.taken[here]:
        if here > at and not _joins(reading, chain, here):
            break
        step = _step(reading, chain, here, cued)
        if not step:
            break
        here += step
    return _finished(reading, chain)


def _joins(reading: Reading, chain: Chain, here: int) -> bool:
    """Whether this token follows the one before it closely enough to be of the same name."""
    tok, gap = reading.tok, reading.tok.gaps[here]
    before = here - 1
    if before in chain.initials:
        return bool(_INITIAL_JOIN.fullmatch(gap)) or gap == "" or (gap in (". (", " (") and bool(tok.flags[here] & Is.GIVEN))
    if before in chain.prefixes:
        return reading.after_prefix(here) or gap in (" '", "/")
    if gap == " ":
        return True
    if gap == ") " and chain.initials and "(" in tok.gaps[before]:
        return True
    if not _JOIN.fullmatch(gap):
        return gap == " '" and reading.is_prefix(here)
    if "\n" in gap and tok.flags[here] & Is.WORD and not tok.flags[here] & (_LIKELY | Is.PREFIX) and not reading.known(here):
        return False  # a plain word that begins a line
    return "\n" not in gap or (_wrapped(tok, here) and not _another_begins(reading, here))


def _another_begins(reading: Reading, here: int) -> bool:
    """Whether the line begins with the given name of somebody of the file, who is not whoever stands at the end of the line before."""
    known, before = reading.known(here), reading.known(here - 1)
    if not known or (before and _same_person(reading, known, before)):
        return False
    everybody = reading.people.known
    return all(known in everybody[n].given and known not in everybody[n].family for n in reading.people.by_word.get(known, ()))


def _wrapped(tok: Tokens, here: int) -> bool:
    """Whether the line before was broken for its length, not because it ended; a label with its colon begins a line of its own."""
    end = tok.ends[here - 1]
    if _LABEL.match(tok.text.low, tok.starts[here]):
        return False
    begin = tok.text.low.rfind("\n", 0, end) + 1
    return end - begin >= 35


def _step(reading: Reading, chain: Chain, here: int, cued: str) -> int:
    """How many tokens the next part of the name takes; 0 where the name ends."""
    tok = reading.tok
    if not chain.names and (reading.is_initial(here) or (not chain.initials and not chain.prefixes and reading.is_letters(here))):
        chain.initials.append(here)
        chain.last = here
        return 1
    if reading.is_prefix(here) and not (reading.known(here) and not chain.prefixes):
        run = reading.prefix_run(here, cued == "title" and not tok.capitals)
        if run and prefix_fits(reading, chain, here, run, cued):
            chain.prefixes.extend(range(here, here + run))
            chain.last = here + run - 1
            return run
        if not reading.known(here) or not chain.names:
            return _initial_within(reading, chain, here)
    if _is_name(reading, chain, here, cued):
        chain.names.append(here)
        chain.last = here
        return 1
    return _initial_within(reading, chain, here)


def _initial_within(reading: Reading, chain: Chain, here: int) -> int:
    """`Jan P. de Wit`: a letter between given and family name."""
    tok = reading.tok
    if (
        chain.names
        and here not in chain.initials
        and reading.is_initial(here)
        and here + 1 < len(tok.words)
        and (tok.caps[here + 1] or reading.prefix_run(here + 1))
    ):
        chain.initials.append(here)
        chain.last = here
        return 1
    return 0


def _is_name(reading: Reading, chain: Chain, here: int, cued: str) -> bool:
    """Whether the token can be a given or family name at this place of the chain."""
    tok, flag = reading.tok, reading.tok.flags[here]
    started = bool(chain.initials or chain.prefixes or chain.names)
    known = reading.known(here)
    if tok.ends[here] - tok.starts[here] == 1 and not known:
        return clipped(tok, here)
    if flag & Is.ORG_AFTER and not known and here - 1 in reading.nobody and tok.gaps[here] == " ":
        return False  # `Peters Logistics`
    if (flag & Is.STREET and not known) or (not known and no_name_here(tok, chain, here, cued)):
        return False
    plural = (
        len(tok.words[here]) > 5
        and tok.gaps[here] != "-"
        and tok.words[here].endswith(("en", "s"))
        and not chain.initials
        and not tok.flags[chain.names[0] if chain.names else here] & Is.GIVEN
    )
    if (flag & Is.ORG_AFTER or (plural and flag & Is.WORD)) and chain.names and not known and not flag & (Is.GIVEN | Is.FAMILY):
        return False
    before = reading.known(chain.names[-1]) if known and chain.names else ""
    if before and _same_person(reading, known, before):
        return True
    if before and not chain.prefixes and _two_given(reading, before, known):
        return False
    if known and (
        tok.caps[here] or not flag & Is.WORD or (started and not flag & Is.COMMON) or (not tok.capitals and not flag & Is.COMMON)
    ):
        return not (chain.names and not tok.caps[here] and tok.capitals and flag & Is.WORD and not chain.prefixes)
    if len(chain.names) >= 5:
        return False
    if chain.prefixes or chain.initials:
        loosely = cued == "title" and not tok.capitals and not chain.names and not flag & (Is.FUNCTION | Is.VERB | Is.NOT_PERSON)
        surely = (
            bool(chain.prefixes)
            and chain.prefixes[-1] == here - 1
            and (reading.surely_prefixed(here) or _is_prefixed(reading, chain, here))
        )
        return reading.strong(here) or reading.weak(here) or (bool(chain.prefixes) and loosely) or surely
    if chain.names:
        return _continues(reading, chain, here)
    if tok.capitals and tok.caps[here] and before_letters_alone(reading, here):
        return True
    if (flag & (Is.RELATION | Is.CLIENT | Is.TITLE | Is.SALUTATION | Is.GREETING) and not known) or (
        flag & Is.ORG_BEFORE and tok.capitals and tok.upper(here)
    ):
        return False
    if cued:
        return reading.strong(here) or reading.weak(here) or bool(reading.slip(here))
    return reading.strong(here) or ambiguous_start(reading, here) or bool(reading.slip(here))


def _is_prefixed(reading: Reading, chain: Chain, here: int) -> bool:
    words = reading.tok.words
    return f"{' '.join(words[at] for at in chain.prefixes)} {words[here]}" in reading.tok.lexicon.prefixed


def _two_given(reading: Reading, one: str, other: str) -> bool:
    """`zet Lamia Khulud tegen haar op`: two people of the file, each by the given name."""
    known, by_word = reading.people.known, reading.people.by_word
    return all(not any(word in known[n].family | known[n].also for n in by_word.get(word, ())) for word in (one, other))


def _same_person(reading: Reading, one: str, other: str) -> bool:
    """Whether one known person bears both words."""
    by_word = reading.people.by_word
    return not set(by_word.get(one, ())).isdisjoint(by_word.get(other, ()))


def _continues(reading: Reading, chain: Chain, here: int) -> bool:
    tok, flag = reading.tok, reading.tok.flags[here]
    if flag & Is.EPONYM and not flag & (Is.GIVEN | Is.FAMILY) and not chain.prefixes:
        return False  # `vader diabetes, zus Bep Bechterew`
    if flag & Is.DAY and tok.capitals and tok.caps[here] and not tok.upper(here) and not _dated(tok, here):
        return True  # `Iris Vrijdag`: Dutch writes its days small
    if flag & (Is.MONTH | Is.DAY | Is.NOT_PERSON | Is.TITLE):
        return bool(flag & (Is.GIVEN | Is.FAMILY)) and not flag & (Is.DAY | Is.NOT_PERSON | Is.TITLE) and tok.gaps[here] == "-"
    if tok.capitals and not tok.upper(here):
        if flag & Is.FUNCTION and flag & Is.GIVEN and tok.caps[here] and len(tok.words[chain.names[-1]]) < 4:
            return True  # Li Na
        return tok.caps[here] and not flag & Is.FUNCTION and not (flag & (Is.VERB | Is.RELATION | Is.CLIENT))
    if flag & (Is.FUNCTION | Is.VERB | Is.RELATION | Is.CLIENT) or (
        flag & Is.COMMON and not (flag & Is.FAMILY and (_closes(tok, here) or _goes_over(tok, chain, here)))
    ):
        return False
    first = tok.flags[chain.names[-1]]
    if tok.words[here] not in tok.lexicon.table and first & Is.GIVEN:
        return not (flag & Is.MADE and tok.words[here].endswith(OF_THINGS))
    return not flag & Is.WORD or (bool(flag & (Is.FAMILY | Is.GIVEN)) and (bool(first & Is.GIVEN) or not first & Is.WORD))


def _dated(tok: Tokens, here: int) -> bool:
    """Whether a figure or a month stands behind the word."""
    behind = tok.text.low[tok.ends[here] : tok.ends[here] + 4]
    return any(c.isdigit() for c in behind) or bool(here + 1 < len(tok.words) and tok.flags[here + 1] & Is.MONTH)


def _goes_over(tok: Tokens, chain: Chain, here: int) -> bool:
    """`hennie bos en ...`: behind a name that is nothing else, before a word that joins or tells."""
    first = tok.flags[chain.names[-1]]
    only = first & Is.GIVEN and not first & (Is.WORD | Is.PLACE)
    return (
        bool(only)
        and here + 1 < len(tok.words)
        and tok.words[here + 1] in ("en", "of", "die", "dat", "want", "maar", "niet", "ook", "weer")
    )


def _closes(tok: Tokens, here: int) -> bool:
    """Whether the name must end with this word: a mark follows, or a verb."""
    after = here + 1
    return after >= len(tok.words) or tok.gaps[after].strip(" \n") != "" or bool(tok.flags[after] & Is.ACTS) or bool(cue_after(tok, here))


def _finished(reading: Reading, chain: Chain) -> Chain | None:
    """The chain without what hangs loose at its end, with reversed initials after a comma taken in."""
    while chain.prefixes and chain.prefixes[-1] == chain.last:
        chain.prefixes.pop()
        chain.last -= 1
    if not chain.names or chain.last < chain.first:
        return None
    chain.initials = [i for i in chain.initials if i <= chain.last]
    _turned_round(reading, chain)
    _shortened_after(reading, chain)
    return chain


_OF_FAMILY = frozenset(["van", "de", "der", "den", "vd", "v", "d", "el", "al", "ten", "ter"])


def _shortened_after(reading: Reading, chain: Chain) -> None:
    """`Demi S.`: a family name of which only the letter is written."""
    tok, here = reading.tok, chain.last + 1
    alone = len(chain.names) == 1 and not chain.initials and not chain.prefixes
    while (
        alone
        and here + 1 < len(tok.words)
        and tok.flags[here] & Is.PREFIX
        and tok.gaps[here] in (" ", ".")
        and tok.words[here] in _OF_FAMILY
    ):
        here += 1  # `Bianca de K.`, `Sjaak v.d. H.`
    if (
        (
            alone
            and here < len(tok.words)
            and tok.gaps[here] in (" ", ". ")
            and (tok.gaps[here] == " " or here > chain.last + 1)
            and tok.ends[here] - tok.starts[here] == 1
            and (tok.caps[here] if tok.capitals else not tok.flags[chain.names[0]] & Is.WORD)
        )
        and tok.text.low[tok.ends[here] : tok.ends[here] + 1] == "."
        and tok.flags[chain.names[0]] & Is.GIVEN
    ):
        chain.initials.append(here)
        chain.last = here


def _given_after(reading: Reading, chain: Chain, here: int) -> bool:
    """Whether a given name stands behind the comma: of the same known person, or one that is no word, or all in capitals."""
    tok, flag = reading.tok, reading.tok.flags[here]
    known, family = reading.known(here), reading.known(chain.names[0])
    if known and not any(known in reading.people.known[n].given for n in reading.people.by_word.get(known, ())):
        return False  # `Maduro, Wasilewski, Rosaria`
    if known and family:
        return _same_person(reading, known, family)
    if not flag & Is.GIVEN or (tok.flags[chain.names[0]] & Is.GIVEN and not _alone_in_row(reading, chain, here)):
        return False
    if tok.flags[chain.names[0]] & Is.GIVEN:
        return True
    return not flag & Is.WORD or _alone_in_row(reading, chain, here) or (tok.capitals and tok.upper(here) and tok.upper(chain.names[0]))


def _alone_in_row(reading: Reading, chain: Chain, here: int) -> bool:
    """`CC: Dekker, Merel; ...`: between marks that part people stand a family name and one given name."""
    tok, low = reading.tok, reading.tok.text.low
    before = low[max(0, tok.starts[chain.first] - 2) : tok.starts[chain.first]].strip(" ")[-1:]
    return (
        before in (":", ";", "|") and low[tok.ends[here] : tok.ends[here] + 1] in (";", "|") and bool(tok.flags[chain.names[0]] & Is.FAMILY)
    )


def _turned_round(reading: Reading, chain: Chain) -> None:
    """`Berg, J. van der`; `Wiel, M. aan de`; `Yilmaz, Mehmet`."""
    tok, here = reading.tok, chain.last + 1
    if (
        chain.initials
        or here >= len(tok.words)
        or (tok.flags[chain.last] & Is.EPONYM and not tok.flags[chain.last] & Is.GIVEN and not reading.known(chain.last))
        or (tok.capitals and tok.upper(chain.last) and not tok.upper(here))
        or not _REVERSED.fullmatch(tok.gaps[here])
        or within_idiom(tok, chain.first, chain.last)
    ):
        return
    last = here - 1
    if reading.is_initial(here) or reading.is_letters(here):
        while (
            last + 1 < len(tok.words)
            and reading.is_initial(last + 1)
            and (last + 1 == here or _INITIAL_JOIN.fullmatch(tok.gaps[last + 1]) or tok.gaps[last + 1] == "")
        ):
            last += 1
            chain.initials.append(last)
        if "\n" in tok.gaps[here] and last + 1 < len(tok.words) and "\n" not in tok.gaps[last + 1] and tok.caps[last + 1]:
            chain.initials.clear()
            return  # `namens Roelof,` and on the next line `P. Uittenbogaard`
    elif len(chain.names) == 1 and tok.caps[here] and _given_after(reading, chain, here):
        if here + 1 < len(tok.words) and tok.gaps[here + 1] in (", ", " en "):
            return
        last = here
        chain.names.append(here)
    else:
        return
    while (
        last + 1 < len(tok.words)
        and tok.flags[last + 1] & Is.PREFIX
        and not tok.caps[last + 1]
        and (tok.gaps[last + 1].strip() in ("", "."))
        and last - here < 4
    ):
        last += 1
        chain.prefixes.append(last)
    while (
        chain.prefixes and chain.prefixes[-1] == last and tok.words[last] in ("op", "in", "bij", "uit", "over", "voor", "tot", "het", "af")
    ):
        chain.prefixes.pop()
        last -= 1
    chain.reversed, chain.last = True, last

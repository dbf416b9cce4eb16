"""Addresses: a street with a number and its additions, with or without postcode and town; a postcode with a number; a street after its cue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from redaction.lexicon import Is
from redaction.tokens import Tokens

_NUMBER = re.compile(
    r"(?:\.|,)?(?: |\n)(?:nr\.? ?|nummer |huisnummer |no\.? ?)?(?P<number>\d{1,5}(?!\d|[.,:]\d)"
    r"(?:(?: ?-? ?(?:bis|hs|huis|boven|beneden|rood|zwart|wit|rd|zw|i{1,3}|iv|vi{0,3}|to)\b(?: ?[a-z]\b)?)|"
    r"(?: ?[-/] ?\d{1,4}(?!\d)(?! ?(?:uur|jaar)))?(?: ?-? ?[a-z](?![a-z0-9]))?(?: ?-? ?\d{1,3} ?hoog)?(?: ?-? ?(?:bis|hs|i{1,3}|iv)\b)?))"
)
_POSTCODE = re.compile(r"(?<![\d-])[1-9]\d{3}[ \n]?(?!(?:sa|sd|ss)\b)[a-z]{2}(?![a-z\d-])")
_POSTCODE_NEAR = re.compile(r"[ ,(\n-]{1,4}(?:te )?(?=[1-9]\d{3}[ \n]?[a-z]{2}\b)")
_TOWN = re.compile(
    r"(?:,| |\n|-|\(){1,3}(?:te |in )?((?:(?:'s|den|de|sint|st|oud|nieuw|oude|nieuwe|hoog|laag|bergen|capelle|alphen|krimpen|"
    r"etten|wijk)[- ])?[a-z][a-z'-]{2,}(?:(?: |-)(?:aan|op|bij|a\/d|den|de)(?: |-)(?:den |de |het )?[a-z-]+)?)"
)
_UNITS = re.compile(
    r" ?(?:uur|u\b|jaar|euro|eur|keer|x\b|maanden|weken|dagen|mensen|personen|minuten|km|m\b|%|januari|februari|maart|april|"
    r"mei|juni|juli|augustus|september|oktober|november|december|-jarige)"
)
_LIVES = re.compile(
    r"\b(?:woont|woonde|wonen|woonachtig|wonende|woon|verblijft|verblijf|slaapt|sliep|slapen|overnacht|overnachtte|verbleef|verhuisd|verhuist|verhuizen|ingeschreven|adres|"
    r"gevestigd|geparkeerd|parkeert|logeert|ingetrokken|trekt in|trok in|buren|buurman|buurvrouw|overburen|familie|gezin)\b[^.\n]{0,25}\b(?:aan|op|in|naar|adres:?|te|bij|uit|van)(?: de| het| een)?:? ?$|\bwonen(?:de|d)[ ,:] ?$|\badres[ :]{1,2}$|\b(?:locatie|straat|gebieds)verbod(?: voor)?(?: de| het)? ?$"
)


class Place(NamedTuple):
    """An address as found: `[start, end)`, its street, number and postcode without spaces ("" where not written)."""

    start: int
    end: int
    street: str
    number: str
    postcode: str
    sure: bool


def addresses(tok: Tokens, streets: frozenset[str] = frozenset()) -> Iterator[Place]:
    """The addresses of the text; `streets` are names known to be streets, whatever they look like."""
    seen: set[int] = set()
    ends = tok.lexicon.streets
    for at, word in enumerate(tok.words):
        if ends[word] or word in streets:
            place = _at_street(tok, at, streets)
            if place is not None and place.start not in seen:
                seen.add(place.start)
                yield place
    for match in _POSTCODE.finditer(tok.text.low):
        if _written_so(tok, match.start(), match.end()):
            yield _at_postcode(tok, match)


def _at_street(tok: Tokens, at: int, streets: frozenset[str]) -> Place | None:
    low, word = tok.text.low, tok.words[at]
    last = _goes_on(tok, at)
    number = _NUMBER.match(low, tok.ends[last])
    firm = word.endswith(tok.lexicon.street_firm) or word == "str"
    first = _street_start(tok, at)
    if not tok.capitals and number and firm:
        first = _after_lives(tok, first)
    start = _ordinal(low, tok.starts[first])
    street = low[start : tok.ends[last]]
    known = word in streets
    if number and not _UNITS.match(low, number.end()):
        if (
            not firm
            and not known
            and not _followed_by_postcode(low, number.end())
            and not (tok.caps[at] and _lives_before(low, tok.starts[first]))
        ):
            return None
        if (
            firm
            and not known
            and word in ("weg", "straat", "markt", "park", "plein", "laan", "baan", "gang", "pad", "hof", "dijk")
            and first == at
            and not _lives_before(low, tok.starts[first])
        ):
            return None
        end, postcode = _tail(tok, number.end("number"))
        return Place(start, end, street, number.group("number"), postcode, True)
    if firm and len(street) > 6 and _written_as_street(tok, first, at) and _lives_before(low, start):
        return Place(start, tok.ends[last], street, "", "", False)
    return None


def _written_as_street(tok: Tokens, first: int, at: int) -> bool:
    """Whether a street without a number is written as a name: with a capital, or where those tell nothing as no often used word."""
    return tok.caps[first] or tok.caps[at] if tok.capitals else not tok.flags[at] & Is.COMMON or first < at


def _after_lives(tok: Tokens, first: int) -> int:
    """In a text whose capitals tell nothing: where the street begins behind `woont aan de`, at most three words back."""
    for back in range(max(0, first - 3), first):
        if _lives_before(tok.text.low, tok.starts[back]) and all(tok.gaps[at] in (" ", "-") for at in range(back + 1, first + 1)):
            return back
    return first


def _goes_on(tok: Tokens, at: int) -> int:
    """`Laan van Meerdervoort`, `Plein 1944`, `Hof van Holland`: where the name of the street ends."""
    if tok.words[at] not in ("laan", "hof", "plein", "weg", "straat", "park") or at + 2 >= len(tok.words):
        return at
    last = at + 1
    while (
        last + 1 < len(tok.words)
        and last < at + 4
        and tok.words[last] in ("van", "de", "den", "der", "het", "ter", "ten", "t")
        and tok.gaps[last].strip(" '") == ""
    ):
        last += 1
    return last if last > at + 1 and tok.gaps[last] in (" ", " '") else at


def _ordinal(low: str, start: int) -> int:
    """`2e Goudsbloemdwarsstraat` begins at its figure."""
    found = re.search(r"(?<!\d)\d{1,2}e? $", low[max(0, start - 5) : start]) if low[max(0, start - 2) : start] == "e " else None
    return start - len(found.group()) if found else start


def _street_start(tok: Tokens, at: int) -> int:
    """Where the name of the street begins: `Burgemeester de Withstraat`, `1e Oosterparkstraat`, `Laan van Meerdervoort` begin earlier."""
    first = at
    alone = len(tok.words[at]) < 7
    while first > 0 and at - first < 4 and (tok.gaps[first] in (" ", "-", ". ", "' ", " '") or _broken(tok, first)):
        before = first - 1
        flag = tok.flags[before]
        if tok.gaps[first] == ". " and not (flag & (Is.STREET_START | Is.TITLE) or tok.ends[before] - tok.starts[before] == 1):
            break
        lower_ok = (
            flag & Is.PREFIX
            and before > 0
            and tok.gaps[before] in (" ", "-")
            and ((tok.caps[before - 1] and not tok.flags[before - 1] & Is.FUNCTION) or tok.flags[before - 1] & Is.STREET_START)
        )
        lower_ok = lower_ok and tok.words[before] not in ("in", "aan", "op", "uit", "bij")
        if (
            (tok.capitals and tok.caps[before] and not tok.opens(before) and not flag & Is.FUNCTION)
            or lower_ok
            or (flag & Is.STREET_START and (tok.caps[before] or not tok.capitals))
            or (tok.capitals and tok.caps[before] and (flag & Is.STREET_START or not flag & Is.WORD or (alone and not flag & Is.FUNCTION)))
        ):
            first = before
        else:
            break
    while (
        first < at
        and tok.flags[first] & (Is.PREFIX | Is.FUNCTION)
        and not (tok.caps[first] and tok.capitals and tok.words[first] in ("de", "het", "den", "van", "ter", "ten", "op", "achter"))
    ):
        first += 1
    return first


def _broken(tok: Tokens, at: int) -> bool:
    """Whether nothing but a line broken for its length stands before this word."""
    return tok.gaps[at] == "\n" and tok.broken_line(at)


def _lives_before(low: str, start: int) -> bool:
    return bool(_LIVES.search(low, max(0, start - 60), start))


def _followed_by_postcode(low: str, at: int) -> bool:
    return bool(_POSTCODE_NEAR.match(low, at))


def _tail(tok: Tokens, end: int) -> tuple[int, str]:
    """Where the address ends: after the postcode and the town, where they follow."""
    low = tok.text.low
    near = _POSTCODE_NEAR.match(low, end)
    if near and (match := _POSTCODE.match(low, near.end())):
        return _town(tok, match.end()), _squeezed(match)
    return _town(tok, end, known_only=True), ""


def _squeezed(postcode: re.Match[str]) -> str:
    return postcode.group().replace(" ", "").replace("\n", "")


def _town(tok: Tokens, end: int, known_only: bool = False) -> int:
    match = _TOWN.match(tok.text.low, end)
    if not match:
        return end
    start = match.start(1)
    parts = re.findall(r"[a-z]{3,}", match.group(1))
    known = (
        bool(parts) and tok.lexicon.of(parts[0]) & Is.PLACE and (tok.capitals or not tok.lexicon.of(parts[0]) & (Is.COMMON | Is.FUNCTION))
    )
    capital = tok.text.plain[start].isupper()
    joined = "\n" not in tok.text.low[end:start] or tok.text.low[end:start] == "\n"
    if known and (capital or not tok.capitals) and joined:
        return match.end(1)
    if known_only:
        return end
    flag = tok.lexicon.of(parts[0] if parts else "")
    named = flag & Is.PLACE or (capital and not flag & (Is.FUNCTION | Is.VERB | Is.RELATION | Is.TITLE))
    return match.end(1) if joined and named else end


def _written_so(tok: Tokens, start: int, end: int) -> bool:
    """A postcode has two capitals, or stands where nobody uses any; `2024 in` is none."""
    letters = tok.text.plain[end - 2 : end]
    return (
        letters.isupper()
        or (not tok.capitals and tok.lexicon.table.get(tok.text.low[end - 2 : end], 0) == 0)
        or (tok.text.low[start + 4] not in " \n" and letters.islower())
    )


_AFTER_POSTCODE = re.compile(r"(?:,? (?:nr\.? ?|nummer |huisnummer )?|[-/])(\d{1,5}(?: ?-?(?:bis|hs|[a-z]))?)(?![\w.:-])")
_BEFORE_POSTCODE = re.compile(
    r"((?:[A-Z0-9'][\w.'-]*|(?:van|de|der|den|het|ter|ten|aan|op|en|bij|in)\b)(?: (?:[A-Z0-9][\w.'-]*|(?:van|de|der|den|het|"
    r"ter|ten|aan|op|en|bij|in)\b)){0,5}) (\d{1,5}(?: ?-?[A-Za-z0-9]{1,4})?)[ ,(\n-]{1,4}$"
)


def _at_postcode(tok: Tokens, match: re.Match[str]) -> Place:
    """A postcode, with the number after it (`1234 AB 12`), or the street and number before it."""
    low, plain = tok.text.low, tok.text.plain
    begin = max(0, match.start() - 70)
    before = _BEFORE_POSTCODE.search(plain[begin : match.start()])
    postcode = _squeezed(match)
    if before:
        start = begin + before.start(1)
        words = before.group(1)
        if not tok.capitals and len(spread := list(re.finditer(r"\S+", words))) > 2:
            start += spread[-2].start()
            words = words[spread[-2].start() :]
        skipped = re.match(
            r"(?:(?:Adres|In|Aan|Op|Van|De|Het|Woont|Wonende|Naar|Te|en|van|de|in|aan|op|bij|het)[ :]+)+", words, re.IGNORECASE
        )
        if skipped and skipped.end() < len(words):
            start += skipped.end()
        return Place(start, _town(tok, match.end()), plain[start : begin + before.end(1)].lower(), before.group(2).lower(), postcode, True)
    number = _AFTER_POSTCODE.match(low, match.end())
    if number and not _UNITS.match(low, number.end()):
        return Place(match.start(), number.end(1), "", number.group(1), postcode, True)
    return Place(match.start(), _town(tok, match.end()), "", "", postcode, True)

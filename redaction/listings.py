"""Where people are listed: `Aanwezig: ...`, and the columns of a table pasted into a note whose head says that they hold people."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from redaction.folded import Folded
from redaction.lexicon import Is
from redaction.tokens import Tokens

_LIST = re.compile(
    r"(?:^|\n|[.;] )[ *-]*(aanw\.?|afw\.?(?: ?m\.?k\.?)?|deeln\.?|achterwacht|aanwezig|aanwezigen|deelnemers|afwezig|afgemeld|genodigden|aan|"
    r"cc|kinderen|gezinsleden|huisgenoten|gezinssamenstelling|betrokkenen|bewoners|verhinderd|present|absent|gasten|familieleden|netwerk|"
    r"namen|meegelezen|kopie|afschrift)[a-z ]{0,25}: ?"
)
_CLOSED = re.compile(r"(?:(?<!\bmevr)(?<!\bdrs)(?<!\bmej)(?<!\bfam)(?<!\bprof)(?<!\bing)(?<=[a-z]{3})|(?<=[)\d]))\. ")
"""Where a list on one line ends: at the end of its sentence, which the point of an abbreviation is not."""
_HEADS = frozenset(
    [
        "naam",
        "voornaam",
        "achternaam",
        "medewerker",
        "medewerkster",
        "behandelaar",
        "contactpersoon",
        "contact",
        "wie",
        "door",
        "melder",
        "betrokkene",
        "gezinslid",
        "kind",
        "ouder",
        "relatie",
        "persoon",
        "deelnemer",
        "aanwezige",
        "collega",
        "consulent",
        "afzender",
        "ontvanger",
        "van",
        "aan",
        "actiehouder",
        "eigenaar",
        "getuige",
        "spreker",
        "bewoner",
        "client",
        "klant",
        "leerling",
        "patient",
        "verwijzer",
        "hulpverlener",
        "aanbieder",
        "mentor",
        "docent",
        "roepnaam",
        "partner",
        "verzorger",
        "uitvoerder",
        "invoerder",
        "gebruiker",
    ]
)
"""Words in the head of a column that holds people."""


def listed(tok: Tokens) -> list[tuple[int, int]]:
    """The stretches of the text in which names are listed, in order of kind."""
    low = tok.text.low
    found = list(_lists(low)) if ":" in low else []
    if "|" in low or "\t" in tok.text.text:
        found += _columns(tok.text.ruled, _HEADS)
    if ":" in low and "\n" in low:
        found += _speakers(tok)
    return found


_SPEAKER = re.compile(r"(?:^|\n)[ \t*>\u2022-]*(?:\[?\d[\d :./,-]*\]?[ \t-]*)?([^\W\d_]{2,}(?: [^\W\d_]{2,})?):[ \n]")


def _speakers(tok: Tokens) -> list[tuple[int, int]]:
    """Who speaks or acts, at the head of lines (`Roos: belt school`), where one of those heads is surely a name."""
    spans = [match.span(1) for match in _SPEAKER.finditer(tok.text.low)]
    if len(spans) < 2:
        return []
    heads = [tok.flags[bisect_left(tok.starts, start)] for start, _ in spans]
    sure = any(flag & Is.GIVEN and not flag & (Is.WORD | Is.PLACE | Is.MONTH | Is.NOT_PERSON) for flag in heads)
    return spans if sure else []


def _lists(low: str) -> Iterator[tuple[int, int]]:
    """From `Aanwezig:` to the end of its line, or of the lines that go on as a list."""
    for match in _LIST.finditer(low):
        end = low.find("\n", match.end())
        end = len(low) if end < 0 else end
        closed = _CLOSED.search(low, match.end(), end)
        end = closed.start() if closed else end
        if end - match.end() < 3:
            while (more := re.match(r"\n[ \t]*[-*\u2022][^\n]*", low[end:])) and end < len(low):
                end += more.end()
        yield match.end(), end


def births(text: Folded) -> list[tuple[int, int]]:
    """The cells of a table under a head that says they hold births."""
    return list(_columns(text.ruled, _BIRTHS)) if "geb" in text.low and ("|" in text.low or "\t" in text.text) else []


_BIRTHS = frozenset(["geboren", "geb", "geboortedatum", "gebdatum", "geboortedag", "gebdat"])


def _columns(low: str, wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The cells under a head with one of the `wanted` words, as far down as the rows have as many cells."""
    at = 0
    heads: list[int] = []
    width = 0
    for line in low.split("\n"):
        mark = "|" if "|" in line else "\t"
        cells = line.split(mark)
        if len(cells) < 3:
            heads, width = [], 0
        elif len(cells) != width or not heads:
            heads, width = [n for n, cell in enumerate(cells) if _is_head(cell, wanted)], len(cells)
        else:
            yield from _under(cells, heads, at)
        at += len(line) + 1


def _under(cells: list[str], heads: list[int], at: int) -> Iterator[tuple[int, int]]:
    for number, cell in enumerate(cells):
        if number in heads and len(cell.split()) <= 6:
            yield at, at + len(cell)
        at += len(cell) + 1


def _is_head(cell: str, wanted: frozenset[str]) -> bool:
    words = re.findall(r"[a-z]+", cell)
    return 0 < len(words) <= 4 and not wanted.isdisjoint(words)


def is_listed(stretches: list[tuple[int, int]], at: int) -> bool:
    """Whether a list goes on at `at`."""
    return bool(stretches) and any(start <= at < end for start, end in stretches)

"""A full name as somebody wrote it, read into its parts: "Berg, J.M. van der", "Joke van der Berg-de Vries", "mevr. F. Yılmaz"."""

from __future__ import annotations

import re

from config.folding import fold
from config.person import Name

_PREFIXES = """
a aan 't af al am an auf auf'm aus aus'm ben bij bin boven d d' da dal dall' dalla das de deca degli dei del della den der des di die do don
dos du el gen het i il im in l l' la las le les lo los of onder op over s s' 's te ten ter the tho thoe thor to toe tot uijt uit unter van
ver vom von voor vor zu zum zur v. v.d. vd v/d v.de v.der v.den v.h. v.t
"""
PREFIXES = frozenset(_PREFIXES.split())
"""The single words that a tussenvoegsel is made of (landelijke tabel 36, Voorvoegselstabel), and the usual short forms."""

_TITLES = re.compile(
    r"^(?:(?:de heer|heer|dhr|hr|mevrouw|mevr|mw|mej|meneer|familie|fam|drs|dr|ir|ing|mr|prof|jhr|jkvr|ds|bc|de weduwe|wed)\b\.?[\s,]*)+",
    re.IGNORECASE,
)
_DEGREES = re.compile(r"[\s,]+(?:b\.?sc|m\.?sc|b\.?a|m\.?a|ph\.?d|ll\.?[mb]|bba|mba|rn|ra)\.?$", re.IGNORECASE)
_ASIDE = re.compile(r"[(\"“„]([^()\"“”„]*)[)\"”]")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+")
_LETTER = re.compile(r"[A-ZÀ-Þ]\.?")
_PARTNER_DASH = re.compile(r"\s*[-–—]\s*|\s+(?:e/v|e\.v\.|geb\.?|geboren|gescheiden van|weduwe van)\s+", re.IGNORECASE)


def read(text: str) -> Name | None:
    """The name that `text` writes; None where it holds no family or given name at all.

    Of two family names joined by a dash the first becomes `family`, the second `partner_family`: comparing does not ask for their order.

    >>> name = read("Berg - de Vries, J.M. van der")
    >>> name.initials, name.prefix, name.family, name.partner_prefix, name.partner_family
    ('J.M.', 'van der', 'Berg', 'de', 'Vries')
    """
    call = _aside(text)
    plain = _DEGREES.sub("", _TITLES.sub("", " ".join(_ASIDE.sub(" ", text).split())).strip(" ,;"))
    if not any(c.isalpha() for c in plain):
        return None
    family, rest = _apart(plain)
    given, initials, prefix = _first(rest)
    own, partner = _families(family, prefix)
    if not own[1] and not given:
        return None
    return Name(given, call, initials, own[0], own[1], partner[0], partner[1])


def _aside(text: str) -> str:
    """The name that stands in brackets or quotes: what somebody is called."""
    found = _ASIDE.search(text)
    words = found[1].split() if found else []
    return words[0] if len(words) == 1 and words[0].isalpha() else ""


def _apart(text: str) -> tuple[str, str]:
    """The family part, and the rest that holds given names, initials and perhaps the tussenvoegsel."""
    if "," in text:
        family, _, rest = text.partition(",")
        return family.strip(), " ".join(rest.replace(",", " ").split())
    words = text.split()
    if behind := _behind(words):
        return words[-behind - 1], " ".join((*words[: -behind - 1], *words[-behind:]))
    if last := _trailing(words):
        return " ".join(words[:-last]), " ".join(words[-last:])
    start = _start(words)
    return " ".join(words[start:]), " ".join(words[:start])


def _trailing(words: list[str]) -> int:
    """How many words at the end are initials behind a family name, as lists have it: `DE WIT J.M.`; 0 where the name begins with them."""
    if len(words) < 2 or (is_initials(words[0], shouted=True) and not is_prefix(words[0])):
        return 0
    count = 0
    while count < len(words) - 1 and _is_bare_initials(words[-1 - count]):
        count += 1
    return count


def _is_bare_initials(word: str) -> bool:
    """Dotted, one letter, or two or three consonants: `LI` may be a family name."""
    if _DOTTED.fullmatch(word) or _LETTER.fullmatch(word):
        return not is_prefix(word)
    return word.isalpha() and word.isupper() and len(word) <= 3 and not set(fold(word)) & set("aeiouy")


def _behind(words: list[str]) -> int:
    """How many words of tussenvoegsel stand behind the family name, as old systems write it: `WIT DE`, `Berg van der`."""
    count = 0
    while count < len(words) - 1 and is_prefix(words[-count - 1]):
        count += 1
    return 0 if is_prefix(words[-count - 1]) else count


def _start(words: list[str]) -> int:
    """Where the family name begins: at the first tussenvoegsel, after the last of the initials, else at the last word."""
    dash = next((n for n, word in enumerate(words) if n and word in {"-", "–", "—"}), len(words))
    shouted = all(word.isupper() for word in words)
    for number, word in enumerate(words[:dash]):
        if is_prefix(word) and number < len(words) - 1:
            return number
        if number and not is_initials(word, shouted) and is_initials(words[number - 1], shouted):
            return number
    return max(dash - 1, 0)


def is_prefix(word: str) -> bool:
    """Whether a word is part of a tussenvoegsel, short forms as `v.d.` included; a single capital is an initial."""
    return fold(word) in PREFIXES and not _LETTER.fullmatch(word)


def is_initials(word: str, shouted: bool) -> bool:
    """Whether a word is one or more initials; in a name all in capitals (`shouted`) only two letters, or what has dots, is."""
    if _DOTTED.fullmatch(word) and not is_prefix(word):
        return True
    return word.isalpha() and word.isupper() and len(word) <= (2 if shouted else 4)


def _first(text: str) -> tuple[str, str, str]:
    """Given names, initials, and the tussenvoegsel of `Berg, J. van der`."""
    words = text.split()
    prefix = [word for word in words if is_prefix(word)]
    front = [word for word in words if not is_prefix(word)]
    shouted = all(word.isupper() for word in front)
    initials = " ".join(word for word in front if is_initials(word, shouted))
    given = " ".join(word for word in front if not is_initials(word, shouted))
    return given, tidy_initials(initials), " ".join(prefix)


def tidy_initials(text: str) -> str:
    """Initials as `J.M.`: `jm`, `J M` and `J.M` become the same; "" for none.

    >>> tidy_initials("J M"), tidy_initials("Th.J."), tidy_initials("JM")
    ('J.M.', 'Th.J.', 'J.M.')
    """
    parts = [part for part in re.split(r"[.\s\-,]+", text) if part.isalpha()]
    letters = list(parts) if "." in text else [letter for part in parts for letter in part]
    whole = [letter for part in letters for letter in (part if part.isupper() and len(part) > 1 else [part])]
    return "".join(f"{letter[:1].upper()}{letter[1:].lower()}." for letter in whole)


def _families(text: str, prefix: str) -> tuple[tuple[str, str], tuple[str, str]]:
    parts = [part for part in _PARTNER_DASH.split(text, maxsplit=1) if part.strip()]
    if len(parts) > 1 and is_prefix(parts[0]):  # 's-Gravesande
        parts = [text]
    own, partner, *_ = [*(_prefixed(part) for part in parts), ("", ""), ("", "")]
    return (own if own[0] else (prefix, own[1])), partner


def _prefixed(text: str) -> tuple[str, str]:
    """The tussenvoegsel at the head of a family name, and the name."""
    words = text.split()
    count = 0
    while count < len(words) - 1 and is_prefix(words[count]):
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def whole(name: Name) -> str:
    """A name in reading order: given names (else initials), tussenvoegsel, family name, and that of the partner after a dash."""
    own = " ".join(part for part in (name.prefix, name.family) if part)
    partner = " ".join(part for part in (name.partner_prefix, name.partner_family) if part)
    return " ".join(part for part in (name.given or name.call or name.initials, "-".join(filter(None, (own, partner)))) if part)

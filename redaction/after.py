"""What stands right behind a name and says that it was one: `Nour, een vriendin van haar`, `Nour (moeder)`, `Nour 06-...`, `Nour: ...`."""

from __future__ import annotations

import re

from redaction.lexicon import Is
from redaction.tokens import Tokens

_OPENS = frozenset([", ", " (", "(", " - ", ",", ",\n", "\n("])
_WORKPLACES = frozenset(
    re.findall(
        r"\w+",
        "politie brandweer reclassering gemeente rechtbank zorgkantoor woningbouw kerk moskee thuiszorg jeugdzorg jeugdbescherming raad "
        "crisisdienst ambulance wijkteam buurtteam sociaalteam schuldhulp schuldhulpverlening kredietbank bewind receptie balie administratie "
        "meldkamer handhaving inkomen leerplicht schoolmaatschappelijk maatschappelijk jeugd wmo buurtbemiddeling slachtofferhulp salarisadministratie "
        "personeelszaken bestuur overkant hoek buren nachtopvang maatschappelijke daklozenopvang voedselbank",
    )
)
"""Where people work that one speaks of: `seto van de politie`."""
_APPOSED = frozenset(["de", "haar", "zijn", "mijn", "hun", "onze"])
_BETWEEN = frozenset(
    [
        "de",
        "het",
        "een",
        "zijn",
        "haar",
        "hun",
        "mijn",
        "mn",
        "onze",
        "ons",
        "uw",
        "de",
        "oudste",
        "jongste",
        "andere",
        "nieuwe",
        "vorige",
        "vaste",
        "beste",
        "goede",
        "oude",
        "ook",
        "is",
        "als",
        "die",
    ]
)
_REACHED = re.compile(
    r"[\"' ]{1,2}(?:noemt|noemen|noemde|noemden) ?\b| (?:heet|heette|genaamd|geheten)\b|[ ,:(]{1,3}(?:tel\b|telefoon|mob\b|mobiel|gsm|bereikbaar|06[ -]?\d|\+31|0\d{2,3}[ -]\d|geb\b|geb\.|geboren|bsn\b|"
    r"wonend|woonachtig|wonende|\(?v\d|<?[a-z0-9._-]+@|\d{1,2}[-/]\d{1,2}[-/]\d{4})"
)


def cue_after(tok: Tokens, last: int) -> str:
    """The relation told right behind the name that ends with token `last`; `reached` before a number, a birth or a workplace; else ""."""
    at = last + 1
    if at < len(tok.words) and tok.gaps[at] in _OPENS:
        relation = _relation(tok, at)
        if relation:
            return relation
    if at < len(tok.words) and tok.gaps[at] == " " and tok.words[at] in _APPOSED and tok.words[last] not in _APPOSED:
        relation = _relation(tok, at)
        if relation and at + 1 < len(tok.words) and tok.flags[at + 1] & Is.RELATION:
            return relation  # `kok de huismeester`
    if _of_a_house(tok, at):
        return "reached"
    return "reached" if _REACHED.match(tok.text.low, tok.ends[last], tok.ends[last] + 60) else ""


def _of_a_house(tok: Tokens, at: int) -> bool:
    """`Snijders van Humanitas`, `Kok (GGD)`: where somebody works stands right behind the name."""
    if at >= len(tok.words):
        return False
    if tok.gaps[at] in (" (", " - ") and tok.flags[at] & (Is.NOT_PERSON | Is.ORG_BEFORE):
        return True
    if tok.gaps[at] != " " or tok.words[at] not in ("van", "bij", "vd"):
        return False
    while at + 1 < len(tok.words) and tok.words[at + 1] in ("de", "het", "onze"):
        at += 1
    there = at + 1
    if there >= len(tok.words) or tok.gaps[there] != " ":
        return False
    return bool(tok.flags[there] & (Is.NOT_PERSON | Is.ORG_BEFORE)) or tok.words[there] in _WORKPLACES


def _relation(tok: Tokens, at: int) -> str:
    """The word of a relation at `at`, behind at most three little words."""
    last = min(at + 4, len(tok.words))
    for here in range(at, last):
        if here > at and tok.gaps[here] not in (" ", "\n"):
            return ""
        if tok.flags[here] & Is.RELATION and not tok.flags[here] & Is.DAY and not (tok.caps[here] and tok.capitals):
            return "" if _names_another(tok, here + 1) else tok.words[here]
        if tok.words[here] not in _BETWEEN:
            return ""
    return ""


def _names_another(tok: Tokens, at: int) -> bool:
    """`Otolift, adviseur Fleur Appelman`: the relation is of the one named behind it."""
    if at >= len(tok.words) or tok.gaps[at] not in (" ", "\n"):
        return False
    flag = tok.flags[at]
    return (tok.caps[at] and not flag & Is.FUNCTION) if tok.capitals else bool(flag & (Is.GIVEN | Is.FAMILY) and not flag & Is.WORD)

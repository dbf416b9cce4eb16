"""Who reported something, told by the words round a name: `(de melder)`, `melding ontvangen van`, a letter that asks to stay unnamed.

UAVG 41(1)(i), Wmo 2015 5.3.1(4): identity, relation and whatever tells of an informant stay hidden; what was reported does not.
"""

from __future__ import annotations

import re
from functools import lru_cache

_CALLED = re.compile(
    r"(?: ?\(|, | is | was | als )(?:de |een |tevens )?(?:anonieme )?(?:melder|meldster|tipgever|tipgeefster|klikker)\b"
    r"|,? die (?:de|een|deze) (?:\w*melding|tip) (?:deed|doet|gaf)\b"
)
_CAME_FROM = re.compile(
    r"\b(?:\w*melding(?:en)?|\w*tip|signalen|signaal)(?: is)? (?:\w+ )?"
    r"(?:ontvangen|gekregen|binnengekomen|gedaan|afkomstig|gegeven) (?:\w+ )?(?:van|door) (?:[a-z.]+ ){0,3}$"
)
_SENDER = re.compile(r"(?:^|\n)(?:from|van|afzender|naam):? ?(?:[a-z.]+ ){0,2}$")
_WISH = re.compile(
    r"\b(?:ik|wij|we)(?: \w+){0,4} anoniem\b|\banoniem (?:te )?(?:blijven|doen|melden)\b"
    r"|\b(?:mijn|onze) na(?:am|men) (?:\w+ ){0,3}(?:niet|geheim)\b"
    r"|\bniet (?:zeggen|vertellen|laten weten|doorgeven) (?:\w+ )?dat (?:ik|wij|we)\b"
)
_NEAR = 80


def reported(low: str, start: int, end: int, signed: bool) -> bool:
    """Whether the name at `[start, end)` of the folded text `low` is called an informant there; `signed` where it closes a letter."""
    if not _hinted(low):
        return False
    before, after = low[max(0, start - _NEAR) : start], low[end : end + _NEAR]
    if _CALLED.match(after) or _CAME_FROM.search(before):
        return True
    return (signed or bool(_SENDER.search(before))) and wish(low) is not None


@lru_cache(maxsize=4)
def _hinted(low: str) -> bool:
    """Whether anything in the text speaks of an informant: asked once for all its names."""
    return any(hint in low for hint in ("meld", "tip", "klikker", "signa")) or wish(low) is not None


def wish(low: str) -> re.Match[str] | None:
    """Where somebody asks in their own words to stay unnamed."""
    return _WISH.search(low) if "anoniem" in low or " na" in low or "dat ik" in low or "dat w" in low else None

"""Licence plates: the Dutch sidecodes of the RDW, with dashes anywhere, without them only where the text says it is a plate."""

from __future__ import annotations

import re
from collections.abc import Iterator

SIDECODES = (
    "LL-99-99", "99-99-LL", "99-LL-99", "LL-99-LL", "LL-LL-99", "99-LL-LL", "99-LLL-9", "9-LLL-99", "LL-999-L", "L-999-LL", "LLL-99-L",
    "L-99-LLL", "9-LL-999", "999-LL-9", "LLL-99-9", "LLL-9-LL",
)  # fmt: skip


def _pattern(separator: str) -> str:
    groups = ([rf"[a-z]{{{len(g)}}}" if g[0] == "L" else rf"\d{{{len(g)}}}" for g in code.split("-")] for code in SIDECODES)
    return "|".join(separator.join(group) for group in groups)


_THREE = re.compile(r"(?<![\w-])[a-z0-9]{1,3}-[a-z0-9]{1,3}-[a-z0-9]{1,3}(?![\w-])")
_DASHED = re.compile(_pattern("-"))
_LOOSE = re.compile(
    rf"(?:kenteken|kentekennummer|nummerbord|auto|scooter|bromfiets|motor|voertuig|nummerplaat|"
    rf"bus(?:je)?)\b[^\n.;]{{0,40}}?(?<![\w-])({_pattern('[- .]?')})(?![\w-])"
)
_FOREIGN = re.compile(
    r"(?:kenteken|nummerbord|nummerplaat)\w*[^\n.;\d]{0,60}?(?<![\w-])((?:[a-z]{1,3}[- ]?){1,2}\d{2,5}(?:[- ]?[a-z]{1,3}\b)?)(?![\w-])"
)


def plates(low: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and the plate without separators."""
    seen = set()
    for match in _THREE.finditer(low) if low.count("-") > 1 else ():
        if _DASHED.fullmatch(match.group()):
            seen.add(match.start())
            yield match.start(), match.end(), match.group().replace("-", "")
    if not any(cue in low for cue in _CUES):
        return
    for pattern in (_LOOSE, _FOREIGN):
        for match in pattern.finditer(low):
            if match.start(1) not in seen:
                seen.add(match.start(1))
                yield match.start(1), match.end(1), re.sub(r"[- .]", "", match.group(1))


_CUES = ("kenteken", "nummerbord", "nummerplaat", "auto", "scooter", "bromfiets", "motor", "voertuig", "bus")

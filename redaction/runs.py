"""Where figures stand in a text: found once, so that every finder of numbers looks there and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_FIGURES = re.compile(r"\d+")


def runs(low: str) -> list[tuple[int, int]]:
    """The stretches of figures with nothing between them.

    >>> runs("op 12-03 om 9 uur")
    [(3, 5), (6, 8), (12, 13)]
    """
    return [match.span() for match in _FIGURES.finditer(low)]


def matches(pattern: re.Pattern[str], low: str, starts: Sequence[int]) -> Iterator[re.Match[str]]:
    """As `pattern.finditer(low)`, for a pattern that begins at one of `starts` or nowhere."""
    last = 0
    for start in starts:
        if start >= last and (match := pattern.match(low, start)) is not None:
            last = match.end()
            yield match

"""What is in a file: pages of text and files inside it; and the reasons why a file cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from config.discretion import discreet

LARGEST = 100 * 2**20
"""Bytes of one file; a larger one goes to a person."""

MOST_PAGES = 5000

LONGEST = 50_000_000
"""Characters of text that one file may unfold to."""


class Unreadable(Exception):
    """A file cannot be read; `reason` is the name of the text that says why: "encrypted", "images", "broken", "large", "unsafe"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@discreet
@dataclass(frozen=True, slots=True)
class Part:
    """A file inside a file."""

    name: str
    data: bytes


@discreet
@dataclass(frozen=True, slots=True)
class Content:
    """The text of a file, a page each; `lacks` names the text that says what of it could not be read, "" for nothing."""

    pages: tuple[str, ...]
    inside: tuple[Part, ...] = ()
    date: date | None = None
    lacks: str = ""


def checked(content: Content) -> Content:
    """The same content. Raises Unreadable where it unfolds to more than a file of that sort should."""
    if len(content.pages) > MOST_PAGES or sum(map(len, content.pages)) > LONGEST:
        raise Unreadable("large")
    return content

"""JSON of any size, an object at a time: memory holds one object, and nothing that is damaged or built to harm gets through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

import ijson

from connectors.files.content import Unreadable

DEEPEST = 60
LONGEST = 5_000_000
"""Values in one object: a person's file has thousands."""

Event = tuple[str, str, Any]
"""Prefix, sort of event, and value, as ijson gives them."""


def events(stream: IO[bytes]) -> Iterator[Event]:
    """The events of one or more JSON documents in a file. Raises Unreadable("broken") at the first place where it is no JSON."""
    if stream.read(3) != b"\xef\xbb\xbf":
        stream.seek(0)
    try:
        yield from ijson.parse(stream, multiple_values=True)
    except (ijson.JSONError, ValueError, UnicodeError, RecursionError):
        raise Unreadable("broken") from None


def built(first: str, following: Iterator[Event]) -> Any:
    """The object or list whose opening event was just taken. Raises Unreadable: a name that stands twice, too deep, or too long."""
    root: Any = {} if first == "start_map" else []
    stack: list[Any] = [root]
    names: list[str] = [""]
    for number, (_, event, value) in enumerate(following):
        if number > LONGEST or len(stack) > DEEPEST:
            raise Unreadable("unsafe")
        if event == "map_key":
            if value in stack[-1]:
                raise Unreadable("broken")
            names[-1] = value
        elif event in {"end_map", "end_array"}:
            stack.pop()
            names.pop()
            if not stack:
                return root
        else:
            inner: Any = {} if event == "start_map" else [] if event == "start_array" else value
            _put(stack[-1], names[-1], inner)
            if event in {"start_map", "start_array"}:
                stack.append(inner)
                names.append("")
    raise Unreadable("broken")


def _put(into: Any, name: str, value: Any) -> None:
    if isinstance(into, list):
        into.append(value)
    else:
        into[name] = value

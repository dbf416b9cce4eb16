"""A mapping of a YAML file, read field by field: each field says what it should be, and what nobody asked for is a mistake."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from config.problems import Notes, nearest, one_of
from config.yamlfile import ListNode, MapNode, Node, Scalar, plain

E = TypeVar("E", bound=StrEnum)
V = TypeVar("V")

_PERIOD = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(ms|s|m|h)?")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class Fields:
    """One mapping under the name `thing`; a field that is wrong is noted and reads as its default, so that reading goes on."""

    def __init__(self, node: Node | None, thing: str, notes: Notes, line: int = 0) -> None:
        self.thing, self.notes = thing, notes
        self.line = line or (node.line if node else 0)
        self.whole = isinstance(node, MapNode)
        self._items: Mapping[str, Node] = node.items if isinstance(node, MapNode) else {}
        self._lines: Mapping[str, int] = node.lines if isinstance(node, MapNode) else {}
        self._asked: set[str] = set()
        if not self.whole and not (isinstance(node, Scalar) and node.empty):
            notes.mistake(self.line, f"{thing}: this should be a mapping", "Write it as lines of `name: value`, indented equally far")

    def names(self) -> tuple[str, ...]:
        """The names that stand in the file, in its order."""
        return tuple(self._items)

    def line_of(self, key: str) -> int:
        """The line of this field; that of the mapping where it is not there."""
        return self._lines.get(key, self.line)

    def node(self, key: str) -> Node | None:
        """What stands under `key`; None where nothing does."""
        self._asked.add(key)
        node = self._items.get(key)
        return None if isinstance(node, Scalar) and node.empty else node

    def mistake(self, key: str, wrong: str, remedy: str) -> None:
        """Note that the field `key` is wrong."""
        self.notes.mistake(self.line_of(key), f"{self.thing}: {wrong}", remedy)

    def scalar(self, key: str) -> Scalar | None:
        """The single value under `key`; None where there is none."""
        node = self.node(key)
        if node is None or isinstance(node, Scalar):
            return node
        self.mistake(key, f"{key} should be one value", f"Write it as `{key}: value`")
        return None

    def text(self, key: str, default: str = "") -> str:
        """Text, as it stands."""
        scalar = self.scalar(key)
        return " ".join(scalar.text.split("\n")).strip() if scalar else default

    def required(self, key: str, example: str = "") -> str:
        """Text that must be there."""
        node = self.node(key)
        text = self.text(key)
        filled_in = isinstance(node, Scalar) and node.text != node.written  # an unset variable was noted already
        if self.whole and not text and (node is None or isinstance(node, Scalar)) and not filled_in:
            self.mistake(key, f"{key} is missing", f"Add `{key}: {example or '...'}`")
        return text

    def choice(self, key: str, kind: type[E], default: E) -> E:
        """One of the values of an enumeration."""
        scalar = self.scalar(key)
        if scalar is None:
            return default
        if scalar.text in set(kind):
            return kind(scalar.text)
        self.mistake(key, f"{key} {scalar.written} is not known", one_of(kind, scalar.written))
        return default

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single one counts as a list of one."""
        node = self.node(key)
        if isinstance(node, MapNode):
            self.mistake(key, f"{key} should be a list", f"Write it as `{key}: [one, two]`")
        items = node.items if isinstance(node, ListNode) else (node,)
        for item in items:
            if isinstance(node, ListNode) and not isinstance(item, Scalar):
                self.mistake(key, f"{key} should hold texts only", "Put a text that holds a colon or a bracket in quotes")
        return tuple(item.text.strip() for item in items if isinstance(item, Scalar) and not item.empty)

    def number(self, key: str, default: int, least: int, most: int) -> int:
        """A whole number from `least` up to and including `most`."""
        wanted = f"a whole number from {least} to {most}"
        return self._read(key, default, _whole, wanted, lambda value: least <= value <= most)

    def fraction(self, key: str, default: float) -> float:
        """A number from 0 up to and including 1."""
        return self._read(key, default, _fraction, "a number from 0 to 1, such as 0.9", lambda value: 0 <= value <= 1)

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        return self._read(key, default, lambda text: _TRUTHS.get(text.lower()), "true or false")

    def period(self, key: str, default: timedelta) -> timedelta:
        """A length of time: `30s`, `2m`, `500ms`; a bare number is seconds."""
        wanted = "a time above zero and up to an hour, such as 30s or 2m"
        return self._read(key, default, _period, wanted, lambda value: timedelta(0) < value <= timedelta(hours=1))

    def day(self, key: str) -> date | None:
        """A calendar day, `2015-01-01`; None where none is given."""
        return self._read(key, None, _day, "a day as 2015-01-01")

    def _read(self, key: str, default: V, reads: Callable[[str], V | None], wanted: str, holds: Callable[[V], bool] = lambda _: True) -> V:
        scalar = self.scalar(key)
        if scalar is None:
            return default
        value = reads(scalar.text.strip())
        if value is not None and holds(value):
            return value
        self.mistake(key, f"{key} is not {wanted}", f"Write such a value, or leave {key} out")
        return default

    def data(self, key: str) -> dict[str, Any]:
        """Whatever stands under `key`, as a dict of plain data, for the one kind of source that understands it."""
        node = self.node(key)
        if node is None or isinstance(node, MapNode):
            return plain(node) or {}
        self.mistake(key, f"{key} should be a mapping", "Write it as lines of `name: value`, indented equally far")
        return {}

    def anything(self, key: str) -> Any:
        """Whatever stands under `key`, as plain data."""
        return plain(self.node(key))

    def within(self, key: str, thing: str = "") -> Fields:
        """The mapping under `key`; an empty one where there is none."""
        node = self.node(key)
        line = self.line_of(key)
        return Fields(node or MapNode(line, {}, {}), thing or f"{self.thing}: {key}", self.notes, line)

    def each(self, key: str) -> Iterator[tuple[str, Fields]]:
        """The mappings in the mapping under `key`, by name."""
        outer = self.within(key)
        for name in outer.names():
            line = outer.line_of(name)
            yield name, Fields(outer.node(name) or MapNode(line, {}, {}), name, self.notes, line)

    def listed(self, key: str) -> tuple[Node, ...]:
        """The items of the list under `key`; one that is no list counts as a list of one."""
        node = self.node(key)
        return node.items if isinstance(node, ListNode) else () if node is None else (node,)

    def finish(self) -> None:
        """Note every field that nobody asked for."""
        for key in self._items:
            if key not in self._asked:
                near = nearest(self._asked, key)
                remedy = f"Did you mean {near}? Then write that" if near else f"Remove it; known here are: {', '.join(sorted(self._asked))}"
                self.mistake(key, f"{key} is not known here", remedy)


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def _fraction(text: str) -> float | None:
    return float(text) if re.fullmatch(r"[0-9]*\.?[0-9]+", text) else None


def _period(text: str) -> timedelta | None:
    found = _PERIOD.fullmatch(text)
    return timedelta(seconds=float(found[1]) * _SECONDS[found[2] or "s"]) if found else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

"""One YAML file as nodes that remember their line: plain data only, `${NAME}` filled in, and bounded in size and depth.

Types are not guessed here. YAML 1.1 reads a column called `NO` as false and an article `5.10` as 5.1, so each scalar keeps
its text and whoever reads it says what it should be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from config.discretion import discreet
from config.problems import Notes

MOST_BYTES = 4_000_000
MOST_NODES = 200_000
DEEPEST = 24
"""Bounds: the largest real file of a gemeente stays a factor ten below each; aliases count each time they are used."""

SHORTEST_SECRET = 4
"""Shorter values are no secrets, and covering them would garble every message."""

_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "map", "seq")}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@discreet
@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value. `text` may hold a secret; `written` is what stands in the file and may be shown in a message."""

    line: int
    text: str
    written: str
    quoted: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was written: `key:`, `key: null` or `key: ~`."""
        return not self.quoted and self.written in {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list of values."""

    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class MapNode:
    """Values by name; a name stands in it once."""

    line: int
    items: Mapping[str, Node]
    lines: Mapping[str, int]


Node = Scalar | ListNode | MapNode


class _Unreadable(Exception):
    def __init__(self, line: int, what: str, remedy: str) -> None:
        super().__init__(what)
        self.line, self.what, self.remedy = line, what, remedy


def parse(content: bytes, environment: Mapping[str, str], notes: Notes) -> Node | None:
    """The root of the file; None where it cannot be read as a whole, and then `notes` says why."""
    try:
        return _convert(_compose(content), _Reading(environment, notes), 0)
    except _Unreadable as error:
        notes.mistake(error.line, error.what, error.remedy)
        return None


def plain(node: Node | None) -> Any:
    """The node as ordinary Python data: text, int, float, bool, None, lists and dicts (the YAML 1.2 core types).

    >>> plain(Scalar(1, "NO", "NO")), plain(Scalar(1, "3", "3")), plain(Scalar(1, "3", "3", quoted=True))
    ('NO', 3, '3')
    """
    if node is None:
        return None
    if isinstance(node, Scalar):
        return _value(node)
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return {name: plain(item) for name, item in node.items.items()}


def _value(scalar: Scalar) -> str | int | float | bool | None:
    if scalar.quoted or scalar.text != scalar.written:  # a password of digits stays text
        return scalar.text
    if scalar.empty:
        return None
    if scalar.text.lower() in {"true", "false"}:
        return scalar.text.lower() == "true"
    if re.fullmatch(r"[-+]?(0|[1-9][0-9]{0,17})", scalar.text):
        return int(scalar.text)
    return float(scalar.text) if re.fullmatch(r"[-+]?[0-9]+\.[0-9]+", scalar.text) else scalar.text


def _compose(content: bytes) -> yaml.Node:
    if len(content) > MOST_BYTES:
        raise _Unreadable(1, f"the file is larger than {MOST_BYTES:,} bytes", "Split off what is no configuration")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _Unreadable(line, "the file is not UTF-8 text", "Save it as UTF-8") from None
    try:
        _check_shape(text)
        root = yaml.compose(text, _LOADER)
    except yaml.YAMLError as error:
        raise _said(error, text) from None
    if root is None:
        raise _Unreadable(1, "the file is empty", "Write it as config/demo shows, or remove it")
    return root


def _check_shape(text: str) -> None:
    """Refuse what is too deep or too long before anything recursive looks at it."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, _LOADER)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST or count > MOST_NODES:
            raise _Unreadable(_line(event.start_mark), "the file is nested too deeply or too long", "Write it flatter")


_SYNTAX = (
    (r"control characters|special characters", "a control character stands in the file", "Remove it"),
    (r"maximum nesting", "the file is nested too deeply", "Write it flatter"),
    (r"tab character", "a tab stands where only spaces may", "Indent with spaces"),
    (r"unexpected end of stream|quoted scalar", "a quote is opened and never closed", "Close it, or use other quotes around it"),
    (r"mapping values are not allowed", "a colon stands where none can", "Put the text in quotes, or mend the indentation"),
    (r"could not find expected ':'", "a name lacks its colon", "Write it as `name: value`, or mend the indentation"),
    (r"expected ',' or|flow (mapping|sequence)", "a bracket is not closed, or a comma is missing", "Close it, or set the comma"),
    (
        r"block (end|mapping|collection|sequence)",
        "the indentation differs from the lines above",
        "Indent equally far what belongs together",
    ),
    (r"undefined alias", "an alias (*name) has no anchor (&name) above it", "Write the value out"),
    (r"single document|document start", "the file holds more than one document", "Remove the line `---`"),
    (r"cannot start any token", "a character stands where YAML gives it a meaning of its own (@, `, %)", "Put the text in quotes"),
)
"""What PyYAML says, what it means, and what to do; tried in order."""


def _said(error: yaml.YAMLError, text: str) -> _Unreadable:
    """The error in plain words; what PyYAML says is not repeated, for it may quote the file."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = str(error)
    if mark and "cannot start any token" in said and text.splitlines()[mark.line][: mark.column + 1].endswith("\t"):
        said = "tab character"
    for pattern, what, remedy in _SYNTAX:
        if re.search(pattern, said):
            return _Unreadable(_line(mark), what, remedy)
    return _Unreadable(_line(mark), "this is not YAML", "Compare the line with the example in config/demo")


def _line(mark: Any) -> int:
    """The line of a mark of PyYAML, from 1; some errors have none."""
    return mark.line + 1 if mark else 1


class _Reading:
    """What converting one file needs: the environment, where to note mistakes, and how much is left."""

    def __init__(self, environment: Mapping[str, str], notes: Notes) -> None:
        self.environment, self.notes, self.left = environment, notes, MOST_NODES

    def spend(self, node: yaml.Node, depth: int) -> None:
        self.left -= 1
        if self.left < 0 or depth > DEEPEST:
            raise _Unreadable(node.start_mark.line + 1, "aliases make the file endless or very large", "Write the values out")


def _convert(node: yaml.Node, reading: _Reading, depth: int) -> Node:
    reading.spend(node, depth)
    line = node.start_mark.line + 1
    if node.tag not in _PLAIN_TAGS:
        reading.notes.mistake(line, "a tag (!) stands before a value", "Remove it: only plain text, lists and mappings are read")
    if isinstance(node, yaml.ScalarNode):
        quoted = node.style in {"'", '"', "|", ">"}
        return Scalar(line, _filled(node.value, line, reading), node.value, quoted)
    if isinstance(node, yaml.SequenceNode):
        return ListNode(line, tuple(_convert(item, reading, depth + 1) for item in node.value))
    return _mapping(node, reading, depth)


def _mapping(node: yaml.Node, reading: _Reading, depth: int) -> MapNode:
    items: dict[str, Node] = {}
    lines: dict[str, int] = {}
    merged: list[MapNode] = []
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            reading.notes.mistake(line, "a list or mapping stands where a name should", "Write it as `name: value`")
        elif key.tag.endswith(":merge"):
            merged += _merged(_convert(value, reading, depth + 1))
        elif key.value in items:
            reading.notes.mistake(line, f"{key.value} stands here twice (first on line {lines[key.value]})", "Keep one of the two")
        else:
            items[key.value], lines[key.value] = _convert(value, reading, depth + 1), line
    for other in merged:
        items = {**other.items, **items}
        lines = {**other.lines, **lines}
    return MapNode(node.start_mark.line + 1, items, lines)


def _merged(node: Node) -> Iterator[MapNode]:
    for item in node.items if isinstance(node, ListNode) else (node,):
        if isinstance(item, MapNode):
            yield item


def _filled(written: str, line: int, reading: _Reading) -> str:
    """`written` with each `${NAME}` replaced from the environment; the value itself is never told."""

    def fill(found: re.Match[str]) -> str:
        name = found[1]
        if not _NAME.fullmatch(name):
            reading.notes.mistake(line, "${...} does not hold the name of an environment variable", "Write it as ${WMO_DATABASE_URL}")
        elif not reading.environment.get(name):
            wrong = "is empty" if name in reading.environment else "is not set"
            reading.notes.mistake(line, f"the environment variable {name} {wrong}", f"Set {name} before starting, or remove ${{{name}}}")
        value = reading.environment.get(name, "")
        if len(value) >= SHORTEST_SECRET:
            reading.notes.filled[value] = found[0]
        return value

    return _VARIABLE.sub(fill, written)

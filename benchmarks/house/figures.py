"""The figures of the code beside those of codebases that people like to work in: `python -m benchmarks.house`."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("config", "connectors", "redaction", "outputs", "cases", "flows", "desk", "demo")
EXCEPTION = re.compile(r"# (?:noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*|type: ignore\[[a-z-]+\])(?P<reason>.*)")
MOCKS = re.compile(r"\b(?:MagicMock|Mock|mocker|mock\.patch|monkeypatch\.setattr)\b")


@dataclass(frozen=True)
class Lengths:
    """How long things are, in lines."""

    count: int
    median: float
    most: int
    """Nineteen in twenty are at most this long."""
    longest: int

    @classmethod
    def of(cls, lengths: Iterable[int]) -> Lengths:
        """The spread of some lengths."""
        ordered = sorted(lengths)
        return cls(len(ordered), statistics.median(ordered), ordered[len(ordered) * 19 // 20], ordered[-1])


def modules(rooms: Iterable[str] = ROOMS) -> list[Path]:
    """Every module of the product that holds anything."""
    found = sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))
    return [path for path in found if path.read_text(encoding="utf-8").strip()]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def function_lengths() -> Lengths:
    """The lengths of all functions, from `def` to the last line."""
    return Lengths.of((f.end_lineno or f.lineno) - f.lineno + 1 for path in modules() for f in functions(path))


def module_lengths() -> Lengths:
    """The lengths of all modules."""
    return Lengths.of(path.read_text(encoding="utf-8").count("\n") for path in modules())


def unexplained() -> list[str]:
    """Exceptions to lint or types that give no reason: `module:line`."""
    lines = [(path, n, line) for path in modules() for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)]
    found = [(path, n, EXCEPTION.search(line)) for path, n, line in lines]
    return [f"{path.relative_to(ROOT)}:{n}" for path, n, match in found if match and len(match["reason"].strip(" #-")) < len("as above")]


def mocks_in_a_hundred_tests() -> float:
    """How often a test replaces a part of the product by something that only looks like it, per hundred tests."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py")]
    return 100 * sum(len(MOCKS.findall(text)) for text in texts) / sum(len(re.findall(r"def test_", text)) for text in texts)

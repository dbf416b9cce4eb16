"""Each package that our code asks for is written down: in the requirements, and on the page that says what it is for."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("config", "connectors", "redaction", "outputs", "cases", "flows", "desk", "demo")
BY_NAME = {"psycopg", "pymysql", "python-multipart", "tzdata", "setuptools", "s3fs", "prefect-redis"}
"""What another package loads, or a machine needs: our code does not import it."""


@cache
def required() -> frozenset[str]:
    """The packages of the product's own lists."""
    lists = [(ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8") for name in ("product", "scale")]
    return frozenset(name.lower() for text in lists for name in re.findall(r"^([A-Za-z][\w.-]*)", text, re.MULTILINE))


@cache
def imported() -> frozenset[str]:
    """The packages that hold what the rooms import."""
    modules = {
        name.partition(".")[0]
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _names(node)
    }
    foreign = modules - set(sys.stdlib_module_names) - set(ROOMS) - {"benchmarks"}
    known = packages_distributions()
    return frozenset(known[module][0].lower().replace("_", "-") for module in foreign)


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []


def test_what_the_code_imports_is_required_by_name() -> None:
    """What another package happens to bring along may be gone with its next version."""
    assert sorted(imported() - required()) == []


def test_what_is_required_is_used() -> None:
    """A package that nothing imports, and that nothing loads by name, is no longer needed."""
    assert sorted(required() - imported() - BY_NAME) == []
    assert sorted(BY_NAME & imported()) == []


def test_each_package_is_explained() -> None:
    """A row each: licence, what for, why this one, and what it would cost to lose it."""
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if re.match(r"\| [a-z]", line)]
    told = [row[0] for row in rows if row[0] != "package"]
    assert sorted(told) == sorted(required())
    assert [row[0] for row in rows if len(row) != 5 or not all(row)] == []

"""The specification, from the tests: `python -m tests.specification > docs/specification.md`. A folder is a chapter, a file a section, a test a rule."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent
CHAPTERS = ("config", "cases", "connectors", "redaction", "outputs", "flows", "desk", "demo", "house")
HEAD = """# What Inzage does, rule by rule

Made from the tests by `python -m tests.specification`; a test compares the two. Each rule is the name of a test that runs, with what
it says of itself; each section says where.
"""


def specification() -> str:
    """All rules as one page of Markdown."""
    return HEAD + "".join(_chapter(TESTS / name) for name in CHAPTERS)


def _chapter(folder: Path) -> str:
    return f"\n## {folder.name}\n" + "".join(_section(path) for path in sorted(folder.rglob("test_*.py")))


def _section(path: Path) -> str:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    rules = "".join(f"- {rule}\n" for rule in _rules(tree))
    return f"\n### {_first(tree)}\n\n`{path.relative_to(TESTS.parent)}`\n\n{rules}"


def _rules(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            name = node.name.removeprefix("test_").replace("_", " ")
            yield f"**{name[0].upper()}{name[1:]}.** {_first(node)}"


def _first(node: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((ast.get_docstring(node) or "").split("\n\n", 1)[0].split())


if __name__ == "__main__":
    print(specification(), end="")

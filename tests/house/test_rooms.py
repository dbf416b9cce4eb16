"""The house: who may know whom, and what an import may do."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("config", "connectors", "redaction", "outputs", "cases", "flows", "desk", "demo")
MODULES = sorted(path.relative_to(ROOT) for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def test_a_room_imports_only_from_floors_below_it() -> None:
    """The contracts in pyproject.toml hold: config below, four rooms without doors between them, flows above."""
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "0 broken" in done.stdout, done.stdout


def test_outputs_never_names_the_raw_collection() -> None:
    """An unredacted dossier cannot be expressed: no module of outputs can reach a Collection or an Answer."""
    named = [path for path in (ROOT / "outputs").rglob("*.py") for name in ("Collection", "Answer") if name in _imported(path)]
    assert named == []


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_says_what_it_is_and_stays_small(path: Path) -> None:
    """Each module opens with a line of what it does, has at most 400 lines, and no function of over sixty."""
    text = (ROOT / path).read_text(encoding="utf-8")
    if not text.strip():
        return
    tree = ast.parse(text)
    assert ast.get_docstring(tree), f"{path} does not say what it is"
    assert text.count("\n") <= 400, f"{path} has {text.count(chr(10))} lines"
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 60] == []


def test_an_import_is_silent_and_leaves_logging_alone() -> None:
    """Importing every room prints nothing and adds no handler to the root logger."""
    code = f"import logging; before = list(logging.root.handlers), logging.root.level; import {', '.join(ROOMS)}; " + (
        "assert before == (list(logging.root.handlers), logging.root.level)"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def _imported(path: Path) -> set[str]:
    """What a module takes from the ground floor."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    ours = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("config")]
    return {alias.name for node in ours for alias in node.names}

"""The threat model is tested: each promise names a place that is there and a test that is there, and the matrix of roles is the table."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from cases.handling import CHOICES
from cases.ready import SAID
from cases.roles import Role, matrix
from config.collection import Outcome
from config.errors import RequestError
from config.request import Status
from desk import words
from desk.app import make_app
from desk.matrix import table
from desk.pages import proof
from desk.settings import Settings
from desk.words import refusal
from flows.letters import LETTERS
from tests.desk.conftest import Desk

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
PROMISES = re.findall(r"^\| (.+?) \| `(.+?)` \| `(.+?)` \|$", PAGE, re.MULTILINE)


def names(path: Path) -> set[str]:
    """Everything that a module defines: functions, methods, classes and constants."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    defined = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
    targets = [t for n in tree.body if isinstance(n, ast.Assign) for t in n.targets] + [
        n.target for n in tree.body if isinstance(n, ast.AnnAssign)
    ]
    return defined | {t.id for t in targets if isinstance(t, ast.Name)}


@pytest.mark.parametrize(("promise", "place", "test"), PROMISES, ids=[p[0] for p in PROMISES])
def test_a_promise_has_its_place_and_its_test(promise: str, place: str, test: str) -> None:
    """By file and name; what was renamed or removed is found."""
    for told in (place, test):
        path, _, name = told.partition("::")
        assert (ROOT / path).is_file(), f"{promise}: {path} is not there"
        assert not name or name in names(ROOT / path), f"{promise}: {told} is not there"


def test_there_are_promises_and_the_matrix_is_the_table() -> None:
    """Generated, so that it cannot go stale."""
    assert len(PROMISES) > 30
    assert matrix() in PAGE
    assert table(make_app(Settings())) in PAGE


def test_a_fault_of_our_own_tells_no_value(desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Neither to the browser, nor in the log: a class and a place."""

    def fault(*_: object) -> str:
        raise KeyError("Kanariegeel 999990019")

    monkeypatch.setattr(proof, "verified", fault)
    answered = desk.as_("fg").get("/certificaten", 500)
    told = answered.text + caplog.text
    assert "KeyError at test_9_docs.py" in told
    assert "Kanariegeel" not in told and "999990019" not in told
    assert answered.headers["content-security-policy"]


WORDS = words.words()


@pytest.mark.parametrize("group", ["status", "outcome", "role", "pickup", "choice", "obstacle", "letter", "done"])
def test_every_word_that_the_house_uses_has_its_dutch(group: str) -> None:
    """No English state or role reaches a colleague."""
    assert set(NEEDED[group]) <= set(WORDS[group])


NEEDED = {
    "status": [str(s) for s in Status],
    "outcome": [str(o) for o in Outcome],
    "role": [str(r) for r in Role],
    "pickup": ["open", "opened", "expired", "locked", "revoked"],
    "choice": list(CHOICES),
    "obstacle": list(SAID),
    "letter": list(LETTERS),
    "done": sorted(set(re.findall(r'back\([^){]*?, "(\w+)"', "".join(p.read_text() for p in (ROOT / "desk" / "pages").glob("*.py"))))),
}


def test_a_refusal_is_told_in_dutch_and_another_as_it_is() -> None:
    """By a part of its sentence."""
    assert refusal(RequestError("BSN", "does not pass the elfproef", "Check it")).startswith("Dit burgerservicenummer")
    assert refusal(RequestError("x", "is something new", "Do this")) == "x: is something new. Do this."

"""Chapter 9. The example in docs/connectors.md is a kind that works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import connectors
from config.collection import Outcome
from connectors.asking.scores import _NAMED
from tests.connectors.made import BSN, OTHER, cells, collect, column, entity, source

PAGE = Path(__file__).parent.parent.parent / "docs" / "connectors.md"


def test_a_kind_is_one_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put in the package it is a kind at once, keeps the contract, and takes fewer than forty lines."""
    example = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    assert len([line for line in example.splitlines() if line.strip()]) < 40
    (tmp_path / "jsonlines.py").write_text(example, encoding="utf-8")
    monkeypatch.setattr(connectors, "__path__", [*connectors.__path__, str(tmp_path)])
    assert "jsonlines" in connectors.kinds()
    (tmp_path / "notities.jsonl").write_text(
        f'{{"bsn": "{BSN}", "tekst": "van haar"}}\n{{"bsn": "{OTHER}", "nieuw": 1}}\n', encoding="utf-8"
    )
    found = entity("notities", {"bsn": "subject.bsn"}, [column("bsn", "bsn"), column("tekst")])
    answer = collect(source("jsonlines", str(tmp_path), found))
    assert (answer.coverage.status, cells(answer, "tekst")) == (Outcome.FOUND, ["van haar"])
    assert collect(source("jsonlines", str(tmp_path / "weg"), found)).coverage.status is Outcome.FAILED
    assert connectors.check(source("jsonlines", str(tmp_path), found)).rows == {"notities": 2}


def test_the_scores_in_the_page_are_those_of_the_program() -> None:
    """The table that a person argues with is the one that counts."""
    page = PAGE.read_text(encoding="utf-8")
    for words, agreed in (
        ("name, birth date and address", (True, True, False)),
        ("name and birth date", (True, False, False)),
        ("name and address", (False, True, False)),
    ):
        row = next(line for line in page.splitlines() if line.startswith(f"| {words} |"))
        assert tuple(float(cell) for cell in row.split("|")[2:5]) == _NAMED[agreed]

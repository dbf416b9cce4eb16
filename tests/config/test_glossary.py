"""The glossary has every Dutch term that code and files of the gemeente use, each with its source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.load import load_policy
from config.policy import LOOKS, read_grounds
from config.problems import Notes
from config.special import SPECIAL
from config.words import SOURCE_KINDS
from config.yamlfile import parse
from tests.config.conftest import EMBEDDED

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (Path(__file__).parent.parent.parent / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| `")
]
TERMS = {row[0].strip("`") for row in ROWS}
ENGLISH = {"sql", "tables", "documents", "manual"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip("`"))
def test_each_term_says_what_it_is_and_where_it_comes_from(row: list[str]) -> None:
    """No cell is empty."""
    assert all(row)
    assert len(row) >= 3


def test_no_term_stands_there_twice_in_one_table() -> None:
    """A reader looks a word up once; `brp` is both a register and a kind of source."""
    assert len(ROWS) - len(TERMS) == 0


def test_every_dutch_word_of_the_vocabularies_is_there() -> None:
    """Kinds of source, special categories, kinds of recipient, remedies, how a person looks, and what is done on a ground."""
    root = parse((EMBEDDED / "grounds.yaml").read_bytes(), {}, Notes("grounds.yaml"))
    assert root is not None
    actions = {ground.action for ground in read_grounds(root, Notes("grounds.yaml")).values()}
    register = (EMBEDDED / "activities.yaml").read_text(encoding="utf-8")
    recipients = set(re.findall(r"kind: ([a-z_]+)", register))
    remedies = set(re.findall(r"[a-z]+", " ".join(re.findall(r"remedy: \[(.*?)\]", register))))
    assert ({*SOURCE_KINDS} - ENGLISH | {*SPECIAL} | {*LOOKS} | actions | recipients | remedies) - TERMS == set()


def test_the_policy_needs_no_glossary() -> None:
    """Its reasons are English words of the code."""
    assert all(reason.isascii() for reason in load_policy(EMBEDDED).grounds)

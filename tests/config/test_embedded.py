"""The embedded configuration of Voorbeeldstad holds to its own rules."""

from __future__ import annotations

import re
from datetime import date

import pytest

from config.load import load, problems
from config.order import stages
from config.register import check_register
from config.words import SOURCE_KINDS
from tests.config.conftest import EMBEDDED


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    """A value for each variable that the files ask for."""
    asked = {name for path in EMBEDDED.glob("*.yaml") for name in re.findall(r"\$\{(\w+)\}", path.read_text(encoding="utf-8"))}
    return dict.fromkeys(asked, "a value of its own")


def test_it_has_all_five_files_and_no_mistake(environment: dict[str, str]) -> None:
    """None of them is absent, and nothing must be mended."""
    found = problems(EMBEDDED, environment, SOURCE_KINDS)
    assert [str(problem) for problem in found if problem.level == "error" or problem.line == 0] == []


def test_its_register_may_be_used(environment: dict[str, str]) -> None:
    """Nothing is refused today; what is unsure is listed."""
    found = check_register(load(EMBEDDED, environment, SOURCE_KINDS), date(2026, 11, 25))
    assert [str(problem) for problem in found if problem.level == "error"] == []
    assert {problem.level for problem in found} == {"warning"}


def test_its_sources_can_be_asked_in_an_order(environment: dict[str, str]) -> None:
    """Every entity once."""
    config = load(EMBEDDED, environment, SOURCE_KINDS)
    asked = [(leg.source, entity) for leg in stages(config.sources) for entity in leg.entities]
    assert sorted(asked) == sorted((source.name, entity.name) for source in config.sources for entity in source.entities)


def test_nothing_in_it_can_be_reached_or_paid() -> None:
    """Addresses end in .example, and no password stands in a file."""
    for path in EMBEDDED.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert {found for found in re.findall(r"[\w.]+@[\w.-]+", text) if not found.endswith(".example")} == set()

"""The registers of Voorbeeldstad that speak HTTP: each is asked as sources.yaml says, and tells of the resident what the story has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import connectors
import demo
from config.collection import Answer, Outcome
from config.load import load
from config.settings import Config

CONFIG = Path(__file__).parent.parent.parent / "config" / "demo"
WEB = ("brp", "zaakregister", "klantcontact", "logboek")


@pytest.fixture(scope="module")
def config(environment: dict[str, str]) -> Config:
    """The embedded configuration, over the running town."""
    return load(CONFIG, environment, connectors.kinds())


@pytest.fixture(scope="module")
def answers(config: Config) -> Iterator[dict[str, Answer]]:
    """What each tells of the resident."""
    subject, now = connectors.identify(demo.RESIDENT.bsn), datetime.now(UTC)
    yield {name: connectors.collect(config.source(name), config.source(name).entities, subject, now=now) for name in WEB}


def column(answer: Answer, entity: str, name: str) -> list[Any]:
    """The cells of one column."""
    return [cell for c in answer.collections if c.entity == entity for cell in c.rows[name]]


@pytest.mark.parametrize("name", WEB)
def test_every_register_is_searched_whole_and_every_column_is_classified(answers: dict[str, Answer], name: str) -> None:
    """Found, without an alarm."""
    assert (answers[name].coverage.status, answers[name].coverage.alarms) == (Outcome.FOUND, ())


@pytest.mark.parametrize("name", WEB)
def test_check_finds_nothing_wrong(config: Config, name: str) -> None:
    """Reachable, authorised, as configured, filled."""
    report = connectors.check(config.source(name))
    assert (report.reachable, report.authorised, report.drift) == (True, True, ())


def test_the_resident_has_a_role_in_two_cases_and_her_document_has_two_versions(answers: dict[str, Answer]) -> None:
    """As applicant, and as somebody who is only mentioned; nothing of her namesake's case."""
    register = answers["zaakregister"]
    assert column(register, "rol_zelf", "omschrijving") == ["Aanvrager", "Belanghebbende"]
    (papers,) = [c for c in register.collections if c.entity == "document"]
    assert [document.title for document in papers.documents] == [
        "Aanvraagformulier", "Medisch advies (versie 2)", "Medisch advies (versie 1)", "Besluit parkeerkaart",
    ]  # fmt: skip
    assert "nummer 41" not in str([c.rows.to_dict("list") for c in register.collections])


def test_a_contact_about_her_comes_too(answers: dict[str, Answer]) -> None:
    """Her mother was at the desk, and it was about her."""
    assert column(answers["klantcontact"], "contact", "nummer") == ["0000000101", "0000000102"]
    assert "Bakker" in column(answers["klantcontact"], "betrokkene", "contactnaam.achternaam")


def test_the_log_names_who_received_what(answers: dict[str, Answer]) -> None:
    """Two organisations, by the names that sources.yaml gives to their numbers."""
    assert [to for to in column(answers["logboek"], "regel", "afnemerId") if to] == ["Medisch Adviesbureau Noord", "Thuiszorg Voorbeeld"]

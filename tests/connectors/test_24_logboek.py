"""Chapter 24. Logs of processing, by both standards; and that they become the disclosures of the dossier."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware

import connectors
from config.collection import Outcome
from config.person import Person, Subject
from config.settings import Source
from demo.apis.server import serving
from demo.logboek.app import ROOT, application
from tests.connectors.made import BSN, OTHER, cells, collect, column, entity, source
from tests.connectors.specified import Recorder, mistakes, specification

OURS, THEIRS = "00000001821002193000", "00000002000000000001"
LINES: list[dict[str, Any]] = [
    {"bsn": BSN, "op": "2024-03-01T09:00:00Z", "verwerking": "Aanvraag hulp", "handeling": "Beoordelen", "actie": "Dossier inzien",
     "activiteit": "wmo", "gegevens": ["adres", "gezondheid"]},
    {"bsn": BSN, "op": "2024-03-02T09:00:00Z", "verwerking": "Aanvraag hulp", "handeling": "Doorgeven", "actie": "Gegevens verstrekken",
     "activiteit": "wmo", "gegevens": ["indicatie"], "afnemer": THEIRS},
    {"bsn": BSN, "op": "2024-05-01T09:00:00Z", "verwerking": "Verhuizing", "handeling": "Controleren", "actie": "Adres inzien",
     "activiteit": "brp", "gegevens": ["adres"]},
    {"bsn": OTHER, "op": "2024-03-03T09:00:00Z", "verwerking": "Vreemd", "handeling": "x", "actie": "y", "activiteit": "wmo", "gegevens": []},
]  # fmt: skip


@contextmanager
def log(lines: list[dict[str, Any]] = LINES, change: Any = None) -> Iterator[str]:
    """The address of a running log."""

    def made(address: str) -> Any:
        app = application(lines, "bewijs", OURS, address)
        if change is not None:
            app.user_middleware.append(Middleware(BaseHTTPMiddleware, dispatch=change))
        return app

    with serving(made, "logboek") as address:
        yield address + ROOT


OBJECTS = entity(
    "inzagen",
    {"objectId": "subject.bsn"},
    [
        column("tijdstip", "date"),
        column("verwerkingNaam", "text"),
        column("actieNaam", "text"),
        column("verwerkteSoortenGegevens", "text"),
        column("afnemerId", "name", "organisation"),
        column("uitvoerder", "name", "organisation"),
        column("verwerkingsactie.verwerkingsactiviteitUrl", "code"),
    ],
    table="verwerkte-objecten",
)
ACTIVITIES = entity(
    "verwerkingen",
    {"dpl.core.data_subject_id": "subject.bsn"},
    [
        column("startTime", "date"),
        column("name", "text"),
        column("dpl.core.processing_activity_id", "code"),
        column("foreign_operation.processor", "name", "organisation"),
    ],
    table="processing-activities",
)


def asked(address: str, *entities: Any, **options: Any) -> Source:
    return source("logboek", address, *entities, options={"auth": {"token": "bewijs"}, **options})


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A log that nobody changes."""
    with log() as running:
        yield running


def test_who_processed_what_and_when_is_found_over_all_pages(address: str) -> None:
    """By the standard of VNG: of the subject alone, with the moment by our clock and the names that sources.yaml gives to numbers."""
    answer = collect(asked(address, OBJECTS, names={OURS: "Gemeente Nergenshuizen", THEIRS: "Zorgbedrijf De Eik"}))
    assert [when.isoformat() for when in cells(answer, "tijdstip")] == ["2024-03-01T10:00:00", "2024-03-02T10:00:00", "2024-05-01T11:00:00"]
    assert cells(answer, "afnemerId") == [None, "Zorgbedrijf De Eik", None]
    assert cells(answer, "verwerkteSoortenGegevens") == ["adres\ngezondheid", "indicatie", "adres"]
    assert (answer.coverage.status, "Vreemd" in str(cells(answer, "verwerkingNaam"))) == (Outcome.FOUND, False)


def test_the_log_of_logius_is_asked_by_post(address: str) -> None:
    """No number stands in an address; milliseconds become moments."""
    answer = collect(asked(address, ACTIVITIES))
    assert cells(answer, "startTime")[0].isoformat() == "2024-03-01T10:00:00"
    assert cells(answer, "foreign_operation.processor") == [None, f"https://afnemer.example/{THEIRS}", None]
    assert cells(answer, "name") == ["Dossier inzien", "Gegevens verstrekken", "Adres inzien"]


def test_what_a_standard_calls_a_disclosure_is_told_with_the_rows(address: str) -> None:
    """By the columns of sources.yaml that mean it; where sources.yaml says it itself, that counts."""
    told = collect(asked(address, OBJECTS)).collections[0].discloses
    assert (told["when"], told["to"]) == (("tijdstip",), ("afnemerId", "uitvoerder"))
    assert told["activity"] == ("verwerkingsactie.verwerkingsactiviteitUrl",)
    own = entity(
        "inzagen",
        {"objectId": "subject.bsn"},
        list(OBJECTS.columns.values()),
        table="verwerkte-objecten",
        discloses={"to": ("uitvoerder",)},
    )
    assert collect(asked(address, own)).collections[0].discloses == {"to": ("uitvoerder",)}


@pytest.mark.parametrize("asks", [OBJECTS, ACTIVITIES])
def test_a_log_that_does_not_know_the_question_gives_nobody_elses_lines(asks: Any) -> None:
    """A line that names another is left out, and told; so is one that names nobody, where the search is seen not to work."""

    async def everything(request: Any, answer: Any) -> Any:
        if request.method == "POST":
            request._body = b'{"dpl.core.data_subject_id_type": "BSN"}'
        elif "objectId" in request.query_params:
            request.scope["query_string"] = request.scope["query_string"].replace(BSN.encode(), OTHER.encode())
        return await answer(request)

    with log(change=everything) as running:
        answer = collect(asked(running, asks))
    assert answer.coverage.status is Outcome.PARTIAL
    assert "Vreemd" not in str([c.rows.to_dict("list") for c in answer.collections])
    assert any("nothing in them is the subject's" in alarm for alarm in answer.coverage.alarms)


def test_a_pseudonym_of_another_source_is_asked_by(address: str) -> None:
    """The number in a log may be one that only another source knows."""
    lines = [{**LINES[0], "bsn": "P-77-x"}]
    by_pseudonym = entity("verwerkingen", {"dataSubjectId": "brp.pseudoniem"}, list(ACTIVITIES.columns.values()), table="dataverwerkingen")
    with log(lines) as running:
        answer = collect(asked(running, by_pseudonym), Subject(Person(bsn=BSN), keys={"brp.pseudoniem": ("P-77-x",)}))
    assert cells(answer, "name") == ["Dossier inzien"]


def test_check_asks_for_nobody(address: str) -> None:
    """And tells of a table that is none."""
    report = connectors.check(asked(address, OBJECTS, ACTIVITIES))
    assert (report.reachable, report.authorised, report.drift) == (True, True, ())
    odd = connectors.check(asked(address, entity("x", {"a": "subject.bsn"}, [], table="facturen")))
    assert any("there is no table facturen" in line for line in odd.drift)


def test_questions_and_answers_are_as_published(standards: Path) -> None:
    """Both files; that of Logius without the shared problem form, which lies elsewhere."""
    recorder = Recorder()
    with log(change=recorder) as running:
        assert collect(asked(running, OBJECTS, ACTIVITIES)).coverage.status is Outcome.FOUND
    vng = [one for one in recorder.kept if one.path.endswith("objecten")]
    logius = [one for one in recorder.kept if one.path.endswith("activities")]
    where = "http://localhost" + ROOT
    assert list(mistakes(specification(standards / "logboek" / "openapi-read.yaml", server=where), vng)) == []
    assert list(mistakes(specification(standards / "logboek" / "openapi-lezen.json", server=where), logius)) == []
    assert (len(vng), len(logius)) == (2, 1)

"""Chapter 7. The base register: asked as BRP bevragen prescribes, for no more than is configured, and refused when it errs."""

from __future__ import annotations

import csv
import json
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest

import connectors
from config.collection import UNCLASSIFIED, Answer, Outcome
from config.settings import Source
from connectors.web.persons import AUTOMATIC, askable, fields_for
from tests.connectors.conftest import JSON, Reply, Server, persons
from tests.connectors.made import BSN, OTHER, cells, collect, column, entity, source, told

PERSON = {
    "burgerservicenummer": BSN,
    "aNummer": "1234567890",
    "naam": {"voornamen": "Johanna Maria", "voorvoegsel": "van der", "geslachtsnaam": "Berg"},
    "geboorte": {"datum": {"type": "Datum", "datum": "1980-03-09", "langFormaat": "9 maart 1980"}},
    "geslacht": {"code": "V", "omschrijving": "vrouw"},
    "verblijfplaats": {"type": "Adres", "verblijfadres": {"postcode": "1234AB", "huisnummer": 12}},
    "geheimhoudingPersoonsgegevens": True,
    "overlijden": {"datum": {"type": "JaarDatum", "jaar": 2020, "langFormaat": "2020"}},
    "kinderen": [
        {"burgerservicenummer": OTHER, "naam": {"voornamen": "Tim", "geslachtsnaam": "Berg"}},
        {"naam": {"voornamen": "Tom", "geslachtsnaam": "Berg"}},
    ],
}

SELF = entity(
    "persoon",
    {"burgerservicenummer": "subject.bsn"},
    [
        column("burgerservicenummer", "bsn"),
        column("naam.voornamen", "name"),
        column("naam.voorvoegsel", "name"),
        column("naam.geslachtsnaam", "name"),
        column("geboorte.datum.datum", "date"),
        column("geslacht.omschrijving", "code"),
        column("verblijfplaats.verblijfadres.postcode", "address"),
        column("verblijfplaats.verblijfadres.huisnummer", "address"),
        column("geheimhoudingPersoonsgegevens", "code"),
        column("overlijden.datum", "date"),
        column("immigratie.datumVestigingInNederland", "date"),
    ],
    provides={"aNummer": "key.a_nummer"},
)
CHILDREN = entity(
    "kinderen",
    {"burgerservicenummer": "subject.bsn"},
    [
        column("burgerservicenummer", "bsn", "relative"),
        column("naam.voornamen", "name", "relative"),
        column("naam.geslachtsnaam", "name", "relative"),
    ],
)


def ask(server: Server, reply: Reply, *entities: Any, **more: Any) -> Answer:
    server.reply = lambda path, headers, body: reply
    return collect(source("brp", server.url, *(entities or (SELF, CHILDREN)), **more))


def test_one_request_serves_every_entity_and_keeps_to_the_specification(server: Server, standards: Path) -> None:
    """The body is valid by the published OpenAPI, the BSN stands in no address, and only what is configured is asked."""
    ask(server, persons(PERSON))
    ((path, headers, body),) = server.asked
    assert (path, body["type"], body["burgerservicenummer"]) == ("/personen", "RaadpleegMetBurgerservicenummer", [BSN])
    assert body["fields"] == [
        "aNummer", "burgerservicenummer", "geboorte.datum", "geslacht", "immigratie.datumVestigingInNederland",
        "kinderen.burgerservicenummer", "kinderen.naam.geslachtsnaam", "kinderen.naam.voornamen",
        "naam.geslachtsnaam", "naam.voornamen", "naam.voorvoegsel", "overlijden.datum",
        "verblijfplaats.verblijfadres.huisnummer", "verblijfplaats.verblijfadres.postcode",
    ]  # fmt: skip
    specification = yaml.safe_load((standards / "brp" / "openapi-personen.yaml").read_text(encoding="utf-8"))
    specification["servers"] = [{"url": "http://brp.example"}]
    request = MockRequest("http://brp.example", "post", path, data=json.dumps(body).encode(), content_type=headers["Content-Type"])
    OpenAPI.from_dict(specification).validate_request(request)


def test_the_fields_are_those_of_the_published_list(standards: Path) -> None:
    """Every path of fields-filtered-Persoon.csv may be asked, and nothing else; never one that is delivered by itself."""
    with (standards / "brp" / "fields-filtered-Persoon.csv").open(encoding="utf-8") as stream:
        published = {row["pad"] for row in csv.DictReader(stream, delimiter=";")}
    assert askable() == published
    with (standards / "brp" / "fields-Persoon.csv").open(encoding="utf-8") as stream:
        everything = [row["pad"] for row in csv.DictReader(stream, delimiter=";")]
    assert set(fields_for(everything)) <= published
    assert not AUTOMATIC & set(fields_for([*AUTOMATIC, *everything]))


def test_a_person_is_one_row_with_dates_and_codes_in_their_best_form(server: Server) -> None:
    """A whole date is a date, part of one is text, a code is its description, and what is not known is None."""
    answer = ask(server, persons(PERSON))
    row = answer.collections[0].rows.iloc[0].to_dict()
    assert row["geboorte.datum.datum"] == date(1980, 3, 9)
    assert (row["geslacht.omschrijving"], row["overlijden.datum"], row["geheimhoudingPersoonsgegevens"]) == ("vrouw", "2020", True)
    assert row["immigratie.datumVestigingInNederland"] is None
    assert answer.provided == {"bron.a_nummer": ("1234567890",)}
    assert answer.collections[0].reference


def test_relatives_are_rows_of_their_own(server: Server) -> None:
    """They become known people, with the relation that their table tells, and their BSN is theirs."""
    answer = ask(server, persons(PERSON))
    assert cells(answer, "naam.voornamen") == ["Johanna Maria", "Tim", "Tom"]
    subject = connectors.learn(connectors.identify(BSN), [answer])
    assert [(p.relation, p.person.names[0].given, p.person.bsn) for p in subject.people] == [("kind", "Tim", OTHER), ("kind", "Tom", "")]
    assert (subject.person.names[0].family, subject.person.addresses[0].secret) == ("Berg", True)


def test_what_comes_unasked_is_withheld_and_told(server: Server) -> None:
    """`inOnderzoek` is delivered by itself: kept, unclassified, and an alarm."""
    answer = ask(server, persons({**PERSON, "inOnderzoek": {"geslacht": True}}), SELF)
    assert [c.withhold for c in answer.collections[0].columns if c.name == "inOnderzoek.geslacht"] == [UNCLASSIFIED]
    assert answer.coverage.status is Outcome.FOUND


def test_a_path_that_the_specification_does_not_know_is_drift(server: Server) -> None:
    """It is not asked, for that is answered by 400; the entity was not searched whole."""
    odd = entity("persoon", {"burgerservicenummer": "subject.bsn"}, [column("naam.bijnaam", "name"), column("naam.voornamen", "name")])
    answer = ask(server, persons(PERSON), odd)
    assert server.asked[0][2]["fields"] == ["burgerservicenummer", "naam", "naam.voornamen"]
    assert (answer.coverage.status, any("naam.bijnaam is in sources.yaml" in a for a in answer.coverage.alarms)) == (Outcome.PARTIAL, True)


@pytest.mark.parametrize(
    "wrong", [[{**PERSON, "burgerservicenummer": OTHER}], [PERSON, PERSON], [{"naam": {}}], [{**PERSON, "burgerservicenummer": None}]]
)
def test_another_person_in_the_answer_refuses_all_of_it(server: Server, wrong: list[dict[str, Any]]) -> None:
    """Not the right row and the wrong one out: nothing of it is kept."""
    answer = ask(server, persons(*wrong))
    assert (answer.coverage.status, answer.collections, "Johanna" in told(answer)) == (Outcome.FAILED, (), False)


def test_an_unknown_bsn_is_none(server: Server) -> None:
    """The register answered whole, and has nobody."""
    assert ask(server, persons()).coverage.status is Outcome.NONE


PROBLEM = {"Content-Type": "application/problem+json"}


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ((401, PROBLEM, b'{"title": "Johanna"}'), "geen toegang"),
        ((403, PROBLEM, b"{}"), "geen toegang"),
        ((400, PROBLEM, b'{"detail": "Johanna"}'), "niet goed lezen"),
        ((404, {}, b""), "niet goed lezen"),
        ((429, PROBLEM, b"{}"), "geen antwoord"),
        ((500, PROBLEM, b'{"detail": "Johanna"}'), "geen antwoord"),
        ((503, PROBLEM, b"{}"), "geen antwoord"),
        ((302, {"Location": "http://elders.example/"}, b""), "niet goed lezen"),
        ((200, {"Content-Type": "text/html"}, b"<html>Johanna"), "niet goed lezen"),
        ((200, JSON, b'{"personen": [{"naam": "Johanna"'), "niet goed lezen"),
        ((200, JSON, b'["Johanna"]'), "niet goed lezen"),
        ((200, JSON, b'{"personen": "Johanna"}'), "niet goed lezen"),
        ((200, {**JSON, "Content-Length": "9999"}, b'{"personen": []}'), "geen antwoord"),
        ((200, JSON, b" " * (21 * 2**20)), "niet goed lezen"),
    ],
)
def test_every_failure_is_told_in_a_sentence_and_holds_no_value(server: Server, reply: Reply, said: str) -> None:
    """No access, later, or not as agreed; whatever the server says in its own words stays out."""
    answer = ask(server, reply)
    assert (answer.coverage.status, answer.collections, said in answer.coverage.message) == (Outcome.FAILED, (), True)
    assert "Johanna" not in told(answer)
    assert BSN not in told(answer)


def test_a_slow_register_is_not_waited_for(server: Server) -> None:
    """The timeout of the source holds for the whole exchange."""

    def slowly(*_: Any) -> Reply:
        time.sleep(1.5)
        return persons(PERSON)

    server.reply = slowly
    answer = collect(source("brp", server.url, SELF, timeout=timedelta(seconds=0.5)))
    assert "geen antwoord" in answer.coverage.message


def test_it_is_asked_again_when_it_heals(server: Server) -> None:
    """A 503 and then an answer: found."""
    replies = [(503, PROBLEM, b"{}"), (429, {**PROBLEM, "Retry-After": "0"}, b"{}"), persons(PERSON)]
    server.reply = lambda *_: replies.pop(0)
    assert collect(source("brp", server.url, SELF, retries=2)).coverage.status is Outcome.FOUND


def test_a_refusal_is_not_asked_again(server: Server) -> None:
    """Asking again with the same key will not help, and locks the account."""
    ask(server, (403, PROBLEM, b"{}"), retries=5)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("auth", "header", "value"),
    [
        ({"api_key": "sleutel"}, "X-API-KEY", "sleutel"),
        ({"token": "bewijs"}, "Authorization", "Bearer bewijs"),
        ({}, "Accept", "application/json"),
    ],
)
def test_it_is_opened_by_key_or_token(server: Server, auth: dict[str, str], header: str, value: str) -> None:
    """As `auth` says."""
    ask(server, persons(), options={"auth": auth})
    assert {name.lower(): said for name, said in server.asked[0][1].items()}[header.lower()] == value


def with_tokens(server: Server, token: Reply, **auth: str) -> Answer:
    server.reply = lambda path, headers, body: token if path == "/token" else persons(PERSON)
    asked: Source = source(
        "brp", server.url, SELF, options={"auth": {"token_url": f"{server.url}/token", "client_id": "wij", "client_secret": "stil", **auth}}
    )
    return collect(asked)


def test_a_token_is_fetched_with_client_credentials(server: Server) -> None:
    """OAuth 2.0, with the scope that is configured."""
    answer = with_tokens(server, (200, JSON, b'{"access_token": "vers", "token_type": "Bearer"}'), scope="brp")
    assert server.asked[0][2] == "grant_type=client_credentials&client_id=wij&client_secret=stil&scope=brp"
    assert (server.asked[1][1]["Authorization"], answer.coverage.status) == ("Bearer vers", Outcome.FOUND)


@pytest.mark.parametrize("token", [(401, JSON, b"{}"), (400, JSON, b'{"error": "invalid_client"}'), (200, JSON, b"{}")])
def test_no_token_is_no_access(server: Server, token: Reply) -> None:
    """And the secret is told nowhere."""
    answer = with_tokens(server, token)
    assert ("geen toegang" in answer.coverage.message, "stil" in told(answer)) == (True, False)


def test_check_asks_for_nobody(server: Server) -> None:
    """The test number of the range that no resident has."""
    server.reply = lambda *_: persons()
    report = connectors.check(source("brp", server.url, SELF, CHILDREN))
    assert (report.reachable, report.authorised, server.asked[0][2]["burgerservicenummer"]) == (True, True, ["999999990"])
    server.reply = lambda *_: (403, PROBLEM, b"{}")
    assert connectors.check(source("brp", server.url, SELF)).authorised is False

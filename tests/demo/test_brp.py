"""The BRP server: it answers as the published specification of the BRP API Personen says."""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse

import demo
from demo.brp.app import answer
from demo.brp.fields import AUTOMATIC, FOUND, PERSON, cut, paths
from demo.brp.persons import register
from demo.brp.problems import Refusal
from demo.town import Town

CONSULT, BY_NAME, BY_HOME = "RaadpleegMetBurgerservicenummer", "ZoekMetGeslachtsnaamEnGeboortedatum", "ZoekMetPostcodeEnHuisnummer"
HER = demo.RESIDENT.bsn


@pytest.fixture(scope="module")
def client(environment: dict[str, str]) -> Iterator[httpx.Client]:
    """A client with the key."""
    headers = {"X-API-KEY": environment["VOORBEELDSTAD_BRP_KEY"]}
    with httpx.Client(base_url=environment["VOORBEELDSTAD_BRP_URL"], headers=headers) as asking:
        yield asking


def ask(client: httpx.Client, **query: Any) -> httpx.Response:
    return client.post("/personen", json=query)


def people(client: httpx.Client, **query: Any) -> list[dict[str, Any]]:
    answer = ask(client, **query)
    assert answer.status_code == 200, answer.text
    assert answer.json()["type"] == query["type"]
    found: list[dict[str, Any]] = answer.json()["personen"]
    return found


QUERIES: list[dict[str, Any]] = [
    {"type": CONSULT, "burgerservicenummer": [HER], "fields": sorted(set(PERSON))},
    {"type": CONSULT, "burgerservicenummer": [HER, demo.CAST.single.bsn, demo.CAST.former_partner.bsn],
     "fields": ["naam", "geboorte", "gezag"]},
    {"type": CONSULT, "burgerservicenummer": ["999904115", "999968634", "999959815"],
     "fields": ["overlijden", "verblijfplaats", "immigratie", "nationaliteiten"]},
    {"type": CONSULT, "burgerservicenummer": [demo.CAST.unknown.bsn], "fields": ["naam.voornamen"]},
    {"type": BY_NAME, "geslachtsnaam": "wit", "geboortedatum": "1981-06-14", "fields": sorted(set(FOUND))},
    {"type": BY_HOME, "postcode": "1237HT", "huisnummer": 14, "fields": ["burgerservicenummer", "leeftijd", "adressering.adresregel1"]},
    {"type": "ZoekMetNaamEnGemeenteVanInschrijving", "geslachtsnaam": "Wit", "voornamen": "Joh*", "gemeenteVanInschrijving": "9901",
     "inclusiefOverledenPersonen": True, "fields": ["naam"]},
    {"type": "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving", "straat": "Anna Blaman*", "huisnummer": 16,
     "gemeenteVanInschrijving": "9901", "fields": ["naam"]},
    {"type": "ZoekMetNummeraanduidingIdentificatie", "nummeraanduidingIdentificatie": "9901200000000004", "fields": ["naam"]},
    {"type": "ZoekMetAdresseerbaarObjectIdentificatie", "adresseerbaarObjectIdentificatie": "9901010000000004",
     "fields": ["naam", "gezag"]},
]  # fmt: skip


@cache
def _specification(path: Path) -> Any:
    return OpenAPI.from_dict(yaml.safe_load(path.read_text(encoding="utf-8")) | {"servers": [{"url": "/haalcentraal/api/brp"}]})


def _checked(standards: Path, answer: httpx.Response) -> None:
    """Refuses an answer, or a question, that the specification does not allow."""
    request = answer.request
    asked = MockRequest(
        "http://x", "post", "/haalcentraal/api/brp/personen", data=request.content, content_type="application/json; charset=utf-8"
    )
    given = MockResponse(answer.content, answer.status_code, content_type=answer.headers["content-type"])
    specification = _specification(standards / "brp" / "openapi-personen.yaml")
    if answer.status_code == 200:
        specification.validate_request(asked)
    specification.validate_response(asked, given)


@cache
def _schemas(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))["components"]


def _strictly(standards: Path, name: str, value: Any) -> list[str]:
    """Every mistake in a value by the schema of this name, discriminators followed."""
    components = _schemas(standards / "brp" / "openapi-personen.yaml")
    schema = {"$ref": f"#/components/schemas/{name}", "components": components}
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(value)] + [
        found for part, kind in _discriminated(value) for found in _strictly_flat(standards, kind, part)
    ]


def _strictly_flat(standards: Path, name: str, value: Any) -> list[str]:
    components = _schemas(standards / "brp" / "openapi-personen.yaml")
    schema = {"$ref": f"#/components/schemas/{name}", "components": components}
    return [f"{name}: {error.json_path}" for error in Draft202012Validator(schema).iter_errors(value)]


KINDS = {"Datum": "VolledigeDatum", "Nationaliteit": "NationaliteitBekend"}


def _discriminated(value: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """Each object with a type, and the schema that the type stands for."""
    if isinstance(value, list):
        for item in value:
            yield from _discriminated(item)
    elif isinstance(value, dict):
        if "type" in value:
            yield value, KINDS.get(value["type"], value["type"])
        for item in value.values():
            yield from _discriminated(item)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: f"{query['type']}-{len(query['fields'])}")
def test_an_answer_is_as_the_specification_says(client: httpx.Client, standards: Path, query: dict[str, Any]) -> None:
    """By openapi-core, and once more object by object along the discriminators."""
    answer = ask(client, **query)
    _checked(standards, answer)
    kind = "Persoon" if query["type"] == CONSULT else "PersoonBeperkt"
    for person in answer.json()["personen"]:
        assert _strictly(standards, kind, person) == []


def test_these_checks_do_find_mistakes(standards: Path) -> None:
    """In a field, in a date, in what an object of some type must have."""
    assert _strictly(standards, "Persoon", {"burgerservicenummer": "12"})
    assert _strictly(standards, "Persoon", {"geboorte": {"datum": {"type": "Datum", "datum": "1981-06-14"}}})
    assert _strictly(standards, "Persoon", {"geboorte": {"datum": {"type": "JaarDatum", "langFormaat": "1981"}}})
    assert _strictly(standards, "Persoon", {"verblijfplaats": {"type": "Adres", "verblijfadres": {"huisnummer": 0}}})


REFUSED: list[tuple[dict[str, Any], set[tuple[str, str]]]] = [
    ({"fields": ["naam"]}, {("type", "required")}),
    ({"type": "ZoekMetSchoenmaat", "fields": ["naam"]}, {("type", "value")}),
    ({"type": CONSULT}, {("burgerservicenummer", "required"), ("fields", "required")}),
    ({"type": CONSULT, "burgerservicenummer": [], "fields": ["naam"]}, {("burgerservicenummer", "minItems")}),
    ({"type": CONSULT, "burgerservicenummer": [HER] * 21, "fields": ["naam"]}, {("burgerservicenummer", "maxItems")}),
    ({"type": CONSULT, "burgerservicenummer": HER, "fields": ["naam"]}, {("burgerservicenummer", "array")}),
    ({"type": CONSULT, "burgerservicenummer": ["12"], "fields": ["naam"]}, {("burgerservicenummer.0", "pattern")}),
    ({"type": CONSULT, "burgerservicenummer": [HER], "fields": "naam"}, {("fields", "array")}),
    ({"type": CONSULT, "burgerservicenummer": [HER], "fields": ["naam"] * 131}, {("fields", "maxItems")}),
    ({"type": CONSULT, "burgerservicenummer": [HER], "fields": ["naam", "schoenmaat"]}, {("fields.1", "fields")}),
    ({"type": CONSULT, "burgerservicenummer": [HER], "fields": ["na@m"]}, {("fields.0", "pattern")}),
    ({"type": CONSULT, "burgerservicenummer": [HER], "fields": ["geheimhoudingPersoonsgegevens"]}, {("fields.0", "fields")}),
    ({"type": CONSULT, "burgerservicenummer": [HER], "fields": ["verblijfplaats.inOnderzoek"]}, {("fields.0", "fields")}),
    ({"type": CONSULT, "burgerservicenummer": [HER], "fields": ["naam"], "kleur": "rood"}, {("kleur", "unknownParam")}),
    ({"type": BY_NAME, "geslachtsnaam": "Wit", "geboortedatum": "14-06-1981", "fields": ["naam"]}, {("geboortedatum", "date")}),
    ({"type": BY_NAME, "geslachtsnaam": "W*", "geboortedatum": "1981-06-31", "fields": ["kinderen"]},
     {("geslachtsnaam", "pattern"), ("geboortedatum", "date"), ("fields.0", "fields")}),
    ({"type": BY_HOME, "postcode": "12", "huisnummer": "14", "fields": ["naam"]}, {("postcode", "pattern"), ("huisnummer", "integer")}),
    ({"type": BY_HOME, "postcode": "1237HT", "huisnummer": 0, "fields": ["naam"]}, {("huisnummer", "range")}),
    ({"type": BY_HOME, "postcode": "1237HT", "huisnummer": 1, "inclusiefOverledenPersonen": "ja", "fields": ["naam"]},
     {("inclusiefOverledenPersonen", "boolean")}),
]  # fmt: skip


@pytest.mark.parametrize(("query", "wrong"), REFUSED)
def test_a_wrong_question_is_told_everything_at_once(client: httpx.Client, query: dict[str, Any], wrong: set[tuple[str, str]]) -> None:
    """Each parameter with a code; problem+json."""
    answer = ask(client, **query)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert {(param["name"], param["code"]) for param in answer.json()["invalidParams"]} == wrong


@pytest.mark.parametrize(("query", "wrong"), REFUSED)
def test_a_refusal_is_as_the_specification_says(
    client: httpx.Client, standards: Path, query: dict[str, Any], wrong: set[tuple[str, str]]
) -> None:
    """Its patterns too, which allow few signs."""
    body = ask(client, **query).json()
    assert _strictly_flat(standards, "BadRequestFoutbericht", body) == []
    assert wrong


@pytest.mark.parametrize(
    ("headers", "content", "status"),
    [
        ({"X-API-KEY": "wrong"}, b"{}", 401),
        ({"X-API-KEY": ""}, b"{}", 401),
        ({"Accept": "application/xml"}, b"{}", 406),
        ({"Content-Type": "text/plain"}, b"{}", 415),
        ({"Content-Type": "application/json; charset=latin-1"}, b"{}", 415),
        ({}, b"{", 400),
        ({}, b"[1]", 400),
        ({}, b"\xff", 400),
    ],
)
def test_what_is_not_a_question_gets_a_problem(
    client: httpx.Client, standards: Path, headers: dict[str, str], content: bytes, status: int
) -> None:
    """Without a key, in another form, or no JSON at all."""
    answer = client.post("/personen", headers={"Content-Type": "application/json", **headers}, content=content)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert _strictly_flat(standards, "Foutbericht", answer.json()) == []


def test_other_places_and_methods_get_a_problem_too(client: httpx.Client) -> None:
    """404 and 405."""
    assert (client.post("/dieren").status_code, client.get("/personen").status_code) == (404, 405)
    assert client.get("/personen").headers["content-type"] == "application/problem+json"


def test_the_paths_that_may_be_asked_are_those_of_the_published_table(standards: Path) -> None:
    """Not one more, not one less."""
    with (standards / "brp" / "fields-Persoon.csv").open(encoding="utf-8", newline="") as file:
        published = {row[0] for row in csv.reader(file)} - {"pad"}
    assert set(paths(PERSON)) == published


def test_only_what_is_asked_for_is_given(client: httpx.Client) -> None:
    """A path into a list reaches every element."""
    (her,) = people(client, type=CONSULT, burgerservicenummer=[HER], fields=["naam.voornamen", "kinderen.naam.voornamen"])
    assert her == {
        "naam": {"voornamen": "Johanna Maria"},
        "kinderen": [{"naam": {"voornamen": "Elif Wilhelmina"}}, {"naam": {"voornamen": "Noah Ricardo"}}],
    }


def test_a_path_into_a_date_gives_the_date_and_the_kind_of_residence_comes_along(client: httpx.Client) -> None:
    """So that no client must guess what it got."""
    (her,) = people(
        client, type=CONSULT, burgerservicenummer=[HER], fields=["geboorte.datum.jaar", "verblijfplaats.verblijfadres.postcode"]
    )
    assert her["geboorte"] == {"datum": {"type": "Datum", "datum": "1981-06-14", "langFormaat": "14 juni 1981"}}
    assert her["verblijfplaats"] == {"type": "Adres", "verblijfadres": {"postcode": "1237HT"}}


def test_a_group_once_asked_for_is_not_narrowed_by_a_path_into_it() -> None:
    """In whatever order they stand."""
    person = {"naam": {"voornamen": "A", "geslachtsnaam": "B"}}
    for asked in (["naam", "naam.voornamen"], ["naam.voornamen", "naam"]):
        assert cut(person, asked, PERSON) == person


def test_secrecy_and_death_come_unasked(client: httpx.Client) -> None:
    """They change what one may do with an answer."""
    secret, dead = (
        people(client, type=CONSULT, burgerservicenummer=[bsn], fields=["aNummer"])[0]
        for bsn in (demo.CAST.former_partner.bsn, "999904115")
    )
    assert secret["geheimhoudingPersoonsgegevens"] is True
    assert dead["opschortingBijhouding"]["reden"]["code"] == "O"


def test_doubt_comes_with_the_field_that_is_doubted_and_with_no_other(client: httpx.Client) -> None:
    """The homes on the square are under investigation."""
    bsn = "999968634"
    (doubted,) = people(client, type=CONSULT, burgerservicenummer=[bsn], fields=["verblijfplaats.datumVan"])
    (sure,) = people(client, type=CONSULT, burgerservicenummer=[bsn], fields=["verblijfplaats.functieAdres"])
    assert doubted["verblijfplaats"]["inOnderzoek"].keys() == {"datumVan", "datumIngangOnderzoek"}
    assert "inOnderzoek" not in sure["verblijfplaats"]


def test_a_year_without_a_day_is_said_as_such(client: httpx.Client) -> None:
    """And no age is made up from it."""
    (neighbour,) = people(client, type=CONSULT, burgerservicenummer=["999959815"], fields=["geboorte.datum", "leeftijd"])
    assert neighbour == {"geboorte": {"datum": {"type": "JaarDatum", "jaar": 1977, "langFormaat": "1977"}}}


def test_an_unknown_number_finds_nobody(client: httpx.Client) -> None:
    """Which is an answer, not an error."""
    assert people(client, type=CONSULT, burgerservicenummer=[demo.CAST.unknown.bsn], fields=["naam"]) == []


def test_a_search_by_name_and_birth_date_tells_namesakes_apart(client: httpx.Client) -> None:
    """The prefix is no part of the surname; case does not matter."""
    query = {"type": BY_NAME, "geslachtsnaam": "WIT", "fields": ["burgerservicenummer"]}
    assert people(client, geboortedatum="1981-06-14", **query) == [{"burgerservicenummer": HER}]
    assert people(client, geboortedatum="1958-09-03", voorvoegsel="de", **query) == [{"burgerservicenummer": demo.CAST.namesake.bsn}]


def test_a_search_by_home_finds_who_lives_there_and_the_dead_only_when_asked(client: httpx.Client) -> None:
    """Living is the default."""
    query = {"type": BY_HOME, "postcode": "1236 CD", "huisnummer": 23, "fields": ["burgerservicenummer"]}
    assert people(client, **query) == []
    assert [person["burgerservicenummer"] for person in people(client, inclusiefOverledenPersonen=True, **query)] == ["999904115"]


def test_a_search_that_finds_too_many_is_refused(town: Town) -> None:
    """Ten by name, so that nobody browses the register."""
    (her,) = [person for person in register(town) if person["burgerservicenummer"] == HER]
    query = {"type": BY_NAME, "geslachtsnaam": "Wit", "geboortedatum": "1981-06-14", "fields": ["naam"]}
    assert len(answer([her] * 10, query)["personen"]) == 10
    with pytest.raises(Refusal, match="tooManyResults"):
        answer([her] * 11, query)


def test_two_servers_run_beside_each_other_and_leave_no_thread(folder: Path) -> None:
    """Each on a port of its own, gone when their context ends."""
    before = threading.active_count()
    with demo.running(folder) as one, demo.running(folder) as other:
        assert one["VOORBEELDSTAD_BRP_URL"] != other["VOORBEELDSTAD_BRP_URL"]
        assert httpx.get(one["VOORBEELDSTAD_BRP_URL"] + "/personen").status_code == 405
    assert threading.active_count() == before
    with pytest.raises(httpx.ConnectError):
        httpx.get(one["VOORBEELDSTAD_BRP_URL"] + "/personen")


def test_the_server_says_nothing(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """No line of log holds who was asked for."""
    with demo.running(folder) as variables:
        headers = {"X-API-KEY": variables["VOORBEELDSTAD_BRP_KEY"]}
        httpx.post(variables["VOORBEELDSTAD_BRP_URL"] + "/personen", headers=headers, json=QUERIES[0]).raise_for_status()
    assert capfd.readouterr() == ("", "")
    assert AUTOMATIC

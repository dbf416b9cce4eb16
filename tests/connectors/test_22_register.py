"""Chapter 22. More of the base register: former addresses, travel documents, authority over children, what is under investigation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest

import connectors
import demo
from config.collection import Outcome
from demo.apis.server import serving
from demo.brp.app import ROOT, application
from demo.brp.persons import register
from demo.building import town as people
from tests.connectors.conftest import JSON, Server, persons
from tests.connectors.made import BSN, NOW, OTHER, cells, collect, column, entity, source, told
from tests.connectors.specified import Recorder, mistakes, specification

WHOLE = {"type": "Datum", "datum": "2015-02-01", "langFormaat": "1 februari 2015"}
STAYS = {
    "verblijfplaatsen": [
        {"type": "Adres", "datumVan": {**WHOLE, "datum": "2020-01-01"}, "verblijfadres": {"officieleStraatnaam": "Kerkstraat", "huisnummer": 12,
         "postcode": "1234AB", "woonplaats": "Nergenshuizen"}},
        {"type": "Adres", "datumVan": WHOLE, "datumTot": {**WHOLE, "datum": "2020-01-01"}, "verblijfadres": {"officieleStraatnaam": "Dorpsweg",
         "huisnummer": 1, "postcode": "1234AC", "woonplaats": "Nergenshuizen"}},
    ],
    "geheimhoudingPersoonsgegevens": True,
}  # fmt: skip
PAPERS = [
    {
        "reisdocumentnummer": "ZX1234567",
        "soort": {"code": "PN", "omschrijving": "Nationaal paspoort"},
        "houder": {"burgerservicenummer": BSN},
    }
]
HOMES = entity(
    "verblijfplaatshistorie",
    {"burgerservicenummer": "subject.bsn"},
    [
        column("verblijfadres.officieleStraatnaam", "address"),
        column("verblijfadres.huisnummer", "address"),
        column("verblijfadres.postcode", "address"),
        column("verblijfadres.woonplaats", "address"),
        column("datumVan", "date"),
        column("datumTot", "date"),
        column("geheimhoudingPersoonsgegevens", "code", label="Geheim adres"),
    ],
)
PASSPORTS = entity("reisdocumenten", {"burgerservicenummer": "subject.bsn"}, [column("reisdocumentnummer", "id"), column("soort", "code")])
SELF = entity(
    "persoon", {"burgerservicenummer": "subject.bsn"}, [column("gezag", "text", "mixed"), column("inOnderzoek"), column("geslacht", "code"),
    column("indicatieCurateleRegister", "code")]
)  # fmt: skip


def answers(server: Server, person: dict[str, Any] | None = None, stays: Any = STAYS, papers: Any = PAPERS) -> None:
    """A register with three APIs."""

    def reply(path: str, headers: dict[str, str], body: Any) -> Any:
        if path.endswith("/verblijfplaatshistorie"):
            return 200, JSON, json.dumps(stays).encode()
        if path.endswith("/reisdocumenten"):
            return 200, JSON, json.dumps({"type": body["type"], "reisdocumenten": papers}).encode()
        return persons(*([person] if person else []))

    server.reply = reply


def test_former_addresses_are_rows_and_make_the_subject_known(server: Server) -> None:
    """Each stay with its period; kept secret where the register says so."""
    answers(server)
    answer = collect(source("brp", server.url, HOMES))
    assert cells(answer, "verblijfadres.officieleStraatnaam") == ["Kerkstraat", "Dorpsweg"]
    assert cells(answer, "datumTot") == [None, date(2020, 1, 1)]
    known = connectors.learn(connectors.identify(BSN), [answer]).person
    assert [(home.street, home.secret, home.until) for home in known.addresses] == [
        ("Kerkstraat", True, None), ("Dorpsweg", True, date(2020, 1, 1)),
    ]  # fmt: skip
    assert server.asked[0][2]["type"] == "RaadpleegMetPeriode"


def test_travel_documents_come_and_those_of_another_are_refused(server: Server) -> None:
    """Whose they are is always asked with them."""
    answers(server)
    answer = collect(source("brp", server.url, PASSPORTS))
    assert (cells(answer, "soort"), "houder.burgerservicenummer" in server.asked[0][2]["fields"]) == (["Nationaal paspoort"], True)
    answers(server, papers=[*PAPERS, {"reisdocumentnummer": "ZX7654321", "houder": {"burgerservicenummer": OTHER}}])
    wrong = collect(source("brp", server.url, PASSPORTS))
    assert (wrong.coverage.status, wrong.collections, "ZX" in told(wrong)) == (Outcome.FAILED, (), False)


def test_one_of_the_three_that_fails_leaves_the_others(server: Server) -> None:
    """Partial, with the reason by name."""
    answers(server, {"burgerservicenummer": BSN, "geslacht": {"omschrijving": "vrouw"}}, stays={"fout": 1})
    answer = collect(source("brp", server.url, SELF, HOMES, PASSPORTS))
    assert (answer.coverage.status, cells(answer, "soort"), cells(answer, "geslacht")) == (
        Outcome.PARTIAL,
        ["Nationaal paspoort"],
        ["vrouw"],
    )
    assert any("bron.verblijfplaatshistorie" in alarm for alarm in answer.coverage.alarms)


CHILD = {"burgerservicenummer": OTHER, "naam": {"volledigeNaam": "Tim Berg"}, "leeftijd": 9}
MOTHER = {"burgerservicenummer": BSN, "naam": {"volledigeNaam": "Johanna Berg"}}


@pytest.mark.parametrize(
    ("gezag", "said"),
    [
        ({"type": "EenhoofdigOuderlijkGezag", "minderjarige": CHILD, "ouder": MOTHER},
         f"Eén ouder heeft het gezag over Tim Berg (9 jaar, burgerservicenummer {OTHER}): Johanna Berg (burgerservicenummer {BSN})."),
        ({"type": "GezamenlijkOuderlijkGezag", "minderjarige": CHILD, "ouders": [MOTHER, {"naam": {"volledigeNaam": "Jan Vis"}}], "inOnderzoek": True},
         f"Beide ouders hebben samen het gezag over Tim Berg (9 jaar, burgerservicenummer {OTHER}): Johanna Berg (burgerservicenummer {BSN}) en "
         "Jan Vis. Dit wordt onderzocht."),
        ({"type": "Voogdij", "minderjarige": {"burgerservicenummer": OTHER}, "derden": []},
         f"Een voogd heeft het gezag over burgerservicenummer {OTHER}: niet bekend wie."),
        ({"type": "TijdelijkGeenGezag", "minderjarige": {"naam": {"volledigeNaam": "Tim Berg"}}, "toelichting": "Beide ouders zijn overleden."},
         "Niemand heeft nu het gezag over Tim Berg. Beide ouders zijn overleden."),
    ],
)  # fmt: skip
def test_authority_is_told_in_plain_dutch(server: Server, gezag: dict[str, Any], said: str) -> None:
    """Who has it, over whom; names and numbers of others are for redaction to withhold."""
    answers(server, {"burgerservicenummer": BSN, "gezag": [gezag]})
    assert cells(collect(source("brp", server.url, SELF)), "gezag") == [said]


def test_what_is_under_investigation_is_told_in_one_place(server: Server) -> None:
    """Wherever in the answer it stands: of the person, of the address; and since when."""
    doubt = {"datumIngangOnderzoek": {"type": "Datum", "datum": "2026-05-04", "langFormaat": "4 mei 2026"}}
    answers(
        server,
        {"burgerservicenummer": BSN, "inOnderzoek": {"geslacht": True}, "verblijfplaats": {"inOnderzoek": {"datumVan": True, **doubt}},
         "indicatieCurateleRegister": True},
    )  # fmt: skip
    answer = collect(source("brp", server.url, SELF))
    assert cells(answer, "inOnderzoek") == ["geslacht\nVerblijfplaats: datum van (sinds 4 mei 2026)"]
    assert (cells(answer, "indicatieCurateleRegister"), [c.name for c in answer.collections[0].columns if "nderzoek" in c.name]) == (
        [True], ["inOnderzoek"],
    )  # fmt: skip


@pytest.mark.parametrize(("table", "file"), [("verblijfplaatshistorie", "historie"), ("reisdocumenten", "reisdocumenten")])
def test_questions_are_as_published(server: Server, standards: Path, table: str, file: str) -> None:
    """Held against the OpenAPI file of each."""
    answers(server)
    collect(source("brp", server.url, HOMES, PASSPORTS))
    api: OpenAPI = specification(standards / "brp" / f"openapi-{file}.yaml", server="http://localhost/api")
    (_, headers, body) = next(one for one in server.asked if one[0].endswith(f"/{table}"))
    api.validate_request(
        MockRequest(
            "http://localhost",
            "post",
            f"/api/{table}",
            data=json.dumps(body).encode(),
            headers=headers,
            content_type=headers["Content-Type"],
        )
    )


@pytest.fixture(scope="module")
def town() -> Iterator[tuple[Any, Recorder]]:
    """What the register of Voorbeeldstad tells of the resident of the story, and what passed on the way."""
    recorder = Recorder()

    def made(address: str) -> Any:
        app = application(register(people(2026)), "sleutel")
        app.middleware("http")(recorder)
        return app

    with serving(made, "brp") as address:
        asked = source("brp", address + ROOT, HOMES, PASSPORTS, options={"auth": {"api_key": "sleutel"}})
        yield connectors.collect(asked, asked.entities, connectors.identify(demo.RESIDENT.bsn), now=NOW), recorder


def test_voorbeeldstad_tells_stays_and_papers(town: tuple[Any, Recorder]) -> None:
    """The resident of the story: three stays and an identity card."""
    answer, _ = town
    assert answer.coverage.status is Outcome.FOUND
    assert cells(answer, "verblijfadres.officieleStraatnaam") == ["Anna Blamanstraat", "Kerkstraat", "Molenweg"]
    assert cells(answer, "soort") == ["Nederlandse identiteitskaart"]


def test_the_token_is_kept_until_it_ends_and_renewed_when_it_is_refused(server: Server) -> None:
    """Fetched once for three questions, with what its keeper asks for besides; a refusal later on asks for another, once."""
    tokens, refuse = iter(["een", "twee"]), iter([False, True, False, False, False, False])
    seen: list[str] = []

    def reply(path: str, headers: dict[str, str], body: Any) -> Any:
        if path == "/token":
            seen.append(body)
            return 200, JSON, b'{"access_token": "%s", "expires_in": 3600}' % next(tokens).encode()
        if next(refuse):
            return 401, JSON, b"{}"
        return (200, JSON, b'{"verblijfplaatsen": []}') if "historie" in path else (200, JSON, b'{"type": "x", "reisdocumenten": []}')

    server.reply = reply
    auth = {
        "token_url": f"{server.url}/token", "client_id": "wij", "client_secret": "st&il", "scope": "brp",
        "parameters": {"resourceServer": "ResourceServer02"}, "client_authentication": "basic",
    }  # fmt: skip
    answer = collect(source("brp", server.url, HOMES, PASSPORTS, options={"auth": auth}, timeout=timedelta(seconds=5)))
    assert answer.coverage.status is Outcome.NONE
    assert seen == ["grant_type=client_credentials&scope=brp&resourceServer=ResourceServer02"] * 2
    assert {h["Authorization"] for p, h, _ in server.asked if p == "/token"} == {"Basic d2lqOnN0JTI2aWw="}


def test_the_answers_of_voorbeeldstad_are_as_published(town: tuple[Any, Recorder], standards: Path) -> None:
    """Former addresses; the file stands on a server of its own, so its address is put in the place of ours."""
    _, recorder = town
    api = specification(standards / "brp" / "openapi-historie.yaml", server="http://localhost" + ROOT)
    assert list(mistakes(api, [one for one in recorder.kept if one.path.endswith("historie")])) == []
    papers = specification(standards / "brp" / "openapi-reisdocumenten.yaml", server="http://localhost/haalcentraal/api/reisdocumenten")
    assert list(mistakes(papers, [one for one in recorder.kept if one.path.endswith("reisdocumenten")])) == []
    assert len(recorder.kept) == 2

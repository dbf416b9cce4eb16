"""Chapter 20. Zaakgericht werken: from a person to every case with a role of theirs, and all that hangs from it, at every version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from starlette.responses import JSONResponse, Response

import connectors
from config.collection import Outcome
from config.person import Person, Subject
from tests.connectors.cases import CASE, CASES, CLIENT, hanging, register, register_source, stored
from tests.connectors.made import BSN, OTHER, cells, collect, column, told


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A register that nobody changes."""
    with register() as running:
        yield running


def rows(answer: Any, name: str) -> list[dict[str, Any]]:
    """The rows of one entity."""
    return [dict(row) for c in answer.collections if c.entity == name for row in c.rows.to_dict("records")]


def test_every_case_with_a_role_is_found_whatever_the_role(address: str) -> None:
    """As initiator in one, as co-applicant in another; the case of somebody else does not come."""
    answer = collect(register_source(address))
    assert cells(answer, "identificatie") == ["ZAAK-2024-1", "ZAAK-2025-7"]
    assert [match.score for match in answer.collections[0].matches] == [1.0, 1.0]
    assert answer.coverage.status is Outcome.FOUND


def test_types_are_told_by_name_and_secrecy_is_carried(address: str) -> None:
    """A case is a "Melding Wmo", not an address; so are its status and result."""
    first = rows(collect(register_source(address)), "zaken")[0]
    assert (first["zaaktype"], first["status"], first["resultaat"]) == ("Melding Wmo", "Besloten", "Toegekend")
    assert (first["vertrouwelijkheidaanduiding"], first["startdatum"]) == ("vertrouwelijk", date(2024, 3, 1))


@pytest.mark.parametrize(
    ("table", "name", "values"),
    [
        ("rollen", "omschrijving", ["Aanvrager", "Behandelaar", "Belanghebbende", "Aanvrager", "Medeaanvrager"]),
        ("rollen", "betrokkeneIdentificatie.geslachtsnaam", ["Berg", None, "Vreemd", "Vreemd", "Berg"]),
        ("rollen", "geslachtsnaam", ["Berg", None, "Vreemd", "Vreemd", "Berg"]),
        ("rollen", "roltype", ["Aanvrager", "Behandelaar", "Belanghebbende", "Aanvrager", "Medeaanvrager"]),
        ("statussen", "statustype.omschrijving", ["Ontvangen", "Besloten"]),
        ("statussen", "statustypeOmschrijving", ["Ontvangen", "Besloten"]),
        ("resultaten", "resultaattype", ["Toegekend"]),
        ("zaakeigenschappen", "waarde", ["3"]),
        ("zaakinformatieobjecten", "aardRelatieWeergave", ["Hoort bij, omgekeerd: kent"] * 2),
        ("besluiten", "besluittype", ["Toekenning Wmo"]),
        ("zaaknotities", "tekst", ["Mevrouw vroeg om hulp."]),
        ("klantcontacten", "toelichting", ["Belde terug."]),
        ("audittrail", "gebruikersWeergave", ["Wouter Kijker"]),
        ("documentaudittrail", "actie", ["retrieve"]),
        ("verzendingen", "contactpersoonnaam", ["Zorgbedrijf De Eik"]),
    ],
)
def test_all_that_hangs_from_a_case_comes(address: str, table: str, name: str, values: list[Any]) -> None:
    """By the key of the case, and as well by the subject alone; also where a column is spelled in another way."""
    by_key = collect(register_source(address, CASE, hanging(table, column(name))))
    assert [row[name] for row in rows(by_key, table)] == values
    alone = collect(register_source(address, hanging(table, column(name), match={"bsn": "subject.bsn"})))
    assert [row[name] for row in rows(alone, table)] == values


@pytest.mark.parametrize("key", ["url", "uuid", "identificatie"])
def test_a_case_is_followed_by_whatever_names_it(address: str, key: str) -> None:
    """Its address, its uuid or its number: what sources.yaml provides."""
    numbered = replace(CASE, provides={key: "key.zaak"})
    answer = collect(register_source(address, numbered, hanging("zaaknotities", column("tekst"), match={"gerelateerdAan": "key.zaak"})))
    assert cells(answer, "tekst") == ["Mevrouw vroeg om hulp."]


def test_only_the_own_role_where_it_is_matched_on_the_number_in_it(address: str) -> None:
    """A column of a role that holds the BSN decides row by row."""
    own = hanging("rollen", column("betrokkeneIdentificatie.inpBsn", "bsn"), match={"betrokkeneIdentificatie.inpBsn": "subject.bsn"})
    assert cells(collect(register_source(address, own)), "betrokkeneIdentificatie.inpBsn") == [BSN, BSN]


def test_a_case_is_found_by_a_number_of_another_source(address: str) -> None:
    """An A-number that the base register gave, or a case number in somebody else's table."""
    known = Subject(Person(bsn=BSN), keys={"elders.zaaknummer": ("ZAAK-2025-7",)})
    numbered = hanging("zaken", column("identificatie"), match={"identificatie": "elders.zaaknummer"})
    assert cells(collect(register_source(address, numbered), known), "identificatie") == ["ZAAK-2025-7"]
    cases = [{**CASES[2], "rollen": [{"rol": "Aanvrager", "wie": "zonder"}]}]
    by_number = hanging("zaken", column("identificatie"), match={"inpA_nummer": "brp.a_nummer"})
    with register(stored(cases)) as other:
        answer = collect(register_source(other, by_number), Subject(Person(bsn=BSN), keys={"brp.a_nummer": ("1234567890",)}))
    assert cells(answer, "identificatie") == ["ZAAK-2025-8"]


def test_documents_come_at_every_version_with_their_text(address: str) -> None:
    """Three versions of one, one of the other: each a row and a document."""
    paper = hanging("documenten", column("titel"), column("versie"), column("inhoud", "document", "mixed"), column("informatieobjecttype"))
    answer = collect(register_source(address, CASE, paper))
    found = answer.collections[1]
    assert [(d.title, d.pages[0]) for d in found.documents] == [
        ("Verslag (versie 3)", "Derde versie van het verslag."),
        ("Verslag (versie 2)", "Tweede versie."),
        ("Verslag (versie 1)", "Eerste versie van het verslag."),
        ("Beschikking", "U krijgt hulp."),
    ]
    assert cells(answer, "informatieobjecttype") == ["Verslag"] * 3 + ["Beschikking"]
    assert cells(answer, "inhoud") == [d.id for d in found.documents]
    assert (answer.coverage.documents, answer.coverage.status) == (4, Outcome.FOUND)


def test_a_file_in_base64_is_a_file(address: str) -> None:
    """Older versions of the standard hand it over within the record; what is no base64 is told as damaged."""

    async def inline(request: Any, answer: Any) -> Any:
        made = await answer(request)
        if "/enkelvoudiginformatieobjecten/" not in request.url.path:
            return made
        record = json.loads(b"".join([part async for part in made.body_iterator]))
        return JSONResponse({**record, "inhoud": "VSBrcmlqZ3QgaHVscC4=" if record["titel"] == "Verslag" else "geen base64!"})

    with register(change=inline) as running:
        answer = collect(register_source(running, CASE, hanging("documenten", column("titel"))))
    assert [d.pages or d.unreadable for d in answer.collections[1].documents] == [("U krijgt hulp.",)] * 3 + ["het bestand is beschadigd"]
    assert answer.coverage.status is Outcome.PARTIAL


def test_no_bsn_stands_in_an_address_also_on_further_pages() -> None:
    """The search is by POST; an address of a next page that repeats the question is stripped of it."""
    seen: list[str] = []
    cases = [{**CASES[1], "zaak": f"ZAAK-{number}"} for number in range(5)]

    async def pages(request: Any, answer: Any) -> Any:
        seen.append(str(request.url))
        if request.url.path.endswith("_zoek"):
            number = int(request.query_params.get("page", 1))
            request.scope["query_string"] = f"page={number}&pageSize=2".encode()
            made = await answer(request)
            body = json.loads(b"".join([part async for part in made.body_iterator]))
            if body["next"]:
                body["next"] += f"&rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn={BSN}"
            return JSONResponse(body)
        return await answer(request)

    with register(stored(cases), pages) as running:
        answer = collect(register_source(running))
    assert len(cells(answer, "identificatie")) == 5
    assert [url for url in seen if BSN in url] == []


def test_a_server_that_does_not_know_the_question_gives_nobody_elses_case() -> None:
    """It answers with every case there is: what has no role of the subject is left out, and told."""

    async def everything(request: Any, answer: Any) -> Any:
        if request.url.path.endswith("_zoek"):
            request._body = b"{}"
        return await answer(request)

    with register(change=everything) as running:
        found = collect(register_source(running, CASE, hanging("zaaknotities", column("tekst"))))
        report = connectors.check(register_source(running))
    assert cells(found, "identificatie") == ["ZAAK-2024-1", "ZAAK-2025-7"]
    assert (found.coverage.status, "Vreemd" in str(cells(found, "tekst"))) == (Outcome.PARTIAL, False)
    assert any("nothing in them is the subject's" in alarm for alarm in found.coverage.alarms)
    assert any("a BSN that nobody has" in line for line in report.drift)


def test_what_hangs_from_another_case_does_not_come() -> None:
    """A list that is given whole, whatever case was asked: only what points back to the case is taken."""

    async def everything(request: Any, answer: Any) -> Any:
        if request.url.path.endswith("/zaaknotities"):
            request.scope["query_string"] = b""
        return await answer(request)

    with register(change=everything) as running:
        answer = collect(register_source(running, CASE, hanging("zaaknotities", column("tekst"))))
    assert (cells(answer, "tekst"), answer.coverage.status) == (["Mevrouw vroeg om hulp."], Outcome.PARTIAL)


def test_a_register_without_earlier_versions_says_so() -> None:
    """It gives the latest whatever is asked: one row, one document, and the others counted as lacking."""

    async def latest(request: Any, answer: Any) -> Any:
        if "/enkelvoudiginformatieobjecten/" in request.url.path and not request.url.path.endswith("/download"):
            request.scope["query_string"] = b""
        return await answer(request)

    with register(change=latest) as running:
        answer = collect(register_source(running, CASE, hanging("documenten", column("versie"))))
    assert cells(answer, "versie") == [3, 1]
    assert (answer.coverage.status, any("2 records are referred to" in alarm for alarm in answer.coverage.alarms)) == (
        Outcome.PARTIAL,
        True,
    )


def test_a_file_that_is_sent_on_to_another_host_is_told_in_its_place() -> None:
    """The rest comes."""
    sent = {"Location": "https://opslag.example/bestand"}

    async def away(request: Any, answer: Any) -> Any:
        return Response(b"", 302, sent) if request.url.path.endswith("/download") else await answer(request)

    with register(change=away) as running:
        answer = collect(register_source(running, CASE, hanging("documenten", column("titel"))))
    assert {d.unreadable for d in answer.collections[1].documents} == {"het systeem gaf het bestand niet"}
    assert answer.coverage.status is Outcome.PARTIAL


def refusing(*paths: str, status: int = 403) -> Any:
    """Puts a refusal before some addresses."""

    async def refuse(request: Any, answer: Any) -> Any:
        if any(path in request.url.path for path in paths):
            return Response(b'{"detail": "Berg"}', status, media_type="application/problem+json")
        return await answer(request)

    return refuse


@pytest.mark.parametrize("path", ["/zaaknotities", "/audittrail", "/besluiten/api", "/enkelvoudiginformatieobjecten", "/rollen"])
def test_what_may_not_be_read_makes_the_answer_partial(path: str) -> None:
    """The rest goes on; the administrator reads which."""
    entities = [hanging(name) for name in ("zaaknotities", "audittrail", "besluiten", "documenten", "rollen")]
    with register(change=refusing(path)) as running:
        answer = collect(register_source(running, CASE, *entities))
    assert answer.coverage.status is Outcome.PARTIAL
    assert cells(answer, "identificatie")
    assert any("HTTP 403" in alarm or "authorisation" in alarm for alarm in answer.coverage.alarms)
    assert "Berg" not in told(answer)


def test_a_refused_file_is_told_in_its_place() -> None:
    """The record is there, its content not: counted, never dropped."""
    with register(change=refusing("/download")) as running:
        answer = collect(register_source(running, CASE, hanging("documenten", column("titel"))))
    assert [d.unreadable for d in answer.collections[1].documents] == ["wij mochten het bestand niet openen"] * 4
    assert (answer.coverage.status, "4 bestanden konden wij niet lezen" in answer.coverage.message) == (Outcome.PARTIAL, True)


@pytest.mark.parametrize("status", [403, 404, 500])
def test_types_without_a_name_are_told_and_the_search_was_whole(status: int) -> None:
    """The Catalogi API may be closed to us: then the address stands in place of the name."""
    with register(change=refusing("/catalogi/", status=status)) as running:
        answer = collect(register_source(running))
    assert all(str(cell).startswith("http") for cell in cells(answer, "zaaktype"))
    assert (answer.coverage.status, any("have no name" in alarm for alarm in answer.coverage.alarms)) == (Outcome.FOUND, True)


LIMITED = ({"client": CLIENT, "label": "Inzage", "tot": "zaakvertrouwelijk", "zaaktypen": ["Bezwaar"]},)


def test_an_authorisation_that_does_not_cover_all_is_never_nothing_found() -> None:
    """A list that leaves out what we may not see looks like an empty one: the Autorisaties API tells how much that is."""
    stranger = Subject(Person(bsn="999990408"))
    with register(stored(rights=LIMITED)) as running:
        answer = collect(register_source(running), stranger)
        found = collect(register_source(running))
    assert (answer.coverage.status, answer.coverage.records) == (Outcome.PARTIAL, 0)
    assert any("covers 1 of 2 zaaktypen, for some up to zaakvertrouwelijk only" in alarm for alarm in answer.coverage.alarms)
    assert (cells(found, "identificatie"), found.coverage.status) == (["ZAAK-2025-7"], Outcome.PARTIAL)


def test_an_authorisation_that_cannot_be_read_is_told() -> None:
    """Nobody knows then what it covers: a person must confirm it."""
    with register(change=refusing("/autorisaties/")) as running:
        answer = collect(register_source(running))
        report = connectors.check(register_source(running))
    assert any("what its authorisation covers could not be read" in alarm for alarm in answer.coverage.alarms)
    assert any("autorisaties.lezen" in line for line in report.drift)


def test_a_document_on_another_host_is_not_fetched() -> None:
    """Our token is for the hosts of sources.yaml; `options` can name another."""

    async def elsewhere(request: Any, answer: Any) -> Any:
        made = await answer(request)
        if not request.url.path.endswith("/zaakinformatieobjecten"):
            return made
        body = b"".join([part async for part in made.body_iterator])
        return Response(
            body.replace(request.url.netloc.encode() + b"/documenten", b"elders.example/documenten"), media_type="application/json"
        )

    with register(change=elsewhere) as running:
        answer = collect(register_source(running, CASE, hanging("documenten")))
    assert answer.coverage.status is Outcome.PARTIAL
    assert any("points to another host" in alarm for alarm in answer.coverage.alarms)


def test_the_token_says_who_asks_and_for_how_long(address: str) -> None:
    """Signed with HS256, and an old one would be refused."""
    wrong = register_source(address, options={"auth": {"client_id": CLIENT, "secret": "ander"}})
    assert collect(wrong).coverage.status is Outcome.FAILED
    assert "geen toegang" in collect(wrong).coverage.message


@pytest.mark.parametrize("connection", ["", "/", "/zaken/api/v1", "/zaken/api/v1/"])
def test_the_connection_is_the_address_of_one_api_or_of_all(address: str, connection: str) -> None:
    """The others are found beside it."""
    asked = register_source(address, CASE, hanging("besluiten", column("toelichting")))
    there = replace(asked, connection=address + connection)
    assert cells(collect(there), "toelichting") == ["Drie uur per week"]


def test_an_unknown_table_or_column_is_told(address: str) -> None:
    """With what would be right."""
    answer = collect(register_source(address, hanging("facturen", match={"bsn": "subject.bsn"})))
    assert any("there is no table facturen" in alarm for alarm in answer.coverage.alarms)
    odd = collect(register_source(address, hanging("zaken", column("identificatie"), column("kleur"), match={"bsn": "subject.bsn"})))
    assert (odd.coverage.status, any("kleur is in sources.yaml" in alarm for alarm in odd.coverage.alarms)) == (Outcome.PARTIAL, True)


def test_it_cannot_be_searched_by_name(address: str) -> None:
    """The standard has no such question: not asked is not nothing held."""
    named = hanging("zaken", column("identificatie"), match={"naam": "subject.name"})
    assert collect(register_source(address, named)).coverage.status is Outcome.FAILED


def test_an_emptied_register_is_not_nothing_held(address: str) -> None:
    """`minimum_rows` is compared with what the list says it holds."""
    few = replace(CASE, minimum_rows=50)
    answer = collect(register_source(address, few))
    assert (answer.coverage.status, any("below its minimum of 50" in alarm for alarm in answer.coverage.alarms)) == (Outcome.PARTIAL, True)


def test_check_tells_what_is_there(address: str) -> None:
    """Reachable, authorised, counted, without asking for anybody."""
    report = connectors.check(register_source(address, CASE, hanging("rollen", column("omschrijving"), column("kleur"))))
    assert (report.reachable, report.authorised, report.rows) == (True, True, {"zaken": 3, "rollen": 6})
    assert [line for line in report.drift if "kleur" in line]
    gone = connectors.check(register_source("http://127.0.0.1:9"))
    assert (gone.reachable, gone.authorised) == (False, False)


def test_another_persons_role_does_not_come_as_the_subjects_own(address: str) -> None:
    """A column of party subject that holds another's BSN: the row is left out, and told."""
    wrong = hanging("rollen", column("betrokkeneIdentificatie.inpBsn", "bsn", "subject"))
    answer = collect(register_source(address, CASE, wrong))
    assert OTHER not in cells(answer, "betrokkeneIdentificatie.inpBsn")
    assert any("carry the BSN of another" in alarm for alarm in answer.coverage.alarms)

"""Chapter 23. Contacts with residents: of the subject, about the subject, and all that each led to; nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import Response

import connectors
from config.collection import Outcome
from config.person import Person, Subject
from tests.connectors.contacts import CONTACT, PARTY, contacts_source, hanging, register, stored
from tests.connectors.made import BSN, cells, collect, column, told
from tests.connectors.specified import Recorder, mistakes, specification


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server that nobody changes."""
    with register() as running:
        yield running


def test_contacts_of_and_about_the_subject_are_found(address: str) -> None:
    """One in which she was, one that a neighbour had about her; the neighbour's own stay away."""
    answer = collect(contacts_source(address))
    assert cells(answer, "inhoud") == ["Mevrouw vroeg om hulp.", "De buurvrouw maakt zich zorgen."]
    assert cells(answer, "plaatsgevondenOp")[0].isoformat() == "2024-03-01T10:00:00"
    assert answer.coverage.status is Outcome.FOUND


def test_the_party_is_the_one_with_the_number(address: str) -> None:
    """And what it provides is followed."""
    answer = collect(contacts_source(address, PARTY, hanging("klantcontacten", column("nummer"), match={"partij": "key.partij"})))
    assert cells(answer, "partijIdentificatie.contactnaam.achternaam") == ["Berg"]
    assert list(answer.collections[1].rows["nummer"]) == ["0000000001"]


@pytest.mark.parametrize(
    ("table", "name", "values"),
    [
        ("betrokkenen", "contactnaam.achternaam", ["Berg", "Mee", "Vreemd"]),
        ("betrokkenen", "rol", ["klant", "vertegenwoordiger", "klant"]),
        ("internetaken", "gevraagdeHandeling", ["Terugbellen"]),
        ("internetaken", "toegewezenAanActor", ["Wouter Kijker"]),
        ("bijlagen", "bijlageidentificator.objectId", ["11111111-1111-4111-8111-111111111111"]),
        ("actorklantcontacten", "actor", ["Wouter Kijker"]),
        ("actoren", "actor.naam", ["Wouter Kijker"]),
        ("onderwerpobjecten", "onderwerpobjectidentificator.objectId", [BSN]),
    ],
)
def test_all_that_hangs_from_a_contact_comes(address: str, table: str, name: str, values: list[str]) -> None:
    """By its key, and as well by the subject alone."""
    by_key = collect(contacts_source(address, CONTACT, hanging(table, column(name))))
    assert [cell for c in by_key.collections if c.entity == table for cell in c.rows[name]] == values
    assert cells(collect(contacts_source(address, hanging(table, column(name), match={"bsn": "subject.bsn"}))), name) == values


def test_digital_addresses_are_those_of_the_party_and_those_given_in_a_contact(address: str) -> None:
    """Not those of whoever else was there."""
    asked = hanging("digitaleadressen", column("adres"), match={"verstrektDoorPartij__partijIdentificator__objectId": "subject.bsn"})
    assert cells(collect(contacts_source(address, asked)), "adres") == ["joke@voorbeeld.example", "0612345678", "0687654321"]


def test_only_the_own_place_in_a_contact_where_it_is_matched_on_the_party(address: str) -> None:
    """`wasPartij` is whose place it is."""
    own = hanging("betrokkenen", column("volledigeNaam"), match={"wasPartij": "key.partij"})
    assert cells(collect(contacts_source(address, PARTY, own)), "volledigeNaam") == ["Johanna van der Berg"]


def test_contacts_about_a_case_of_another_source_are_followed(address: str) -> None:
    """By the uuid in its address."""
    known = Subject(Person(bsn="999990408"), keys={"zgw.zaak": ("http://elders/zaken/22222222-2222-4222-8222-222222222222",)})
    about = hanging("klantcontacten", column("inhoud"), match={"onderwerpobjectidentificator.objectId": "zgw.zaak"})
    assert cells(collect(contacts_source(address, about), known), "inhoud") == ["Over een ander."]


def test_a_stranger_has_nothing(address: str) -> None:
    """`none`, after a whole search."""
    answer = collect(contacts_source(address, PARTY, CONTACT), Subject(Person(bsn="999990408")))
    assert (answer.coverage.status, answer.collections) == (Outcome.NONE, ())


def test_a_server_that_does_not_know_the_question_gives_nobody_elses_contact() -> None:
    """What it gives without being asked is left out, and told."""

    async def everything(request: Any, answer: Any) -> Any:
        request.scope["query_string"] = b""
        return await answer(request)

    with register(change=everything) as running:
        found = collect(contacts_source(running, PARTY, CONTACT, hanging("internetaken", column("toelichting")), hanging("betrokkenen")))
    assert cells(found, "inhoud") == ["Mevrouw vroeg om hulp.", "De buurvrouw maakt zich zorgen."]
    assert found.coverage.status is Outcome.PARTIAL
    assert any("nothing in them is the subject's" in alarm for alarm in found.coverage.alarms)


def test_a_party_with_two_numbers_is_nobodys() -> None:
    """One register entry that two people share is not taken for either."""
    kept = stored()
    double = {
        **kept["partijen"][0]["partijIdentificatoren"][0],
        "partijIdentificator": {"codeSoortObjectId": "bsn", "objectId": "999990408"},
    }
    kept["partijen"][0]["partijIdentificatoren"].append(double)
    with register(kept) as running:
        answer = collect(contacts_source(running, PARTY))
    assert (answer.coverage.status, answer.collections) == (Outcome.PARTIAL, ())


def test_what_may_not_be_read_makes_the_answer_partial() -> None:
    """The rest goes on."""

    async def refuse(request: Any, answer: Any) -> Any:
        if "/internetaken" in request.url.path:
            return Response(b'{"detail": "Berg"}', 403, media_type="application/problem+json")
        return await answer(request)

    with register(change=refuse) as running:
        answer = collect(contacts_source(running, CONTACT, hanging("internetaken")))
    assert (answer.coverage.status, "Berg" in told(answer)) == (Outcome.PARTIAL, False)


def test_check_counts_and_asks_for_nobody(address: str) -> None:
    """Reachable, authorised, filled."""
    report = connectors.check(contacts_source(address, PARTY, CONTACT, hanging("bijlagen", column("kleur"))))
    assert (report.reachable, report.authorised, report.rows) == (True, True, {"partijen": 2, "klantcontacten": 3, "bijlagen": 1})
    assert [line for line in report.drift if "kleur" in line]
    assert connectors.check(contacts_source(address, options={"auth": {"token": "ander"}})).authorised is False


def test_questions_and_answers_are_as_published(standards: Path) -> None:
    """Every table, held against the OpenAPI file."""
    recorder = Recorder()
    tables = ("betrokkenen", "internetaken", "bijlagen", "actorklantcontacten", "onderwerpobjecten", "digitaleadressen", "vertegenwoordigingen",
              "categorierelaties", "rekeningnummers", "partijidentificatoren")  # fmt: skip
    with register(change=recorder) as running:
        asked = contacts_source(running, PARTY, CONTACT, *(hanging(name, match={"bsn": "subject.bsn"}) for name in tables))
        assert collect(asked).coverage.status is Outcome.FOUND
        connectors.check(asked)
    api = specification(standards / "klantinteracties" / "openapi-klantinteracties.yaml")
    assert list(mistakes(api, recorder.kept, "/klantinteracties/api/v1")) == []
    assert len(recorder.kept) > 20

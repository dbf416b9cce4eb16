"""Chapter 12. A broker that speaks StUF-BG: one question by BSN, what is not filled and why, and every way in which it may fail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import connectors
from config.collection import Answer, Outcome
from tests.connectors.made import BSN, OTHER, cells, collect, column, entity, source, told
from tests.connectors.soap import XML, Reply, SoapServer, nobody_listening, serving

NS = {
    "bg": "http://www.egem.nl/StUF/sector/bg/0310",
    "StUF": "http://www.egem.nl/StUF/StUF0301",
    "soapenv": "http://schemas.xmlsoap.org/soap/envelope/",
}
COLUMNS = [
    column("inp.bsn", "bsn"),
    column("geslachtsnaam", "name"),
    column("geboortedatum", "date"),
    column("verblijfsadres.aoa.postcode", "address"),
]
MATCH = {"inp.bsn": "subject.bsn"}


@pytest.fixture
def broker() -> Iterator[SoapServer]:
    with serving() as server:
        yield server


def envelope(content: str) -> Reply:
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in NS.items())
    whole = f'<soapenv:Envelope {spaces} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>{content}</soapenv:Body></soapenv:Envelope>'
    return 200, XML, whole.encode()


def answer(*objects: str, more: bool = False) -> Reply:
    parameters = f"<bg:parameters><StUF:indicatorVervolgvraag>{str(more).lower()}</StUF:indicatorVervolgvraag></bg:parameters>"
    found = f"<bg:antwoord>{''.join(objects)}</bg:antwoord>" if objects else ""
    return envelope(
        f"<bg:npsLa01><bg:stuurgegevens><StUF:berichtcode>La01</StUF:berichtcode></bg:stuurgegevens>{parameters}{found}</bg:npsLa01>"
    )


def person(bsn: str = BSN, inside: str = "", family: str = "Berg") -> str:
    number = f"<bg:inp.bsn>{bsn}</bg:inp.bsn>" if bsn else ""
    address = "<bg:verblijfsadres><bg:aoa.postcode>1234AB</bg:aoa.postcode></bg:verblijfsadres>"
    return f'<bg:object StUF:entiteittype="NPS">{number}<bg:geslachtsnaam>{family}</bg:geslachtsnaam><bg:geboortedatum>19800309</bg:geboortedatum>{address}{inside}</bg:object>'


def fault(
    code: str = "StUF058", place: str = "server", words: str = "Proces voor afhandelen bericht geeft fout", status: int = 500
) -> Reply:
    body = f"<StUF:body><StUF:code>{code}</StUF:code><StUF:plek>{place}</StUF:plek><StUF:omschrijving>{words}</StUF:omschrijving><StUF:details>{BSN} bestaat niet</StUF:details></StUF:body>"
    detail = f"<detail><StUF:Fo02Bericht><StUF:stuurgegevens><StUF:berichtcode>Fo02</StUF:berichtcode></StUF:stuurgegevens>{body}</StUF:Fo02Bericht></detail>"
    _, headers, whole = envelope(
        f"<soapenv:Fault><faultcode>soapenv:Server</faultcode><faultstring>{words}</faultstring>{detail}</soapenv:Fault>"
    )
    return status, headers, whole


def asked(broker: SoapServer, columns: list[Any] = COLUMNS, table: str = "persoon", reply: Reply | None = None, **more: Any) -> Answer:
    if reply is not None:
        broker.reply = lambda path, body: reply
    return collect(source("stufbg", broker.url, entity("een", more.pop("match", MATCH), columns, table=table), **more))


# The question.


def _leaves(element: Any) -> list[str]:
    return [etree.QName(e).localname for e in element.iter() if isinstance(e.tag, str) and not len(e)]


def test_the_question_is_the_published_one(broker: SoapServer, standards: Path) -> None:
    """The same elements in the same order as the published request, when the same is asked."""
    template = re.sub(r"\{%.*?%\}", "", (standards / "stuf-bg" / "examples" / "StufBgRequest.xml").read_text(encoding="utf-8")).replace(
        "{{ bsn }}", BSN
    )
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in {**NS, "xsi": "x"}.items())
    published = etree.fromstring(f"<root {spaces}>{template}</root>")[0]
    names = _leaves(published.find(".//{*}scope"))
    columns = [column(name) for name in names if name not in {"voornamenAanschrijving", "geslachtsnaamAanschrijving"}]
    related = [column(name, party="relative") for name in ("inp.bsn", "voornamenAanschrijving", "geslachtsnaamAanschrijving")]
    children = [column(name, party="relative") for name in ("inp.bsn", "geslachtsnaam", "voorvoegselGeslachtsnaam", "voornamen")]
    broker.reply = lambda path, body: answer(person())
    entities = [
        entity(name, MATCH, wanted, table=name) for name, wanted in (("persoon", columns), ("partners", related), ("kinderen", children))
    ]
    collect(source("stufbg", broker.url, *entities))
    sent = etree.fromstring(broker.asked[0][2]).find(".//{*}npsLv01")
    assert [etree.QName(e).localname for e in sent] == [etree.QName(e).localname for e in published if isinstance(e.tag, str)]
    for part in ("parameters", "gelijk"):
        mine, theirs = ([etree.QName(e).localname for e in whole.find(f".//{{*}}{part}")] for whole in (sent, published))
        assert mine == theirs
    assert _leaves(sent.find(".//{*}scope")) == names
    assert sent.find(".//{*}scope/{*}object").attrib == published.find(".//{*}scope/{*}object").attrib


def test_the_question_goes_out_once_and_names_who_asks(broker: SoapServer) -> None:
    """One question for all entities; the BSN stands in the body alone; sender and receiver come from options."""
    broker.reply = lambda path, body: answer(person())
    parties = {"zender": {"organisatie": "Voorbeeldstad", "applicatie": "Inzage"}, "ontvanger": {"applicatie": "Makelaar"}}
    collect(source("stufbg", broker.url, *(entity(name, MATCH, COLUMNS, table="persoon") for name in ("een", "twee")), options=parties))
    ((path, headers, body),) = broker.asked
    assert (path, headers["SOAPAction"]) == ("/dienst", '"http://www.egem.nl/StUF/sector/bg/0310/npsLv01"')
    assert BSN not in str(headers)
    assert re.findall(rb"<StUF:(?:organisatie|applicatie)>(\w+)<", body) == [b"Voorbeeldstad", b"Inzage", b"Makelaar"]


@pytest.mark.parametrize(
    ("auth", "header", "found"),
    [
        ({"username": "inzage", "password": "geheim"}, "Authorization", "Basic "),
        ({"token": "abc"}, "Authorization", "Bearer abc"),
        ({"api_key": "k"}, "X-API-KEY", "k"),
    ],
)
def test_who_asks_is_known_by_what_auth_says(broker: SoapServer, auth: dict[str, str], header: str, found: str) -> None:
    """A name and password, a token, a key."""
    asked(broker, reply=answer(person()), options={"auth": auth})
    assert broker.asked[0][1][header].startswith(found)


def test_a_user_token_goes_in_the_envelope(broker: SoapServer) -> None:
    """WS-Security, with the time it is good for."""
    asked(broker, reply=answer(person()), options={"auth": {"wss_username": "inzage", "wss_password": "a<b"}})
    token = etree.fromstring(broker.asked[0][2]).find(".//{*}UsernameToken")
    assert [e.text for e in token] == ["inzage", "a<b"]


def test_soap_1_2_is_spoken_where_options_say_so(broker: SoapServer) -> None:
    """Another namespace and content type."""
    asked(broker, reply=answer(person()), options={"soap": "1.2"})
    assert b"http://www.w3.org/2003/05/soap-envelope" in broker.asked[0][2]
    assert broker.asked[0][1]["Content-Type"].startswith("application/soap+xml")


# The answer.


def test_the_person_comes_as_configured(broker: SoapServer) -> None:
    """A date as a date, an address by its path."""
    found = asked(broker, reply=answer(person()))
    assert found.coverage.status is Outcome.FOUND
    assert [cells(found, c.name) for c in COLUMNS] == [[BSN], ["Berg"], [date(1980, 3, 9)], ["1234AB"]]
    assert found.collections[0].reference


@pytest.mark.parametrize(
    "name", ["StufBgResponse", "StufBgResponseWithVoorvoegsel", "StufBgResponseOnvolledigeDatum", "StufBgResponseGemeenteVanInschrijving"]
)
def test_the_published_answers_are_read(broker: SoapServer, standards: Path, name: str) -> None:
    """The person of each example, by its number."""
    data = (standards / "stuf-bg" / "examples" / f"{name}.xml").read_bytes().replace(b"999992314", BSN.encode())
    found = asked(broker, reply=(200, XML, data))
    assert cells(found, "geslachtsnaam") == ["Maykin"]


def test_the_published_families_are_read(broker: SoapServer, standards: Path) -> None:
    """Children and partners, a row each; for want of a number in the answer, a person looks."""
    data = (standards / "stuf-bg" / "examples" / "stuf_bg_family_members.xml").read_bytes()
    wanted = [column("voornamen", "name", "relative"), column("gerelateerde.inp.bsn", "bsn", "relative")]
    broker.reply = lambda path, body: (200, XML, data)
    found = collect(source("stufbg", broker.url, *(entity(name, MATCH, wanted, table=name) for name in ("kinderen", "partners"))))
    assert cells(found, "voornamen") == ["Bolly", "Billy", "Belly", "Bully"]
    assert {m.score for c in found.collections for m in c.matches} == {0.5}


@pytest.mark.parametrize("name", ["StufBgNoObjectResponse", "StufBgNoAnswerResponse", "StufBgNotFoundResponse"])
def test_the_published_ways_to_say_nobody_are_none(broker: SoapServer, standards: Path, name: str) -> None:
    """No answer element, an empty person, a fault that says so."""
    data = (standards / "stuf-bg" / "examples" / f"{name}.xml").read_bytes()
    found = asked(broker, reply=(500 if "NotFound" in name else 200, XML, data))
    assert (found.coverage.status, found.coverage.alarms) == (Outcome.NONE, ())


def test_the_published_refusal_of_a_gateway_is_no_answer(broker: SoapServer, standards: Path) -> None:
    """`Policy Falsified`: refused, not nobody."""
    data = (standards / "stuf-bg" / "examples" / "StufBgErrorResponse.xml").read_bytes()
    found = asked(broker, reply=(500, XML, data))
    assert (found.coverage.status, found.coverage.message[:36]) == (Outcome.FAILED, "Dit systeem gaf ons geen toegang, du")


NIL = '<bg:{name} xsi:nil="true" StUF:noValue="{why}"/>'


def test_what_is_not_filled_says_why(broker: SoapServer) -> None:
    """Nothing in a name, words where the column is words, and all of it in `noValue`."""
    lacks = "".join(
        NIL.format(name=name, why=why)
        for name, why in (
            ("voorvoegselGeslachtsnaam", "geenWaarde"),
            ("aanhefAanschrijving", "waardeOnbekend"),
            ("sub.url", "nietOndersteund"),
        )
    )
    columns = [*COLUMNS, column("voorvoegselGeslachtsnaam", "name"), column("aanhefAanschrijving", "text"), column("noValue", "text")]
    found = asked(broker, columns, reply=answer(person(inside=lacks)))
    assert cells(found, "voorvoegselGeslachtsnaam") == [None]
    assert cells(found, "aanhefAanschrijving") == ["de waarde is niet bekend"]
    assert cells(found, "noValue")[0].startswith(
        "voorvoegselGeslachtsnaam: er is geen waarde; aanhefAanschrijving: de waarde is niet bekend"
    )
    assert found.coverage.status is Outcome.FOUND


def test_what_is_kept_from_us_makes_the_search_partial(broker: SoapServer) -> None:
    """An authorisation that does not cover it must not look like nothing held."""
    lacks = NIL.format(name="overlijdensdatum", why="nietGeautoriseerd")
    found = asked(broker, [*COLUMNS, column("overlijdensdatum", "date")], reply=answer(person(inside=lacks)))
    assert found.coverage.status is Outcome.PARTIAL
    assert any("element overlijdensdatum is kept from us" in alarm for alarm in found.coverage.alarms)


@pytest.mark.parametrize(
    ("mark", "written", "value"),
    [
        ("V", "19600701", date(1960, 7, 1)),
        ("D", "19600701", "1960-07"),
        ("M", "19600701", "1960"),
        ("J", "19600701", None),
        ("", "19600000", "1960"),
        ("", "19601399", "19601399"),
    ],
)
def test_a_date_is_told_as_far_as_it_is_known(broker: SoapServer, mark: str, written: str, value: Any) -> None:
    """By its mark of incompleteness, or by its zeros."""
    said = f' StUF:indOnvolledigeDatum="{mark}"' if mark else ""
    whole = person().replace("<bg:geboortedatum>19800309", f"<bg:geboortedatum{said}>{written}")
    assert cells(asked(broker, reply=answer(whole)), "geboortedatum") == [value]


def test_in_inquiry_is_told_with_what_it_is_about(broker: SoapServer) -> None:
    """Each group that is in inquiry."""
    inquiry = (
        '<bg:inOnderzoek groepsnaam="Verblijfplaats">J</bg:inOnderzoek><bg:inOnderzoek groepsnaam="Persoonsgegevens">J</bg:inOnderzoek>'
    )
    found = asked(broker, [*COLUMNS, column("inOnderzoek")], reply=answer(person(inside=inquiry)))
    assert cells(found, "inOnderzoek") == ["J Verblijfplaats\nJ Persoonsgegevens"]


def test_what_is_delivered_unasked_is_withheld_and_told(broker: SoapServer) -> None:
    """A new element of the person becomes a column without a class; a related person stays in a table apart."""
    child = "<bg:inp.heeftAlsKinderen><bg:gerelateerde><bg:inp.bsn>999990044</bg:inp.bsn></bg:gerelateerde></bg:inp.heeftAlsKinderen>"
    found = asked(broker, reply=answer(person(inside=f"<bg:lengte>184</bg:lengte>{child}")))
    assert any("column lengte is not in sources.yaml" in alarm for alarm in found.coverage.alarms)
    assert "999990044" not in str([c.rows.to_dict("list") for c in found.collections])


def test_a_question_that_follows_goes_on_where_the_answer_stopped(broker: SoapServer) -> None:
    """`indicatorVervolgvraag`: asked again from the last person; one who keeps saying so is not believed."""
    replies = [answer(person(), more=True), answer()]
    broker.reply = lambda path, body: replies[min(len(broker.asked), 2) - 1]
    assert asked(broker).coverage.status is Outcome.FOUND
    second = etree.fromstring(broker.asked[1][2])
    assert (second.findtext(".//{*}indicatorVervolgvraag"), second.findtext(".//{*}start/{*}inp.bsn")) == ("true", BSN)
    assert asked(broker, reply=answer(more=True)).coverage.status is Outcome.FAILED


@pytest.mark.parametrize("objects", [[person(OTHER)], [person(), person(OTHER)], [person(), person()]])
def test_another_person_is_refused(broker: SoapServer, objects: list[str]) -> None:
    """All of the answer, whoever else is in it."""
    found = asked(broker, reply=answer(*objects))
    assert (found.coverage.status, found.collections) == (Outcome.FAILED, ())


def test_two_people_of_one_name_and_birth_date_are_two(broker: SoapServer) -> None:
    """The number decides."""
    assert asked(broker, reply=answer(person(OTHER))).collections == ()


def test_it_is_asked_by_number_alone(broker: SoapServer) -> None:
    """A match on a name is not asked, and says so."""
    found = asked(broker, reply=answer(person()), match={"geslachtsnaam": "subject.name"})
    assert (found.coverage.status, found.collections) == (Outcome.FAILED, ())


# Every way in which it may fail.


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (fault(), "Dit systeem gaf geen antwoord"), (fault("StUF013", words="Niet geautoriseerd"), "Dit systeem gaf ons geen toegang"),
        (fault("StUF055", "client"), "Wij konden dit systeem niet goed lezen"), ((401, XML, b""), "Dit systeem gaf ons geen toegang"),
        ((403, {}, b"nee"), "Dit systeem gaf ons geen toegang"), ((500, {}, b"stuk"), "Dit systeem gaf geen antwoord"), ((503, XML, b""), "Dit systeem gaf geen antwoord"),
        ((429, {"Retry-After": "1"}, b""), "Dit systeem gaf geen antwoord"), ((302, {"Location": "http://127.0.0.1:9/"}, b""), "Wij konden dit systeem niet goed lezen"),
        ((404, {}, b""), "Wij konden dit systeem niet goed lezen"), ((200, XML, answer(person())[2][:-40]), "Wij konden dit systeem niet goed lezen"),
        ((200, {"Content-Type": "application/json"}, b"{}"), "Wij konden dit systeem niet goed lezen"), ((200, XML, b"<html/>"), "Wij konden dit systeem niet goed lezen"),
        ((200, XML, b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "Wij konden dit systeem niet goed lezen"), (envelope("<bg:npsLk01/>"), "Wij konden dit systeem niet goed lezen"),
        (envelope(""), "Wij konden dit systeem niet goed lezen"), (envelope("<StUF:Fo02Bericht><StUF:body><StUF:code>StUF013</StUF:code></StUF:body></StUF:Fo02Bericht>"), "Dit systeem gaf ons geen toegang"),
    ],
)  # fmt: skip
def test_no_answer_is_never_no_data(broker: SoapServer, reply: Reply, why: str) -> None:
    """Each failure is told for what it is, and no value gets out of it."""
    found = asked(broker, reply=reply)
    assert (found.coverage.status, found.collections) == (Outcome.FAILED, ())
    assert found.coverage.message.startswith(why)
    assert BSN not in told(found)


def test_a_redirect_is_not_followed(broker: SoapServer) -> None:
    """The question holds a BSN: it goes nowhere else."""
    with serving() as elsewhere:
        asked(broker, reply=(307, {"Location": elsewhere.url}, b""))
        assert elsewhere.asked == []


def test_one_that_heals_is_asked_again(broker: SoapServer) -> None:
    """After a fault of the server, a moment later."""
    replies = [fault(), (500, {}, b""), answer(person())]
    broker.reply = lambda path, body: replies[len(broker.asked) - 1]
    assert asked(broker, retries=3).coverage.status is Outcome.FOUND


def test_a_slow_one_is_not_waited_for_beyond_its_time(broker: SoapServer) -> None:
    """Failed, and nothing else."""
    broker.pause = 1.5
    from datetime import timedelta

    assert asked(broker, reply=answer(person()), timeout=timedelta(seconds=0.5)).coverage.status is Outcome.FAILED


def test_an_endless_answer_is_stopped(broker: SoapServer) -> None:
    """At a limit of size, whatever it says of its length."""
    broker.endless = True
    found = asked(broker, reply=answer(person()))
    assert any("larger than an answer about one person" in alarm for alarm in found.coverage.alarms)


def test_nobody_listening_fails(broker: SoapServer) -> None:
    """And is no empty answer."""
    broker.url = nobody_listening()
    assert asked(broker).coverage.status is Outcome.FAILED


def test_check_asks_for_nobody_and_names_what_it_does_not_know(broker: SoapServer) -> None:
    """A number that no resident has; an element that our outline lacks; a table that is none."""
    broker.reply = lambda path, body: answer()
    wrong = entity("fout", MATCH, [], table="schuur")
    report = connectors.check(source("stufbg", broker.url, entity("een", MATCH, [*COLUMNS, column("lengte")], table="persoon"), wrong))
    assert (report.reachable, report.authorised) == (True, True)
    assert b"999999990" in broker.asked[0][2]
    assert [line.split(":")[1].split(",")[0].strip()[:30] for line in report.drift] == [
        "column lengte is not in our ou",
        "StUF-BG has no table schuur. W",
    ]

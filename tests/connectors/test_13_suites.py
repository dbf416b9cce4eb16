"""Chapter 13. The benefits suite: every year and month asked, amounts as a person reads them, and every way in which it may fail."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import connectors
from config.collection import Answer, Outcome
from config.person import Person, Subject
from connectors.benefits.answering import LEAVES
from connectors.benefits.asking import MONTHLY, YEARLY, question
from demo.suites import answer as demo_answer
from demo.texts import read
from tests.connectors.made import BSN, OTHER, cells, collect, column, entity, source, told
from tests.connectors.soap import XML, Reply, SoapServer, nobody_listening, serving

MATCH = {"BurgerServiceNr": "subject.bsn"}
YEARS = {"from": 2021, "until": 2022}
RESIDENT, BROTHER = "999944897", "999936918"


@pytest.fixture
def suite() -> Iterator[SoapServer]:
    """The suite of Voorbeeldstad on loopback, with its clients."""
    clients = {client["bsn"]: client for client in read("systems/suites.yaml")["clients"]}
    with serving() as server:
        server.reply = lambda path, body: (200, XML, demo_answer(clients, path.rsplit("/", 1)[1], body))
        yield server


def asked(suite: SoapServer, table: str, *names: str, bsn: str = RESIDENT, kind: str = "amount", **more: Any) -> Answer:
    wanted = [column("BurgerServiceNr", "bsn"), *(column(name, kind) for name in names)]
    options = {**YEARS, **more.pop("options", {})}
    return collect(
        source("suites", suite.url, entity("een", MATCH, wanted, table=table), options=options, **more), Subject(Person(bsn=bsn))
    )


# By the published files.


def schemas(standards: Path, name: str) -> Any:
    return etree.XMLSchema(etree.parse(str(standards / "gws-suites" / "jaaropgave" / "v0400-b01" / f"{name}_resolved.xsd")))


def test_the_yearly_question_is_valid(standards: Path) -> None:
    """Envelope, addressing, header and body, by the published schema; with our WSDL and with the published one."""
    folder = standards / "gws-suites" / "jaaropgave" / "v0400-b01"
    for options in ({}, {"wsdl": {"jaaropgave": str(folder / "JaarOpgaveClient.wsdl")}}, {"bron": {"bedrijfsnaam": "Voorbeeldstad BV"}}):
        made = etree.fromstring(question(YEARLY, source("suites", "http://127.0.0.1/", options=options), BSN, "2024", "http://127.0.0.1/"))
        schema = schemas(standards, "EnvelopeAction")
        assert schema.validate(made), schema.error_log


def test_the_monthly_question_has_what_the_published_one_has() -> None:
    """Its schema is not on this machine: BSN, period and type of period, in that order, under the action of v0600."""
    made = etree.fromstring(question(MONTHLY, source("suites", "http://127.0.0.1/"), BSN, "202401", "http://127.0.0.1/"))
    body = made.find(".//{http://www.centric.nl/GWS/Diensten/UitkeringsSpecificatieClient/v0600}UitkeringsSpecificatieInfo")
    assert [(child.tag, child.text) for child in body] == [("BurgerServiceNr", BSN), ("Periodenummer", "202401"), ("TypePeriode", "0")]
    action = made.findtext(".//{http://www.w3.org/2005/08/addressing}Action")
    assert action == "http://www.centric.nl/GWS/Diensten/UitkeringsSpecificatieClient-v0600/UitkeringsSpecificatieInfo"


@pytest.mark.parametrize("bsn", [RESIDENT, BSN])
def test_the_yearly_answers_of_the_demo_are_valid(standards: Path, bsn: str) -> None:
    """Found, and nothing found."""
    clients = {client["bsn"]: client for client in read("systems/suites.yaml")["clients"]}
    made = question(YEARLY, source("suites", "http://127.0.0.1/"), bsn, "2021", "http://127.0.0.1/")
    schema = schemas(standards, "EnvelopeReaction")
    assert schema.validate(etree.fromstring(demo_answer(clients, "JaarOpgaveClient-v0400", made))), schema.error_log


def test_the_leaves_are_those_of_the_published_schema(standards: Path) -> None:
    """Of the yearly statement and its client; an amount is one leaf."""
    folder = standards / "gws-suites" / "jaaropgave" / "v0400-b01"
    x = "{http://www.w3.org/2001/XMLSchema}"
    types = {
        t.get("name"): t
        for name in ("BodyReaction", "FWI-Include")
        for t in etree.parse(str(folder / f"{name}_resolved.xsd")).iter(f"{x}complexType")
    }

    def named(kind: str) -> list[str]:
        found = [e.get("name") for e in types[kind].iter(f"{x}element")]
        base = next((e.get("base").split(":")[1] for e in types[kind].iter(f"{x}extension")), "")
        return [*(named(base) if base else []), *found]

    assert {path[0] for path in LEAVES["SpecificatieJaarOpgave"]} == set(named("SpecificatieJaarOpgave")) - {"Loonheffingskorting"}
    assert {path[0] for path in LEAVES["Client"]} - {"Clientnummer"} == set(named("Client"))
    assert {path[1] for path in LEAVES["Client"] if len(path) > 1} == set(named("Adres"))
    assert {path[0] for path in LEAVES["Loonheffingskorting"]} == set(named("Loonheffingskorting"))


# What is asked, and what comes.


def test_every_year_and_every_month_is_asked_once(suite: SoapServer) -> None:
    """Whatever the number of entities; the months that lie ahead are not."""
    wanted = [column("BurgerServiceNr", "bsn")]
    tables = ("jaaropgave", "loonheffingskorting", "uitkeringsspecificatie", "componenten", "client")
    entities = [entity(name, MATCH, wanted, table=name) for name in tables]
    collect(source("suites", suite.url, *entities, options={"from": 2025}), Subject(Person(bsn=RESIDENT)))
    found = Counter(re.search(rb"<(?:Dienstjaar|Periodenummer)>(\d+)<", body)[1].decode() for _, _, body in suite.asked)  # type: ignore[index]
    months = [f"{year}{month:02}" for year in (2025, 2026) for month in range(1, 13) if f"{year}{month:02}" <= "202611"]
    assert found == Counter(["2025", "2026", *months])
    assert {path for path, _, _ in suite.asked} == {"/dienst/JaarOpgaveClient-v0400", "/dienst/UitkeringsSpecificatieClient-v0600"}
    assert RESIDENT not in str([(path, headers) for path, headers, _ in suite.asked])


@pytest.mark.parametrize(
    ("table", "name", "value", "number"),
    [
        ("jaaropgave", "Fiscaalloon", Decimal(13103), 2), ("jaaropgaven", "SpecificatieJaarOpgave.Regeling", "Participatiewet", 2),
        ("jaaropgave", "Inhoudingsplichtige.Gemeentenaam", "Voorbeeldstad", 2), ("loonheffingskorting", "CdLoonheffingskorting", "1", 2),
        ("loonheffingskorting", "Dienstjaar", "2021", 2), ("uitkeringsspecificatie", "UitbetaaldBedragClient", Decimal("1039.96"), 20),
        ("maandspecificaties", "Periodenummer", "2021-01", 20), ("componenten", "Bedrag", Decimal("1094.70"), 40),
        ("componenten", "Dossierhistorie.Periodenummer", "2021-01", 40), ("client", "Achternaam", "Wit", 2), ("uitkering", "BSN", RESIDENT, 20),
    ],
)  # fmt: skip
def test_records_are_rows_and_elements_columns(suite: SoapServer, table: str, name: str, value: Any, number: int) -> None:
    """Yearly amounts in whole euros, monthly ones from hundredths; what a record lies in is at hand."""
    answer = asked(suite, table, name)
    assert (answer.coverage.status, answer.coverage.records, cells(answer, name)[0]) == (Outcome.FOUND, number, value)
    assert set(cells(answer, "BurgerServiceNr")) == {RESIDENT}


def test_a_partner_is_a_record_apart(suite: SoapServer) -> None:
    """Not in the rows of the payment; in those of `bijstandspartijen`, where sources.yaml says whose they are."""
    options = {"from": 2020, "until": 2020}
    assert "999939063" not in str([c.rows.to_dict("list") for c in asked(suite, "uitkering", bsn=BROTHER, options=options).collections])
    answer = asked(suite, "bijstandspartijen", "OverigeBijstandspartij.Achternaam", bsn=BROTHER, options=options, kind="name")
    assert answer.coverage.records == 10


def test_nothing_held_is_said_only_after_all_periods(suite: SoapServer) -> None:
    """`NietsGevonden` at each of them."""
    answer = asked(suite, "uitkering", bsn=BSN)
    assert (answer.coverage.status, answer.coverage.alarms, len(suite.asked)) == (Outcome.NONE, (), 24)


def test_another_person_is_refused(suite: SoapServer) -> None:
    """All of it, whichever period."""
    real = suite.reply
    suite.reply = lambda path, body: (200, XML, real(path, body)[2].replace(RESIDENT.encode(), OTHER.encode()))
    answer = asked(suite, "uitkering")
    assert (answer.coverage.status, answer.collections) == (Outcome.FAILED, ())


def test_an_answer_that_does_not_say_whom_it_is_about_is_left_out(suite: SoapServer) -> None:
    """And the search is partial."""
    real = suite.reply
    suite.reply = lambda path, body: (200, XML, re.sub(rb"<Client>.*?</Client>", b"", real(path, body)[2]))
    answer = asked(suite, "uitkering")
    assert (answer.coverage.status, answer.collections) == (Outcome.PARTIAL, ())
    assert any("do not say whom they are about" in alarm for alarm in answer.coverage.alarms)


def test_a_real_answer_that_strays_from_the_schema_is_read(suite: SoapServer) -> None:
    """Another version of the header, a postcode that is none, an element that is new: kept, and told as a column."""
    real = suite.reply
    strayed = [
        (b"Header/v0300", b"Header/v0201"),
        (b"<Postcode>1236AA", b"<Postcode>12345"),
        (b"<Dossiernummer>", b"<Toeslag>ja</Toeslag><Dossiernummer>"),
    ]

    def replied(path: str, body: bytes) -> Reply:
        whole = real(path, body)[2]
        for old, new in strayed:
            whole = whole.replace(old, new)
        return 200, XML, whole

    suite.reply = replied
    answer = asked(suite, "uitkering", "Toeslag", kind="text")
    assert (answer.coverage.status, cells(answer, "Toeslag")[0]) == (Outcome.FOUND, "ja")


# Every way in which it may fail.


def body(content: str, status: int = 200) -> Reply:
    spaces = 'xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:f="http://www.centric.nl/GWS/FWI/v0200"'
    return status, XML, f"<e:Envelope {spaces}><e:Body>{content}</e:Body></e:Envelope>".encode()


def said(words: str, sort: str = "Fout") -> Reply:
    d = 'xmlns:d="http://www.centric.nl/GWS/Diensten/UitkeringsSpecificatieClient/v0600"'
    return body(
        f"<d:UitkeringsSpecificatieInfoResponse {d}><f:FWI><{sort}><Code>01</Code><Tekst>{words}</Tekst></{sort}></f:FWI></d:UitkeringsSpecificatieInfoResponse>"
    )


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (said(f"BSN {RESIDENT} voldoet niet aan de elfproef."), "Wij konden dit systeem niet goed lezen"), (said("Interne fout"), "Dit systeem gaf geen antwoord"),
        (body("<e:Fault><faultcode>e:Server</faultcode><faultstring>Stuk</faultstring></e:Fault>", 500), "Dit systeem gaf geen antwoord"),
        (body("<e:Fault><faultcode>e:Client</faultcode><faultstring>Stuk</faultstring></e:Fault>", 500), "Wij konden dit systeem niet goed lezen"),
        (body("<e:Fault><faultcode>e:Server</faultcode><faultstring>Niet geautoriseerd</faultstring></e:Fault>", 500), "Dit systeem gaf ons geen toegang"),
        ((401, {}, b""), "Dit systeem gaf ons geen toegang"), ((403, XML, b""), "Dit systeem gaf ons geen toegang"), ((500, {}, b"stuk"), "Dit systeem gaf geen antwoord"),
        ((302, {"Location": "http://127.0.0.1:9/"}, b""), "Wij konden dit systeem niet goed lezen"), ((200, {"Content-Type": "text/html"}, b"<p>"), "Wij konden dit systeem niet goed lezen"),
        ((200, XML, b"<e:Envelope"), "Wij konden dit systeem niet goed lezen"), ((200, XML, b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "Wij konden dit systeem niet goed lezen"),
        (body("<ander/>"), "Wij konden dit systeem niet goed lezen"),
    ],
)  # fmt: skip
def test_no_answer_is_never_no_data(suite: SoapServer, reply: Reply, why: str) -> None:
    """Each failure is told for what it is, no value gets out of it, and a suite that fails at once is not asked a hundred times."""
    suite.reply = lambda path, body: reply
    answer = asked(suite, "uitkering")
    assert (answer.coverage.status, answer.collections, len(suite.asked)) == (Outcome.FAILED, (), 1)
    assert answer.coverage.message.startswith(why)
    assert RESIDENT not in told(answer)


def test_a_warning_is_told(suite: SoapServer) -> None:
    """What is given may not be all."""
    suite.reply = lambda path, body: said("Gegevens mogelijk niet actueel.", "Waarschuwing")
    answer = asked(suite, "uitkering")
    assert answer.coverage.status is Outcome.PARTIAL
    assert any("warned at 24 periods" in alarm for alarm in answer.coverage.alarms)


def test_a_month_that_stays_without_an_answer_makes_it_partial(suite: SoapServer) -> None:
    """The other months count; one that heals is asked again."""
    real = suite.reply
    suite.reply = lambda path, body: (500, {}, b"") if b">202106<" in body else real(path, body)
    answer = asked(suite, "uitkering")
    assert (answer.coverage.status, answer.coverage.records) == (Outcome.PARTIAL, 19)
    assert any("1 of 24 periods of uitkeringsspecificatie were not answered" in alarm for alarm in answer.coverage.alarms)
    failed = iter([True])
    suite.reply = lambda path, body: (500, {}, b"") if b">202106<" in body and next(failed, False) else real(path, body)
    assert asked(suite, "uitkering", retries=1).coverage.records == 20


def test_a_suite_that_goes_down_halfway_is_left_in_peace(suite: SoapServer) -> None:
    """After three periods the rest is not asked; all of them count as not answered."""
    real, answered = suite.reply, count()  # several are asked at once: the fifth may have come in before the fourth is answered
    suite.reply = lambda path, body: real(path, body) if next(answered) < 4 else (503, {}, b"")
    answer = asked(suite, "uitkering")
    assert (answer.coverage.status, answer.coverage.records, len(suite.asked)) == (Outcome.PARTIAL, 4, 7)
    assert any("20 of 24 periods" in alarm for alarm in answer.coverage.alarms)


def test_slow_endless_and_gone(suite: SoapServer) -> None:
    """Stopped at a limit of time, and of size; nobody listening is no empty answer."""
    suite.pause = 1.2
    assert asked(suite, "uitkering", timeout=timedelta(seconds=0.4)).coverage.status is Outcome.FAILED
    suite.pause, suite.endless = 0.0, True
    assert any("larger than an answer" in alarm for alarm in asked(suite, "uitkering").coverage.alarms)
    suite.url = nobody_listening()
    assert asked(suite, "uitkering").coverage.status is Outcome.FAILED


def test_a_table_that_is_none_and_years_that_are_none_fail(suite: SoapServer) -> None:
    """With what could stand there."""
    assert "Write one of: jaaropgave" in asked(suite, "schuur").coverage.alarms[0]
    assert asked(suite, "uitkering", options={"from": "ooit"}).coverage.status is Outcome.FAILED


def test_check_asks_for_nobody(suite: SoapServer) -> None:
    """One period of each service that is needed."""
    wanted = [column("BurgerServiceNr", "bsn")]
    report = connectors.check(
        source("suites", suite.url, entity("een", MATCH, wanted, table="jaaropgave"), entity("twee", MATCH, wanted, table="schuur"))
    )
    assert (report.reachable, report.authorised, len(report.drift), len(suite.asked)) == (True, True, 1, 1)
    assert b"999999990" in suite.asked[0][2]

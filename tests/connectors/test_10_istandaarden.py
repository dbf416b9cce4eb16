"""Chapter 10. Archives of iWmo and iJw messages: each client apart, read leniently, and who received what."""

from __future__ import annotations

import shutil
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import connectors
from config.collection import Answer, Outcome
from config.person import Person, Subject
from connectors.messages import codes
from connectors.messages.outline import NUMBERS, leaves
from tests.connectors import berichten as made
from tests.connectors.berichten import archive, m301, m302, m305, m306, m317, m319, m323, m325
from tests.connectors.made import BSN, OTHER, cells, collect, column, entity, source, told

X = "{http://www.w3.org/2001/XMLSchema}"
ASKED = Subject(Person(bsn=BSN))
MATCH = {"Bsn": "subject.bsn"}


def columns(*names: str, party: str = "subject") -> list[Any]:
    return [column(name, "bsn" if name.lower() == "bsn" else "text", party) for name in names]


def asked(folder: Path, table: str, *names: str, **more: Any) -> Answer:
    return collect(source("istandaarden", str(folder), entity("een", MATCH, columns("Bsn", *names), table=table), **more), ASKED)


def everything(answer: Answer) -> str:
    return str([c.rows.to_dict("list") for c in answer.collections])


# The published files.


def _schema(standards: Path, kind: str) -> Any:
    law, number = kind[:-3], kind[-3:]
    path = standards / "istandaarden" / f"{law}-3.2" / "xsd-clean" / f"{law.upper()}{number}.xsd"
    if not path.is_file():
        pytest.skip(f"the XSD of {kind} is not published here")
    whole = path.read_bytes().partition(b"</xs:schema>")
    return etree.fromstring(whole[0] + whole[1], base_url=str(path))


def _outline(standards: Path, kind: str) -> dict[tuple[str, ...], bool]:
    law = kind[:-3]
    own = _schema(standards, kind)
    basic = etree.parse(str(standards / "istandaarden" / f"{law}-3.2" / "xsd-clean" / "basisschema.xsd")).getroot()
    types = {f"{space}:{t.get('name')}": t for root, space in ((own, kind), (basic, f"i{law}")) for t in root.findall(f"{X}complexType")}
    found: dict[tuple[str, ...], bool] = {}

    def walk(name: str, path: tuple[str, ...]) -> None:
        for element in types[name].iter(f"{X}element"):
            here = (*path, element.get("name"))
            if element.get("type") in types:
                walk(element.get("type"), here)
            else:
                found[here] = element.get("minOccurs") != "0"

    walk(f"{kind}:Root", ())
    return found


ONLY_JW = ("GezagsdragerBekend", "Woonplaatsbeginsel")


@pytest.mark.parametrize("kind", [f"{law}{number}" for law in ("jw", "wmo") for number in NUMBERS])
def test_the_outline_is_that_of_the_published_schema(standards: Path, kind: str) -> None:
    """Every leaf, in its order, and whether it must be there."""
    mine = {path: needed for path, needed in leaves(int(kind[-3:])).items() if kind.startswith("jw") or not set(ONLY_JW) & set(path)}
    assert list(mine.items()) == list(_outline(standards, kind).items())


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("wmo301", m301(BSN)), ("jw301", m301(BSN, law="jw")), ("wmo305", m305(BSN)), ("wmo323", m323((BSN, "a"), (OTHER, "b"))),
        ("jw325", m325((BSN, "a"))), ("jw325", m325()), ("wmo317", m317(BSN)), ("wmo319", m319()), ("jw302", m302()), ("jw306", m306(BSN)),
    ],
)  # fmt: skip
def test_the_messages_of_these_tests_are_valid(standards: Path, kind: str, message: bytes) -> None:
    """By the published XSD, but for the code list of products, which the tests do not choose from."""
    schema = etree.XMLSchema(_schema(standards, kind))
    errors = [] if schema.validate(etree.fromstring(message)) else [e.path for e in schema.error_log if "ProductCategorie" not in e.message]
    assert [path for path in errors if "Categorie" not in str(etree.fromstring(message).xpath(path))] == []


def test_the_published_examples_are_found_whole(standards: Path) -> None:
    """The examples of the standard: both assignments with four relations, three products, and their deviations by name."""
    subject = Subject(Person(bsn="999900006"))
    folder = str(standards / "istandaarden")
    tables = {"Relatie": 4, "ToegewezenProduct": 3, "StartProduct": 4, "jw301/Client": 1, "wmo-3.2/WMO301": 1, "jw315": 2}
    for table, number in tables.items():
        some = columns("Bsn") if table != "jw315" else columns("Bsn", "AangevraagdProduct.ReferentieAanbieder")
        answer = collect(source("istandaarden", folder, entity("een", MATCH, some, table=table), options={"xsd": folder}), subject)
        assert (table, answer.coverage.records) == (table, number)
        assert answer.coverage.status is Outcome.FOUND
    assert any("schema: element ToewijzingEinddatum has a value that is not allowed" in alarm for alarm in answer.coverage.alarms)
    assert not any("2027-06-31" in alarm for alarm in answer.coverage.alarms)


# What a name in sources.yaml means.


@pytest.mark.parametrize("table", ["wmo301", "WMO301", "301", "iWmo", "berichten", "Client", "client", ".", "map", "map/301/client"])
def test_a_table_is_a_folder_a_message_or_a_kind_of_record(tmp_path: Path, table: str) -> None:
    """However it is written; each of these is the client of the one message."""
    archive(tmp_path / "map", een=m301(BSN))
    answer = asked(tmp_path, table)
    assert (answer.coverage.status, answer.coverage.records) == (Outcome.FOUND, 1)


@pytest.mark.parametrize(
    ("table", "number"),
    [("ToegewezenProduct", 2), ("toegewezenproducten", 2), ("toewijzingen", 2), ("wmo301.ToegewezenProduct", 2), ("Relaties", 1),
     ("wmo301/Relatie", 1), ("305", 1), ("jw301", 0), ("StopProduct", 0), ("prestaties", 0)],
)  # fmt: skip
def test_records_are_rows(tmp_path: Path, table: str, number: int) -> None:
    """One or many, with the message before it or not; what the archive does not hold of them is none, not a failure."""
    archive(tmp_path, een=m301(BSN), twee=m305(BSN))
    answer = asked(tmp_path, table)
    assert (answer.coverage.status, answer.coverage.records) == (Outcome.FOUND if number else Outcome.NONE, number)


def test_a_table_that_is_nothing_fails(tmp_path: Path) -> None:
    """And says what could stand there."""
    answer = asked(archive(tmp_path, een=m301(BSN)), "verdwenen")
    assert answer.coverage.status is Outcome.FAILED
    assert "Write under `table` a folder, a message" in answer.coverage.alarms[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Bsn", BSN), ("BSN", BSN), ("client.bsn", BSN), ("wmo301:Client/wmo301:Bsn", BSN), ("Achternaam", "Zomer"),
        ("Naam.Geslachtsnaam.Achternaam", "Zomer"), ("Afzender", "9901"), ("Header.Ontvanger", "98010001"), ("Product.Code", "01A01"),
        ("ToegewezenProducten.ToegewezenProduct.Omvang.Volume", "4"), ("Commentaar", "Traplopen gaat niet."), ("dagtekening", "2024-04-24"),
    ],
)  # fmt: skip
def test_a_column_is_an_element_by_name_or_path(tmp_path: Path, name: str, value: str) -> None:
    """Containers between may be left out, case and prefixes do not count, and the nearest to the record is meant."""
    archive(tmp_path, een=m301(BSN))
    answer = collect(source("istandaarden", str(tmp_path), entity("een", MATCH, columns(name), table="ToegewezenProduct")), ASKED)
    assert str(cells(answer, name)[0]) == value


def test_groups_and_amounts_read_as_a_person_reads_them(tmp_path: Path) -> None:
    """A name in one column, an address in one, hundredths of a euro as euros where the column is an amount."""
    archive(tmp_path, een=m301(BSN))
    client = entity("client", MATCH, [*columns("Bsn"), column("Naam", "name"), column("Geboortedatum", "date")], table="Client")
    relation = entity("rel", MATCH, [column("Naam", "name", "relative"), column("Contact.Adres", "address", "relative")], table="Relatie")
    product = entity("product", MATCH, [*columns("Bsn"), column("Budget", "amount")], table="ToegewezenProduct")
    answer = collect(source("istandaarden", str(tmp_path), client, relation, product), ASKED)
    assert cells(answer, "Naam") == ["Johanna van der Zomer", "Wilhelmina Bakker"]
    assert cells(answer, "Contact.Adres") == ["Merelhof 7 1238RS Elders"]
    assert cells(answer, "Budget") == [Decimal("125.50")] * 2
    assert str(cells(answer, "Geboortedatum")[0]) == "1980-03-09"


def test_a_column_that_the_standard_does_not_know_is_gone(tmp_path: Path) -> None:
    """One that it knows and a message leaves out is empty; both are told apart."""
    archive(tmp_path, een=m301(BSN))
    assert asked(tmp_path, "Client", "JuridischeStatus").coverage.status is Outcome.FOUND
    answer = asked(tmp_path, "Client", "Schoenmaat")
    assert answer.coverage.status is Outcome.PARTIAL
    assert any("column Schoenmaat is in sources.yaml but not in the data" in alarm for alarm in answer.coverage.alarms)


def test_records_that_no_entity_reads_are_told(tmp_path: Path) -> None:
    """What sources.yaml leaves out is not dropped in silence."""
    answer = asked(archive(tmp_path, een=m301(BSN)), "Client")
    unread = [alarm for alarm in answer.coverage.alarms if "read by no entity" in alarm]
    assert [alarm.split("records ")[1].split(" of")[0] for alarm in unread] == ["Contact", "Relatie", "ToegewezenProduct"]


# Nobody else's line.


@pytest.mark.parametrize("message", [m323((OTHER, "REF-ANDER"), (BSN, "REF-EIGEN")), m325((OTHER, "REF-ANDER"), (BSN, "REF-EIGEN"))])
def test_of_a_message_about_several_clients_only_the_own_lines_come(tmp_path: Path, message: bytes) -> None:
    """Not the line of another, nor a total or a code that all share."""
    archive(tmp_path, een=message)
    lines = entity("regel", MATCH, columns("Bsn", "ReferentieNummer", "TotaalBedrag", "DeclaratieNummer"), table="Prestatie")
    client = entity("client", MATCH, columns("Bsn"), table="Client")
    answer = collect(source("istandaarden", str(tmp_path), lines, client), ASKED)
    assert cells(answer, "ReferentieNummer") == ["REF-EIGEN"]
    assert (cells(answer, "DeclaratieNummer"), cells(answer, "TotaalBedrag")) == (["D202405"], [None])
    for value in (OTHER, "REF-ANDER", "25100", "8001" if b"325" in message else "x"):
        assert value not in everything(answer).replace("REF-EIGEN", "") or value == "8001"
    assert any("share were left out" in alarm for alarm in answer.coverage.alarms)


def test_a_message_about_one_client_keeps_its_total(tmp_path: Path) -> None:
    """There it is the client's own."""
    archive(tmp_path, een=m323((BSN, "a")))
    answer = asked(tmp_path, "Prestatie", "TotaalBedrag")
    assert cells(answer, "TotaalBedrag") == ["12550"]


def test_what_stands_unexpected_above_several_clients_stays_out(tmp_path: Path) -> None:
    """A field that the standard does not know there may be about anybody."""
    message = m323((BSN, "a"), (OTHER, "b")).replace(
        b"<wmo323:Clienten>", b"<wmo323:Opmerking>Over mijnheer Pietersen</wmo323:Opmerking><wmo323:Clienten>"
    )
    answer = asked(archive(tmp_path, een=message), "Client")
    assert "Pietersen" not in everything(answer)
    assert any("element Opmerking is not expected" in alarm for alarm in answer.coverage.alarms)


def test_a_client_with_two_numbers_is_nobodys(tmp_path: Path) -> None:
    """Not taken, and the source is not searched whole."""
    message = m305(BSN).replace(f"<wmo305:Bsn>{BSN}".encode(), f"<wmo305:Bsn>{OTHER}</wmo305:Bsn><wmo305:Bsn>{BSN}".encode())
    answer = asked(archive(tmp_path, een=message), "Client")
    assert (answer.coverage.status, answer.collections) == (Outcome.PARTIAL, ())


def test_messages_of_others_do_not_come(tmp_path: Path) -> None:
    """Same name and birth date, another number: none."""
    answer = asked(archive(tmp_path, een=m301(OTHER), twee=m305(OTHER)), "Client")
    assert (answer.coverage.status, answer.collections) == (Outcome.NONE, ())


def test_two_people_of_one_name_and_birth_date_are_two(tmp_path: Path) -> None:
    """Also where an entity is matched on name and birth date: a message always has a number, and that decides."""
    archive(tmp_path, een=m301(BSN), twee=m301(OTHER, number="2", comment="Van de ander."))
    by_name = {"Naam": "subject.name", "Geboortedatum": "subject.birth_date"}
    found = entity("een", by_name, [*columns("Bsn"), column("Naam", "name"), column("Geboortedatum", "date")], table="Client")
    answer = collect(source("istandaarden", str(tmp_path), found))
    assert "Van de ander." not in everything(answer)
    assert OTHER not in everything(answer)


# Messages that name nobody.


def test_an_answer_belongs_to_who_was_asked_about(tmp_path: Path) -> None:
    """A 319 names nobody: it goes with the 317 of the same provider and reference, and with no other provider's."""
    archive(tmp_path, vraag=m317(BSN), antwoord=m319(), vreemd=m317(OTHER, sender="98010002"), ander=m319(receiver="98010002"))
    answer = asked(tmp_path, "Antwoord", "VerzoekAntwoord", "Ontvanger")
    assert (cells(answer, "VerzoekAntwoord"), cells(answer, "Ontvanger")) == (["1"], ["98010001"])
    assert answer.coverage.status is Outcome.FOUND


def test_an_answer_to_nothing_makes_the_search_partial(tmp_path: Path) -> None:
    """It may be about the subject, and nobody can tell."""
    answer = asked(archive(tmp_path, antwoord=m319()), "Antwoord")
    assert answer.coverage.status is Outcome.PARTIAL
    assert any("refer to no message that is here" in alarm for alarm in answer.coverage.alarms)


def test_a_message_sent_back_whole_belongs_to_what_it_sends_back(tmp_path: Path) -> None:
    """A 302 without a client is known by the number in the header that it repeats."""
    archive(tmp_path, heen=m301(BSN, law="jw"), terug=m302(), ander=m301(OTHER, "4", law="jw"), weer=m302(number="11", of="4"))
    answer = asked(tmp_path, "jw302", "IdentificatieRetour", "Header.RetourCodes.RetourCode")
    assert (cells(answer, "IdentificatieRetour"), cells(answer, "Header.RetourCodes.RetourCode")) == (["9"], ["0001"])


# Who received what.


def test_every_message_that_went_out_is_a_disclosure(tmp_path: Path) -> None:
    """By day, recipient, what and why; a message that came in is none, and one sent back went the other way than its header says."""
    archive(tmp_path, uit=m301(BSN), binnen=m305(BSN), terug=m306(BSN), ander=m301(OTHER))
    wanted = [column("Bsn", "bsn"), column("when", "date"), column("to", "name", "organisation"), column("what"), column("why")]
    asked_for = source(
        "istandaarden", str(tmp_path), entity("een", MATCH, wanted, table="Verstrekking"), options={"aanbieders": {"98010001": "De Brug"}}
    )
    answer = collect(asked_for, ASKED)
    assert list(zip(map(str, cells(answer, "when")), cells(answer, "to"), strict=True)) == [
        ("2024-05-04", "De Brug"),
        ("2024-04-24", "De Brug"),
    ]
    assert "Jeugdwet" in cells(answer, "why")[0]


# What cannot be read.


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><Bericht>&b;</Bericht>'
LATE = b"<!--" + b"x" * 5000 + b'--><!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><Bericht><Header/></Bericht>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (m301(BSN)[:-30], "no whole XML"), (b"", "no whole XML"), (BOMB, "declare entities"), (LATE, "declare entities"),
        (m301(BSN).replace(b"Traplopen", b"Traplop\xe9n"), "no whole XML"), (b"<x/>", "no message"), (b"a;b;c", "no whole XML"),
        (b"<a>" * 400 + b"</a>" * 400, "no whole XML"), (BOMB.decode().encode("utf-16"), "declare entities"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_makes_the_search_partial(tmp_path: Path, content: bytes, why: str) -> None:
    """Truncated, empty, a bomb, an outside entity, a wrong encoding, another document: it may be about the subject."""
    archive(tmp_path, een=m301(BSN), stuk=content)
    answer = asked(tmp_path, "Client")
    assert (answer.coverage.status, answer.coverage.records) == (Outcome.PARTIAL, 1)
    assert any(why in alarm for alarm in answer.coverage.alarms)
    assert (
        answer.coverage.message
        == "Wij vonden 1 gegevenskaart, maar 1 bestand konden wij niet lezen; daar kan dus nog iets over u in staan."
    )


def test_a_file_that_cannot_be_read_is_one_file_however_many_entities_would_read_it(tmp_path: Path) -> None:
    """Counted once in what the resident reads, and one line in what the administrator reads."""
    archive(tmp_path, een=m301(BSN), stuk=m301(BSN)[:-30])
    several = [entity(name.lower(), MATCH, columns("Bsn"), table=name) for name in ("Client", "Relatie", "ToegewezenProduct")]
    answer = collect(source("istandaarden", str(tmp_path), *several), ASKED)
    assert "maar 1 bestand konden wij niet lezen" in answer.coverage.message
    assert [alarm for alarm in answer.coverage.alarms if "no whole XML" in alarm] == [
        "bron: 1 files are no whole XML. Look through them by hand."
    ]


def test_zips_are_read_with_the_same_care(tmp_path: Path) -> None:
    """A month in a zip is searched; a locked or damaged one is told."""
    with zipfile.ZipFile(tmp_path / "2024.zip", "w") as packed:
        packed.writestr("mei/een.xml", m301(BSN))
    assert asked(tmp_path, "mei").coverage.records == 1
    (tmp_path / "stuk.zip").write_bytes((tmp_path / "2024.zip").read_bytes()[:60])
    answer = asked(tmp_path, "Client")
    assert (answer.coverage.status, answer.coverage.records) == (Outcome.PARTIAL, 1)


def test_a_zip_that_unfolds_without_end_is_not_opened(tmp_path: Path) -> None:
    """A hundred megabytes of nothing in a hundred kilobytes."""
    with zipfile.ZipFile(tmp_path / "bom.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("een.xml", b"\0" * 100_000_000)
    answer = asked(tmp_path, "Client")
    assert answer.coverage.status is Outcome.PARTIAL
    assert any("were not opened" in alarm for alarm in answer.coverage.alarms)


def test_an_envelope_around_a_message_is_opened(tmp_path: Path) -> None:
    """As an exchange point keeps them."""
    inner = m301(BSN).partition(b"?>")[2]
    assert asked(archive(tmp_path, een=b"<Envelop><Inhoud>" + inner + b"</Inhoud></Envelop>"), "Client").coverage.records == 1


def test_what_deviates_is_read_and_told_by_element(tmp_path: Path) -> None:
    """An unknown field is kept, withheld and named; a missing one is named; no value is told."""
    message = m301(BSN).replace(b"<wmo301:Geslacht>2</wmo301:Geslacht>", b"<wmo301:Lengte>184</wmo301:Lengte>")
    answer = asked(archive(tmp_path, een=message), "Client")
    assert answer.coverage.status is Outcome.FOUND
    assert cells(answer, "Lengte") == ["184"]
    said = " ".join(answer.coverage.alarms)
    assert all(text in said for text in ("element Lengte is not expected", "element Geslacht is missing"))
    assert [alarm for alarm in answer.coverage.alarms if "Lengte" in alarm and "not in sources.yaml" in alarm]
    assert "184" not in told(answer)


def test_a_message_of_an_older_release_is_read(tmp_path: Path) -> None:
    """By its code where its namespace is not ours."""
    message = m305(BSN).replace(b"3_2/wmo305", b"2_0/x").replace(b"wmo305", b"w")
    assert asked(archive(tmp_path, een=message), "wmo305").coverage.records == 1


def test_a_folder_that_is_not_there_fails(tmp_path: Path) -> None:
    """It is not an empty archive."""
    assert asked(tmp_path / "weg", "Client").coverage.status is Outcome.FAILED


def test_an_archive_below_its_minimum_is_not_searched_whole(tmp_path: Path) -> None:
    """Counted over everybody."""
    archive(tmp_path, een=m301(OTHER))
    asked_for = entity("een", MATCH, columns("Bsn"), table="Client", minimum_rows=2)
    assert collect(source("istandaarden", str(tmp_path), asked_for), ASKED).coverage.status is Outcome.PARTIAL


def test_check_counts_and_tells_drift(tmp_path: Path) -> None:
    """Reachable, authorised, rows by entity; new elements and unread files by name."""
    archive(tmp_path, een=m301(OTHER), twee=m301(BSN))
    all_of = columns(
        "Bsn",
        "Geboortedatum",
        "Geslacht",
        "Achternaam",
        "Voorvoegsel",
        "Voornamen",
        "Voorletters",
        "NaamGebruik",
        "BerichtCode",
        "Afzender",
        "Ontvanger",
        "Identificatie",
        "Dagtekening",
    )
    asked_for = source("istandaarden", str(tmp_path), entity("een", MATCH, all_of, table="Client"))
    report = connectors.check(asked_for)
    assert (report.reachable, report.authorised, report.rows) == (True, True, {"een": 2})
    assert not any("een: column" in line for line in report.drift)
    (tmp_path / "stuk.xml").write_bytes(b"<")
    assert any("no whole XML" in line for line in connectors.check(asked_for).drift)


def test_nothing_told_holds_a_value(tmp_path: Path) -> None:
    """Neither of the subject nor of anybody else."""
    archive(tmp_path, een=m301(BSN), twee=m323((BSN, "a"), (OTHER, "b")), stuk=m301(OTHER)[:-9])
    answer = asked(tmp_path, "Client", "Commentaar")
    for value in (BSN, OTHER, "Zomer", "Traplopen", "Bakker"):
        assert value not in told(answer)


def test_the_control_of_these_tests(tmp_path: Path) -> None:
    """The messages are about whom they say."""
    assert made.m305(BSN).count(BSN.encode()) == 1


def test_messages_of_others_that_are_passed_by_still_count_and_still_claim_their_answers(tmp_path: Path) -> None:
    """Many of one form are not read whole; each is counted by its law, and an answer to one of them goes to nobody else."""
    many = {f"ander{number}": m301(OTHER, str(number), law=law) for number in range(5) for law in ("wmo",)}
    jw = {f"jw{number}": m301(OTHER, str(number), law="jw") for number in range(3)}
    asks = {f"vraag{number}": m317(OTHER, reference=f"R-{number}", number=f"9{number}") for number in range(3)}
    archive(tmp_path, een=m301(BSN, "77"), antwoord=m319(reference="R-2"), **many, **jw, **asks)
    counted = entity("een", MATCH, columns("Bsn"), table="wmo301/Client", minimum_rows=6)
    assert collect(source("istandaarden", str(tmp_path), counted), ASKED).coverage.status is Outcome.FOUND
    too_many = entity("een", MATCH, columns("Bsn"), table="wmo301/Client", minimum_rows=7)
    assert collect(source("istandaarden", str(tmp_path), too_many), ASKED).coverage.status is Outcome.PARTIAL
    answer = asked(tmp_path, "Antwoord")
    assert (answer.coverage.status, answer.collections) == (Outcome.NONE, ())


@pytest.mark.parametrize(
    ("table", "names", "rows"),
    [
        ("301", ["Client.Bsn", "Client.Naam.Geslachtsnaam.Achternaam", "Client.ToegewezenProducten.ToegewezenProduct.Product.Code"],
         [[BSN, "Zomer", "01A01"]] * 2),
        ("301", ["Bsn", "Relatie.Naam.Geslachtsnaam.Achternaam", "ToegewezenProduct.ToewijzingNummer", "Naam.Voornamen"],
         [[BSN, "Bakker", "101\n102", "Johanna"]]),
        ("wmo323", ["Bsn", "Prestatie.IngediendBedrag.Bedrag", "DeclaratieNummer"], [[BSN, "12550", "D202405"]]),
        ("323", ["Declaratie.Clienten.Client.Bsn", "Declaratie.Clienten.Client.Prestaties.Prestatie.ProductReferentie.ReferentieNummer"],
         [[BSN, "A"]]),
        ("declaratie", ["burgerservicenummer", "bedrag", "Afzender"], [[BSN, "12550", "98010001"]]),
    ],
)  # fmt: skip
def test_a_table_without_a_kind_of_record_is_read_as_its_columns_mean(
    tmp_path: Path, table: str, names: list[str], rows: list[Any]
) -> None:
    """As the one kind that has them all; where they are of several, as the client with the others' values together, and never mixed up."""
    archive(tmp_path, een=m301(BSN), twee=m323((BSN, "A"), (OTHER, "B")))
    wanted = [column(name, "bsn" if "sn" in name[-3:] or "service" in name else "text") for name in names]
    answer = collect(source("istandaarden", str(tmp_path), entity("een", {names[0]: "subject.bsn"}, wanted, table=table)), ASKED)
    assert [list(row) for row in answer.collections[0].rows[names].itertuples(index=False)] == rows


def test_schemas_that_lie_in_the_archive_are_used(tmp_path: Path, standards: Path) -> None:
    """Nobody needs to name them; what is wrong by them is told, and read."""
    shutil.copytree(standards / "istandaarden" / "wmo-3.2" / "xsd-clean", tmp_path / "xsd")
    archive(tmp_path, een=m301(BSN).replace(b"<wmo301:Geslacht>2<", b"<wmo301:Geslacht>9<"))
    answer = asked(tmp_path, "Client")
    assert (answer.coverage.status, answer.coverage.records) == (Outcome.FOUND, 1)
    assert any("schema: element Geslacht has a value that is not allowed" in alarm for alarm in answer.coverage.alarms)


# What codes mean.


@pytest.mark.parametrize("law", ["jw", "wmo"])
def test_the_code_lists_are_those_of_the_published_schema(standards: Path, law: str) -> None:
    """Every code of every list, with its words; and every list that an element is said to be from is there."""
    root = etree.parse(str(standards / "istandaarden" / f"{law}-3.2" / "xsd-clean" / "basisschema.xsd")).getroot()
    kept = codes._lists()
    for found in root.iter(f"{X}simpleType"):
        name = str(found.get("name")).removeprefix("LDT_")
        published = {
            e.get("value"): " ".join(" ".join("".join(d.itertext()) for d in e.iter(f"{X}documentation")).split())
            for e in found.iter(f"{X}enumeration")
        }
        if published and name != "DatumGebruik":
            mine = kept.get(f"{law}.{name}") or kept[name]
            assert {code: word.lower() for code, word in mine.items()} == {code: word.lower() for code, word in published.items()}
    assert {name for name in codes.LISTS.values() if name not in kept and f"{law}.{name}" not in kept} == set()


def test_a_code_is_told_in_words_where_its_column_is_a_code(tmp_path: Path) -> None:
    """With the code behind it; one that is in no list says so, and text, keys and amounts stay as they stand."""
    archive(tmp_path, een=m301(BSN).replace(b"<iwmo:Frequentie>2<", b"<iwmo:Frequentie>9<"))
    named = [
        column("Bsn", "bsn"),
        *(column(name, "code") for name in ("Omvang.Eenheid", "Omvang.Frequentie", "Product.Categorie", "Product.Code")),
    ]
    products = collect(source("istandaarden", str(tmp_path), entity("een", MATCH, named, table="ToegewezenProduct")), ASKED)
    assert cells(products, "Omvang.Eenheid")[0] == "Uur (04)"
    assert cells(products, "Omvang.Frequentie")[0] == "9 (staat niet in de codelijst Frequentie)"
    assert cells(products, "Product.Categorie")[0] == "Hulp bij het huishouden (01)"
    assert cells(products, "Product.Code")[0] == "01A01"
    plain = [column("Bsn", "bsn"), column("Geslacht", "code"), column("Soort", "code")]
    relations = collect(source("istandaarden", str(tmp_path), entity("een", MATCH, plain, table="Relatie")), ASKED)
    assert cells(relations, "Soort") == [f"{codes._lists()['SoortRelatie']['09']} (09)"]

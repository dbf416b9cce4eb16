"""Chapter 11. Deliveries of DDAS: trajectories of debt relief in files of any size, each client apart."""

from __future__ import annotations

import json
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import connectors
from config.collection import Answer, Outcome
from config.person import Address, Person, Subject
from connectors.deliveries.outline import DELIVERY, RECORDS
from tests.connectors.made import BSN, OTHER, cells, collect, column, entity, source, told

ASKED = Subject(Person(bsn=BSN))
MATCH = {"Burgerservicenummer": "subject.bsn"}


def client(bsn: str | None, born: str = "1980-03-09") -> dict[str, Any]:
    return {
        "Geboortedatum": born,
        "Geslachtsaanduiding": "Vrouw",
        "Postcode": "1234AB",
        "Huisnummer": "12",
        **({"Burgerservicenummer": bsn} if bsn else {}),
    }


def traject(*clients: dict[str, Any], said: str = "Traject om schulden af te lossen", **more: Any) -> dict[str, Any]:
    debts = [
        {"bedrag": 9415, "schuldsoort": "Overig", "schuldeiser": {"naam": "Krediet Direct NV", "privepersoon": False}},
        {"bedrag": 1500, "schuldsoort": "Overig", "schuldeiser": {"naam": "C.J. Bakker", "privepersoon": True}},
    ]
    return {
        "startdatum": "2024-02-01", "omschrijving": said, "gemeentecode": "GM9901", "client": list(clients), "schulden": debts,
        "intake": {"startdatum": "2024-02-01", "beschikkingssoort": "Toelatingsbeschikking"}, **more,
    }  # fmt: skip


def delivery(*trajects: dict[str, Any]) -> dict[str, Any]:
    organisation = {
        "(Statutaire) Naam": "Gemeente Voorbeeldstad", "KvK-nummer": "12345678",
        "contactpersonen": [{"naam": "Joost van 't Hof", "email": "shv@voorbeeldstad.example", "functietitel": "Schuldhulpverlener"}],
    }  # fmt: skip
    return {
        "startdatumLevering": "2024-01-01", "einddatumLevering": "2024-12-31", "aanleverdatumEnTijd": "2025-01-31T10:00:00Z",
        "codeGegevensleverancier": "GL000001",
        "leveringen": [{"teller": 1, "aanleverende_organisatie": organisation, "schuldhulptrajecten": list(trajects)}],
    }  # fmt: skip


def files(folder: Path, **contents: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / f"{name}.json").write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return folder


def asked(folder: Path, table: str, *names: str, match: dict[str, str] = MATCH, subject: Subject = ASKED, **more: Any) -> Answer:
    wanted = [column("Burgerservicenummer", "bsn"), *(column(name) for name in names)]
    return collect(source("ddas", str(folder), entity("een", match, wanted, table=table, **more)), subject)


def everything(answer: Answer) -> str:
    return str([c.rows.to_dict("list") for c in answer.collections])


# The published model.


def test_the_outline_is_that_of_the_published_schema(standards: Path) -> None:
    """Every leaf of every object, and every list of objects."""
    schema = json.loads((standards / "ddas" / "json_schema_Uitwisselmodel.json").read_bytes())
    lists: dict[str, set[tuple[str, ...]]] = {"": set()}

    def walk(node: dict[str, Any], name: str, path: tuple[str, ...]) -> None:
        for key, inner in node.get("properties", {}).items():
            if inner.get("type") == "array":
                lists.setdefault(key, set())
                walk(inner["items"], key, ())
            elif "properties" in inner:
                walk(inner, name, (*path, key))
            else:
                lists[name].add((*path, key))

    walk(schema, "", ())
    above = lists.pop("") | lists.pop("leveringen")
    assert above == set(DELIVERY)
    assert lists == {name: set(paths) for name, paths in RECORDS.items()}


def test_the_deliveries_of_these_tests_are_valid(standards: Path) -> None:
    """By the published schema."""
    schema = json.loads((standards / "ddas" / "json_schema_Uitwisselmodel.json").read_bytes())
    jsonschema.validate(delivery(traject(client(BSN), client(OTHER))), schema)


def test_the_published_example_is_found(standards: Path) -> None:
    """The one client of the example, by a number that is no real one."""
    answer = asked(standards / "ddas" / "enkelvoudigVoorbeeld.json", "client", "Postcode", subject=Subject(Person(bsn="987654321")))
    assert (answer.coverage.status, cells(answer, "Postcode")) == (Outcome.FOUND, ["5678CD"])


# What is found.


@pytest.mark.parametrize(
    ("table", "number"),
    [("traject", 1), ("schuldhulptrajecten", 1), (".", 1), ("2024", 1), ("2024/schulden", 2), ("Schuldeisers", 2), ("client", 1),
     ("medeclient", 1), ("contactpersonen", 1), ("verstrekking", 1), ("begeleiding", 0), ("moratoria", 0)],
)  # fmt: skip
def test_lists_are_rows(tmp_path: Path, table: str, number: int) -> None:
    """A list of objects is a table; one that a trajectory lacks is empty, not a failure."""
    files(tmp_path / "2024", een=delivery(traject(client(BSN), client(OTHER)), traject(client(OTHER), said="Van een ander")))
    answer = asked(tmp_path, table)
    assert (answer.coverage.status, answer.coverage.records) == (Outcome.FOUND if number else Outcome.NONE, number)
    assert "Van een ander" not in everything(answer)
    assert cells(answer, "Burgerservicenummer") == [BSN] * number


def test_the_other_client_of_a_trajectory_is_a_record_apart(tmp_path: Path) -> None:
    """Not in the rows of the subject; in those of `medeclient`, where sources.yaml says whose they are."""
    files(tmp_path, een=delivery(traject(client(BSN), client(OTHER, "1979-01-25"))))
    assert OTHER not in everything(asked(tmp_path, "traject"))
    assert OTHER not in everything(asked(tmp_path, "client"))
    answer = asked(tmp_path, "medeclient", "medeclient.Geboortedatum")
    assert cells(answer, "medeclient.Geboortedatum") == [date(1979, 1, 25)]


@pytest.mark.parametrize(
    ("table", "name", "value"),
    [("traject", "intake.startdatum", date(2024, 2, 1)), ("traject", "KvK-nummer", "12345678"), ("schulden", "schuldeiser.naam", "Krediet Direct NV"),
     ("schulden", "bedrag", 9415), ("traject", "client.Postcode", "1234AB"), ("verstrekking", "when", "2025-01-31"), ("traject", "BSN", BSN),
     ("traject", "leveringen[].schuldhulptrajecten[].gemeentecode", "GM9901"), ("client", "$.leveringen[*].schuldhulptrajecten[*].client[*].Postcode", "1234AB"),
     ("traject", "schuldhulptrajecten.client.Postcode", "1234AB"), ("schulden", "schulden.bedrag", 9415)],
)  # fmt: skip
def test_a_column_is_a_field_by_name_or_path(tmp_path: Path, table: str, name: str, value: Any) -> None:
    """Of the record, of the client, of the trajectory, or of the delivery around it."""
    files(tmp_path, een=delivery(traject(client(BSN))))
    assert cells(asked(tmp_path, table, name), name)[0] == value


@pytest.mark.parametrize(
    "wrap",
    [
        lambda d: {"gegevens": d},
        lambda d: [d],
        lambda d: {"gegevens": d, "paginering": {"pageSize": 9, "currentPage": 1, "totalPages": 1, "totalRecords": 1}},
    ],
)
def test_the_answer_of_the_interface_is_read_too(tmp_path: Path, wrap: Any) -> None:
    """As the DDAS API hands a delivery over."""
    files(tmp_path, een=wrap(delivery(traject(client(BSN)))))
    assert asked(tmp_path, "traject").coverage.status is Outcome.FOUND


def test_a_page_that_is_not_here_makes_the_search_partial(tmp_path: Path) -> None:
    """Two of three pages is not all of it."""
    page = {"pageSize": 9, "currentPage": 1, "totalPages": 3, "totalRecords": 27}
    files(
        tmp_path,
        een={"gegevens": delivery(traject(client(BSN))), "paginering": page},
        twee={"gegevens": delivery(), "paginering": {**page, "currentPage": 3}},
    )
    answer = asked(tmp_path, "traject")
    assert (answer.coverage.status, answer.coverage.records) == (Outcome.PARTIAL, 1)
    assert any("1 pages that a delivery announces" in alarm for alarm in answer.coverage.alarms)


def test_without_a_number_birth_date_and_address_are_a_doubt(tmp_path: Path) -> None:
    """A twin or a neighbour may have the same: below the policy's threshold."""
    files(tmp_path, een=delivery(traject(client(None)), traject(client(OTHER), said="Van een ander")))
    person = Person(bsn=BSN, birth_date=date(1980, 3, 9), addresses=(Address("Kerkstraat", "12", "1234 AB", "Nergenshuizen"),))
    wanted = [column("Geboortedatum", "date"), column("Postcode", "address"), column("Huisnummer", "address")]
    match = {"Geboortedatum": "subject.birth_date", "Postcode": "subject.address", "Huisnummer": "subject.address"}
    answer = collect(source("ddas", str(tmp_path), entity("een", match, wanted, table="client")), Subject(person))
    assert [m.score for c in answer.collections for m in c.matches] == [0.5]
    assert OTHER not in everything(answer)


def test_the_delivery_may_come_before_or_after_what_it_is_of(tmp_path: Path) -> None:
    """The order of names in JSON means nothing."""
    turned = delivery(traject(client(BSN)))
    turned["leveringen"] = [dict(reversed(one.items())) for one in turned["leveringen"]]
    files(tmp_path, een=dict(reversed(turned.items())))
    answer = asked(tmp_path, "traject", "(Statutaire) Naam", "aanleverdatumEnTijd")
    assert cells(answer, "(Statutaire) Naam") == ["Gemeente Voorbeeldstad"]
    assert cells(answer, "aanleverdatumEnTijd") == ["2025-01-31T10:00:00Z"]


# What cannot be read.


GOOD = json.dumps(delivery(traject(client(BSN)))).encode()
TWICE = GOOD.replace(b'"omschrijving"', b'"omschrijving": "Verborgen", "omschrijving"')


@pytest.mark.parametrize(
    ("content", "why"),
    [(GOOD[:-40], "no whole JSON"), (b"", "no whole JSON"), (b"{}", "no DDAS delivery"), (GOOD.decode().encode("utf-16"), "no whole JSON"),
     (TWICE, "no whole JSON"), (b'{"leveringen":[{"schuldhulptrajecten":[' + b'{"a":' * 500, "nested"), (b"a;b", "no whole JSON"),
     (GOOD.replace(b"Traject", b"Traj\xe9ct"), "no whole JSON")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_makes_the_search_partial(tmp_path: Path, content: bytes, why: str) -> None:
    """Truncated, empty, another document, another encoding, a name given twice, endless nesting: it may be about the subject."""
    files(tmp_path, een=delivery(traject(client(BSN))), stuk=content)
    answer = asked(tmp_path, "traject")
    assert (answer.coverage.status, answer.coverage.records) == (Outcome.PARTIAL, 1)
    assert any(why in alarm for alarm in answer.coverage.alarms)
    assert "1 bestand konden wij niet lezen" in answer.coverage.message


def test_zips_are_read_with_the_same_care(tmp_path: Path) -> None:
    """A delivery in a zip is searched; a damaged zip is told."""
    with zipfile.ZipFile(tmp_path / "2024.zip", "w") as packed:
        packed.writestr("q1/een.json", GOOD)
    assert asked(tmp_path, "q1").coverage.records == 1
    (tmp_path / "stuk.zip").write_bytes((tmp_path / "2024.zip").read_bytes()[:60])
    assert asked(tmp_path, "traject").coverage.status is Outcome.PARTIAL


def test_nothing_held_is_said_only_after_a_whole_search(tmp_path: Path) -> None:
    """`none`; and a folder that is not there fails."""
    files(tmp_path / "a", een=delivery(traject(client(OTHER))))
    assert asked(tmp_path / "a", "traject").coverage.status is Outcome.NONE
    assert asked(tmp_path / "b", "traject").coverage.status is Outcome.FAILED
    assert asked(tmp_path / "a", "verdwenen").coverage.status is Outcome.FAILED
    assert asked(tmp_path / "a", "traject", minimum_rows=50).coverage.status is Outcome.PARTIAL


def test_what_ddas_does_not_know_is_kept_withheld_and_told(tmp_path: Path) -> None:
    """A new field becomes a column, a new list a table that somebody must name."""
    files(tmp_path, een=delivery(traject(client(BSN), hobby="vissen", bezoeken=[{"dag": "2024-03-01"}])))
    answer = asked(tmp_path, "traject")
    assert cells(answer, "hobby") == ["vissen"]
    assert any("records bezoeken are read by no entity" in alarm for alarm in answer.coverage.alarms)
    assert cells(asked(tmp_path, "bezoeken", "dag"), "dag") == [date(2024, 3, 1)]


def test_check_counts_and_tells_drift(tmp_path: Path) -> None:
    """Over everybody, without a value."""
    files(tmp_path, een=delivery(traject(client(OTHER), hobby="vissen")))
    report = connectors.check(source("ddas", str(tmp_path), entity("een", MATCH, [column("Burgerservicenummer", "bsn")], table="traject")))
    assert (report.reachable, report.authorised, report.rows) == (True, True, {"een": 1})
    assert any("hobby" in line and "not in sources.yaml" in line for line in report.drift)
    assert "vissen" not in str(report)


def test_nothing_told_holds_a_value(tmp_path: Path) -> None:
    """Neither of the subject nor of anybody else."""
    files(tmp_path, een=delivery(traject(client(BSN), client(OTHER))), stuk=GOOD[:-3])
    answer = asked(tmp_path, "traject")
    for value in (BSN, OTHER, "Krediet", "Traject om"):
        assert value not in told(answer)


def test_a_large_file_is_streamed(tmp_path: Path) -> None:
    """Memory holds one trajectory at a time: twenty thousand take no more than a few megabytes."""
    line = json.dumps(traject(client(OTHER))).encode()
    head, tail = GOOD.split(b'"schuldhulptrajecten": [')
    (tmp_path / "veel.json").write_bytes(head + b'"schuldhulptrajecten": [' + b",".join([line] * 20_000 + [tail]))
    tracemalloc.start()
    answer = asked(tmp_path, "traject")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert answer.coverage.records == 1
    assert peak < 10_000_000

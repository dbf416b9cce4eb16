"""Chapter 1. One contract for every kind of source: each outcome ends in the right coverage, and nobody else's data comes along."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import connectors
from config.collection import UNCLASSIFIED, Outcome
from config.settings import Source
from tests.connectors.conftest import JSON, Server, persons
from tests.connectors.made import BSN, NOW, OTHER, cells, collect, column, entity, source, told

NOTE = "Mevrouw vroeg om hulp."
COLUMNS = [column("BSN", "bsn"), column("NOTITIE", "text", "mixed")]
REGISTER = [column("burgerservicenummer", "bsn"), column("naam.geslachtsnaam", "name")]
ROWS = [(BSN, NOTE), (OTHER, "Over een ander."), (None, "Over niemand.")]


def sqlite(path: Path, names: list[str], rows: list[tuple[Any, ...]]) -> Path:
    with sqlite3.connect(path) as db:
        db.execute(f"create table notities ({', '.join(names)})")
        db.executemany(f"insert into notities values ({', '.join('?' * len(names))})", rows)
    db.close()
    return path


def workbook(path: Path, names: list[str], rows: list[tuple[Any, ...]]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "notities"
    for row in (names, *rows):
        book.active.append(list(row))
    book.save(path)
    return path


def csv(path: Path, names: list[str], rows: list[tuple[Any, ...]]) -> Path:
    lines = [";".join("" if cell is None else str(cell) for cell in row) for row in (names, *rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def folder(path: Path, names: list[str], rows: list[tuple[Any, ...]]) -> Path:
    (path / "notities").mkdir(parents=True)
    for number, row in enumerate(rows):
        (path / "notities" / f"brief {number}.txt").write_text("\n".join(str(cell) for cell in row if cell), encoding="utf-8")
    return path


Row = tuple[Any, ...]


@dataclass(frozen=True)
class Make:
    """Makes a source of one kind with these columns and rows; the first two columns are BSN and NOTITIE."""

    kind: str
    make: Callable[[list[str], list[Row]], Source]

    def __call__(self, names: list[str], rows: list[Row]) -> Source:
        return self.make(names, rows)


def register(server: Server, rows: list[Row]) -> Source:
    known = {row[0]: {"burgerservicenummer": row[0], "naam": {"geslachtsnaam": row[1]}} for row in rows}
    for row in rows:
        known[row[0]].update({"extra": row[2]} if len(row) > 2 else {})
    server.reply = lambda path, headers, body: persons(*[known[b] for b in body["burgerservicenummer"] if b in known])
    return source("brp", server.url, entity("notities", {"burgerservicenummer": "subject.bsn"}, REGISTER, table="persoon"))


@pytest.fixture(params=["sql", "tables-xlsx", "tables-csv", "brp", "documents"])
def make(request: pytest.FixtureRequest, tmp_path: Path, server: Server) -> Make:
    """Every kind that holds data, in turn."""
    kind = request.param.split("-")[0]

    def made(names: list[str], rows: list[Row]) -> Source:
        if kind == "documents":
            return source(kind, str(folder(tmp_path / "map", names, rows)), entity("notities", {"TEXT": "subject.bsn"}, []))
        if kind == "brp":
            return register(server, rows)
        file = {"sql": ("bron.sqlite", sqlite), "tables-xlsx": ("notities.xlsx", workbook), "tables-csv": ("notities.csv", csv)}[
            request.param
        ]
        path = file[1](tmp_path / file[0], names, rows)
        url = f"sqlite:///{path}" if kind == "sql" else str(path)
        return source(kind, url, entity("notities", {"BSN": "subject.bsn"}, COLUMNS))

    return Make(kind, made)


def everything(answer: Any) -> str:
    """All cells and pages of an answer."""
    return str([(c.rows.to_dict("list"), [d.pages for d in c.documents]) for c in answer.collections])


def test_what_is_held_is_found_and_nothing_of_another(make: Make) -> None:
    """The subject's record comes whole, the records of others do not come at all."""
    answer = collect(make(["BSN", "NOTITIE"], ROWS))
    assert (answer.coverage.status, answer.coverage.records + answer.coverage.documents) == (Outcome.FOUND, 1)
    assert NOTE in everything(answer)
    assert "ander" not in everything(answer)
    assert answer.coverage.asked_at == NOW


def test_nothing_held_is_said_only_after_a_whole_search(make: Make) -> None:
    """`none`, with a plain sentence for the resident and no alarm."""
    answer = collect(make(["BSN", "NOTITIE"], ROWS[1:]))
    assert (answer.coverage.status, answer.coverage.alarms, answer.collections) == (Outcome.NONE, (), ())
    assert answer.coverage.message == "Wij hebben dit hele systeem doorzocht en vonden niets over u."


def test_an_unclassified_column_is_kept_counted_and_withheld(make: Make) -> None:
    """What sources.yaml does not name comes along under the reason `unclassified`, and raises an alarm by name."""
    if make.kind == "documents":
        pytest.skip("files have no columns")
    asked = make(["BSN", "NOTITIE", "extra"], [(*row, "nieuw") for row in ROWS if row[0]])
    answer = collect(asked)
    assert [c.withhold for c in answer.collections[0].columns if c.name == "extra"] == [UNCLASSIFIED]
    assert cells(answer, "extra") == ["nieuw"]
    assert any("extra is not in sources.yaml" in alarm for alarm in answer.coverage.alarms)
    assert answer.coverage.status is Outcome.FOUND


def test_a_column_that_is_gone_makes_the_answer_partial(make: Make) -> None:
    """A configured column that the data lacks is an alarm: what it held was not searched."""
    if make.kind in {"documents", "brp"}:
        pytest.skip("files have no columns, and the register leaves out what is empty")
    asked = make(["BSN"], [(row[0],) for row in ROWS])
    answer = collect(asked)
    assert answer.coverage.status is Outcome.PARTIAL
    assert any("NOTITIE is in sources.yaml but not in the data" in alarm for alarm in answer.coverage.alarms)


def test_a_source_that_is_not_there_fails(make: Make, tmp_path: Path) -> None:
    """No file, no folder, nobody listening: failed, and never made on the way."""
    there = make(["BSN", "NOTITIE"], ROWS)
    gone = {"sql": f"sqlite:///{tmp_path}/weg.sqlite", "brp": "http://127.0.0.1:9"}.get(there.kind, str(tmp_path / "weg.xlsx"))
    answer = collect(source(there.kind, gone, *there.entities))
    assert (answer.coverage.status, answer.collections) == (Outcome.FAILED, ())
    assert answer.coverage.message
    assert answer.coverage.alarms
    assert not list(tmp_path.glob("weg*"))


def test_a_missing_table_is_a_failure_and_the_rest_goes_on(make: Make) -> None:
    """One entity that cannot be searched makes the source partial, whatever the others hold."""
    there = make(["BSN", "NOTITIE"], ROWS)
    match = dict(there.entities[0].match[0])
    asked = source(there.kind, there.connection, entity("weg", match, [], table="verdwenen"), *there.entities)
    answer = collect(asked)
    assert (answer.coverage.status, NOTE in everything(answer)) == (Outcome.PARTIAL, True)
    assert any("bron.weg" in alarm for alarm in answer.coverage.alarms)
    alone = collect(source(there.kind, there.connection, asked.entities[0]))
    assert alone.coverage.status is Outcome.FAILED


def test_an_entity_below_its_minimum_is_not_searched_whole(make: Make) -> None:
    """An emptied table must not read as nothing held."""
    there = make(["BSN", "NOTITIE"], ROWS[1:])
    if there.kind == "brp":
        pytest.skip("the register is not counted")
    first = replace(there.entities[0], minimum_rows=50)
    answer = collect(source(there.kind, there.connection, first))
    assert answer.coverage.status is Outcome.PARTIAL
    assert any("below its minimum of 50" in alarm for alarm in answer.coverage.alarms)


def test_a_key_that_nobody_could_look_up_is_not_an_empty_answer(make: Make) -> None:
    """An entity that follows a key of a source that was not searched, was not searched itself."""
    there = make(["BSN", "NOTITIE"], ROWS)
    column_name = next(iter(there.entities[0].match[0]))
    answer = collect(source(there.kind, there.connection, entity("los", {column_name: "elders.nummer"}, [], table=there.entities[0].table)))
    assert answer.coverage.status is Outcome.FAILED
    assert answer.coverage.message.startswith("Wij misten een gegeven") or there.kind == "brp"


def test_what_is_told_of_a_search_holds_no_value(make: Make) -> None:
    """Neither reprs, nor coverage, nor the reasons of a match hold a value of anybody."""
    answer = collect(make(["BSN", "NOTITIE"], ROWS))
    for value in (BSN, OTHER, NOTE, "hulp"):
        assert value not in told(answer)


def test_check_tells_a_good_source_from_one_that_drifted(make: Make) -> None:
    """`inzage sources check`: reachable, authorised, no drift; or the drift by name."""
    there = make(["BSN", "NOTITIE"], ROWS)
    good = connectors.check(there)
    assert (good.source, good.reachable, good.authorised, good.drift) == ("bron", True, True, ())
    match = dict(there.entities[0].match[0])
    bad = connectors.check(there, [entity("weg", match, [], table="verdwenen")])
    assert (bad.reachable, bool(bad.drift)) == (True, True)


def test_manual_waits() -> None:
    """A system with no way in waits for a colleague; it is never empty and never failed."""
    answer = collect(source("manual", ""))
    assert (answer.coverage.status, answer.coverage.message[:16]) == (Outcome.WAITING, "Een collega moet")
    assert connectors.check(source("manual", "")).drift == ()


def test_kinds_are_the_modules_of_the_package() -> None:
    """A module of `connectors` is a kind; nothing else has to be told of it."""
    assert connectors.kinds() >= {"sql", "brp", "tables", "documents", "manual"}


def test_json_content_type_is_known() -> None:
    """The control of the server in these tests: it answers JSON as the register does."""
    assert persons()[1] == JSON

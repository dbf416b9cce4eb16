"""Chapter 1. One contract for every kind of source: each outcome ends in the right coverage, and nobody else's data comes along."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

import connectors
from config.collection import UNCLASSIFIED, Answer, Outcome
from config.settings import Source
from tests.connectors.kinds import CASES, ELSE, NOTE, ROWS, Bench, KindFile, kinds
from tests.connectors.made import BSN, NOW, OTHER, cells, collect, entity, source, told

KINDS = [pytest.param(kind, id=kind.name, marks=[pytest.mark.service] * hasattr(kind.module, "SERVICE")) for kind in kinds()]
SURE = 0.9
"""From this score on a row goes into the dossier without being looked at, unless policy.yaml says otherwise."""


@pytest.fixture
def bench(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Bench]:
    """A place to build a source, put away afterwards."""
    made = Bench(tmp_path, request.getfixturevalue)
    yield made
    for step in reversed(made.after):
        step()


@dataclass(frozen=True)
class Make:
    """Makes a source of one kind with these columns and rows; the first two columns are BSN and NOTITIE."""

    tested: KindFile
    bench: Bench

    @property
    def kind(self) -> str:
        return self.tested.kind

    def __call__(self, names: list[str], rows: list[tuple[Any, ...]]) -> Source:
        return self.tested.make(self.bench, names, rows)


@pytest.fixture(params=KINDS)
def make(request: pytest.FixtureRequest, bench: Bench) -> Make:
    """Every kind that holds data, in turn."""
    return Make(request.param, bench)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_state_of_every_kind_ends_in_the_right_coverage(kind: KindFile, case: str, bench: Bench) -> None:
    """What comes back is what the case asks for, tells no value, and holds nothing of another person that nobody will look at."""
    if why := kind.why_not(case):
        pytest.skip(f"{kind.name} cannot be {case}: {why}")
    if case == "forbidden" and os.geteuid() == 0 and kind.kind in {"tables", "documents"}:
        pytest.skip("root may read every file")
    answer = collect(kind.source(bench, case))
    asked = CASES[case]
    assert answer.coverage.status in asked.outcomes
    assert asked.says in answer.coverage.message
    assert (NOTE in everything(answer)) == asked.holds or answer.coverage.status in {Outcome.PARTIAL, Outcome.FAILED}
    assert answer.coverage.alarms or answer.coverage.status in {Outcome.FOUND, Outcome.NONE}
    assert ELSE not in sure(answer)
    for value in (BSN, OTHER, NOTE, ELSE, "geheimwoord"):
        assert value not in told(answer)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_answers_for_every_case(kind: KindFile) -> None:
    """A case is either made, or said why it cannot be; and no reason is given for a case that is made."""
    missing = [case for case in CASES if not kind.why_not(case) and not hasattr(kind.module, case) and case not in {"found", "nothing"}]
    both = [case for case in CASES if kind.why_not(case) and hasattr(kind.module, case)]
    assert (missing, both) == ([], [])


def sure(answer: Answer) -> str:
    """All cells and pages that go into the dossier unless a person takes them out."""
    rows = [row for c in answer.collections for row, m in zip(c.rows.to_dict("records"), c.matches, strict=True) if m.score >= SURE]
    return str([rows, [d.pages for c in answer.collections for d in c.documents if d.match.score >= SURE]])


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
    assert connectors.kinds() >= {"sql", "brp", "tables", "documents", "manual", "istandaarden", "ddas", "stufbg", "suites"}

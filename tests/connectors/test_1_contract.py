"""Chapter 1. One contract for every kind of source: each outcome ends in the right coverage, and nobody else's data comes along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

import connectors
from config.collection import UNCLASSIFIED, Answer, Outcome
from config.settings import Source
from tests.connectors.kinds import CASES, ELSE, NOTE, ROWS, Bench, KindFile, as_anybody, kinds
from tests.connectors.made import BSN, NOW, OTHER, cells, collect, entity, source, told
from tests.connectors.page import PAGE, cells_of, page

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

    def __call__(self, names: list[str], rows: list[tuple[Any, ...]]) -> Source:
        return self.tested.make(self.bench, names, rows)

    def needs(self, question: str) -> Make:
        """This, where the question has a meaning for the kind."""
        for asked in ("make", question):
            if why := self.tested.why_not(asked):
                pytest.skip(f"{self.tested.name}: {why}")
        return self


@pytest.fixture(params=KINDS)
def make(request: pytest.FixtureRequest, bench: Bench) -> Make:
    """Every kind that holds data, in turn."""
    return Make(request.param, bench)


@pytest.fixture(scope="module")
def published() -> dict[tuple[str, str], str]:
    """What docs/connectors/contract.md says of each case and kind."""
    return cells_of(PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_state_of_every_kind_ends_in_the_right_coverage(
    kind: KindFile, case: str, bench: Bench, published: dict[tuple[str, str], str]
) -> None:
    """What comes back is what the case asks for and the page says, tells no value, and holds nothing of another that nobody will look at."""
    if why := kind.why_not(case):
        pytest.skip(f"{kind.name} cannot be {case}: {why}")
    answer = answered(kind, bench, case)
    asked = CASES[case]
    assert answer.coverage.status in asked.outcomes
    assert asked.says in answer.coverage.message
    assert (NOTE in everything(answer)) == asked.holds or answer.coverage.status in {Outcome.PARTIAL, Outcome.FAILED}
    assert answer.coverage.alarms or answer.coverage.status in {Outcome.FOUND, Outcome.NONE}
    assert ELSE not in sure(answer)
    for value in (BSN, OTHER, NOTE, ELSE, "geheimwoord"):
        assert value not in told(answer)
    assert published[case, kind.name] == answer.coverage.status, "print the page anew: python -m tests.connectors.page"


def answered(kind: KindFile, bench: Bench, case: str) -> Answer:
    """The answer of a kind in this state."""
    if case != "forbidden":
        return kind.answer(bench, case)
    asked = kind.source(bench, case)
    with as_anybody(bench):
        return collect(asked)


def test_the_page_of_the_contract_is_the_contract() -> None:
    """docs/connectors/contract.md has every kind and case, and every reason as the files of the kinds give it."""
    text = PAGE.read_text(encoding="utf-8")
    assert text == page(cells_of(text))


def test_every_kind_is_in_the_contract() -> None:
    """No module of `connectors` stands outside it."""
    assert {kind.kind for kind in kinds()} == set(connectors.kinds())


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


def about(lines: Iterable[str]) -> list[str]:
    """What is told of the entity; that a delivery holds other records too, which no entity reads, is told of the source."""
    return [line for line in lines if line.startswith("bron.notities")]


def test_what_is_held_is_found_and_nothing_of_another(make: Make) -> None:
    """The subject's record comes whole, the records of others do not come at all."""
    answer = collect(make.needs("found")(["BSN", "NOTITIE"], ROWS))
    assert (answer.coverage.status, answer.coverage.records + answer.coverage.documents) == (Outcome.FOUND, 1)
    assert NOTE in everything(answer)
    assert "ander" not in everything(answer)
    assert answer.coverage.asked_at == NOW


def test_nothing_held_is_said_only_after_a_whole_search(make: Make) -> None:
    """`none`, with a plain sentence for the resident and no alarm about what was searched."""
    answer = collect(make.needs("nothing")(["BSN", "NOTITIE"], ROWS[1:]))
    assert (answer.coverage.status, about(answer.coverage.alarms), answer.collections) == (Outcome.NONE, [], ())
    assert answer.coverage.message == "Wij hebben dit hele systeem doorzocht en vonden niets over u."


def test_an_unclassified_column_is_kept_counted_and_withheld(make: Make) -> None:
    """What sources.yaml does not name comes along under the reason `unclassified`, and raises an alarm by name."""
    asked = make.needs("unclassified")(["BSN", "NOTITIE", "extra"], [(*row, "nieuw") for row in ROWS if row[0]])
    answer = collect(asked)
    name = getattr(make.tested.module, "EXTRA", "extra")
    assert [c.withhold for c in answer.collections[0].columns if c.name in {"extra", name}] == [UNCLASSIFIED]
    assert cells(answer, name) == ["nieuw"]
    assert any(name in alarm and "not in sources.yaml" in alarm for alarm in answer.coverage.alarms)
    assert answer.coverage.status is Outcome.FOUND


def test_a_column_that_is_gone_makes_the_answer_partial(make: Make) -> None:
    """A configured column that the data lacks is an alarm: what it held was not searched."""
    asked = make.needs("gone")(["BSN"], [(row[0],) for row in ROWS])
    answer = collect(asked)
    assert answer.coverage.status is Outcome.PARTIAL
    assert any("NOTITIE is in sources.yaml but not in the data" in alarm for alarm in answer.coverage.alarms)


def test_a_source_that_is_not_there_fails(make: Make, tmp_path: Path) -> None:
    """No file, no folder, nobody listening: failed, and never made on the way."""
    there = make.needs("absent")(["BSN", "NOTITIE"], ROWS)
    answer = collect(replace(there, connection=make.tested.gone(tmp_path)))
    assert (answer.coverage.status, answer.collections) == (Outcome.FAILED, ())
    assert answer.coverage.message
    assert answer.coverage.alarms
    assert not list(tmp_path.glob("weg*"))


def test_a_missing_table_is_a_failure_and_the_rest_goes_on(make: Make) -> None:
    """One entity that cannot be searched makes the source partial, whatever the others hold."""
    there = make.needs("missing")(["BSN", "NOTITIE"], ROWS)
    match = dict(there.entities[0].match[0])
    asked = replace(there, entities=(entity("weg", match, [], table="verdwenen"), *there.entities))
    answer = collect(asked)
    assert (answer.coverage.status, NOTE in everything(answer)) == (Outcome.PARTIAL, True)
    assert any("bron.weg" in alarm for alarm in answer.coverage.alarms)
    alone = collect(replace(there, entities=asked.entities[:1]))
    assert alone.coverage.status is Outcome.FAILED


def test_an_entity_below_its_minimum_is_not_searched_whole(make: Make) -> None:
    """An emptied table must not read as nothing held."""
    there = make.needs("minimum")(["BSN", "NOTITIE"], ROWS[1:])
    first = replace(there.entities[0], minimum_rows=50)
    answer = collect(replace(there, entities=(first,)))
    assert answer.coverage.status is Outcome.PARTIAL
    assert any("below its minimum of 50" in alarm for alarm in answer.coverage.alarms)


def test_a_key_that_nobody_could_look_up_is_not_an_empty_answer(make: Make) -> None:
    """An entity that follows a key of a source that was not searched, was not searched itself."""
    there = make.needs("key")(["BSN", "NOTITIE"], ROWS)
    column_name = next(iter(there.entities[0].match[0]))
    loose = entity("los", {column_name: "elders.nummer"}, [], table=there.entities[0].table)
    answer = collect(replace(there, entities=(loose,)))
    assert answer.coverage.status is Outcome.FAILED
    assert answer.coverage.message.startswith("Wij misten een gegeven") or there.kind == "brp"


def test_what_is_told_of_a_search_holds_no_value(make: Make) -> None:
    """Neither reprs, nor coverage, nor the reasons of a match hold a value of anybody."""
    answer = collect(make.needs("found")(["BSN", "NOTITIE"], ROWS))
    for value in (BSN, OTHER, NOTE, "hulp"):
        assert value not in told(answer)


def test_check_tells_a_good_source_from_one_that_drifted(make: Make) -> None:
    """`inzage sources check`: reachable, authorised, no drift; or the drift by name."""
    there = make.needs("check")(["BSN", "NOTITIE"], ROWS)
    good = connectors.check(there)
    assert (good.source, good.reachable, good.authorised, about(good.drift)) == ("bron", True, True, [])
    match = dict(there.entities[0].match[0])
    bad = connectors.check(there, [entity("weg", match, [], table="verdwenen")])
    assert (bad.reachable, bool(bad.drift)) == (True, True)


def test_manual_waits() -> None:
    """A system with no way in waits for a colleague; it is never empty and never failed."""
    answer = collect(source("manual", ""))
    assert (answer.coverage.status, answer.coverage.message[:16]) == (Outcome.WAITING, "Een collega moet")
    assert connectors.check(source("manual", "")).drift == ()

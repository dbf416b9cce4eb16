"""Many requests at once: the nearest deadline first, and one that is poisonous does not hold up the rest."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.crowd import bsns
from flows.cores import computed, every_core
from tests.flows.conftest import BSN, OTHER_BSN, ROOT, SOURCES, Gemeente, build
from tests.flows.faults import PERSONEN
from tests.flows.plant import free_port
from tests.flows.slow_source import most_at_once

RESIDENTS = (BSN, OTHER_BSN, *(bsn for bsn in bsns(10) if bsn not in (BSN, OTHER_BSN)))[:10]


def dies_in_company() -> int:
    """Takes its process down, but for a process that it has for itself: there it answers."""
    if (left := Path(os.environ["INZAGE_TEST_MARK"])).exists():
        left.unlink()
        os._exit(9)
    return os.getpid()


def double(number: int) -> int:
    return 2 * number


def test_one_request_alone_computes_where_it_is() -> None:
    """No process is started for one request."""
    assert computed(os.getpid) == os.getpid()


def test_many_compute_in_processes_of_their_own() -> None:
    """Inside `every_core` a step runs elsewhere."""
    with every_core():
        assert computed(os.getpid) != os.getpid()


def test_a_step_that_takes_its_process_down_is_computed_again_alone_and_the_pool_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next step finds a pool that works."""
    (tmp_path / "mark").touch()
    monkeypatch.setenv("INZAGE_TEST_MARK", str(tmp_path / "mark"))
    with every_core():
        assert computed(dies_in_company) != os.getpid()
        assert computed(double, 21) == 42


@pytest.fixture
def crowded(tmp_path: Path) -> Iterator[Gemeente]:
    """Nergenshuizen with ten residents who all ask, and a register of persons that takes half a second and two at once."""
    gemeente = build(tmp_path, SOURCES + PERSONEN)
    with sqlite3.connect(tmp_path / "hulp.sqlite") as db:
        for serial, bsn in enumerate(RESIDENTS[2:], start=4713):
            db.execute("insert into KLANT values (?, ?, 'Iemand', ?, '1970-01-01', 'K. Ambtelaar', '', '')", (serial, bsn, f"Naam{serial}"))
    db.close()
    port = free_port()
    command = [sys.executable, str(ROOT / "tests/flows/slow_source.py"), str(port), str(tmp_path / "asked.log"), "0.5"]
    with subprocess.Popen(command) as source:
        yield Gemeente(tmp_path, {**gemeente.environment, "PERSONEN_URL": f"http://127.0.0.1:{port}"})
        source.kill()


SWEEP = """
from flows.nightly import nightly_sweep
from prefect.client.orchestration import get_client
nightly_sweep(at_once=8)
with get_client(sync_client=True) as client:
    (bar,) = client.read_artifacts()
    print(bar.data, bar.description, sep="|")
"""


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_sweep_handles_all_by_deadline_and_a_broken_one_alone_stays_behind(crowded: Gemeente) -> None:
    """All but one come to review; the one whose vault takes nothing does not, and is still there for the next night.

    However many are handled at once, a source is asked by as many as it allows; the bar in Prefect tells how far it is.
    """
    days = {bsn: f"2026-11-{20 - day:02d}" for day, bsn in enumerate(RESIDENTS)}
    numbers = register_all(crowded, days)
    crowded.run("request", "run", numbers[2])
    damage(crowded, numbers[2])
    swept = crowded.python("from flows.nightly import waiting; from flows.workplace import workplace; print(*waiting(workplace()))")
    assert swept.split() == list(reversed(numbers))
    assert crowded.python(SWEEP).strip().splitlines()[-1] == "100|10 of 10 requests, 1 not handled"
    standing = {r["request"]: r["status"] for r in crowded.json("request", "list")["requests"]}
    assert [standing[number] for number in numbers] == ["review", "review", "collecting", *["review"] * 7]
    log = crowded.folder / "asked.log"
    assert len(log.read_text().splitlines()) == 10
    assert most_at_once(log) == 2
    assert in_turn(begun(crowded), [number for number in reversed(numbers) if number != numbers[2]], 8)


def in_turn(order: list[str], wanted: list[str], at_once: int) -> bool:
    """Whether everybody began at their place in the line, give or take those who are handled at once."""
    return all(abs(order.index(number) - place) <= at_once for place, number in enumerate(wanted))


def begun(gemeente: Gemeente) -> list[str]:
    """The requests in the order in which they were first taken up, as the trail has it."""
    told = "from flows.workplace import workplace; print(*[e.number for e in workplace().register.audit.entries() if e.action == 'lease taken'])"
    return list(dict.fromkeys(gemeente.python(told).split()))


def register_all(gemeente: Gemeente, days: dict[str, str]) -> list[str]:
    """Register a request for each BSN, received on its day; gives the numbers."""
    return gemeente.python(
        "from datetime import date; from flows.workplace import workplace; r = workplace().register; "
        f"print(*[r.new(b, date.fromisoformat(d), actor='balie').number for b, d in {days!r}.items()])"
    ).split()


def damage(gemeente: Gemeente, number: str) -> None:
    """Put a request back on the way, with a file where its folder in the vault should be."""
    gemeente.python(
        f"from flows.workplace import workplace; from config.request import Status; workplace().register.move({number!r}, Status.COLLECTING, 'test')"
    )
    folder = gemeente.folder / "home" / "vault" / number
    shutil.rmtree(folder)
    folder.touch()

"""Many requests at once: the nearest deadline first, and one that is poisonous does not hold up the rest."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from flows.cores import computed, every_core
from tests.flows.conftest import Gemeente, build

RESIDENTS = ("999990019", "999990020", "999990032", "999990044", "999990056")


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
def crowded(tmp_path: Path) -> Gemeente:
    """Nergenshuizen with five residents who all ask, of whom the third has a row that nobody can read."""
    gemeente = build(tmp_path)
    with sqlite3.connect(tmp_path / "hulp.sqlite") as db:
        for serial, bsn in enumerate(RESIDENTS[2:], start=4713):
            db.execute("insert into KLANT values (?, ?, 'Iemand', ?, '1970-01-01', 'K. Ambtelaar', '', '')", (serial, bsn, f"Naam{serial}"))
    db.close()
    return gemeente


@pytest.mark.slow
def test_the_nightly_sweep_handles_all_by_deadline_and_a_broken_one_alone_stays_behind(crowded: Gemeente) -> None:
    """Four come to review; the one whose vault takes nothing does not, and is still there for the next night."""
    days = {bsn: f"2026-11-{20 - day}" for day, bsn in enumerate(RESIDENTS)}
    numbers = register_all(crowded, days)
    crowded.run("request", "run", numbers[2])
    damage(crowded, numbers[2])
    swept = crowded.python("from flows.nightly import waiting; from flows.workplace import workplace; print(*waiting(workplace()))")
    assert swept.split() == list(reversed(numbers))
    crowded.python("from flows.nightly import nightly_sweep; nightly_sweep()")
    standing = {r["request"]: r["status"] for r in crowded.json("request", "list")["requests"]}
    assert [standing[number] for number in numbers] == ["review", "review", "collecting", "review", "review"]


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

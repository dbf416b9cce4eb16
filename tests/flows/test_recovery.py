"""A run that died is known to be dead at once where it ran, and taken up; of another machine only its lease can tell."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from config.request import Status
from flows import workplace as place
from flows.keeper import due
from flows.lease import left_behind
from flows.living import died, mark
from flows.warm import as_we_are
from tests.flows.conftest import BSN, build
from tests.flows.plant import until

HOLDS = """
import sys, time
from flows.lease import held
from flows.workplace import workplace
with held(workplace().register, sys.argv[1]):
    print("holds", flush=True)
    time.sleep(600)
"""


def test_a_process_that_ended_is_dead_and_one_that_lives_is_not() -> None:
    """Also one that ended and that its parent did not take leave of."""
    with subprocess.Popen(["sleep", "600"]) as process:
        marked = mark(process.pid)
        assert not died(marked)
        process.kill()
        until(lambda: died(marked), 10, 0.01)
    assert died(marked)


@pytest.mark.parametrize("marked", ["0badc0de-1-0badc0de", "", "balie", "?-1-0badc0de", "0badc0de-1-"])
def test_of_what_is_elsewhere_or_unknown_nothing_is_said(marked: str) -> None:
    """Another machine, a person, nothing at all: held for alive, until the lease runs out."""
    assert not died(marked)


def test_a_later_process_with_the_same_number_is_not_the_one_that_died() -> None:
    """The moment of beginning tells them apart."""
    machine, pid, life = mark(os.getpid()).split("-")
    assert died(f"{machine}-{pid}-{'0' * len(life)}")


def test_a_request_whose_run_was_killed_is_taken_up_without_waiting_for_its_lease(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """kill -9, and the next look finds it; while the run lived, nobody else could have it."""
    gemeente = build(tmp_path / "n")
    for name, value in gemeente.environment.items():
        monkeypatch.setenv(name, value)
    register = place.workplace().register
    number = register.new(BSN, date(2026, 11, 20), identity_checked_by="balie", actor="balie").number
    register.move(number, Status.COLLECTING, "inzage")
    with subprocess.Popen([sys.executable, "-c", HOLDS, number], env=gemeente.environment, stdout=subprocess.PIPE) as run:
        assert run.stdout is not None and run.stdout.readline()
        left_behind(register)
        assert not list(due())
        run.send_signal(signal.SIGKILL)
        run.wait()
        left_behind(register)
        assert register.stale() == (number,)
    register.close()
    place._register.cache_clear()


def test_a_run_gets_a_copy_only_where_it_wants_no_other_environment() -> None:
    """What Prefect tells each run is no difference; a variable that somebody set at the deployment is."""
    assert as_we_are({**os.environ, "PREFECT__FLOW_RUN_ID": "een"})
    assert not as_we_are({**os.environ, "HTTPS_PROXY": "http://een.andere.example"})

"""So many ask one source at once and no more, whichever thread, process or machine they are on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cases import MasterKey, Register
from tests.cases.conftest import ROOT

HOLD = """
import sys, time
from pathlib import Path
from cases import MasterKey, Register
register = Register(sys.argv[1], MasterKey.find(Path(sys.argv[2])))
with register.places.at("wmo", int(sys.argv[3])):
    print("in", flush=True)
    time.sleep(60)
"""


@contextmanager
def elsewhere(url: str, keys_in: Path, most: int = 1) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds a place at the source `wmo`."""
    command = [sys.executable, "-c", HOLD, url, str(keys_in), str(most)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "in\n"
            yield process
        finally:
            process.kill()


def gets_in(register: Register, source: str, most: int) -> threading.Event:
    """Somebody who asks in a thread, and lets go at once; the event tells that it got in."""
    got = threading.Event()

    def ask() -> None:
        with register.places.at(source, most):
            got.set()

    threading.Thread(target=ask, daemon=True).start()
    return got


def test_never_more_than_the_limit_are_in_at_once(register: Register) -> None:
    """Twenty threads, three places: three at most, and everybody gets a turn."""
    inside, most, done, lock = [0], [0], [0], threading.Lock()

    def ask() -> None:
        with register.places.at("wmo", 3):
            with lock:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            time.sleep(0.01)
            with lock:
                inside[0] -= 1
                done[0] += 1

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (most[0], done[0]) == (3, 20)


@pytest.mark.parametrize(("most", "got_in"), [(1, False), (2, True)])
def test_another_process_counts_too(most: int, got_in: bool, register: Register, url: str, tmp_path: Path, keys: MasterKey) -> None:
    """One place is held elsewhere: who comes waits for the only one, and takes the second of two."""
    with elsewhere(url, tmp_path):
        asked = gets_in(register, "wmo", most)
        assert asked.wait(5 if got_in else 0.5) is got_in
    assert asked.wait(5)


def test_a_process_that_is_killed_leaves_its_place_at_once(register: Register, url: str, tmp_path: Path, keys: MasterKey) -> None:
    """kill -9, and who waited is in: no lease has to run out."""
    with elsewhere(url, tmp_path) as process:
        waiting = gets_in(register, "wmo", 1)
        assert not waiting.wait(0.5)
        os.kill(process.pid, signal.SIGKILL)
        assert waiting.wait(5)


def test_who_asks_several_questions_at_once_takes_further_places_of_the_same_number(
    register: Register, url: str, tmp_path: Path, keys: MasterKey
) -> None:
    """Of five, one is held elsewhere and one by us: three are lent, and nobody else gets in until they are back."""
    with elsewhere(url, tmp_path, 5), register.places.at("wmo", 5) as further:
        with further(9) as more:
            assert more == 3
            waiting = gets_in(register, "wmo", 5)
            assert not waiting.wait(0.5)
            with further(1) as none:
                assert none == 0
        assert waiting.wait(5)


def test_one_source_does_not_wait_for_another(register: Register) -> None:
    """The places of a source are its own."""
    with register.places.at("wmo", 1):
        assert gets_in(register, "brp", 1).wait(5)


def test_a_place_is_free_again_after_an_error(register: Register) -> None:
    """A connector that breaks takes no place with it."""
    with pytest.raises(ZeroDivisionError), register.places.at("wmo", 1):
        raise ZeroDivisionError
    assert gets_in(register, "wmo", 1).wait(5)


def test_a_session_that_was_cut_is_opened_anew(register: Register, url: str) -> None:
    """A firewall or a restart cut the connection while nobody asked: the next who asks does not notice."""
    if not url.startswith("postgresql"):
        pytest.skip("an embedded database has no session")
    with register.places.at("wmo", 1):
        pass
    session = register.places._locks._session  # type: ignore[union-attr]
    assert session is not None
    pid = session.exec_driver_sql("select pg_backend_pid()").scalar()
    with register._database.writing() as connection:
        connection.exec_driver_sql(f"select pg_terminate_backend({pid})")
    assert gets_in(register, "wmo", 1).wait(5)

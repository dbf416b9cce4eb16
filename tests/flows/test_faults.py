"""A disk that is full, a vault that is away, a clock that jumps: what happens, and that nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.errors import InzageError, RequestError, VaultError
from config.request import Status
from flows import steps
from flows import workplace as place
from flows.workplace import Workplace
from tests.cases.conftest import RECEIVED
from tests.flows.conftest import BSN, ROOT, Gemeente, build
from tests.flows.faults import FAKETIME

MEBIBYTE = 2**20


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of four mebibytes."""
    folder = tmp_path / "schijf"
    folder.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "inzage", str(folder)], check=False).returncode:
        pytest.skip("a disk of our own takes root and the right to mount")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def at(patch: pytest.MonkeyPatch, gemeente: Gemeente, **more: str) -> Workplace:
    """The workplace of this gemeente, in this process."""
    for name, value in {**gemeente.environment, **more}.items():
        if name.startswith("INZAGE_") or name in {"HULP_URL", "PASSEN_FILE", "ARCHIEF"}:
            patch.setenv(name, value)
    return place.workplace()


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Every register that a test opened."""
    yield
    for url in _opened:
        place._register(*url).close()
    _opened.clear()
    place._register.cache_clear()


_opened: list[tuple[str, Path]] = []


def registered(work: Workplace) -> str:
    """A request whose sources are about to be asked."""
    _opened.append((place.register_url(), place.home()))
    number = work.register.new(BSN, RECEIVED, identity_checked_by="balie", actor="balie").number
    steps.begin(work, number, "inzage")
    return number


def on(work: Workplace, number: str) -> None:
    """Everything that is still to be done, as a run that takes it up does it."""
    work.register.move(number, Status.COLLECTING, "inzage")
    for leg in steps.legs(work, number):
        steps.ask(work, number, leg)
        steps.gather(work, number)
    steps.redact(work, number)
    steps.draft(work, number, "inzage")


def fill(folder: Path) -> Path:
    """Write until nothing more goes in."""
    stuffing = folder / "vulling"
    with stuffing.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(MEBIBYTE // 16))
        except OSError:
            return stuffing


def test_a_vault_on_a_full_disk_stops_the_step_and_goes_on_when_there_is_room(
    tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, without a path or value; what was answered stays, and is not asked again; the draft comes after all."""
    work = at(monkeypatch, build(tmp_path / "n"), INZAGE_VAULT_URL=f"file://{small}/vault")
    number = registered(work)
    first = steps.legs(work, number)[0]
    steps.ask(work, number, first)
    kept = work.register.kept(number, steps.answer_name(first))
    stuffing = fill(small)
    with pytest.raises(VaultError, match="No space left on device") as told:
        on(work, number)
    assert str(small) not in str(told.value)
    with pytest.raises(VaultError):
        work.vault.check_ready()
    stuffing.unlink()
    on(work, number)
    assert work.register.get(number).status is Status.REVIEW
    assert work.register.kept(number, steps.answer_name(first)) == kept
    assert work.register.audit.verify().entries > 10


def test_a_register_on_a_full_disk_refuses_whole_changes_and_goes_on_when_there_is_room(
    tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No half change: the trail verifies while it is full and after."""
    work = at(monkeypatch, build(tmp_path / "n"), INZAGE_DATABASE_URL=f"sqlite:///{small}/register.sqlite")
    number = registered(work)
    stuffing = fill(small)
    refused: list[InzageError] = []
    for attempt in range(400):  # until its log needs a page more than there is
        try:
            work.register.note(number, "balie", f"looked {attempt}")
        except RequestError as error:
            refused.append(error)
            break
    assert refused and "database refused" in str(refused[0])
    before = work.register.audit.verify().entries
    stuffing.unlink()
    on(work, number)
    assert work.register.get(number).status is Status.REVIEW
    assert work.register.audit.verify().entries > before


def test_a_vault_that_goes_away_in_the_middle_comes_back_without_loss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A share that is unmounted after the sources answered: the step stops with one sentence, and the draft comes when it is back."""
    work = at(monkeypatch, build(tmp_path / "n"))
    number = registered(work)
    for leg in steps.legs(work, number):
        steps.ask(work, number, leg)
    kept = {name: work.register.kept(number, name) for name in work.vault.names(number)}
    vault = tmp_path / "n" / "home" / "vault"
    away = vault.rename(vault.with_name("away"))
    vault.touch()
    for attempt in (lambda: steps.gather(work, number), lambda: work.vault.put(number, "subject", b"x")):
        with pytest.raises(VaultError) as told:
            attempt()
        assert str(tmp_path) not in str(told.value)
    vault.unlink()
    away.rename(vault)
    on(work, number)
    assert work.register.get(number).status is Status.REVIEW
    first = [steps.answer_name(leg) for leg in steps.legs(work, number) if leg.stage == 0]
    assert {name: work.register.kept(number, name) for name in first} == {name: kept[name] for name in first}


JUMP = """
import sys
from datetime import date
from pathlib import Path
from flows import steps
from flows.keeper import due
from flows.lease import held
from flows.workplace import workplace

clock, jump = Path(sys.argv[1]), sys.argv[2]
work = workplace()
number = work.register.new(sys.argv[3], date(2026, 11, 20), identity_checked_by="balie", actor="balie").number
with held(work.register, number) as lease:
    steps.begin(work, number, "inzage")
    for leg in steps.legs(work, number):
        steps.ask(work, number, leg)
    clock.write_text(jump)
    steps.gather(work, number)
    lease.check()
    steps.redact(work, number)
    lease.check()
    steps.draft(work, number, "inzage")
print(work.register.get(number).status, work.register.audit.verify().entries > 10)

clock.write_text("+0")
other = work.register.new(sys.argv[4], date(2026, 11, 20), identity_checked_by="balie", actor="balie").number
work.register.move(other, steps.Status.COLLECTING, "inzage")
clock.write_text("+3d")
work.register.lease(other, "een machine die wegvalt", 20)
clock.write_text("+0")
print([n for n, _, _ in due()] == [other], work.register.busy(other), work.register.lease(other, "een andere", 20))
"""


@pytest.mark.skipif(FAKETIME is None, reason="libfaketime is not installed (Debian: faketime)")
@pytest.mark.parametrize("jump", ["+40d", "-40d", "+61m", "-61m"])
def test_a_clock_that_jumps_under_a_run_does_it_no_harm_and_holds_up_nobody(tmp_path: Path, jump: str) -> None:
    """Forward or back, by an hour or forty days: the draft comes and the trail verifies. A lease from a clock that was ahead is dead."""
    gemeente, clock = build(tmp_path / "n"), tmp_path / "klok"
    clock.write_text("+0")
    environment = {
        **gemeente.environment, "LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = [sys.executable, "-c", JUMP, str(clock), jump, BSN, "999990032"]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=280)
    assert done.returncode == 0, done.stderr[-1500:]
    assert done.stdout.split() == ["review", "True", "True", "False", "True"]

"""The fault matrix: each step of a request by each thing that can die under it. Generated, so that no cell is forgotten."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
from sqlalchemy import create_engine, text

from tests.flows.conftest import BSN, ROOT, SOURCES, Gemeente, build
from tests.flows.plant import Plant, Postgres, answers, family, free_port, until

STEPS = {
    "ask": "answers/",
    "gather": "answers/0-personen",
    "redact": "answers/1-archief",
    "draft": "redacted",
    "release": "package.zip",
}
"""For each step, the artefact in the vault that tells that it is reached."""

AWAY = 4.0
"""How many seconds a thing stays away."""

FAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)
"""Sets the clock of one process (Debian: faketime)."""

WITHIN = 60.0
"""Seconds within which a request goes on by itself, from the moment that the thing is back."""

PERSONEN = """
  - name: personen
    title: Personen
    kind: brp
    owner: team@nergenshuizen.example
    connection: ${PERSONEN_URL}
    activity: brp
    retries: 8
    entities:
      persoon:
        match: {burgerservicenummer: subject.bsn}
        columns:
          burgerservicenummer: {label: Burgerservicenummer, kind: bsn, party: subject}
"""
"""A source that is a process, and can die: eight times asked again, which bridges half a minute."""


@dataclass
class Site:
    """Nergenshuizen with PostgreSQL for the register, a Prefect server and a worker, each a process that can die."""

    plant: Plant
    postgres: Postgres
    ports: dict[str, int]
    disk: Path
    number: str = ""

    @property
    def asked(self) -> int:
        """How many questions the source `personen` answered."""
        log = self.gemeente.folder / "asked.log"
        return len(log.read_text().splitlines()) if log.exists() else 0

    def start_source(self) -> None:
        log = str(self.gemeente.folder / "asked.log")
        self.plant.start("source", sys.executable, str(ROOT / "tests/flows/slow_source.py"), str(self.ports["source"]), log, "2")

    def start_desk(self) -> None:
        self.plant.start("desk", sys.executable, "-m", "desk", "serve", "--port", str(self.ports["desk"]))
        until(lambda: answers(f"http://127.0.0.1:{self.ports['desk']}/inloggen"))

    @property
    def clock(self) -> Path:
        """By how much the clock of a worker under faketime is off."""
        return self.gemeente.folder / "clock"

    def start_worker_with_clock(self) -> None:
        """A worker whose clock can be set."""
        self.clock.write_text("+0")
        faked = [
            f"LD_PRELOAD={FAKETIME}", f"FAKETIME_TIMESTAMP_FILE={self.clock}", "FAKETIME_CACHE_DURATION=1", "FAKETIME_DONT_FAKE_MONOTONIC=1",
        ]  # fmt: skip
        self.plant.start("worker", "env", *faked, sys.executable, "-m", "flows", "serve")

    def change_worker(self, start: Callable[[], None]) -> None:
        """Another worker in place of the one that is there, ready to work."""
        self.plant.kill("worker")
        before = self.plant.log("worker").count("started!")
        start()
        until(lambda: self.plant.log("worker").count("started!") > before, 300)

    @property
    def gemeente(self) -> Gemeente:
        return self.plant.gemeente

    def register(self, day: str = "2026-11-20") -> str:
        return str(self.gemeente.json("request", "new", "--bsn", BSN, "--received", day)["request"])

    def kept(self, number: str) -> list[str]:
        return self._asked("select name from artefacts where number = :n", number)

    def status(self, number: str) -> str:
        return (self._asked("select status from requests where number = :n", number) or [""])[0]

    def _asked(self, query: str, number: str) -> list[str]:
        engine = create_engine(self.postgres.url.replace("postgresql:", "postgresql+psycopg:"))
        try:
            with engine.connect() as connection:
                return list(connection.scalars(text(query), {"n": number}))
        except Exception:  # noqa: BLE001 - the database may be what was killed
            return []
        finally:
            engine.dispose()

    def draft(self, number: str) -> str:
        return self.gemeente.python(
            f"from flows.workplace import workplace; from flows.steps import draft_hash; print(draft_hash(workplace(), {number!r}))"
        )


@contextmanager
def site(folder: Path) -> Iterator[Site]:
    """Everything running; gone afterwards, whatever was killed."""
    postgres = Postgres(folder / "postgres")
    postgres.create()
    ports, disk = {"source": free_port(), "desk": free_port()}, folder / "disk"
    environment = {
        "INZAGE_DATABASE_URL": postgres.url, "PERSONEN_URL": f"http://127.0.0.1:{ports['source']}", "INZAGE_VAULT_URL": f"file://{disk}/vault",
    }  # fmt: skip
    plant = Plant(build(folder / "gemeente", SOURCES + PERSONEN), environment)
    made = Site(plant, postgres, ports, disk)
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "inzage", str(disk)], check=True)
    try:
        plant.start_server()
        plant.start_worker()
        made.start_source()
        made.start_desk()
        with plant.client() as client:
            until(lambda: client.get("deployments/name/purge-expired/purge-expired").status_code == 200)
        yield made
    finally:
        plant.stop()
        postgres.kill()
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


Fault = Callable[[Site], Callable[[], None]]
"""Breaks a thing; gives what brings it back."""


def kill_run(site: Site) -> Callable[[], None]:
    """kill -9 of the process of the flow run; the worker lives."""
    worker = site.plant.running["worker"].pid
    for pid in family(worker):
        if pid != worker and os.getsid(pid) == pid:  # a run is a session of its own
            os.kill(pid, signal.SIGKILL)
    return lambda: None


def kill_machine(site: Site) -> Callable[[], None]:
    """kill -9 of the worker and all it started."""
    site.plant.kill("worker")
    return site.plant.start_worker


def kill_server(site: Site) -> Callable[[], None]:
    """kill -9 of Prefect's server."""
    site.plant.kill("prefect")
    return site.plant.start_server


def kill_database(site: Site) -> Callable[[], None]:
    """PostgreSQL of the register stops at once, as after kill -9: it recovers from its log when it starts."""
    site.postgres.kill()
    return site.postgres.start


def lose_vault(site: Site) -> Callable[[], None]:
    """The folder of the vault is gone, as a share that was unmounted."""
    vault = site.disk / "vault"
    vault.rename(vault.with_name("away"))
    vault.touch()

    def back() -> None:
        vault.unlink()
        vault.with_name("away").rename(vault)

    return back


def fill_disk(site: Site) -> Callable[[], None]:
    """Nothing more goes on the disk of the vault."""
    stuffing = site.disk / "stuffing"
    with stuffing.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(2**16))
    return stuffing.unlink


def jump_ahead(site: Site) -> Callable[[], None]:
    """The clock of the machine jumps an hour ahead, and back."""
    site.clock.write_text("+61m")
    return lambda: site.clock.write_text("+0") and None


def trigger_again(site: Site) -> Callable[[], None]:
    """Somebody presses the button once more."""
    return _to_its_end(
        site, site.plant.trigger("release-request" if site.status(site.number) == "approved" else "handle-request", number=site.number)
    )


def overtake(site: Site) -> Callable[[], None]:
    """The nightly sweep begins, and once more before it ended."""
    runs = [site.plant.trigger("nightly-sweep") for _ in range(2)]
    return lambda: [_to_its_end(site, run)() for run in runs] and None


def _to_its_end(site: Site, run: str) -> Callable[[], None]:
    def back() -> None:
        with site.plant.client() as client:
            until(lambda: _state(client, run) in {"COMPLETED", "FAILED", "CRASHED"})

    return back


def kill_source(site: Site) -> Callable[[], None]:
    """kill -9 of a source, while it is asked or afterwards."""
    site.plant.kill("source")
    return site.start_source


def kill_desk(site: Site) -> Callable[[], None]:
    """kill -9 of the privacy desk."""
    site.plant.kill("desk")
    return site.start_desk


FAULTS: dict[str, Fault] = {
    "run killed": kill_run,
    "machine lost": kill_machine,
    "Prefect killed": kill_server,
    "database killed": kill_database,
    "vault away": lose_vault,
    "source killed": kill_source,
    "desk killed": kill_desk,
    "disk full": fill_disk,
    "clock jumps": jump_ahead,
    "triggered twice": trigger_again,
    "sweep overtakes": overtake,
}


def disturbed(site: Site, step: str, fault: str) -> float:
    """Handle one request that is disturbed once; gives the seconds from the thing being back to the draft (or package).

    Fails where that took longer than WITHIN, where the dossier is another than that of an undisturbed run, or where a source that
    had answered was asked again.
    """
    site.number, before = site.register(), site.asked
    number = site.number
    if fault == "clock jumps":
        site.change_worker(site.start_worker_with_clock)
    try:
        return _held_to(site, number, before, step, fault)
    finally:
        if fault == "clock jumps":
            site.change_worker(site.plant.start_worker)
        if site.status(number) != "released":  # the next cell is about the same resident
            site.gemeente.run("request", "withdraw", number)


def _held_to(site: Site, number: str, before: int, step: str, fault: str) -> float:
    seconds = _disturbed_release(site, number, fault) if step == "release" else _disturbed_draft(site, number, step, fault)
    assert seconds <= WITHIN, f"it took {seconds:.0f} s"
    again = site.asked - before - 1
    assert again <= int(step == "ask"), f"a source that had answered was asked {again} times more"
    return seconds


def _disturbed_draft(site: Site, number: str, step: str, fault: str) -> float:
    site.plant.trigger("handle-request", number=number)
    until(lambda: any(name.startswith(STEPS[step]) for name in site.kept(number)), 300, 0.01)
    seconds = _broken_and_back(site, fault, lambda: site.status(number) == "review")
    before = site.draft(number)
    site.gemeente.run("request", "run", number)
    assert site.draft(number) == before, "the dossier differs from that of an undisturbed run"
    return seconds


def _disturbed_release(site: Site, number: str, fault: str) -> float:
    site.gemeente.run("request", "run", number)
    for person in ("een", "twee"):
        site.gemeente.run("review", "approve", number, "--as", person)
    run = site.plant.trigger("release-request", number=number)
    with site.plant.client() as client:
        until(lambda: _state(client, run) == "RUNNING", 300, 0.01)
    seconds = _broken_and_back(site, fault, lambda: site.status(number) == "released")
    assert site.gemeente.python(SEALED.format(number=number)).split() == ["same"], "the package holds another dossier than was approved"
    return seconds


SEALED = """
import io, zipfile, pyzipper
from flows.workplace import workplace
vault, number = workplace().vault, {number!r}
inner = zipfile.ZipFile(io.BytesIO(vault.get(number, 'package.zip'))).read('gegevens.zip')
with pyzipper.AESZipFile(io.BytesIO(inner)) as sealed:
    sealed.setpassword(vault.get(number, 'passphrase'))
    print('same' if sealed.read('dossier.json') == vault.get(number, 'draft/dossier.json') else 'other')
"""
"""Opens the package as a resident does, and compares what is in it with the draft that was approved."""


def _broken_and_back(site: Site, fault: str, done: Callable[[], bool]) -> float:
    mend = FAULTS[fault](site)
    time.sleep(AWAY)
    mend()
    return until(done, 180)


def _state(client: httpx.Client, run: str) -> str:
    return str(client.get(f"flow_runs/{run}").json()["state_type"])

"""Backup and restore as docs/operations.md tells, with its own scripts: elsewhere everything is readable, and the trail verifies."""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tests.cases.conftest import POSTGRES
from tests.conftest import missing
from tests.flows.conftest import BSN, ROOT, Gemeente, build

SCRIPTS = ROOT / "docs" / "operations"
REGISTERED = f"""
from datetime import date
from flows import steps
from flows.workplace import workplace
work = workplace()
number = work.register.new({BSN!r}, date(2026, 11, 20), identity_checked_by="balie", actor="balie").number
steps.begin(work, number, "inzage")
for leg in steps.legs(work, number):
    steps.ask(work, number, leg)
"""
RELEASED = f"""{REGISTERED}
steps.gather(work, number)
steps.redact(work, number)
steps.draft(work, number, "inzage")
for person in ("een", "twee"):
    work.register.approve(number, person, steps.draft_hash(work, number))
steps.release(work, number, "balie")
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.service)])
def databases(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """Two addresses, of the register that is kept and of the one that it comes back in; "" for the file in INZAGE_HOME."""
    if request.param == "sqlite":
        yield "", ""
        return
    if shutil.which("pg_dump") is None:
        missing("pg_dump")
    server = create_engine(POSTGRES.rpartition("/")[0] + "/postgres", isolation_level="AUTOCOMMIT")
    names = [f"inzage_terug_{part}_{uuid.uuid4().hex[:8]}" for part in ("van", "naar")]
    try:
        with server.connect() as connection:
            for name in names:
                connection.execute(text(f"create database {name}"))
    except OperationalError:
        missing("PostgreSQL")
    place = POSTGRES.split("://", 1)[1].rpartition("/")[0]
    yield f"postgresql://{place}/{names[0]}", f"postgresql://{place}/{names[1]}"
    with server.connect() as connection:
        for name in names:
            connection.execute(text(f"drop database {name} with (force)"))
    server.dispose()


def at(gemeente: Gemeente, home: Path, database: str, key: str) -> Gemeente:
    """Inzage of this gemeente in another home, with the master key from outside."""
    inzage = home.parent / "inzage"
    inzage.write_text(f'#!/bin/sh\nexec {sys.executable} -m flows "$@"\n')
    inzage.chmod(0o755)
    more = {"INZAGE_HOME": str(home), "INZAGE_MASTER_KEY": key, "INZAGE": str(inzage), "PYTHONPATH": str(ROOT)}
    return Gemeente(gemeente.folder, {**gemeente.environment, **more, **({"INZAGE_DATABASE_URL": database} if database else {})})


def script(gemeente: Gemeente, name: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a script of the docs as an operator does."""
    done = subprocess.run([str(SCRIPTS / name), str(folder)], env=dict(gemeente.environment), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done


def test_a_backup_comes_back_elsewhere_whole_and_readable(tmp_path: Path, databases: tuple[str, str]) -> None:
    """A request with its answers: every artefact opens, its BSN is found, the trail verifies, and work goes on where it was."""
    key = base64.b64encode(bytes(range(32))).decode()
    gemeente = build(tmp_path / "nergenshuizen")
    first = at(gemeente, tmp_path / "eerste", databases[0], key)
    number = first.python(f"{REGISTERED}print(number)").strip()
    before = first.json("audit", "verify", "--artefacts")
    script(first, "backup.sh", tmp_path / "kopie")
    assert (tmp_path / "kopie").stat().st_mode & 0o777 == 0o700
    assert not list((tmp_path / "kopie").rglob("master.key*"))
    shutil.rmtree(tmp_path / "eerste")

    second = at(gemeente, tmp_path / "tweede", databases[1], key)
    said = script(second, "restore.sh", tmp_path / "kopie").stdout
    assert f"{before['entries']} entries" in said
    assert second.json("audit", "verify", "--artefacts") == before
    assert before["artefacts"] >= 3
    assert second.python(f"from flows.workplace import workplace as w; print(w().register.bsn({number!r}))").strip() == BSN
    assert second.json("request", "withdraw", number)["status"] == "withdrawn"
    assert second.json("request", "new", "--bsn", BSN, "--received", "2026-11-21")["request"] != number


@pytest.mark.slow
def test_a_released_request_comes_back_with_its_package_and_a_copy_that_lost_a_file_does_not_pass(tmp_path: Path) -> None:
    """The check at the end opens everything: one artefact less, and the restore fails and says which."""
    key = base64.b64encode(bytes(range(32))).decode()
    gemeente = build(tmp_path / "nergenshuizen")
    first = at(gemeente, tmp_path / "eerste", "", key)
    number = first.python(f"{RELEASED}print(number)").strip()
    script(first, "backup.sh", tmp_path / "kopie")
    second = at(gemeente, tmp_path / "tweede", "", key)
    script(second, "restore.sh", tmp_path / "kopie")
    assert (
        second.python(f"from flows.workplace import workplace as w; print(w().vault.get({number!r}, 'package.zip')[:2])").strip() == "b'PK'"
    )

    next((tmp_path / "kopie" / "vault" / number).glob("package.zip@*")).unlink()
    third = at(gemeente, tmp_path / "derde", "", key)
    done = subprocess.run(
        [str(SCRIPTS / "restore.sh"), str(tmp_path / "kopie")], env=dict(third.environment), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "package.zip: is gone from the vault" in done.stderr

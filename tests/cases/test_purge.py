"""Purge: what is past its term is destroyed, key first, and cannot be brought back; a certificate and the trail stay."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from cases import Register, Vault, purge
from cases.engine import connect
from cases.tables import APPROVALS, ARTEFACTS, DATA_KEYS, DECISIONS, REASONS, REQUESTS
from config.errors import ConfigError, RequestError, VaultError
from config.redacted import Decision
from config.request import Status
from tests.cases.conftest import BSN, OTHER_BSN, RECEIVED, released

CANARY = b"Kanariegeel, 999990019"
TODAY = datetime.now(UTC).date()
LATER = TODAY.replace(year=TODAY.year + 6, day=1)


@pytest.fixture
def ended(register: Register, vault: Vault, in_review: str) -> str:
    """The number of a request that was released, with everything that a request can have."""
    register.decide(in_review, [Decision("r-1", "show", "", "een")], "een")
    register.extend(in_review, "omdat Kanariegeel belde", "balie", date(2026, 12, 1))
    register.move(in_review, Status.REVIEW, "inzage", "opnieuw voor Kanariegeel")
    vault.put(in_review, "subject", CANARY)
    vault.put(in_review, "draft/dossier.json", CANARY)
    return released(register, in_review).number


def test_only_what_ended_longer_ago_than_its_term_is_destroyed(register: Register, vault: Vault, ended: str) -> None:
    """Not what is open, however old; not what ended on the very day."""
    still_open = register.new(OTHER_BSN, RECEIVED, actor="balie").number
    for too_early in (TODAY, TODAY.replace(year=TODAY.year + 4, day=1)):
        assert purge(register, vault, too_early, "P5Y") == ()
    assert [c.number for c in purge(register, vault, LATER, "P5Y")] == [ended]
    assert register.get(still_open).status is Status.REGISTERED


def test_a_term_is_over_on_the_day_after_it(register: Register, vault: Vault, ended: str) -> None:
    """A request that ended today, with a term of seven days, is destroyed on the eighth day from now."""
    day = register.get(ended).released_at
    assert day is not None
    local = day.astimezone().date()
    assert purge(register, vault, local + timedelta(days=6), "P7D") == ()
    assert len(purge(register, vault, local + timedelta(days=9), "P7D")) == 1


def test_after_a_purge_nothing_of_the_resident_is_left(register: Register, vault: Vault, ended: str, tmp_path: Path, url: str) -> None:
    """Key, BSN, its hash, reasons and decisions are gone from the tables, and every file from the vault."""
    purge(register, vault, LATER, "P5Y")
    engine = connect(url)
    with engine.connect() as connection:
        row = connection.execute(select(REQUESTS)).one()
        left = [table.name for table in (DATA_KEYS, DECISIONS, REASONS, ARTEFACTS) if connection.execute(select(table)).first()]
        assert len(connection.execute(select(APPROVALS)).all()) == 2
    engine.dispose()
    assert (row.bsn, row.bsn_mark, row.extended_because, row.open, left) == (None, None, None, None, [])
    assert [path for path in (tmp_path / "vault").rglob("*") if path.is_file()] == []
    for look in (lambda: register.bsn(ended), lambda: register.data_key(ended), lambda: vault.get(ended, "subject")):
        with pytest.raises(VaultError):
            look()
    with pytest.raises(VaultError, match="purged"):
        vault.put(ended, "subject", b"x")


def test_what_may_be_known_for_ever_stays(register: Register, vault: Vault, ended: str) -> None:
    """Number, days, and that it was extended and released; the trail still verifies."""
    before = register.get(ended)
    purge(register, vault, LATER, "P5Y")
    after = register.get(ended)
    assert (after.status, after.extended_because) == (Status.PURGED, "")
    assert (after.received, after.deadline, after.released_at) == (before.received, before.deadline, before.released_at)
    assert register.reasons(ended) == ()
    register.audit.verify()


def test_a_backup_of_the_vault_cannot_be_read_after_a_purge(register: Register, vault: Vault, ended: str, tmp_path: Path) -> None:
    """Destroying the wrapped key destroys every copy."""
    shutil.copytree(tmp_path / "vault", tmp_path / "backup")
    purge(register, vault, LATER, "P5Y")
    shutil.copytree(tmp_path / "backup", tmp_path / "vault", dirs_exist_ok=True)
    with pytest.raises(VaultError):
        vault.get(ended, "subject")


def test_a_certificate_says_what_was_destroyed_and_the_trail_has_it(register: Register, vault: Vault, ended: str) -> None:
    """Number, as what it ended, how many files, when, and which entry proves it."""
    (certificate,) = purge(register, vault, LATER, "P5Y", actor="fg")
    (entry,) = [entry for entry in register.audit.entries(ended) if entry.sequence == certificate.entry]
    assert (certificate.number, certificate.was, certificate.files) == (ended, "released", 2)
    assert (entry.actor, entry.action) == ("fg", "destroyed")
    told = json.loads(entry.detail)
    assert (told["was"], told["files"], told["artefacts"]) == ("released", 2, 2)


def test_a_purge_is_done_once(register: Register, vault: Vault, ended: str) -> None:
    """Running it again finds nothing; the resident may ask anew."""
    assert len(purge(register, vault, LATER, "P5Y")) == 1
    assert purge(register, vault, LATER, "P5Y") == ()
    with pytest.raises(RequestError):
        register.forget(ended, "inzage")
    assert register.new(BSN, RECEIVED, actor="balie").number != ended


def test_a_purge_that_broke_off_is_finished_by_the_next(register: Register, vault: Vault, ended: str, tmp_path: Path) -> None:
    """The key was destroyed, then the power failed: the files are removed and certified later, whatever the day."""
    register.forget(ended, "inzage")
    assert list((tmp_path / "vault" / ended).iterdir())
    (certificate,) = purge(register, vault, TODAY, "P5Y")
    assert (certificate.was, certificate.files) == ("released", 2)
    assert not (tmp_path / "vault" / ended).exists()
    assert purge(register, vault, TODAY, "P5Y") == ()


def test_what_is_still_owed_cannot_be_destroyed(register: Register, vault: Vault, in_review: str) -> None:
    """Not even by asking the vault directly."""
    vault.put(in_review, "subject", CANARY)
    with pytest.raises(RequestError, match="cannot become purged"):
        vault.destroy(in_review)
    with pytest.raises(RequestError, match="key still exists"):
        register.certify(in_review, "inzage", 0)
    assert vault.get(in_review, "subject") == CANARY


@pytest.mark.parametrize("term", ["", "5 jaar", "P", "P5", "-P5Y"])
def test_a_term_that_is_none_destroys_nothing(register: Register, vault: Vault, ended: str, term: str) -> None:
    """A typing error in organisation.yaml is told."""
    with pytest.raises(ConfigError, match="dossier_retention"):
        purge(register, vault, LATER, term)
    assert vault.get(ended, "subject") == CANARY

"""A new master key: nothing is lost, nothing opens with the old one any more, and the trail still verifies from its first entry."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, String, text, update

from cases import MasterKey, Register, Vault, rotation
from cases.audit import Audit, AuditReport, _entry
from cases.engine import Database, connect
from cases.handling import Particulars
from cases.roles import Role
from cases.tables import AUDIT, AUDIT_HEAD, METADATA
from config.errors import AuditError, RequestError, VaultError
from config.request import Status
from tests.cases.conftest import BSN, OTHER_BSN, RECEIVED, ROOT, Intruder

NEW, NEWER = MasterKey(b"n" * 32), MasterKey(b"m" * 32)


@pytest.fixture
def kept(keys: MasterKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MasterKey:
    """The master key of the register, once more as it is in its file: the one of the register learns of others."""
    return MasterKey.read((tmp_path / "master.key").read_text())


@pytest.fixture
def full(register: Register, vault: Vault) -> str:
    """A request with something in every column that is encrypted or hashed."""
    number = register.new(BSN, RECEIVED, actor="balie").number
    register.handling.describe(number, Particulars("under_12", "parent", "Wilhelmina Kanariegeel", "counter"), "balie")
    register.extend(number, "Veel systemen", "balie", RECEIVED)
    vault.put(number, "answers/wmo", b"een antwoord")
    register.move(number, Status.COLLECTING, "inzage", "een reden")
    register.handling.comment(number, "", "een opmerking", "balie")
    register.accounts.add("anna", "Anna", [Role.HANDLER], "vier losse woorden samen", "beheer")
    register.accounts.mark_close("anna", OTHER_BSN, "close", "beheer")
    return number


@pytest.fixture
def rotated(full: str, register: Register, url: str, keys: MasterKey) -> Iterator[Register]:
    """The register under the new key."""
    register.rotate(NEW, "beheer")
    made = Register(url, NEW)
    made.migrate()
    yield made
    made.close()


def test_everything_is_readable_under_the_new_key(rotated: Register, full: str, tmp_path: Path) -> None:
    """BSN, reasons, representative, comments, artefacts."""
    assert rotated.bsn(full) == BSN
    assert rotated.get(full).extended_because == "Veel systemen"
    assert [reason.text for reason in rotated.reasons(full)] == ["een reden"]
    assert rotated.handling.particulars(full).representative == "Wilhelmina Kanariegeel"
    assert [comment.text for comment in rotated.handling.comments(full)] == ["een opmerking"]
    assert Vault(f"file://{tmp_path / 'vault'}", rotated).get(full, "answers/wmo") == b"een antwoord"


def test_what_is_found_by_a_hash_is_still_found(rotated: Register, full: str) -> None:
    """The open request of a resident, and who is close to whom, whose BSN nobody kept."""
    assert rotated.open_for(BSN) is not None
    other = rotated.new(OTHER_BSN, RECEIVED, actor="balie").number
    assert rotated.accounts.barred(other) == {"anna"}


def test_the_trail_verifies_from_its_first_entry_and_goes_on(rotated: Register, full: str) -> None:
    """It tells of the change, and holds a report that was kept from before."""
    told = [entry for entry in rotated.audit.entries() if entry.action == "master key rotated"]
    assert len(told) == 1
    before = told[0].sequence - 1
    head = connect_scalar(rotated, before)
    rotated.withdraw(full, "balie")
    assert rotated.audit.verify(AuditReport(before, head)).entries > before


def connect_scalar(register: Register, sequence: int) -> str:
    with register._database.reading() as connection:
        mac: str = connection.scalar(AUDIT.select().with_only_columns(AUDIT.c.mac).where(AUDIT.c.sequence == sequence)) or ""
    return mac


def test_the_old_key_opens_nothing_any_more(rotated: Register, url: str, kept: MasterKey, full: str) -> None:
    """Neither by the front door, nor by a value taken out of the database."""
    stranger = Register(url, kept)
    with pytest.raises(VaultError, match="not the one"):
        stranger.migrate()
    with pytest.raises(VaultError):
        stranger.data_key(full)
    with pytest.raises(AuditError):
        stranger.bsn(full)
    stranger.close()


def test_who_has_the_old_key_cannot_rewrite_what_was_told_before(
    rotated: Register, url: str, kept: MasterKey, intruder: Intruder, full: str
) -> None:
    """With the old key every hash of the old entries can be made anew; the first entry under the new key still tells."""

    def forge(connection: object) -> None:
        trail, last = Audit(Database(url), kept), "0" * 64
        for row in connection.execute(AUDIT.select().order_by(AUDIT.c.sequence)).all():  # type: ignore[attr-defined]
            if row.action == "master key rotated":
                break
            entry = _entry(row)
            if entry.sequence == 1:
                entry = replace(entry, actor="iemand anders")
            last = trail._mac(entry, last)
            connection.execute(update(AUDIT).where(AUDIT.c.sequence == entry.sequence).values(actor=entry.actor, mac=last))  # type: ignore[attr-defined]

    intruder.does(forge)
    with pytest.raises(AuditError):
        rotated.audit.verify()


def test_a_second_rotation_knows_both_keys_before(rotated: Register, url: str, full: str) -> None:
    """Hashes go through all three."""
    rotated.rotate(NEWER, "beheer")
    third = Register(url, NEWER)
    third.migrate()
    assert third.open_for(BSN) is not None
    assert third.bsn(full) == BSN
    assert third.audit.verify().entries > 0
    third.close()


def test_nobody_may_be_at_work(register: Register, full: str) -> None:
    """A run that goes on would write under the old key."""
    assert register.lease(full, "een machine", 60)
    with pytest.raises(RequestError, match="Stop"):
        register.rotate(NEW, "beheer")
    assert register.bsn(full) == BSN


def test_a_damaged_trail_is_not_sealed_under_a_new_key(register: Register, full: str, intruder: Intruder) -> None:
    """It is told, and everything stays as it was."""
    intruder.does(lambda connection: connection.execute(update(AUDIT_HEAD).values(entries=3)))
    with pytest.raises(AuditError):
        register.rotate(NEW, "beheer")


def test_every_column_that_a_key_made_is_brought_over() -> None:
    """All that is encrypted, and all that is hashed with a key: a new column must be named in `cases.rotation`."""
    binary = {(t.name, c.name) for t in METADATA.tables.values() for c in t.columns if isinstance(c.type, LargeBinary)}
    assert {(s.table.name, s.column) for s in rotation.SEALED} == binary - {("older_keys", "wrapped")}
    long = {(t.name, c.name) for t in METADATA.tables.values() for c in t.columns if isinstance(c.type, String) and c.type.length == 64}
    others = {
        ("approvals", "draft"), ("objections", "draft"), ("refusals", "letter"),  # hashes of what is approved, without a key
        ("audit", "mac"), ("audit_head", "mac"), ("audit_head", "seal"), ("key_check", "mark"),  # of the trail, and of the key itself
        ("requests", "channel"), ("duplicates", "channel"), ("source_choices", "source"),  # words
        ("accounts", "login"), ("close_people", "login"), ("sessions", "login"), ("tokens", "name"), ("tokens", "by"),
    }  # fmt: skip
    assert {(m.table.name, m.column) for m in rotation.MARKED} == {
        pair for pair in long if METADATA.tables[pair[0]].c[pair[1]] is not None
    } - others


KILLED = """
import os, sys
from pathlib import Path
from cases import rotation
import flows.rotating as place
if sys.argv[1] == "inside":
    rotation._keep_older = lambda *_: os._exit(9)
else:
    place._change_places = lambda *_: os._exit(9)
place.rotate("beheer")
"""


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("where", "changed"), [("inside", False), ("after", True)])
def test_broken_off_it_is_whole_and_can_be_taken_up(
    where: str, changed: bool, full: str, url: str, tmp_path: Path, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed inside the transaction everything is as it was; killed before the files change places, the new key lies ready."""
    register.close()
    environment = {"INZAGE_HOME": str(tmp_path), "INZAGE_DATABASE_URL": url, "PATH": "", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", KILLED, where], env=environment, cwd=tmp_path, check=False)
    assert done.returncode == 9
    old, new = (MasterKey.read((tmp_path / name).read_text()) for name in ("master.key", "master.key.new"))
    found = Register(url, new if changed else old)
    found.migrate()
    assert found.bsn(full) == BSN
    found.close()

    from flows.rotating import rotate

    for name in ("INZAGE_HOME", "INZAGE_DATABASE_URL"):
        monkeypatch.setenv(name, environment[name])
    assert rotate("beheer").retired == "master.key.retired-1"
    assert sorted(p.name for p in tmp_path.glob("master.key*")) == ["master.key", "master.key.retired-1"]
    again = Register(url, MasterKey.find(tmp_path))
    again.migrate()
    assert again.bsn(full) == BSN
    assert again.audit.verify().entries > 0
    assert [e.action for e in again.audit.entries()].count("master key rotated") == 1
    again.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_the_old_key_sealed_is_not_left_in_the_file_of_the_database(
    full: str, register: Register, url: str, kept: MasterKey, tmp_path: Path
) -> None:
    """Overwritten: who finds the file and has the old key finds nothing to open."""
    before = _sealed(url)
    register.rotate(NEW, "beheer")
    data = b"".join(p.read_bytes() for p in tmp_path.glob("register.sqlite*"))
    assert _sealed(url) in data
    assert before not in data


def _sealed(url: str) -> bytes:
    engine = connect(url)
    with engine.connect() as connection:
        sealed: bytes = connection.scalar(text("select bsn from requests"))
    engine.dispose()
    return sealed

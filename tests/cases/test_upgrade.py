"""From the first version to this one: a register with data in it is upgraded where it stands, and everything in it is still there."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from cases import MasterKey, Register, Vault
from cases.audit import Audit
from cases.engine import Database, connect
from cases.keys import seal
from cases.schema import HEAD, current, upgrade
from config.request import Status
from tests.cases.conftest import BSN, released

NUMBER = "INZ-2026-000001"
SECRET = b"s" * 32
VERSION = "0" * 32


@pytest.fixture
def first(url: str, tmp_path: Path) -> MasterKey:
    """A register of the first migration, with one request in review: a reason, a decision, an artefact, a trail."""
    keys = MasterKey(SECRET)
    engine = connect(url)
    with engine.begin() as connection:
        upgrade(connection, "1")
        assert current(connection) == "1"
        _fill(connection, keys, Audit(Database(url), keys))
    engine.dispose()
    place = tmp_path / "vault" / NUMBER
    place.mkdir(parents=True)
    nonce, sealed = seal(b"d" * 32, b"een antwoord", f"vault:{NUMBER}/answers/wmo@{VERSION}")
    (place / "answers").mkdir()
    (place / "answers" / f"wmo@{VERSION}").write_bytes(b"INZAGE1" + nonce + sealed)
    return keys


def _fill(connection: Connection, keys: MasterKey, audit: Audit) -> None:
    """What the first version wrote, in its tables and columns."""
    put(connection, "key_check", id=1, mark=keys.mark("check", b"inzage"))
    put(
        connection, "requests", number=NUMBER, year=2026, serial=1, received=date(2026, 11, 20), status="review", deadline=date(2026, 12, 21),
        steer=date(2026, 12, 20), scope=json.dumps([]), channel="desk", identity_checked_by="balie", registered_at=datetime.now(UTC),
        bsn=keys.seal("column", BSN.encode(), f"requests/bsn/{NUMBER}"), bsn_mark=keys.mark("bsn", BSN.encode()), open=True,
    )  # fmt: skip
    put(connection, "counters", year=2026, last=1)
    put(connection, "data_keys", number=NUMBER, wrapped=keys.seal("wrap", b"d" * 32, f"data_keys/wrapped/{NUMBER}"))
    put(connection, "artefacts", number=NUMBER, name="answers/wmo", version=VERSION, bytes=12)
    put(connection, "decisions", number=NUMBER, item="r-1", decision="show", ground="", by="een")
    audit.start(connection)
    audit.add(connection, "balie", "registered", NUMBER, {"channel": "desk"})
    sequence = audit.add(connection, "inzage", "start", NUMBER)
    put(
        connection, "reasons", number=NUMBER, sequence=sequence, text=keys.seal("column", b"een reden", f"reasons/text/{NUMBER}/{sequence}")
    )
    audit.add(connection, "een", "decided", NUMBER, {"items": 1})


def put(connection: Connection, table: str, **values: Any) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    connection.execute(text(f"insert into {table} ({names}) values ({', '.join(f':{name}' for name in values)})"), values)


def test_everything_of_the_first_version_is_there_after_the_upgrade(first: MasterKey, url: str, tmp_path: Path) -> None:
    """Request, BSN, open request of the resident, reason, decision, artefact, and a trail that verifies."""
    register = Register(url, first)
    register.migrate()
    vault = Vault(f"file://{tmp_path / 'vault'}", register)
    request = register.get(NUMBER)
    assert (request.status, request.paused_days) == (Status.REVIEW, 0)
    assert register.bsn(NUMBER) == BSN
    assert (found := register.open_for(BSN)) is not None and found.number == NUMBER
    assert [reason.text for reason in register.reasons(NUMBER)] == ["een reden"]
    assert [decision.item for decision in register.decisions(NUMBER)] == ["r-1"]
    assert vault.get(NUMBER, "answers/wmo") == b"een antwoord"
    assert register.audit.verify().entries == 4
    with register._database.reading() as connection:
        assert current(connection) == HEAD
    register.close()


def test_a_request_goes_on_after_the_upgrade_to_its_end(first: MasterKey, url: str, tmp_path: Path) -> None:
    """Approved, released, purged; the next one gets the next number, and what came later works: a comment, an account, a new key."""
    register = Register(url, first)
    register.migrate()
    register.handling.comment(NUMBER, "", "nog een keer bekeken", "balie")
    assert released(register, NUMBER).status is Status.RELEASED
    assert register.new(BSN, date(2026, 11, 21), actor="balie").number == "INZ-2026-000002"
    assert Vault(f"file://{tmp_path / 'vault'}", register).destroy(NUMBER)[0] == 1
    register.rotate(new := MasterKey(b"n" * 32), "beheer")
    again = Register(url, new)
    again.migrate()
    assert again.audit.verify().entries > 8
    again.close()


def test_an_upgrade_that_breaks_off_leaves_the_first_version_as_it_was(first: MasterKey, url: str) -> None:
    """All migrations run in one transaction: it is the old shape or the new one."""
    engine = connect(url)
    with pytest.raises(ZeroDivisionError), engine.begin() as connection:
        upgrade(connection)
        assert current(connection) == HEAD
        raise ZeroDivisionError
    with engine.connect() as connection:
        assert current(connection) == "1"
        assert connection.scalar(text("select count(*) from requests")) == 1
    engine.dispose()

"""The vault: what is put there comes back whole or not at all, and is gone when its key is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cases import MasterKey, Register, Vault, purge
from config.errors import VaultError
from tests.cases.conftest import BSN, OTHER_BSN

CANARY = b"Kanariegeel, 999990019"


@pytest.fixture
def number(register: Register) -> str:
    """A registered request."""
    return register.new(BSN, date(2026, 11, 20), actor="desk").number


def _file(tmp_path: Path, number: str, name: str) -> Path:
    return tmp_path / "vault" / number / name


def test_what_is_put_comes_back(vault: Vault, number: str) -> None:
    """By its number and name, also when it took the place of something else."""
    vault.put(number, "answers/wmo", b"old")
    assert vault.put(number, "answers/wmo", CANARY) == f"vault:{number}/answers/wmo"
    assert vault.get(number, "answers/wmo") == CANARY
    assert vault.names(number) == ("answers/wmo",)


def test_nothing_is_readable_on_disk(vault: Vault, number: str, tmp_path: Path) -> None:
    """Neither the content nor, in the names of files, anybody."""
    vault.put(number, "answers/wmo", CANARY)
    assert [p for p in tmp_path.rglob("*") if p.is_file() and CANARY in p.read_bytes()] == []


@pytest.mark.parametrize("change", [lambda b: b[:-1], lambda b: b[:-1] + bytes([b[-1] ^ 1]), lambda b: b[7:], lambda b: b""])
def test_a_changed_artefact_is_refused(vault: Vault, number: str, tmp_path: Path, change) -> None:  # type: ignore[no-untyped-def]
    """Cut off, flipped, without its frame, or empty."""
    vault.put(number, "subject", CANARY)
    path = _file(tmp_path, number, "subject")
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(VaultError):
        vault.get(number, "subject")


def test_artefacts_cannot_change_places(vault: Vault, register: Register, number: str, tmp_path: Path) -> None:
    """Not within a request, nor between two: encryption is bound to number and name."""
    other = register.new(OTHER_BSN, date(2026, 11, 20), actor="desk").number
    for place in ((number, "one"), (number, "two"), (other, "one")):
        vault.put(*place, CANARY)
    _file(tmp_path, number, "two").replace(_file(tmp_path, number, "one"))
    _file(tmp_path, other, "one").replace(_file(tmp_path, number, "two"))
    for name in ("one", "two"):
        with pytest.raises(VaultError):
            vault.get(number, name)


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../b", "", "naam met spatie", "a//b", ".verborgen"])
def test_a_name_cannot_lead_outside(vault: Vault, number: str, name: str) -> None:
    """Letters, digits, dots and dashes between slashes."""
    with pytest.raises(VaultError):
        vault.put(number, name, b"x")


def test_a_purge_destroys_what_is_past_its_term_and_nothing_else(register: Register, vault: Vault, number: str, tmp_path: Path) -> None:
    """A copy of the files from a backup cannot be read either; the trail still verifies."""
    vault.put(number, "subject", CANARY)
    backup = _file(tmp_path, number, "subject").read_bytes()
    assert purge(register, vault, date(2099, 1, 1), "P5Y") == ()
    register.withdraw(number, "desk")
    assert purge(register, vault, date(2027, 1, 1), "P5Y") == ()
    assert [c.number for c in purge(register, vault, date(2099, 1, 1), "P5Y")] == [number]
    _file(tmp_path, number, "subject").parent.mkdir(parents=True, exist_ok=True)
    _file(tmp_path, number, "subject").write_bytes(backup)
    with pytest.raises(VaultError):
        vault.get(number, "subject")
    register.audit.verify()


def test_the_key_file_is_its_owners_alone(keys: MasterKey, tmp_path: Path) -> None:
    """Made once, mode 0600; the same key the next time; its repr tells nothing."""
    path = tmp_path / "master.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert MasterKey.find(tmp_path).derive("x") == keys.derive("x")
    assert repr(keys) == "<MasterKey>"


@pytest.mark.parametrize("wrong", ["kort", "bm90IDMyIGJ5dGVz", "\u00e9"])
def test_a_wrong_master_key_is_refused_with_a_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wrong: str) -> None:
    """The sentence says what to set, and not what was set."""
    monkeypatch.setenv("INZAGE_MASTER_KEY", wrong)
    with pytest.raises(VaultError, match="INZAGE_MASTER_KEY") as refused:
        MasterKey.find(tmp_path)
    assert wrong not in str(refused.value)

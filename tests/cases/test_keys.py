"""The master key: found or made, for its owner alone, one derived key for each use, and it tells nothing of itself."""

from __future__ import annotations

import base64
import copy
import pickle
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import MasterKey, Register
from config.errors import VaultError
from tests.cases.conftest import BSN, RECEIVED

KEY = MasterKey(bytes(range(32)))


def test_the_key_file_is_its_owners_alone(keys: MasterKey, tmp_path: Path) -> None:
    """Made once, mode 0600, 32 bytes; the same key the next time."""
    path = tmp_path / "master.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(base64.b64decode(path.read_bytes())) == 32
    assert MasterKey.find(tmp_path).derive("x") == keys.derive("x")
    assert [p.name for p in tmp_path.iterdir()] == ["master.key"]


def test_of_many_that_start_at_once_all_find_one_key(tmp_path: Path) -> None:
    """No start reads a key that another is still writing."""
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(MasterKey.find(tmp_path / "new").derive("x"))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found))) == (16, 1)


def test_a_key_file_that_others_can_read_is_refused(keys: MasterKey, tmp_path: Path) -> None:
    """As ssh does: such a key must be thought known."""
    (tmp_path / "master.key").chmod(0o640)
    with pytest.raises(VaultError, match="0600"):
        MasterKey.find(tmp_path)


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """And then no file is made."""
    monkeypatch.setenv("INZAGE_MASTER_KEY", base64.b64encode(bytes(range(32))).decode())
    assert MasterKey.find(tmp_path).derive("x") == KEY.derive("x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wrong", ["kort", "bm90IDMyIGJ5dGVz", "\u00e9", "", "  "])
def test_a_wrong_master_key_is_refused_with_a_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wrong: str) -> None:
    """The sentence says what to set, and not what was set."""
    monkeypatch.setenv("INZAGE_MASTER_KEY", wrong)
    with pytest.raises(VaultError, match="INZAGE_MASTER_KEY") as refused:
        MasterKey.find(tmp_path)
    assert not wrong.strip() or wrong not in str(refused.value)


def test_a_master_key_tells_nothing_and_is_written_nowhere() -> None:
    """Not in a repr, not by pickle, which a task runner would use, not by a copy."""
    assert (repr(KEY), str(KEY)) == ("<MasterKey>", "<MasterKey>")
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            attempt(KEY)


def test_each_use_has_a_key_of_its_own() -> None:
    """Who finds one derived key has none of the others."""
    uses = ("wrap", "column", "bsn", "audit", "audit-head", "check", "decisions")
    assert len({KEY.derive(use) for use in uses} | {bytes(range(32))}) == len(uses) + 1


@given(st.binary(max_size=200), st.text(max_size=20), st.text(max_size=20))
def test_what_is_sealed_opens_only_at_its_place_and_for_its_use(data: bytes, place: str, other: str) -> None:
    """Moved to another row, or under another use, it does not open."""
    sealed = KEY.seal("column", data, place)
    assert KEY.open("column", sealed, place) == data
    with pytest.raises(VaultError):
        KEY.open("wrap", sealed, place)
    if other != place:
        with pytest.raises(VaultError):
            KEY.open("column", sealed, other)


@given(st.binary(min_size=1, max_size=60), st.data())
def test_one_changed_bit_is_found(data: bytes, draw: st.DataObject) -> None:
    """Wherever it is: nonce, text or tag."""
    sealed = bytearray(KEY.seal("column", data, "here"))
    at = draw.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[at // 8] ^= 1 << at % 8
    with pytest.raises(VaultError):
        KEY.open("column", bytes(sealed), "here")


def test_the_same_value_is_never_sealed_alike() -> None:
    """A fresh nonce each time: equal rows do not show."""
    assert KEY.seal("column", b"x", "here") != KEY.seal("column", b"x", "here")


def test_a_register_refuses_another_master_key_before_any_harm(register: Register, url: str) -> None:
    """A key file that was lost and made anew is told at once, not at the first letter."""
    register.new(BSN, RECEIVED, actor="balie")
    stranger = Register(url, MasterKey(b"x" * 32))
    with pytest.raises(VaultError, match="not the one"):
        stranger.migrate()
    stranger.close()

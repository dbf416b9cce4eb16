"""The vault: what is put there comes back whole or not at all, and nobody can read, swap, cut, or put back anything."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cases import MasterKey, Register, Vault
from config.errors import VaultError
from tests.cases.conftest import BSN, OTHER_BSN, RECEIVED, in_processes

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""How files are kept does not depend on the database; that the two keep together is for the chapters on change and purge."""

CANARY = b"Kanariegeel, 999990019"


def _file(tmp_path: Path, number: str, name: str) -> Path:
    """The one file of an artefact."""
    (found,) = (tmp_path / "vault" / number).glob(f"{name}@*")
    return found


def test_what_is_put_comes_back(vault: Vault, number: str, tmp_path: Path) -> None:
    """By its number and name, also when it took the place of something else, of which nothing is left."""
    vault.put(number, "answers/wmo", b"old")
    assert vault.put(number, "answers/wmo", CANARY) == f"vault:{number}/answers/wmo"
    assert vault.get(number, "answers/wmo") == CANARY
    assert (vault.exists(number, "answers/wmo"), vault.exists(number, "answers/zorg")) == (True, False)
    assert vault.names(number) == ("answers/wmo",)
    assert len(list((tmp_path / "vault" / number / "answers").iterdir())) == 1


def test_names_may_begin_alike(vault: Vault, number: str) -> None:
    """An artefact and a folder of the same name live side by side."""
    for name in ("draft", "draft/dossier.pdf", "draft/dossier.pdf.txt", "Draft"):
        vault.put(number, name, name.encode())
    assert [vault.get(number, name) for name in vault.names(number)] == [b"Draft", b"draft", b"draft/dossier.pdf", b"draft/dossier.pdf.txt"]


@pytest.mark.parametrize("data", [b"", b"x", bytes(range(256)) * 100])
def test_any_bytes_come_back(vault: Vault, number: str, data: bytes) -> None:
    """None, one, many."""
    vault.put(number, "subject", data)
    assert vault.get(number, "subject") == data


def test_what_was_never_put_is_told(vault: Vault, number: str) -> None:
    """With what to do."""
    with pytest.raises(VaultError, match="inzage request run"):
        vault.get(number, "subject")


def test_nothing_is_readable_on_disk(vault: Vault, number: str, tmp_path: Path) -> None:
    """Neither the content nor, in the names of files, anybody."""
    vault.put(number, "answers/wmo", CANARY)
    assert [p for p in tmp_path.rglob("*") if p.is_file() and CANARY in p.read_bytes()] == []
    assert [p for p in tmp_path.rglob("*") if BSN in str(p)] == []


def test_the_same_content_never_looks_the_same(vault: Vault, number: str, tmp_path: Path) -> None:
    """Equal artefacts do not show as equal."""
    for name in ("one", "two"):
        vault.put(number, name, CANARY)
    assert _file(tmp_path, number, "one").read_bytes()[19:] != _file(tmp_path, number, "two").read_bytes()[19:]


CHANGED: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda b: b[:-1],
    "cut to its frame": lambda b: b[:7],
    "cut to its nonce": lambda b: b[:12],
    "a bit of its tag flipped": lambda b: b[:-1] + bytes([b[-1] ^ 1]),
    "a bit of its nonce flipped": lambda b: b[:7] + bytes([b[7] ^ 1]) + b[8:],
    "without its frame": lambda b: b[7:],
    "longer": lambda b: b + b"\0",
    "empty": lambda b: b"",
}


@pytest.mark.parametrize("how", CHANGED)
def test_a_changed_artefact_is_refused(vault: Vault, number: str, tmp_path: Path, how: str) -> None:
    """Not a byte of it is given."""
    vault.put(number, "subject", CANARY)
    path = _file(tmp_path, number, "subject")
    path.write_bytes(CHANGED[how](path.read_bytes()))
    with pytest.raises(VaultError, match="changed"):
        vault.get(number, "subject")


def test_artefacts_cannot_change_places(vault: Vault, register: Register, number: str, tmp_path: Path) -> None:
    """Not within a request, nor between two: encryption is bound to number, name and version."""
    other = register.new(OTHER_BSN, RECEIVED, actor="balie").number
    for place in ((number, "one"), (number, "two"), (other, "one")):
        vault.put(*place, CANARY)
    one, two, others = (_file(tmp_path, *place) for place in ((number, "one"), (number, "two"), (other, "one")))
    content = two.read_bytes()
    shutil.copy(others, two)
    one.write_bytes(content)
    for name in ("one", "two"):
        with pytest.raises(VaultError, match="changed"):
            vault.get(number, name)


def test_an_older_version_cannot_be_put_back(vault: Vault, number: str, tmp_path: Path) -> None:
    """A draft from before a decision, for one: neither in the place of the new one, nor beside it."""
    vault.put(number, "draft", b"old")
    old = _file(tmp_path, number, "draft")
    content = old.read_bytes()
    vault.put(number, "draft", b"new")
    old.write_bytes(content)
    assert vault.get(number, "draft") == b"new"
    old.unlink()
    _file(tmp_path, number, "draft").write_bytes(content)
    with pytest.raises(VaultError, match="changed"):
        vault.get(number, "draft")


def test_an_artefact_that_is_gone_is_told(vault: Vault, number: str, tmp_path: Path) -> None:
    """It was there: that is not the same as never having been made."""
    vault.put(number, "subject", CANARY)
    _file(tmp_path, number, "subject").unlink()
    with pytest.raises(VaultError, match="gone"):
        vault.get(number, "subject")


@pytest.mark.parametrize(
    "name", ["../x", "/etc/passwd", "a/../b", "", "naam met spatie", "a//b", ".verborgen", "a/", "a@b", "a\x00", "é", "x" * 201, "a\n"]
)
def test_a_name_cannot_lead_outside(vault: Vault, number: str, name: str) -> None:
    """Letters, digits, dots, dashes and underscores between slashes; the refusal does not repeat it."""
    for attempt in (lambda: vault.put(number, name, b"x"), lambda: vault.get(number, name), lambda: vault.exists(number, name)):
        with pytest.raises(VaultError, match="name may hold"):
            attempt()


@pytest.mark.parametrize("number", ["../INZ-2026-000001", "a/b", "INZ-2026-000009", BSN, ""])
def test_only_a_registered_request_has_a_place(vault: Vault, number: str, tmp_path: Path) -> None:
    """Nothing is written for any other."""
    with pytest.raises(VaultError):
        vault.put(number, "subject", b"x")
    assert not (tmp_path / "vault").exists()


def test_a_write_that_fails_leaves_what_was_there(vault: Vault, number: str, tmp_path: Path) -> None:
    """A file stands where a folder must come: the refusal says why, without a path, and nothing else is lost."""
    vault.put(number, "answers", b"old")
    (tmp_path / "vault" / number / "sub").write_bytes(b"in the way")
    with pytest.raises(VaultError, match="could not be stored") as failed:
        vault.put(number, "sub/answers", b"new")
    assert str(tmp_path) not in str(failed.value)
    assert vault.names(number) == ("answers",)
    assert vault.get(number, "answers") == b"old"


def test_a_full_disk_leaves_what_was_there(keys: MasterKey, url: str, tmp_path: Path) -> None:
    """A process that may write no file over a megabyte: the first version stays, the second leaves nothing behind."""
    code = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"vault = Vault('file://{tmp_path}/vault', register); number = register.new('{BSN}', date(2026, 11, 20), actor='balie').number\n"
        "vault.put(number, 'answers', b'old'); resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))\n"
        "try: vault.put(number, 'answers', bytes(2_000_000))\n"
        "except InzageError as error: print(error)\n"
        "print(vault.get(number, 'answers'), len([f for f in Path(argument).rglob('*') if f.is_file()]))"
    )
    (printed,) = in_processes(url, tmp_path, code, [str(tmp_path / "vault")])
    assert printed.splitlines()[1:] == ["b'old' 1"]
    assert "could not be stored (File too large)" in printed


def test_who_reads_while_others_write_gets_one_whole_version(vault: Vault, number: str) -> None:
    """Two writers, one reader: never a mixture, never nothing."""
    versions = {bytes([i]) * 20_000 for i in range(8)}
    vault.put(number, "answers", bytes(20_000))
    done = threading.Event()

    def write() -> None:
        for version in sorted(versions):
            vault.put(number, "answers", version)

    writers = [threading.Thread(target=write) for _ in range(2)]
    seen: list[bytes] = []

    def read() -> None:
        while not done.is_set():
            seen.append(vault.get(number, "answers"))

    reader = threading.Thread(target=read)
    for thread in (*writers, reader):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join()
    assert {*seen, vault.get(number, "answers")} <= versions


def test_two_hundred_megabytes_come_back(vault: Vault, number: str) -> None:
    """A bundle of scans; in seconds."""
    data, started = bytes(1_000_000) * 200, time.monotonic()
    vault.put(number, "documents", data)
    assert vault.get(number, "documents") == data
    assert time.monotonic() - started < 60


def test_another_place_that_fsspec_reaches_does_as_well(register: Register, number: str) -> None:
    """Nothing is asked of it but to read, write, list and remove."""
    vault = Vault("memory://inzage-tests", register)
    for name in ("draft", "draft/dossier.pdf"):
        vault.put(number, name, CANARY)
        assert vault.get(number, name) == CANARY
    register.withdraw(number, "balie")
    assert vault.destroy(number)[0] == 2
    assert vault._files.find(vault._root) == []

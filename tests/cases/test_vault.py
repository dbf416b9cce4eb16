"""The vault: what is put there comes back whole or not at all, and nobody can read, swap, cut, or put back anything."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import fsspec
import pytest

from cases import MasterKey, Register, Vault
from config.errors import VaultError
from tests.cases.conftest import BSN, OTHER_BSN, RECEIVED, Bucket, in_processes, s3_server

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""How files are kept does not depend on the database; that the two keep together is for the chapters on change and purge."""

CANARY = b"Kanariegeel, 999990019"


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the vault is: a folder of this machine, or a bucket of a server that speaks S3."""
    if request.param == "folder":
        return f"file://{tmp_path / 'vault'}"
    bucket: Bucket = request.getfixturevalue("bucket")
    for name, value in bucket.environment.items():
        monkeypatch.setenv(name, value)
    return f"s3://kluis/{uuid.uuid4().hex}"


@pytest.fixture
def vault(register: Register, place: str) -> Vault:
    """A vault at each place."""
    return Vault(place, register)


folder_only = pytest.mark.parametrize("place", ["folder"], indirect=True)


@dataclass(frozen=True)
class Stored:
    """One file of a vault, as somebody with every right on its place can handle it."""

    vault: Vault
    path: str

    def read_bytes(self) -> bytes:
        data: bytes = self.vault._files.cat_file(self.path)
        return data

    def write_bytes(self, data: bytes) -> None:
        self.vault._files.pipe_file(self.path, data)

    def unlink(self) -> None:
        self.vault._files.rm_file(self.path)


def _files(vault: Vault) -> list[str]:
    return sorted(vault._files.find(vault._root))


def _file(vault: Vault, number: str, name: str) -> Stored:
    """The one file of an artefact."""
    (found,) = (path for path in _files(vault) if f"/{number}/{name}@" in path)
    return Stored(vault, found)


def test_what_is_put_comes_back(vault: Vault, number: str, tmp_path: Path) -> None:
    """By its number and name, also when it took the place of something else, of which nothing is left."""
    vault.put(number, "answers/wmo", b"old")
    assert vault.put(number, "answers/wmo", CANARY) == f"vault:{number}/answers/wmo"
    assert vault.get(number, "answers/wmo") == CANARY
    assert (vault.exists(number, "answers/wmo"), vault.exists(number, "answers/zorg")) == (True, False)
    assert vault.names(number) == ("answers/wmo",)
    assert len(_files(vault)) == 1


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


def test_nothing_is_readable_where_it_lies(vault: Vault, number: str) -> None:
    """Neither the content nor, in the names of files, anybody."""
    vault.put(number, "answers/wmo", CANARY)
    assert len(_files(vault)) == 1
    assert [path for path in _files(vault) if CANARY in Stored(vault, path).read_bytes() or BSN in path] == []


def test_the_same_content_never_looks_the_same(vault: Vault, number: str, tmp_path: Path) -> None:
    """Equal artefacts do not show as equal."""
    for name in ("one", "two"):
        vault.put(number, name, CANARY)
    assert _file(vault, number, "one").read_bytes()[19:] != _file(vault, number, "two").read_bytes()[19:]


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
    path = _file(vault, number, "subject")
    path.write_bytes(CHANGED[how](path.read_bytes()))
    with pytest.raises(VaultError, match="changed"):
        vault.get(number, "subject")


def test_artefacts_cannot_change_places(vault: Vault, register: Register, number: str, tmp_path: Path) -> None:
    """Not within a request, nor between two: encryption is bound to number, name and version."""
    other = register.new(OTHER_BSN, RECEIVED, actor="balie").number
    for place in ((number, "one"), (number, "two"), (other, "one")):
        vault.put(*place, CANARY)
    one, two, others = (_file(vault, *place) for place in ((number, "one"), (number, "two"), (other, "one")))
    content = two.read_bytes()
    two.write_bytes(others.read_bytes())
    one.write_bytes(content)
    for name in ("one", "two"):
        with pytest.raises(VaultError, match="changed"):
            vault.get(number, name)


def test_an_older_version_cannot_be_put_back(vault: Vault, number: str, tmp_path: Path) -> None:
    """A draft from before a decision, for one: neither in the place of the new one, nor beside it."""
    vault.put(number, "draft", b"old")
    old = _file(vault, number, "draft")
    content = old.read_bytes()
    vault.put(number, "draft", b"new")
    old.write_bytes(content)
    assert vault.get(number, "draft") == b"new"
    old.unlink()
    _file(vault, number, "draft").write_bytes(content)
    with pytest.raises(VaultError, match="changed"):
        vault.get(number, "draft")


def test_an_artefact_that_is_gone_is_told(vault: Vault, number: str, tmp_path: Path) -> None:
    """It was there: that is not the same as never having been made."""
    vault.put(number, "subject", CANARY)
    _file(vault, number, "subject").unlink()
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
    assert _files(vault) == []


@folder_only
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
    """A bundle of scans, byte for byte."""
    data = bytes(1_000_000) * 200
    vault.put(number, "documents", data)
    assert vault.get(number, "documents") == data


def test_another_place_that_fsspec_reaches_does_as_well(register: Register, number: str) -> None:
    """Nothing is asked of it but to read, write, list and remove."""
    vault = Vault("memory://inzage-tests", register)
    for name in ("draft", "draft/dossier.pdf"):
        vault.put(number, name, CANARY)
        assert vault.get(number, name) == CANARY
    register.withdraw(number, "balie")
    assert vault.destroy(number)[0] == 2
    assert vault._files.find(vault._root) == []


def test_destroyed_nothing_is_left_where_it_lay(vault: Vault, register: Register, number: str) -> None:
    """Key first, then every file."""
    for name in ("subject", "answers/0-wmo", "draft/dossier.pdf"):
        vault.put(number, name, CANARY)
    register.withdraw(number, "balie")
    assert vault.destroy(number)[0] == 3
    assert _files(vault) == []


def test_what_another_machine_wrote_is_seen_at_once(vault: Vault, place: str, register: Register, number: str) -> None:
    """No list of files is remembered."""
    other = Vault(place, register)
    assert _files(vault) == []
    other.put(number, "subject", CANARY)
    assert vault.get(number, "subject") == CANARY
    assert len(_files(vault)) == 1


def test_a_vault_that_works_says_so_and_leaves_nothing_behind(vault: Vault, number: str) -> None:
    """The probe is written, read and removed."""
    vault.check_ready()
    assert _files(vault) == []


def test_an_s3_that_is_away_is_told_and_what_was_there_stays(register: Register, number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed: neither reading nor writing hangs or tells an address, and the register still knows the version that was."""
    with s3_server() as bucket:
        for name, value in {**bucket.environment, "AWS_MAX_ATTEMPTS": "2"}.items():
            monkeypatch.setenv(name, value)
        fsspec.get_filesystem_class("s3").clear_instance_cache()  # one client a process, and this test has a server of its own
        vault = Vault(f"s3://kluis/{uuid.uuid4().hex}", register)
        vault.put(number, "subject", b"old")
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    before, started = register.kept(number, "subject"), time.monotonic()
    for attempt in (lambda: vault.put(number, "subject", b"new"), lambda: vault.get(number, "subject"), vault.check_ready):
        with pytest.raises(VaultError) as told:
            attempt()
        assert "127.0.0.1" not in str(told.value)
    assert register.kept(number, "subject") == before
    assert time.monotonic() - started < 120

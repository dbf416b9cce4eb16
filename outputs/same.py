"""That what was approved is what leaves: the files of a draft are still those of its manifest, and the package holds them and no others."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from pathlib import Path

import msoffcrypto
import orjson
import pikepdf
import pyzipper
from msoffcrypto.exceptions import InvalidKeyError

from config.errors import LeakError
from outputs.sealing import INNER, README
from outputs.writing import MANIFEST, digest

_REMEDY = "Seal it again; nothing was handed over"


def check_unchanged(folder: Path) -> None:
    """Raise LeakError where a file in `folder` is not the one whose SHA-256 its manifest has, is missing, or is one too many."""
    told = {file["name"]: file["sha256"] for file in orjson.loads((folder / MANIFEST).read_bytes())["files"]}
    held = {path.name: digest(path) for path in folder.iterdir() if path.name != MANIFEST}
    for name in sorted(told.keys() | held.keys()):
        if told.get(name) != held.get(name):
            raise LeakError(name, "is not the file that was approved", "Draft it anew and let two people read it; nothing was handed over")


def check_same(package: Path, passphrase: str, folder: Path) -> None:
    """Open every file of the package with the passphrase, and compare it with the one in `folder` that was searched for withheld values.

    Raises LeakError where one is not sealed, does not open, is another, is missing, or is one too many.
    """
    try:
        with zipfile.ZipFile(package) as archive:
            _check_names(archive, folder)
            for name in archive.namelist():
                _check_file(name, archive.read(name), passphrase, folder)
    except (
        pikepdf.PasswordError,
        pikepdf.PdfError,
        InvalidKeyError,
        RuntimeError,
        zipfile.BadZipFile,
        msoffcrypto.exceptions.FileFormatError,
    ):
        raise LeakError("the package", "holds a file that does not open with this passphrase", _REMEDY) from None


def _check_names(archive: zipfile.ZipFile, folder: Path) -> None:
    outside = sorted(path.name for path in folder.iterdir() if path.suffix != ".json")
    if sorted(archive.namelist()) != sorted([*outside, INNER]) or archive.comment:
        raise LeakError("the package", "does not hold the files that were approved, and those alone", _REMEDY)


def _check_file(name: str, content: bytes, passphrase: str, folder: Path) -> None:
    if name == INNER:
        _check_data(content, passphrase, folder)
    elif name.endswith(".pdf"):
        _same(name, _opened(content, passphrase) == _plain(folder / name))
    elif name.endswith(".xlsx"):
        _same(name, _workbook(content, passphrase) == (folder / name).read_bytes())
    else:
        _same(name, name == README and content == (folder / name).read_bytes())


def _same(name: str, whether: bool) -> None:
    if not whether:
        raise LeakError(name, "does not hold in the package what was approved", _REMEDY)


def _check_data(content: bytes, passphrase: str, folder: Path) -> None:
    with pyzipper.AESZipFile(BytesIO(content)) as archive:
        _same(INNER, sorted(archive.namelist()) == sorted(path.name for path in folder.glob("*.json")) and not archive.comment)
        for member in archive.infolist():
            if not member.flag_bits & 1:
                raise LeakError(INNER, "holds a file that is not sealed", _REMEDY)
            with archive.open(member.filename, pwd=passphrase.encode()) as file:
                _same(member.filename, hashlib.file_digest(file, "sha256").hexdigest() == digest(folder / member.filename))


def _workbook(content: bytes, passphrase: str) -> bytes:
    sealed, out = msoffcrypto.OfficeFile(BytesIO(content)), BytesIO()
    if not sealed.is_encrypted():
        raise LeakError("gegevens.xlsx", "lies unsealed in the package", _REMEDY)
    sealed.load_key(password=passphrase)
    sealed.decrypt(out)
    return out.getvalue()


def _opened(content: bytes, passphrase: str) -> bytes:
    """SHA-256 of a sealed PDF without its lock."""
    with pikepdf.open(BytesIO(content), password=passphrase) as pdf:
        if not pdf.is_encrypted:
            raise LeakError("a PDF", "lies unsealed in the package", _REMEDY)
        return _told(pdf)


def _plain(path: Path) -> bytes:
    with pikepdf.open(path) as pdf:
        return _told(pdf)


def _told(pdf: pikepdf.Pdf) -> bytes:
    """SHA-256 of all objects and streams, saved in one way; without the identity and version of the file, which a lock changes."""
    out = BytesIO()
    pdf.save(
        out,
        static_id=True,
        encryption=False,
        force_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.disable,  # objects are then numbered by their place in the tree alone
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        compress_streams=False,
    )
    return hashlib.sha256(out.getbuffer()).digest()

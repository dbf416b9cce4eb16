"""Seals the files one by one, each in the way that a resident can open with what they have, and puts them in one plain zip.

Windows cannot open AES zips, so what a resident needs is sealed as PDF (AES-256, R6) and as workbook (ECMA-376 agile); only
the data for programs are in an AES zip.
"""

from __future__ import annotations

import secrets
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pyzipper
from msoffcrypto.format.ooxml import OOXMLFile

from outputs.archive import FIRST, write_member

README, INNER = "LEESMIJ.txt", "gegevens.zip"


def seal(folder: Path, package: Path, passphrase: str) -> Path:
    """Write the sealed package of the files in `folder` to `package`, whose own name should tell nothing; gives its path.

    Sealing draws fresh salt and keys each time, so equal folders give different packages.
    """
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as archive:
        write_member(archive, README, BytesIO((folder / README).read_bytes()))
        for name, content in _sealed(folder, passphrase):
            write_member(archive, name, BytesIO(content))
    return package


def _sealed(folder: Path, passphrase: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.glob("*.pdf")):
        yield path.name, _pdf(path, passphrase)
    for path in sorted(folder.glob("*.xlsx")):
        yield path.name, _workbook(path, passphrase)
    yield INNER, _data(sorted(folder.glob("*.json")), passphrase)


def _pdf(path: Path, passphrase: str) -> bytes:
    """AES-256 (R6), reading, printing and copying allowed: the resident may do with it what they like, but no one changes it."""
    out = BytesIO()
    allowed = pikepdf.Permissions(
        accessibility=True, extract=True, print_lowres=True, print_highres=True,
        modify_annotation=False, modify_assembly=False, modify_form=False, modify_other=False,
    )  # fmt: skip
    lock = pikepdf.Encryption(user=passphrase, owner=secrets.token_urlsafe(32), R=6, allow=allowed)
    with pikepdf.open(path) as pdf:
        pdf.save(out, encryption=lock, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _workbook(path: Path, passphrase: str) -> bytes:
    out = BytesIO()
    with path.open("rb") as plain:
        OOXMLFile(plain).encrypt(passphrase, out)
    return out.getvalue()


def _data(paths: list[Path], passphrase: str) -> bytes:
    out = BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(passphrase.encode())
        archive.setencryption(pyzipper.WZ_AES, nbits=256)
        for path in paths:
            member = archive.zipinfo_cls(path.name, date_time=FIRST)
            member.compress_type = pyzipper.ZIP_DEFLATED
            archive.writestr(member, path.read_bytes())
    return out.getvalue()

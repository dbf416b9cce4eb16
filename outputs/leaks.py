"""The last gate: opens the finished files again and searches every layer for every withheld value. One hit, and nothing leaves."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TypeAlias
from zipfile import BadZipFile

import msoffcrypto
import pyzipper
from msoffcrypto.exceptions import InvalidKeyError
from pypdfium2 import PdfiumError

from config.errors import LeakError
from config.redacted import Secret
from outputs.fixed import Fixed, fixed
from outputs.house import House, living
from outputs.needles import BETWEEN, needles, words
from outputs.readback import layers
from outputs.readback_json import around

RUN = 100_000
"""So many letters are searched at once."""

DATA, INNER = "dossier.json", "gegevens.zip"

Open: TypeAlias = Callable[[], bytes]
"""Opens a file of the package, when it is wanted."""


@dataclass(frozen=True, slots=True)
class LeakReport:
    """A search that found nothing: how many values in how many characters of which layers.

    `too_short` values (a single letter) and `fixed` ones (a word that stands alone in our own texts) were not searched for.
    """

    searched: int
    too_short: int
    fixed: int
    layers: Mapping[str, int]  # "dossier.pdf text" -> characters read


def check_leaks(folder: Path, secrets: Collection[Secret], house: House | None = None) -> LeakReport:
    """Search the unsealed files in `folder`, which were written in `house` (Inzage's own unless given).

    Raises LeakError, with counts per file and layer and no value, on one hit.
    """
    with living(house or House()):
        return _search({path.name: path.read_bytes for path in sorted(folder.iterdir())}, secrets)


def check_sealed(package: Path, passphrase: str, secrets: Collection[Secret], house: House | None = None) -> LeakReport:
    """The same for a sealed package, every file of which is opened with the passphrase.

    Raises LeakError also where a file is not sealed that should be, or does not open.
    """
    try:
        files = dict(_outer(package, passphrase))
        with living(house or House()):
            return _search({**files, "package.txt": package.name.encode}, secrets, passphrase)
    except (PdfiumError, InvalidKeyError, RuntimeError, BadZipFile):
        raise LeakError(
            package.name, "holds a file that does not open with this passphrase", "Seal it again; nothing was handed over"
        ) from None


def _outer(package: Path, passphrase: str) -> Iterator[tuple[str, Open]]:
    with zipfile.ZipFile(package) as archive:
        yield "comment.txt", partial(bytes, archive.comment)
        names = archive.namelist()
    for name in names:
        if name == INNER:
            yield from _inner(_member(package, name), passphrase)
        elif name.endswith(".xlsx"):
            yield name, partial(_workbook, package, name, passphrase)
        else:
            yield name, partial(_sealed, package, name)


def _member(package: Path, name: str) -> bytes:
    with zipfile.ZipFile(package) as archive:
        return archive.read(name)


def _sealed(package: Path, name: str) -> bytes:
    content = _member(package, name)
    if name.endswith(".pdf") and b"/Encrypt" not in content:
        raise LeakError(name, "lies unsealed in the package", "Seal it again; nothing was handed over")
    return content


def _inner(content: bytes, passphrase: str) -> Iterator[tuple[str, Open]]:
    archive = pyzipper.AESZipFile(BytesIO(content))
    if any(not member.flag_bits & 1 for member in archive.infolist()):
        raise LeakError(INNER, "holds a file that is not sealed", "Seal it again; nothing was handed over")
    for name in archive.namelist():
        yield name, partial(archive.read, name, pwd=passphrase.encode())


def _workbook(package: Path, name: str, passphrase: str) -> bytes:
    sealed, out = msoffcrypto.OfficeFile(BytesIO(_member(package, name))), BytesIO()
    if not sealed.is_encrypted():
        raise LeakError("gegevens.xlsx", "lies unsealed in the package", "Seal it again; nothing was handed over")
    sealed.load_key(password=passphrase)
    sealed.decrypt(out)
    return out.getvalue()


def texts_of(files: Mapping[str, Open], ours: Fixed, passphrase: str = "") -> Iterator[tuple[str, int, str]]:
    """File and layer, how many letters were read, and their words without what is ours: each file opened when its turn comes."""
    for name, opened in files.items():
        for layer, pieces in layers(name, opened(), passphrase):
            for run, size in _runs(pieces):
                text = words(ours.without_number(run))
                yield f"{name} {layer}", size, ours.without(text) if text else ""


def ours_of(files: Mapping[str, Open]) -> Fixed:
    """The texts that are ours in these files."""
    return fixed(around(files[DATA]()) if DATA in files else None, files)


def _search(files: Mapping[str, Open], secrets: Collection[Secret], passphrase: str = "") -> LeakReport:
    """Search the files one after the other, each opened when its turn comes: no two are held at once."""
    ours = ours_of(files)
    wanted = needles(secrets, ours.single, ours.gemeente)
    read: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    for place, size, text in texts_of(files, ours, passphrase):
        read[place] += size
        hits[place] += wanted.hits(text) if text else 0
    if total := hits.total():
        raise LeakError("the dossier", f"{total} withheld values stand in it ({_told(hits)})", "See what they are: inzage review found")
    return LeakReport(wanted.secrets - wanted.too_short - wanted.fixed, wanted.too_short, wanted.fixed, dict(read))


def _runs(pieces: Iterator[str]) -> Iterator[tuple[str, int]]:
    """Many pieces as one text, with a word between them that stands in no value: one search of them all is far quicker.

    Pieces of ASCII go apart from the others, which take longer to fold. Gives each text with the letters of its pieces.
    """
    waiting: dict[bool, list[str]] = {True: [], False: []}
    sizes = {True: 0, False: 0}
    for piece in pieces:
        plain = piece.isascii()
        waiting[plain].append(piece)
        sizes[plain] += len(piece)
        if sizes[plain] > RUN:
            yield BETWEEN.join(waiting[plain]), sizes[plain]
            waiting[plain], sizes[plain] = [], 0
    for plain, rest in waiting.items():
        yield BETWEEN.join(rest), sizes[plain]


def _told(hits: Mapping[str, int]) -> str:
    return ", ".join(f"{place}: {count}" for place, count in sorted(hits.items()) if count)

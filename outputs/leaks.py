"""The last gate: opens the finished files again and searches every layer for every withheld value. One hit, and nothing leaves."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, TypeAlias
from zipfile import BadZipFile

import msoffcrypto
import pyzipper
from msoffcrypto.exceptions import InvalidKeyError
from pypdfium2 import PdfiumError

from config.discretion import discreet
from config.errors import LeakError
from config.hands import ALONE, Hands, shares
from config.redacted import Secret
from outputs.fixed import Fixed, fixed
from outputs.house import House, living
from outputs.needles import BETWEEN, needles, words
from outputs.readback import layers
from outputs.readback_json import around

RUN = 100_000
"""So many letters are searched at once."""

DATA, INNER = "dossier.json", "gegevens.zip"

PDF_COSTS = 4
"""A page costs so much more to read back than so many bytes of a table."""


class File(NamedTuple):
    """A file of the package: its size in bytes, and what opens it when it is wanted."""

    size: int
    opened: Callable[[], bytes]


Layer: TypeAlias = tuple[str, int, int]
"""What was searched, in how many characters, and how many withheld values stand there."""


@discreet
@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """One search: where the files are, what opens them, and what may not be in them. It goes to other processes as it stands."""

    place: Path  # a folder of unsealed files, or a sealed package
    secrets: Collection[Secret]
    house: House
    passphrase: str = ""


@dataclass(frozen=True, slots=True)
class LeakReport:
    """A search that found nothing: how many values in how many characters of which layers.

    `too_short` values (a single letter) and `fixed` ones (a word that stands alone in our own texts) were not searched for.
    """

    searched: int
    too_short: int
    fixed: int
    layers: Mapping[str, int]  # "dossier.pdf text" -> characters read


def check_leaks(folder: Path, secrets: Collection[Secret], house: House | None = None, hands: Hands = ALONE) -> LeakReport:
    """Search the unsealed files in `folder`, which were written in `house` (Inzage's own unless given).

    Raises LeakError, with counts per file and layer and no value, on one hit.
    """
    return _told_of(_Search(folder, secrets, house or House()), hands)


def check_sealed(
    package: Path, passphrase: str, secrets: Collection[Secret], house: House | None = None, hands: Hands = ALONE
) -> LeakReport:
    """The same for a sealed package, every file of which is opened with the passphrase.

    Raises LeakError also where a file is not sealed that should be, or does not open.
    """
    return _told_of(_Search(package, secrets, house or House(), passphrase), hands)


def lying(folder: Path) -> dict[str, File]:
    """The files of a folder, in order of name."""
    return {path.name: File(path.stat().st_size, path.read_bytes) for path in sorted(folder.iterdir())}


def _files(search: _Search) -> dict[str, File]:
    if not search.passphrase:
        return lying(search.place)
    return {**dict(_outer(search.place, search.passphrase)), "package.txt": File(1, search.place.name.encode)}


def _outer(package: Path, passphrase: str) -> Iterator[tuple[str, File]]:
    with zipfile.ZipFile(package) as archive:
        yield "comment.txt", File(1, partial(bytes, archive.comment))
        members = archive.infolist()
    for member in members:
        name, size = member.filename, member.file_size
        if name == INNER:
            yield from _inner(_member(package, name), passphrase)
        elif name.endswith(".xlsx"):
            yield name, File(size, partial(_workbook, package, name, passphrase))
        else:
            yield name, File(size, partial(_sealed, package, name))


def _member(package: Path, name: str) -> bytes:
    with zipfile.ZipFile(package) as archive:
        return archive.read(name)


def _sealed(package: Path, name: str) -> bytes:
    content = _member(package, name)
    if name.endswith(".pdf") and b"/Encrypt" not in content:
        raise LeakError(name, "lies unsealed in the package", "Seal it again; nothing was handed over")
    return content


def _inner(content: bytes, passphrase: str) -> Iterator[tuple[str, File]]:
    archive = pyzipper.AESZipFile(BytesIO(content))
    if any(not member.flag_bits & 1 for member in archive.infolist()):
        raise LeakError(INNER, "holds a file that is not sealed", "Seal it again; nothing was handed over")
    for member in archive.infolist():
        yield member.filename, File(member.file_size, partial(archive.read, member.filename, pwd=passphrase.encode()))


def _workbook(package: Path, name: str, passphrase: str) -> bytes:
    sealed, out = msoffcrypto.OfficeFile(BytesIO(_member(package, name))), BytesIO()
    if not sealed.is_encrypted():
        raise LeakError("gegevens.xlsx", "lies unsealed in the package", "Seal it again; nothing was handed over")
    sealed.load_key(password=passphrase)
    sealed.decrypt(out)
    return out.getvalue()


def _told_of(search: _Search, hands: Hands) -> LeakReport:
    """Search every file, each once, in as many shares as there are hands."""
    told = list(hands.each(partial(_share, search), _shares(search, hands.count)))
    layers_ = [layer for _, found in told for layer in found]
    if hits := sum(found for _, _, found in layers_):
        places = ", ".join(f"{place}: {found}" for place, _, found in sorted(layers_) if found)
        raise LeakError("the dossier", f"{hits} withheld values stand in it ({places})", "See what they are: inzage review found")
    wanted, short, ours = told[0][0]
    return LeakReport(wanted - short - ours, short, ours, {place: read for place, read, _ in layers_})


def _shares(search: _Search, count: int) -> list[list[str]]:
    """The names of the files, so divided that each share takes about as long."""
    if count == 1:
        return [[]]
    with _opening(search):
        files = _files(search)
    names = list(files)
    costs = [file.size * (PDF_COSTS if name.endswith(".pdf") else 1) for name, file in files.items()]
    return [[names[n] for n in share] for share in shares(costs, count)]


def _share(search: _Search, names: Collection[str]) -> tuple[tuple[int, int, int], list[Layer]]:
    """Search these files one after the other, each opened when its turn comes: no two are held at once. No names are all of them.

    Gives how many values there are, how many of them are too short and how many are ours, and what each layer had.
    """
    with _opening(search), living(search.house):
        files = _files(search)
        ours = ours_of(files)
        wanted = needles(search.secrets, ours.single, ours.gemeente)
        read, hits = Counter[str](), Counter[str]()
        for place, size, text in texts_of({name: files[name] for name in names or files}, ours, search.passphrase):
            read[place] += size
            hits[place] += wanted.hits(text) if text else 0
    return (wanted.secrets, wanted.too_short, wanted.fixed), [(place, size, hits[place]) for place, size in read.items()]


@contextmanager
def _opening(search: _Search) -> Iterator[None]:
    """Where a sealed file does not open, nothing leaves."""
    if not search.passphrase:
        yield
        return
    try:
        yield
    except (PdfiumError, InvalidKeyError, RuntimeError, BadZipFile):
        raise LeakError(
            search.place.name, "holds a file that does not open with this passphrase", "Seal it again; nothing was handed over"
        ) from None


def texts_of(files: Mapping[str, File], ours: Fixed, passphrase: str = "") -> Iterator[tuple[str, int, str]]:
    """File and layer, how many letters were read, and their words without what is ours: each file opened when its turn comes."""
    for name, file in files.items():
        for layer, pieces in layers(name, file.opened(), passphrase):
            for run, size in _runs(pieces):
                text = words(ours.without_number(run))
                yield f"{name} {layer}", size, ours.without(text) if text else ""


def ours_of(files: Mapping[str, File]) -> Fixed:
    """The texts that are ours in these files."""
    return fixed(around(files[DATA].opened()) if DATA in files else None, files)


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

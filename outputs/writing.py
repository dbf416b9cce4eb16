"""Writes the unsealed files of one dossier into a folder: the same bytes for the same dossier."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple, TypeAlias

import orjson

from config.hands import Lent, alone
from outputs.as_json import SCHEMA, write_json
from outputs.book import book
from outputs.dossier import Dossier
from outputs.house import living
from outputs.letter import letter
from outputs.papers import papers
from outputs.sheets import workbook
from outputs.texts import rendered

MANIFEST = "manifest.json"

Content: TypeAlias = bytes | Callable[[IO[bytes]], None]
"""What a file holds, or what writes it."""


def write(dossier: Dossier, folder: Path, lent: Lent = alone) -> tuple[Path, ...]:
    """Write every file of the dossier, and `manifest.json` with the SHA-256 of each; gives their paths.

    `lent` gives hands for so many rows: then another process writes the paper while this one writes the workbook. Raises
    ConservationError where something is withheld without a ground.
    """
    folder.mkdir(parents=True, exist_ok=True)
    hands = lent(sum(len(collection.rows) for collection in dossier.collections))
    with living(dossier.house), closing(hands.each(partial(_on_paper, folder), [dossier])) as elsewhere:
        made = [_kept(folder / "gegevens.xlsx", workbook(dossier))]
        paper = next(elsewhere)
        dossier = replace(dossier, files=paper.held, parts=paper.parts)
        made += [*paper.paths, *(_kept(folder / name, content) for name, content in _beside(dossier))]
    return (*made, _kept(folder / MANIFEST, _manifest(dossier, made)))


class _Paper(NamedTuple):
    """What was drawn: the files, in which of them each document is by its number, and how many parts each kind has."""

    paths: list[Path]
    held: dict[str, str]
    parts: dict[str, int]


def _on_paper(folder: Path, dossier: Dossier) -> _Paper:
    """Draw the documents and the book, one after the other."""
    with living(dossier.house):
        made = papers(dossier)
        held = {number: part_name("documenten.pdf", part) for number, part in made.parts.items()}
        paths = [_kept(folder / name, content) for name, content in _parts("documenten.pdf", made.files)]
        parts = {"documenten.pdf": len(made.files)}
        del made
        whole = book(dossier)
        paths += [_kept(folder / name, content) for name, content in _parts("dossier.pdf", whole)]
        return _Paper(paths, held, parts | {"dossier.pdf": len(whole)})


def _kept(path: Path, content: Content) -> Path:
    with path.open("wb") as file:
        if isinstance(content, bytes):
            file.write(content)
        else:
            content(file)
    return path


def _beside(dossier: Dossier) -> Iterator[tuple[str, Content]]:
    """Name and content of each file that tells of the paper, one at a time."""
    yield "besluit.pdf", letter(dossier)
    yield "dossier.json", partial(write_json, dossier)
    yield "dossier.schema.json", SCHEMA.read_bytes()
    yield "LEESMIJ.txt", rendered("leesmij.j2", organisation=dossier.organisation, parts=dossier.parts).encode()


def _parts(name: str, files: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    return ((part_name(name, n), content) for n, content in enumerate(files, 1))


def part_name(name: str, part: int) -> str:
    """What the n-th part of a file is called.

    >>> part_name("dossier.pdf", 1), part_name("dossier.pdf", 2)
    ('dossier.pdf', 'dossier-deel-2.pdf')
    """
    stem, end = name.rsplit(".", 1)
    return name if part == 1 else f"{stem}-deel-{part}.{end}"


def _manifest(dossier: Dossier, paths: list[Path]) -> bytes:
    files = [{"name": p.name, "bytes": p.stat().st_size, "sha256": digest(p)} for p in sorted(paths)]
    made = {"version": dossier.version, "configuration": dossier.fingerprint}
    return orjson.dumps(
        {"request": dossier.request.number, "made": made, "files": files}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    )


def digest(path: Path) -> str:
    """SHA-256 of a file, of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

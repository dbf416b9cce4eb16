"""Writes the unsealed files of one dossier into a folder: the same bytes for the same dossier."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import orjson

from outputs.as_json import SCHEMA, to_json
from outputs.book import book
from outputs.dossier import Dossier
from outputs.letter import letter
from outputs.papers import papers
from outputs.resave import resaved
from outputs.sheets import workbook
from outputs.texts import rendered, texts

MANIFEST = "manifest.json"


def write(dossier: Dossier, folder: Path) -> tuple[Path, ...]:
    """Write every file of the dossier, one after the other, and `manifest.json` with the SHA-256 of each; gives their paths.

    Raises ConservationError where something is withheld without a ground.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, content in _contents(dossier).items():
        path = folder / name
        path.write_bytes(content())
        made.append(path)
    manifest = folder / MANIFEST
    manifest.write_bytes(_manifest(dossier, made))
    return (*made, manifest)


def _contents(dossier: Dossier) -> Mapping[str, Callable[[], bytes]]:
    """What is in which file; a call each, so that only one of them is in memory."""
    number = dossier.request.number
    titles = {
        "besluit.pdf": texts()["brief"]["titel"].format(nummer=number),
        "dossier.pdf": f"{texts()['dossier']['titel']} ({number})",
        "documenten.pdf": f"{texts()['stukken']['titel']} ({number})",
    }
    makers = {"besluit.pdf": letter, "dossier.pdf": book, "documenten.pdf": papers}
    files = {name: _pdf(dossier, make, titles[name]) for name, make in makers.items()}
    return files | {
        "gegevens.xlsx": lambda: workbook(dossier),
        "dossier.json": lambda: to_json(dossier),
        "dossier.schema.json": SCHEMA.read_bytes,
        "LEESMIJ.txt": lambda: rendered("leesmij.j2", organisation=dossier.organisation).encode(),
    }


def _pdf(dossier: Dossier, make: Callable[[Dossier], bytes], title: str) -> Callable[[], bytes]:
    return lambda: resaved(make(dossier), title, dossier.request.received)


def _manifest(dossier: Dossier, paths: list[Path]) -> bytes:
    files = [{"name": p.name, "bytes": p.stat().st_size, "sha256": hashlib.sha256(p.read_bytes()).hexdigest()} for p in sorted(paths)]
    made = {"version": dossier.version, "configuration": dossier.fingerprint}
    return orjson.dumps(
        {"request": dossier.request.number, "made": made, "files": files}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    )

"""The states that a workbook and a CSV file share."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from config.settings import Source
from tests.connectors.kinds import BSN, ELSE, NAMES, NOTE, OTHER, ROWS, Bench
from tests.connectors.kinds._rows import NAMESAKES, Row, namesakes, notes
from tests.connectors.made import entity, source

_STILL = "a file does not answer: it is there or it is not"
NOT = {
    "redirect": "a file sends nobody elsewhere",
    "unauthorised": "a file knows no users",
    **dict.fromkeys(("slow", "timeout", "busy", "heals"), _STILL),
}
Write = Callable[[Path, list[str], list[Row]], Path]


def states(name: str, write: Write) -> dict[str, Callable[[Bench], Source]]:
    """The sources of one form of export, by case."""

    def make(bench: Bench, names: list[str] = NAMES, rows: list[Row] = ROWS) -> Source:
        return source("tables", str(write(bench.folder / name, names, rows)), notes())

    def partial(bench: Bench) -> Source:
        good = make(bench)
        return replace(good, entities=(*good.entities, entity("weg", {"BSN": "subject.bsn"}, [])))

    def broken(change: Callable[[bytes], bytes]) -> Callable[[Bench], Source]:
        def spoilt(bench: Bench) -> Source:
            good, path = make(bench, rows=[(BSN, NOTE)] * 40), bench.folder / name
            path.write_bytes(change(path.read_bytes()))
            return good

        return spoilt

    def forbidden(bench: Bench) -> Source:
        good = make(bench)
        (bench.folder / name).chmod(0)
        return good

    def other_bsn(bench: Bench) -> Source:
        good = make(bench, [*NAMES, "NR"], [(BSN, NOTE, 12), (OTHER, ELSE, 12)])
        return replace(good, entities=(notes(match=[{"BSN": "subject.bsn"}, {"NR": "elders.nr"}]),))

    def same_name(bench: Bench) -> Source:
        rows = [(BSN, NOTE, "J. van der Berg", "1980-03-09"), (OTHER, ELSE, "J. van der Berg", "1980-03-09")]
        return replace(make(bench, NAMESAKES, rows), entities=(namesakes(),))

    def huge(bench: Bench) -> Source:
        good, path = make(bench), bench.folder / name
        os.truncate(path, 2 * 2**30 + 5)
        return good

    return {
        "make": make,
        "partial": partial,
        "forbidden": forbidden,
        "stays_broken": lambda bench: replace(make(bench), connection=str(bench.folder / "weg.csv")),
        "wrong_type": broken(lambda data: b"%PDF-1.7\n\0\1\2\3" + bytes(range(256)) * 8),
        "invalid": broken(lambda data: b"\0\1\2\3" * 400),
        "huge": huge,
        "other_bsn": other_bsn,
        "same_name": same_name,
        "half": broken(lambda data: data[: len(data) // 2]),
        "open_quote": broken(lambda data: data + f'{BSN};"half'.encode()),
    }  # type: ignore[return-value]  # `make` takes rows as well

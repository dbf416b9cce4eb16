"""Outputs, chapter 7: a large dossier is written by two processes at once, and is the same to the byte as when one writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

import outputs
from config.errors import ConservationError
from config.hands import Hands
from flows import cores
from outputs import writing
from tests.outputs import sample


def two(_: int) -> Hands:
    return cores.hands(2, large=1)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_two_processes_write_what_one_writes(tmp_path: Path) -> None:
    """The paper is drawn elsewhere; what tells of it, in the letter and the data, is known here all the same."""
    dossier = sample.dossier(sample.collections(notes=40, payments=40))
    alone, shared = outputs.write(dossier, tmp_path / "alone"), outputs.write(dossier, tmp_path / "shared", two)
    assert [path.name for path in alone] == [path.name for path in shared]
    assert files(tmp_path / "alone") == files(tmp_path / "shared")


def test_where_one_of_them_stops_nothing_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error comes out as it is, and the other process has ended."""

    def stops(_: object) -> bytes:
        raise ConservationError("the workbook", "does not balance", "Report this run")

    monkeypatch.setattr(writing, "workbook", stops)
    with pytest.raises(ConservationError, match="does not balance"):
        outputs.write(sample.dossier(), tmp_path, two)
    assert not (tmp_path / "manifest.json").exists()

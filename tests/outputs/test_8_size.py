"""Outputs, chapter 8: time grows with the rows and not with their square."""

from __future__ import annotations

import time
from pathlib import Path

import orjson
import pytest

import outputs
from tests.outputs import sample


def seconds(rows: int, folder: Path) -> float:
    """CPU time to write and check a dossier of so many rows."""
    held = sample.dossier((sample._contact(rows // 2), sample._payments(rows // 2)))
    start = time.process_time()
    outputs.write(held, folder)
    outputs.check_leaks(folder, sample.SECRETS)
    return time.process_time() - start


def test_a_thousand_rows_are_all_in_every_file(tmp_path: Path) -> None:
    """None is lost on the way, and the run takes seconds."""
    assert seconds(1_000, tmp_path) < 20
    made = orjson.loads((tmp_path / "dossier.json").read_bytes())
    assert [len(c["rows"]) for c in made["collections"]] == [500, 500]


@pytest.mark.slow
def test_four_times_the_rows_take_about_four_times_as_long(tmp_path: Path) -> None:
    """10,000 rows against 2,500; one big table of ReportLab would take sixteen times."""
    seconds(200, tmp_path / "warm")
    few, many = seconds(2_500, tmp_path / "few"), seconds(10_000, tmp_path / "many")
    assert many / few < 6

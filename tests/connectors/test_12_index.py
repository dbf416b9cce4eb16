"""Chapter 12. A large export is asked by an index: as whole as reading all of it, fresh when the file changes, and no copy in the clear."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.collection import Answer, Outcome
from config.settings import Source
from connectors.exports import index
from connectors.exports.index import Cabinet
from tests.connectors.kinds._rows import csv, workbook
from tests.connectors.made import BSN, OTHER, cells, collect, column, entity, source

NAMES = ["BSN", "KLANT", "Geboren", "Tekst"]
COLUMNS = [column("BSN", "bsn"), column("KLANT", "id"), column("Geboren", "date"), column("Tekst", "text", "mixed")]
KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def every_file_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "LEAST", 0)


def asked(path: Path, home: Path, match: Any = None, key: bytes = KEY) -> Source:
    match = match or [{"BSN": "subject.bsn"}, {"KLANT": "elders.klant"}, {"Tekst": "subject.name", "Geboren": "subject.birth_date"}]
    found = entity("notities", match, COLUMNS)
    return source("tables", str(path), found, options={"cabinet": Cabinet(home / "indexes", key)})


def kept(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.inzage-index"))


def rows(answer: Answer) -> list[list[Any]]:
    return [list(c.rows.itertuples(index=False, name=None)) for c in answer.collections]


CELLS = st.tuples(
    st.sampled_from([BSN, f"{BSN[:4]}.{BSN[4:6]}.{BSN[6:]}", int(BSN), OTHER, None, "onbekend"]),
    st.sampled_from(["0012", "12", 12, 13, None]),
    st.sampled_from(["9-3-1980", "1980-03-09", 29289, "8-3-1980", None]),
    st.sampled_from(["Berg, J. van der", "J.M. van der Berg", "iets", None]),
)


@given(st.lists(CELLS, max_size=12), st.sampled_from(["csv", "xlsx"]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_index_gives_what_reading_all_gives(tmp_path: Path, lines: list[tuple[Any, ...]], form: str) -> None:
    """The same rows in the same order with the same values, made or found, for every way of matching."""
    path = (csv if form == "csv" else workbook)(tmp_path / f"notities.{form}", NAMES, [*lines, (OTHER, 1, "1-1-2001", "x")])
    by_index = asked(path, tmp_path)
    plain = replace(by_index, options={})
    expected = rows(collect(plain))
    assert rows(collect(by_index)) == expected
    assert rows(collect(by_index)) == expected
    assert len(kept(tmp_path)) == 1
    for old in kept(tmp_path):
        old.unlink()


def test_it_is_made_anew_when_the_file_changes(tmp_path: Path) -> None:
    """Yesterday's rows are never given for today's."""
    path = csv(tmp_path / "notities.csv", NAMES, [(BSN, 1, "9-3-1980", "oud")])
    assert cells(collect(asked(path, tmp_path)), "Tekst") == ["oud"]
    csv(path, NAMES, [(BSN, 1, "9-3-1980", "new")])
    answer = collect(asked(path, tmp_path))
    assert (cells(answer, "Tekst"), cells(answer, "Geboren")) == (["new"], [date(1980, 3, 9)])


def test_it_holds_nothing_in_the_clear(tmp_path: Path) -> None:
    """Rows are encrypted and marks are keyed: neither a value nor the plain hash of a BSN can be found in it."""
    path = csv(tmp_path / "notities.csv", NAMES, [(BSN, 4711, "9-3-1980", "Zij vroeg om hulp")] * 3)
    collect(asked(path, tmp_path))
    (file,) = kept(tmp_path)
    data = file.read_bytes()
    for value in (BSN, "4711", "hulp", "1980", "Zij vroeg"):
        assert value.encode() not in data
    assert (file.stat().st_mode & 0o077, file.name.startswith(".notities.csv")) == (0, True)


@pytest.mark.parametrize("harm", ["another key", "tampered", "rubbish", "cut"])
def test_an_index_that_cannot_be_trusted_is_not_used(tmp_path: Path, harm: str) -> None:
    """Another key or a damaged file: it is made anew. A row that was changed: the search fails, and does not come back short."""
    path = csv(tmp_path / "notities.csv", NAMES, [(BSN, 1, "9-3-1980", "echt")])
    collect(asked(path, tmp_path))
    (file,) = kept(tmp_path)
    if harm == "tampered":
        with sqlite3.connect(file) as db:
            db.execute("update line set sealed = ?", (b"x" * 60,))
        db.close()
        assert collect(asked(path, tmp_path)).coverage.status is Outcome.FAILED
        return
    if harm != "another key":
        file.write_bytes(b"rubbish" if harm == "rubbish" else file.read_bytes()[:200])
    answer = collect(asked(path, tmp_path, key=b"x" * 32 if harm == "another key" else KEY))
    assert cells(answer, "Tekst") == ["echt"]


def test_rows_that_fit_no_columns_are_told_each_time(tmp_path: Path) -> None:
    """Also when the index was there already."""
    path = tmp_path / "notities.csv"
    path.write_text(f"BSN;KLANT;Geboren;Tekst\n{BSN};1;9-3-1980;x\n{BSN};1;9-3-1980;x;te veel\n", encoding="utf-8")
    for _ in range(2):
        answer = collect(asked(path, tmp_path))
        assert (answer.coverage.status, len(cells(answer, "BSN"))) == (Outcome.PARTIAL, 1)


def test_a_folder_that_may_not_be_written_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the index is kept with the key, in the home of whoever runs us."""
    (tmp_path / "export").mkdir()
    path = csv(tmp_path / "export" / "notities.csv", NAMES, [(BSN, 1, "9-3-1980", "x")])
    real = index.os.open

    def refusing(name: Any, *more: Any) -> int:
        if Path(name).parent == path.parent:
            raise PermissionError
        return real(name, *more)

    monkeypatch.setattr(index.os, "open", refusing)  # root may write everywhere
    assert cells(collect(asked(path, tmp_path)), "Tekst") == ["x"]
    assert [file.parent for file in kept(tmp_path)] == [tmp_path / "indexes"]

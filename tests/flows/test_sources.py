"""`inzage sources`: what a source held before is remembered until a person accepts the change; a first file is never written over another."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from flows import cli

DEMO = Path(__file__).parent.parent.parent / "config" / "demo"
BSN = "999990019"
SOURCES = """
sources:
  - name: wmo
    kind: sql
    connection: ${WMO_DATABASE_URL}
    activity: wmo-begeleiding
    entities:
      client:
        match: {BSN: subject.bsn}
        minimum_rows: 1
        columns:
          NR:  {kind: id, party: subject}
          BSN: {kind: bsn, party: subject}
"""


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A gemeente with one small database."""
    folder, file = tmp_path / "config", tmp_path / "wmo.sqlite"
    shutil.copytree(DEMO, folder)
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    run(file, "create table client (NR integer primary key, BSN varchar(9))", f"insert into client values (1, '{BSN}')")
    monkeypatch.setenv("INZAGE_CONFIG", str(folder))
    monkeypatch.setenv("INZAGE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("WMO_DATABASE_URL", f"sqlite:///{file}")
    return file


def run(file: Path, *statements: str) -> None:
    with sqlite3.connect(file) as db:
        for statement in statements:
            db.execute(statement)
    db.close()


def check(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, object]]:
    """The exit code, and what was told of the one source."""
    code = cli.run(["sources", "check", "--json", *options])
    told: dict[str, object] = json.loads(capsys.readouterr().out.splitlines()[0])["sources"][0]
    return code, told


def test_a_change_is_told_until_it_is_accepted(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first check remembers; a new table is told again and again; `--accept` ends it."""
    assert check(capsys)[0] == 0
    run(database, "create table notitie (NR integer)")
    for _ in range(2):
        code, told = check(capsys)
        assert (code, [line for line in told["drift"] if "notitie is new" in line] != []) == (1, True)  # type: ignore[attr-defined]  # a list
    check(capsys, "--accept")
    assert check(capsys)[0] == 0


def test_the_check_tells_everything_of_a_source(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Reachable, authorised, schema, entities, sizes and time, for people and as JSON."""
    _, told = check(capsys)
    assert {name: told[name] for name in ("reachable", "authorised", "drift", "rows", "small", "entities")} == {
        "reachable": True, "authorised": True, "drift": [], "rows": {"client": 1}, "small": [], "entities": ["client"],
    }  # fmt: skip
    assert cli.run(["sources", "check"]) == 0
    header, line = capsys.readouterr().out.splitlines()[:2]
    assert header.split() == ["source", "reachable", "authorised", "schema", "entities", "rows", "sizes", "alarms", "seconds"]
    assert line.split()[:-1] == ["wmo", "yes", "yes", "as", "configured", "1/1", "1", "ok", "0"]
    run(database, "delete from client")
    code, told = check(capsys)
    assert (code, told["small"]) == (1, ["client"])


def test_suggest_prints_or_writes_and_never_writes_over(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a person corrected is theirs; and no value is told."""
    url, out = f"sqlite:///{database}", tmp_path / "eerste.yaml"
    assert cli.run(["sources", "suggest", url, "--name", "wmo"]) == 0
    printed = capsys.readouterr().out
    assert ("match: {BSN: subject.bsn}" in printed, BSN in printed) == (True, False)
    assert cli.run(["sources", "suggest", url, "--name", "wmo", "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8").strip() in printed
    assert cli.run(["sources", "suggest", url, "--out", str(out)]) == 2
    assert cli.run(["sources", "suggest", f"sqlite:///{tmp_path}/weg.sqlite"]) == 1

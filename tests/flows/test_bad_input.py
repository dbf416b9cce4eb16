"""Bad input: each gets one clear sentence, nothing is lost, and the other sources go on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.flows.conftest import BSN, OTHER_BSN, Gemeente, build

UNKNOWN_BSN = "999990032"


def test_a_bsn_that_fails_the_elfproef_is_refused(nergenshuizen: Gemeente) -> None:
    """One line on stderr, without the number that was typed."""
    done = nergenshuizen.run("request", "new", "--bsn", "999990018", "--received", "2026-11-20", code=1)
    assert len(done.stderr.strip().splitlines()) == 1
    assert "999990018" not in done.stdout + done.stderr


def test_a_second_request_while_one_is_open_is_refused(nergenshuizen: Gemeente) -> None:
    """The sentence names the request that is open."""
    number = nergenshuizen.json("request", "new", "--bsn", OTHER_BSN, "--received", "2026-11-20")["request"]
    done = nergenshuizen.run("request", "new", "--bsn", OTHER_BSN, "--received", "2026-11-21", code=1)
    assert number in done.stderr


def test_an_unknown_command_is_wrong_usage(nergenshuizen: Gemeente) -> None:
    """Exit 2, and where to look."""
    assert "--help" in nergenshuizen.run("beslis", code=2).stderr


@pytest.mark.parametrize(
    "command",
    [
        ("request", "letter", "INZ-2026-000001", "ontvangst", "--out", "nergens/brief.pdf"),
        ("request", "refuse", "INZ-2026-000001", "--as", "balie", "--reason", "x", "--article", "y", "--out", "nergens/brief.pdf"),
        ("sources", "suggest", "sqlite:///nergens", "--out", "nergens/bron.yaml"),
        ("release", "INZ-2026-000001", "--out", "hulp.sqlite/uit"),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_a_place_that_cannot_be_written_is_told_before_anything_is_done(nergenshuizen: Gemeente, command: tuple[str, ...]) -> None:
    """A folder that is not there, or a file where a folder should be."""
    told = nergenshuizen.run(*command, code=2).stderr
    assert "--out" in told and "written in" in told


def test_an_unknown_number_is_refused(nergenshuizen: Gemeente) -> None:
    """No flow is started for a request that is not there."""
    nergenshuizen.run("request", "run", "INZ-2026-999999", code=1)


def test_an_unknown_bsn_ends_in_a_search_that_found_nothing(nergenshuizen: Gemeente) -> None:
    """Every source answered, none held anything; that is a result, with the search shown."""
    number = nergenshuizen.json("request", "new", "--bsn", UNKNOWN_BSN, "--received", "2026-11-20")["request"]
    standing = nergenshuizen.json("request", "run", number)
    assert {line["source"]: line["status"] for line in standing["coverage"]} == {"hulp": "none", "passen": "none", "archief": "none"}
    assert standing["status"] == "review"


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Gemeente, dict[str, Any]]:
    """Nergenshuizen on a bad day, the database gone and the export torn; and where its one request stands after a run."""
    gemeente = build(tmp_path_factory.mktemp("broken"))
    (gemeente.folder / "hulp.sqlite").unlink()
    (gemeente.folder / "passen.csv").write_bytes(b"PK\x03\x04 torn")
    number = gemeente.json("request", "new", "--bsn", BSN, "--received", "2026-11-20")["request"]
    return gemeente, gemeente.json("request", "run", number)


def test_sources_that_are_down_or_broken_have_failed_and_the_others_go_on(broken: tuple[Gemeente, dict[str, Any]]) -> None:
    """No answer is not no data: neither reads "none", the folder is searched as far as it can be, and the request comes to review."""
    gemeente, standing = broken
    statuses = {line["source"]: line["status"] for line in standing["coverage"]}
    assert (statuses["hulp"], statuses["passen"], standing["status"]) == ("failed", "failed", "review")
    assert not (gemeente.folder / "hulp.sqlite").exists()


def test_a_search_by_a_key_that_could_not_be_had_is_not_whole(broken: tuple[Gemeente, dict[str, Any]]) -> None:
    """The letters are found by client number, which only the database that is down knows: nothing found there is not "none"."""
    assert {line["source"]: line["status"] for line in broken[1]["coverage"]}["archief"] != "none"


def test_a_source_that_healed_is_asked_again(broken: tuple[Gemeente, dict[str, Any]]) -> None:
    """Running once more asks what failed before; the request stays one and the same."""
    gemeente, before = broken
    (gemeente.folder / "passen.csv").write_text(f"bsn;kenteken\n{BSN};G-001-BB\n", encoding="utf-8")
    standing = gemeente.json("request", "run", before["request"])
    assert {line["source"]: line["status"] for line in standing["coverage"]}["passen"] == "found"


def test_a_typo_in_the_yaml_is_told_with_file_line_and_remedy(tmp_path: Path) -> None:
    """All mistakes in one go, and no command works on them."""
    gemeente = build(tmp_path / "typo")
    path = gemeente.folder / "config" / "sources.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("party: official", "party: offical").replace("key.klant}", "key.klnt}", 1))
    done = gemeente.run("config", "check", code=1)
    assert "sources.yaml:" in done.stdout
    assert "official" in done.stdout
    assert done.stdout.count("sources.yaml:") >= 2
    assert len(done.stderr.strip().splitlines()) == 1


def test_after_a_purge_every_command_says_that_nothing_is_left(tmp_path: Path) -> None:
    """Not that its sources were not asked, nor that it should be run: both would send somebody on a search for nothing."""
    gemeente = build(tmp_path)
    number = gemeente.json("request", "new", "--bsn", BSN, "--received", "2026-11-20")["request"]
    gemeente.run("request", "withdraw", number)
    gemeente.run("purge", "--as-of", "2050-01-01")
    said = f"{number}: purged. Nothing is left of it but the audit trail.\n"
    assert gemeente.run("request", "status", number).stdout == said
    for command in (["review", "show", number], ["release", number, "--out", "uit"]):
        assert "was purged. Nothing is left of it but the audit trail." in gemeente.run(*command, code=1).stderr

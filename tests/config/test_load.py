"""Loading: five files as a whole, all mistakes in one go, and a fingerprint of what was read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.load import load, load_policy, problems
from config.problems import Problem
from tests.config.conftest import EMBEDDED, KINDS, Folder


def test_a_folder_without_mistakes_loads(gemeente: Folder) -> None:
    """Its own three files, and the grounds and policy of Inzage."""
    config = gemeente.load()
    assert (config.organisation.name, config.source("wmo").kind, config.activity("hulp").title) == (
        "Gemeente Nergenshuizen",
        "sql",
        "Hulp thuis",
    )
    assert {"A1", "N1"} <= set(config.grounds)


def test_all_mistakes_of_all_files_come_in_one_go(gemeente: Folder) -> None:
    """By file and then by line."""
    gemeente.replace("sources.yaml", "kind: sql", "kind: sqll").replace("sources.yaml", "party: mixed", "party: mix")
    gemeente.replace("activities.yaml", "6.1.e", "6.e").replace("organisation.yaml", "phone: 085 000 00 00\n", "")
    gemeente.write("policy.yaml", "parties: {}\ngrounds: {}\n")
    found = gemeente.problems("error")
    files = [problem.file for problem in found]
    assert files == sorted(files, key=["organisation.yaml", "sources.yaml", "activities.yaml", "grounds.yaml", "policy.yaml"].index)
    assert {"organisation.yaml", "sources.yaml", "activities.yaml", "policy.yaml"} == set(files)
    assert [p.line for p in found if p.file == "sources.yaml"] == [4, 14]


def test_load_refuses_with_the_first_mistake_and_how_many_there_are(gemeente: Folder) -> None:
    """One line, as every error of the house: thing, what is wrong, what to do."""
    gemeente.replace("sources.yaml", "kind: sql", "kind: sqll").replace("sources.yaml", "party: mixed", "party: mix")
    with pytest.raises(ConfigError) as caught:
        gemeente.load()
    assert str(caught.value) == (
        "sources.yaml:4: source wmo: kind sqll is not known. Did you mean sql? Write one of: brp, documents, sql, tables. "
        "This is one of 2 mistakes: `inzage config check` shows all."
    )


def test_a_warning_does_not_stop_anything(gemeente: Folder) -> None:
    """Two warnings: grounds and policy are those of Inzage."""
    found = problems(gemeente.path, gemeente.environment, KINDS)
    assert [(problem.file, problem.level) for problem in found] == [("grounds.yaml", "warning"), ("policy.yaml", "warning")]


@pytest.mark.parametrize("name", ["organisation.yaml", "sources.yaml", "activities.yaml"])
def test_three_files_must_be_there(gemeente: Folder, name: str) -> None:
    """Who the gemeente is, what it has and why, nobody can guess."""
    (gemeente.path / name).unlink()
    assert f"{name}: the file is missing. Write it; config/demo has one to start from." in gemeente.told()


def test_a_file_under_almost_the_right_name_is_pointed_out(gemeente: Folder) -> None:
    """`sources.yml` is not read."""
    (gemeente.path / "sources.yaml").rename(gemeente.path / "sources.yml")
    assert "sources.yaml: the file is missing. Did you mean sources.yml? Then rename it." in gemeente.told()


def test_a_folder_that_is_not_there_is_one_mistake(tmp_path: Path) -> None:
    """And not five."""
    (only,) = problems(tmp_path / "nowhere", {}, KINDS)
    assert (only.level, only.what) == ("error", "there is no such folder")
    with pytest.raises(ConfigError, match="no such folder"):
        load(tmp_path / "nowhere", {}, KINDS)


def test_a_folder_in_place_of_a_file_is_a_mistake(gemeente: Folder) -> None:
    """It is told; nothing falls over."""
    (gemeente.path / "policy.yaml").mkdir()
    assert any(line.startswith("policy.yaml: the file cannot be read") for line in gemeente.told())


def test_an_activity_that_is_not_in_the_register_is_a_warning(gemeente: Folder) -> None:
    """Whether that is allowed is for the check of the register."""
    gemeente.replace("sources.yaml", "activity: hulp", "activity: hulpp")
    assert gemeente.told("warning") == [
        f"sources.yaml:{line}: warning: entity wmo.{entity}: activity hulpp is not in activities.yaml. "
        "Did you mean hulp? Write one of: hulp."
        for line, entity in ((8, "client"), (16, "contact"))
    ]


def test_the_fingerprint_changes_with_any_file_and_with_nothing_else(gemeente: Folder, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Also with one that Inzage brings itself, when a gemeente writes its own; never with a secret or the folder."""
    first = gemeente.load().fingerprint
    gemeente.environment["WMO_URL"] = "sqlite:///elsewhere"
    assert gemeente.load().fingerprint == first
    moved = tmp_path_factory.mktemp("moved") / "config"
    shutil.copytree(gemeente.path, moved)
    assert Folder(moved).load().fingerprint == first
    shutil.copy(EMBEDDED / "grounds.yaml", moved)
    assert Folder(moved).load().fingerprint == first
    (moved / "grounds.yaml").write_text((moved / "grounds.yaml").read_text(encoding="utf-8") + "# ours\n", encoding="utf-8")
    assert Folder(moved).load().fingerprint != first


def test_the_policy_can_be_read_alone(gemeente: Folder) -> None:
    """Redacting a note needs no sources and no environment."""
    assert load_policy(gemeente.path) == gemeente.load().policy
    assert load_policy(EMBEDDED).match == 0.9


def test_a_policy_with_a_mistake_is_refused_alone_too(gemeente: Folder) -> None:
    """With its line."""
    gemeente.write("policy.yaml", (EMBEDDED / "policy.yaml").read_text(encoding="utf-8").replace("match: 0.9", "match: 9"))
    with pytest.raises(ConfigError, match=r"policy\.yaml:[0-9]+: .*match is not a number from 0 to 1"):
        load_policy(gemeente.path)


def test_a_problem_is_printed_as_the_design_says() -> None:
    """file:line: what. remedy."""
    problem = Problem("sources.yaml", 14, "entity wmo.contact: match names key.klant, which no entity provides", "Provide it")
    assert str(problem) == "sources.yaml:14: entity wmo.contact: match names key.klant, which no entity provides. Provide it."


def test_organisation_asks_for_all_that_a_letter_needs(gemeente: Folder) -> None:
    """An empty file lacks every one of them, each with an example."""
    gemeente.write("organisation.yaml", "locale: nl_NL\ntimezone: Europe/Amsterdm\ndossier_retention: 5 jaar\n")
    told = gemeente.told()
    assert sum("is missing. Add `" in line for line in told) == 13
    assert any("timezone Europe/Amsterdm is not known" in line for line in told)
    assert any("dossier_retention is not a length of time" in line for line in told)

"""`inzage register check`: what the law does not allow is refused, all at once, and what is unsure is listed."""

from __future__ import annotations

from datetime import date

import pytest

from config.register import check_register
from tests.config.conftest import ACTIVITIES, Folder

TODAY = date(2026, 11, 25)


def told(gemeente: Folder, level: str = "error", on: date = TODAY) -> list[str]:
    """What the check tells of one level."""
    return [str(problem) for problem in check_register(gemeente.load(), on) if problem.level == level]


def test_a_register_that_is_in_order_passes(gemeente: Folder) -> None:
    """Nothing to refuse, and nothing to confirm."""
    assert check_register(gemeente.load(), TODAY) == ()


REFUSALS = [
    ("avg: 6.1.e", "avg: 6.1.a", "activity hulp: consent (6.1.a) is its basis, for a public task. Name the law that gives the task"),
    ("avg: 6.1.e", "avg: [6.1.e, 6.1.a]", "activity hulp: consent (6.1.a) is its basis"),
    (", law: Wmo 2015, article: \"2.3.5\", in_force: 2015-01-01", "", "activity hulp: 6.1.e needs a law behind it"),
    ("    legal_basis: {avg: 6.1.e", "    remedy: [bezwaar] # {avg: 6.1.e", "activity hulp: it has no legal basis"),
    ("in_force: 2015-01-01", "in_force: 2027-01-01", "legal_basis Wmo 2015 is in force from 2027-01-01 and not on 2026-11-25"),
    ('article: "5.1.1"', 'article: "5.1.1", in_force: 2027-01-01', "special gezondheid Wmo 2015 is in force from 2027-01-01"),
    ("    subjects", "    status: bill\n    subjects", "activity hulp: it rests on a bill, which is no basis yet. Write `enabled: false`"),
    ("purpose: Wij regelen hulp thuis.", "purpose:", "activity hulp: purpose is missing"),
    ("sources: [inwoner]", "sources: []", "activity hulp: sources is missing"),
    ("recipients: [CAK]", "recipients: []", "activity hulp: recipients is missing"),
    ("categories: [naam, gezondheid]", "categories: []", "activity hulp: categories is missing"),
    ("retention: {term: P15Y, from: einde van de hulp, law: Wmo 5.3.4}", "third_countries: []", "activity hulp: retention is missing"),
    ("special: {gezondheid", "special: {geloof", "activity hulp: its category gezondheid is gezondheid, without an exception of its own"),
    ("[naam, gezondheid]", "[naam, detentie]", "activity hulp: its category detentie is strafrechtelijk, without an exception of its own"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "refused"), REFUSALS, ids=[refused[:60] for *_, refused in REFUSALS])
def test_what_the_law_does_not_allow_is_refused(gemeente: Folder, right: str, wrong: str, refused: str) -> None:
    """With file, line, and what would be right."""
    text = ACTIVITIES.replace("    third_countries: []\n", "") if wrong == "third_countries: []" else ACTIVITIES
    assert right in text
    gemeente.write("activities.yaml", text.replace(right, wrong, 1))
    assert any(line.startswith("activities.yaml:2: ") and refused in line for line in told(gemeente)), told(gemeente)


@pytest.mark.parametrize(("on", "refused"), [(date(2014, 12, 31), 1), (date(2015, 1, 1), 0)])
def test_a_basis_holds_from_its_first_day(gemeente: Folder, on: date, refused: int) -> None:
    """The day before is too early, the day itself is not."""
    assert len(told(gemeente, on=on)) == refused


def test_a_bill_that_is_off_is_left_alone(gemeente: Folder) -> None:
    """Nothing is processed for it, so it may lack everything."""
    gemeente.write("activities.yaml", ACTIVITIES + "  - {id: wams, title: Wams, status: bill, enabled: false}\n")
    assert told(gemeente) == []


def test_an_entity_that_points_to_what_is_off_is_refused(gemeente: Folder) -> None:
    """Data held for a bill are held for nothing."""
    gemeente.write("activities.yaml", ACTIVITIES + "  - {id: wams, title: Wams, status: bill, enabled: false}\n")
    gemeente.replace("sources.yaml", "table: contactmoment", "table: contactmoment\n        activity: wams")
    (line,) = told(gemeente)
    assert line.startswith("sources.yaml:16: entity wmo.contact: activity wams is disabled. Say for which activity it is held.")


@pytest.mark.parametrize(
    ("wrong", "said"), [("activity: hulpp", "activity hulpp is not in activities.yaml"), ("owner: x", "it has no activity")]
)
def test_an_entity_that_points_to_no_activity_is_refused(gemeente: Folder, wrong: str, said: str) -> None:
    """Each entity, on its own line."""
    gemeente.replace("sources.yaml", "activity: hulp", wrong)
    assert [line.partition(". ")[0] for line in told(gemeente)] == [
        f"sources.yaml:8: entity wmo.client: {said}",
        f"sources.yaml:16: entity wmo.contact: {said}",
    ]


def test_a_column_that_points_to_no_activity_is_refused(gemeente: Folder) -> None:
    """The column is named."""
    gemeente.replace("sources.yaml", "MOEDER: {kind: name", "MOEDER: {activity: gezin, kind: name")
    (line,) = told(gemeente)
    assert line.startswith("sources.yaml:16: entity wmo.contact: column MOEDER: activity gezin is not in activities.yaml")


@pytest.mark.parametrize("category", ["strafrechtelijk", "geloof", "etnische afkomst", "seksuele gerichtheid", "biometrische gegevens"])
def test_a_column_with_special_data_needs_an_exception_of_its_activity(gemeente: Folder, category: str) -> None:
    """That of health does for health only."""
    gemeente.replace("sources.yaml", "category: gezondheid", f"category: {category}")
    (line,) = told(gemeente)
    assert "sources.yaml:8: entity wmo.client: column AANTEKENING holds" in line
    assert "In activities.yaml: add `special: {" in line


def test_all_refusals_come_at_once_and_warnings_after(gemeente: Folder) -> None:
    """Of both files."""
    gemeente.replace("activities.yaml", "6.1.e", "6.1.a").replace(
        "activities.yaml", "recipients: [CAK]", "recipients: []\n    confirm: [retention]"
    )
    gemeente.replace("sources.yaml", "category: gezondheid", "category: geloof")
    found = check_register(gemeente.load(), TODAY)
    assert [(problem.file, problem.level) for problem in found] == [
        ("activities.yaml", "error"), ("activities.yaml", "error"), ("sources.yaml", "error"), ("activities.yaml", "warning"),
    ]  # fmt: skip


def test_what_is_unsure_is_listed_for_the_data_protection_officer(gemeente: Folder) -> None:
    """A warning: it may be used, and what the resident reads says that it is to be confirmed."""
    gemeente.replace("activities.yaml", "subjects:", "confirm: [recipients, retention]\n    subjects:")
    (line,) = told(gemeente, "warning")
    assert "activity hulp: still to be confirmed: recipients, retention. Let the data protection officer confirm them" in line


def test_a_law_without_a_date_is_listed_too(gemeente: Folder) -> None:
    """Unless its basis is to be confirmed anyway."""
    gemeente.replace("activities.yaml", ", in_force: 2015-01-01", "")
    (line,) = told(gemeente, "warning")
    assert "activity hulp: since when is not known of: Wmo 2015" in line


def test_criteria_will_do_where_no_term_can_be_given(gemeente: Folder) -> None:
    """AVG 15(1)(d): the period, or how it is decided."""
    gemeente.replace(
        "activities.yaml", "retention: {term: P15Y, from: einde van de hulp, law: Wmo 5.3.4}", "retention: {note: zolang de zaak loopt}"
    )
    assert told(gemeente) == []

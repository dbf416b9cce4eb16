"""activities.yaml: one row an activity; and the embedded register, complete, usable and honest about what is unsure."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from config.law import Activity, Basis, Recipient, Retention
from config.legal import read_activities
from config.problems import Notes
from config.special import special_category
from config.yamlfile import parse
from tests.config.conftest import ACTIVITIES, EMBEDDED, Folder


@pytest.fixture(scope="module")
def register() -> dict[str, Activity]:
    """The embedded register by id."""
    notes = Notes("activities.yaml")
    root = parse((EMBEDDED / "activities.yaml").read_bytes(), {}, notes)
    assert root is not None
    activities = read_activities(root, notes)
    assert notes.found == []
    return {activity.id: activity for activity in activities}


def test_a_row_is_read_as_it_stands(gemeente: Folder) -> None:
    """Every field of the format; `none` means that nothing is decided automatically."""
    assert gemeente.load().activities == (
        Activity(
            id="hulp",
            title="Hulp thuis",
            purpose="Wij regelen hulp thuis.",
            legal_basis=(Basis("6.1.e", "Wmo 2015", "2.3.5", date(2015, 1, 1)),),
            special={"gezondheid": Basis("9.2.h", "Wmo 2015", "5.1.1")},
            categories=("naam", "gezondheid"),
            subjects=("inwoner",),
            sources=("inwoner",),
            recipients=(Recipient("CAK"),),
            retention=Retention("P15Y", "einde van de hulp", "Wmo 5.3.4"),
            line=2,
        ),
    )


def test_a_basis_may_be_a_list_and_name_two_articles_of_the_avg(gemeente: Folder) -> None:
    """Both then rest on the same law."""
    basis = 'legal_basis: [{avg: [6.1.e, 6.1.c], law: Wmo 2015}, {avg: 6.1.e, law: Jeugdwet, article: "2.3"}]'
    gemeente.replace("activities.yaml", 'legal_basis: {avg: 6.1.e, law: Wmo 2015, article: "2.3.5", in_force: 2015-01-01}', basis)
    assert [(b.avg, b.law, b.article) for b in gemeente.load().activities[0].legal_basis] == [
        ("6.1.e", "Wmo 2015", ""), ("6.1.c", "Wmo 2015", ""), ("6.1.e", "Jeugdwet", "2.3"),
    ]  # fmt: skip


def test_an_article_keeps_its_last_zero(gemeente: Folder) -> None:
    """2.10 is no 2.1, quoted or not."""
    gemeente.replace("activities.yaml", 'article: "2.3.5"', "article: 2.10")
    assert gemeente.load().activities[0].legal_basis[0].article == "2.10"


def test_a_recipient_may_say_why(gemeente: Folder) -> None:
    """A name alone, or with its kind and a reason."""
    gemeente.replace("activities.yaml", "recipients: [CAK]", "recipients: [{name: CAK, kind: wettelijk, why: eigen bijdrage}]")
    assert gemeente.load().activities[0].recipients == (Recipient("CAK", "wettelijk", "eigen bijdrage"),)


MISTAKES = [
    ("6.1.e", "6.e", "activity hulp: legal_basis: avg 6.e cannot be used here. Write it as `avg: 6.1.e`"),
    ("avg: 9.2.h", "avg: 6.1.e", "activity hulp: special gezondheid: avg 6.1.e cannot be used here"),
    ("avg: 6.1.e, ", "", "activity hulp: legal_basis: avg is missing"),
    ("2015-01-01", "1 januari 2015", "activity hulp: legal_basis: in_force is not a day as 2015-01-01"),
    ("P15Y", "15 jaar", "activity hulp: retention: term is not a length of time of ISO 8601"),
    ("third_countries: []", "status: voorstel", "activity hulp: status voorstel is not known"),
    ("third_countries: []", "confirm: [retentions]", "activity hulp: confirm retentions is not known. Did you mean retention?"),
    ("third_countries: []", "remedy: [beroep]", "activity hulp: remedy beroep is not known"),
    ("third_countries: []", "enabled: maybe", "activity hulp: enabled is not true or false"),
    ("third_countries: []", "controler: joint", "activity hulp: controler is not known here. Did you mean controller?"),
    ("[CAK]", "[{name: CAK, kind: wettlijk}]", "activity hulp: recipients: kind wettlijk is not known"),
    ("id: hulp", "title: x", "activity 1: id is missing"),
]


@pytest.mark.parametrize(("right", "wrong", "told"), MISTAKES, ids=[told for *_, told in MISTAKES])
def test_a_mistake_is_told(gemeente: Folder, right: str, wrong: str, told: str) -> None:
    """One sentence, with what would be right."""
    gemeente.replace("activities.yaml", right, wrong)
    assert any(told in line for line in gemeente.told()), gemeente.told()


def test_an_id_stands_once(gemeente: Folder) -> None:
    """Two rows under one id would be one to the dossier."""
    gemeente.write("activities.yaml", ACTIVITIES + ACTIVITIES.removeprefix("activities:\n"))
    assert any("activity hulp stands here twice (first on line 2)" in line for line in gemeente.told())


def test_the_embedded_register_has_every_row_of_the_facts(register: dict[str, Activity]) -> None:
    """All thirty of the published facts, and parking."""
    facts = Path(__file__).parent.parent.parent.parent / "shared" / "law" / "processing_register.yaml"
    if not facts.is_file():
        pytest.skip("the published facts (../shared/law) are not on this machine")
    rows = {row["id"]: row for row in yaml.safe_load(facts.read_text(encoding="utf-8"))["verwerkingen"]}
    assert set(register) == {*rows, "parkeren"}
    for name, row in rows.items():
        unsure = [basis["zekerheid"] for basis in row["wettelijke_basis"]]
        assert "legal_basis" in register[name].confirm or set(unsure) == {"stored"}, name
        assert "recipients" in register[name].confirm or {r["zekerheid"] for r in row["ontvangers"]} <= {"stored"}, name
        assert "retention" in register[name].confirm or row["bewaartermijn"]["zekerheid"] == "stored", name
        assert register[name].retention.term == (row["bewaartermijn"]["duur"] or ""), name
        assert len(register[name].recipients) == len(row["ontvangers"]), name
        assert {basis.avg for basis in register[name].legal_basis} == {f"6.1.{letter}" for letter in row["grondslag_avg6"]}, name


def test_the_wams_is_a_bill_off_by_default_without_articles_or_dates(register: dict[str, Activity]) -> None:
    """It is no law yet, and nobody knows when it will be."""
    wams = register["wams-gecoordineerde-aanpak"]
    assert (wams.status, wams.enabled) == ("bill", False)
    assert {(basis.article, basis.in_force) for basis in wams.legal_basis} == {("", None)}
    assert (wams.special, wams.retention.term, wams.retention.law) == ({}, "", "")
    assert not re.search(r"[0-9]", wams.title + wams.purpose)


def test_only_the_wams_is_off(register: dict[str, Activity]) -> None:
    """Everything else is in force."""
    assert [name for name, activity in register.items() if not activity.enabled or activity.status == "bill"] == [
        "wams-gecoordineerde-aanpak"
    ]


def test_what_a_resident_reads_is_plain_dutch(register: dict[str, Activity]) -> None:
    """At most fifteen words a sentence, and no article numbers, in title, purpose, reasons, notes and automated decisions."""
    for activity in register.values():
        read = [
            activity.title,
            activity.purpose,
            activity.retention.note,
            activity.automated_decisions,
            *(r.why for r in activity.recipients),
        ]
        for sentence in (sentence for text in read for sentence in re.split(r"[.!?]", text)):
            assert len(sentence.split()) <= 15, (activity.id, sentence)
            assert not re.search(r"\bart(ikel)?\b|\blid [0-9]|[0-9]+[.:][0-9]", sentence), (activity.id, sentence)


def test_a_purpose_is_one_or_two_sentences(register: dict[str, Activity]) -> None:
    """Nobody reads more."""
    assert {name: activity.purpose for name, activity in register.items() if not 1 <= activity.purpose.count(".") <= 2} == {}


def test_dates_are_those_that_are_known(register: dict[str, Activity]) -> None:
    """Wmo, Jeugdwet and Participatiewet, AVG and UAVG, Wet BRP, Wgs; every other is left open and to be confirmed."""
    known = {
        "Wmo 2015": date(2015, 1, 1), "Jeugdwet": date(2015, 1, 1), "Participatiewet": date(2015, 1, 1), "AVG": date(2018, 5, 25),
        "UAVG": date(2018, 5, 25), "Wet BRP": date(2014, 1, 6), "Wgs": date(2012, 7, 1),
    }  # fmt: skip
    for activity in register.values():
        for basis in (*activity.legal_basis, *activity.special.values()):
            assert basis.in_force == known.get(basis.law), (activity.id, basis.law)
        if any(basis.in_force is None for basis in activity.legal_basis):
            assert "legal_basis" in activity.confirm, activity.id


def test_help_by_the_own_neighbourhood_team_has_another_remedy(register: dict[str, Activity]) -> None:
    """Jeugdwet 7.3.17: a verzoekschrift instead of bezwaar; of access to youth help both may hold."""
    assert register["jeugd-wijkteam-hulp"].remedy == ("verzoekschrift",)
    assert register["jeugd-toegang"].remedy == ("bezwaar", "verzoekschrift")
    assert register["bijstand"].remedy == ("bezwaar",)


def test_every_special_category_has_a_name_that_the_check_knows(register: dict[str, Activity]) -> None:
    """Else an exception would never be found."""
    for activity in register.values():
        assert all(special_category(name) == name for name in activity.special), activity.id

"""Around a request: who asks for whom, pauses, duplicates, dead sources, comments, verdicts that do not agree, and pick-up."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from sqlalchemy import text

from cases import Register, Vault
from cases.engine import connect
from cases.handling import Particulars
from cases.intake import Extent
from cases.pickups import ATTEMPTS
from cases.representation import AGES, IDENTITY, KINDS, TABLE, advice
from config.errors import RequestError
from config.request import Status
from tests.cases.conftest import BSN, DRAFT, RECEIVED, released

NAME = "Kanariegeel"


def test_a_pause_moves_every_date_by_the_days_that_it_lasted(register: Register, number: str) -> None:
    """Received on 20 November, paused for five days: 25 December, which is a holiday, so 28 December."""
    paused = register.handling.pause(number, "wie bent u", "balie", date(2026, 11, 25))
    assert (paused.paused_since, paused.steer) == (date(2026, 11, 25), date(2026, 12, 20))
    resumed = register.handling.resume(number, "balie", date(2026, 11, 30))
    assert (resumed.paused_since, resumed.steer, resumed.deadline) == (None, date(2026, 12, 25), date(2026, 12, 28))
    extended = register.extend(number, "veel systemen", "balie", date(2026, 12, 24))
    assert extended.steer == date(2027, 2, 25)


def test_a_pause_needs_a_reason_and_begins_and_ends_once(register: Register, number: str) -> None:
    """Else nothing changes."""
    with pytest.raises(RequestError, match="reason"):
        register.handling.pause(number, " ", "balie", RECEIVED)
    with pytest.raises(RequestError, match="not paused"):
        register.handling.resume(number, "balie", RECEIVED)
    register.handling.pause(number, "wie bent u", "balie", RECEIVED)
    with pytest.raises(RequestError, match="already"):
        register.handling.pause(number, "nog eens", "balie", RECEIVED)
    assert [r.text for r in register.reasons(number)] == ["wie bent u"]


def test_a_resident_is_answered_in_dutch_unless_another_language_is_chosen(register: Register, number: str) -> None:
    """One of those that there are letters in, while an answer is owed; the trail tells who chose it."""
    assert register.get(number).language == "nl"
    assert register.handling.answer_in(number, "en", "balie").language == register.get(number).language == "en"
    assert [(e.actor, e.detail) for e in register.audit.entries(number) if e.action == "language chosen"] == [
        ("balie", '{"language": "en"}')
    ]
    with pytest.raises(RequestError, match="no letters in this language"):
        register.handling.answer_in(number, "fy", "balie")
    register.withdraw(number, "balie")
    with pytest.raises(RequestError):
        register.handling.answer_in(number, "nl", "balie")


def test_the_name_of_a_representative_is_kept_encrypted(register: Register, number: str, url: str) -> None:
    """And comes back for the desk."""
    known = Particulars("from_12", "parent", NAME, "counter")
    register.handling.describe(number, known, "balie")
    assert register.handling.particulars(number) == known
    engine = connect(url)
    with engine.connect() as connection:
        assert NAME not in str(connection.execute(text("select * from particulars")).all())
    engine.dispose()


@pytest.mark.parametrize(
    "wrong",
    [
        Particulars(ages="oud"), Particulars(represented_by="buurman", representative="x"), Particulars(represented_by="parent"),
        Particulars(representative=NAME), Particulars(identity_how="kopie"),
    ],
)  # fmt: skip
def test_what_is_told_of_a_request_is_of_the_table(register: Register, number: str, wrong: Particulars) -> None:
    """A refusal repeats no name."""
    with pytest.raises(RequestError) as refused:
        register.handling.describe(number, wrong, "balie")
    assert NAME not in str(refused.value)
    assert register.handling.particulars(number) == Particulars()


def test_the_table_of_representation_has_a_rule_for_every_law_and_age() -> None:
    """And the words that the code knows, no more and no less."""
    table = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    assert (tuple(table["ages"]), tuple(table["kinds"]), tuple(table["identity"])) == (AGES, KINDS, IDENTITY)
    for law in table["laws"]:
        for age in AGES:
            assert law[age]["self"] in table["sentences"]["self"]
            assert law[age]["representative"] in table["sentences"]["representative"]


@pytest.mark.parametrize(
    ("ages", "by", "law", "allowed"),
    [
        ("under_12", "", "AVG en UAVG", "no"),
        ("under_12", "parent", "AVG en UAVG", "yes"),
        ("under_12", "parent", "Wmo 2015", "look"),
        ("from_12", "", "Wmo 2015", "look"),
        ("from_12", "", "Jeugdwet", "yes"),
        ("from_12", "parent", "Jeugdwet", "look"),
        ("from_12", "", "Wet BRP", "no"),
        ("from_16", "", "Wet BRP", "yes"),
        ("from_16", "parent", "AVG en UAVG", "no"),
        ("adult", "mandate", "AVG en UAVG", "look"),
        ("under_12", "mandate", "AVG en UAVG", "no"),
        ("adult", "curator", "Jeugdwet", "look"),
    ],
)
def test_who_may_ask_differs_by_law_and_age(ages: str, by: str, law: str, allowed: str) -> None:
    """Twelve and sixteen do different things in each act (the age table of the law)."""
    assert {a.law: a.allowed for a in advice(ages, by)}[law] == allowed


def test_a_duplicate_adds_its_scope_and_leaves_the_clock(register: Register) -> None:
    """Of a request for everything, everything stays."""
    one = register.new(BSN, RECEIVED, scope=("wmo-onderzoek",), actor="balie")
    after = register.handling.add_duplicate(one.number, date(2026, 11, 24), "letter", Extent(("parkeren",)), "balie")
    assert (after.scope, after.deadline) == (("parkeren", "wmo-onderzoek"), one.deadline)
    assert register.handling.add_duplicate(one.number, date(2026, 11, 25), "eform-site", Extent(), "balie").scope == ()
    assert register.handling.duplicates(one.number) == ((date(2026, 11, 24), "letter"), (date(2026, 11, 25), "eform-site"))
    assert register.handling.asked_again("eform-site") == {one.number}


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ((None, None), (date(2015, 1, 1), date(2015, 12, 31)), (None, None)),
        ((date(2015, 1, 1), None), (date(2012, 1, 1), date(2013, 1, 1)), (date(2012, 1, 1), None)),
        ((date(2015, 1, 1), date(2016, 1, 1)), (date(2020, 1, 1), date(2021, 1, 1)), (date(2015, 1, 1), date(2021, 1, 1))),
    ],
)
def test_of_two_periods_nothing_is_left_out_that_one_of_them_asked(
    register: Register,
    first: tuple[date | None, date | None],
    second: tuple[date | None, date | None],
    both: tuple[date | None, date | None],
) -> None:
    """A side without a day is the widest."""
    one = register.new(BSN, RECEIVED, actor="balie", since=first[0], until=first[1])
    after = register.handling.add_duplicate(one.number, RECEIVED, "letter", Extent((), *second), "balie")
    assert (after.since, after.until) == both


def test_a_letter_that_lay_about_makes_its_own_day_count(register: Register, number: str) -> None:
    """Who asked earlier by another way must be answered by that day."""
    after = register.handling.add_duplicate(number, date(2026, 11, 10), "letter", Extent(), "balie")
    assert (after.received, after.steer, after.deadline) == (date(2026, 11, 10), date(2026, 12, 10), date(2026, 12, 10))


def test_a_dead_source_is_waited_for_left_out_or_uploaded(register: Register, number: str) -> None:
    """And nothing else; the later choice counts."""
    register.handling.choose(number, "wmo", "wait", "balie")
    register.handling.choose(number, "wmo", "without", "anna")
    assert [(c.source, c.choice, c.by) for c in register.handling.choices(number).values()] == [("wmo", "without", "anna")]
    with pytest.raises(RequestError):
        register.handling.choose(number, "wmo", "forget", "balie")


def test_a_comment_is_kept_encrypted_and_in_order(register: Register, number: str, url: str) -> None:
    """For the whole request, or for one place in it."""
    register.handling.comment(number, "", f"{NAME} belde", "anna")
    register.handling.comment(number, "hulp.contact.3", "twijfel", "bob")
    assert [(c.by, c.text) for c in register.handling.comments(number)] == [("anna", f"{NAME} belde"), ("bob", "twijfel")]
    assert [c.by for c in register.handling.comments(number, "hulp.contact.3")] == ["bob"]
    engine = connect(url)
    with engine.connect() as connection:
        assert NAME not in str(connection.execute(text("select * from comments")).all())
    engine.dispose()


# Two verdicts.


def test_an_objection_sends_a_draft_back_and_voids_what_was_said(register: Register, in_review: str) -> None:
    """The handlers read why."""
    register.approve(in_review, "een", DRAFT)
    assert register.judging.object_to(in_review, "twee", DRAFT, f"{NAME} staat er nog").status is Status.REVIEW
    assert (register.judging.verdicts(in_review), register.approvals(in_review)) == ({}, ())
    assert [r.text for r in register.reasons(in_review)] == [f"{NAME} staat er nog"]
    assert [e.action for e in register.audit.entries(in_review)][-2:] == ["objected", "sent back"]


@pytest.mark.parametrize("second", ["yes", "no"])
def test_blind_an_objection_waits_for_the_second_verdict(register: Register, in_review: str, second: str) -> None:
    """Whichever it is, the draft goes back then: two people did not both agree."""
    register.judging.object_to(in_review, "een", DRAFT, "bladzijde 2", blind=True)
    assert register.judging.verdicts(in_review) == {"een": False}
    if second == "yes":
        register.approve(in_review, "twee", DRAFT)
    else:
        register.judging.object_to(in_review, "twee", DRAFT, "bladzijde 3", blind=True)
    assert register.judging.verdicts(in_review) == {}
    assert register.get(in_review).status is Status.REVIEW


def test_nobody_gives_two_verdicts_or_judges_what_they_handled(register: Register, in_review: str) -> None:
    """Whichever comes first, under whichever spelling."""
    register.judging.object_to(in_review, "Een", DRAFT, "bladzijde 2", blind=True)
    with pytest.raises(RequestError):
        register.approve(in_review, "een", DRAFT)
    with pytest.raises(RequestError):
        register.judging.object_to(in_review, "e.e.n", DRAFT, "nog eens", blind=True)
    with pytest.raises(RequestError, match="handled"):
        register.judging.object_to(in_review, "balie", DRAFT, "bladzijde 2", barred={"balie"})


def test_an_objection_to_an_older_draft_says_nothing_of_the_new_one(register: Register, in_review: str) -> None:
    """As with approvals."""
    register.judging.object_to(in_review, "een", DRAFT, "bladzijde 2", blind=True)
    register.approve(in_review, "twee", "b" * 64)
    register.approve(in_review, "een", "b" * 64)
    assert register.get(in_review).status is Status.APPROVED


# Pick-up.


def test_a_link_to_a_dossier_opens_once(register: Register, in_review: str) -> None:
    """With its code, however that is typed; then replaying it opens nothing."""
    released(register, in_review)
    token, code = register.pickups.make(in_review, "dossier", 14, "balie")
    assert register.pickups.is_open(token)
    visit = register.pickups.enter(token, code.lower().replace("-", " "))
    assert visit is not None
    assert register.pickups.visiting(visit) == (in_review, "dossier")
    assert not register.pickups.is_open(token)
    assert register.pickups.enter(token, code) is None
    register.pickups.downloaded(visit, "package.zip")
    assert [(p.state, p.downloads) for p in register.pickups.all(in_review)] == [("opened", 1)]
    register.pickups.leave(visit)
    assert register.pickups.visiting(visit) is None


def test_five_wrong_codes_close_a_link_also_for_the_right_one(register: Register, number: str) -> None:
    """The desk makes another."""
    token, code = register.pickups.make(number, "status", 30, "balie")
    for _ in range(ATTEMPTS):
        assert register.pickups.enter(token, "AAAAA-AAAAA") is None
    assert register.pickups.enter(token, code) is None
    assert [p.state for p in register.pickups.all(number)] == ["locked"]


def test_a_link_that_was_revoked_or_replaced_opens_nothing_and_ends_the_visit(register: Register, number: str) -> None:
    """Nor does one whose days are over, or that was never made."""
    first, code = register.pickups.make(number, "status", 30, "balie")
    visit = register.pickups.enter(first, code)
    assert visit is not None
    second, other = register.pickups.make(number, "status", 30, "balie")
    assert register.pickups.enter(first, code) is None
    assert register.pickups.visiting(visit) is None
    register.pickups.revoke(number, register.pickups.all(number)[0].reference, "balie")
    assert register.pickups.enter(second, other) is None
    assert register.pickups.enter("verzonnen", other) is None


def test_a_link_ends_after_its_days(register: Register, number: str, url: str) -> None:
    """By the clock of the database."""
    token, code = register.pickups.make(number, "status", 1, "balie")
    engine = connect(url)
    with engine.execution_options(inzage_writes=True).begin() as connection:
        connection.execute(text("update pickups set expires = expires - 86401"))
    engine.dispose()
    assert register.pickups.enter(token, code) is None
    assert [p.state for p in register.pickups.all(number)] == ["expired"]


def test_a_dossier_that_is_not_released_has_no_link(register: Register, in_review: str) -> None:
    """Status may be looked at from the first day."""
    with pytest.raises(RequestError, match="not released"):
        register.pickups.make(in_review, "dossier", 14, "balie")


def test_a_purge_takes_all_of_it(register: Register, vault: Vault, number: str, url: str) -> None:
    """Names, comments, choices and links; the accounts stay."""
    register.handling.describe(number, Particulars("adult", "mandate", NAME, "counter"), "balie")
    register.handling.comment(number, "", NAME, "balie")
    register.handling.choose(number, "wmo", "wait", "balie")
    register.handling.add_duplicate(number, RECEIVED, "letter", (), "balie")
    register.pickups.make(number, "status", 30, "balie")
    register.withdraw(number, "balie")
    vault.destroy(number)
    engine = connect(url)
    with engine.connect() as connection:
        tables = ("particulars", "comments", "source_choices", "duplicates", "pickups")
        assert [t for t in tables if connection.execute(text(f"select 1 from {t}")).first()] == []
    engine.dispose()
    assert register.audit.verify().entries > 0

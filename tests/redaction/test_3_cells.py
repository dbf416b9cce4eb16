"""Cells, rows and documents: each gets one disposition, and what is not told to be shown stays away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

import redaction
from config.accounting import accounts
from config.collection import UNCLASSIFIED, Collection, Column, Document, Kind, Match, Party
from config.errors import RequestError
from config.person import Address, KnownPerson, Name, Person, Role, Subject
from config.redacted import Decision, Disposition, Redacted, Wording
from config.settings import Policy

SURE = Match(1.0, "BSN")
DOUBT = Match(0.5, "NAAM")
SUBJECT = Subject(
    Person((Name("Fatima", prefix="el", family="Amrani"),), "f", "999944897", date(1980, 3, 9), (Address("Kerkstraat", "12", "1234 AB", "Utrecht"),)),
    keys={"wmo.client": ("C-2024-17",)},
    people=(
        KnownPerson(Person((Name("Khadija", prefix="el", family="Amrani"),), "f", "999931738"), Role.RELATIVE, "moeder"),
        KnownPerson(Person((Name(initials="S.", prefix="van den", family="Berg"),), "f"), Role.OFFICIAL, "klantmanager"),
        KnownPerson(Person((Name("Gerrit", family="Wolters"),), "m"), Role.THIRD, "buur"),
    ),
)  # fmt: skip


def _collection(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Any]],
    matches: Sequence[Match] = (),
    documents: Sequence[Document] = (),
    entity: str = "client",
) -> Collection:
    frame = pd.DataFrame(list(rows), columns=[c.name for c in columns], dtype=object)
    frame = frame.astype(object).where(frame.notna(), None)
    return Collection("wmo", entity, "Wmo", "wmo", tuple(columns), frame, tuple(matches) or (SURE,) * len(rows), tuple(documents))


def _one(policy: Policy, column: Column, value: Any) -> tuple[Any, Disposition, Redacted]:
    made = redaction.redact([_collection([column], [[value]])], SUBJECT, policy)
    (collection,) = made.collections
    return collection.rows.iloc[0, 0], Disposition(int(collection.dispositions.iloc[0, 0])), made


@pytest.mark.parametrize(
    ("kind", "party", "value", "shown", "became"),
    [
        (Kind.NAME, Party.SUBJECT, "F. el Amrani", "F. el Amrani", Disposition.DISCLOSED),
        (Kind.BSN, Party.SUBJECT, "999944897", "999944897", Disposition.DISCLOSED),
        (Kind.NAME, Party.RELATIVE, "Khadija el Amrani", "[moeder]", Disposition.REDACTED),
        (Kind.CODE, Party.RELATIVE, "moeder", "moeder", Disposition.DISCLOSED),
        (Kind.BSN, Party.RELATIVE, "999931738", None, Disposition.WITHHELD),
        (Kind.DATE, Party.RELATIVE, date(1950, 1, 1), None, Disposition.WITHHELD),
        (Kind.NAME, Party.OFFICIAL, "S. van den Berg", "[klantmanager]", Disposition.REDACTED),
        (Kind.NAME, Party.OFFICIAL, "T. Onbekend", "[medewerker]", Disposition.REDACTED),
        (Kind.PHONE, Party.OFFICIAL, "030-1234567", None, Disposition.WITHHELD),
        (Kind.NAME, Party.ORGANISATION, "Buurtzorg", "Buurtzorg", Disposition.DISCLOSED),
        (Kind.CODE, Party.INTERNAL, "werkvoorraad", None, Disposition.WITHHELD),
        (Kind.TEXT, Party.MIXED, "Gerrit Wolters belde.", "[buur] belde.", Disposition.REDACTED),
        (Kind.TEXT, Party.SUBJECT, "Gerrit Wolters belde.", "[buur] belde.", Disposition.REDACTED),
        (Kind.TEXT, Party.MIXED, "Geen bijzonderheden.", "Geen bijzonderheden.", Disposition.DISCLOSED),
        (Kind.TEXT, Party.MIXED, None, None, Disposition.DISCLOSED),
        (Kind.DOCUMENT, Party.SUBJECT, "zaak/1.pdf", None, Disposition.WITHHELD),
    ],
)
def test_a_cell_follows_the_party_of_its_column(
    policy: Policy, kind: Kind, party: Party, value: Any, shown: Any, became: Disposition
) -> None:
    """A name gives way to a role, a relation stays, what else is of somebody else is withheld, and free text is read."""
    assert _one(policy, Column("C", "Kolom", kind, party), value)[:2] == (shown, became)


@pytest.mark.parametrize("reason", [UNCLASSIFIED, "technical", "internal"])
def test_a_column_that_is_withheld_is_withheld_whole_with_its_ground(policy: Policy, reason: str) -> None:
    """Empty cells of it too: that there is nothing tells something."""
    column = Column("X", "X", Kind.TEXT, Party.SUBJECT, withhold=reason)
    (made,) = redaction.redact([_collection([column], [["a"], [None]])], SUBJECT, policy).collections
    assert made.dispositions.to_numpy().ravel().tolist() == [2, 2]
    assert [(r.row, r.column, r.count, r.ground) for r in made.redactions] == [(None, "X", 2, policy.grounds[reason])]


COLUMNS = (Column("NAAM", "Naam", Kind.NAME, Party.SUBJECT), Column("BUUR", "Buur", Kind.NAME, Party.THIRD), Column("TEKST", "Tekst"))


def test_a_row_that_may_be_of_somebody_else_is_withheld_and_asked_about(policy: Policy) -> None:
    """Giving somebody another person's file is the worst failure there is."""
    collection = _collection(COLUMNS, [["F. el Amrani", "Piet Vermeulen", "Belde."], ["F. Amrani", None, "Ook."]], (SURE, DOUBT))
    made = redaction.redact([collection], SUBJECT, policy)
    assert made.collections[0].dispositions.to_numpy()[1].tolist() == [2, 2, 2]
    (item,) = made.review
    assert (item.row, item.column, item.ground) == (1, "", policy.grounds["doubtful_match"])
    shown = redaction.redact([collection], SUBJECT, policy, [Decision(item.id, "show", "", "privacydesk")])
    assert shown.review == () and shown.collections[0].rows.iloc[1, 0] == "F. Amrani"
    kept = redaction.redact([collection], SUBJECT, policy, [Decision(item.id, "withhold", "A1", "privacydesk")])
    assert kept.review == () and kept.collections[0].redactions[0].decided_by == "privacydesk"


def test_a_doubtful_stretch_is_shown_once_a_person_says_so(policy: Policy) -> None:
    """The item is found again by its place; what was decided is marked with who decided it."""
    collection = _collection((Column("T", "T"),), [["Na overleg met haar moeder is mevrouw El Amrani gebeld."]])
    made = redaction.redact([collection], SUBJECT, policy)
    (item,) = made.review
    assert made.collections[0].rows.iloc[0, 0] == "Na overleg met haar moeder is mevrouw [iemand] gebeld."
    shown = redaction.redact([collection], SUBJECT, policy, [Decision(item.id, "show", "", "desk")])
    assert shown.collections[0].rows.iloc[0, 0] == collection.rows.iloc[0, 0]
    held = redaction.redact([collection], SUBJECT, policy, [Decision(item.id, "withhold", "D1", "desk")])
    assert [(r.ground, r.decided_by) for r in held.collections[0].redactions] == [("D1", "desk")]


def test_what_was_decided_of_words_everywhere_holds_where_they_turn_up_later(policy: Policy) -> None:
    """For the same sort of thing of the same party; what was decided of the item itself comes first."""
    later = _collection((Column("T", "T"),), [["Na overleg met haar moeder is mevrouw El Amrani gebeld."], ["Piet Vermeulen belde."]])
    told = [
        Wording("el amrani", "name", Party.MIXED, "show", "", "desk"),
        Wording("piet vermeulen", "name", Party.RELATIVE, "show", "", "desk"),
    ]
    made = redaction.redact([later], SUBJECT, policy, wordings=told)
    assert made.review == ()
    assert made.collections[0].rows.iloc[:, 0].tolist() == [later.rows.iloc[0, 0], "[persoon] belde."]
    (item,) = redaction.redact([later], SUBJECT, policy).review
    both = redaction.redact([later], SUBJECT, policy, [Decision(item.id, "withhold", "A1", "colleague")], wordings=told)
    assert "[iemand]" in both.collections[0].rows.iloc[0, 0]


def test_a_decision_on_words_is_one_of_two_words_too(policy: Policy) -> None:
    """Anything else is refused, as with an item."""
    with pytest.raises(RequestError):
        redaction.redact([], SUBJECT, policy, wordings=[Wording("x", "name", Party.THIRD, "maybe", "", "desk")])


def test_a_decision_is_one_of_two_words(policy: Policy) -> None:
    """Anything else is refused, so that a typing error shows nothing."""
    with pytest.raises(RequestError):
        redaction.redact([], SUBJECT, policy, [Decision("x", "maybe", "", "desk")])


def test_documents_are_read_page_by_page_and_their_titles_too(policy: Policy) -> None:
    """What could not be read stays away whole, with a remark; what may be of somebody else, with a question."""
    documents = [
        Document("1", "Brief aan Gerrit Wolters", "brief.pdf", "application/pdf", SURE, ("Beste Gerrit Wolters,", "Verder niets.")),
        Document("2", "", "verslag_Gerrit_Wolters.docx", "application/docx", SURE, (), "Versleuteld bestand."),
        Document("3", "Nota", "nota.pdf", "application/pdf", DOUBT, ("Over mevrouw Amrani.",)),
        Document("4", "Besluit", "besluit.pdf", "application/pdf", SURE, ("U krijgt hulp.",)),
    ]
    (made,) = redaction.redact([_collection((), [], documents=documents)], SUBJECT, policy).collections
    first, second, third, fourth = made.documents
    assert (first.title, first.pages, first.disposition) == ("Brief aan [buur]", ("Beste [buur],", "Verder niets."), Disposition.REDACTED)
    assert (second.pages, second.remark, second.disposition) == ((), "Versleuteld bestand.", Disposition.WITHHELD)
    assert "Wolters" not in second.title
    assert (third.pages, third.ground, third.disposition) == ((), policy.grounds["doubtful_match"], Disposition.WITHHELD)
    assert (fourth.pages, fourth.disposition) == (("U krijgt hulp.",), Disposition.DISCLOSED)


@pytest.mark.parametrize("name", ["mail.eml", "plan.docx", "oud.RTF"])
def test_the_end_of_a_file_name_is_nobody(policy: Policy, name: str) -> None:
    """It tells what kind of file it is; the rest is read as any text."""
    documents = [Document("1", f"Wolters_{name}", name, "", SURE, ("Niets.",)), Document("2", name, name, "", SURE, ("Niets.",))]
    (made,) = redaction.redact([_collection((), [], documents=documents)], SUBJECT, policy).collections
    assert [d.title for d in made.documents] == [f"[buur]_{name}", name]


def test_what_a_machine_read_is_shown_once_a_person_compared_it(policy: Policy) -> None:
    """Until then it stays away whole, named with why; then it is shown as it was read, redacted like any other text."""
    scan = Document(
        "1", "scan.pdf", "scan.pdf", "application/pdf", SURE, ("Beste Gerrit Wolters, u krijgt hulp.",), "Met tekstherkenning gelezen."
    )
    collection = _collection((), [], documents=[scan])
    made = redaction.redact([collection], SUBJECT, policy)
    ((away,),), (item,) = [c.documents for c in made.collections], made.review
    assert (away.pages, away.remark, away.ground) == ((), "Met tekstherkenning gelezen.", policy.grounds["unreadable"])
    ((shown,),) = [
        c.documents for c in redaction.redact([collection], SUBJECT, policy, [Decision(item.id, "show", "", "anna")]).collections
    ]
    assert (shown.pages, shown.remark) == (("Beste [buur], u krijgt hulp.",), "Met tekstherkenning gelezen.")
    ((kept,),) = [
        c.documents for c in redaction.redact([collection], SUBJECT, policy, [Decision(item.id, "withhold", "A1", "anna")]).collections
    ]
    assert (kept.pages, kept.ground) == ((), "A1")


def test_every_cell_and_document_is_accounted_for(policy: Policy) -> None:
    """Collected is disclosed, redacted in part, and withheld."""
    collections = [
        _collection(
            (*COLUMNS, Column("W", "W", withhold="technical")),
            [["F.", "Piet Vermeulen", "x", "pw"], [None, None, None, None]],
            (SURE, DOUBT),
        ),
        _collection((), [], documents=[Document("1", "t", "f", "text/plain", SURE, ("Piet",))], entity="stuk"),
    ]
    made = redaction.redact(collections, SUBJECT, policy)
    assert all(account.cells.balanced and account.documents.balanced for account in accounts(collections, made.collections))


def test_one_person_has_one_label_in_every_source_and_two_people_never_share_one(policy: Policy) -> None:
    """Also where a name stands in a cell in one source, and in free text of another."""
    first = _collection(
        (Column("B", "B", Kind.NAME, Party.THIRD), Column("T", "T")), [["Piet Vermeulen", "Piet Vermeulen en Klaas Dijkman belden."]]
    )
    second = _collection((Column("T", "T"),), [["Dhr. Dijkman kwam terug met Vermeulen."]], entity="contact")
    made = redaction.redact([first, second], SUBJECT, policy)
    assert made.collections[0].rows.iloc[0].tolist() == ["[persoon]", "[persoon] en [persoon 2] belden."]
    assert made.collections[1].rows.iloc[0, 0] == "Dhr. [persoon 2] kwam terug met [persoon]."


def test_a_name_that_stands_in_several_cells_of_a_row_is_one_person(policy: Policy) -> None:
    """As the BRP has it: given names, initials, prefix and family name apart; brother and sister share the last of them."""
    parts = [Column(name, name, Kind.NAME, Party.RELATIVE) for name in ("Voornamen", "Voorletters", "Voorvoegsel", "Geslachtsnaam")]
    children = _collection(
        (*parts, Column("T", "T")),
        [["Elif Wilhelmina", "E.W.", None, "Yıldız", "Wilhelmina belde."], ["Noah Jan", "N.J.", None, "Yıldız", "Noah ook."]],
    )
    known = [
        KnownPerson(Person((Name("Elif Wilhelmina", initials="E.W.", family="Yıldız"),)), Role.RELATIVE, "kind"),
        KnownPerson(Person((Name("Noah Jan", initials="N.J.", family="Yıldız"),)), Role.RELATIVE, "kind"),
    ]
    ((made,),) = [redaction.redact([children], replace(SUBJECT, people=(*SUBJECT.people, *known)), policy).collections]
    assert [set(row[:4]) - {None} for row in made.rows.values.tolist()] == [{"[kind]"}, {"[kind 2]"}]


def test_initials_without_dots_are_of_whom_the_rest_of_the_name_is(policy: Policy) -> None:
    """`WC` in a cell of its own, as messages between systems have it."""
    parts = [Column(name, name, Kind.NAME, Party.RELATIVE) for name in ("Voorletters", "Voorvoegsel", "Achternaam")]
    known = KnownPerson(Person((Name(initials="W.C.", prefix="de", family="Wit"),), "f"), Role.RELATIVE, "moeder")
    ((made,),) = [redaction.redact([_collection(parts, [["WC", "de", "Wit"]])], replace(SUBJECT, people=(known,)), policy).collections]
    assert set(made.rows.iloc[0]) == {"[moeder]"}


def test_relatives_who_stand_beside_each_other_by_given_name_are_who_they_are_elsewhere(policy: Policy) -> None:
    """Each in a column of their own; a family name alone between them is of neither in particular."""
    columns = [Column(name, name, Kind.NAME, Party.RELATIVE) for name in ("PARTNER", "KIND", "NAAM")]
    known = [
        KnownPerson(Person((Name("Kemal", family="Yıldız"),), "m"), Role.RELATIVE, "partner"),
        KnownPerson(Person((Name("Elif", family="Bakker"),), "f"), Role.RELATIVE, "kind"),
    ]
    ((made,),) = [
        redaction.redact([_collection(columns, [["Kemal", "Elif", "Bakker"]])], replace(SUBJECT, people=tuple(known)), policy).collections
    ]
    partner, child, family = made.rows.iloc[0]
    assert (partner, child) == ("[partner]", "[kind]") and family not in {partner, child}


def test_two_relatives_in_one_row_are_two_people_also_where_one_of_them_is_known(policy: Policy) -> None:
    """Of one family name and with the same first letter; who was not known yet is known from here on, in every text."""
    columns = (Column("MOEDER", "Moeder", Kind.NAME, Party.RELATIVE), Column("VADER", "Vader", Kind.NAME, Party.RELATIVE), Column("T", "T"))
    held = _collection(columns, [["Marie Bakker", "Mehmet Bakker", "Mehmet belde."]])
    known = KnownPerson(Person((Name("Marie", family="Bakker"),), "f"), Role.RELATIVE, "moeder")
    ((made,),) = [redaction.redact([held], replace(SUBJECT, people=(known,)), policy).collections]
    mother, father, text = made.rows.iloc[0].tolist()
    assert mother == "[moeder]" and father != mother and text == f"{father} belde."


def test_secrets_hold_what_is_withheld_and_nothing_the_subject_may_see(policy: Policy) -> None:
    """A miss leaves unnoticed; a false one stops a release that is in order."""
    columns = (
        Column("N", "N", Kind.NAME, Party.SUBJECT), Column("W", "W", Kind.ADDRESS, Party.SUBJECT), Column("M", "Moeder", Kind.NAME, Party.RELATIVE),
        Column("MB", "Moeder bsn", Kind.BSN, Party.RELATIVE), Column("I", "Inkomen", Kind.AMOUNT, Party.RELATIVE), Column("O", "O", Kind.NAME, Party.ORGANISATION),
        Column("T", "T"), Column("X", "X", withhold=UNCLASSIFIED),
    )  # fmt: skip
    row = [
        "F. el Amrani",
        "Kerkstraat 12",
        "Khadija el Amrani",
        "999931738",
        1200,
        "Stichting De Vries",
        "Gerrit Wolters, 06-12312312, en P. de Vries van Stichting De Vries.",
        "K8x!pass",
    ]
    secrets = {(s.value, s.kind) for s in redaction.redact([_collection(columns, [row])], SUBJECT, policy).secrets}
    assert {
        ("Khadija el Amrani", "name"),
        ("khadija", "name_part"),
        ("999931738", "bsn"),
        ("wolters", "name_part"),
        ("K8x!pass", "text"),
    } <= secrets
    assert ("06-12312312", "phone") in secrets
    values = {value for value, _ in secrets}
    assert not values & {"amrani", "vries", "1200", "Kerkstraat 12", "utrecht"}


def test_the_order_of_columns_and_rows_is_that_of_what_was_collected(policy: Policy) -> None:
    """Rows come back with the same columns, by name and in order."""
    collection = _collection(COLUMNS, [["a", "b", "c"], ["d", "e", "f"]])
    (made,) = redaction.redact([collection], SUBJECT, policy).collections
    assert list(made.rows.columns) == list(made.dispositions.columns) == ["NAAM", "BUUR", "TEKST"]
    assert made.rows.shape == made.dispositions.shape == (2, 3)
    assert {str(t) for t in made.dispositions.dtypes} == {"int8"}


def test_the_same_request_gives_the_same_result(policy: Policy) -> None:
    """Twice the same, item by item."""
    collection = _collection(COLUMNS, [["a", "Piet Vermeulen", "Zeynep en dhr. Bos belden over Piet."]])
    first, second = (redaction.redact([collection], SUBJECT, policy) for _ in range(2))
    assert (
        first.review == second.review and first.secrets == second.secrets and first.collections[0].rows.equals(second.collections[0].rows)
    )


@pytest.mark.parametrize("literal", ["true", "False", "NULL", " nan "])
def test_what_programs_write_for_a_truth_or_for_nothing_is_no_secret(policy: Policy, literal: str) -> None:
    """It tells of nobody, and every file of data has it: as a secret it would stop a release with nothing to decide."""
    withheld = _collection((Column("X", "X", withhold=UNCLASSIFIED),), [[literal], ["K8x!pass"]])
    made = redaction.redact([withheld], SUBJECT, policy)
    assert {secret.value for secret in made.secrets} == {"K8x!pass"}


def test_a_truth_is_nobodys_name(policy: Policy) -> None:
    """`True` in a code of somebody else, or in free text, is shown; read as a word it would look like a name."""
    columns = (Column("C", "C", Kind.CODE, Party.THIRD), Column("T", "T"))
    made = redaction.redact([_collection(columns, [[True, False]])], SUBJECT, policy)
    assert (made.collections[0].rows.iloc[0].tolist(), made.secrets) == ([True, False], frozenset())

"""Chapter 4. Who the subject is, who else is in the file, and which rows are doubted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import pytest

import connectors
from config.collection import Answer, Collection, Column, Coverage, Document, Match, Outcome
from config.errors import RequestError
from config.person import Name, Role
from tests.connectors.made import BSN, OTHER, column

PROOF = Match(1.0, "BSN = subject.bsn")
START = connectors.identify(BSN)
OWN = [column("BSN", "bsn"), column("VOORNAMEN", "name"), column("TUSSENV", "name"), column("ACHTERNAAM", "name"), column("GEBDAT", "date")]


def collection(where: str, columns: Sequence[Column], *rows: Sequence[Any], match: Match = PROOF, **more: Any) -> Collection:
    """Rows of one entity, `source.entity`."""
    source, _, name = where.partition(".")
    frame = pd.DataFrame([list(row) for row in rows], columns=[c.name for c in columns], dtype=object)
    return Collection(source, name, more.pop("title", name.capitalize()), "", tuple(columns), frame, (match,) * len(rows), **more)


def row(given: str = "Johanna Maria", family: str = "Berg", born: str | None = "1980-03-09", prefix: str = "van der") -> list[Any]:
    return [BSN, given, prefix, family, born]


def scores(found: Sequence[Collection]) -> list[list[float]]:
    return [[match.score for match in c.matches] for c in found]


def test_a_subject_begins_with_a_bsn_and_nothing_else() -> None:
    """Dots and spaces do not matter; what is no BSN is refused without repeating it."""
    assert connectors.identify("9999.90.019") == START
    with pytest.raises(RequestError) as refused:
        connectors.identify("twaalf-3456")
    assert "3456" not in str(refused.value)


def test_the_subject_is_learnt_from_every_row_that_a_bsn_proves() -> None:
    """Names now and before, birth date, addresses, and what they are reached by, each with where it was learnt."""
    contact = [
        column("STRAAT", "address"),
        column("HUISNR", "address"),
        column("POSTCODE", "address"),
        column("MAIL", "email"),
        column("TEL", "phone"),
    ]
    subject = connectors.learn(
        START,
        [
            collection("wmo.client", OWN, row()),
            collection(
                "zorg.klant",
                [*OWN, *contact],
                [*row(family="Vries", prefix="de"), "Kerkstraat", 12, "1234ab", "Joke@x.example", "06 1234 5678"],
            ),
        ],
    )
    person = subject.person
    assert [(name.prefix, name.family) for name in person.names] == [("van der", "Berg"), ("de", "Vries")]
    assert (person.birth_date, person.emails, person.phones) == (date(1980, 3, 9), ("joke@x.example",), ("0612345678",))
    assert (person.addresses[0].number, person.addresses[0].postcode) == ("12", "1234 AB")
    assert {(fact.what, fact.learnt_from) for fact in subject.facts} >= {
        ("name", "wmo.client"),
        ("address", "zorg.klant"),
        ("birth_date", "wmo.client"),
    }


def test_a_row_that_was_found_by_less_than_a_bsn_says_nothing_of_who_the_subject_is() -> None:
    """A likely row may be somebody else's, so nothing is learnt from it."""
    likely = Match(0.85, "NAAM = subject.name + GEBDAT = subject.birth_date")
    assert connectors.learn(START, [collection("a.b", OWN, row(), match=likely)]).person == START.person


def test_learning_twice_changes_nothing() -> None:
    """Stage after stage the same answers are read again."""
    held = [collection("brp.persoon", OWN, row(), reference=True), collection("a.b", OWN, row(family="Vries"))]
    once = connectors.learn(START, held)
    assert connectors.learn(once, held) == once


def test_keys_come_with_the_answers() -> None:
    """What an entity provides is known to every other source, with the score of the row it came from."""
    answer = Answer(
        Coverage("wmo", "Wmo", Outcome.FOUND),
        provided={"wmo.client": ("12", "13")},
        doubtful={"wmo.client": {"13": 0.85}},
        missed=("wmo.zaak",),
    )
    subject = connectors.learn(START, [answer])
    assert (subject.keys, subject.doubtful, subject.missed) == ({"wmo.client": ("12", "13")}, {"wmo.client": {"13": 0.85}}, ("wmo.zaak",))


@pytest.mark.parametrize(
    "other",
    [
        row(family="Vries", prefix="de"),
        row(born="1980-03-08"),
        row(given="Jochem"),
        row(given="J.M.", born="1980-09-03"),
        row(family="Vries", prefix="de", born=None),
        [BSN, None, None, None, "1999-01-01"],
        [BSN, None, None, "Heel Anders", None],
    ],
)
def test_a_married_name_a_typing_error_or_a_changed_name_is_no_contradiction(other: list[Any]) -> None:
    """One difference by itself leaves the row what it is."""
    held = [collection("brp.persoon", OWN, row(), reference=True), collection("wmo.client", OWN, other)]
    assert scores(connectors.doubts(START, held)) == [[1.0], [1.0]]


@pytest.mark.parametrize(
    "other",
    [
        row("Fatma", "Yılmaz", "1975-05-05", ""),
        row("Petra", "Berg", "2010-01-01"),
        row("Fatma", "Yılmaz", None, ""),
        row("F.", "Yılmaz", "1975-05-05", ""),
    ],
)
def test_another_persons_row_under_the_right_bsn_is_doubted(other: list[Any]) -> None:
    """The score falls below any threshold, the reason names columns and sources, and nothing is learnt from it."""
    held = [collection("brp.persoon", OWN, row(), reference=True), collection("wmo.client", OWN, other)]
    found = connectors.doubts(START, held)
    assert scores(found) == [[1.0], [0.3]]
    assert found[1].matches[0].by == "BSN = subject.bsn, but name and birth date contradict brp.persoon"
    subject = connectors.learn(START, held)
    assert [name.family for name in subject.person.names] == ["Berg"]
    assert not [fact for fact in subject.facts if fact.learnt_from == "wmo.client"]


def test_without_a_base_register_most_sources_decide() -> None:
    """Two against one: the one is doubted. One against one: both are, and a person decides."""
    other = row("Fatma", "Yılmaz", "1975-05-05", "")
    a, b, c = collection("a.x", OWN, row()), collection("b.x", OWN, row(given="J.M.")), collection("c.x", OWN, other)
    assert scores(connectors.doubts(START, [a, b, c])) == [[1.0], [1.0], [0.3]]
    assert scores(connectors.doubts(START, [a, c])) == [[0.3], [0.3]]
    assert connectors.learn(START, [a, c]).person.names == ()


def test_a_source_with_many_rows_has_one_vote() -> None:
    """The same mistake repeated in one system is no majority."""
    wrong = collection("c.x", OWN, *[row("Fatma", "Yılmaz", "1975-05-05", "")] * 50)
    held = [collection("a.x", OWN, row()), collection("b.x", OWN, row()), wrong]
    assert [set(found) for found in scores(connectors.doubts(START, held))] == [{1.0}, {1.0}, {0.3}]


def test_what_follows_from_a_doubted_row_is_doubted_with_it() -> None:
    """The notes and files of the client number that a foreign row brought are no surer than that row."""
    client = [*OWN, column("NR", "id")]
    by_key = Match(1.0, "NR = wmo.client")
    held = [
        collection("brp.persoon", OWN, row(), reference=True),
        collection("wmo.client", client, [*row(), 1], [*row("Fatma", "Yılmaz", "1975-05-05", ""), 2], provides={"NR": "wmo.client"}),
        collection(
            "wmo.contact",
            [column("NR", "id"), column("TEKST", "text", "mixed")],
            ["1", "van haar"],
            ["0002", "van een ander"],
            match=by_key,
        ),
        Collection(
            "map",
            "brief",
            "Brief",
            "",
            (),
            pd.DataFrame(),
            (),
            (Document("0001", "t", "f", "text/plain", Match(1.0, "FILENAME = wmo.client")),),
        ),
    ]
    found = connectors.doubts(START, held)
    assert scores(found)[1:3] == [[1.0, 0.3], [1.0, 0.3]]
    assert found[3].documents[0].match.score == 0.3
    subject = connectors.learn(START, [Answer(Coverage("wmo", "", Outcome.FOUND), (*held,), {"wmo.client": ("1", "2")})])
    assert subject.doubtful == {"wmo.client": {"2": 0.3}}


def people(*held: Collection) -> list[tuple[str, str, str]]:
    """Role, relation and family name of everybody found."""
    known = connectors.learn(START, held).people
    return [(str(p.role), p.relation, p.person.names[0].family if p.person.names else "") for p in known]


def test_relatives_are_known_by_the_words_of_their_column() -> None:
    """The column "Naam moeder" holds the mother; her telephone number is hers, the father's is his."""
    columns = [
        column("NAAM_MOEDER", "name", "relative", "Naam moeder"), column("TEL_MOEDER", "phone", "relative"),
        column("VADER_VOORNAAM", "name", "relative"), column("VADER_ACHTERNAAM", "name", "relative"),
        column("VADER_BSN", "bsn", "relative"),
    ]  # fmt: skip
    found = connectors.learn(START, [collection("wmo.gezin", columns, ["Anna de Wit", "0611111111", "Karel", "Zwart", OTHER])]).people
    assert [(p.relation, p.person.names[0], p.person.phones, p.person.bsn) for p in found] == [
        ("moeder", Name(given="Anna", prefix="de", family="Wit"), ("0611111111",), ""),
        ("vader", Name(given="Karel", family="Zwart"), (), OTHER),
    ]


def test_a_relation_column_or_the_table_says_who_somebody_is() -> None:
    """A code in the row, or else what the table holds."""
    named = [column("NAAM", "name", "relative"), column("SOORT_RELATIE", "code")]
    assert people(collection("a.b", named, ["Anna de Wit", "Moeder"], ["Karel Zwart", "EX-PARTNER"])) == [
        ("relative", "moeder", "Wit"),
        ("relative", "ex-partner", "Zwart"),
    ]
    of_register = [column("naam.voornamen", "name", "relative"), column("naam.geslachtsnaam", "name", "relative")]
    assert people(collection("brp.kinderen", of_register, ["Tim", "Berg"])) == [("relative", "kind", "Berg")]


def test_officials_are_known_by_their_function() -> None:
    """The label of their column, or a column of functions beside it."""
    one = collection("a.b", [column("MEDEWERKER", "name", "official", "Behandelaar")], ["K. Ambtelaar"], ["K. Ambtelaar"])
    two = collection("a.c", [column("NAAM", "name", "official"), column("FUNCTIE", "code", "official")], ["Piet Klaas", "Klantmanager"])
    assert people(one, two) == [("official", "behandelaar", "Ambtelaar"), ("official", "klantmanager", "Klaas")]


def test_one_person_in_several_sources_is_one() -> None:
    """By BSN, or by the same whole name where nothing speaks against it; the closest relation stays."""
    full = [column("NAAM", "name", "relative"), column("BSN_KIND", "bsn", "relative"), column("RELATIE", "code")]
    a = collection("a.b", full, ["Tim van der Berg", OTHER, "zoon"])
    b = collection(
        "b.c",
        [column("CONTACT", "name", "third", "Contactpersoon"), column("MAIL", "email", "third")],
        ["TIM VAN DER BERG", "tim@x.example"],
    )
    found = connectors.learn(START, [b, a]).people
    assert [(str(p.role), p.relation, p.person.bsn, p.person.emails) for p in found] == [("relative", "zoon", OTHER, ("tim@x.example",))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["Tim Berg", "2010-01-01"], ["Tim Berg", "1950-01-01"]),
        (["Tim Berg", None], ["Tom Berg", None]),
        (["Tim Berg", None], ["Tim Bergh", None]),
    ],
)
def test_two_people_stay_two(one: list[Any], other: list[Any]) -> None:
    """Another birth date, another given name, one letter more: identity only by identity."""
    columns = [column("NAAM", "name", "third"), column("GEBDAT", "date", "third")]
    assert len(people(collection("a.b", columns, one), collection("c.d", columns, other))) == 2


def test_a_caseworker_who_is_also_a_neighbour_keeps_both_capacities() -> None:
    """Who acts for the gemeente and who lives next door are told apart, though the name is one."""
    a = collection("a.b", [column("BEHANDELAAR", "name", "official")], ["Karin de Jong"])
    b = collection("b.c", [column("BUURVROUW", "name", "third")], ["Karin de Jong"])
    assert people(a, b) == [("official", "behandelaar", "Jong"), ("third", "buurvrouw", "Jong")]


def test_the_subject_is_nobody_else() -> None:
    """A column about relatives that holds the subject makes no known person; a father of the same name is one."""
    columns = [column("OUDER", "name", "relative"), column("OUDER_BSN", "bsn", "relative"), column("OUDER_GEBDAT", "date", "relative")]
    own = collection("brp.persoon", OWN, row(), reference=True)
    assert people(own, collection("a.b", columns, ["Johanna van der Berg", BSN, None])) == []
    assert people(own, collection("a.b", columns, ["Johanna van der Berg", None, "1950-01-01"])) == [("relative", "ouder", "Berg")]


def test_what_has_no_name_is_still_somebodys() -> None:
    """A telephone number of an informant without a name is known, so that it can be found in the notes."""
    found = connectors.learn(START, [collection("a.b", [column("TEL_MELDER", "phone", "third")], ["0687654321"])]).people
    assert [(p.role, p.relation, p.person.phones) for p in found] == [(Role.THIRD, "melder", ("0687654321",))]


def test_a_secret_address_is_known_to_be_secret() -> None:
    """Of a relative as of the subject."""
    columns = [
        column("EX_NAAM", "name", "relative"),
        column("EX_ADRES", "address", "relative"),
        column("EX_GEHEIM", "code", "relative", "Geheim adres ex"),
    ]
    found = connectors.learn(START, [collection("a.b", columns, ["Karel Zwart", "Langeweg 5, 4321 ZZ Elders", "J"])]).people
    assert [(a.street, a.secret) for p in found for a in p.person.addresses] == [("Langeweg", True)]

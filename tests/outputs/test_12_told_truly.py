"""Outputs, chapter 12: what the systems say is told truly: what contradicts, what was found, and what a document is called."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from config.collection import Coverage, Kind, Outcome, Party
from config.person import Address, Fact, Name, Person
from config.redacted import Disposition, RedactedCollection, RedactedDocument, Redaction
from outputs.circumstances import circumstances
from outputs.differences import Difference, differences, side_by_side
from outputs.house import House, living
from outputs.titles import title_of
from tests.outputs import sample

# what contradicts


def told(what: str, *held: tuple[str, str], person: Person = Person()) -> tuple[Difference, ...]:  # noqa: B008  frozen
    return differences([Fact(what, value, place) for place, value in held], person)


def test_a_call_name_is_the_same_person() -> None:
    """Who is called Joke is Johanna Maria, where any system says so."""
    joke = Person((Name(given="Johanna Maria", call="Joke", family="Berg"),))
    assert told("name", ("a.x", "Joke Berg"), ("b.y", "Johanna Maria Berg"), person=joke) == ()
    assert len(told("name", ("a.x", "Joke Berg"), ("b.y", "Johanna Maria Berg"))) == 1


def test_the_name_of_a_partner_is_no_contradiction_where_both_are_known_together() -> None:
    """One system writes her own name and another that of her partner: she may use both."""
    both = Person((Name(initials="A.", family="Jansen", partner_family="Pietersen"),))
    assert told("name", ("a.x", "A. Jansen"), ("b.y", "A. Pietersen"), person=both) == ()
    assert len(told("name", ("a.x", "A. Jansen"), ("b.y", "A. Pietersen"))) == 1


def test_a_former_name_beside_the_present_one_is_history() -> None:
    """A system with an old row and a new one agrees with all that know the new one; the old name is not told as a contradiction."""
    assert told("name", ("loket.intake", "A. Yılmaz"), ("loket.intake", "A. de Wit"), ("brp.persoon", "A. de Wit")) == ()


def test_only_who_contradicts_is_shown() -> None:
    """Two systems differ; a third that agrees with both by saying less, or holds a former address too, is left out of nobody's way."""
    moved = Person(addresses=(Address("Oude Weg", "2", until=date(2020, 1, 1)), Address("Nieuwe Weg", "1")))
    (found,) = told("address", ("brp.a", "Oude Weg 2"), ("brp.a", "Nieuwe Weg 1"), ("parkeren.b", "Oude Weg 2"), person=moved)
    assert found.values == (("brp.a", "Nieuwe Weg 1"), ("parkeren.b", "Oude Weg 2"))


def test_values_stand_side_by_side_each_once_with_all_that_have_it() -> None:
    """Twelve systems with the right address are one line beside the one that has another."""
    (found,) = told("address", ("a.x", "Nieuwe Weg 1"), ("b.y", "nieuwe weg 1, 1234 AB Elders"), ("c.z", "Oude Weg 2"))
    assert side_by_side(found) == (("nieuwe weg 1, 1234 AB Elders", ("b.y", "a.x")), ("Oude Weg 2", ("c.z",)))


def income(source: str, amount: str, day: date | None, label: str = "Inkomen per maand", **rest: Any) -> RedactedCollection:
    columns = (sample.column("D", "Datum", Kind.DATE), sample.column("I", label, Kind.AMOUNT, **rest))
    return sample.collection(source, "opgave", "Opgaven", "uitkering", columns, [[day, Decimal(amount)]])


def test_income_that_differs_over_systems_is_shown_with_its_column_and_day() -> None:
    """So that the resident sees whether both can be true."""
    held = (income("uitkering", "1050.10", date(2024, 3, 1)), income("wmo", "990", date(2023, 9, 2), label="Netto maandinkomen"))
    (found,) = sample.dossier(held, facts=()).differences
    assert found == Difference(
        "income",
        (
            ("uitkering.opgave", "1.050,10 (Inkomen per maand, 1 maart 2024)"),
            ("wmo.opgave", "990,00 (Netto maandinkomen, 2 september 2023)"),
        ),
    )


def test_income_of_a_year_is_not_held_against_that_of_a_month() -> None:
    """They are not the same fact; nor is that of two years ago held against that of now."""
    held = (income("uitkering", "1050", None), income("wmo", "12600", None, label="Inkomen per jaar"))
    assert sample.dossier(held, facts=()).differences == ()
    then = (income("uitkering", "1050", date(2024, 3, 1)), income("wmo", "990", date(2022, 1, 2)))
    assert sample.dossier(then, facts=()).differences == ()


def test_two_parts_of_one_known_address_are_no_difference() -> None:
    """A delivery without a street, and a system without a postcode, are both the home that the base register has."""
    home = Person(addresses=(Address("Nieuwe Weg", "1", "1234 AB", "Elders"),))
    assert told("address", ("a.x", "Nieuwe Weg 1"), ("b.y", "1, 1234 AB"), person=home) == ()


@pytest.mark.parametrize("of", [{"party": Party.RELATIVE}, {"withhold": "technical"}])
def test_income_of_somebody_else_is_left_alone(of: dict[str, Any]) -> None:
    """Only what is the resident's, and what may be shown."""
    assert list(circumstances([income("uitkering", "1050", None, **of)])) == []


def family(source: str, label: str, *values: str) -> RedactedCollection:
    return sample.collection(source, "gezin", "Gezin", "uitkering", (sample.column("F", label, Kind.CODE),), [[v] for v in values])


@pytest.mark.parametrize(
    ("label", "one", "other", "what"),
    [
        ("Burgerlijke staat", "gehuwd", "gescheiden", "marital_status"),
        ("Aantal kinderen", "2", "3", "children"),
        ("Leefvorm", "alleenstaand", "samenwonend", "household"),
    ],
)
def test_family_that_differs_over_systems_is_shown(label: str, one: str, other: str, what: str) -> None:
    """A wrong household costs somebody money."""
    (found,) = sample.dossier((family("uitkering", label, one), family("wmo", label, other)), facts=()).differences
    assert (found.what, [source for source, _ in found.values]) == (what, ["uitkering.gezin", "wmo.gezin"])


def test_codes_of_two_letters_and_values_without_a_last_one_are_no_difference() -> None:
    """No two systems code alike, and without days nobody knows which of many is the present one."""
    assert (
        sample.dossier((family("uitkering", "Burgerlijke staat", "GH"), family("wmo", "Burgerlijke staat", "gehuwd")), facts=()).differences
        == ()
    )
    assert list(circumstances([family("uitkering", "Leefvorm", "een", "twee", "drie", "vier")])) == []


def test_every_fact_has_words_in_each_language() -> None:
    """A resident does not read `marital_status`."""
    from outputs.circumstances import FACTS
    from outputs.texts import texts

    for language in ("nl", "en"):
        with living(House(language)):
            assert not {*FACTS} - {*texts()["soorten"]}


# what was found


def doubted(ground: str, rows: int = 2) -> RedactedCollection:
    """Rows of which the first is withheld whole on this ground, as redaction does where a row may be somebody else's."""
    columns = (sample.column("D", "Datum", Kind.DATE), sample.column("S", "Soort"))
    held = sample.collection("jeugd", "traject", "Hulp", "jeugdhulp", columns, [[date(2020, 1, n + 1), "x"] for n in range(rows)])
    values, state = held.rows.copy(), held.dispositions.copy()
    values.loc[0], state.loc[0] = None, np.int8(Disposition.WITHHELD)
    return replace(held, rows=values, dispositions=state, redactions=(Redaction("jeugd", "traject", 0, "", "", 1, ground, "anna"),))


FOUND = Coverage("jeugd", "Jeugdhulp", Outcome.FOUND, 2, 0, message="Wij vonden 2 registraties.")


@pytest.mark.parametrize(
    ("ground", "sentence"), [("E1", "1 daarvan gaat niet over u."), ("N1", "Van 1 daarvan weten wij nog niet of het over u gaat.")]
)
def test_a_row_that_is_not_known_to_be_about_the_resident_is_not_counted_as_found(ground: str, sentence: str) -> None:
    """Refused as somebody else's, or not judged yet: the source says so in a sentence, and counts what is left."""
    made = sample.dossier((doubted(ground),), coverage=(FOUND,))
    assert (made.coverage[0].records, made.coverage[0].status) == (1, Outcome.FOUND)
    assert made.coverage[0].message == f"Wij vonden 2 registraties. {sentence}"
    assert [f.records for f in made.findings] == [1]


@pytest.mark.parametrize("ground", ["E1", "N1"])
def test_a_source_of_which_nothing_is_left_found_nothing(ground: str) -> None:
    """The decision is then that nothing was found, and says why."""
    made = sample.dossier((doubted(ground, rows=1),), coverage=(replace(FOUND, records=1),), facts=())
    assert (made.coverage[0].records, made.coverage[0].status, made.findings) == (0, Outcome.NONE, ())


def test_a_source_that_was_searched_in_part_stays_so() -> None:
    """Nothing found in a part is not nothing found."""
    made = sample.dossier((doubted("E1", rows=1),), coverage=(replace(FOUND, status=Outcome.PARTIAL, records=1),))
    assert made.coverage[0].status is Outcome.PARTIAL


def test_a_document_of_somebody_else_is_not_counted_either() -> None:
    """It stands on the list with its ground; one that could not be read counts, for it is about the resident."""
    papers = sample._papers()
    other = replace(papers.documents[1], remark="")
    held = replace(papers, documents=(papers.documents[0], other, *papers.documents[2:]))
    made = sample.dossier((held,), coverage=(Coverage("archief", "Archief", Outcome.FOUND, 0, 4),))
    assert (made.findings[0].documents, made.coverage[0].documents, len(made.inventory)) == (3, 3, 4)


def test_an_english_dossier_tells_of_the_search_in_english() -> None:
    """What only the source can say follows in Dutch, and is announced."""
    failed = Coverage("wmo", "Wmo", Outcome.FAILED, message="Dit systeem gaf geen antwoord.")
    made = sample.dossier((doubted("E1"),), coverage=(FOUND, failed), language="en")
    assert [c.message for c in made.coverage] == [
        "We found data about you. 1 of what was found is not about you.",
        "We could not search this system. In Dutch: Dit systeem gaf geen antwoord.",
    ]


# what a document is called


@pytest.mark.parametrize(
    ("title", "called"),
    [
        ("000123.[persoon 4]", "Document 000123 (van de naam ziet u een deel niet)"),
        ("[persoon].pdf", "Document waarvan u de naam niet ziet"),
        ("Document", "Document waarvan u de naam niet ziet"),
        ("2024-11.txt", "Document 2024-11"),
        ("Gezinsplan_PGA-0017.docx", "Gezinsplan PGA-0017"),
        ("Brief aan [moeder].pdf", "Brief aan [moeder]"),
        ("verslag.v2", "verslag"),
        ("Advies 3.5 over u", "Advies 3.5 over u"),
    ],
)
def test_a_document_is_called_by_words(title: str, called: str) -> None:
    """A resident does not read names of files; what is covered in them is said."""
    assert title_of(RedactedDocument("d", title, "application/pdf", Disposition.REDACTED)) == called

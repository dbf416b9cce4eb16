"""What is written like a name: firms, streets, animals and things that stay readable, and people who must not pass for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.collection import Party
from config.redacted import Action
from redaction.people import Somebody, beside, joined, people
from redaction.reader import TextRedactor
from tests.redaction.conftest import withheld


@pytest.mark.parametrize(
    "text",
    [
        "Zij huurt bij Woonfriesland en kreeg hulp van Carint. De thuiszorg komt op maandag.",
        "Zij is opgenomen geweest in het Antoni van Leeuwenhoek en volgt nu Triple P.",
        "Zij werkt bij Peters Logistics en kocht een bed bij Kersten Revalidatie.",
        "Het vervoer gaat met de RegioRijder, de taalles is bij NLtraining.",
        "Zij wachtte bij de Ulu moskee en liep de Cooper-test. Er kwam Zwitsal-cacao.",
    ],
)
def test_a_firm_a_hospital_and_a_method_are_nobody(reader: TextRedactor, text: str) -> None:
    """By the lists, by the word behind, by a capital inside the word, by a plain word joined to it."""
    assert withheld(reader, text) == []


def test_one_in_a_row_of_firms_is_a_firm(reader: TextRedactor) -> None:
    """Of which the list knows two others; where people act or are introduced the row tells nothing."""
    assert withheld(reader, "Zij solliciteerde bij Ikea, Heijmans, Vattenfall en Ziggo.") == []
    assert withheld(reader, "Zij sprak met Karin, Ikea belde niet.") == ["Karin"]


@pytest.mark.parametrize(
    "text",
    [
        "Zij slikt Metoprolol en Levothyroxine, eerder ook Seroquel.",
        "Zij woonde in Addis Abeba, in Capelle aan den IJssel en in Bergen op Zoom.",
        "zij heeft gebeld. ze liep langs de willem de zwijgerlaan en de anton de komplein.",
        "Haar Afvalpas is weg, de Vervoerpas en de Compensatieregeling ook.",
        "Zij heeft een Holter gehad en leest de Margriet. Daarna was het goed.",
        "Contactpersoon Terugvordering: onbekend.",
        "Wat zij zegt, klopt van wel. Zij kwam binnen op de SEH, daar zei de KNO het ook.",
    ],
)
def test_medicines_places_streets_papers_and_magazines_are_nobody(reader: TextRedactor, text: str) -> None:
    """Of several words, in small letters, behind an article, or made of two words of which the last is a thing."""
    assert withheld(reader, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Zij heeft een hond (Bobby) en de papegaai die Lorre heet.",
        "Het konijn, Snuf, is dood. De poes van hiernaast heet Saartje.",
    ],
)
def test_an_animal_is_no_person(reader: TextRedactor, text: str) -> None:
    """Behind its kind, whatever mark stands between."""
    assert withheld(reader, text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Leverancier Vasyl Rudenko legt beslag.", ["Vasyl Rudenko"]),
        ("MIJN MOEDER KHADIJA EL AMRANI RECHT HEEFT OP EEN PAS.", ["KHADIJA", "EL AMRANI"]),
        ("Geachte mr. Van Asch van Wijck, u belde.", ["Van Asch van Wijck"]),
        ("Mevrouw Ter Beek-van Ommen komt morgen.", ["Ter Beek-van Ommen"]),
        ("De referent was Kapper-Jonkers, M., die zelf kapster is.", ["Kapper-Jonkers, M."]),
        ("Zij sprak Colm O'Sullivan over de huur.", ["Colm O'Sullivan"]),
        ("Zij trouwde met Wim Sr. en later met Wim Jr.", ["Wim Sr.", "Wim Jr."]),
        ("Afgesproken met Fatma van Cynthia Chitanand.", ["Fatma", "Cynthia Chitanand"]),
        ("De Yılmazen zijn boos, de spullen van de Terpstras zijn weg.", ["de Terpstras"]),
        ("zij heeft gebeld. buurman sjaak v.d. h. zegt van wel.", ["sjaak v.d. h."]),
        ("Het verslag is afgesproken met R. Vrede (boekhouder).", ["R. Vrede"]),
    ],
)  # fmt: skip
def test_people_who_look_like_a_firm_or_whose_name_has_two_parts_are_covered_whole(
    reader: TextRedactor, text: str, names: list[str]
) -> None:
    """No part of a name stays behind, and no firm hides a known person."""
    found = withheld(reader, text)
    assert all(any(name in one for one in found) for name in names), found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Het dossier is geraadpleegd door ibos02 op 12-3.", "ibos02"),
        ("Zij chat met vriend elfje04 via internet.", "elfje04"),
        ("Paspoort van Maja: NW4K7P2L1", "NW4K7P2L1"),
        ("V-nummer van Umm Khalil: 287 114 9032", "287 114 9032"),
        ("vriendin;Sahar Nouri;19.12.2002;reservesleutel", "19.12.2002"),
    ],
)
def test_who_logged_in_whose_paper_it_is_and_a_birth_in_a_row_are_withheld(reader: TextRedactor, text: str, value: str) -> None:
    """Without a cue of their own: by who did it, by whose it is, by the name before it."""
    assert value in withheld(reader, text)


def test_a_room_and_a_week_with_a_figure_are_no_login(reader: TextRedactor) -> None:
    """Only a word that is nothing else is a name to log in with."""
    assert withheld(reader, "Verplaatst door kamer12, zie week34 en bijlage02.") == []


def test_who_the_next_sentence_says_is_kin_is_not_the_requester(reader: TextRedactor) -> None:
    """A title and the family name are hers as well as her mother's; `zij is de moeder van` decides."""
    spans = reader.spans("Mevrouw El Amrani meldt zich. Zij is de moeder van Fatima. Zij is boos.")
    assert spans[0].action is Action.REVIEW


def test_a_line_that_begins_with_the_requester_does_not_lengthen_the_name_before_it(reader: TextRedactor) -> None:
    """Her own name stays hers, however long the line above."""
    assert withheld(reader, "Betrokken bij het voorval zijn zij en medebewoner Elvira\nFatima was boos.") == ["Elvira"]


_words = st.sampled_from(["anna", "bos", "cem", "dik", "eva", "fok", "gül", "haan"])


def _somebody(number: int, words: tuple[str, str]) -> Somebody:
    return Somebody(f"n{number}", "persoon", Party.THIRD, "", frozenset(words[:1]), frozenset(words[1:]), frozenset())


@given(st.lists(st.tuples(_words, _words), max_size=6), st.lists(st.tuples(_words, _words), max_size=6))
def test_the_index_of_people_is_the_same_however_it_grew(first: list[tuple[str, str]], more: list[tuple[str, str]]) -> None:
    """At once or one after the other; and what is known for one reading only leaves no trace."""
    everybody = [_somebody(number, words) for number, words in enumerate([*first, *more])]
    known, newcomers = everybody[: len(first)], everybody[len(first) :]
    index = people(known)
    before = dict(index.by_word)
    with beside(index, newcomers) as during:
        assert during.by_word == people(everybody).by_word
    assert index.by_word == before
    for one in newcomers:
        index = joined(index, [one])
    assert (index.known, index.by_word) == (tuple(everybody), people(everybody).by_word)

"""Names that only their surroundings tell, and what looks like a name and is none; each line a kind of text, none of them measured on."""

from __future__ import annotations

import pytest

from redaction.reader import TextRedactor
from tests.redaction.conftest import withheld


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Zij kwam met Ties Timmerman.\nTimmerman kookte voor haar.", ["Ties Timmerman", "Timmerman"]),
        ("de sleutel ligt bij giorgi dos reis, zei ze. het is goed.", ["giorgi dos reis"]),
        ("ze huilde. anne-fleur haalde haar op van het werk en bleef.", ["anne-fleur"]),
        ("- Sanne: belt school\n- Shudeska: haalt de kinderen op", ["Sanne", "Shudeska"]),
        ("De heerJonkergouw belde over de huur van de woning.", ["Jonkergouw"]),
        ("Zij vindt dat Van Rossum haar niet goed hielp met de aanvraag.", ["Van Rossum"]),
        ("Mieke en Roos/Jelmer komen. Roos en Guno wonen samen.", ["Mieke", "Roos", "Jelmer", "Roos", "Guno"]),
        ("Naam | Geboren | School\nDaan de Vries | 16-3-2014 | thuis\nSaar de Vries | 1-2-2016 | thuis",
         ["Daan de Vries", "16-3-2014", "Saar de Vries", "1-2-2016"]),
    ],
)  # fmt: skip
def test_what_stands_around_a_word_makes_it_a_name(reader: TextRedactor, text: str, names: list[str]) -> None:
    """A verb behind it, the head of a line, a pair, a column, a title glued to it."""
    assert withheld(reader, text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Zij woont in de Vincent van Goghflat.",
        "Overlast in de Anne Frankbuurt.",
        "Zij kocht dit bij praktijk Jansen & Smit.",
        "P.S. Alleen op dinsdag open.",
    ],
)
def test_what_is_called_after_people_is_nobody(reader: TextRedactor, text: str) -> None:
    """A street, a flat, a practice: none of them is a person."""
    assert withheld(reader, text) == []


def test_two_people_in_one_sentence_are_not_one(reader: TextRedactor) -> None:
    """Her brother bears the same family name, but he is named beside her."""
    assert withheld(reader, "Fatima el Amrani kwam met haar broer. El Amrani zegt niets, Youssef voert het woord.") == ["Youssef"]

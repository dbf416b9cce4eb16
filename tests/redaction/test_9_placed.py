"""Words that nothing knows as a name, placed as only a person is; no sentence here is one that the weights were learnt from."""

from __future__ import annotations

import pytest

from config.redacted import Action
from redaction import doubt
from redaction.reader import TextRedactor
from tests.redaction.conftest import withheld

LOWER = "zij heeft gisteren gebeld. "
"""What makes a note one in small letters."""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ze is gevallen op de trap. daarna heeft vogel haar naar huis gebracht, want vogel woont vlakbij. volgens vogel gaat het nu goed.", "vogel"),
        ("er is overleg geweest met kraai over de huur en kraai belde later terug om te zeggen dat het rond is.", "kraai"),
        ("collega stam neemt de zaak over. vraag het aan stam als ze belt.", "stam"),
        ("DE HUUR IS BETAALD. GESPROKEN MET KRAAI OVER DE SCHULD EN DE SLEUTEL.", "KRAAI"),
    ],
)  # fmt: skip
def test_a_thing_without_an_article_where_people_stand_is_somebody(reader: TextRedactor, text: str, name: str) -> None:
    """Dutch gives a thing an article and a person none; in a note whose capitals tell nothing that is all there is to see."""
    assert withheld(reader, text) == [name] * text.count(name)


@pytest.mark.parametrize(
    "text",
    [
        "de vogel zat op het dak en een kraai vloog weg toen zij het raam opendeed.",
        "zij heeft de stam van die boom gezien en vindt hem mooi. het is 3 keer gelukt.",
        "haar huisarts denkt aan alzheimer of parkinson, de uitslag komt morgen.",
        "hij deed alsof. jan en alleman weet ervan, zei ze, en dat klopt ook wel.",
    ],
)
def test_a_thing_with_its_article_a_count_an_illness_and_an_idiom_are_nobody(reader: TextRedactor, text: str) -> None:
    """What has an article, a number before it, or is called after somebody long dead stays readable."""
    assert withheld(reader, text) == []


def test_what_is_doubted_goes_to_a_person_and_says_who_doubted(reader: TextRedactor) -> None:
    """Every such span names the place of the word as its finder, and how sure that is."""
    spans = [s for s in reader.spans("er is gesproken met kraai over de huur en de sleutel.") if s.action is not Action.KEEP]
    assert [(s.detector, s.confidence > 0) for s in spans] == [("place", True)]


def test_the_weights_speak_of_grammar_alone() -> None:
    """No weight is of a word: each is of what a word is or of where it stands, so none can know a sample by heart."""
    for capitals in (True, False):
        assert all(len(doubt.weights(capitals)) < 220 and abs(w) < 5 for w in doubt.weights(capitals).values())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Getekend op naam van K.L. Kruik voor akkoord.", ["K.L. Kruik"]),
        ("Mijn cliënt, de heer Vuurvlieg, betaalt alles terug.", ["Vuurvlieg"]),
        ("datum\tsoort\twie\twat\n3-5\ttelefoon\tBuurman, L.\tvraagt om hulp", ["Buurman, L."]),
        ("Aan: Kees Blauw; CC: Visser, Roos; archief", ["Kees Blauw", "Visser, Roos"]),
        ("Van: Sanne Zondag, team Zorg. Tot maandag.", ["Sanne Zondag"]),
        ("De leverancier Oksana Tkachuk komt morgen.", ["Oksana Tkachuk"]),
        ("haar login was qvermeer voor dat systeem, dat weet zij nog.", ["qvermeer"]),
    ],
)
def test_initials_a_title_or_a_column_make_any_word_a_name(reader: TextRedactor, text: str, names: list[str]) -> None:
    """Whatever the word else is: behind initials or a title, before its letters, or in a column of people it is somebody's."""
    assert withheld(reader, text) == names


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("Zij logeert bij Sanne, die woont aan de 2e Esdoornstraat. Morgen bellen.", "2e Esdoornstraat"),
        ("Hij is verhuisd naar de Laan van Meerdervoort. Adres volgt.", "Laan van Meerdervoort"),
        ("er geldt een contactverbod en een locatieverbod meidoornstraat, zei de agent tegen haar.", "meidoornstraat"),
    ],
)
def test_a_street_alone_is_an_address_where_somebody_lives_or_may_not_come(reader: TextRedactor, text: str, street: str) -> None:
    """Whole, with its ordinal and its `van`; nobody lives in a street that is only passed."""
    assert street in withheld(reader, text)


@pytest.mark.parametrize(
    "text", ["Loodgieter Dam en Zn. is gebeld over de lekkage.", "Zij zegt dat het van boven komt.", "Zij belde over rekeningnr 12."]
)
def test_a_firm_and_sons_is_no_person(reader: TextRedactor, text: str) -> None:
    """Nor is a number that is cut short, nor where something comes from."""
    assert withheld(reader, text) == []

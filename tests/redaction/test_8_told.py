"""What is told of others: a fact stays theirs where their name is gone, and an informant is told by no detail."""

from __future__ import annotations

from dataclasses import replace

import pytest

import redaction
from config.collection import Party
from config.redacted import Action
from config.settings import CellRule, PartyRule, Policy, Telling
from redaction.reader import TextRedactor
from tests.redaction.conftest import SUBJECT


def _asked(reader: TextRedactor, text: str) -> list[tuple[str, str]]:
    """What of the text a person must look at, with its category."""
    return [(text[s.start : s.end], s.category) for s in reader.spans(text) if s.action is Action.REVIEW]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Zijn broer Kees heeft schizofrenie.", [("schizofrenie", "health")]),
        ("Haar broer Youssef is verslaafd aan cocaïne en woont elders.", [("verslaafd aan cocaïne", "health")]),
        ("Haar zoon Mees heeft een burn-out en krijgt EMDR-therapie.", [("burn-out en krijgt EMDR-therapie", "health")]),
        ("De depressie van Youssef is erger.", [("depressie", "health")]),
        ("Zij zorgt voor haar demente moeder.", [("demente", "health")]),
        ("Mevrouw woont bij haar moeder, die dementie heeft.", [("dementie", "health")]),
        ("Vader: alcoholist. Moeder: borderline.", [("alcoholist", "health"), ("borderline", "health")]),
        ("Haar zoon Mees (ADHD, 9 jr) woont thuis.", [("ADHD", "health")]),
        ("Moeder Khadija kreeg een beroerte; vader Hassan is dement.", [("beroerte", "health"), ("dement", "health")]),
        ("Mehmet zit in de gevangenis. Hij heeft schulden.", [("gevangenis", "police"), ("schulden", "money")]),
        ("Buurvrouw Roos Bakker heeft kanker. Zij krijgt chemo.", [("kanker", "health"), ("chemo", "health")]),
        ("Fatima is moslim. Haar ex Mehmet is homoseksueel.", [("homoseksueel", "belief")]),
        ("Klantmanager S. van den Berg is zwanger en draagt over.", [("zwanger", "health")]),
        ("mehmet is verslaafd en heeft een strafblad", [("verslaafd en heeft een strafblad", "health")]),
    ],
)
def test_a_fact_of_somebody_else_goes_to_a_person(reader: TextRedactor, text: str, told: list[tuple[str, str]]) -> None:
    """Illness, faith, crime and money, of whom a name, a relation or a pronoun tells; the relation itself stays readable."""
    assert _asked(reader, text) == told


@pytest.mark.parametrize(
    "text",
    [
        "Mevrouw woont bij haar moeder en heeft een depressie.",
        "Youssef zegt dat zij depressief is.",
        "Youssef zegt dat cliënte depressief is.",
        "Zij belde met broer Youssef over haar depressie.",
        "Haar schulden worden betaald door Youssef.",
        "Mehmet betaalt haar schulden.",
        "Mevrouw heeft schulden bij J. Smit.",
        "Youssef heeft haar geholpen met de schulden.",
        "Huisarts Kowalczyk stelde de diagnose depressie.",
        "Huisarts Kowalczyk heeft antidepressiva voorgeschreven.",
        "Sinds het overlijden van haar zus Sara is zij depressief.",
        "Cliënte heeft PTSS na mishandeling door ex-partner Mehmet.",
        "Familieanamnese: moeder Khadija CVA, zus migraine.",
        "Er is sprake van een depressie bij mevrouw.",
        "Betrokkene is aangehouden wegens diefstal samen met Youssef.",
    ],
)
def test_a_fact_of_the_requester_stays(reader: TextRedactor, text: str) -> None:
    """Also beside somebody else's name; and what runs in the family is hers as well."""
    assert not [asked for asked in _asked(reader, text) if asked[1] in ("health", "belief", "police", "money")]


def test_the_policy_says_what_is_done_with_a_fact_by_its_sort_and_whose_it_is(policy: Policy) -> None:
    """Shown, asked about, or withheld at once; each on the ground of its sort."""
    text = "Haar broer Youssef heeft schizofrenie. Buurvrouw Roos Bakker heeft een strafblad."
    for rule, shown in ((Telling.DISCLOSE, True), (Telling.WITHHOLD, False), (Telling.REVIEW, False)):
        told = replace(policy, told={"health": {Party.RELATIVE: rule}, "police": {Party.THIRD: rule}})
        made = redaction.reader(SUBJECT, told).redact(text)
        assert ("schizofrenie" in made.text, "strafblad" in made.text) == (shown, shown)
        found = [(s.action, s.ground) for s in made.spans if s.category in ("health", "police")]
        if rule is not Telling.DISCLOSE:
            assert found == [(Action.REDACT if rule is Telling.WITHHOLD else Action.REVIEW, g) for g in ("B2", "B3")]


def test_a_role_may_have_a_rule_before_that_of_its_party(policy: Policy) -> None:
    """The handler whom the requester knows is shown by name, the colleague by function."""
    people = [*SUBJECT["people"], {"role": "official", "relation": "behandelaar", "names": [{"initials": "P.", "family": "Hovestad"}]}]
    known = replace(policy, roles={"behandelaar": PartyRule(CellRule.DISCLOSE, CellRule.DISCLOSE, "")})
    text = "Besproken met P. Hovestad en S. van den Berg."
    assert redaction.reader({**SUBJECT, "people": people}, known).redact(text).text == "Besproken met P. Hovestad en [klantmanager]."
    assert redaction.reader({**SUBJECT, "people": people}, policy).redact(text).text == "Besproken met [behandelaar] en [klantmanager]."


INFORMANTS = [
    ("Melding ontvangen: de melder is de zus van cliënte.", "de zus van cliënte"),
    ("De melder woont schuin tegenover en ziet een man naar binnen gaan.", "woont schuin tegenover"),
    ("Anonieme beller (oudere vrouw met een Limburgs accent) zegt dat mw. samenwoont.", "oudere vrouw met een Limburgs accent"),
    ("De melder zegt haar via de kerk te kennen.", "haar via de kerk te kennen"),
    ("Tip kwam binnen om 14:12; tipgever is haar voormalige werkgever.", "om 14:12|haar voormalige werkgever"),
    ("De melder kent betrokkene van de sportschool.", "kent betrokkene van de sportschool"),
    ("Een klasgenoot van haar dochter heeft dit gemeld.", "Een klasgenoot van haar dochter"),
    ("Melding via de huisbaas: cliënte onderverhuurt een kamer.", "de huisbaas"),
    ("Volgens een collega van de kringloopwinkel werkt cliënte zwart.", "een collega van de kringloopwinkel"),
    ("Er is gebeld door iemand uit de straat die anoniem wil blijven.", "uit de straat"),
    ("Melder geeft aan dat hij als vrijwilliger bij de voedselbank werkt.", "als vrijwilliger bij de voedselbank werkt"),
    ("De melder deed zijn verhaal op dinsdag rond vier uur.", "op dinsdag rond vier uur"),
    ("Melding is gedaan door de zwager van mevrouw.", "de zwager van mevrouw"),
    ("Klikbrief ontvangen, handgeschreven, poststempel Nijmegen.", "handgeschreven|poststempel Nijmegen"),
    ("De tip komt van iemand die bij haar in de klas zat.", "iemand die bij haar in de klas zat"),
    ("Melder wil anoniem blijven omdat zij bij cliënte in de flat woont.", "bij cliënte in de flat woont"),
]


@pytest.mark.parametrize(("text", "told"), INFORMANTS)
def test_who_told_is_told_by_no_detail(reader: TextRedactor, text: str, told: str) -> None:
    """Relation, place, work, voice and hour of whoever reported go to a person, on the ground that protects informants."""
    spans = [s for s in reader.spans(text) if s.category == "detail"]
    assert "|".join(text[s.start : s.end] for s in spans) == told
    assert {(s.action, s.ground) for s in spans} == {(Action.REVIEW, "A2")}


@pytest.mark.parametrize(
    "text",
    [
        "De melder zegt dat cliënte samenwoont met een man.",
        "De melder ziet elke avond een witte bus voor de deur staan.",
        "Melding van de politie: ruzie op straat.",
        "Melding door de huisarts gedaan bij Veilig Thuis.",
        "Zij kreeg een tip om te solliciteren bij de bakker.",
        "Mevrouw meldt zich bij de balie om 10:30 uur.",
        "Ziekmelding ontvangen van cliënte op maandag.",
        "Melder is anoniem.",
    ],
)
def test_what_was_told_stays_and_so_does_who_told_it_in_their_work(reader: TextRedactor, text: str) -> None:
    """The requester may read what was said of them, and by which school or doctor."""
    assert not [s for s in reader.spans(text) if s.category == "detail"]

"""Outputs, chapter 2: the decision letter says what the law demands, in plain Dutch."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

import outputs
from config.collection import Coverage, Outcome
from outputs.blocks import Block, blocks
from outputs.dossier import Dossier
from outputs.letter import decision, form
from outputs.texts import texts
from tests.outputs import sample

GOLDEN = Path(__file__).parent / "golden"
FORBIDDEN = re.compile(r"\b(betreffende|inzake|middels|conform|dient te|teneinde|derhalve|ten aanzien van|jegens|omtrent|alsmede)\b", re.I)


def granted() -> Dossier:
    return sample.dossier((sample._youth(),))


def bezwaar_only() -> Dossier:
    return sample.dossier((sample._brp(), sample._payments(4)))


FORMS = {"part": sample.dossier, "granted": granted, "nothing": sample.empty, "bezwaar": bezwaar_only}


def running_text(text: str) -> list[str]:
    """The sentences that a resident reads: without headings, tables and the legend in small print."""
    kept = [b.parts[0] for b in blocks(text) if b.kind in ("paragraph", "item")]
    return [s for part in kept for s in re.split(r"(?<=[.!?:;])\s+", part) if s]


@pytest.mark.parametrize("name", FORMS)
def test_the_letter_is_the_one_that_was_approved(name: str) -> None:
    """A change of a template shows as a difference that a person reads, in `golden/`."""
    assert decision(FORMS[name]()) == (GOLDEN / f"besluit_{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("made", "expected", "sentence"),
    [
        (granted, "granted", "U krijgt alle gegevens die wij over u vonden."),
        (sample.dossier, "part", "U krijgt de gegevens die wij over u vonden, maar een deel laten wij niet zien."),
        (sample.empty, "nothing", "Wij hebben gezocht, en wij vonden geen gegevens over u."),
    ],
)
def test_the_decision_stands_in_the_first_sentence(made: type[Dossier], expected: str, sentence: str) -> None:
    """Three forms follow from what was found; a refusal is never automatic."""
    assert form(made()) == expected
    assert decision(made()).lstrip().startswith(sentence)


def test_a_password_that_is_withheld_does_not_make_it_a_decision_in_part() -> None:
    """Technical columns hold nothing about the resident."""
    columns = (sample.column("D", "Datum"), sample.column("WW", "Wachtwoord", withhold="technical"))
    held = sample.collection("jeugd", "traject", "Hulp", "jeugdhulp", columns, [["x", None]])
    assert form(sample.dossier((held,))) == "granted"


@pytest.mark.parametrize("name", FORMS)
def test_sentences_have_fifteen_words_on_average(name: str) -> None:
    """And none has more than thirty."""
    lengths = [len(s.split()) for s in running_text(decision(FORMS[name]()))]
    assert sum(lengths) / len(lengths) <= 15
    assert max(lengths) <= 30


@pytest.mark.parametrize("name", FORMS)
def test_no_article_stands_in_the_running_text(name: str) -> None:
    """Legal references are in the legend, in small print."""
    told = " ".join(running_text(decision(FORMS[name]())))
    assert not re.search(r"\bartikel\b|\blid \d|\bAwb\b|\b\d+:\d+\b", told)
    assert not FORBIDDEN.search(told)


def test_the_fixed_texts_are_plain_too() -> None:
    """The table of texts keeps the same rules as the letter."""

    def strings(node: object) -> list[str]:
        if isinstance(node, dict):
            return [s for value in node.values() for s in strings(value)]
        return [s for item in node for s in strings(item)] if isinstance(node, list) else [node] if isinstance(node, str) else []

    sentences = [s for text in strings(texts()) for s in re.split(r"(?<=[.!?])\s+", text) if len(s.split()) > 3]
    lengths = [len(s.split()) for s in sentences]
    assert sum(lengths) / len(lengths) <= 12
    assert max(lengths) <= 20
    assert not [s for s in sentences if FORBIDDEN.search(s)]


def test_each_withheld_ground_stands_with_its_count_and_its_sentence() -> None:
    """Per ground how many places, and why in the words of the ground."""
    said = decision(sample.dossier())
    assert "- A4, 4 plekken: Dit zijn directe contactgegevens van een medewerker. U ziet wel de functie." in said
    assert "~ Code A4: AVG 15 lid 4." in said


def test_the_search_is_shown_source_by_source() -> None:
    """Systems, day, period, terms, and the answer of each: also of those that hold nothing or failed."""
    said = decision(sample.dossier())
    assert "Wij zochten op 5 maart 2026 in alle gegevens, zonder begindatum of einddatum." in said
    assert "Wij zochten op uw burgerservicenummer, naam en geboortedatum." in said
    assert "| Parkeervergunningen | niets gevonden" in said
    assert "| Schuldhulpverlening | niet gelukt" in said


def test_what_was_not_searched_is_said_with_the_reason() -> None:
    """Never "no data" where nobody looked."""
    waiting = Coverage("wmo", "Wmo-administratie", Outcome.WAITING)
    said = decision(sample.dossier((), coverage=(waiting,), facts=()))
    assert "- Wmo-administratie: Wij wachten nog op antwoord." in said


def test_nothing_found_says_what_was_tried() -> None:
    """Names, addresses and numbers as they were searched for, as far as a source was searched on them."""
    said = decision(sample.empty())
    assert "- burgerservicenummer: 999990019" in said
    assert "- naam: Ş.J. Łukaszewicz-de Ruĳter" in said
    assert "adres: " not in said
    assert "- Meldingen bij Veilig Thuis" in said


def test_both_remedies_stand_where_the_request_is_mixed() -> None:
    """Jeugdhulp goes to court, the rest to the gemeente (Jeugdwet 7.3.17)."""
    said = decision(sample.dossier())
    assert "Stuur uw bezwaar aan het college van burgemeester en wethouders van Waterbeek" in said
    assert "Dit geldt voor: Jeugdhulp door het wijkteam." in said
    assert "de rechtbank Noord-Nederland" in said


def test_only_the_remedy_that_applies_is_offered() -> None:
    """A letter without jeugdhulp does not speak of a court, one with nothing else not of bezwaar."""
    assert "rechtbank" not in decision(bezwaar_only())
    assert "bezwaar aan" not in decision(granted())


def test_the_objection_clause_names_all_that_the_law_asks() -> None:
    """Awb 3:45 and 6:5: within which term, to whom, and what must stand in it."""
    said = decision(bezwaar_only())
    for part in ("binnen zes weken", "uw naam en adres", "de datum", "INZ-2026-000042", "waarom u het niet eens bent", "uw handtekening"):
        assert part in said


def test_a_scope_and_an_extension_are_named() -> None:
    """The letter says what was asked, and why it took longer."""
    request = replace(sample.request(), scope=("wmo", "parkeren"), extended_because="uw verzoek was groot")
    said = decision(sample.dossier(request=request))
    assert "U vroeg alleen naar: Hulp en ondersteuning thuis (Wmo) en Parkeren." in said
    assert "De reden was: uw verzoek was groot." in said


def test_a_title_with_a_sign_of_the_markup_does_no_harm(tmp_path: Path) -> None:
    """Whatever a gemeente calls its systems."""
    odd = Coverage("wmo", "Wmo | kopie", Outcome.FAILED, message="# kop\n- punt")
    made = sample.dossier((), coverage=(odd,), facts=())
    assert "| Wmo / kopie | niet gelukt" in decision(made)
    assert "- Wmo | kopie: # kop - punt" in decision(made)
    outputs.write(made, tmp_path)


def test_the_markup_gives_blocks() -> None:
    """Lines without a sign are one paragraph; a table row has its parts."""
    text = "# Kop\n\neen\ntwee\n- punt\n| a | b\n> eigen regel\n~ klein\n"
    assert list(blocks(text)) == [
        Block("heading", ("Kop",)),
        Block("paragraph", ("een twee",)),
        Block("item", ("punt",)),
        Block("row", ("a", "b")),
        Block("line", ("eigen regel",)),
        Block("small", ("klein",)),
    ]


def test_the_pdf_says_what_the_template_says(folder: Path) -> None:
    """The golden text is what the resident reads on paper, and the letter has an addressee, a signature and page numbers."""
    document = pypdfium2.PdfDocument(folder / "besluit.pdf")
    read = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    for block in blocks(decision(sample.dossier())):
        for part in block.parts:
            assert " ".join(part.split())[:40] in read
    assert "Ş.J. Łukaszewicz-de Ruĳter Lange Nieuwstraat 12 bis 9999 AB Waterbeek" in read
    assert f"bladzijde 1 van {len(document)}" in read
    document.close()

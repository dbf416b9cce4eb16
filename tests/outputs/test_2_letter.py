"""Outputs, chapter 2: the decision letter says what the law demands, in plain Dutch."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import yaml
from PIL import Image

import outputs
from config.collection import Coverage, Outcome
from config.load import EMBEDDED
from config.settings import HouseStyle
from outputs.blocks import Block, blocks
from outputs.decision import decision, form
from outputs.dossier import Dossier
from outputs.house import House, living
from outputs.letters import Post, Refusal, Subject, acknowledgement, extension, question, refusal
from outputs.texts import TEMPLATES, texts
from tests.outputs import sample
from tests.outputs.goldens import GOLDEN, WHY, bezwaar_only, granted, post, texts_of_letters
from tests.outputs.validators import page_faults

FORBIDDEN = re.compile(
    r"\b(betreffende|inzake|middels|conform|dient te|teneinde|derhalve|ten aanzien van|jegens|omtrent|alsmede|hieromtrent|"
    r"dienaangaande|ingevolge|krachtens|voornoemde?|onderhavige?|desbetreffende?|mitsdien|nopens|casu quo|c\.q\.|zulks|aangaande|"
    r"in het kader van|met betrekking tot|op grond van|ter zake|hereby|pursuant|aforementioned|herein|notwithstanding|thereof)\b",
    re.I,
)
ALL = texts_of_letters()


def running_text(text: str) -> list[str]:
    """The sentences that a resident reads: without headings, tables and the legend in small print."""
    kept = [b.parts[0] for b in blocks(text) if b.kind in ("paragraph", "item")]
    return [s for part in kept for s in re.split(r"(?<=[.!?:;])\s+", part) if s]


@pytest.mark.parametrize("name", ALL)
def test_the_letter_is_the_one_that_was_approved(name: str) -> None:
    """A change of a template shows as a difference that a person reads, in `golden/`; `goldens.py` says how to accept it."""
    assert ALL[name] == (GOLDEN / name).read_text(encoding="utf-8")


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


@pytest.mark.parametrize("name", ALL)
def test_sentences_have_fifteen_words_on_average(name: str) -> None:
    """And none has more than thirty."""
    lengths = [len(s.split()) for s in running_text(ALL[name])]
    assert sum(lengths) / len(lengths) <= 15
    assert max(lengths) <= 30


@pytest.mark.parametrize("name", ALL)
def test_no_article_stands_in_the_running_text(name: str) -> None:
    """Legal references are in the legend, in small print."""
    told = " ".join(running_text(ALL[name]))
    assert not re.search(r"\bartikel\b|\barticle\b|\blid \d|\bAwb\b|\b\d+:\d+\b", told)
    assert not FORBIDDEN.search(told)


def strings(node: object) -> list[str]:
    if isinstance(node, dict):
        return [s for value in node.values() for s in strings(value)]
    return [s for item in node for s in strings(item)] if isinstance(node, list) else [node] if isinstance(node, str) else []


def sentences(fixed: list[str]) -> list[str]:
    return [s for text in fixed for s in re.split(r"(?<=[.!?])\s+", text) if len(s.split()) > 3]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_fixed_texts_are_plain_too(language: str) -> None:
    """The table of texts keeps the same rules as the letters."""
    with living(House(language)):
        told = sentences(strings(texts()))
    lengths = [len(s.split()) for s in told]
    assert sum(lengths) / len(lengths) <= 12
    assert max(lengths) <= 21
    assert not [s for s in told if FORBIDDEN.search(s)]


def test_what_comes_with_inzage_for_residents_is_plain() -> None:
    """The sentences of the grounds and the purposes of the register, as a gemeente starts with them."""
    grounds, register = (yaml.safe_load((EMBEDDED / name).read_text("utf-8")) for name in ("grounds.yaml", "activities.yaml"))
    told = [g["sentence"] for g in grounds["grounds"]] + [a["purpose"] for a in register["activities"]]
    lengths = [len(s.split()) for s in sentences(told)]
    assert sum(lengths) / len(lengths) <= 15
    assert not [s for s in told if FORBIDDEN.search(s) or re.search(r"\bartikel\b|\blid \d", s)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_both_languages_say_the_same_things(language: str) -> None:
    """Every text has the same places to fill in, whatever the language."""

    def places(node: object, at: str = "") -> dict[str, list[str]]:
        if isinstance(node, dict):
            return {k: v for key, value in node.items() for k, v in places(value, f"{at}/{key}").items()}
        return {at: sorted(re.findall(r"\{[a-z_]+\}", node))} if isinstance(node, str) else {}

    with living(House(language)):
        assert places(texts()) == places(yaml.safe_load((TEMPLATES / "teksten.yaml").read_text("utf-8")))


def test_each_word_is_explained_once() -> None:
    """In one place, and only where it stands in the dossier."""
    words = [term["woord"] for term in texts()["woorden"]]
    assert len(words) == len({word.casefold() for word in words})
    read = (GOLDEN / "dossier.txt").read_text("utf-8")
    told = read[read.index('"Woorden uitgelegd"') :] if read.count('"Woorden uitgelegd"') == 1 else read.rsplit('"Woorden uitgelegd"', 1)[1]
    assert all(told.count(f'"{word}"') <= 1 for word in words)
    assert '"Jeugdwet"' in told
    assert '"WOZ"' not in told


def test_no_text_claims_a_level_of_reading() -> None:
    """No score proves that somebody understands it (LAW.md, section 7)."""
    assert not re.search(r"\bB1\b|\bA2-niveau\b", " ".join((*strings(texts()), *ALL.values())))


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


# the letters on the way


def read(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    told = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    return told


def written(language: str) -> dict[str, bytes]:
    held = post(language)
    longer = post(language, extended_because="uw verzoek is groot")
    return {
        "ontvangst": acknowledgement(held, "Alles."),
        "verlenging": extension(longer),
        "wie": question(held, Subject.IDENTITY),
        "wat": question(held, Subject.SCOPE, "Over welk jaar?", date(2026, 3, 20)),
        "weigering": refusal(held, WHY),
    }


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_letter_is_a_pdf_that_is_read_aloud_and_kept(language: str) -> None:
    """In both languages, and it says in which."""
    for content in written(language).values():
        assert page_faults(content) == []
        with pikepdf.open(BytesIO(content)) as pdf:
            assert str(pdf.Root.Lang) == {"nl": "nl-NL", "en": "en-GB"}[language]


def test_the_acknowledgement_says_what_the_law_asks() -> None:
    """Date of receipt, number, deadline as a date, identity without a copy, help, and other counters (Awb 2:17)."""
    said = read(acknowledgement(post(), "Wat weten jullie?"))
    for part in (
        "op 3 maart 2026",
        "INZ-2026-000042",
        "uiterlijk op 3 april 2026",
        '"Wat weten jullie?"',
        "geen kopie van uw paspoort",
        "tolk",
    ):
        assert part in said
    assert "geen kopie van uw paspoort" not in read(acknowledgement(post(identity_checked_by="balie")))


def test_an_extension_needs_a_reason_of_a_person() -> None:
    """AVG 12(3): the letter says why, until when, and what follows if that is missed."""
    with pytest.raises(ValueError, match="not extended"):
        extension(post())
    said = read(extension(post(extended_because="uw verzoek gaat over veel systemen", deadline=date(2026, 6, 3))))
    for part in (
        "De reden is: uw verzoek gaat over veel systemen.",
        "uiterlijk op 3 juni 2026",
        "Autoriteit Persoonsgegevens",
        "twee weken",
    ):
        assert part in said


def test_a_question_about_the_scope_is_never_a_condition() -> None:
    """Who does not answer gets everything, in the same time."""
    said = read(question(post(), Subject.SCOPE))
    assert "Geeft u geen antwoord? Dan zoeken wij in alles." in said
    assert "Onze vraag verandert dat niet." in said


def test_a_refusal_is_what_a_person_wrote() -> None:
    """AVG 12(4): the reason, the complaint, the remedy; without a reason there is no refusal."""
    said = read(refusal(post(), WHY))
    for part in (WHY.reason, "Autoriteit Persoonsgegevens", "binnen zes weken", "De weigering: AVG 12 lid 5."):
        assert part in said
    with pytest.raises(ValueError, match="reason"):
        Refusal(" ", ("AVG 12 lid 5",))
    with pytest.raises(ValueError, match="reason"):
        Refusal("Daarom.", ())


def test_what_a_person_writes_cannot_change_the_layout() -> None:
    """A reason that begins with a sign of the markup is a reason."""
    said = read(refusal(post(), Refusal("# Geen kop\n- geen punt", ("AVG 12 lid 5",))))
    assert "Geen kop - geen punt" in said


def test_a_gemeente_changes_words_without_touching_code(tmp_path: Path) -> None:
    """A template or a text in its own folder comes before ours; the rest stays."""
    own = tmp_path / "templates"
    own.mkdir()
    (own / "groet.j2").write_text("# Vragen?\n\nKom langs bij {{ organisation.name }}.\n", encoding="utf-8")
    (own / "teksten.yaml").write_text("brief:\n  ontvangst: 'Wij gaan aan de slag met {nummer}'\n", encoding="utf-8")
    said = read(acknowledgement(Post(replace(sample.config(), folder=tmp_path), sample.request(), sample.PERSON)))
    assert "Wij gaan aan de slag met INZ-2026-000042" in said
    assert "Kom langs bij gemeente Waterbeek." in said
    assert "Wij ontvingen uw verzoek op 3 maart 2026." in said


def test_the_house_style_is_drawn(tmp_path: Path) -> None:
    """Colour, logo and letters of organisation.yaml; the file stays one that is read aloud and kept."""
    logo, font = tmp_path / "logo.png", Path(outputs.__file__).parent / "fonts" / "DejaVuSans-Bold.ttf"
    Image.new("RGBA", (300, 100), (200, 30, 30, 128)).save(logo)
    style = HouseStyle(colour="#7a0019", logo=logo, font=font)
    config = replace(sample.config(), organisation=replace(sample.ORGANISATION, style=style))
    made = acknowledgement(Post(config, sample.request(), sample.PERSON))
    assert page_faults(made) == []
    with pikepdf.open(BytesIO(made)) as pdf:
        page = pdf.pages[0]
        assert b"0.478 0.000 0.098 rg" in page.Contents.read_bytes()
        assert len(page.get_images()) == 1
        fonts = {str(font.BaseFont) for font in page.resources.Font.values()}
        assert any("DejaVuSans-Bold" in name for name in fonts)
    assert "Ş.J. Łukaszewicz-de Ruĳter" in read(made)

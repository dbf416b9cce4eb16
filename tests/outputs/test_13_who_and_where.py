"""Outputs, chapter 13: who gave and who got, in which order data stand, and how a page is kept whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest

import outputs
from config.law import Retention
from config.settings import Config, Sentences
from outputs.book import book
from outputs.decision import decision
from outputs.dossier import Disclosure, Finding
from outputs.givers import by_purpose, streams
from outputs.house import living
from outputs.picture import FEWEST, fitting, in_rows
from outputs.wording import givers
from tests.outputs import sample
from tests.outputs.test_10_internal import ZORG, sent


def pages(pdf: bytes) -> list[str]:
    """The text of each page, each line break a space."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    texts = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    return texts


def findings(count: int) -> list[Finding]:
    """Purposes with something in one year."""
    activities = (replace(sample.ACTIVITIES[0], id=f"a{n}", title=f"Doel {n}") for n in range(count))
    return [Finding(activity, (), 1, 0, date(2020, 1, 1), date(2020, 1, 1), None, ("Systeem",), {2020: 1}) for activity in activities]


# who


@pytest.mark.parametrize("called", ["inwoner", "Cliënt", "aanvrager", "inwoner zelf", "u zelf", "Betrokkene"])
def test_the_resident_is_u_zelf_whatever_the_register_calls_them(called: str) -> None:
    """And stands there once, also where the register names them twice."""
    activity = replace(sample.ACTIVITIES[0], sources=(called, "de huisarts", "inwoner"))
    assert givers(activity) == ("u zelf", "de huisarts")


def test_who_gave_and_who_got_is_told_per_purpose() -> None:
    """Who really got, and beside them who may by the register: nobody reads a heap of names of all purposes together."""
    made = sample.dossier((sample._client(), sent(ZORG)))
    (wmo,) = (row for row in by_purpose(made) if row[0] == "Hulp en ondersteuning thuis (Wmo)")
    assert wmo[1:] == ("u zelf; uw mantelzorger; de huisarts", "Thuiszorg De Linde", "aanbieder hulp bij het huishouden; CAK")


def test_who_looked_at_home_gave_nothing_away() -> None:
    """A colleague who looked is no recipient: not in the picture, not in the table, and no lead for the desk."""
    looked = Disclosure(date(2024, 2, 1), "Gemeente  WATERBEEK", "adres", "kijken", "wmo")
    made = sample.dossier((sample._client(),), disclosures=(looked,))
    assert not streams(made).got and all(row[2] == "–" for row in by_purpose(made))
    assert not [p for p in outputs.examine(made, sample.config()).points if p.lead is outputs.Lead.UNKNOWN_RECIPIENT]


def test_a_recipient_that_the_register_lacks_is_one_lead_however_often_it_got() -> None:
    """With how often."""
    made = sample.dossier((sample._client(), sent(ZORG, ("2024-03-01", "Thuiszorg De Linde", "wijziging", "iets anders"))))
    points = [p for p in outputs.examine(made, sample.config()).points if p.lead is outputs.Lead.UNKNOWN_RECIPIENT]
    assert [(p.about, p.count) for p in points] == [("Thuiszorg De Linde", 2)]


def test_the_report_for_the_desk_says_terms_and_grounds_in_words_and_in_dutch() -> None:
    """Nobody at the desk reads P15Y, or English because a resident does."""
    activities = tuple(replace(a, retention=Retention("P2Y", "laatste contact")) if a.id == "wmo" else a for a in sample.ACTIVITIES)
    config = replace(sample.config(), activities=activities)
    made = sample.dossier((sample._contact(3),), config=config, language="en")
    (text,) = pages(outputs.internal_pdf(made, outputs.examine(made, config)))
    assert "2 jaar" in text and "P2Y" not in text and "Alleen voor het privacyteam" in text


def test_the_report_for_the_desk_names_grounds_in_dutch_also_where_the_resident_reads_them_in_english() -> None:
    """What nobody judged yet is for the desk to judge."""
    held = sample.config()
    config = replace(
        held, grounds={**held.grounds, "N1": replace(held.grounds["N1"], languages={"en": Sentences("Not judged", "Not yet.")})}
    )
    made = sample.dossier(config=config, language="en")
    assert "Not judged" in {each.ground.title for each in made.withheld}
    text = "\n".join(pages(outputs.internal_pdf(made, outputs.examine(made, config))))
    assert "N1: Nog niet beoordeeld" in text and "Not judged" not in text


def test_what_of_a_disclosure_is_withheld_is_said_in_the_language_of_the_dossier() -> None:
    """In place of a recipient whose name may not be shown."""
    held = (sent(ZORG, withheld={(0, "to"): "A1"}),)
    words = {("wmo", "verstuurd"): sample.TOLD}
    told = {language: outputs.disclosed(held, words, sample.config(), language)[0].to for language in ("nl", "en")}
    assert told == {"nl": "[niet getoond: A1]", "en": "[not shown: A1]"}


# where


def test_data_stand_in_the_order_of_sources_yaml() -> None:
    """Who wrote it put what belongs together; what it no longer lists comes last."""
    held = (sample._papers(), sample._contact(2), sent(ZORG), sample._client(), sample._brp())
    assert [c.entity for c in sample.dossier(held).collections] == ["persoon", "client", "contact", "brieven", "verstuurd"]


def test_a_purpose_known_only_by_columns_says_where_they_stand() -> None:
    """Not that there are only documents, of which there is none."""
    client = sample._client()
    moved = replace(client, columns=(replace(client.columns[0], activity="jeugdhulp"), *client.columns[1:]))
    (text,) = ["\n".join(pages(part)) for part in book(sample.dossier((moved,)))]
    assert "Deze gegevens staan hieronder bij: Hulp en ondersteuning thuis (Wmo)." in text
    assert "Hier vonden wij alleen documenten" not in text


def test_a_row_of_a_table_that_is_withheld_whole_is_told_once() -> None:
    """Not a ground in each of its cells."""
    columns = [sample.column(name, name.capitalize()) for name in ("maand", "bedrag", "soort")]
    rows = [[f"2020-{n:02}", f"{n}", "x"] for n in range(1, 13)]
    gone = {(3, name): "A1" for name in ("maand", "bedrag", "soort")}
    held = sample.collection("uitkering", "betaling", "Betalingen", "uitkering", columns, rows, gone)
    (text,) = ["\n".join(pages(part)) for part in book(sample.dossier((held,)))]
    assert text.count("Deze kaart ziet u niet: A1.") == 1 and "[niet getoond: A1]" not in text


# whole pages


@pytest.mark.parametrize("room", [50.0, 200.0, 400.0, 900.0])
def test_as_many_purposes_are_drawn_as_fit_and_the_table_has_them_all(room: float) -> None:
    """Page one stays one page; a few are drawn whatever the room."""
    every = findings(30)
    drawn = fitting(every, 2026, room)
    assert list(drawn) == every[: len(drawn)] and FEWEST <= len(drawn) <= max(FEWEST, room / 18)
    assert len(in_rows(every, 2026)[1]) == 30


@pytest.mark.parametrize("language", ["nl", "en"])
def test_all_of_the_summary_stands_on_page_one(language: str) -> None:
    """Both pictures with their words, in either language, with many purposes."""
    activities = tuple(replace(a, id=f"{a.id}{n}", title=f"{a.title} {n}") for n in range(5) for a in sample.ACTIVITIES[:4])
    held = tuple(replace(sample._contact(1), entity=f"contact{n}", activity=a.id) for n, a in enumerate(activities))
    config = replace(sample.config(), activities=(*sample.ACTIVITIES, *activities))
    made = sample.dossier(held, config=config, language=language, disclosures=())
    with living(made.house):
        (pdf,) = book(made)
    first, second = pages(pdf)[:2]
    last_words = {"nl": "Alle namen staan in de tabel hierna.", "en": "All names are in the table below."}[language]
    assert last_words in first and second.split(" · ")[1].count("tab")


def test_the_greeting_is_not_torn_from_its_signature() -> None:
    """However long the letter is above it."""
    for lines in range(0, 40, 3):
        text = "\n\n".join(["Een regel."] * lines) + "\n\n= Met vriendelijke groet,\n\n= namens ons,\n\n> M. Oldenhof\n> teamleider"
        made = pages(outputs.letter.typeset("Brief", text, sample.request(), sample.PERSON, sample.ORGANISATION))  # type: ignore[attr-defined]
        assert [("groet" in page, "teamleider" in page) for page in made if "groet" in page or "teamleider" in page] == [(True, True)]


# grounds in other words


def with_ground(**changes: object) -> Config:
    """The sample's configuration with these changes to the ground A1."""
    held = sample.config()
    return replace(held, grounds={**held.grounds, "A1": replace(held.grounds["A1"], **changes)})  # type: ignore[arg-type]


def test_the_letter_says_where_to_ask_for_what_we_may_not_give() -> None:
    """The sentence of a ground may promise it, as that of data of the police does."""
    made = sample.dossier(config=with_ground(ask="Vraag dit aan de politie: www.politie.nl."))
    assert "Vraag dit aan de politie: www.politie.nl." in decision(made)
    assert "Vraag dit aan de politie" not in decision(
        sample.dossier((sample._youth(),), config=with_ground(ask="Vraag dit aan de politie."))
    )


def test_a_ground_is_read_in_the_language_of_the_answer_as_far_as_grounds_yaml_has_it() -> None:
    """Else in Dutch: a sentence that somebody chose is better than one that nobody did."""
    config = with_ground(languages={"en": Sentences("Data of somebody else", "This is about somebody else.")})
    english = sample.dossier(config=config, language="en")
    said = {each.ground.code: each.ground.sentence for each in english.withheld}
    assert said["A1"] == "This is about somebody else." and said["E1"] == sample.GROUNDS["E1"].sentence
    with living(english.house):
        assert "This is about somebody else." in decision(english)
    assert {w.ground.sentence for w in sample.dossier(config=config).withheld} <= {g.sentence for g in sample.GROUNDS.values()}


def test_how_long_we_keep_the_request_itself_is_told() -> None:
    """In the letter and in the dossier, from organisation.yaml."""
    config = replace(sample.config(), organisation=replace(sample.ORGANISATION, dossier_retention="P3Y6M"))
    made = sample.dossier(config=config)
    told = "Wij bewaren uw verzoek en ons antwoord 3 jaar en 6 maanden. Daarna wissen wij ze."
    assert told in decision(made) and told in "\n".join(pages(book(made)[0]))

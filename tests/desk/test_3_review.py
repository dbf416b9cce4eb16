"""Review: what is withheld is marked, decided, pointed at and taken back; two people judge, and a change asks them again."""

from __future__ import annotations

import re
import time

import orjson
import pandas as pd
import pytest

from config.collection import Collection, Column, Kind, Match, Party
from config.redacted import Action, Redacted, RedactedCollection, ReviewItem, Span, TextRead
from config.request import Status
from desk.book import Book, Unit
from desk.pages import deciding, review
from desk.reading import Overlay, fields_of
from flows import pointed, readiness, steps
from redaction.review import Place
from tests.desk.conftest import Desk, ready

NAME = "Kanariegeel"


def contact(book: Book) -> Unit:
    """The unit of the contact note, which names her mother."""
    return next(u for u in book.units if u.source == "hulp" and "contact" in book.collected[u.collection].entity)


def item_of(book: Book, words: str) -> str:
    """The id of the first withheld stretch with these words."""
    return next(i for place, read in book.texts.items() for s in read.spans
                if words in book.text(place)[s.start:s.end] and s.action is not Action.KEEP and (i := place.item(s.start, s.end)))  # fmt: skip


def test_every_record_and_document_is_on_the_list(desk: Desk, book: Book, number: str) -> None:
    """As many as were collected."""
    assert len(book.units) == sum(len(c.rows) + len(c.documents) for c in book.collected) > 3
    page = desk.as_("anna").get(f"/verzoeken/{number}/beoordelen?toon=alles").text
    assert all(f"/beoordelen/{u.key}" in page for u in book.units)


def test_a_withheld_stretch_is_marked_with_its_ground_and_previewed_by_the_very_renderer(desk: Desk, book: Book, number: str) -> None:
    """The preview is what stands in the dossier."""
    unit, rik = contact(book), desk.as_("rik")
    work = rik.get(f"/verzoeken/{number}/beoordelen/{unit.key}").text
    assert re.search(r'<mark class="mark mark--withheld"[^>]*>.*?Wilhelmina.*?<span class="ground">A1</span>', work, re.DOTALL)
    seen = rik.get(f"/verzoeken/{number}/beoordelen/{unit.key}?beeld=inwoner").text
    assert "Wilhelmina" not in seen.split('id="beslissen"')[0]
    fields = fields_of(book, unit, Overlay({}, {}))
    printed = book.redacted.collections[unit.collection].rows.iloc[unit.row or 0]
    assert [f.preview for f in fields if f.place == "NOTITIE"] == [printed["NOTITIE"]]


def test_a_decision_shows_at_once_and_can_be_taken_back(desk: Desk, book: Book, number: str) -> None:
    """The draft is behind until it is made anew, and then holds it."""
    anna, unit, item = desk.as_("anna"), contact(book), item_of(book, "48151623")
    here = f"/verzoeken/{number}/beoordelen/{unit.key}"
    anna.post(f"{here}/beslis", {"item": item, "decision": "show", "seen": "open"})
    assert "mark--shown" in anna.get(here).text
    assert "stale" in {o.kind for o in readiness.obstacles(desk.work, number)}
    steps.redact(desk.work, number)
    steps.draft(desk.work, number, "anna")
    assert b"48151623" in desk.work.vault.get(number, "draft/dossier.json")
    anna.post(f"{here}/beslis", {"item": item, "decision": "undo", "seen": "show//anna"})
    steps.redact(desk.work, number)
    steps.draft(desk.work, number, "anna")
    assert b"48151623" not in desk.work.vault.get(number, "draft/dossier.json")


def test_without_script_a_decision_is_a_form_and_with_it_the_page_in_place(desk: Desk, book: Book, number: str) -> None:
    """A redirect, or the page anew."""
    anna, unit, item = desk.as_("anna"), contact(book), item_of(book, "48151623")
    here = f"/verzoeken/{number}/beoordelen/{unit.key}/beslis"
    told = {"item": item, "decision": "withhold", "ground": "B1", "seen": "open"}
    assert 'id="werk"' in anna.post(here, told, 200, headers={"hx-request": "true"}).text
    anna.post(here, {"item": item, "decision": "undo", "seen": "withhold/B1/anna"})


def test_the_same_everywhere_decides_every_place_with_that_wording(desk: Desk, book: Book, number: str) -> None:
    """In notes and letters alike; the form tells how many there are."""
    anna, unit, item = desk.as_("anna"), contact(book), item_of(book, "48151623")
    same = book.same[book.wording[item]]
    assert len(same) == 2
    anna.post(f"/verzoeken/{number}/beoordelen/{unit.key}/beslis", {"item": item, "decision": "show", "everywhere": "yes", "seen": "open"})
    assert {d.item for d in desk.work.register.decisions(number)} == set(same)
    (kept,) = pointed.wordings(desk.work, number)
    assert (kept.decision, kept.by) == ("show", "anna")
    seen = deciding.stamp(next(d for d in desk.work.register.decisions(number) if d.item == item))
    anna.post(f"/verzoeken/{number}/beoordelen/{unit.key}/beslis", {"item": item, "decision": "undo", "everywhere": "yes", "seen": seen})
    assert (desk.work.register.decisions(number), pointed.wordings(desk.work, number)) == ((), ())


def test_two_colleagues_at_once_on_one_item_lose_nothing(desk: Desk, book: Book, number: str) -> None:
    """Who comes second is told, and sees what the first decided."""
    unit, item = contact(book), item_of(book, "48151623")
    here, told = f"/verzoeken/{number}/beoordelen/{unit.key}/beslis", {"item": item, "seen": "open"}
    desk.as_("anna").post(here, {**told, "decision": "withhold", "ground": "B1"})
    page = desk.as_("bob").post(here, {**told, "decision": "show"}, 409).text
    assert "Een collega was u voor" in page
    assert [(d.decision, d.by) for d in desk.work.register.decisions(number)] == [("withhold", "anna")]


@pytest.mark.parametrize("told", [{"item": "0" * 20}, {"decision": "erase"}, {"ground": "X0"}, {"ground": "ZZ"}, {"item": ""}])
def test_a_decision_about_nothing_or_on_no_ground_is_refused(desk: Desk, book: Book, number: str, told: dict[str, str]) -> None:
    """And nothing is kept."""
    unit, item = contact(book), item_of(book, "48151623")
    sent = {"item": item, "decision": "withhold", "ground": "A1", "seen": "open", **told}
    answered = desk.as_("anna").client
    anna = desk.as_("anna")
    answered = anna.client.post(
        f"/verzoeken/{number}/beoordelen/{unit.key}/beslis", data={"csrf": anna.csrf(), **sent}, follow_redirects=False
    )
    assert answered.status_code in {404, 409}
    assert desk.work.register.decisions(number) == ()


def test_any_words_can_be_withheld_by_pointing_at_them_and_given_back(desk: Desk, book: Book, number: str) -> None:
    """They are gone from every file of the next draft, and counted under their ground."""
    anna, unit = desk.as_("anna"), contact(book)
    here = f"/verzoeken/{number}/beoordelen/{unit.key}"
    anna.post(f"{here}/wijs-aan", {"place": "NOTITIE", "words": "Zij wil hulp in huis", "ground": "C1"})
    assert "mark--passage" in anna.get(here).text
    steps.redact(desk.work, number)
    assert any(r.ground == "C1" and r.decided_by == "anna" for c in _redacted(desk, number) for r in c.redactions)
    steps.draft(desk.work, number, "anna")
    assert b"hulp in huis" not in desk.work.vault.get(number, "draft/dossier.json")
    anna.post(f"{here}/wijs-af", {"place": "NOTITIE"})
    steps.redact(desk.work, number)
    steps.draft(desk.work, number, "anna")
    assert b"hulp in huis" in desk.work.vault.get(number, "draft/dossier.json")


def _redacted(desk: Desk, number: str) -> tuple[RedactedCollection, ...]:
    from config.codec import decode

    return decode(desk.work.vault.get(number, "redacted"), Redacted).collections


def test_a_whole_field_can_be_withheld(desk: Desk, book: Book, number: str) -> None:
    """A date that is no free text: the cell goes as one."""
    anna, unit = desk.as_("anna"), contact(book)
    anna.post(f"/verzoeken/{number}/beoordelen/{unit.key}/wijs-aan", {"place": "DATUM", "ground": "C1"})
    steps.redact(desk.work, number)
    steps.draft(desk.work, number, "anna")
    dossier = orjson.loads(desk.work.vault.get(number, "draft/dossier.json"))
    (notes,) = [c["rows"] for c in dossier["collections"] if c["entity"] == "contact"]
    assert [row.get("DATUM") for row in notes] == [None]


@pytest.mark.parametrize(
    "told", [{"place": "NOTITIE", "words": "staat hier niet"}, {"place": "NOTITIE", "words": " "}, {"place": "WEG", "words": "x"}]
)
def test_words_that_do_not_stand_there_cannot_be_pointed_at(desk: Desk, book: Book, number: str, told: dict[str, str]) -> None:
    """Refused; nothing changes."""
    desk.as_("anna").post(f"/verzoeken/{number}/beoordelen/{contact(book).key}/wijs-aan", told, 409)
    assert pointed.passages(desk.work, number) == ()


def test_a_person_who_is_added_is_found_everywhere_at_once(desk: Desk, book: Book, number: str) -> None:
    """The page tells in which records more is withheld."""
    from desk.book import SHELF

    anna, place = desk.as_("anna"), next(p for p in book.texts if p.column == "NOTITIE")
    assert "hulp" in book.text(place)
    page = anna.post(
        f"/verzoeken/{number}/personen", {"family": "Huis", "given": "Hulp", "role": "third", "relation": "buurvrouw"}, 200
    ).text
    assert "Wat dit verandert" in page
    assert [p.relation for p in pointed.people(desk.work, number)] == ["buurvrouw"]
    assert SHELF.book(desk.work, number).version != book.version
    anna.post(f"/verzoeken/{number}/personen", {"role": "third"}, 409)
    anna.post(f"/verzoeken/{number}/personen", {"family": "X", "role": "koning"}, 409)


def test_a_search_finds_words_and_stands_in_no_address(desk: Desk, number: str) -> None:
    """Sent as a form; also over several pages."""
    page = desk.as_("rik").post(f"/verzoeken/{number}/beoordelen", {"zoek": "wilhelmina"}, 200).text
    assert page.count("/beoordelen/") >= 2
    assert not re.search(r'href="[^"]*wilhelmina', page, re.IGNORECASE)
    assert "niets gevonden" in desk.as_("rik").post(f"/verzoeken/{number}/beoordelen", {"zoek": "xyzzy"}, 200).text


def test_a_comment_reaches_a_colleague_and_is_text_only(desk: Desk, book: Book, number: str) -> None:
    """A script in it is shown, not run."""
    unit = contact(book)
    for path in (f"/verzoeken/{number}/opmerking", f"/verzoeken/{number}/beoordelen/{unit.key}/opmerking"):
        desk.as_("rik").post(path, {"text": "<script>alert(1)</script>"})
    for path in (f"/verzoeken/{number}", f"/verzoeken/{number}/beoordelen/{unit.key}"):
        page = desk.as_("anna").get(path).text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script>alert" not in page


def test_every_look_at_content_is_in_the_trail(desk: Desk, book: Book, number: str) -> None:
    """List, record, file of the draft and the export, with who looked; a look at a list of numbers is none."""
    fg, before = desk.as_("fg"), len(desk.work.register.audit.entries(number))
    fg.get("/")
    fg.get(f"/verzoeken/{number}")
    assert len(desk.work.register.audit.entries(number)) == before
    for path in (f"beoordelen/{contact(book).key}", "beoordelen", "concept/dossier.pdf", "logboek", "logboek.csv"):
        fg.get(f"/verzoeken/{number}/{path}")
    told = [(e.actor, e.action) for e in desk.work.register.audit.entries(number)[before:]]
    assert told == [("fg", "content seen")] * 3 + [("fg", "trail seen"), ("fg", "trail exported")]


# Two verdicts.


def judge(desk: Desk, login: str, number: str, draft: str, status: int = 303, **told: str) -> str:
    """A verdict by the form of the page."""
    return desk.as_(login).post(f"/verzoeken/{number}/concept/oordeel", {"draft": draft, "verdict": "approve", **told}, status).text


def test_two_different_people_approve_the_very_draft(desk: Desk, number: str) -> None:
    """One twice is one; a handler is none; the third finds it approved."""
    draft = ready(desk.work, number)
    judge(desk, "rik", number, draft)
    judge(desk, "rik", number, draft, 409)
    judge(desk, "anna", number, draft, 403)
    assert desk.work.register.get(number).status is Status.REVIEW
    judge(desk, "roos", number, draft)
    assert desk.work.register.get(number).status is Status.APPROVED
    judge(desk, "beide", number, draft, 409)


def test_who_handled_a_request_may_not_judge_it_in_another_role(desk: Desk, book: Book, number: str) -> None:
    """A decision, a choice about a source, a person added: each makes it own work."""
    desk.as_("beide").post(f"/verzoeken/{number}/bronnen/kapot/besluit", {"choice": "without"})
    page = desk.as_("beide").get(f"/verzoeken/{number}/concept").text
    assert "Een collega beoordeelt het" in page
    assert "U hebt dit verzoek behandeld" in judge(desk, "beide", number, steps.draft_hash(desk.work, number), 409)


def test_a_verdict_is_bound_to_the_hash_of_what_was_shown(desk: Desk, number: str) -> None:
    """Another hash, or a change meanwhile, is refused; a change after an approval voids it."""
    draft = ready(desk.work, number)
    judge(desk, "rik", number, "0" * 64, 409)
    judge(desk, "rik", number, draft)
    desk.work.register.judging.reopen(number, "anna", "passage withheld", {"items": 1})
    assert desk.work.register.judging.verdicts(number) == {}
    judge(desk, "roos", number, draft)
    assert desk.work.register.get(number).status is Status.REVIEW


def test_nothing_can_be_approved_while_something_stands_in_the_way(desk: Desk, book: Book, number: str) -> None:
    """A source undecided; a decision that the draft does not know."""
    judge(desk, "rik", number, steps.draft_hash(desk.work, number), 409)
    draft = ready(desk.work, number)
    item = item_of(book, "48151623")
    desk.as_("anna").post(f"/verzoeken/{number}/beoordelen/{contact(book).key}/beslis", {"item": item, "decision": "show", "seen": "open"})
    judge(desk, "rik", number, draft, 409)


@pytest.mark.parametrize("login", ["roos", "anna"])
def test_the_first_verdict_is_hidden_from_who_has_yet_to_judge(desk: Desk, number: str, login: str) -> None:
    """Not on the page, not in the history, not in the trail or its export; the officer and its author see it."""
    draft = ready(desk.work, number)
    judge(desk, "rik", number, draft, verdict="object", reason="Bladzijde twee noemt haar moeder")
    for path in ("/concept", "", "/logboek", "/logboek.csv"):
        page = desk.as_(login).get(f"/verzoeken/{number}{path}").text
        assert (
            "Bladzijde twee" not in page
            and "bezwaar tegen" not in page
            and "objected" not in page
            and "rik" not in page.lower().replace("afrika", "")
        )
    assert "objected" in desk.as_("fg").get(f"/verzoeken/{number}/logboek.csv").text
    assert "bezwaar tegen" in desk.as_("rik").get(f"/verzoeken/{number}/logboek").text


def test_two_who_do_not_agree_send_it_back_with_the_reason(desk: Desk, number: str) -> None:
    """Then everybody may read it, and both judge again."""
    draft = ready(desk.work, number)
    judge(desk, "rik", number, draft, verdict="object", reason="Bladzijde twee noemt haar moeder")
    judge(desk, "roos", number, draft)
    assert (desk.work.register.get(number).status, desk.work.register.judging.verdicts(number)) == (Status.REVIEW, {})
    assert "Bladzijde twee noemt haar moeder" in desk.as_("anna").get(f"/verzoeken/{number}/concept").text
    judge(desk, "rik", number, draft)
    judge(desk, "roos", number, draft)
    assert desk.work.register.get(number).status is Status.APPROVED


def test_an_objection_needs_a_reason(desk: Desk, number: str) -> None:
    """Else the handler would not know what to mend."""
    judge(desk, "rik", number, ready(desk.work, number), 409, verdict="object", reason=" ")


def test_a_draft_is_made_anew_while_the_page_tells_so(desk: Desk, number: str) -> None:
    """By one at a time."""
    anna = desk.as_("anna")
    anna.post(f"/verzoeken/{number}/concept/opnieuw")
    end = time.monotonic() + 60
    while desk.work.register.audit.entries(number)[-1].action != "lease given back" and time.monotonic() < end:
        time.sleep(0.2)
    assert "draft failed" not in [e.action for e in desk.work.register.audit.entries(number)]
    desk.work.register.lease(number, "een-loop", 60)
    anna.post(f"/verzoeken/{number}/concept/opnieuw", {}, 409)


# Five thousand.


def big(count: int) -> Book:
    """A book of so many records, each with a doubt."""
    columns = (Column("TEKST", "Tekst", Kind.TEXT, Party.MIXED),)
    rows = pd.DataFrame({"TEKST": pd.Series([f"Regel {i}: de buurman Karel belde." for i in range(count)], dtype=object)})
    became = pd.DataFrame({"TEKST": pd.Series([1] * count, dtype="int8")})
    at = rows["TEKST"].str.index("Karel").tolist()
    places = [Place("bron", "ding", i, "TEKST") for i in range(count)]
    spans = [Span(s, s + 5, "name", Party.THIRD, Action.REVIEW, "A1", "[buurman]", 0.5, "name") for s in at]
    texts = {p: TextRead(p.source, p.entity, p.row, p.column, "", None, (span,)) for p, span in zip(places, spans, strict=True)}
    items = tuple(
        ReviewItem(p.item(s.start, s.end), "bron", "ding", p.row, "TEKST", "", None, s.start, s.end, "A1", "", "name", 0.5)
        for p, s in zip(places, spans, strict=True)
    )
    collected = Collection("bron", "ding", "Dingen", "parkeren", columns, rows, tuple(Match(1.0, "BSN") for _ in range(count)))
    redacted = RedactedCollection("bron", "ding", "Dingen", "parkeren", columns, rows, became)
    return Book("v", (collected,), Redacted((redacted,), items), texts, {i.id: i for i in items})


def test_five_thousand_items_are_paged_and_a_page_costs_no_more_than_a_small_one() -> None:
    """A page of fifty and one record are made without walking the rest: counted in stretches read, not by a clock."""
    book = big(5000)
    assert len(book.units) == 5000
    assert len(review._filtered(book, {}, review.Filter())) == 5000
    assert [len(f.stretches) for f in fields_of(book, book.units[4321], Overlay({}, {}))] == [3]
    assert len(review._filtered(book, {}, review.Filter("alles", search="regel 4321:"))) == 1
    assert len(book.same["karel"]) == 5000

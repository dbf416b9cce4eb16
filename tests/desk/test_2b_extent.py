"""A request for some activities, or for some years: it reaches as far as was asked, and the dossier says how far that is."""

from __future__ import annotations

from datetime import date

import orjson

from cases.intake import Extent
from config.redacted import Decision
from flows import carried, steps
from flows.workplace import Workplace
from tests.desk.conftest import RECEIVED, Desk, read_pdf
from tests.flows.conftest import OTHER_BSN


def asked(work: Workplace, bsn: str = OTHER_BSN, **extent: object) -> str:
    """The number of a request that reaches so far, whose draft lies in review."""
    number = work.register.new(bsn, RECEIVED, identity_checked_by="anna", actor="anna", **extent).number  # type: ignore[arg-type]
    steps.begin(work, number, "inzage")
    run(work, number)
    return number


def run(work: Workplace, number: str) -> None:
    for leg in steps.legs(work, number):
        steps.ask(work, number, leg)
        steps.gather(work, number)
    steps.redact(work, number)
    steps.draft(work, number, "inzage")


def told(work: Workplace, number: str) -> tuple[dict[str, str], str]:
    """The message of each source, and the text of the decision."""
    letter = read_pdf(work.vault.get(number, "draft/besluit.pdf"))
    return {c.source: f"{c.status}: {c.message}" for c in steps.coverage(work, number)}, letter


def test_a_request_for_one_activity_asks_that_and_what_tells_who_it_is(work: Workplace) -> None:
    """The client card says who asks and is no part of the answer; the archive is not asked at all, and has not failed."""
    number = asked(work, scope=("parkeren",))
    assert [(leg.source, leg.entities) for leg in steps.legs(work, number)] == [("hulp", ("client",)), ("passen", ("passen",))]
    said, letter = told(work, number)
    assert said["passen"] == "found: Wij hebben dit hele systeem doorzocht en vonden 1 gegevenskaart."
    assert said["hulp"].startswith("none: ") and "gebruikten wij alleen om uw gegevens te vinden" in said["hulp"]
    assert "U vroeg niet naar wat in dit systeem staat" in said["archief"]
    assert "U vroeg alleen naar: Parkeren" in letter and "niet gevraagd" in letter
    assert "ons antwoord nog niet compleet" not in letter
    dossier = orjson.loads(work.vault.get(number, "draft/dossier.json"))
    assert {c["source"] for c in dossier["collections"]} == {"passen"}
    assert {a.source for a in steps.accounted(work, number)} == {"passen"}


def test_a_request_for_some_years_leaves_out_what_says_it_was_another_time(work: Workplace) -> None:
    """Counted and said in the coverage; what bears no date stays."""
    number = asked(work, since=date(2010, 1, 1), until=date(2020, 12, 31))
    said, letter = told(work, number)
    assert "1 gegevenskaart van buiten de periode die u noemde" in said["hulp"]
    assert "van 1 januari 2010 tot en met 31 december 2020" in letter and "zonder begindatum of einddatum" not in letter
    dossier = orjson.loads(work.vault.get(number, "draft/dossier.json"))
    assert [len(c["rows"]) for c in dossier["collections"] if (c["source"], c["entity"]) == ("hulp", "contact")] == [0]
    assert (dossier["request"]["since"], dossier["request"]["until"]) == ("2010-01-01", "2020-12-31")
    assert "tot en met 31 december 2020" in read_pdf(work.vault.get(number, "draft/dossier.pdf"))


def test_who_asks_more_later_makes_the_draft_stale(desk: Desk) -> None:
    """A second request widens the first, and what was drafted before does not know of it."""
    number = asked(desk.work, scope=("parkeren",))
    assert not steps.is_stale(desk.work, number)
    desk.work.register.handling.add_duplicate(number, RECEIVED, "letter", Extent(), "anna")
    assert steps.is_stale(desk.work, number)
    assert {leg.source for leg in steps.legs(desk.work, number)} == {"hulp", "passen", "archief", "kapot"}


def test_a_decision_never_counts_for_other_words_than_somebody_saw(work: Workplace) -> None:
    """A source that answers anew with another row in the same place: what was decided of the first is void, and told so."""
    number = asked(work)
    read = work.vault.get(number, "texts")
    texts = steps.decode(read, tuple[steps.TextRead, ...])
    note = next(t for t in texts if t.column == "NOTITIE" and t.spans)
    item = carried.Place(note.source, note.entity, note.row, note.column).item(note.spans[0].start, note.spans[0].end)
    work.register.decide(number, [Decision(item, "show", "", "anna")], "anna")
    steps.redact(work, number)
    assert [d.item for d in work.register.decisions(number)] == [item], "the same words: it stands"
    leg = next(leg for leg in steps.legs(work, number) if leg.source == "hulp")
    answer = steps.decode(work.vault.get(number, steps.answer_name(leg)), steps.Answer)
    contact = next(c for c in answer.collections if c.entity == "contact")
    contact.rows.loc[0, "NOTITIE"] = "Mevrouw Andersom belt."
    work.vault.put(number, steps.answer_name(leg), steps.encode(answer))
    steps.redact(work, number)
    assert work.register.decisions(number) == ()
    assert [e.action for e in work.register.audit.entries(number)].count("decisions outdated") == 1

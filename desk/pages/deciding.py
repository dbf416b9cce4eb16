"""Deciding: show or withhold an item, the same everywhere, withhold what was pointed at, add a person; and taking it back."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from config.codec import encode
from config.collection import Kind
from config.errors import RequestError
from config.folding import fold
from config.person import KnownPerson, Name, Person, Role
from config.redacted import Decision, Passage, Wording
from config.request import Status
from desk.book import SHELF, Book, Unit
from desk.entering import DecideForm, MayDecide
from desk.pages.review import decisions_of, show_unit
from desk.showing import back, page
from desk.who import Posted, Who
from flows import pointed, steps
from flows.lease import held
from redaction.review import Place

router = APIRouter(include_in_schema=False)

CHANGED = "Een collega was u voor: hierover is intussen iets anders beslist. Kijk nog eens."


@router.post("/verzoeken/{number}/beoordelen/{key}/beslis")
def decide(request: Request, posted: DecideForm, number: str, key: str) -> Response:
    """Decide an item, or every item with the same wording; refused where a colleague decided it since the page was made."""
    who, item = posted.who, posted.text("item")
    who.request(number)
    book = SHELF.book(who.work, number)
    book.unit(key)
    if item not in book.place_of_item:
        raise RequestError("item", "there is none of this number", "Take it from the page")
    before = decisions_of(who, number)
    if posted.text("seen") != stamp(before.get(item)):
        return show_unit(request, who, number, key, status=409, wrong=CHANGED)
    items = book.same.get(book.wording.get(item, ""), (item,)) if posted.text("everywhere") else (item,)
    if posted.text("decision") == "undo":
        _everywhere(who, book, number, item, None)
        who.work.register.judging.undecide(number, items, who.login)
    else:
        ground = checked_ground(who, posted.text("ground"))
        if posted.text("everywhere"):
            _everywhere(who, book, number, item, Decision(item, posted.text("decision"), ground, who.login))
        decided = [Decision(one, posted.text("decision"), ground, who.login) for one in items]
        who.work.register.decide(number, decided, who.login)
    return _on(request, who, number, key, posted)


def _everywhere(who: Who, book: Book, number: str, item: str, decision: Decision | None) -> None:
    """Keep for the rest of the request what was decided of these words, so that it holds where they turn up later; None takes it back."""
    place = book.place_of_item[item]
    read = book.texts.get(place)
    span = next((s for s in read.spans if place.item(s.start, s.end) == item), None) if read else None
    if span is None:
        return
    words = fold(book.text(place)[span.start : span.end])
    for name in (name for name in who.work.vault.names(number) if name.startswith("wordings/")):
        kept = pointed.wording(who.work, number, name)
        if kept is not None and (kept.words, kept.category, kept.party) == (words, span.category, span.party):
            who.work.vault.put(number, name, encode(None), who.login)
    if decision is not None:
        told = Wording(words, span.category, span.party, decision.decision, decision.ground, decision.by)
        who.work.vault.put(number, f"wordings/{item}", encode(told), who.login)


def _on(request: Request, who: Who, number: str, key: str, posted: Posted) -> Response:
    """The page anew: in place for htmx, by a redirect without it."""
    if request.headers.get("hx-request") == "true":
        return show_unit(request, who, number, key)
    anchor = posted.text("anchor")
    return back(f"/verzoeken/{number}/beoordelen/{key}", f"decided#{anchor}" if anchor.isalnum() else "decided")


def stamp(decision: Decision | None) -> str:
    """What a page remembers of a decision, to find that it changed since."""
    return f"{decision.decision}/{decision.ground}/{decision.by}" if decision else "open"


def checked_ground(who: Who, ground: str) -> str:
    """A ground that may be used, or "" for that of the rule; RequestError for another."""
    known = {code for code, g in who.work.config.grounds.items() if g.standing == "law"}
    if ground and ground not in known:
        raise RequestError("ground", "may not be used", "Choose one of the list")
    return ground


@router.post("/verzoeken/{number}/beoordelen/{key}/wijs-aan")
def point(request: Request, posted: DecideForm, number: str, key: str) -> Response:
    """Withhold a stretch that somebody selected or typed, or a whole cell."""
    who = posted.who
    who.request(number)
    book = SHELF.book(who.work, number)
    unit = book.unit(key)
    for passage in _passages(who, book, unit, posted):
        _keep(who, number, passage, passage)
    return _on(request, who, number, key, posted)


@router.post("/verzoeken/{number}/beoordelen/{key}/wijs-af")
def unpoint(request: Request, posted: DecideForm, number: str, key: str) -> Response:
    """Take back every stretch that was pointed at in one field."""
    who = posted.who
    who.request(number)
    book = SHELF.book(who.work, number)
    place = _place(book, book.unit(key), posted.text("place"))
    for passage in pointed.passages(who.work, number):
        if (passage.source, passage.entity, passage.row, passage.column, passage.document, passage.page) == _told(place):
            _keep(who, number, passage, None)
    return _on(request, who, number, key, posted)


def _told(place: Place) -> tuple[Any, ...]:
    return place.source, place.entity, place.row, place.column, place.document, place.page


def _keep(who: Who, number: str, passage: Passage, value: Passage | None) -> None:
    action = "passage withheld" if value else "undecided"
    who.work.register.judging.reopen(number, who.login, action, {"source": passage.source, "entity": passage.entity})
    who.work.vault.put(number, pointed.passage_name(passage), encode(value), who.login)


def _place(book: Book, unit: Unit, name: str) -> Place:
    collection = book.collected[unit.collection]
    if unit.document is not None:
        document = collection.documents[unit.document]
        if name not in map(str, range(1, len(document.pages) + 1)):
            raise RequestError("passage", "names no page", "Select it on the page")
        return Place(collection.source, collection.entity, None, "", document.id, int(name))
    if name not in {column.name for column in collection.columns}:
        raise RequestError("passage", "names no field", "Select it on the page")
    return Place(collection.source, collection.entity, unit.row, name)


def _passages(who: Who, book: Book, unit: Unit, posted: Posted) -> list[Passage]:
    """What was pointed at: every place in the field where the words stand, or the one that was selected, or the whole cell."""
    place, ground = _place(book, unit, posted.text("place")), checked_ground(who, posted.text("ground")) or "A1"
    text, words, start = book.text(place), posted.form.get("words", ""), posted.number("start", -1)
    words = words.strip() if isinstance(words, str) else ""
    column = next((c for c in book.collected[unit.collection].columns if c.name == place.column), None)
    base = Passage(place.source, place.entity, place.row, place.column, place.document, place.page, None, None, ground, who.login)
    if column is not None and (column.kind is not Kind.TEXT or place not in book.texts):
        return [base]
    if not words:
        raise RequestError("passage", "has no words", "Select or type what must be withheld")
    if start >= 0 and text[start : start + len(words)] == words:
        return [replace(base, start=start, end=start + len(words))]
    found = [at for at in range(len(text)) if text.startswith(words, at)]
    if not found:
        raise RequestError("passage", "does not stand in this field", "Select it on the page")
    return [replace(base, start=at, end=at + len(words)) for at in found]


# Somebody who was not known.


@router.get("/verzoeken/{number}/personen")
def people(request: Request, who: MayDecide, number: str) -> Response:
    """Whom the desk added, and the form to add another."""
    return _people(request, who, number)


def _people(request: Request, who: Who, number: str, effect: Any = None) -> Response:
    found = who.request(number)
    SHELF.book(who.work, number)
    who.seen(number, "people")
    added = pointed.people(who.work, number)
    return page(request, "people.html.j2", who, verzoek=found, added=added, effect=effect, roles=list(Role))


@router.post("/verzoeken/{number}/personen")
def add(request: Request, posted: DecideForm, number: str) -> Response:
    """Make a person known, redact everything anew, and show what that changed."""
    who = posted.who
    if who.request(number).status not in {Status.REVIEW, Status.APPROVED}:
        raise RequestError(number, "has no draft to change", "Run it first")
    person = KnownPerson(_person(posted), _role(posted), posted.text("relation")[:60], "privacydesk")
    before = _counts(SHELF.book(who.work, number))
    with held(who.work.register, number):
        who.work.register.judging.reopen(number, who.login, "person added", {"role": str(person.role)})
        who.work.vault.put(number, f"people/{uuid.uuid4().hex}", encode(person), who.login)
        steps.redact(who.work, number)
    book = SHELF.book(who.work, number)
    after = _counts(book)
    changed = [(book.unit(key), count - before.get(key, 0)) for key, count in after.items() if count > before.get(key, 0)]
    return _people(request, who, number, changed)


def _counts(book: Book) -> dict[str, int]:
    return {unit.key: unit.withheld + len(unit.items) for unit in book.units}


def _person(posted: Posted) -> Person:
    name = Name(
        given=posted.text("given")[:100], initials=posted.text("initials")[:20], prefix=posted.text("prefix")[:20],
        family=posted.text("family")[:100],
    )  # fmt: skip
    if not name.family and not name.given:
        raise RequestError("person", "needs a family name or a given name", "Fill in one of the two")
    emails, phones = (tuple(filter(None, [posted.text(what)[:100]])) for what in ("emails", "phones"))
    gender = posted.text("gender") if posted.text("gender") in {"f", "m", "x"} else ""
    return Person(names=(name,), gender=gender, emails=emails, phones=phones)


def _role(posted: Posted) -> Role:
    try:
        return Role(posted.text("role"))
    except ValueError:
        raise RequestError("person", "needs a role", "Choose one of the list") from None

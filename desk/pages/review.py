"""Review: the list of records and documents, and one of them with every withheld stretch marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from cases.roles import Right
from config.folding import fold
from config.redacted import Decision
from config.request import Status
from desk.book import SHELF, Book, Unit
from desk.entering import CommentForm, SearchForm, SeesContent
from desk.reading import Overlay, fields_of
from desk.showing import back, page
from desk.who import Who
from flows import pointed, steps
from redaction.review import by_place

router = APIRouter(include_in_schema=False)

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """Which units the list shows; what is searched for is never in an address."""

    show: str = "twijfel"
    source: str = ""
    order: str = "bron"
    page: int = 1
    search: str = ""


def open_items(unit: Unit, decided: dict[str, Decision]) -> int:
    """How many doubts of a unit nobody decided yet."""
    return sum(1 for item in unit.items if item not in decided)


def decisions_of(who: Who, number: str) -> dict[str, Decision]:
    """What was decided so far, by item."""
    return {decision.item: decision for decision in who.work.register.decisions(number)}


def overlay_of(who: Who, number: str) -> Overlay:
    """What was decided and pointed at, the latest included."""
    return Overlay(decisions_of(who, number), by_place(pointed.passages(who.work, number)))


@router.get("/verzoeken/{number}/beoordelen")
def listed(
    request: Request, who: SeesContent, number: str, toon: str = "twijfel", bron: str = "", volgorde: str = "bron", blad: int = 1
) -> Response:
    """The list, filtered and paged."""
    return _list(request, who, number, Filter(toon, bron, volgorde, blad))


@router.post("/verzoeken/{number}/beoordelen")
def searched(request: Request, posted: SearchForm, number: str) -> Response:
    """The list, of what holds certain words: sent as a form, so that they stand in no address and no log."""
    wanted = Filter("alles", posted.text("bron"), "bron", posted.number("blad", 1), posted.text("zoek")[:200])
    return _list(request, posted.who, number, wanted)


def _list(request: Request, who: Who, number: str, wanted: Filter) -> Response:
    found = who.request(number)
    book, decided = SHELF.book(who.work, number), decisions_of(who, number)
    who.seen(number, "list")
    units = _filtered(book, decided, wanted)
    last = max(1, -(-len(units) // A_PAGE))
    at = min(max(wanted.page, 1), last)
    shown = [(unit, open_items(unit, decided)) for unit in units[(at - 1) * A_PAGE : at * A_PAGE]]
    return page(
        request, "review.html.j2", who, verzoek=found, wanted=wanted, rows=shown, at=at, last=last, count=len(units),
        sources=[(s.name, s.title) for s in who.work.config.sources if s.name in {u.source for u in book.units}],
        titles={s.name: s.title for s in who.work.config.sources}, **progress(who, number, book, decided),
    )  # fmt: skip


def progress(who: Who, number: str, book: Book, decided: dict[str, Decision]) -> dict[str, Any]:
    """How far the review is: doubts decided and open, and whether the draft knows of it all."""
    every = {item for unit in book.units for item in unit.items}
    return {
        "doubts": len(every),
        "left": len(every - decided.keys()),
        "units": len(book.units),
        "stale": steps.is_stale(who.work, number),
        "busy": who.work.register.busy(number),
    }


def _filtered(book: Book, decided: dict[str, Decision], wanted: Filter) -> list[Unit]:
    units = [u for u in book.units if wanted.source in ("", u.source)]
    match wanted.show:
        case "twijfel":
            units = [u for u in units if open_items(u, decided)]
        case "weggelaten":
            units = [u for u in units if u.withheld or u.items]
        case _:
            pass
    if wanted.search:
        words = fold(wanted.search)
        units = [u for u in units if words in book.words(u)]
    return sorted(units, key=lambda u: (-u.doubt, u.key)) if wanted.order == "twijfel" else units


@router.get("/verzoeken/{number}/beoordelen/{key}")
def one(request: Request, who: SeesContent, number: str, key: str, beeld: str = "werk") -> Response:
    """One record or document; told in the trail."""
    return show_unit(request, who, number, key, view=beeld)


def show_unit(request: Request, who: Who, number: str, key: str, view: str = "werk", status: int = 200, wrong: str = "") -> Response:
    """The page of one unit, also after something in it was decided."""
    found = who.request(number)
    book = SHELF.book(who.work, number)
    unit, overlay = book.unit(key), overlay_of(who, number)
    who.seen(number, key)
    collection, position = book.collected[unit.collection], book.by_key[key]
    fields = fields_of(book, unit, overlay)
    whole = [book.items[item] for item in unit.items if book.items[item].start is None]
    return page(
        request, "unit.html.j2", who, status, verzoek=found, unit=unit, fields=fields, view=view, wrong=wrong,
        title=unit.title, source=who.work.config.source(unit.source).title, match=_match(collection, unit), whole=whole,
        labels={column.name: column.label for column in collection.columns},
        decided=overlay.decisions, before=_neighbour(book, position - 1), after=_neighbour(book, position + 1),
        next_doubt=_next_doubt(book, position, overlay), comments=who.work.register.handling.comments(number, key),
        grounds=[g for g in who.work.config.grounds.values() if g.standing == "law"],
        legend=who.work.config.grounds, decides=who.may(Right.DECIDE) and found.status in {Status.REVIEW, Status.APPROVED},
        **progress(who, number, book, dict(overlay.decisions)),
    )  # fmt: skip


def _match(collection: Any, unit: Unit) -> Any:
    return collection.matches[unit.row] if unit.row is not None else collection.documents[unit.document].match


def _neighbour(book: Book, position: int) -> str:
    return book.units[position].key if 0 <= position < len(book.units) else ""


def _next_doubt(book: Book, position: int, overlay: Overlay) -> str:
    """The next unit with something undecided in it, from the first again where the list ends."""
    decided = dict(overlay.decisions)
    after = (*book.units[position + 1 :], *book.units[:position])
    return next((unit.key for unit in after if open_items(unit, decided)), "")


@router.post("/verzoeken/{number}/beoordelen/{key}/opmerking")
def comment(posted: CommentForm, number: str, key: str) -> Response:
    """Write to a colleague about one record."""
    posted.who.request(number)
    SHELF.book(posted.who.work, number).unit(key)
    posted.who.work.register.handling.comment(number, key, posted.text("text"), posted.who.login)
    return back(f"/verzoeken/{number}/beoordelen/{key}", "commented")

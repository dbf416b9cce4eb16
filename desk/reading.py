"""One record or document as the review page shows it: fields, each a row of stretches, with what was decided laid over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from config.collection import Column, Kind
from config.discretion import discreet
from config.redacted import Action, Decision, Disposition, Passage, Span
from desk.book import Book, Unit
from redaction import TextRedactor
from redaction.review import Place, pointed_at


@discreet
@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text. `state`: plain, doubt, withheld, shown (by a person), passage (pointed at) or cell (withheld whole)."""

    text: str
    state: str = "plain"
    item: str = ""
    ground: str = ""
    label: str = ""
    category: str = ""
    party: str = ""
    by: str = ""
    start: int = 0
    count: int = 1  # how often the same stands in this request


@discreet
@dataclass(frozen=True, slots=True)
class Field:
    """One cell or page: its name, its stretches, and how the resident will see it."""

    label: str
    place: str  # the name of the column, or the number of the page
    stretches: tuple[Stretch, ...]
    preview: str
    base: int = 0


@dataclass(frozen=True, slots=True)
class Overlay:
    """What people decided since the draft was made: by item, and the passages by place."""

    decisions: Mapping[str, Decision]
    passages: Mapping[Place, Sequence[Passage]]


def fields_of(book: Book, unit: Unit, overlay: Overlay) -> tuple[Field, ...]:
    """The fields of one unit."""
    if unit.document is not None:
        return tuple(_pages(book, unit, overlay))
    return tuple(_cells(book, unit, overlay))


def _pages(book: Book, unit: Unit, overlay: Overlay) -> Iterator[Field]:
    collection = book.collected[unit.collection]
    document = collection.documents[unit.document or 0]
    for number, page in enumerate(document.pages, 1):
        place = Place(collection.source, collection.entity, None, "", document.id, number)
        if place in book.texts:
            yield _text(book, place, f"Bladzijde {number}", str(number), page, overlay)
        else:  # withheld whole: nothing of it was read span by span
            redacted = _document_ground(book, unit)
            yield Field(f"Bladzijde {number}", str(number), (Stretch(page, "cell", ground=redacted),), f"[{redacted}]")


def _document_ground(book: Book, unit: Unit) -> str:
    return book.redacted.collections[unit.collection].documents[unit.document or 0].ground


def _cells(book: Book, unit: Unit, overlay: Overlay) -> Iterator[Field]:
    collection, redacted, row = book.collected[unit.collection], book.redacted.collections[unit.collection], unit.row or 0
    grounds = _grounds(book, unit)
    for position, column in enumerate(collection.columns):
        value = collection.rows.iat[row, position]
        place = Place(collection.source, collection.entity, row, column.name)
        if value is None or column.withhold:
            yield Field(column.label or column.name, column.name, (_empty(column, grounds),), "" if value is None else "[weggelaten]")
        elif place in book.texts:
            yield _text(book, place, column.label, column.name, str(value), overlay)
        else:
            whole = overlay.passages.get(place, ())
            became = Disposition(int(redacted.dispositions.to_numpy()[row, position]))
            yield _cell(column, value, became, redacted.rows.iat[row, position], grounds, whole)


def _empty(column: Column, grounds: Mapping[str, str]) -> Stretch:
    if not column.withhold:
        return Stretch("")
    return Stretch("wordt nooit getoond", "cell", ground=grounds.get(column.name, ""), category=column.withhold)


def _grounds(book: Book, unit: Unit) -> dict[str, str]:
    """The ground by column of what is withheld in this row, of its own or for the whole column or row ("")."""
    found: dict[str, str] = {}
    for r in book.redacted.collections[unit.collection].redactions:
        if not r.document and r.row in {None, unit.row}:
            found[r.column] = r.ground
    return found


def _cell(column: Column, value: Any, became: Disposition, printed: Any, grounds: Mapping[str, str], whole: Sequence[Passage]) -> Field:
    ground = grounds.get(column.name) or grounds.get("", "")
    if whole:
        stretch = Stretch(str(value), "passage", ground=whole[0].ground, by=whole[0].by, label="[weggelaten]")
        return Field(column.label, column.name, (stretch,), "[weggelaten]")
    if became is Disposition.DISCLOSED:
        return Field(column.label, column.name, (Stretch(str(value)),), str(value))
    label = str(printed) if printed is not None else "[weggelaten]"
    stretch = Stretch(str(value), "cell", ground=ground, label=label, category=str(column.kind), party=str(column.party))
    return Field(column.label or column.name, column.name, (stretch,), label)


def _text(book: Book, place: Place, label: str, name: str, text: str, overlay: Overlay) -> Field:
    spans = _decided(book, place, overlay)
    deciders = [_by(place, span, overlay) for span in spans if span.action is not Action.KEEP]
    laid, by = pointed_at(len(text), spans, deciders, overlay.passages.get(place, ()))
    preview = TextRedactor.render(text, laid).text
    return Field(label or name, name, tuple(_stretches(book, place, text, laid, by, overlay)), preview)


def _decided(book: Book, place: Place, overlay: Overlay) -> list[Span]:
    """The spans of a text as they are after what was decided since; what was pointed at is laid over them afterwards."""
    made = []
    for span in book.texts[place].spans:
        decision = overlay.decisions.get(place.item(span.start, span.end))
        if span.category == "passage":
            continue
        if decision is not None and decision.decision == "show":
            made.append(Span(span.start, span.end, span.category, span.party, Action.KEEP, "", "", span.confidence, span.detector))
        elif decision is not None:
            ground, mark = decision.ground or span.ground or "A1", span.label or "[weggelaten]"
            made.append(Span(span.start, span.end, span.category, span.party, Action.REDACT, ground, mark, span.confidence, span.detector))
        else:
            made.append(span)
    return made


def _by(place: Place, span: Span, overlay: Overlay) -> str:
    decision = overlay.decisions.get(place.item(span.start, span.end))
    return decision.by if decision else ""


def _stretches(book: Book, place: Place, text: str, spans: Sequence[Span], by: Sequence[str], overlay: Overlay) -> Iterator[Stretch]:
    at, deciders = 0, iter(by)
    for span in spans:
        if span.start > at:
            yield Stretch(text[at : span.start], start=at)
        at = span.end
        yield _stretch(book, place, text, span, "" if span.action is Action.KEEP else next(deciders), overlay)
    if at < len(text) or not text:
        yield Stretch(text[at:], start=at)


def _stretch(book: Book, place: Place, text: str, span: Span, by: str, overlay: Overlay) -> Stretch:
    item = place.item(span.start, span.end)
    decision = overlay.decisions.get(item)
    state = {Action.REDACT: "withheld", Action.REVIEW: "doubt", Action.KEEP: "shown" if decision else "plain"}[span.action]
    if span.category == "passage":
        state, item = "passage", ""
    if state == "plain":  # the subject's own: who must withhold it all the same points at it
        item = ""
    count = len(book.same.get(book.wording.get(item, ""), ())) if item else 1
    who = by or (decision.by if decision else "")
    return Stretch(
        text[span.start : span.end], state, item, span.ground, span.label, span.category, str(span.party), who, span.start, max(count, 1)
    )


def is_text(column: Column) -> bool:
    """Whether parts of a cell of this column can be pointed at, and not only the whole."""
    return column.kind is Kind.TEXT

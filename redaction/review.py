"""What a person must decide, and what they decided: items by place, so that they are the same in every run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from config.collection import Party
from config.errors import RequestError
from config.folding import fold
from config.redacted import Action, Decision, Listener, Passage, ReviewItem, Span, TextRead, Wording
from redaction.lexicon import lexicon

SENTENCE = 160
"""So many characters on either side of a doubtful stretch are shown to the desk, at most."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the collected something stands."""

    source: str
    entity: str
    row: int | None = None
    column: str = ""
    document: str = ""
    page: int | None = None

    def item(self, start: int | None = None, end: int | None = None) -> str:
        """The id of the review item here: a hash of the place alone."""
        told = (self.source, self.entity, self.row, self.column, self.document, self.page, start, end)
        return hashlib.sha256("\x1f".join("" if part is None else str(part) for part in told).encode()).hexdigest()[:20]


@dataclass(slots=True)
class Reviewed:
    """The review list of one run, and the decisions that were taken before it."""

    decisions: Mapping[str, Decision]
    items: list[ReviewItem] = field(default_factory=list)
    passages: Mapping[Place, Sequence[Passage]] = field(default_factory=dict)
    texts: Listener | None = None  # where given, every text that is read is told here
    wordings: Mapping[tuple[str, str, Party], Wording] = field(default_factory=dict)

    def decided(self, item: str) -> Decision | None:
        """What was decided of this item, None where nobody did yet."""
        return self.decisions.get(item)

    def decided_of(self, text: str, span: Span, place: Place) -> Decision | None:
        """What was decided of this span: of the item itself first, else of its words everywhere."""
        if not self.decisions and not self.wordings:
            return None
        item = place.item(span.start, span.end)
        decision = self.decisions.get(item)
        if decision is not None or not self.wordings:
            return decision
        same = self.wordings.get((fold(text[span.start : span.end]), span.category, span.party))
        return Decision(item, same.decision, same.ground, same.by) if same is not None else None

    def whole(self, place: Place) -> Passage | None:
        """Who withheld the whole cell by pointing at it, None where nobody did."""
        return next((passage for passage in self.passages.get(place, ()) if passage.start is None), None)

    def ask(
        self, place: Place, ground: str, sentence: str, why: str, doubt: float, start: int | None = None, end: int | None = None
    ) -> None:
        """Put one doubt on the list."""
        self.items.append(
            ReviewItem(
                place.item(start, end),
                place.source,
                place.entity,
                place.row,
                place.column,
                place.document,
                place.page,
                start,
                end,
                ground,
                sentence,
                why,
                round(doubt, 2),
            )
        )


def by_item(decisions: Sequence[Decision]) -> Mapping[str, Decision]:
    """The last decision on each item. Raises RequestError for a word that is neither `show` nor `withhold`."""
    for decision in decisions:
        if decision.decision not in ("show", "withhold"):
            raise RequestError("decisions", "a decision is neither `show` nor `withhold`", "Write one of the two")
    return {decision.item: decision for decision in decisions}


def by_words(wordings: Iterable[Wording]) -> Mapping[tuple[str, str, Party], Wording]:
    """The decisions on words, by what they hold for. Raises RequestError as `by_item` does."""
    told = {(one.words, one.category, one.party): one for one in wordings}
    by_item([Decision("words", one.decision, one.ground, one.by) for one in told.values()])
    return told


def decide_spans(text: str, spans: Sequence[Span], place: Place, reviewed: Reviewed) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """The spans after what people decided of them, and for each withheld one who decided it ("rule" where nobody did)."""
    made: list[Span] = []
    deciders: list[str] = []
    for found in spans:
        span = found
        decision = reviewed.decided_of(text, span, place) if span.action is not Action.KEEP else None
        if decision is not None and decision.decision == "show":
            made.append(replace(span, action=Action.KEEP, ground="", label=""))
            continue
        if decision is not None:
            span = replace(span, action=Action.REDACT, ground=decision.ground or span.ground)
        elif span.action is Action.REVIEW:
            reviewed.ask(
                place,
                span.ground,
                sentence(text, span.start, span.end),
                why(span),
                1 - span.confidence,
                span.start,
                span.end,
            )
        made.append(span)
        if span.action is not Action.KEEP:
            deciders.append(decision.by if decision is not None else "rule")
    made, deciders = pointed_at(len(text), made, deciders, reviewed.passages.get(place, ()))
    if reviewed.texts is not None:
        reviewed.texts.append(TextRead(place.source, place.entity, place.row, place.column, place.document, place.page, tuple(made)))
    return tuple(made), tuple(deciders)


_WHY = {
    "subject": "a name of the requester that others in the file bear too, and nothing near it says who is meant",
    "known": "may be somebody known in this file",
    "names": "may be a name of somebody nobody told of, or a plain word",
    "letters": "letters that may stand for a person",
    "informant": "a detail that may tell who reported",
    "user": "may be the name somebody logs in with",
    "handle": "may be the name somebody goes by on a network",
    "date": "a date right behind a name: it may be that of a birth",
}
"""Why a finder doubts, by its name; of numbers it is told by their category."""


def why(span: Span) -> str:
    """Why the span is put before a person: English, without any value."""
    if span.detector == "told":
        return f"{span.category} told of somebody else ({span.party}), where it may say nothing of the requester"
    if span.confidence >= _SURE:
        return f"{span.category}: withheld, while something else in it is the requester's own"
    return _WHY.get(span.detector, f"looks like {span.category}, but does not check out")


_SURE = 0.6
"""From here a finder does not doubt; then it is the overlap with what is the requester's own that asks for a look."""


def pointed_at(length: int, made: list[Span], deciders: list[str], passages: Sequence[Passage]) -> tuple[list[Span], list[str]]:
    """The spans with what a person withheld besides: what was withheld there already stays as it is, what was to be kept gives way."""
    for passage in passages:
        start, end = max(passage.start or 0, 0), min(length if passage.end is None else passage.end, length)
        by = iter(deciders)
        kept = [(span, "" if span.action is Action.KEEP else next(by)) for span in made]
        kept = [(span, who) for span, who in kept if span.action is not Action.KEEP or span.end <= start or span.start >= end]
        taken = [(span.start, span.end) for span, _ in kept if span.action is not Action.KEEP]
        kept += [(_passage(one, other, passage), passage.by) for one, other in _gaps(start, end, taken)]
        kept.sort(key=lambda pair: pair[0].start)
        made, deciders = [span for span, _ in kept], [who for span, who in kept if span.action is not Action.KEEP]
    return made, deciders


def _passage(start: int, end: int, passage: Passage) -> Span:
    label = f"[{lexicon().spoken['withheld']}]"
    return Span(start, end, "passage", Party.MIXED, Action.REDACT, passage.ground, label, 1.0, "person")


def _gaps(start: int, end: int, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The stretches of `[start, end)` that nothing taken covers; `taken` is in order."""
    for one, other in taken:
        if other <= start or one >= end:
            continue
        if one > start:
            yield start, one
        start = max(start, other)
    if start < end:
        yield start, end


def by_place(passages: Iterable[Passage]) -> Mapping[Place, Sequence[Passage]]:
    """Passages by the text that they stand in."""
    found: dict[Place, list[Passage]] = {}
    for p in passages:
        found.setdefault(Place(p.source, p.entity, p.row, p.column, p.document, p.page), []).append(p)
    return found


def sentence(text: str, start: int, end: int) -> str:
    """The passage around `[start, end)`: to the ends of its sentence, or a little way."""
    begin = max(text.rfind(mark, max(0, start - SENTENCE), start) + len(mark) for mark in (". ", "! ", "? ", "\n"))
    begin = max(begin if begin > 1 else 0, start - SENTENCE)
    stops = [at for mark in (". ", "! ", "? ", "\n") if (at := text.find(mark, end, end + SENTENCE)) >= 0]
    return text[begin : min(stops) + 1 if stops else min(len(text), end + SENTENCE)].strip()

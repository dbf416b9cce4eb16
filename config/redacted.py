"""What may be shown: collections after redaction, why each thing was withheld, and what a person still has to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Protocol

from config.collection import Column, Party
from config.discretion import discreet

if TYPE_CHECKING:  # a note is redacted without pandas, whose import takes a second
    import pandas as pd


class Action(StrEnum):
    """What happens to a stretch of text. `review` is withheld until a person decides."""

    REDACT = "redact"
    REVIEW = "review"
    KEEP = "keep"


class Disposition(IntEnum):
    """What became of one cell or document."""

    DISCLOSED = 0
    REDACTED = 1  # shown in part, or with a role in place of a name
    WITHHELD = 2


@dataclass(frozen=True, slots=True)
class Span:
    """A detected stretch `[start, end)` of a text, in code points; `ground` is "" only for `keep`."""

    start: int
    end: int
    category: str
    party: Party
    action: Action
    ground: str
    label: str  # what is printed in its place, "[moeder]"; "" for keep
    confidence: float
    detector: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span [{self.start}, {self.end}) is empty or reversed")
        if (self.action is Action.KEEP) == bool(self.ground):
            raise ValueError(f"span with action {self.action} and ground {self.ground or 'none'}")


@discreet
@dataclass(frozen=True, slots=True)
class RedactedText:
    """A text that may be shown, and the spans of the text it came from, in order and without overlap."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Redaction:
    """Something withheld, by place and ground, never by value: `count` stretches in one cell, row or document.

    `row` is None for a whole column or a document; `column` is "" for a whole row or a document; `document` is its id or "".
    """

    source: str
    entity: str
    row: int | None
    column: str
    document: str
    count: int
    ground: str
    decided_by: str = "rule"  # or the user who did


@discreet
@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A doubt that a person must decide; until then it stays withheld under `ground`.

    `id` follows from its place alone, so that it is the same in every run. `sentence` is the passage as held, for the desk only.
    """

    id: str
    source: str
    entity: str
    row: int | None
    column: str
    document: str
    page: int | None
    start: int | None
    end: int | None
    ground: str
    sentence: str
    why: str  # English, no values
    doubt: float  # 1.0 is most doubtful


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of one review item: `show` it, or `withhold` it on a ground."""

    item: str
    decision: str  # "show" or "withhold"
    ground: str
    by: str


@discreet
@dataclass(frozen=True, slots=True)
class Wording:
    """What a person decided of the same words in all of this request, also where they turn up later.

    It holds for the same sort of thing of the same party only: the same name may be of somebody else.
    """

    words: str  # folded
    category: str
    party: Party
    decision: str  # "show" or "withhold"
    ground: str
    by: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What a person withheld by pointing at it: `[start, end)` of one text, or a whole cell where both are None."""

    source: str
    entity: str
    row: int | None
    column: str
    document: str
    page: int | None
    start: int | None
    end: int | None
    ground: str
    by: str


@dataclass(frozen=True, slots=True)
class TextRead:
    """One text of the collected by its place, and every span of it after what people decided; the text itself is not here."""

    source: str
    entity: str
    row: int | None
    column: str
    document: str
    page: int | None
    spans: tuple[Span, ...]


class Listener(Protocol):
    """Who is told of every text that is read: a list, or what writes it away at once."""

    def append(self, read: TextRead, /) -> None:
        """Take one text."""


@discreet
@dataclass(frozen=True, slots=True)
class RedactedDocument:
    """A document as it may be shown; withheld whole where `pages` is empty, then `ground` says why."""

    id: str
    title: str
    media_type: str
    disposition: Disposition
    pages: tuple[str, ...] = ()
    date: date | None = None
    redactions: int = 0
    ground: str = ""
    remark: str = ""  # plain Dutch: why it could not be read
    category: str = ""


@discreet
@dataclass(frozen=True, slots=True, eq=False)
class RedactedCollection:
    """One collection as it may be shown. `rows` holds what is printed, None where withheld; `dispositions` (int8, same shape) says which.

    `categories` maps a column to the category of personal data that was really found in it.
    """

    source: str
    entity: str
    title: str
    activity: str
    columns: tuple[Column, ...]
    rows: pd.DataFrame
    dispositions: pd.DataFrame
    documents: tuple[RedactedDocument, ...] = ()
    redactions: tuple[Redaction, ...] = ()


@discreet
@dataclass(frozen=True, slots=True)
class Secret:
    """A withheld value that the leak check searches the finished files for; `kind` says how it may be written."""

    value: str
    kind: str  # a Kind, or "name_part" for a single word of a name: searched on word boundaries


@discreet
@dataclass(frozen=True, slots=True)
class Cleared:
    """A withheld value of which a person said, with a reason, that where it stands in the draft it is not that person."""

    secret: Secret
    reason: str
    by: str


@discreet
@dataclass(frozen=True, slots=True, eq=False)
class Redacted:
    """The whole request after redaction: what may be shown, what a person must decide, and what must not be found outside."""

    collections: tuple[RedactedCollection, ...]
    review: tuple[ReviewItem, ...] = ()
    secrets: frozenset[Secret] = frozenset()
    labels: Mapping[str, int] = field(default_factory=dict)  # role label -> times printed

"""A whole request: everything collected about one subject becomes what may be shown, a review list, and the secrets to search for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import Any

import numpy as np

from config.collection import Collection, Kind, Party
from config.companies import is_organisation
from config.hands import Lent, alone
from config.person import Subject
from config.redacted import Decision, Disposition, Listener, Passage, Redacted, RedactedCollection, Wording
from config.settings import CellRule, Policy
from redaction.ahead import read_ahead
from redaction.cells import Desk, redact_rows, row_names
from redaction.papers import redact_documents
from redaction.people import Somebody, words_of
from redaction.reader import TextRedactor, text_redactor
from redaction.review import Reviewed, by_item, by_place, by_words
from redaction.secrets import Secrets

PEOPLE = frozenset({Party.RELATIVE, Party.THIRD, Party.OFFICIAL, Party.PROFESSIONAL})
"""The parties that are people of their own."""


def redact(
    collections: Sequence[Collection],
    subject: Subject,
    policy: Policy,
    decisions: Sequence[Decision] = (),
    passages: Sequence[Passage] = (),
    texts: Listener | None = None,
    wordings: Sequence[Wording] = (),
    lent: Lent = alone,
) -> Redacted:
    """What may be shown of `collections`, under the policy, what people decided, and the passages that they withheld besides.

    Every cell and document gets one disposition; what is doubtful stays withheld and stands on the review list, most doubtful
    first. The same input gives the same labels, whatever the order of hashes. Where `texts` is given, every text that is read
    is told there with its spans, for the desk to show. `wordings` are decisions on the same words everywhere, also in what was
    collected after they were taken. `lent` gives other hands to read many texts with; what comes of it is the same.
    """
    reader = text_redactor(subject, policy)
    desk = Desk(
        reader, policy, Reviewed(by_item(decisions), passages=by_place(passages), texts=texts, wordings=by_words(wordings)), Secrets()
    )
    desk.secrets.know(subject)
    _spread(reader, subject, collections, lent)
    made = tuple(_collection(desk, collection) for collection in collections)
    items = tuple(sorted(desk.reviewed.items, key=lambda i: (-i.doubt, i.source, i.entity, i.id)))
    return Redacted(made, items, desk.secrets.kept(reader.cleared), dict(sorted(reader.labels.printed.items())))


def _spread(reader: TextRedactor, subject: Subject, collections: Sequence[Collection], lent: Lent) -> None:
    """Read everything once to learn who is firmly found anywhere, so that they are known everywhere."""
    reader.meet(_named_in_cells(reader, collections))
    texts = list(_texts(collections, reader.policy))
    hands = lent(sum(map(len, texts)))
    if hands.count > 1:
        read_ahead(reader, subject, texts, hands)
        return
    for text in texts:
        reader.learn(text)


def _named_in_cells(reader: TextRedactor, collections: Iterable[Collection]) -> Iterator[Somebody]:
    """Everybody whose name fills a cell of its own, and whom nobody told of yet."""
    seen: set[frozenset[str]] = set()
    for collection in collections:
        for position, column in enumerate(collection.columns):
            if column.kind is Kind.NAME and column.party in PEOPLE and not column.withhold:
                for value, whole in _names(collection, position):
                    words = frozenset(words_of(value))
                    if words not in seen and _is_new(reader, value, whole, column.party):
                        seen.add(words)
                        yield reader.from_cell(value, column.party)


def _names(collection: Collection, position: int) -> Iterator[tuple[str, str]]:
    """The different names of a column, each with what the name cells of its party in that row say together."""
    values, wholes = collection.rows.iloc[:, position].tolist(), row_names(collection, collection.columns[position])
    return ((value, whole) for value, whole in dict.fromkeys(zip(values, wholes, strict=True)) if isinstance(value, str))


def _is_new(reader: TextRedactor, value: str, whole: str, party: Party) -> bool:
    """Whether a cell makes somebody known: not where it means somebody known, or is a part of their name in cells beside it."""
    known = reader.is_known(value) or reader.known_as(value, party) or (whole != value and reader.part_of(whole, value, party))
    return not known and any(c.isupper() for c in value) and not is_organisation(value)


def _texts(collections: Iterable[Collection], policy: Policy) -> Iterator[str]:
    for collection in collections:
        for position, column in enumerate(collection.columns):
            if column.kind is Kind.TEXT and not column.withhold and policy.parties[column.party].cell is not CellRule.WITHHOLD:
                yield from (value for value in collection.rows.iloc[:, position].tolist() if isinstance(value, str))
        for document in collection.documents:
            yield from document.pages


def _collection(desk: Desk, collection: Collection) -> RedactedCollection:
    before = len(desk.redactions)
    rows, became = redact_rows(desk, collection)
    documents = redact_documents(desk, collection)
    _given_out(desk, collection, became.to_numpy())
    return RedactedCollection(
        collection.source,
        collection.entity,
        collection.title,
        collection.activity,
        collection.columns,
        rows,
        became,
        documents,
        tuple(desk.redactions[before:]),
    )


def _given_out(desk: Desk, collection: Collection, became: np.ndarray[Any, Any]) -> None:
    """What stands disclosed in cells of the subject or of an organisation is no secret."""
    for position, column in enumerate(collection.columns):
        if column.kind is not Kind.TEXT:
            shown = (became[:, position] == Disposition.DISCLOSED).tolist()
            values = compress(collection.rows.iloc[:, position].tolist(), shown)
            for _, value in dict.fromkeys((type(value), value) for value in values):
                desk.secrets.disclosed(value, words=column.party in (Party.SUBJECT, Party.ORGANISATION) or column.kind is Kind.NAME)

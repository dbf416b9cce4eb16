"""Documents: each page is redacted as free text, the title too; what could not be read, or may be of somebody else, stays away whole."""

from __future__ import annotations

from config.collection import Collection, Document
from config.redacted import Action, Disposition, RedactedDocument, Redaction
from redaction.cells import Desk
from redaction.lexicon import lexicon
from redaction.review import Place, decide_spans


def redact_documents(desk: Desk, collection: Collection) -> tuple[RedactedDocument, ...]:
    """All documents of the collection, in their order."""
    return tuple(_document(desk, collection, document) for document in collection.documents)


def _document(desk: Desk, collection: Collection, document: Document) -> RedactedDocument:
    place = Place(collection.source, collection.entity, None, "", document.id)
    title = _title(desk, document)
    if document.unreadable or not document.pages:
        return _away(desk, place, document, title, desk.policy.grounds["unreadable"], document.unreadable or lexicon().spoken["unreadable"])
    decision = desk.reviewed.decided(place.item())
    if document.match.score < desk.policy.match and not (decision is not None and decision.decision == "show"):
        ground = desk.policy.grounds["doubtful_match"]
        if decision is None:
            desk.reviewed.ask(
                place,
                ground,
                document.pages[0][:300],
                f"matched on {document.match.by} only, score {document.match.score:.2f}",
                1 - document.match.score,
            )
        for page in document.pages:
            desk.secrets.spans(page, desk.reader.spans(page))
        return _away(
            desk,
            place,
            document,
            lexicon().spoken["document"],
            (decision.ground if decision else "") or ground,
            "",
            decision.by if decision else "rule",
        )
    return _shown(desk, collection, document, title)


def _shown(desk: Desk, collection: Collection, document: Document, title: str) -> RedactedDocument:
    pages: list[str] = []
    withheld: list[tuple[str, str]] = []
    for number, page in enumerate(document.pages, 1):
        place = Place(collection.source, collection.entity, None, "", document.id, number)
        spans, deciders = decide_spans(page, desk.reader.spans(page), place, desk.reviewed)
        desk.secrets.spans(page, spans)
        pages.append(desk.reader.render(page, spans).text)
        withheld += zip((s.ground for s in spans if s.action is not Action.KEEP), deciders, strict=True)
    for ground, by in sorted(set(withheld)):
        desk.redactions.append(
            Redaction(collection.source, collection.entity, None, "", document.id, withheld.count((ground, by)), ground, by)
        )
    became = Disposition.REDACTED if withheld or title != (document.title or document.file) else Disposition.DISCLOSED
    return RedactedDocument(
        document.id, title, document.media_type, became, tuple(pages), document.date, len(withheld), "", "", document.category
    )


def _title(desk: Desk, document: Document) -> str:
    """The title as it may be shown; file names write spaces as underscores."""
    title = document.title or document.file
    read = title.replace("_", " ")
    spans = desk.reader.spans(read)
    desk.secrets.spans(read, spans)
    return desk.reader.render(title, spans).text


def _away(desk: Desk, place: Place, document: Document, title: str, ground: str, remark: str, by: str = "rule") -> RedactedDocument:
    desk.redactions.append(Redaction(place.source, place.entity, None, "", document.id, 1, ground, by))
    return RedactedDocument(
        document.id, title, document.media_type, Disposition.WITHHELD, (), document.date, 0, ground, remark, document.category
    )

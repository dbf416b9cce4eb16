"""Documents: each page is redacted as free text, the title too; what could not be read whole, or may be of somebody else, stays away whole.

What was read in part or by a machine, a scan, is shown as it was read once a person compared it with the paper.
"""

from __future__ import annotations

import re

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
    if not "".join(document.pages).strip():
        return _away(desk, place, document, title, desk.policy.grounds["unreadable"], document.unreadable or lexicon().spoken["unreadable"])
    doubtful = document.match.score < desk.policy.match
    decision = desk.reviewed.decided(place.item())
    if not (doubtful or document.unreadable) or (decision is not None and decision.decision == "show"):
        return _shown(desk, collection, document, title)
    ground = desk.policy.grounds["doubtful_match" if doubtful else "unreadable"]
    if decision is None:
        desk.reviewed.ask(place, ground, document.pages[0][:300], _why(document, doubtful), 1 - min(document.match.score, _MISREAD))
    if doubtful:
        for page in document.pages:
            desk.secrets.spans(page, desk.reader.spans(page))
        title = lexicon().spoken["document"]
    ground, by = ((decision.ground or ground), decision.by) if decision else (ground, "rule")
    return _away(desk, place, document, title, ground, "" if doubtful else document.unreadable, by)


_MISREAD = 0.7
"""So sure one can be of what a machine read from a picture."""


def _why(document: Document, doubtful: bool) -> str:
    """Why the document is put before a person: whose it is, or what of it could not be read."""
    whose = [f"matched on {document.match.by} only, score {document.match.score:.2f}"] if doubtful else []
    read = ["read by a machine, or not whole: it is shown as it was read, once somebody compared it"] if document.unreadable else []
    return "; ".join((*whose, *read))


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
        document.id,
        title,
        document.media_type,
        became,
        tuple(pages),
        document.date,
        len(withheld),
        "",
        document.unreadable,
        document.category,
    )


def _title(desk: Desk, document: Document) -> str:
    """The title as it may be shown; file names write spaces as underscores."""
    title = document.title or document.file
    ending = _ENDING.search(title)
    said, kind = (title[: ending.start()], ending.group()) if ending else (title, "")
    read = said.replace("_", " ")
    spans = desk.reader.spans(read)
    desk.secrets.spans(read, spans)
    return desk.reader.render(said, spans).text + kind


_ENDING = re.compile(
    r"\.(?:pdf|docx?|docm|dotx|odt|rtf|xlsx?|xlsm|ods|pptx?|csv|tsv|txt|eml|msg|html?|xml|json|zip|png|jpe?g|tiff?|gif|bmp|bin|ics)$",
    re.IGNORECASE,
)
"""How the name of a file ends: what kind it is, and nobody's name."""


def _away(desk: Desk, place: Place, document: Document, title: str, ground: str, remark: str, by: str = "rule") -> RedactedDocument:
    desk.redactions.append(Redaction(place.source, place.entity, None, "", document.id, 1, ground, by))
    return RedactedDocument(
        document.id, title, document.media_type, Disposition.WITHHELD, (), document.date, 0, ground, remark, document.category
    )

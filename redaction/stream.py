"""`inzage redact`: notes as JSON lines in, the same notes redacted out, one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from config.errors import UsageError
from config.redacted import Span
from config.settings import Policy
from redaction.reader import TextRedactor, text_redactor
from redaction.requester import requester


def reader(subject_json: Mapping[str, Any], policy: Policy) -> TextRedactor:
    """The reader for the subject of a SUBJECT.json. Raises UsageError for what it does not know."""
    return text_redactor(requester(subject_json), policy)


def stream(subject_json: Mapping[str, Any], lines: Iterable[bytes | str], policy: Policy) -> Iterator[str]:
    """One JSON line out for each line in, in order; empty lines are passed over.

    Raises UsageError with the number of a line that is not `{"id", "text"}`; the lines before it are out by then.
    """
    redactor = reader(subject_json, policy)
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _line(redactor, line, number)


def _line(redactor: TextRedactor, line: bytes | str, number: int) -> str:
    note = _note(line, number)
    made = redactor.redact(note["text"])
    return orjson.dumps({"id": note["id"], "text": made.text, "spans": [_span(s) for s in made.spans]}).decode()


def _note(line: bytes | str, number: int) -> dict[str, Any]:
    remedy = 'Write {"id": ..., "text": "..."} on each line'
    try:
        note = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise UsageError(f"line {number}", "this is not JSON", remedy) from None
    if not isinstance(note, dict) or not isinstance(note.get("text"), str) or "id" not in note:
        raise UsageError(f"line {number}", "it has no `id` or no `text`", remedy)
    return note


def _span(span: Span) -> dict[str, Any]:
    return {
        "start": span.start, "end": span.end, "category": span.category, "party": str(span.party), "action": str(span.action),
        "ground": span.ground, "label": span.label, "confidence": span.confidence, "detector": span.detector,
    }  # fmt: skip

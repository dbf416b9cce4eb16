"""`inzage redact`: notes as JSON lines in, the same notes redacted out, one at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from config.errors import UsageError
from config.redacted import Span
from config.settings import Policy
from redaction.reader import TextRedactor, text_redactor
from redaction.requester import requester

_NAMED = 10
"""So many bad lines are named by number; of any more the sentence says only how many."""
_REMEDY = 'Write {"id": ..., "text": "..."} on each line; the other lines were answered'


def reader(subject_json: Mapping[str, Any], policy: Policy) -> TextRedactor:
    """The reader for the subject of a SUBJECT.json. Raises UsageError for what it does not know."""
    return text_redactor(requester(subject_json), policy)


def stream(subject_json: Mapping[str, Any], lines: Iterable[bytes | str], policy: Policy) -> Iterator[str]:
    """One JSON line out for each line in, in order; empty lines are passed over.

    A line that is not `{"id", "text"}` gets no answer, and keeps none of the others from theirs: at the end UsageError is raised,
    with the numbers of such lines and nothing of what stands in them.
    """
    redactor = reader(subject_json, policy)
    refused = _Refused()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        note = _note(line)
        if isinstance(note, str):
            refused.add(number, note)
        else:
            yield _line(redactor, note)
    refused.check()


@dataclass(slots=True)
class _Refused:
    """The lines that could not be answered."""

    first: str = ""
    numbers: list[int] = field(default_factory=list)
    count: int = 0

    def add(self, number: int, why: str) -> None:
        """Take in one line; memory stays flat however many there are."""
        self.first = self.first or why
        self.count += 1
        if self.count <= _NAMED:
            self.numbers.append(number)

    def check(self) -> None:
        """Raise UsageError where there is any."""
        if self.count:
            more = f" and {self.count - _NAMED} more" if self.count > _NAMED else ""
            told = f"line{'s' if self.count > 1 else ''} {', '.join(map(str, self.numbers))}{more}"
            raise UsageError(told, self.first if self.count == 1 else "these are no JSON with an `id` and a `text`", _REMEDY)


def _line(redactor: TextRedactor, note: Mapping[str, Any]) -> str:
    made = redactor.redact(note["text"])
    answer = {"id": note["id"], "text": made.text, "spans": [_span(s) for s in made.spans]}
    try:
        return orjson.dumps(answer).decode()
    except TypeError:  # half a pair of UTF-16, or an id of more than 64 bits
        return json.dumps(answer)


def _leniently(line: bytes | str) -> Any:
    """The JSON of a line as Python reads it: half an emoji, cut off by another system, is taken as it is. None where it is no JSON."""
    try:
        return json.loads(line.decode("utf-8-sig") if isinstance(line, bytes) else line.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None


def _note(line: bytes | str) -> dict[str, Any] | str:
    """The note on a line, or why it is none."""
    try:
        note = orjson.loads(line)
    except orjson.JSONDecodeError:
        note = _leniently(line)
    if note is None:
        return "this is not JSON"
    if not isinstance(note, dict) or not isinstance(note.get("text"), str) or "id" not in note:
        return "it has no `id`, or no `text` that is a string"
    return note


def _span(span: Span) -> dict[str, Any]:
    return {
        "start": span.start, "end": span.end, "category": span.category, "party": str(span.party), "action": str(span.action),
        "ground": span.ground, "label": span.label, "confidence": span.confidence, "detector": span.detector,
    }  # fmt: skip

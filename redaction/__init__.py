"""Think: what may be shown of what was collected, on which ground the rest may not, and what a person must decide."""

from redaction.reader import TextRedactor, text_redactor
from redaction.request import redact
from redaction.stream import reader, stream

__all__ = ["TextRedactor", "reader", "redact", "stream", "text_redactor"]

"""Think: what may be shown of what was collected, on which ground the rest may not, and what a person must decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redaction.reader import TextRedactor, text_redactor
from redaction.stream import reader, stream

if TYPE_CHECKING:
    from redaction.request import redact as redact

__all__ = ["TextRedactor", "reader", "redact", "stream", "text_redactor"]


def __getattr__(name: str) -> Any:
    """`redact`, for a whole request, comes with pandas: imported when it is asked for, since notes alone need none of it."""
    if name != "redact":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from redaction.request import redact  # noqa: PLC0415 - see above

    return redact

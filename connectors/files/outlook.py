"""An Outlook message (MSG) as text: who, to whom, when and about what, the body, and every file attached."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

from oxmsg import Message

from connectors.files.content import LARGEST, Content, Part, Unreadable, checked
from connectors.files.markup import text_of_html

_DAMAGE = (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, EOFError, struct.error, LookupError, AssertionError)
"""What python-oxmsg and olefile raise on damaged messages."""


def read(data: bytes) -> Content:
    """The text of a MSG; its body is the plain text, or else the HTML. What is attached and cannot be taken out is told of."""
    try:
        message = Message.load(data)
        inside = tuple(_inside(message))
        said = message.body or text_of_html(message.html_body or "")
        heading = "\n".join(f"{name}: {value}" for name, value in _heading(message) if value)
        when = message.sent_date.date() if message.sent_date else None
    except _DAMAGE:
        raise Unreadable("broken") from None
    if not heading and not said.strip():
        raise Unreadable("broken")
    if sum(len(part.data) for part in inside) > LARGEST:
        raise Unreadable("large")
    return checked(Content((f"{heading}\n\n{said}".replace("\r\n", "\n").strip("\n"),), inside, when))


def _heading(message: Any) -> Iterator[tuple[str, str]]:
    yield "From", message.sender or ""
    yield "To", "; ".join(" ".join(filter(None, (one.name, f"<{one.email_address}>"))) for one in message.recipients)
    yield "Date", message.sent_date.isoformat() if message.sent_date else ""
    yield "Subject", message.subject


def _bytes(attachment: Any) -> bytes:
    """The file; nothing of what is kept as a message or a link, which python-oxmsg does not take out."""
    try:
        return attachment.file_bytes or b""
    except _DAMAGE:
        return b""


def _inside(message: Any) -> Iterator[Part]:
    """The files attached; a message attached as such comes empty, so that it is counted as one that cannot be read."""
    for number, one in enumerate(message.attachments, 1):
        data = _bytes(one)
        yield Part(one.file_name or f"bijlage-{number}", data or b"") if data else Part(f"bericht-{number}.msg", b"")

"""An Outlook message (MSG) as text: who, to whom, when and about what, the body, and every file and message attached."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from typing import Any

from oxmsg import Message
from oxmsg.storage import Storage, Stream

from connectors.files.content import LARGEST, Content, Part, Unreadable, checked
from connectors.files.markup import text_of_html

_DAMAGE = (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, EOFError, struct.error, LookupError, AssertionError)
"""What python-oxmsg and olefile raise on damaged messages."""


def read(data: bytes) -> Content:
    """The text of a MSG; its body is the plain text, or else the HTML. What is attached and cannot be taken out is told of."""
    try:
        message = Message.load(data)
        inside = tuple(_inside(message, 0))
        said = _said(message)
        heading = "\n".join(f"{name}: {value}" for name, value in _heading(message) if value)
        when = message.sent_date.date() if message.sent_date else None
    except _DAMAGE:
        raise Unreadable("broken") from None
    if not heading and not said.strip():
        raise Unreadable("broken")
    if sum(len(part.data) for part in inside) > LARGEST:
        raise Unreadable("large")
    return checked(Content((f"{heading}\n\n{said}".replace("\r\n", "\n").strip("\n"),), inside, when))


def _said(message: Any) -> str:
    return message.body or text_of_html(message.html_body or "")


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


def _inside(message: Any, depth: int) -> Iterator[Part]:
    """What is attached; a message that lies in it as such comes as internet mail, and what cannot be taken out empty."""
    for number, one in enumerate(message.attachments, 1):
        if data := _bytes(one):
            yield Part(one.file_name or f"bijlage-{number}", data)
        elif (attached := _attached(one)) is not None and depth < _DEEPEST:
            yield Part(f"bericht-{number}.eml", _mail(attached, depth + 1))
        else:
            yield Part(f"bericht-{number}.msg", b"")


def _attached(attachment: Any) -> Any:
    """The message that is kept as such in an attachment; None where it is anything else.

    Its list of properties has a header that is eight bytes shorter than that of a message by itself ([MS-OXMSG] 2.4.1.2).
    """
    kept = next((one for one in attachment._storage.storages if one.name == _OBJECT), None)
    listed = next((one for one in kept.streams if one.name == _LIST), None) if kept is not None else None
    if kept is None or listed is None or not any(one.name.startswith("__substg1.0_001A") for one in kept.streams):
        return None
    longer = Stream(listed.path, listed.bytes_[:24] + bytes(8) + listed.bytes_[24:])
    return Message(Storage(kept.path, (*(one for one in kept.streams if one is not listed), longer), kept.storages))


def _mail(message: Any, depth: int) -> bytes:
    """A message as internet mail, with what is attached to it."""
    made = EmailMessage(policy=default)
    for name, value in _heading(message):
        if name != "Date" and value:
            made[name] = " ".join(str(value).split())
    if message.sent_date:
        made["Date"] = message.sent_date
    made.set_content(_said(message) or " ")
    for part in _inside(message, depth):
        made.add_attachment(part.data, maintype="application", subtype="octet-stream", filename=part.name)
    return made.as_bytes()


_OBJECT, _LIST = "__substg1.0_3701000D", "__properties_version1.0"
_DEEPEST = 8
"""Messages in messages, from which on what lies deeper is counted as unreadable."""

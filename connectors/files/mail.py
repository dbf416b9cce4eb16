"""An e-mail as text: who, to whom, when and about what, the body, and every file attached, messages in messages included."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import date
from email.errors import HeaderParseError, MessageError
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

from connectors.asking.texts import text
from connectors.files.content import Content, Part, Unreadable, checked
from connectors.files.markup import decoded, text_of_html

_HEADERS = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject")


def read(data: bytes) -> Content:
    """The text of an EML; its body is the plain text, or else the HTML."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(message, EmailMessage)  # noqa: S101 - the default policy makes nothing else
        body = message.get_body(("plain", "html"))
        inside = tuple(_inside(message, body))
        said = _body(body)
        other = _other_form(message, body, said)
        heading = "\n".join(f"{name}: {value}" for name in _HEADERS for value in _header(message, name))
    except (MessageError, LookupError, ValueError, AttributeError, TypeError, RecursionError):
        raise Unreadable("broken") from None
    if not heading and not said.strip():
        raise Unreadable("broken")
    lacks = "encrypted" if message.get_content_type() in {"application/pkcs7-mime", "multipart/encrypted"} else ""
    said = f"{said}\n\n{text('marks', 'html')}\n{other}" if other else said
    return checked(Content((f"{heading}\n\n{said}".strip("\n"),), inside, _sent(message), lacks))


def _header(message: EmailMessage, name: str) -> list[str]:
    try:
        return [str(value) for value in message.get_all(name, [])]
    except (HeaderParseError, ValueError, IndexError, AttributeError):  # the parser of the standard library stumbles over some
        return [str(value) for key, value in message.raw_items() if key.lower() == name.lower()]


def _body(body: Any) -> str:
    if body is None:
        return ""
    said = _text(body)
    return text_of_html(said) if body.get_content_subtype() == "html" else said


def _other_form(message: EmailMessage, body: Any, said: str) -> str:
    """The HTML beside a plain body, where it says words that the plain text does not."""
    html = message.get_body(("html",))
    if not isinstance(html, EmailMessage) or html is body:
        return ""
    shown = text_of_html(_text(html))
    return shown if set(re.findall(r"\w+", shown.lower())) - set(re.findall(r"\w+", said.lower())) else ""


def _text(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (UnicodeDecodeError, LookupError):
        return decoded(data)


def _inside(message: EmailMessage, body: Any) -> Iterator[Part]:
    """Each part that is not the body or another form of it: attachments, images in line, messages forwarded whole."""
    number = 0
    for part, alternative in _leaves(message, alternative=False):
        if part is body or (alternative and part.get_content_maintype() == "text" and not part.is_attachment()):
            continue
        number += 1
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)
            yield Part(part.get_filename() or f"bericht-{number}.eml", inner.as_bytes() if isinstance(inner, EmailMessage) else b"")
        else:
            payload = part.get_payload(decode=True)
            yield Part(part.get_filename() or f"deel-{number}{_suffix(part)}", payload if isinstance(payload, bytes) else b"")


def _leaves(message: EmailMessage, *, alternative: bool) -> Iterator[tuple[EmailMessage, bool]]:
    """The parts that hold no parts, and whether each is one of several forms of the same."""
    if message.get_content_maintype() != "multipart":
        yield message, alternative
        return
    for part in message.iter_parts():
        if isinstance(part, EmailMessage):
            yield from _leaves(part, alternative=alternative or message.get_content_subtype() == "alternative")


def _suffix(part: EmailMessage) -> str:
    return {"text/plain": ".txt", "text/html": ".html", "application/pdf": ".pdf"}.get(part.get_content_type(), "")


def _sent(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(str(message["Date"])).date() if message["Date"] else None
    except (ValueError, TypeError, IndexError):
        return None

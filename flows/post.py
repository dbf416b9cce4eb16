"""E-mail to colleagues, over SMTP: a number, a source and a day. Nothing of the resident is in it; that is seen after logging in.

INZAGE_SMTP_URL is `smtp://USER:PASSWORD@HOST:587` (upgraded to TLS where the server can, and always with a password) or `smtps://...`.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import SplitResult, unquote, urlsplit

from config.errors import RequestError

URL = "INZAGE_SMTP_URL"
_PATIENCE = 20.0
"""Seconds in which a mail server must answer."""

_TLS = 465
_PLAIN = 587


def configured() -> bool:
    """Whether a mail server is named."""
    return bool(os.environ.get(URL))


def send(sender: str, receiver: str, subject: str, text: str) -> None:
    """Send one message. Raises RequestError, without the address, where no server is named or it does not take the message."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, receiver, subject
    message["Date"], message["Message-ID"] = formatdate(localtime=True), make_msgid(domain=sender.rpartition("@")[2] or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    address = _address()
    try:
        with _connected(address) as server:
            if address.username:
                server.login(unquote(address.username), unquote(address.password or ""))
            server.send_message(message)
    except (OSError, smtplib.SMTPException):
        raise RequestError("e-mail", "the mail server did not take the message", f"Look at {URL}; it is tried again every night") from None


def _address() -> SplitResult:
    wrong = RequestError("e-mail", "no mail server is named", f"Set {URL} to smtp://USER:PASSWORD@HOST:587, or tell colleagues yourself")
    try:
        address = urlsplit(os.environ.get(URL, ""))
        port = address.port  # a port that is no number is only found out by asking for it
    except ValueError:
        raise wrong from None
    if address.scheme not in {"smtp", "smtps"} or not address.hostname or port == 0:
        raise wrong
    return address


def _connected(address: SplitResult) -> smtplib.SMTP:
    """A connection: with TLS from the start, or upgraded to it. No password goes over a bare one."""
    context = ssl.create_default_context()
    host = address.hostname or ""
    if address.scheme == "smtps":
        return smtplib.SMTP_SSL(host, address.port or _TLS, timeout=_PATIENCE, context=context)
    server = smtplib.SMTP(host, address.port or _PLAIN, timeout=_PATIENCE)
    try:
        server.ehlo()
        if server.has_extn("starttls") or address.username:
            server.starttls(context=context)
            server.ehlo()
    except (OSError, smtplib.SMTPException):
        server.close()
        raise
    return server

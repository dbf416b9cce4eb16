"""What it means that an exchange over the network went wrong. What the library says may hold an address with a value, and stays here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from config.errors import SourceUnavailable, SourceUnreadable

_REMEDY = "Look whether it is running and can be reached from here"


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn what httpx raises inside the block into the errors of this house, about the source `name`."""
    try:
        yield
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError):
        raise SourceUnreadable(name, "its connection is no web address", "Write it as https://host/path") from None
    except httpx.ConnectError:
        raise SourceUnavailable(name, "no connection could be made to it", _REMEDY) from None
    except (httpx.TransportError, httpx.StreamError, httpx.DecodingError, OSError):
        raise SourceUnavailable(name, "it did not answer in time, or broke off", _REMEDY) from None

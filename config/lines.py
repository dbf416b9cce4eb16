"""An artefact in lines: a head, and below it what is too long to hold twice; packed, and read again a line at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

LEVEL = 1
"""Zlib's quickest: a table becomes some six times smaller, which costs less than to encrypt and write what it saves."""

_BLOCK = 1 << 16


class Packer:
    """Packs lines as they come, so that they are never held together."""

    def __init__(self) -> None:
        self._packer, self._packed = zlib.compressobj(LEVEL), bytearray()

    def line(self, line: bytes) -> None:
        """Add one line, which has no end of line within it: JSON has none."""
        self._packed += self._packer.compress(line)
        self._packed += self._packer.compress(b"\n")

    def finish(self) -> bytes:
        """All lines, packed."""
        return bytes(self._packed + self._packer.flush())


def packed(lines: Iterable[bytes]) -> bytes:
    """The lines as one artefact: the same lines give the same bytes.

    >>> list(unpacked(packed([b"a", b"b"])))
    [b'a', b'b']
    """
    packer = Packer()
    for line in lines:
        packer.line(line)
    return packer.finish()


def unpacked(data: bytes) -> Iterator[bytes]:
    """The lines, one at a time. Raises ValueError where the bytes were not packed so, were cut, or have something behind them."""
    unpacker, waiting = zlib.decompressobj(), [b""]
    try:
        for start in range(0, len(data), _BLOCK):
            first, *more = unpacker.decompress(data[start : start + _BLOCK]).split(b"\n")
            waiting.append(first)
            for following in more:
                yield b"".join(waiting)
                waiting = [following]
    except zlib.error:
        raise ValueError("not packed") from None
    if not unpacker.eof or any(waiting) or unpacker.unused_data:
        raise ValueError("another end than it was packed with")

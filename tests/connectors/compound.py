"""Outlook messages for the tests, made as [MS-CFB] and [MS-OXMSG] describe them: no library that we may use writes one."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

SECTOR, FREE, END, FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = Mapping[str, Any]


Attached = tuple[str, bytes | Tree]


def msg(subject: str, body: str, sender: str, to: str, *attached: Attached) -> bytes:
    """A message with one recipient and these attached: files, or messages made by `inner`."""
    names = {"__nameid_version1.0": {"__substg1.0_00020102": b"", "__substg1.0_00030102": b"", "__substg1.0_00040102": b""}}
    return compound({**names, **_message(subject, body, sender, to, attached, bytes(8))})


def inner(subject: str, body: str, sender: str, to: str, *attached: Attached) -> Tree:
    """A message that lies in another as such: its list of properties has a shorter header."""
    return _message(subject, body, sender, to, attached, b"")


def _message(subject: str, body: str, sender: str, to: str, attached: tuple[Attached, ...], rest: bytes) -> dict[str, Any]:
    own = {0x001A: "IPM.Note", 0x0037: subject, 0x0C1A: sender, 0x0C1F: sender, 0x1000: body}
    head = struct.pack("<8x4I", 1, len(attached), 1, len(attached)) + rest + _entry(0x340D, 3, 0x40000)
    tree: dict[str, Any] = {"__recip_version1.0_#00000000": _storage({0x3001: to, 0x3003: to, 0x39FE: to}, bytes(8)), **_storage(own, head)}
    for number, (name, data) in enumerate(attached):
        kept = isinstance(data, bytes)
        listed = _entry(0x3701, 0x102, len(data)) if kept else _entry(0x3701, 0x0D, 0xFFFFFFFF)
        beside = {"__substg1.0_37010102": data} if kept else {"__substg1.0_3701000D": data}
        head = bytes(8) + _entry(0x3705, 3, 1 if kept else 5) + listed
        tree[f"__attach_version1.0_#{number:08X}"] = {**beside, **_storage({0x3707: name} if kept else {0x3001: name}, head)}
    return tree


def _storage(texts: Mapping[int, str], head: bytes) -> dict[str, bytes]:
    """The streams of these texts, and the stream that lists them behind `head`."""
    written = {number: text.encode("utf-16-le") for number, text in texts.items()}
    listed = b"".join(_entry(number, 0x1F, len(text) + 2) for number, text in written.items())
    return {**{f"__substg1.0_{number:04X}001F": text for number, text in written.items()}, "__properties_version1.0": head + listed}


def _entry(number: int, kind: int, value: int) -> bytes:
    return struct.pack("<HHIQ", kind, number, 6, value)


class _Chains:
    """Sectors of one size, and the table that chains them."""

    def __init__(self, size: int) -> None:
        self.size, self.sectors, self.table = size, list[bytes](), list[int]()

    def store(self, data: bytes) -> int:
        """Keep the data; gives its first sector."""
        if not data:
            return END
        first = len(self.sectors)
        self.sectors += [data[at : at + self.size].ljust(self.size, b"\0") for at in range(0, len(data), self.size)]
        self.table += [*range(first + 1, len(self.sectors)), END]
        return first


def compound(tree: Tree) -> bytes:
    """A compound file of these storages (mappings) and streams; what is below 4096 bytes lies in the mini stream."""
    large, small = _Chains(SECTOR), _Chains(64)
    entries: list[list[Any]] = [["Root Entry", 5, FREE, END, 0]]
    siblings: dict[int, int] = {}

    def add(children: Tree, parent: int) -> None:
        before = -1
        for name in sorted(children, key=lambda name: (len(name), name.upper())):
            value, place = children[name], len(entries)
            stream = isinstance(value, bytes)
            start = (small if len(value) < 4096 else large).store(value) if stream else 0
            entries.append([name, 2 if stream else 1, FREE, start, len(value) if stream else 0])
            if before < 0:
                entries[parent][2] = place
            else:
                siblings[before] = place
            before = place
            if not stream:
                add(value, place)

    add(tree, 0)
    entries[0][3:] = [large.store(b"".join(small.sectors)), len(small.sectors) * 64]
    minifat = struct.pack(f"<{len(small.table)}I", *small.table)
    minifat_at = large.store(minifat + b"\xff" * (-len(minifat) % SECTOR))
    listing = b"".join(_directory(entry, siblings.get(place, FREE)) for place, entry in enumerate(entries))
    directory = large.store(listing + bytes(-len(listing) % SECTOR))
    fats = next(n for n in range(1, 99) if len(large.sectors) + n <= n * SECTOR // 4)
    places = [len(large.sectors) + n for n in range(fats)]
    table = [*large.table, *([FAT] * fats)]
    table += [FREE] * (fats * SECTOR // 4 - len(table))
    shape = (0, fats, directory, 0, 4096, minifat_at, -(-len(minifat) // SECTOR), END, 0)
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x9I", 0x3E, 3, 0xFFFE, 9, 6, *shape)
    header += struct.pack("<109I", *places, *([FREE] * (109 - fats)))
    return header + b"".join(large.sectors) + struct.pack(f"<{len(table)}I", *table)


def _directory(entry: list[Any], right: int) -> bytes:
    name, kind, child, start, size = entry
    written = (name + "\0").encode("utf-16-le")
    return written.ljust(64, b"\0") + struct.pack("<HBB3I16xI8x8xIQ", len(written), kind, 1, FREE, right, child, 0, start, size)

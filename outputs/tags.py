"""The structure of a PDF: what is a heading, a row, a cell, and in which order it is read (PDF 1.7, 14.7; ISO 14289-1).

ReportLab knows no tags. They are kept here in flat lists while pages are drawn, and written behind the finished file as an
incremental update, which `outputs.resave` folds in. An element costs some 50 bytes until then: a long table has 400,000.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")

LINKS = 1_000_000
"""The first StructParent of a link; that of a page is its number as drawn."""

NONE = -(1 << 60)
"""No kid: what is empty, such as a cell without a value."""

Open = tuple[tuple[str, str], ...]
"""The elements that are open, outermost first: kind and entries."""


class Tags:
    """The elements of one file. `entries` of an element are raw dictionary entries (`/Alt (x)`); pages count from 0 as drawn."""

    def __init__(self) -> None:
        self._kinds: list[str] = []
        self._entries: dict[int, str] = {}
        self._parents = array("l")
        self._kid = array("l")  # the first kid: an element, -1 - n for mark n, or NONE
        self._kids: dict[int, array[int]] = {}  # the others, of the few elements that have more
        self._mark_page, self._mark_id, self._mark_owner = array("l"), array("l"), array("l")
        self._links: list[int] = []  # the element of each
        self._stack: list[int] = []
        self.page, self._next = -1, 0
        self.begin("Document")

    def turn(self) -> None:
        """A new page begins."""
        self.page, self._next = self.page + 1, 0

    def begin(self, kind: str, entries: str = "") -> int:
        """Open an element of a standard structure type inside the one that is open; gives its number."""
        number = len(self._kinds)
        self._kinds.append(kind)
        self._kid.append(NONE)
        self._parents.append(self._stack[-1] if self._stack else -1)
        if entries:
            self._entries[number] = entries
        if self._stack:
            self._add(self._stack[-1], number)
        self._stack.append(number)
        return number

    def _add(self, owner: int, kid: int) -> None:
        if self._kid[owner] == NONE:
            self._kid[owner] = kid
        else:
            self._kids.setdefault(owner, array("l")).append(kid)

    def __len__(self) -> int:
        """How many elements there are."""
        return len(self._kinds)

    def end(self) -> None:
        """Close the innermost element."""
        self._stack.pop()

    @contextmanager
    def within(self, kind: str, entries: str = "") -> Iterator[int]:
        """An element around a block."""
        number = self.begin(kind, entries)
        yield number
        self._stack.pop()

    @contextmanager
    def again(self, number: int) -> Iterator[None]:
        """Put what is drawn in the block into an element that was closed before, wherever that stands."""
        held, self._stack = self._stack, [number]
        yield
        self._stack = held

    def open(self) -> Open:
        """The elements that are open, but for the document itself."""
        return tuple((self._kinds[n], self._entries.get(n, "")) for n in self._stack[1:])

    def mark(self) -> str:
        """The operator that begins content of the innermost element; `EMC` ends it."""
        owner = self._stack[-1]
        self._add(owner, -1 - len(self._mark_page))
        self._mark_page.append(self.page)
        self._mark_id.append(self._next)
        self._mark_owner.append(owner)
        self._next += 1
        return f"/{self._kinds[owner]} <</MCID {self._next - 1}>> BDC"

    def link(self, annotation: int) -> int:
        """Say that this annotation (the n-th of the file, as drawn) belongs to the innermost element; gives its StructParent."""
        owner = self._stack[-1]
        self._add(owner, -1 - len(self._mark_page))
        self._mark_page.append(self.page)
        self._mark_id.append(-1 - annotation)
        self._mark_owner.append(owner)
        self._links.append(owner)
        return LINKS + len(self._links) - 1

    def behind(self, file: bytes, pages: Sequence[int], annotations: Sequence[int], root: int, info: int) -> tuple[bytes, int]:
        """`file` with the structure behind it, and the object number of its StructTreeRoot.

        `pages` and `annotations` are the object numbers of what was drawn, `root` and `info` those of the trailer.
        """
        found = _START.search(file[-64:])
        before = int(found.group(1)) if found else 0
        first = max([*pages, *annotations, root, info, _size(file)]) + 1
        out, offsets = bytearray(file), bytearray()
        out += b"\n"
        for n, content in enumerate(chain(self._elements(first, pages, annotations), self._tree(first)), first):
            offsets += b"%010d 00000 n \n" % len(out)
            out += f"{n} 0 obj\n{content}\nendobj\n".encode("latin-1")
            top = n
        at = len(out)
        out += b"xref\n%d %d\n" % (first, top - first + 1)
        out += offsets
        out += b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/Prev %d>>\n" % (top + 1, root, info, before)
        out += b"startxref\n%d\n%%%%EOF\n" % at
        return bytes(out), top

    def _elements(self, first: int, pages: Sequence[int], annotations: Sequence[int]) -> Iterator[str]:
        root = first + len(self._kinds) + self.page + 2  # behind the elements: an array a page, the parent tree, the root
        for n, kind in enumerate(self._kinds):
            parent, kids = self._parents[n], self._all(n)
            page = next((self._mark_page[-1 - kid] for kid in kids if kid < 0), -1)
            told = " ".join(f"{first + kid} 0 R" if kid >= 0 else self._mark(-1 - kid, page, pages, annotations) for kid in kids)
            where = f"/Pg {pages[page]} 0 R" if page >= 0 else ""
            above = root if parent < 0 else first + parent
            yield f"<</Type/StructElem/S/{kind}/P {above} 0 R{where}{self._entries.get(n, '')}/K[{told}]>>"

    def _all(self, number: int) -> tuple[int, ...]:
        first = self._kid[number]
        return () if first == NONE else (first, *self._kids.get(number, ()))

    def _mark(self, mark: int, page: int, pages: Sequence[int], annotations: Sequence[int]) -> str:
        number, on = self._mark_id[mark], self._mark_page[mark]
        if number < 0:
            return f"<</Type/OBJR/Obj {annotations[-1 - number]} 0 R/Pg {pages[on]} 0 R>>"
        return str(number) if on == page else f"<</Type/MCR/Pg {pages[on]} 0 R/MCID {number}>>"

    def _tree(self, first: int) -> Iterator[str]:
        """An array a page, the tree that leads from content to elements, and the root."""
        owners: list[list[int]] = [[] for _ in range(self.page + 1)]
        for page, number, owner in zip(self._mark_page, self._mark_id, self._mark_owner, strict=True):
            if number >= 0:
                owners[page].append(owner)
        yield from (f"[{' '.join(f'{first + owner} 0 R' for owner in of)}]" for of in owners)
        at = first + len(self._kinds)
        keys = [f"{page} {at + page} 0 R" for page in range(self.page + 1)]
        keys += [f"{LINKS + n} {first + owner} 0 R" for n, owner in enumerate(self._links)]
        yield f"<</Nums[{' '.join(keys)}]>>"
        parents = at + self.page + 1
        yield f"<</Type/StructTreeRoot/K[{first} 0 R]/ParentTree {parents} 0 R/ParentTreeNextKey {LINKS + len(self._links)}>>"


def _size(file: bytes) -> int:
    found = re.search(rb"/Size\s+(\d+)", file[-600:])
    return int(found.group(1)) if found else 0


def text_entry(name: str, text: str) -> str:
    """A raw entry with a text of any script: `/Alt <FEFF...>`; "" for no text."""
    return f"/{name} <FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>" if text else ""

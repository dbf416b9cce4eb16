"""The light markup of letters: headings, lists, tables and paragraphs out of a rendered template, and onto a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from outputs.flow import DISCS, Flow
from outputs.ink import BODY, SMALL, Style
from outputs.table import small


@dataclass(frozen=True, slots=True)
class Block:
    """`kind` is heading, item, row, line, small, kept or paragraph; a row has several `parts`, the others one."""

    kind: str
    parts: tuple[str, ...]


_SIGNS = {"# ": "heading", "- ": "item", "| ": "row", "> ": "line", "~ ": "small", "= ": "kept"}


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a rendered template; lines that follow each other without a sign are one paragraph."""
    paragraph: list[str] = []
    for line in (*text.split("\n"), ""):
        kind = _SIGNS.get(line[:2])
        if kind is None and line.strip():
            paragraph.append(line.strip())
            continue
        if paragraph:
            yield Block("paragraph", (" ".join(paragraph),))
            paragraph = []
        if kind:
            parts = line[2:].split(" | ") if kind == "row" else [line[2:]]
            yield Block(kind, tuple(part.strip() for part in parts))


def draw(flow: Flow, text: str, style: Style = BODY) -> None:
    """Draw a rendered template; the first row of a table is its head."""
    for kind, run in groupby(blocks(text), key=lambda block: block.kind):
        if kind == "row":
            head, *body = (block.parts for block in run)
            small(flow, head, body)
        elif kind in ("item", "small"):
            with flow.within("L", DISCS):
                for block in run:
                    flow.bullet(block.parts[0], style if kind == "item" else SMALL)
        else:
            if kind == "kept":
                flow.need(SIGNATURE)
            for block in run:
                _block(flow, block, style)


SIGNATURE = 110.0
"""How many points a greeting with the name below it takes: a page is turned before it, not within it."""


def _block(flow: Flow, block: Block, style: Style) -> None:
    match block.kind:
        case "heading":
            flow.heading(block.parts[0], 1, f"kop-{len(flow.stops)}", keep=40)
        case "line":
            flow.text(block.parts[0], replace(style, after=0))
        case "paragraph" | "kept":
            flow.space(4)
            flow.text(block.parts[0], style)

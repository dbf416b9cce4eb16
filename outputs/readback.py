"""Reads finished files back, layer by layer, as text: with other libraries than those that wrote them.

A layer is what a person or a program could look into: the text of the pages, the metadata, the bookmarks, a part of the
workbook. Each is given in pieces that belong together, a page or a cell, so that no value arises where two of them meet.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TypeAlias

from config.errors import LeakError
from outputs.as_json import SCHEMA
from outputs.readback_json import json_layers
from outputs.readback_pdf import pdf_layers
from outputs.readback_xlsx import xlsx_layers

Layer: TypeAlias = tuple[str, Iterator[str]]


def layers(name: str, content: bytes, passphrase: str = "") -> Iterator[Layer]:
    """The layers of one file. Raises LeakError for a kind of file that cannot be searched: what nobody can check may not leave."""
    yield "name", iter([name])
    match name.rsplit(".", 1)[-1]:
        case "pdf":
            yield from pdf_layers(content, passphrase)
        case "xlsx":
            yield from xlsx_layers(BytesIO(content))
        case "json":
            if content != SCHEMA.read_bytes():
                yield from json_layers(content)
        case "txt":
            yield "text", iter(content.decode("utf-8").split("\n"))
        case _:
            raise LeakError(
                "the dossier", "holds a kind of file that cannot be searched", "Leave it out, or teach outputs.readback to read it"
            )

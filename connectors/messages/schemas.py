"""Validation by the XSDs of iWmo and iJw, where a gemeente has put them in a folder: what differs is told by element, never by value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from connectors.structured.safely import local

_SORTS = (
    ("is not expected", r"ELEMENT_CONTENT|NOT_EXPECTED|MISSING"),
    ("has a value that is not allowed", r"FACET|ENUMERATION|PATTERN|LENGTH|INCLUSIVE|DATATYPE|CVC_TYPE|SIMPLETYPE"),
)


class Schemas:
    """The schemas below a folder, each read when the first message of its kind comes by; one that cannot be read is told of once."""

    def __init__(self, folder: Path) -> None:
        self._files = {path.stem.lower(): path for path in sorted(folder.rglob("*.xsd"))}
        self._read: dict[str, etree.XMLSchema | None] = {}
        self.broken: dict[str, None] = {}

    def deviations(self, kind: str, root: Any) -> tuple[str, ...]:
        """How a message differs from its schema; () where it does not, or where there is no schema for it."""
        schema = self._schema(kind)
        bericht = next((element for element in root.iter() if isinstance(element.tag, str) and local(element) == "Bericht"), None)
        if schema is None or bericht is None:
            return ()
        document = etree.ElementTree(bericht)
        if schema.validate(document):
            return ()
        return tuple(dict.fromkeys(_told(schema.error_log, document)))

    def _schema(self, kind: str) -> Any:
        if kind not in self._read:
            self._read[kind] = self._parsed(kind)
        return self._read[kind]

    def _parsed(self, kind: str) -> etree.XMLSchema | None:
        path = self._files.get(kind)
        if path is None:
            return None
        try:
            return etree.XMLSchema(etree.parse(str(path), etree.XMLParser(no_network=True, resolve_entities=False)))
        except (etree.XMLSchemaParseError, etree.XMLSyntaxError, OSError):
            self.broken[kind] = None
            return None


def _told(log: Any, document: Any) -> Iterator[str]:
    for error in log:
        said = next((words for words, sort in _SORTS if re.search(sort, error.type_name)), "differs")
        yield f"schema: element {_named(error, document)} {said}"


def _named(error: Any, document: Any) -> str:
    """The name of the element that an error is about, found by its place: the message of the error quotes the value."""
    try:
        found = document.xpath(error.path, namespaces=_prefixes(document)) if error.path else []
    except etree.XPathError:
        found = []
    name = local(found[0]) if found and isinstance(found[0].tag, str) else ""
    return name if re.fullmatch(r"[A-Za-z_]{1,40}[0-9]{0,2}", name) else "of an odd name"


def _prefixes(document: Any) -> dict[str, str]:
    """The prefixes that the message itself uses."""
    spaces = (element.nsmap for element in document.iter() if isinstance(element.tag, str))
    return {prefix: space for found in spaces for prefix, space in found.items() if prefix}

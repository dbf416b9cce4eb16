"""XML and JSON of strangers as trees: no document type, no entity, no endless depth; what is refused says why, without a value."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from lxml import etree

from connectors.files.content import LARGEST, Unreadable
from connectors.files.packed import declares_entities


def xml(data: bytes, most: int = LARGEST) -> Any:
    """The root of an XML document. Raises Unreadable: "large", "unsafe" for any document type or entity, "broken" for the rest."""
    if len(data) > most:
        raise Unreadable("large")
    if declares_entities(data):
        raise Unreadable("unsafe")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable("broken") from None
    if root is None:
        raise Unreadable("broken")
    whole: Any = root.getroottree()
    if whole.docinfo.doctype:  # one that stands behind a long comment
        raise Unreadable("unsafe")
    return root


def parsed_json(data: bytes, most: int = LARGEST) -> Any:
    """What a JSON document says, fractions as Decimal. Raises Unreadable: "large", or "broken", also for a name given twice."""
    if len(data) > most:
        raise Unreadable("large")
    try:
        return json.loads(data.removeprefix(b"\xef\xbb\xbf"), object_pairs_hook=_once, parse_constant=_refused, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError):
        raise Unreadable("broken") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names each stand once: of two equal names a reader would drop one in silence."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name stands twice")
    return made


def _refused(constant: str) -> None:
    """NaN and Infinity are no JSON (RFC 8259)."""
    raise ValueError(constant)


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    name: str = etree.QName(element).localname
    return name


def children(element: Any) -> list[Any]:
    """The elements inside an element."""
    return [child for child in element if isinstance(child.tag, str)]


def written_in(element: Any) -> str:
    """The text of an element without elements in it, trimmed."""
    return "".join(element.itertext()).strip()

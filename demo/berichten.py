"""Messages of iWmo and iJw 3.2 as a gemeente's archive keeps them: each valid by the published XSDs, about the people of the story.

A message is plain data: names of elements with text, a mapping, or a list of mappings for an element that is repeated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from demo.texts import read

GEMEENTE = "9901"

_CODES = {
    "wmo301": "414", "wmo302": "415", "wmo305": "418", "wmo306": "419", "wmo307": "420", "wmo308": "421", "wmo315": "444",
    "wmo316": "445", "wmo317": "480", "wmo318": "481", "wmo319": "482", "wmo320": "483", "wmo323": "484", "wmo325": "485",
    "jw301": "436", "jw302": "437", "jw305": "438", "jw306": "439", "jw307": "440", "jw308": "441", "jw315": "446", "jw316": "447",
    "jw317": "486", "jw318": "487", "jw319": "488", "jw320": "489", "jw323": "490", "jw325": "491",
}  # fmt: skip

_COMMON = frozenset(
    {
        "Naam", "Geslachtsnaam", "Partnernaam", "Geboortedatum", "Communicatie", "Adres", "Huis", "Telefoon", "Telefoon01", "Telefoon02",
        "Periode", "Product", "Omvang", "BerichtIdentificatie", "XsdVersie", "XsdVersieRetour", "XsdVersieDeclaratie",
        "DeclaratieIdentificatie", "DeclaratiePeriode", "ProductPeriode", "ProductReferentie", "IngediendBedrag", "TotaalIngediendBedrag",
        "TotaalToegekendBedrag", "Verwijzer",
    }
)  # fmt: skip
"""Elements whose content the basic schema defines, so that it stands in its namespace."""

VERSION = {"BasisschemaXsdVersie": "1.0.0", "BerichtXsdVersie": "1.0.0"}


def header(kind: str, sender: str, receiver: str, number: str, day: str) -> dict[str, Any]:
    """The header that every message begins with."""
    return {
        "BerichtCode": _CODES[kind], "BerichtVersie": "3", "BerichtSubversie": "2", "Afzender": sender, "Ontvanger": receiver,
        "BerichtIdentificatie": {"Identificatie": number, "Dagtekening": day}, "XsdVersie": VERSION,
    }  # fmt: skip


def bericht(kind: str, content: Mapping[str, Any]) -> bytes:
    """The message as XML."""
    law = kind[:-3]
    base = f"http://www.istandaarden.nl/i{law}/3_2/"
    spaces = f'xmlns:i{law}="{base}basisschema/schema" xmlns:{kind}="{base}{kind}/schema"'
    body = "".join(_written(content, kind, f"i{law}", 1))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind}:Bericht {spaces}>\n{body}</{kind}:Bericht>\n'.encode()


def _written(content: Mapping[str, Any], prefix: str, common: str, depth: int) -> Iterator[str]:
    space = "  " * depth
    for name, value in content.items():
        inside = common if name in _COMMON else prefix
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Mapping):
                yield f"{space}<{prefix}:{name}>\n{''.join(_written(one, inside, common, depth + 1))}{space}</{prefix}:{name}>\n"
            else:
                yield f"{space}<{prefix}:{name}>{escape(str(one))}</{prefix}:{name}>\n"


def fill(folder: Path) -> None:
    """Write the archive of the story: a folder a year, a file a message, named as the exchange names them."""
    for one in read("systems/berichten.yaml")["berichten"]:
        kind, day = one["kind"], one["day"]
        head = header(kind, one["from"], one["to"], one["number"], day) | one.get("header", {})
        path = folder / day[:4] / f"{kind.upper()}_{one['number']}.xml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bericht(kind, {"Header": head, **one["content"]}))

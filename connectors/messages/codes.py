"""What a code in a message means: the code lists of iWmo and iJw 3.2 (istandaarden.nl), as a resident can read them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path as File
from types import MappingProxyType
from typing import Any

import yaml

from connectors.asking.texts import text
from connectors.structured.paths import Path

_FILE = File(__file__).parent / "codes.yaml"

LISTS: Mapping[tuple[str, ...], str] = MappingProxyType(
    {
        ("Relatie", "Soort"): "SoortRelatie",
        ("Soort",): "AdresSoort",
        ("AanduidingWoonadres",): "AanduidingWoonadres",
        ("Communicatie", "Vorm"): "Communicatievorm",
        ("DebetCredit",): "DebetCredit",
        ("Eenheid",): "Eenheid",
        ("Frequentie",): "Frequentie",
        ("Geslacht",): "Geslacht",
        ("GezagsdragerBekend",): "JaNee",
        ("Raamcontract",): "JaNee",
        ("JuridischeStatus",): "JuridischeStatus",
        ("LandCode",): "LandCode",
        ("NaamGebruik",): "NaamGebruik",
        ("Product", "Categorie"): "ProductCategorie",
        ("ProductCategorie",): "ProductCategorie",
        ("RedenAfwijzingVerzoek",): "RedenAfwijzingVerzoek",
        ("RedenBeeindiging",): "RedenBeeindiging",
        ("RedenVerzoek",): "RedenVerzoek",
        ("RedenWijziging",): "RedenWijziging",
        ("RetourCode",): "RetourCode",
        ("StatusAanlevering",): "StatusAanlevering",
        ("Verwijzer", "Type"): "TypeVerwijzer",
        ("VerzoekAntwoord",): "VerzoekAntwoord",
        ("WettelijkeVertegenwoordiging",): "WettelijkeVertegenwoordiging",
    }
)
"""Which list an element is from, by its name, or by that and the name of what it lies in."""


def meant(law: str, path: Path, value: Any) -> Any:
    """The value with what it means before it, line by line; as it stands where its element has no list.

    >>> meant("wmo", ("Client", "Geslacht"), "2"), meant("wmo", ("Omvang", "Eenheid"), "77"), meant("wmo", ("Client", "Bsn"), "2")
    ('Vrouwelijk (2)', '77 (staat niet in de codelijst Eenheid)', '2')
    """
    name = LISTS.get(tuple(path[-2:])) or LISTS.get(tuple(path[-1:]))
    if name is None or value is None:
        return value
    known = _lists().get(f"{law}.{name}") or _lists().get(name, {})
    return "\n".join(_said(known, name, code) for code in str(value).split("\n"))


def _said(known: Mapping[str, str], name: str, code: str) -> str:
    plain = code.strip()
    if plain in known:
        return text("messages", "code", word=known[plain], code=plain)
    return text("messages", "no_code", code=plain, list=name) if plain else code


@lru_cache(maxsize=1)
def _lists() -> Mapping[str, Mapping[str, str]]:
    read: Mapping[str, Mapping[str, str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return read

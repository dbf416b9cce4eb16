"""The questions beside that for a person: where somebody lived (verblijfplaatshistorie) and which travel documents they have."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from config.errors import SourceRefused, SourceUnreadable
from config.settings import Source
from connectors.web.client import Declined, Web

Json = Mapping[str, Any]
_HEADERS = {"Content-Type": "application/json; charset=utf-8"}
_FIRST = "1850-01-01"
"""Before anybody alive was born."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question by BSN: the paths that its records may have, and how to ask it."""

    paths: tuple[str, ...]
    ask: Callable[[Web, str, Sequence[str]], list[Json]]


_INLAND = (
    "officieleStraatnaam korteStraatnaam huisnummer huisletter huisnummertoevoeging aanduidingBijHuisnummer postcode woonplaats "
    "locatiebeschrijving regel1 regel2 regel3 land"
)
_STAYS = tuple(
    (
        "type datumVan datumTot gemeenteVanInschrijving functieAdres adresseerbaarObjectIdentificatie nummeraanduidingIdentificatie "
        "verblijftNietOpAdresVanaf adressering.adresregel1 adressering.adresregel2 adressering.adresregel3 adressering.land rni "
        "inOnderzoek geheimhoudingPersoonsgegevens opschortingBijhouding " + " ".join(f"verblijfadres.{name}" for name in _INLAND.split())
    ).split()
)
_PAPERS = (
    "reisdocumentnummer", "soort", "datumEindeGeldigheid", "inhoudingOfVermissing.datum", "inhoudingOfVermissing.aanduiding",
    "houder.burgerservicenummer", "houder.geheimhoudingPersoonsgegevens", "houder.opschortingBijhouding", "inOnderzoek",
)  # fmt: skip
_ASKABLE_PAPERS = ("reisdocumentnummer", "soort", "datumEindeGeldigheid", "inhoudingOfVermissing")


def _stays(web: Web, bsn: str, names: Sequence[str]) -> list[Json]:
    """Every stay, the latest first; each with what is said of all: whether the address is to be kept secret."""
    until = date.today() + timedelta(days=1)  # noqa: DTZ011 - the end of a period that must include today
    body = {"type": "RaadpleegMetPeriode", "burgerservicenummer": bsn, "datumVan": _FIRST, "datumTot": until.isoformat()}
    answer = web.post(f"{_base(web.source, 'historie')}/verblijfplaatshistorie", json=body, headers=_HEADERS)
    stays = _listed(web, answer, "verblijfplaatsen")
    of_all = {name: answer[name] for name in ("geheimhoudingPersoonsgegevens", "opschortingBijhouding") if name in answer}
    return [{**stay, **of_all} for stay in stays]


def _papers(web: Web, bsn: str, names: Sequence[str]) -> list[Json]:
    """The travel documents. Raises SourceRefused where one is another's."""
    asked = {name.partition(".")[0] for name in names} & set(_ASKABLE_PAPERS) or {"reisdocumentnummer"}
    fields = [*sorted(asked), "houder.burgerservicenummer"]
    body = {"type": "ZoekMetBurgerservicenummer", "burgerservicenummer": bsn, "fields": fields}
    found = _listed(web, _asked_papers(web, body), "reisdocumenten")
    holders = [(paper.get("houder") or {}).get("burgerservicenummer") for paper in found]
    if any(holder not in {None, bsn} for holder in holders):
        raise SourceRefused(
            web.source.name, "it answered with a travel document of another person; all of it was refused", "Report this to its keeper"
        )
    return found


def _asked_papers(web: Web, body: Mapping[str, Any]) -> Any:
    """The answer where the API is kept beside that for persons, or else below the same address."""
    beside = f"{_base(web.source, 'reisdocumenten')}/reisdocumenten"
    below = f"{web.source.connection.rstrip('/')}/reisdocumenten"
    try:
        return web.post(beside, json=body, headers=_HEADERS)
    except Declined as error:
        if error.status != 404 or below == beside or web.source.options.get("reisdocumenten"):
            raise
    return web.post(below, json=body, headers=_HEADERS)


def _base(source: Source, name: str) -> str:
    """The address of an API: as `options` has it, or by that of the API for persons."""
    if source.options.get(name):
        return str(source.options[name]).rstrip("/")
    root = source.connection.rstrip("/")
    return re.sub(r"/brp$", "/reisdocumenten", root) if name == "reisdocumenten" else root


def _listed(web: Web, answer: Any, member: str) -> list[Json]:
    rows = answer.get(member) if isinstance(answer, dict) else None
    if rows is None and isinstance(answer, dict) and answer.keys() <= {"type", "geheimhoudingPersoonsgegevens", "opschortingBijhouding"}:
        return []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SourceUnreadable(web.source.name, f"its answer has no {member}", "Look whether its address under `options` is right")
    return rows


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {"verblijfplaatshistorie": Question(_STAYS, _stays), "reisdocumenten": Question(_PAPERS, _papers)}
)

"""The two questions beside that for a person: where somebody lived, and which travel documents they have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from demo.brp.problems import Invalid, Refusal, wrong

Json = dict[str, Any]

_FIELDS = frozenset({"reisdocumentnummer", "soort", "datumEindeGeldigheid", "inhoudingOfVermissing", "houder"})


def stays(register: Sequence[Mapping[str, Any]], query: Mapping[str, Any]) -> Json:
    """The stays that touch a period. Raises Refusal where the question is wrong."""
    _check(query, "RaadpleegMetPeriode", ("datumVan", "datumTot"))
    person = _one(register, query)
    if person is None:
        return {"verblijfplaatsen": []}
    said: Json = dict(person["verblijfplaatshistorie"])
    within = [stay for stay in said["verblijfplaatsen"] if _touches(stay, query["datumVan"], query["datumTot"])]
    return {**said, "verblijfplaatsen": within}


def papers(register: Sequence[Mapping[str, Any]], query: Mapping[str, Any]) -> Json:
    """The travel documents, cut to what is asked. Raises Refusal where the question is wrong."""
    _check(query, "ZoekMetBurgerservicenummer", ())
    fields = query.get("fields")
    if not isinstance(fields, list) or not fields or not {str(field).partition(".")[0] for field in fields} <= _FIELDS:
        raise Refusal(wrong((Invalid("fields", "fields", "Parameter bevat een niet bestaande veldnaam."),)))
    person, asked = _one(register, query), {str(field).partition(".")[0] for field in fields}
    found = [] if person is None else person.get("reisdocumenten", [])
    return {"type": query["type"], "reisdocumenten": [{n: v for n, v in paper.items() if n in asked} for paper in found]}


def _check(query: Mapping[str, Any], kind: str, days: Sequence[str]) -> None:
    if bad := tuple(_wrong(query, kind, days)):
        raise Refusal(wrong(bad))


def _wrong(query: Mapping[str, Any], kind: str, days: Sequence[str]) -> Iterator[Invalid]:
    if query.get("type") != kind:
        yield Invalid("type", "value", f"Waarde is geen {kind}.")
    if not re.fullmatch(r"[0-9]{9}", str(query.get("burgerservicenummer", ""))):
        yield Invalid("burgerservicenummer", "pattern", "Waarde voldoet niet aan patroon 0-9 negen keer.")
    for name in days:
        try:
            date.fromisoformat(str(query.get(name, "")))
        except ValueError:
            yield Invalid(name, "date", "Waarde is geen geldige datum.")


def _one(register: Sequence[Mapping[str, Any]], query: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return next((person for person in register if person["burgerservicenummer"] == query["burgerservicenummer"]), None)


def _touches(stay: Mapping[str, Any], first: str, until: str) -> bool:
    """Whether a stay has a day in `[first, until)`."""
    ended = stay.get("datumTot", {}).get("datum", "9999-12-31")
    return bool(stay["datumVan"].get("datum", "") < until and ended > first)

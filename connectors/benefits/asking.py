"""The questions of the two services: made by zeep from their WSDL, one for each year or month, sent with our own limits."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lxml import etree

from config.errors import SourceUnreadable
from config.settings import Source


@dataclass(frozen=True, slots=True)
class Service:
    """One service: where it stands below the connection, what its question is called, and what its answers hold."""

    name: str
    endpoint: str
    question: str
    wsdl: Path
    hundredths: bool  # whether an amount is in hundredths of a euro, or in whole euros


YEARLY = Service("jaaropgave", "JaarOpgaveClient-v0400", "JaarOpgaveInfo", Path(__file__).parent / "jaaropgave.wsdl", hundredths=False)
MONTHLY = Service(
    "uitkeringsspecificatie", "UitkeringsSpecificatieClient-v0600", "UitkeringsSpecificatieInfo",
    Path(__file__).parent / "uitkeringsspecificatie.wsdl", hundredths=True,
)  # fmt: skip
SERVICES: Mapping[str, Service] = MappingProxyType({service.name: service for service in (YEARLY, MONTHLY)})

FIRST_YEAR = 1980
"""No question may name an earlier one."""

YEARS_BACK = 10
"""How far back is asked where `options` do not say: benefits are kept for at most seven years after they end."""


def periods(service: Service, source: Source, today: date) -> list[str]:
    """Every year, or every month, from `options: {from: 2016}` to `until`, this month and year when left out.

    Raises SourceUnreadable where these are no years.
    """
    try:
        first = int(str(source.options.get("from") or today.year - YEARS_BACK)[:4])
        last = int(str(source.options.get("until") or today.year)[:4])
    except ValueError:
        raise _wrong(source) from None
    if not FIRST_YEAR <= first <= last <= 2999 or last - first > 60:
        raise _wrong(source)
    if service is YEARLY:
        return [str(year) for year in range(first, last + 1)]
    months = (f"{year}{month:02}" for year in range(first, last + 1) for month in range(1, 13))
    return [month for month in months if month <= f"{today:%Y%m}"]


def _wrong(source: Source) -> SourceUnreadable:
    return SourceUnreadable(
        source.name, "its `from` and `until` are no years in order", "Write them as `options: {from: 2016, until: 2026}`"
    )


def question(service: Service, source: Source, bsn: str, period: str, url: str) -> bytes:
    """The envelope of one question to this address. Raises SourceUnreadable where the WSDL of `options: {wsdl: ...}` cannot be used."""
    named = (source.options.get("wsdl") or {}).get(service.name)
    client, operation, header = _client(service, str(named or service.wsdl), source.name)
    body = {"BurgerServiceNr": bsn, **({"Dienstjaar": int(period)} if service is YEARLY else _month(source, period))}
    envelope = client.create_message(client.service, operation, _soapheaders=[header(**_header(source))], **body)
    for to in envelope.iter("{http://www.w3.org/2005/08/addressing}To"):
        to.text = url
    made: bytes = etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")
    return made


def _month(source: Source, period: str) -> dict[str, str]:
    return {"Periodenummer": period, "TypePeriode": str(source.options.get("type_periode") or "0")}


def _header(source: Source) -> dict[str, Any]:
    """Who asks whom: `options: {bron: ..., bestemming: ...}`, each with a gemeentecode or bedrijfsnaam and an applicatienaam."""
    now = datetime.now(UTC).replace(microsecond=0)
    return {
        "RouteInformatie": {"Bron": _actor(source, "bron", "Inzage"), "Bestemming": _actor(source, "bestemming", "GWS4all")},
        "BerichtIdentificatie": {"DatTijdAanmaakRequest": now, "ApplicatieInformatie": "Inzage"},
    }


def _actor(source: Source, name: str, application: str) -> dict[str, str]:
    said = {str(key).lower(): str(value) for key, value in (source.options.get(name) or {}).items()}
    company = {"Bedrijfsnaam": said["bedrijfsnaam"]} if said.get("bedrijfsnaam") else {"Gemeentecode": said.get("gemeentecode", "0000")}
    return {**company, "ApplicatieNaam": said.get("applicatienaam") or said.get("applicatie") or application}


@lru_cache(maxsize=8)
def _client(service: Service, wsdl: str, source: str) -> tuple[Any, str, Any]:
    """zeep over a WSDL on disk: the client, its operation, and the type of the header."""
    from zeep import Client  # noqa: PLC0415 - half a second, and most commands need none
    from zeep.exceptions import Error  # noqa: PLC0415 - as above

    logging.getLogger("zeep").setLevel(logging.ERROR)
    try:
        client: Any = Client(wsdl)  # type: ignore[no-untyped-call]  # zeep has no types
        operation = next(iter(client.service._operations))  # the one operation of a client service, whatever it is called
        return client, operation, client.get_element("{http://www.centric.nl/GWS/Header/v0300}Header")
    except (Error, OSError, ValueError, StopIteration, etree.XMLSyntaxError):
        remedy = "Mend `options: {wsdl: ...}`, or leave it out"
        raise SourceUnreadable(source, f"the WSDL of {service.name} cannot be used", remedy) from None

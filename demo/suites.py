"""The benefits suite of Voorbeeldstad: yearly and monthly statements over SOAP, as GWS4all gives them (JaarOpgave 0400, Uitkering 0600).

Statements follow from the periods of a benefit in `systems/suites.yaml`; an answer about nobody says `NietsGevonden`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from fastapi import FastAPI, Request, Response
from lxml import etree

from demo.texts import read

SOAP, WSA = "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2005/08/addressing"
HEADER, FWI = "http://www.centric.nl/GWS/Header/v0300", "http://www.centric.nl/GWS/FWI/v0200"
YEARLY, MONTHLY = "JaarOpgaveClient-v0400", "UitkeringsSpecificatieClient-v0600"
_QUESTIONS = {YEARLY: ("JaarOpgaveInfo", "Dienstjaar"), MONTHLY: ("UitkeringsSpecificatieInfo", "Periodenummer")}

_OFFICE = {
    "Gemeentecode": "9901", "Gemeentenaam": "Voorbeeldstad", "Bezoekadres": "Raadhuisplein 1", "Postcode": "1236AA",
    "Woonplaatsnaam": "Voorbeeldstad",
}  # fmt: skip


def application(user: str, password: str) -> FastAPI:
    """The two services over the clients of Voorbeeldstad, for whoever gives this name and password."""
    return answering({client["bsn"]: client for client in read("systems/suites.yaml")["clients"]}, user, password)


def answering(clients: Mapping[str, Mapping[str, Any]], user: str, password: str) -> FastAPI:
    """The two services over these clients by BSN, for whoever gives this name and password."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @app.post("/{service}")
    async def asked(service: str, request: Request) -> Response:
        """Answers one question."""
        if not _admitted(request, user, password):
            return Response(status_code=401, headers={"WWW-Authenticate": "Basic"})
        if service not in _QUESTIONS:
            return Response(status_code=404)
        return Response(answer(clients, service, await request.body()), media_type="text/xml; charset=utf-8")

    return app


def _admitted(request: Request, user: str, password: str) -> bool:
    from base64 import b64encode  # noqa: PLC0415 - for this one line

    wanted = b"Basic " + b64encode(f"{user}:{password}".encode())
    return secrets.compare_digest(request.headers.get("authorization", "").encode(), wanted)


def answer(clients: Mapping[str, Mapping[str, Any]], service: str, question: bytes) -> bytes:
    """The envelope that answers an envelope."""
    name, period = _QUESTIONS[service]
    root = etree.fromstring(question, etree.XMLParser(resolve_entities=False, no_network=True))
    asked = {etree.QName(one).localname: one.text or "" for one in root.iter() if isinstance(one.tag, str)}
    client = clients.get(asked.get("BurgerServiceNr", ""))
    content = _yearly(client, asked[period]) if service == YEARLY else _monthly(client, asked[period])
    head = (
        f"<wsa:MessageID>urn:uuid:00000000-0000-0000-0000-000000000001</wsa:MessageID>"
        f"<wsa:Action>http://www.centric.nl/GWS/Diensten/{service}/{name}Response</wsa:Action>"
        f"<wsa:RelatesTo>{escape(asked.get('MessageID', ''))}</wsa:RelatesTo><h:Header><RouteInformatie>"
        "<Bron><Gemeentecode>9901</Gemeentecode><ApplicatieNaam>GWS4all</ApplicatieNaam></Bron>"
        "<Bestemming><Gemeentecode>9901</Gemeentecode><ApplicatieNaam>Inzage</ApplicatieNaam></Bestemming></RouteInformatie>"
        "<BerichtIdentificatie><DatTijdAanmaakResponse>2026-09-01T07:30:00Z</DatTijdAanmaakResponse></BerichtIdentificatie></h:Header>"
    )
    kind, version = service.rsplit("-", 1)
    space = f"http://www.centric.nl/GWS/Diensten/{kind}/{version}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="{SOAP}" xmlns:wsa="{WSA}" xmlns:h="{HEADER}" xmlns:f="{FWI}" '
        f'xmlns:d="{space}"><e:Header>{head}</e:Header><e:Body><d:{name}Response>{content}</d:{name}Response></e:Body></e:Envelope>'
    ).encode()


def _yearly(client: Mapping[str, Any] | None, year: str) -> str:
    """A statement for each benefit that was paid in the year."""
    paid = [(one, months) for one in (client or {}).get("benefits", ()) if (months := [m for m in _months(one) if m[:4] == year])]
    if client is None or not paid:
        return "<f:NietsGevonden/>"
    lines = "".join(_statement(one, year, months) for one, months in paid)
    opgave = f"<JaarOpgave>{_written({'Inhoudingsplichtige': _OFFICE})}{lines}</JaarOpgave>"
    return f"<JaarOpgaveClient>{_written({'Client': _person(client)})}{opgave}</JaarOpgaveClient>"


def _statement(one: Mapping[str, Any], year: str, months: Sequence[str]) -> str:
    loon = round(one["amount"] * len(months) * 1.05)
    fields = {
        "Regeling": one["scheme"], "Dienstjaar": year, "AangiftePeriodeVan": f"{months[0]}01", "AangiftePeriodeTot": f"{months[-1]}28",
        "Fiscaalloon": _amount(loon), "Loonheffing": _amount(0), "CdPremieVolksverzekering": "250", "IndicatieZVW": "1",
        "WerkgeversheffingPremieZVW": _amount(round(loon * 0.0675)),
        "Loonheffingskorting": {"Ingangsdatum": f"{year}0101", "CdLoonheffingskorting": "1"},
    }  # fmt: skip
    return _written({"SpecificatieJaarOpgave": fields})


def _monthly(client: Mapping[str, Any] | None, month: str) -> str:
    """The payments of a month, each with what it was made up of."""
    paid = [one for one in (client or {}).get("benefits", ()) if month in _months(one)]
    if client is None or not paid:
        return "<f:NietsGevonden/>"
    history = "".join(_payment(one, month) for one in paid)
    specification = f"<Uitkeringsspecificatie>{_written({'Uitkeringsinstantie': _OFFICE})}{history}</Uitkeringsspecificatie>"
    person = {**_person(client), "Clientnummer": client["number"]}
    content = f"{_written({'Client': person})}<TypePeriode>0</TypePeriode>{specification}"
    return f"<UitkeringsSpecificatieClient>{content}</UitkeringsSpecificatieClient>"


def _payment(one: Mapping[str, Any], month: str) -> str:
    cents = round(one["amount"] * 100)
    fields: dict[str, Any] = {
        "Regeling": one["scheme"], "Dossiernummer": one["file"], "Periodenummer": month, "Betrekkingsperiode": month,
        "UitbetaaldBedragClient": _amount(cents), "Iban": one["iban"],
    }  # fmt: skip
    if partner := one.get("partner"):
        fields["OverigeBijstandspartij"] = {
            "BurgerServiceNr": partner["bsn"],
            "Voorletters": partner["initials"],
            "Achternaam": partner["family"],
        }
    fields["UitbetaaldBedragDossier"] = _amount(cents)
    fields["DatumBetaald"] = f"{month}25"
    parts = [
        {"Omschrijving": part["what"], "Bedrag": _amount(round(part["amount"] * 100)), "IndicatieKolom": part["column"]}
        for part in one["parts"]
    ]
    return f"<Dossierhistorie>{_written(fields)}{''.join(_written({'Componenthistorie': part}) for part in parts)}</Dossierhistorie>"


def _months(one: Mapping[str, Any]) -> list[str]:
    """The months of a benefit, first and last included: `200001`."""
    first, last = (int(str(one[end])[:4]) * 12 + int(str(one[end])[5:7]) - 1 for end in ("from", "until"))
    return [f"{month // 12}{month % 12 + 1:02}" for month in range(first, last + 1)]


def _person(client: Mapping[str, Any]) -> dict[str, str]:
    named = {"BurgerServiceNr": client["bsn"], "Voornamen": client["given"], "Voorletters": client["initials"]}
    return {**named, **({"Voorvoegsel": client["prefix"]} if client.get("prefix") else {}), "Achternaam": client["family"]}


def _amount(value: int) -> dict[str, str]:
    return {"CdPositiefNegatief": "-" if value < 0 else "+", "WaardeBedrag": str(abs(value))}


def _written(fields: Mapping[str, Any]) -> str:
    return "".join(_parts(fields))


def _parts(fields: Mapping[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        yield f"<{name}>{_written(value) if isinstance(value, Mapping) else escape(str(value))}</{name}>"

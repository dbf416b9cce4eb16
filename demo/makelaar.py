"""The data broker of Voorbeeldstad: answers `npsLv01` of StUF-BG 3.10 from the same register as the BRP server."""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from fastapi import FastAPI, Request, Response
from lxml import etree

BG, STUF = "http://www.egem.nl/StUF/sector/bg/0310", "http://www.egem.nl/StUF/StUF0301"
SOAP, XSI = "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2001/XMLSchema-instance"

_FROM = {
    "inp.bsn": "burgerservicenummer", "geslachtsnaam": "naam.geslachtsnaam", "voorvoegselGeslachtsnaam": "naam.voorvoegsel",
    "voorletters": "naam.voorletters", "voornamen": "naam.voornamen", "geslachtsaanduiding": "geslacht.code",
    "geboortedatum": "geboorte.datum.datum", "wpl.woonplaatsNaam": "verblijfplaats.verblijfadres.woonplaats",
    "gor.straatnaam": "verblijfplaats.verblijfadres.korteStraatnaam", "aoa.postcode": "verblijfplaats.verblijfadres.postcode",
    "aoa.huisnummer": "verblijfplaats.verblijfadres.huisnummer", "aoa.huisletter": "verblijfplaats.verblijfadres.huisletter",
    "inp.gemeenteVanInschrijving": "gemeenteVanInschrijving.code",
}  # fmt: skip
"""Where the register has each element; what stands here not, this broker does not keep."""


def application(register: Sequence[Mapping[str, Any]], user: str, password: str) -> FastAPI:
    """The broker over a register, for whoever gives this name and password."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    people = {person["burgerservicenummer"]: person for person in register}
    wanted = b"Basic " + b64encode(f"{user}:{password}".encode())

    @app.post("/BeantwoordVraag")
    async def asked(request: Request) -> Response:
        """Answers one question."""
        if not secrets.compare_digest(request.headers.get("authorization", "").encode(), wanted):
            return Response(status_code=401, headers={"WWW-Authenticate": "Basic"})
        status, body = answer(people, await request.body())
        return Response(body, status, media_type="text/xml; charset=utf-8")

    return app


def answer(people: Mapping[str, Mapping[str, Any]], question: bytes) -> tuple[int, bytes]:
    """Status and envelope that answer an envelope: the elements that were asked for, filled or with the reason why not."""
    root = etree.fromstring(question, etree.XMLParser(resolve_entities=False, no_network=True))
    asked = root.find(f".//{{{BG}}}npsLv01")
    bsn = root.findtext(f".//{{{BG}}}gelijk/{{{BG}}}inp.bsn") or ""
    scope = root.find(f".//{{{BG}}}scope/{{{BG}}}object")
    if asked is None or scope is None or not bsn:
        return 500, _fault("StUF055", "Berichtbody is niet conform schema in sectormodel")
    person = people.get(bsn)
    inside = f'<bg:antwoord><bg:object StUF:entiteittype="NPS">{_elements(scope, person)}</bg:object></bg:antwoord>' if person else ""
    reference = escape(root.findtext(f".//{{{STUF}}}referentienummer") or "")
    head = (
        "<bg:stuurgegevens><StUF:berichtcode>La01</StUF:berichtcode><StUF:zender><StUF:applicatie>Makelaar</StUF:applicatie></StUF:zender>"
        f"<StUF:ontvanger><StUF:applicatie>Inzage</StUF:applicatie></StUF:ontvanger><StUF:crossRefnummer>{reference}</StUF:crossRefnummer>"
        "<StUF:entiteittype>NPS</StUF:entiteittype></bg:stuurgegevens>"
        "<bg:parameters><StUF:indicatorVervolgvraag>false</StUF:indicatorVervolgvraag></bg:parameters>"
    )
    return 200, _envelope(f"<bg:npsLa01>{head}{inside}</bg:npsLa01>")


def _elements(scope: Any, person: Mapping[str, Any]) -> str:
    made = ""
    for element in scope:
        name = etree.QName(element).localname
        if name.startswith("inp.heeftAls"):
            continue  # this broker keeps no relations
        if len(element):
            made += f"<bg:{name}>{_elements(element, person)}</bg:{name}>"
        else:
            value = _at(person, _FROM.get(name, ""))
            why = "geenWaarde" if name in _FROM else "nietOndersteund"
            made += f"<bg:{name}>{escape(value)}</bg:{name}>" if value else f'<bg:{name} xsi:nil="true" StUF:noValue="{why}"/>'
    return made


def _at(person: Mapping[str, Any], path: str) -> str:
    value: Any = person
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    text = "" if value is None else str(value)
    return text.replace("-", "") if path.endswith(".datum") else text


def _fault(code: str, words: str) -> bytes:
    told = f"<StUF:code>{code}</StUF:code><StUF:plek>client</StUF:plek><StUF:omschrijving>{words}</StUF:omschrijving>"
    head = "<StUF:stuurgegevens><StUF:berichtcode>Fo02</StUF:berichtcode></StUF:stuurgegevens>"
    message = f"<detail><StUF:Fo02Bericht>{head}<StUF:body>{told}</StUF:body></StUF:Fo02Bericht></detail>"
    return _envelope(f"<e:Fault><faultcode>e:Client</faultcode><faultstring>{words}</faultstring>{message}</e:Fault>")


def _envelope(content: str) -> bytes:
    spaces = f'xmlns:e="{SOAP}" xmlns:bg="{BG}" xmlns:StUF="{STUF}" xmlns:xsi="{XSI}"'
    return f'<?xml version="1.0" encoding="UTF-8"?><e:Envelope {spaces}><e:Body>{content}</e:Body></e:Envelope>'.encode()

"""The question `npsLv01`: one BSN, and no more elements than sources.yaml names."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from connectors.structured.paths import Path
from connectors.stuf.outline import PERSON, RELATED, RELATIONS

BG, STUF = "http://www.egem.nl/StUF/sector/bg/0310", "http://www.egem.nl/StUF/StUF0301"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
ACTION = f"{BG}/npsLv01"
MOST = 10
"""Persons in one answer: a BSN is one person's, and a second is a reason to refuse."""

_SOAP = {"1.1": "http://schemas.xmlsoap.org/soap/envelope/", "1.2": "http://www.w3.org/2003/05/soap-envelope"}


def question(bsn: str, wanted: Sequence[Path], options: Mapping[str, Any], security: str = "", start: str = "") -> bytes:
    """The envelope; `start` is the BSN of the last person of the answer before, in a question that follows another."""
    space = _SOAP.get(str(options.get("soap") or "1.1"), _SOAP["1.1"])
    more = "true" if start else "false"
    after = f'<bg:start StUF:entiteittype="NPS"><bg:inp.bsn>{escape(start)}</bg:inp.bsn></bg:start>' if start else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="{space}" xmlns:bg="{BG}" xmlns:StUF="{STUF}" '
        f'xmlns:xsi="{XSI}">'
        f"<soapenv:Header>{security}</soapenv:Header><soapenv:Body><bg:npsLv01>{_stuurgegevens(options)}"
        f"<bg:parameters><StUF:sortering>0</StUF:sortering><StUF:indicatorVervolgvraag>{more}</StUF:indicatorVervolgvraag>"
        f"<StUF:maximumAantal>{MOST}</StUF:maximumAantal><StUF:indicatorAfnemerIndicatie>false</StUF:indicatorAfnemerIndicatie>"
        f"<StUF:indicatorAantal>false</StUF:indicatorAantal></bg:parameters>"
        f'<bg:gelijk StUF:entiteittype="NPS"><bg:inp.bsn>{escape(bsn)}</bg:inp.bsn></bg:gelijk>{after}'
        f'<bg:scope><bg:object StUF:entiteittype="NPS">{_scope(wanted)}</bg:object></bg:scope>'
        "</bg:npsLv01></soapenv:Body></soapenv:Envelope>"
    ).encode()


def _stuurgegevens(options: Mapping[str, Any]) -> str:
    reference = uuid.uuid4().hex
    moment = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")[:17]
    parties = "".join(_party(name, options.get(name) or {}) for name in ("zender", "ontvanger"))
    return (
        f"<bg:stuurgegevens><StUF:berichtcode>Lv01</StUF:berichtcode>{parties}<StUF:referentienummer>{reference}</StUF:referentienummer>"
        f"<StUF:tijdstipBericht>{moment}</StUF:tijdstipBericht><StUF:entiteittype>NPS</StUF:entiteittype></bg:stuurgegevens>"
    )


def _party(name: str, said: Mapping[str, Any]) -> str:
    """Who asks or is asked: an application at least."""
    known = {"applicatie": "Inzage" if name == "zender" else "StUF-BG", **said}
    parts = "".join(
        f"<StUF:{part}>{escape(str(known[part]))}</StUF:{part}>"
        for part in ("organisatie", "applicatie", "administratie", "gebruiker")
        if known.get(part)
    )
    return f"<StUF:{name}>{parts}</StUF:{name}>"


def _scope(wanted: Sequence[Path]) -> str:
    """The elements that are asked for, each empty, in the order of the sector model."""
    person = [path for path in wanted if path[0] not in RELATIONS and not path[0].startswith("inp.heeftAls")]
    relations = list(dict.fromkeys(path[0] for path in wanted if path not in person))
    order = {name: number for number, name in enumerate(RELATIONS)}
    relations.sort(key=lambda name: order.get(name, len(order)))
    related = (_relation(name, [path[1:] for path in wanted if path[0] == name]) for name in relations)
    return _elements(_ordered([("inp.bsn",), *person], PERSON)) + "".join(related)


def _relation(name: str, wanted: Sequence[Path]) -> str:
    inside = [path[1:] for path in wanted if path[:1] == ("gerelateerde",)]
    own = _elements([path for path in wanted if path[:1] != ("gerelateerde",)])
    kind = RELATIONS.get(name, "")
    mark = f' StUF:entiteittype="{kind}"' if kind else ""
    other = f'<bg:gerelateerde StUF:entiteittype="NPS">{_elements(_ordered(inside or [("inp.bsn",)], RELATED))}</bg:gerelateerde>'
    return f"<bg:{name}{mark}>{other}{own}</bg:{name}>"


def _ordered(paths: Iterable[Path], model: Sequence[Path]) -> list[Path]:
    """Each path once, those of the model in its order and the others after them."""
    places = {path: number for number, path in enumerate(model)}
    return sorted(dict.fromkeys(paths), key=lambda path: places.get(path, len(places)))


def _elements(paths: Sequence[Path]) -> str:
    """Paths as nested empty elements; neighbours with one head share it."""
    made, left = "", list(paths)
    while left:
        head = left[0][0]
        inside = [path[1:] for path in left if path[0] == head]
        left = [path for path in left if path[0] != head]
        deeper = [path for path in inside if path]
        made += f"<bg:{head}>{_elements(deeper)}</bg:{head}>" if deeper else f'<bg:{head} xsi:nil="true"/>'
    return made

"""The answers of the two services as records: amounts as a person reads them, each record with what it lies in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from config.discretion import discreet
from config.errors import SourceError, SourceRefused, SourceUnavailable, SourceUnreadable
from connectors.benefits.asking import MONTHLY, YEARLY, Service
from connectors.soap.exchange import Fault, body_of
from connectors.structured.paths import Path
from connectors.structured.safely import children, local, written_in
from connectors.written.figures import bsn as digits_of

RECORDS: Mapping[str, tuple[Service, ...]] = MappingProxyType(
    {
        "Client": (YEARLY, MONTHLY), "SpecificatieJaarOpgave": (YEARLY,), "Loonheffingskorting": (YEARLY,), "Dossierhistorie": (MONTHLY,),
        "Componenthistorie": (MONTHLY,), "OverigeBijstandspartij": (MONTHLY,),
    }
)  # fmt: skip
"""Elements that are rows, and the services that have them."""

_PARTS = frozenset({"Inhoudingsplichtige", "Uitkeringsinstantie"})
"""Groups beside the records that belong to each of them."""


def _paths(text: str) -> tuple[Path, ...]:
    return tuple(tuple(word.split("/")) for word in text.split())


_PERSON = """BurgerServiceNr Voornamen Voorletters Voorvoegsel Achternaam AanduidingNaamgebruik VoorvoegselEchtgenoot AchternaamEchtgenoot
    Clientnummer"""
LEAVES: Mapping[str, tuple[Path, ...]] = MappingProxyType(
    {
        "Client": _paths(f"""{_PERSON} Adres/Locatie Adres/Straatnaam Adres/Huisnummer Adres/Huisletter Adres/HuisnrToevoeging
            Adres/Postcode Adres/Woonplaatsnaam Adres/Gemeentenaam"""),
        "SpecificatieJaarOpgave": _paths(
            """Regeling Dienstjaar AangiftePeriodeVan AangiftePeriodeTot Fiscaalloon Loonheffing CdPremieVolksverzekering IndicatieZVW
            IngehoudenPremieZVW VergoedingPremieZVW OntvangstenFiscaalloon OntvangstenIngehoudenPremieZVW OntvangstenVergoedingPremieZVW
            OntvangstenPremieloon WerkgeversheffingPremieZVW OntvangstenWerkgeversheffingPremieZVW BelasteAlimentatie"""
        ),
        "Loonheffingskorting": _paths("Ingangsdatum CdLoonheffingskorting"),
        "Dossierhistorie": _paths(
            """Regeling Dossiernummer Periodenummer Betrekkingsperiode UitbetaaldBedragClient Iban Bic OpgegevenInkomsten
            TeVerrekenenInkomsten InkomstenVrijlating InkomstenNaVrijlating VakantiegeldOverInkomsten GekorteInkomsten
            UitbetaaldBedragDossier DatumBetaald"""
        ),
        "Componenthistorie": _paths("Omschrijving Bedrag IndicatieKolom Toelichting Crediteur"),
        "OverigeBijstandspartij": _paths(f"{_PERSON} UitbetaaldBedrag Iban Bic"),
    }
)  # fmt: skip
"""The leaves of each record by the schemas; amounts are one leaf, with their sign."""

_OFFICE = ("Gemeentecode", "Gemeentenaam", "Bezoekadres", "Postcode", "Woonplaatsnaam")
AROUND = (*((group, name) for group in sorted(_PARTS) for name in _OFFICE), ("TypePeriode",))
"""What stands beside the records, for each of them alike."""


@discreet
@dataclass(frozen=True, slots=True)
class Held:
    """One record of an answer: its name, its own leaves, and those of what it lies in."""

    name: str
    own: Mapping[Path, Any]
    around: Mapping[Path, Any] = field(default_factory=dict)


@discreet
@dataclass(frozen=True, slots=True)
class Answered:
    """The records of one answer, the BSN that it gives its client, and whether the source warned of something."""

    records: tuple[Held, ...] = ()
    bsn: str = ""
    warned: bool = False


def answered(name: str, service: Service, said: Any) -> Answered:
    """What the service said. Raises SourceError where that is an error, or no answer of this service."""
    if isinstance(said, Fault):
        told = " ".join([said.words, *(written_in(said.detail) for _ in range(1) if said.detail is not None)])
        raise _error(name, told, said.code)
    content = body_of(said)
    if local(content) != f"{service.question}Response":
        raise SourceUnreadable(name, f"its answer is not that of {service.endpoint}", "Look whether its connection is the right address")
    if wrong := [one for one in content.iter() if isinstance(one.tag, str) and local(one) == "Fout"]:
        raise _error(name, " ".join(map(written_in, wrong)), "Client" if _of_question(wrong) else "Server")
    warned = any(isinstance(one.tag, str) and local(one) == "Waarschuwing" for one in content.iter())
    return _read(content, service, warned)


def _of_question(wrong: list[Any]) -> bool:
    """Whether an error says that the question is wrong: the BSN, the year or the period."""
    words = " ".join(map(written_in, wrong)).lower()
    return bool(re.search(r"elfproef|ongeldig|onjuist|verplicht|formaat|bsn", words))


def _error(name: str, words: str, code: str) -> SourceError:
    """The error that a fault means; its words stay here, for they quote the BSN."""
    if re.search(r"autoris|authori|toegang|access|certificate|certificaat", words.lower()):
        return SourceRefused(name, "it gives no access", "Look at `auth` and `bron` in sources.yaml, and what the authorisation covers")
    if "client" in code.lower() or "sender" in code.lower():
        return SourceUnreadable(name, "it does not accept the question", "Look at `options` in sources.yaml, and ask who runs it")
    return SourceUnavailable(name, "it could not handle the question", "Try again later; ask who runs it when this goes on")


def _read(content: Any, service: Service, warned: bool) -> Answered:
    found: list[Held] = []
    _walk(content, (), service, {}, found)
    numbers = {
        digits_of(value) for held in found if held.name == "Client" for path, value in held.own.items() if path == ("BurgerServiceNr",)
    }
    return Answered(tuple(found), numbers.pop() if len(numbers) == 1 else "", warned)


def _walk(element: Any, around_path: Path, service: Service, around: Mapping[Path, Any], found: list[Held]) -> dict[Path, Any]:
    """The leaves right inside an element; records below it go to `found`, each with all that it lies in."""
    leaves: dict[Path, Any] = {}
    records: list[Any] = []
    for child in children(element):
        if local(child) in RECORDS:
            records.append(child)
        elif local(child) in _PARTS or not _holds_records(child):
            leaves |= _leaves(child, (local(child),), service)
        else:
            records.append(child)
    for child in sorted(records, key=lambda one: local(one) != "Client"):
        before = len(found)
        own = _walk(child, (), service, {**around, **_marked(element, leaves)}, found)
        if local(child) in RECORDS:
            found.insert(before, Held(local(child), own, {**around, **_marked(element, leaves)}))
    return leaves


def _marked(element: Any, leaves: Mapping[Path, Any]) -> dict[Path, Any]:
    """Leaves as those of what lies inside see them: under the name of the record that has them."""
    head = (local(element),) if local(element) in RECORDS else ()
    return {(*head, *path): value for path, value in leaves.items()}


def _holds_records(element: Any) -> bool:
    return any(isinstance(one.tag, str) and local(one) in RECORDS for one in element.iter())


def _leaves(element: Any, path: Path, service: Service) -> dict[Path, Any]:
    inside = children(element)
    if {local(one) for one in inside} == {"CdPositiefNegatief", "WaardeBedrag"}:
        return {path: _amount(element, service)}
    if not inside:
        said = written_in(element)
        return {path: _value(path, said)} if said else {}
    return {place: value for one in inside for place, value in _leaves(one, (*path, local(one)), service).items()}


def _amount(element: Any, service: Service) -> Any:
    """An amount with its sign: the yearly statement has whole euros, the monthly one hundredths."""
    said = {local(one): written_in(one) for one in children(element)}
    if not said["WaardeBedrag"].isdigit() or said["CdPositiefNegatief"] not in {"+", "-"}:
        return f"{said['CdPositiefNegatief']} {said['WaardeBedrag']}".strip() or None
    amount = Decimal(said["WaardeBedrag"]).scaleb(-2 if service.hundredths else 0)
    return -amount if said["CdPositiefNegatief"] == "-" else amount


def _value(path: Path, said: str) -> Any:
    """A day as a date; a month as year and month; all else as it stands."""
    name = path[-1].lower()
    try:
        if re.fullmatch(r"[0-9]{8}", said) and ("datum" in name or "periodevan" in name or "periodetot" in name):
            return date(int(said[:4]), int(said[4:6]), int(said[6:]))
    except ValueError:
        return said
    return f"{said[:4]}-{said[4:]}" if re.fullmatch(r"[0-9]{6}", said) and "periode" in name else said

"""What a column of an unknown database may hold, by its name, its type and a sample: a guess with its reason, for a person to correct.

Where it is unsure whose data it is, it leans to somebody else's: a name that is withheld too much is seen and mended.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from stdnum.nl import bsn as elfproef

from config.collection import Column, Kind, Party
from connectors.written import figures, relations
from connectors.written.dates import day
from connectors.written.parts import ADDRESS_PARTS, NAME_PARTS, Part, about, part, spelled

LONG = 60
"""Characters from which text is a note that may speak of anybody."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A column as sources.yaml would have it, and why; `withhold` stands in place of kind and party where it is technical."""

    kind: Kind
    party: Party
    why: str
    withhold: str = ""
    category: str = ""


_TECHNICAL = r"wachtwoord|password|passwd|hash|token|salt|secret|rowversion|row ?version|checksum|etl|batch|sessie|session"
_OFFICIAL = (
    r"medewerker|behandelaar|consulent|klantmanager|casemanager|regisseur|gebruiker|user|invoer(?:der|door)?|gewijzigd door|mutatie ?door"
    r"|aangemaakt door|created by|modified by|updated by|toetser|ambtenaar|besl(?:isser|oten door)|auteur|opsteller"
)
_PROFESSIONAL = (
    r"huisarts|arts|school|leerkracht|begeleider|aanbieder|leverancier|hulpverlener|zorgverlener"
    r"|therapeut|advocaat|notaris|bewindvoerder|curator|mentor"
)
_ORGANISATION = r"bedrijf|organisatie|instelling|werkgever|schuldeiser|crediteur|stichting|handelsnaam|kvk|gemeentenaam|branche"
_OTHERS = (
    r"contactpersoon|melder|aanmelder|verwijzer|getuige|buur|gezinslid|relatie|ouder|partner|kind(?!er ?bijslag)"
    r"|moeder|vader|voogd|erflater"
)
_HEALTH = (
    r"diagnos|ziekte|medisch|medicatie|beperking|stoornis|handicap|verslaving|psych|gezondheid|aandoening|zorgvraag|indicatiestelling"
    r"|(?<![a-z])indicatie(?=$| (?:stelling|besluit|datum|nummer|nr|code))"
)
_CRIME = r"strafrecht|delict|veroordel|justitie|reclassering|detentie|huisverbod"
_NOT_PEOPLE = r"gebruik|bestands|file|tabel|functie|product|dienst|opleiding|module|label|openbare|straat|certificaat|document|map ?naam"

_VALUES: Mapping[Kind, Callable[[Any], bool]] = MappingProxyType(
    {
        Kind.BSN: lambda cell: bool(figures.bsn(cell)) and elfproef.is_valid(figures.bsn(cell)),
        Kind.EMAIL: lambda cell: bool(figures.email(cell)),
        Kind.IBAN: lambda cell: bool(figures.iban(cell)) and not str(cell).isdigit(),
        Kind.PHONE: lambda cell: bool(re.fullmatch(r"(?:\+31|0031|0)[1-9][0-9 \-]{8,11}", str(cell).strip())),
        Kind.DATE: lambda cell: isinstance(cell, str) and bool(re.search(r"[\-/ ]", cell.strip())) and day(cell) is not None,
    }
)
_NAMED = (
    (Kind.BSN, r"(?:^| )bsn|burger ?service ?n|sofi(?: ?n|$)"),
    (Kind.EMAIL, r"e ?mail"),
    (Kind.IBAN, r"iban|(?:bank ?)?rekening ?n(?:ummer|r)"),
    (Kind.PHONE, r"tele?foon|(?:^| )tel(?: |$)|mobiel|gsm|(?:^| )fax"),
    (Kind.PLATE, r"kenteken"),
    (Kind.AMOUNT, r"bedrag|saldo|prijs|tarief|kosten(?!plaats)|schuld ?bedrag|inkomen ?bruto"),
)


def guessed(name: str, kind: str, sample: Sequence[Any], *, key: bool, direct: bool) -> Guess:
    """The guess for one column; `kind` is its type in the words of the database, `key` whether it only ties tables together.

    `direct` says that the table holds a BSN of its own, so that a plain name in it is the subject's.
    """
    said, filled = spelled(name), [cell for cell in sample if cell not in (None, "")]
    if re.search(_TECHNICAL, said) or re.match(r"uuid|inet|timestamp\b.*rowversion|xid", kind):
        return Guess(Kind.ID, Party.TECHNICAL, "its name or type is that of the system itself", withhold="technical")
    found, why = _kind(said, name, kind, filled, key=key)
    party, whose = _party(said, name, found, direct=direct)
    if found is Kind.CODE and party in {Party.OFFICIAL, Party.PROFESSIONAL} and re.search("char|text", kind):
        found, why = Kind.NAME, "it may hold a name"
    return Guess(found, party, f"{why}; {whose}", category=_category(said, party))


def _kind(said: str, name: str, kind: str, filled: Sequence[Any], *, key: bool) -> tuple[Kind, str]:
    by_name = next((found for found, pattern in _NAMED if re.search(pattern, said)), None)
    if by_name and not re.search(r"bool", kind) and not (key and by_name is not Kind.BSN):
        return by_name, "its name says so"
    if re.match(r"bytea|blob|longblob|mediumblob|varbinary|image", kind):
        return Kind.DOCUMENT, "its type holds files"
    if re.match(r"date|timestamp|datetime", kind):
        return Kind.DATE, "its type is a date"
    if key:
        return Kind.ID, "it is a key of the table"
    by_value = next((found for found, fits in _VALUES.items() if _most(filled, fits)), None)
    if by_value:
        return by_value, "most of a sample looks like one"
    return _by_parts(said, name) or _by_form(said, kind, filled)


def _most(filled: Sequence[Any], fits: Callable[[Any], bool]) -> bool:
    return len(filled) >= 3 and sum(map(fits, filled)) >= 0.8 * len(filled)


def _by_parts(said: str, name: str) -> tuple[Kind, str] | None:
    if re.search(r"geboorte ?dat|geb ?dat|(?:^| )geboren(?: |$)", said):
        return Kind.DATE, "its name is that of a birth date"
    if part(Column(name, name, Kind.NAME)) in NAME_PARTS and re.search(
        r"naam|(?:^| )nm|voorl|voorv|tussenv|name|initia|achtern|voorn", said
    ):
        return (
            (Kind.CODE, "its name names a thing, no person") if re.search(_NOT_PEOPLE, said) else (Kind.NAME, "its name is part of a name")
        )
    home = part(Column(name, name, Kind.ADDRESS))
    if home in {Part.NUMBER, Part.LETTER, Part.ADDITION} and "huis" not in said:
        return None
    if home in ADDRESS_PARTS and (home is not Part.FULL_ADDRESS or re.search(r"(?<!mail)adres|address", said)) and "mail" not in said:
        return Kind.ADDRESS, "its name is part of an address"
    return None


def _by_form(said: str, kind: str, filled: Sequence[Any]) -> tuple[Kind, str]:
    longest = max((len(cell) for cell in filled if isinstance(cell, str)), default=0)
    if (
        re.match(r"text|longtext|clob|json|xml", kind)
        or longest > LONG
        or re.search(r"opmerking|notitie|toelicht|omschrijving|verslag|tekst", said)
    ):
        return Kind.TEXT, "it holds free text"
    if re.match(r"bool|bit|tinyint\(1\)|enum", kind):
        return Kind.CODE, "its type knows few values"
    if re.match(r"numeric\(\d+, ?[12]\)|decimal\(\d+, ?[12]\)|money", kind) or any(isinstance(cell, Decimal) for cell in filled):
        return Kind.AMOUNT, "its type has cents"
    if re.search(r"(?:^| )a ?nummer$", said):
        return Kind.ID, "its name is that of a number of the register of persons"
    if re.search(r"(?:^| )(?:id|nr|nummer|code|kenmerk)$", said):
        return (Kind.CODE, "its name ends as a code") if said.endswith("code") else (Kind.ID, "its name ends as a number")
    return Kind.CODE, "nothing tells more of it"


def _party(said: str, name: str, kind: Kind, *, direct: bool) -> tuple[Party, str]:
    if kind in {Kind.TEXT, Kind.DOCUMENT}:
        return Party.MIXED, "it may speak of anybody"
    for party, pattern in ((Party.OFFICIAL, _OFFICIAL), (Party.PROFESSIONAL, _PROFESSIONAL), (Party.ORGANISATION, _ORGANISATION)):
        if re.search(pattern, said):
            return party, f"its name is that of somebody who is {party}"
    whom = relations.within(said) or relations.within(about(Column(name, name, kind)))
    if whom in relations.FAMILY:
        return Party.RELATIVE, "its name is that of a relative"
    if whom or re.search(_OTHERS, said):
        return Party.THIRD, "its name is that of somebody else"
    if kind in {Kind.NAME, Kind.BSN, Kind.EMAIL, Kind.PHONE, Kind.IBAN, Kind.ADDRESS} and not direct:
        return Party.THIRD, "nothing says that it is the resident's: correct it if it is"
    return Party.SUBJECT, "nothing speaks of anybody else"


def _category(said: str, party: Party) -> str:
    if party in {Party.SUBJECT, Party.MIXED}:
        return "gezondheid" if re.search(_HEALTH, said) else "strafrechtelijke gegevens" if re.search(_CRIME, said) else ""
    return ""

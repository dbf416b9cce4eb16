"""Which part of a name, an address or a period a column holds, guessed from how the column is called and labelled."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from config.collection import Column, Kind, Party
from config.folding import fold


class Part(StrEnum):
    """What a column holds of somebody."""

    GIVEN = "given"
    CALL = "call"
    INITIALS = "initials"
    PREFIX = "prefix"
    FAMILY = "family"
    PARTNER_PREFIX = "partner_prefix"
    PARTNER_FAMILY = "partner_family"
    FULL_NAME = "full_name"
    STREET = "street"
    NUMBER = "number"
    LETTER = "letter"
    ADDITION = "addition"
    POSTCODE = "postcode"
    CITY = "city"
    FULL_ADDRESS = "full_address"
    BIRTH_DATE = "birth_date"
    GENDER = "gender"
    SECRET = "secret"  # noqa: S105 - an address that is to be kept secret
    SINCE = "since"
    UNTIL = "until"
    NONE = ""


NAME_PARTS = (Part.GIVEN, Part.CALL, Part.INITIALS, Part.PREFIX, Part.FAMILY, Part.PARTNER_PREFIX, Part.PARTNER_FAMILY, Part.FULL_NAME)
ADDRESS_PARTS = (Part.STREET, Part.NUMBER, Part.LETTER, Part.ADDITION, Part.POSTCODE, Part.CITY, Part.FULL_ADDRESS)

_NAMES = (
    (Part.INITIALS, r"voorl(?:etters?|tr|s)?(?![a-z]{3})|vrltrs?|vltrs?|initia(?:len|al|ls)|voorletter"),
    (Part.CALL, r"roepn(?:aam|m)|roepnaam|callname|nickname"),
    (Part.GIVEN, r"voorn(?:a(?:am|men)|mn?)|vrnm|doopna(?:am|men)|givennames?|firstname|forename"),
    (Part.PREFIX, r"(?:voor|tussen)(?:voegsels?|vgsl?|v)(?![a-z]{3})|voorvoegsels?(?= ?(?:geslachts)?naam)"
        r"|vvgsl?|vrvgsl|infix|nameprefix|tussen(?:naam|vg)|(?:^| )tv(?: |$)"),
    (
        Part.FAMILY,
        r"achtern(?:aam|m)|gesl(?:achts)? ?n(?:aam|m)|(?:familie|meisjes|geboorte)n(?:aam|m)|stamnaam|(?:last|family) ?name|surname",
    ),
    (Part.FULL_NAME, r"volledige ?naam|naam|name|(?:^| )nm(?: |$)"),
)  # fmt: skip

_ADDRESSES = (
    (Part.POSTCODE, r"postc(?:ode)?|postal ?code|zip(?: ?code)?|(?:^| )(?:pc|pcode)(?: |$)"),
    (Part.LETTER, r"huis ?letter|huislt|(?:^| )letter(?: |$)"),
    (Part.ADDITION, r"toev(?:oeging)?|aanduiding ?(?:bij)? ?huis"),
    (Part.NUMBER, r"huisn(?:ummer|r)|house ?n(?:umber|o|r)|(?:^| )(?:hnr|nr|nummer|huisno)(?: |$)"),
    (Part.STREET, r"straat(?:naam)?|street|openbare ?ruimte(?:naam)?"),
    (Part.CITY, r"woonpl(?:aats)?|(?<!geboorte)(?<!overlijdens)(?<!kosten)plaats(?:naam)?|stad|city|dorp(?! ?straat)"),
    (Part.FULL_ADDRESS, r"adres(?:regel)?|address|regel ?[0-9]"),
)

_BIRTH = r"geboorte|gebdat|gebdt|(?:^| )(?:geb|geboren|gebd|dob|birth ?date|date of birth)(?: |$)|geb ?datum|birth"
_GENDER = r"geslacht(?!s|nm|n_)|geslachtsaand|gender|(?:^| )sex(?:e)?(?: |$)"
_HIDDEN = r"geheim|secret|afgeschermd|beperking ?verstrekking"
_SINCE = (
    r"datum ?(?:van|vanaf|ingang|begin|aanvang|start|vestiging)|(?:ingangs|begin|start|aanvangs)datum|dat(?:um)? ?in(?:gang|schrijving)"
    r"|vanaf|sinds|valid ?from|^van$"
)
_UNTIL = r"datum ?(?:tot|t m|eind|einde|beeindiging|vertrek)|eind(?:e)?datum|tot(?: en met)?$|tot ?datum|geldig ?tot|valid ?(?:to|until)"
_ELSEWHERE = r"(?:geboorte|overlijdens) ?(?:plaats|land|gemeente)"
"""Where somebody was born or died is no address to know them by."""

_PARTNER = r"partner|echtgeno|gehuwd|aangetrouwd|huwelijk"


def part(column: Column) -> Part:
    """The part that `column` holds; NONE for a column that is none of these. Its label counts where its name says nothing."""
    name, label = spelled(column.name), spelled(column.label)
    match column.kind:
        case Kind.NAME:
            return _name(name, label, own=column.party is Party.SUBJECT)
        case Kind.ADDRESS:
            return Part.NONE if re.search(_ELSEWHERE, name) else _first(_ADDRESSES, name, label) or Part.FULL_ADDRESS
        case Kind.DATE:
            return _date(name, label)
        case Kind.CODE | Kind.TEXT | Kind.ID | Kind.AMOUNT:
            return _other(name, label)
        case _:
            return Part.NONE


def _name(name: str, label: str, *, own: bool) -> Part:
    """Of the subject's own name a part may be that of a partner; of somebody else's, `partner` says who it is."""
    found = _first(_NAMES[:-1], name, label) or Part.FULL_NAME
    partners = re.search(_PARTNER, name) or re.search(_PARTNER, label)
    if own and partners and found in (Part.PREFIX, Part.FAMILY, Part.FULL_NAME):
        return Part.PARTNER_PREFIX if found is Part.PREFIX else Part.PARTNER_FAMILY
    return found


def _date(name: str, label: str) -> Part:
    for said in (name, label):
        if re.search(_BIRTH, said):
            return Part.BIRTH_DATE
        if re.search(_UNTIL, said):
            return Part.UNTIL
        if re.search(_SINCE, said):
            return Part.SINCE
    return Part.NONE


def _other(name: str, label: str) -> Part:
    """Parts that are often classified by their form: a house number as code, a gender as text, a secret address as code."""
    for said in (name, label):
        if re.search(_HIDDEN, said):
            return Part.SECRET
        if re.search(_GENDER, said) and not re.search("naam|name", said):
            return Part.GENDER
        if "huis" in said or "hnr" in said.split() or "postc" in said:
            return _first(_ADDRESSES[:4], said) or Part.NONE
    return Part.NONE


def _first(table: tuple[tuple[Part, str], ...], *texts: str) -> Part:
    return next((found for text in texts for found, pattern in table if re.search(pattern, text)), Part.NONE)


@lru_cache(maxsize=4096)
def spelled(text: str) -> str:
    """A column name or label as words: `naam.geslachtsnaam`, `GEB_DATUM` and `geboorteDatum` become lower-case words.

    >>> spelled("verblijfplaats.verblijfadres.officieleStraatnaam"), spelled("GEB_DATUM")
    ('verblijfplaats verblijfadres officiele straatnaam', 'geb datum')
    """
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return " ".join(re.split(r"[\s_.\-/()]+", fold(apart))).strip()


_SAID = re.compile(
    "|".join(
        pattern
        for pattern in (
            *(pattern for _, pattern in (*_NAMES, *_ADDRESSES)), _BIRTH, _GENDER, _HIDDEN, _SINCE, _UNTIL,
            r"burger ?service ?nummer|(?:^| )bsn|sofi ?(?:nummer|nr)|(?:telefoon|mobiel|rekening)(?: ?n(?:ummer|r))?",
            r"(?:^| )tel(?:efoon|nr|nummer)?(?: |$)|e ?mail(?: ?adres)?|iban|kenteken|datum|relatie(?: tot)?|soort|rol(?: |$)|functie",
            r"(?:^| )(?:van|de|het|een|nr|id|dd|der)(?= |$)",
        )
    )
)  # fmt: skip


def about(column: Column) -> str:
    """Whom a column is about, by the words left when all that names a part is taken away: "moeder" for `NAAM_MOEDER`; often "".

    >>> about(Column("VOORNAAM_MOEDER", "Voornaam van de moeder")), about(Column("BEHANDELAAR", "Behandelaar", Kind.NAME))
    ('moeder', 'behandelaar')
    """
    for said in (spelled(column.label), spelled(column.name)):
        left = " ".join(_SAID.sub(" ", said).split())
        while left != (again := " ".join(_SAID.sub(" ", left).split())):
            left = again
        if left:
            return left
    return ""

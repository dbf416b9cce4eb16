"""A name or an address put together from the columns of one row that hold its parts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from config.companies import is_organisation
from config.folding import fold
from config.person import Address, Name
from connectors.written import addresses, names
from connectors.written.figures import written
from connectors.written.parts import Part


def name_of(parts: Mapping[Part, object]) -> Name | None:
    """The name in these cells: the parts as they are, what is missing taken from a full name; None where there is neither.

    A family name column may hold the tussenvoegsel, and a given name column initials: they are read as what they are.
    """
    texts = {part: written(cell) for part, cell in parts.items()}
    full = read_name(texts.get(Part.FULL_NAME, ""))
    if texts.get(Part.FAMILY) or not full:
        told = any(texts.get(found) for found in (Part.FAMILY, Part.GIVEN, Part.PARTNER_FAMILY))
        return _of_parts(texts, texts.get(Part.FAMILY, ""), texts.get(Part.GIVEN, "")) if told else None
    known = {
        Part.PREFIX: full.prefix, Part.PARTNER_PREFIX: full.partner_prefix, Part.PARTNER_FAMILY: full.partner_family,
        Part.CALL: full.call, Part.INITIALS: full.initials,
    }  # fmt: skip
    return _of_parts({**known, **{part: text for part, text in texts.items() if text}}, full.family, texts.get(Part.GIVEN) or full.given)


@lru_cache(maxsize=65536)
def read_name(text: str) -> Name | None:
    """`names.read`, remembered, for a caseworker stands in thousands of rows; None for the name of an organisation."""
    return names.read(text) if text and not is_organisation(text) else None


def _without(prefix: str, family: str) -> str:
    """A family name without the tussenvoegsel that a column beside it holds too: `van der` and `van der Berg` are one `van der`."""
    twice = bool(prefix) and fold(family).startswith(f"{fold(prefix)} ")
    return " ".join(family.split()[len(prefix.split()) :]) if twice else family


def _of_parts(texts: Mapping[Part, str], family: str, given: str) -> Name:
    family = _without(texts.get(Part.PREFIX, ""), family)
    own = read_name(family) if not texts.get(Part.PREFIX) or "-" in family else None
    prefix = texts.get(Part.PREFIX, "") or (own.prefix if own else "")
    split = own is not None and not own.given and not own.initials
    initials = names.tidy_initials(texts.get(Part.INITIALS, ""))
    if given and names.is_initials(given.replace(" ", ""), shouted=len(given) > 4) and "." in given:
        given, initials = "", initials or names.tidy_initials(given)
    partner = read_name(texts.get(Part.PARTNER_FAMILY, ""))
    return Name(
        given=given,
        call=texts.get(Part.CALL, ""),
        initials=initials,
        prefix=prefix,
        family=own.family if own and split else family,
        partner_prefix=texts.get(Part.PARTNER_PREFIX, "") or (partner.prefix if partner else own.partner_prefix if own and split else ""),
        partner_family=partner.family if partner else own.partner_family if own and split else "",
    )


def address_of(parts: Mapping[Part, object]) -> Address | None:
    """The address in these cells; None where they hold neither a postcode nor a street."""
    texts = {part: written(cell) for part, cell in parts.items()}
    full = addresses.read(texts.get(Part.FULL_ADDRESS, ""))
    line = addresses.read(texts.get(Part.STREET, "")) if not texts.get(Part.NUMBER) else None
    street = line.street if line and line.street else texts.get(Part.STREET, "")
    made = Address(
        street=street or (full.street if full else ""),
        number=_number(texts) or (line.number if line else "") or (full.number if full else ""),
        postcode=addresses.tidy_postcode(texts.get(Part.POSTCODE, ""))
        or (full.postcode if full else "")
        or (line.postcode if line else ""),
        city=texts.get(Part.CITY, "") or (full.city if full else ""),
    )
    return made if made.street or made.postcode else None


def _number(texts: Mapping[Part, str]) -> str:
    """House number, letter and addition as one: `12a bis`."""
    number, letter, addition = (texts.get(part, "") for part in (Part.NUMBER, Part.LETTER, Part.ADDITION))
    if not letter and len(addition) == 1 and addition.isalpha():
        letter, addition = addition, ""
    return " ".join(filter(None, (f"{number}{letter}", addition)))

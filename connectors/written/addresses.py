"""Addresses as they are written, read into parts and compared by postcode and house number, or by street, number and town."""

from __future__ import annotations

import re

from config.folding import squeeze
from config.person import Address

POSTCODE = re.compile(r"(?<![0-9A-Za-z])([1-9][0-9]{3})\s?([A-Za-z]{2})(?![A-Za-z])")
_NUMBER = re.compile(
    r"^(?P<street>.*?[^\W\d_].*?)[\s,]+(?P<number>[0-9]{1,5})(?P<addition>[\s\-/]*(?:[A-Za-z]{1,4}|[A-Za-z]?[\s\-]?[0-9]{1,4}[A-Za-z]?|hs|bis)?)$"
)
_NUMBER_FORMS = re.compile(r"([0-9]{1,5})\s*(.*)")


def read(text: str) -> Address | None:
    """The address that `text` writes in one line or more; None where no street with a number and no postcode is in it.

    >>> address = read("Dorpsstraat 12 bis, 1234ab Voorbeeldstad")
    >>> address.street, address.number, address.postcode, address.city
    ('Dorpsstraat', '12 bis', '1234 AB', 'Voorbeeldstad')
    """
    flat = " ".join(text.replace("\n", ", ").split())[:200]
    found = POSTCODE.search(flat)
    before, after = (flat[: found.start()], flat[found.end() :]) if found else _halves(flat)
    line = _NUMBER.match(before.strip(" ,;"))
    if not line and not found:
        return None
    if not line and _NUMBER_FORMS.fullmatch(after.strip(" ,;")):  # "1234 AB 12"
        return Address("", after.strip(" ,;"), tidy_postcode(found[0]) if found else "")
    street, number = (line["street"].strip(" ,"), f"{line['number']}{_addition(line['addition'])}") if line else ("", "")
    return Address(street, number, tidy_postcode(found[0]) if found else "", after.strip(" ,;.") if line or found else "")


def _halves(text: str) -> tuple[str, str]:
    before, _, after = text.partition(",")
    return before, after


def _addition(text: str) -> str:
    plain = text.strip(" -/")
    if not plain:
        return ""
    return plain if len(plain) == 1 and plain.isalpha() else f" {plain}"


def tidy_postcode(text: str) -> str:
    """A postcode as `1234 AB`; "" where `text` holds none."""
    found = POSTCODE.search(text)
    return f"{found[1]} {found[2].upper()}" if found else ""


def same(one: Address, other: Address) -> bool:
    """Whether two addresses are one: the same house number with its addition, and the same postcode, or else street and town.

    >>> home = Address("Kerkstraat", "12", "1234 AB")
    >>> same(home, Address("", "12", "1234AB")), same(home, Address("", "12 bis", "1234 AB"))
    (True, False)
    """
    if not one.number or number_key(one.number) != number_key(other.number):
        return False
    if one.postcode and other.postcode:
        return squeeze(one.postcode) == squeeze(other.postcode)
    streets = bool(one.street) and squeeze(one.street) == squeeze(other.street)
    return streets and bool(one.city) and squeeze(one.city) == squeeze(other.city)


def number_key(text: str) -> tuple[int, str]:
    """A house number and its addition in one form: `12-bis`, `12 bis` and `12BIS` are the same.

    >>> number_key("0012 - A"), number_key("12a"), number_key("")
    ((12, 'a'), (12, 'a'), (0, ''))
    """
    found = _NUMBER_FORMS.fullmatch(text.strip())
    return (int(found[1]), squeeze(found[2])) if found else (0, squeeze(text))


def whole(address: Address) -> str:
    """An address in one line."""
    street = " ".join(part for part in (address.street, address.number) if part)
    town = " ".join(part for part in (address.postcode, address.city) if part)
    return ", ".join(part for part in (street, town) if part)

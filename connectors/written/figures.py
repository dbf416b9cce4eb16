"""Numbers by which a person or file is known, whatever way they are written: BSN, keys, telephone, e-mail, IBAN, plate."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from config.folding import squeeze

_BSN = re.compile(r"[0-9][0-9 .\-]{6,13}[0-9]")
_FRACTION = re.compile(r"([0-9]+)[.,]0+")
_DUTCH = re.compile(r"(?:\+31|0031|0)0?([1-9][0-9]{8})")


def bsn(value: Any) -> str:
    """The nine digits of a BSN, however written; "" where `value` is none (a missing leading zero is put back).

    >>> bsn("9999.90.019"), bsn(999990019.0), bsn("12345678"), bsn("onbekend"), bsn("000000000")
    ('999990019', '999990019', '012345678', '', '')
    """
    text = written(value)
    digits = re.sub(r"[^0-9]", "", text) if _BSN.fullmatch(text) else ""
    return digits.zfill(9) if len(digits) in {8, 9} and digits.strip("0") else ""


def written(value: Any) -> str:
    """A cell as text without the marks of its type: `4711.0` and Decimal("4711") are `4711`; "" for None."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float | Decimal):
        return str(int(value)) if finite(value) and value == int(value) else str(value)
    text = str(value).strip()
    whole = _FRACTION.fullmatch(text)
    return whole[1] if whole else text


def finite(value: float | Decimal) -> bool:
    """Whether a number is one that a file can mean: not NaN, not infinite, below 10 to the 30th."""
    if isinstance(value, Decimal):
        return value.is_finite() and abs(value) < 10**30
    return abs(value) < 10**30  # not true of NaN or infinity either


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 30


def zeros_apart(text: str) -> str:
    """A key without its leading zeros where it is a number, so that `04711` and `4711` fall together."""
    return text.lstrip("0") or "0" if _is_number(text) else text


def phone(value: Any) -> str:
    """A telephone number by its digits: a Dutch one as `0612345678`, another as it is; "" where there are too few.

    >>> phone("+31 (0)6-1234 5678"), phone("06 12345678"), phone(612345678), phone("+32 2 555 12 12"), phone("geen")
    ('0612345678', '0612345678', '0612345678', '+3225551212', '')
    """
    text = written(value)
    digits = ("+" if text.startswith("+") else "") + re.sub(r"[^0-9]", "", text)
    if dutch := _DUTCH.fullmatch(digits.replace("+310", "+31", 1)):
        return f"0{dutch[1]}"
    if len(digits) == 9 and digits[0] in "123456789" and not text.startswith("+"):
        return f"0{digits}"
    return digits if len(digits) >= 7 else ""


def email(value: Any) -> str:
    """An e-mail address in lower case; "" where `value` is none."""
    text = written(value).lower().removeprefix("mailto:")
    return text if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text) else ""


def iban(value: Any) -> str:
    """An account number in capitals without spaces; "" where `value` is none."""
    text = squeeze(written(value)).upper()
    return text if re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}", text) else ""


def plate(value: Any) -> str:
    """A number plate in capitals without dashes; "" where `value` is none."""
    text = squeeze(written(value)).upper()
    return text if 4 <= len(text) <= 9 and any(c.isdigit() for c in text) else ""

"""The numbers that people and things carry in Voorbeeldstad: right by their check digits, and issued to nobody.

Burgerservicenummers come from the range kept free for tests (999900006 up to and including 999999990), bank codes are no
bank's, phone numbers start with 06-7 or 0510 and plates with Z: series that, as far as we know, are not issued.
"""

from __future__ import annotations

from itertools import pairwise
from random import Random

FIRST_BSN, LAST_BSN = 999900006, 999999990
"""The range that is kept free for tests, both ends included."""

_CONSONANTS = "BDFGHJKLNPRSTVXZ"


def passes_elfproef(bsn: str) -> bool:
    """Whether nine digits add up, weighted 9 to 2 and the last -1, to a multiple of eleven.

    >>> passes_elfproef("999944897"), passes_elfproef("999944898")
    (True, False)
    """
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return len(bsn) == 9 and bsn.isdigit() and sum(w * int(d) for w, d in zip(weights, bsn, strict=True)) % 11 == 0


def bsns(chance: Random, many: int, taken: frozenset[str]) -> list[str]:
    """So many different test numbers that pass the elfproef and are not in `taken`."""
    free = [text for text in map(str, range(FIRST_BSN, LAST_BSN + 1)) if passes_elfproef(text) and text not in taken]
    return chance.sample(free, many)


def a_number(bsn: str) -> str:
    """An A-number for whoever has this BSN: ten digits that pass both of its checks (Logisch Ontwerp BRP, 01.10).

    Neighbouring digits differ, the sum is 0 or 5 modulo 11 and the sum weighted by powers of two is 0 modulo 11.
    """
    chance = Random(bsn)
    while not _is_a_number(number := str(chance.randrange(1_000_000_000, 10_000_000_000))):
        pass
    return number


def _is_a_number(text: str) -> bool:
    digits = [int(digit) for digit in text]
    differ = all(left != right for left, right in pairwise(digits))
    weighted = sum(digit << place for place, digit in enumerate(digits))
    return differ and sum(digits) % 11 in {0, 5} and weighted % 11 == 0


def iban(account: str, bank: str = "VBST") -> str:
    """The Dutch IBAN of a ten digit account at a bank that does not exist, with its check digits (ISO 7064, mod 97-10).

    >>> iban("0417382951")
    'NL17VBST0417382951'
    """
    digits = "".join(str(int(letter, 36)) for letter in f"{bank}{account}NL00")
    return f"NL{98 - int(digits) % 97:02}{bank}{account}"


def account(chance: Random) -> str:
    """Ten digits of a bank account."""
    return f"{chance.randrange(100_000_000, 999_999_999):010}"


def mobile(chance: Random) -> str:
    """A mobile number in a series that is not in use, in one of the ways people write it."""
    digits = f"{chance.randrange(70_000_000, 79_999_999)}"
    return chance.choice((f"06-{digits}", f"06{digits}", f"06 {digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}", f"+31 6 {digits}"))


def landline(chance: Random) -> str:
    """A fixed number with an area code that is not in use."""
    return f"0510-{chance.randrange(551_000, 559_999)}"


def plate(chance: Random) -> str:
    """A number plate in a series that is not in use."""
    return f"Z-{chance.randrange(100, 999)}-{chance.choice(_CONSONANTS)}{chance.choice(_CONSONANTS)}"

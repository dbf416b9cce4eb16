"""Numbers: right by their check digits, and issued to nobody."""

from __future__ import annotations

import re

import stdnum.iban
from stdnum.nl import bsn as published

from demo import CAST
from demo.building import town as people_of
from demo.numbers import FIRST_BSN, LAST_BSN, a_number, iban, passes_elfproef
from demo.town import Town


def test_every_bsn_is_from_the_free_range_and_passes_the_elfproef(town: Town) -> None:
    """As another library judges, not ours."""
    assert [bsn for bsn in town.residents if not (FIRST_BSN <= int(bsn) <= LAST_BSN and published.is_valid(bsn))] == []


def test_our_elfproef_agrees_with_another_library() -> None:
    """On a thousand numbers in a row."""
    numbers = [str(number) for number in range(999_950_000, 999_951_000)]
    assert [passes_elfproef(bsn) for bsn in numbers] == [published.is_valid(bsn) for bsn in numbers]


def test_the_cast_lives_in_town_but_for_the_unknown_number(town: Town) -> None:
    """The unknown number is right, and nobody has it."""
    members = {name: getattr(CAST, name).bsn for name in CAST.__dataclass_fields__}
    assert {name for name, bsn in members.items() if bsn not in town.residents} == {"unknown"}
    assert published.is_valid(CAST.unknown.bsn)


def test_the_town_after_any_seed_leaves_the_unknown_number_free() -> None:
    """Chance never gives it away."""
    assert not any(CAST.unknown.bsn in people_of(seed).residents for seed in range(6))


def test_every_iban_has_right_check_digits_and_a_bank_that_does_not_exist(town: Town) -> None:
    """Mod 97-10, as another library judges."""
    written = [iban(person.account) for person in town.residents.values() if person.account]
    assert len(written) > 150
    assert [text for text in written if not stdnum.iban.is_valid(text, check_country=False) or text[4:8] != "VBST"] == []


def test_a_numbers_are_ten_digits_and_differ(town: Town) -> None:
    """One for each resident."""
    numbers = {a_number(bsn) for bsn in town.residents}
    assert len(numbers) == len(town.residents)
    assert all(re.fullmatch(r"[1-9][0-9]{9}", number) for number in numbers)


def test_phones_plates_and_mail_are_in_series_that_are_not_in_use(town: Town) -> None:
    """06-7, 0510, Z-, and the domain that is reserved for examples."""
    for person in town.residents.values():
        assert not person.phone or re.match(r"(06[- ]?7|\+31 6 7|0510-55)", person.phone)
        assert not person.plate or re.fullmatch(r"Z-\d{3}-[A-Z]{2}", person.plate)
        assert not person.email or person.email.endswith(".example")

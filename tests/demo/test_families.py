"""Families: about three hundred people who share surnames and homes, as in a city."""

from __future__ import annotations

from collections import Counter

import pytest

from demo import CAST
from demo.building import town as people_of
from demo.town import Town


def test_about_three_hundred_people_live_in_town(town: Town) -> None:
    """Whole families are added until there are enough."""
    assert 300 <= len(town.residents) <= 330


@pytest.mark.parametrize("seed", [1, 2026, 31_337])
def test_parents_are_old_enough_and_partners_are_two_people(seed: int) -> None:
    """Whatever chance does."""
    town = people_of(seed)
    for child, parents in town.parents.items():
        for parent in parents:
            assert 15 <= town[child].born.year - town[parent].born.year <= 60
    assert all(union.one != union.other for union in town.unions)


def test_people_share_surnames_and_homes(town: Town) -> None:
    """So that a surname or an address alone never tells who is meant."""
    surnames = Counter(person.surname for person in town.residents.values())
    homes = Counter(person.home for person in town.residents.values())
    assert sum(many for many in surnames.values() if many > 1) > 200
    assert sum(many for many in homes.values() if many > 1) > 150


def test_names_are_as_mixed_as_those_of_a_dutch_city(town: Town) -> None:
    """Prefixes, letters that ASCII lacks, countries of birth."""
    people = town.residents.values()
    assert sum(1 for person in people if person.prefix) > 40
    assert sum(1 for person in people if not person.full.isascii()) > 20
    assert {"Turkije", "Marokko", "Suriname", "Polen", "China"} <= {person.country[1] for person in people}


def test_people_part_and_move(town: Town) -> None:
    """There are dissolved unions, and people with an earlier address."""
    assert sum(1 for union in town.unions if union.until) > 5
    assert sum(1 for person in town.residents.values() if len(person.stays) > 1) > 5


def test_the_resident_has_the_people_that_her_story_needs(town: Town) -> None:
    """A former partner whose address is secret, children of two fathers, a brother of the same surname, three homes."""
    resident = town[CAST.resident.bsn]
    kin = {(relation, person.bsn) for relation, person in town.kin(resident.bsn)}
    assert ("ex-partner", CAST.former_partner.bsn) in kin
    assert ("broer", CAST.brother.bsn) in kin
    assert town[CAST.brother.bsn].surname == resident.surname
    assert town[CAST.former_partner.bsn].secret
    assert len({town.parents[child.bsn] for child in town.children(resident.bsn)}) == 2
    assert len(resident.stays) == 3


def test_the_namesake_differs_in_birth_date_alone(town: Town) -> None:
    """The same given names and surname, in the same street."""
    resident, other = town[CAST.resident.bsn], town[CAST.namesake.bsn]
    assert (resident.full, resident.home.street) == (other.full, other.home.street)
    assert resident.born != other.born


def test_informant_and_caseworker_are_neighbours(town: Town) -> None:
    """The doors on either side."""
    numbers = sorted(town[bsn].home.number for bsn in (CAST.caseworker.bsn, CAST.resident.bsn, CAST.informant.bsn))
    assert numbers == [12, 14, 16]

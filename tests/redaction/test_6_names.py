"""What is known of names and words: nothing is guessed that a list can tell, and no list is trusted where it cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.lexicon import Is, lexicon
from redaction.rare import built, is_rare_name, probes


@given(st.sets(st.from_regex(r"[a-z]{4,12}", fullmatch=True), max_size=50))
def test_a_name_put_into_the_filter_is_found_in_it(names: set[str]) -> None:
    """A Bloom filter forgets nothing."""
    held = built(names)
    assert all(all(held[bit >> 3] >> (bit & 7) & 1 for bit in probes(name)) for name in names)


def test_names_of_the_whole_world_are_known() -> None:
    """Given names that no list of Dutch has are names all the same."""
    assert all(is_rare_name(name) or lexicon().of(name) & Is.GIVEN for name in ("selamawit", "gaitree", "qiaolian", "yuliia", "btissam"))


@pytest.mark.parametrize("word", ["huisbezoek", "thuiszorgmedewerker", "keukentafelgesprek", "aanvraagformulier", "zelfredzaamheid"])
def test_plain_words_are_no_names(word: str) -> None:
    """Compounds are words before they are anything else."""
    assert lexicon().of(word) & Is.WORD
    assert not lexicon().of(word) & (Is.GIVEN | Is.FAMILY)


@pytest.mark.parametrize(("word", "party"), [("wooncoach", "professional"), ("buurvrouw", "third"), ("klantmanager", "official")])
def test_a_word_for_somebodys_work_tells_whose_name_follows(word: str, party: str) -> None:
    """Those of the list, and those that only end as work does."""
    relation = lexicon().relation(word)
    assert relation is not None
    assert relation.party == party

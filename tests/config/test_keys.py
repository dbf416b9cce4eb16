"""Keys: what an entity may be matched on, and who must provide it."""

from __future__ import annotations

import pytest

from tests.config.conftest import SOURCES, Folder

OTHER = """\
  - name: brief
    title: Brieven
    kind: tables
    connection: brieven.csv
    entities:
      brief:
        match: {NR: wmo.client}
        columns: {NR: {party: subject}}
"""


def test_a_key_that_nobody_provides_is_told_as_the_design_says(gemeente: Folder) -> None:
    """File, line, entity, key, and what would be right."""
    gemeente.replace("sources.yaml", "match: {CLIENT_NR: key.client}", "match: {CLIENT_NR: key.klant}")
    assert gemeente.told() == [
        "sources.yaml:18: entity wmo.contact: match names key.klant, which no entity provides. Provide it, or write one of: key.client."
    ]


@pytest.mark.parametrize("key", ["bsn", "name", "birth_date", "address", "email", "phone"])
def test_the_subject_offers_six_keys(gemeente: Folder, key: str) -> None:
    """BSN, name, birth date, address, e-mail and phone."""
    gemeente.replace("sources.yaml", "match: {BSN: subject.bsn}", f"match: {{BSN: subject.{key}}}")
    assert gemeente.told() == []


def test_a_key_the_subject_does_not_have_is_a_mistake(gemeente: Folder) -> None:
    """The six are named."""
    gemeente.replace("sources.yaml", "match: {BSN: subject.bsn}", "match: {BSN: subject.iban}")
    (line,) = gemeente.told()
    assert "match names subject.iban, which the subject does not have. Write one of: subject.bsn, subject.name" in line


def test_a_key_of_another_source_is_named_by_that_source(gemeente: Folder) -> None:
    """`wmo.client` is what `wmo` provides as `key.client`."""
    assert gemeente.write("sources.yaml", SOURCES + OTHER).told() == []


def test_a_key_that_another_source_does_not_provide_is_a_mistake(gemeente: Folder) -> None:
    """What it does provide is named."""
    (line,) = gemeente.write("sources.yaml", SOURCES + OTHER.replace("wmo.client", "wmo.klant")).told()
    assert "match names wmo.klant, which source wmo does not provide. Provide it there, or write one of: wmo.client" in line


@pytest.mark.parametrize(
    ("key", "remedy"), [("wmoo.client", "Write one of: wmo.client"), ("client", "subject.bsn"), ("zaak.nr", "subject.bsn")]
)
def test_a_key_of_no_source_is_a_mistake(gemeente: Folder, key: str, remedy: str) -> None:
    """A likely name is offered where there is one."""
    (line,) = gemeente.write("sources.yaml", SOURCES + OTHER.replace("wmo.client", key)).told()
    assert f"match names {key}, but {key.partition('.')[0]} is no source" in line
    assert remedy in line


def test_every_unknown_key_is_told_at_once(gemeente: Folder) -> None:
    """Also the second in one match, and that of an alternative."""
    gemeente.replace("sources.yaml", "match: {BSN: subject.bsn}", "match: [{BSN: subject.bsm}, {A: key.x, B: brp.y}]")
    assert len(gemeente.told()) == 3


def test_entities_that_wait_for_each_other_are_refused_with_the_ring(gemeente: Folder) -> None:
    """The ring is drawn, with a way out of it."""
    gemeente.replace("sources.yaml", "match: {BSN: subject.bsn}", "match: {ZAAK: key.zaak}")
    gemeente.replace("sources.yaml", "match: {CLIENT_NR: key.client}", "match: {CLIENT_NR: key.client}\n        provides: {Z: key.zaak}")
    assert gemeente.told() == [
        "sources.yaml:8: these entities wait for each other: wmo.client -> wmo.contact -> wmo.client. "
        "Let one of them be found by subject.bsn, or by a key that comes from outside the ring."
    ]

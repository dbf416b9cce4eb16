"""`discloses` of an entity: which columns tell to whom data really went, or who looked."""

from __future__ import annotations

from tests.config.conftest import Folder


def _with(gemeente: Folder, text: str) -> Folder:
    return gemeente.replace("sources.yaml", "        table: contactmoment\n", f"        table: contactmoment\n        discloses: {text}\n")


def test_a_word_has_one_column_or_several_in_order(gemeente: Folder) -> None:
    """Of several the first that is filled counts."""
    _, contact = _with(gemeente, "{when: CLIENT_NR, to: [MOEDER, CLIENT_NR]}").load().sources[0].entities
    assert contact.discloses == {"when": ("CLIENT_NR",), "to": ("MOEDER", "CLIENT_NR")}


def test_an_entity_that_says_nothing_discloses_nothing(gemeente: Folder) -> None:
    """Rows are no disclosures by themselves."""
    assert {entity.name: dict(entity.discloses) for entity in gemeente.load().sources[0].entities} == {"client": {}, "contact": {}}


def test_a_word_that_is_none_is_a_mistake(gemeente: Folder) -> None:
    """With what was meant."""
    (told,) = _with(gemeente, "{wen: CLIENT_NR}").told()
    assert "discloses wen is not known" in told
    assert "when" in told


def test_a_column_that_is_none_is_a_mistake(gemeente: Folder) -> None:
    """A disclosure may not be lost by a typing error."""
    (told,) = _with(gemeente, "{to: MOEDDER}").told()
    assert "discloses to names MOEDDER, which is not among its columns" in told
    assert "MOEDER" in told

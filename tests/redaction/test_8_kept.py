"""A text of a request is read once: what was claimed of it is kept, and holds until somebody is met whose name stands in it."""

from __future__ import annotations

import pytest

from benchmarks.redaction.byhand import byhand
from config.settings import Policy
from redaction.reader import text_redactor
from redaction.requester import requester


def test_what_is_kept_of_a_text_is_what_reading_it_again_gives(policy: Policy) -> None:
    """The notes written by hand, all in one file: whoever is met in a later one is known in the earlier ones too."""
    texts = [note.text for note in byhand()]
    subject = requester(next(byhand()).subject)
    keeps, anew = text_redactor(subject, policy), text_redactor(subject, policy)
    for text in texts:
        keeps.learn(text)
        anew.learn(text)
    anew.kept.held.clear()
    assert sum(keeps.kept.claims(text, keeps.people.known) is not None for text in texts) > 10
    assert [keeps.spans(text) for text in texts] == [anew.spans(text) for text in texts]
    assert keeps.cleared == anew.cleared


@pytest.mark.parametrize(
    "written", ["Wolters", "WOLTERS", "wolters", "Wolters' fiets", "woltérs", "Wol\u200bters", "mevrouwWolters", "(Wolters)"]
)
def test_a_text_is_read_again_once_somebody_in_it_was_met(policy: Policy, written: str) -> None:
    """However the name is written, with marks, accents, or stuck to the word before it."""
    reader = text_redactor(requester({"subject": {"names": [{"family": "Berg"}]}}), policy)
    text = f"Gisteren {written} gesproken."
    reader.kept.keep(text, len(reader.people.known), (), ())
    reader.learn("Gesproken met de heer Gerrit Wolters over het hek.")
    assert reader.kept.claims(text, reader.people.known) is None
    assert reader.kept.claims("Gisteren gesproken.", reader.people.known) is None, "it was never read"


def test_a_name_within_a_longer_word_brings_no_second_reading(policy: Policy) -> None:
    """`Wolterse` is another word than `Wolters`."""
    reader = text_redactor(requester({"subject": {"names": [{"family": "Berg"}]}}), policy)
    text = "Het Wolterse hek is stuk."
    reader.kept.keep(text, len(reader.people.known), (), ())
    reader.learn("Gesproken met de heer Gerrit Wolters over het hek.")
    assert reader.kept.claims(text, reader.people.known) == []

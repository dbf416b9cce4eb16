"""Many texts are read by several processes at once: what is known and found afterwards is what one reader finds that reads them in order."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from benchmarks.redaction.byhand import byhand
from config.hands import Hands
from config.settings import Policy
from flows import cores
from redaction import ahead
from redaction.ahead import read_ahead
from redaction.reader import TextRedactor, text_redactor
from redaction.requester import requester

SUBJECT = requester(next(byhand()).subject)
HERE = Hands(2)
"""Each batch by a reader of its own, in this process."""


def notes(seed: int) -> list[str]:
    """The notes written by hand in another order, some of them twice."""
    texts = [note.text for note in byhand()]
    chance = random.Random(seed)  # noqa: S311 - a test must be the same every time
    return chance.sample([*texts, *chance.choices(texts, k=len(texts) // 4)], len(texts) + len(texts) // 4)


def one_by_one(texts: Sequence[str], policy: Policy) -> TextRedactor:
    reader = text_redactor(SUBJECT, policy)
    for text in texts:
        reader.learn(text)
    return reader


def together(texts: Sequence[str], policy: Policy, hands: Hands) -> TextRedactor:
    reader = text_redactor(SUBJECT, policy)
    read_ahead(reader, SUBJECT, texts, hands)
    return reader


def told(reader: TextRedactor, texts: Sequence[str]) -> object:
    """Whom it knows, in which order, and what it finds."""
    return list(reader.learnt), [reader.spans(text) for text in texts], reader.labels.printed, reader.cleared


@pytest.mark.parametrize("seed", range(4))
def test_several_readers_know_and_find_what_one_does(policy: Policy, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Whatever the order, also where somebody is met in one batch and meant in another, or where a text comes twice."""
    monkeypatch.setattr(ahead, "BATCH", 7)
    texts = notes(seed)
    alone, shared = one_by_one(texts, policy), together(texts, policy, HERE)
    assert len(alone.learnt) > 10
    assert told(shared, texts) == told(alone, texts)


def test_it_is_the_same_from_other_processes(policy: Policy) -> None:
    """What they found comes back whole."""
    texts = notes(0)
    assert told(together(texts, policy, cores.hands(2, large=1)), texts) == told(one_by_one(texts, policy), texts)


def test_what_nobody_new_is_in_is_read_once(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here nothing is read a second time."""
    reader = text_redactor(SUBJECT, policy)
    monkeypatch.setattr(TextRedactor, "learn", lambda *_: pytest.fail("it was read again"))
    read_ahead(reader, SUBJECT, ["De eigen bijdrage is betaald.", "Er is een brief gestuurd.", "De eigen bijdrage is betaald."], HERE)
    assert len(reader.kept.held) == 2


def test_many_people_met_are_looked_for_at_once(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them is found in the texts that others read, however many there are by then."""
    monkeypatch.setattr(ahead, "BATCH", 3)
    monkeypatch.setattr(ahead, "_FEW", 2)
    names = ("Wolters", "Kamphuis", "Terpstra", "Hofland", "Veldkamp", "Oosterbroek", "Dijkgraaf", "Lammers")
    texts = [f"Gesproken met de heer Gerrit {name} over het hek." for name in names] + [f"Later belde {name} weer." for name in names]
    alone, shared = one_by_one(texts, policy), together(texts, policy, HERE)
    assert told(shared, texts) == told(alone, texts)
    assert len(alone.learnt) == len(names)

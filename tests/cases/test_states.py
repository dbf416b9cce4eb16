"""The states of a request: every one has an owner and a way out, and the diagram in the docs is this table."""

from __future__ import annotations

from pathlib import Path

from cases.states import OPEN, OWNERS, TRANSITIONS, diagram
from config.request import Status

DOCS = Path(__file__).parent.parent.parent / "docs" / "states.md"


def test_every_state_has_an_owner_and_a_way_out_but_the_last() -> None:
    """Nothing can wait for nobody."""
    assert set(OWNERS) == set(TRANSITIONS) == set(Status)
    assert [state for state, ways in TRANSITIONS.items() if not ways] == [Status.PURGED]


def test_every_state_can_be_reached() -> None:
    """From registered, along the table."""
    reached, todo = set(), [Status.REGISTERED]
    while todo:
        state = todo.pop()
        reached.add(state)
        todo += [to for to in TRANSITIONS[state] if to not in reached]
    assert reached == set(Status)


def test_an_open_request_can_always_be_withdrawn() -> None:
    """Until the answer is out."""
    assert {state for state in Status if Status.WITHDRAWN in TRANSITIONS[state]} == OPEN


def test_the_diagram_in_the_docs_is_this_table() -> None:
    """Generated, so that it cannot go stale."""
    assert diagram() in DOCS.read_text(encoding="utf-8")

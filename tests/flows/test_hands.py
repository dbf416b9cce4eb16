"""Who may ask other processes for help: a run, also where a worker made it as a copy; but nobody who helps."""

from __future__ import annotations

import multiprocessing

import pytest

from flows import cores

MUCH = 10**9


def hands_of_a_helper(_: int) -> int:
    return cores.hands(MUCH).count


def asks(told: multiprocessing.connection.Connection) -> None:
    """What a copy of a process does: it asks for hands, and lets them work."""
    hands = cores.hands(MUCH)
    told.send((hands.count, list(hands.each(hands_of_a_helper, [1, 2, 3]))))


@pytest.mark.skipif(cores.cores() < 2, reason="with one core there is no other to ask")
def test_a_copy_of_a_process_has_hands_and_a_hand_has_none() -> None:
    """A run of a worker is a child of a fork server; it was once taken for one that helps, and did all alone."""
    copies, (mine, its) = multiprocessing.get_context("forkserver"), multiprocessing.Pipe(duplex=False)
    copy = copies.Process(target=asks, args=(its,))
    copy.start()
    its.close()
    assert mine.recv() == (cores.cores(), [1, 1, 1])
    copy.join()
    assert copy.exitcode == 0


def test_little_work_is_done_alone() -> None:
    """Starting a process costs more than it gains."""
    assert cores.hands(cores.LARGE - 1).count == cores.readers(cores.LONG - 1).count == cores.writers(cores.MANY - 1).count == 1

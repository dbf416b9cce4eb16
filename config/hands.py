"""Who does the work of a step: this process alone, or several at once. A room that can share work is given hands, and starts none."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Each(Protocol):
    """Does a step on each job; gives the results in the order of the jobs, and raises what a step raised.

    Other processes begin at once, and end when all results were taken or the generator is closed; this one when a result is asked for.
    """

    def __call__(self, step: Callable[[Any], Any], jobs: Sequence[Any], /) -> Generator[Any]:
        """The results."""
        ...


def _here(step: Callable[[T], R], jobs: Sequence[T]) -> Generator[R]:
    yield from map(step, jobs)


@dataclass(frozen=True, slots=True)
class Hands:
    """So many jobs are done at once by `each`, which may do them in other processes: step and jobs must survive the way there."""

    count: int = 1
    each: Each = _here


ALONE = Hands()
"""This process alone."""

Lent: TypeAlias = Callable[[int], Hands]
"""Gives hands for a work of so many letters, bytes, or whatever the step counts: itself says what."""


def alone(_: int) -> Hands:
    """This process alone, however much there is to do."""
    return ALONE


def shares(costs: Sequence[float], count: int) -> list[list[int]]:
    """The numbers of the jobs in `count` shares of about the same cost, none of them empty: the same for the same costs.

    >>> shares([5, 1, 3, 2], 2)
    [[0, 1], [2, 3]]
    """
    held: list[list[int]] = [[] for _ in range(count)]
    for number in sorted(range(len(costs)), key=lambda n: (-costs[n], n)):
        min(held, key=lambda share: sum(costs[n] for n in share)).append(number)
    return [sorted(share) for share in held if share]

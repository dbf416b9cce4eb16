"""Chapter 28. Several questions at once: in order, never more than a source allows, and the first error as if they were asked one by one."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from config.collection import Outcome
from connectors.asking.turns import together
from tests.connectors import cases
from tests.connectors.made import collect, source


def test_what_comes_back_is_in_order_and_never_more_at_once_than_allowed() -> None:
    """Four at once of twenty."""
    busy, most, lock = 0, 0, threading.Lock()

    def call(number: int) -> int:
        nonlocal busy, most
        with lock:
            busy, most = busy + 1, max(most, busy + 1)
        time.sleep(0.005)
        with lock:
            busy -= 1
        return number * 2

    assert together(source("sql", "", concurrency=4), call, range(20)) == [number * 2 for number in range(20)]
    assert 1 < most <= 4


@pytest.mark.parametrize(("lent", "at_once"), [(0, 1), (1, 2), (3, 4)])
def test_who_is_lent_fewer_places_asks_fewer_at_once(lent: int, at_once: int) -> None:
    """However many the source would allow: the place that is ours and those that are free; they are asked for, and given back."""
    busy, most, lock, wanted, back = 0, 0, threading.Lock(), list[int](), list[bool]()

    def call(number: int) -> int:
        nonlocal busy, most
        with lock:
            busy, most = busy + 1, max(most, busy + 1)
        time.sleep(0.005)
        with lock:
            busy -= 1
        return number

    @contextmanager
    def lends(number: int) -> Iterator[int]:
        wanted.append(number)
        yield lent
        back.append(True)

    asked = source("sql", "", concurrency=9)
    assert together(replace(asked, options={"places": lends}), call, range(20)) == list(range(20))
    assert (most, wanted, back) == (at_once, [8], [True])


def test_the_first_error_comes_out_and_what_was_not_started_is_not() -> None:
    """By the order of the questions, whichever fails first by the clock."""
    asked: list[int] = []

    def call(number: int) -> None:
        asked.append(number)
        time.sleep(0.05 if number == 1 else 0.001)
        if number in {1, 2}:
            raise ValueError(str(number))

    with pytest.raises(ValueError, match="1"):
        together(source("sql", "", concurrency=2), call, range(1000))
    assert len(asked) < 1000


@pytest.mark.parametrize("allowed", [1, 3])
def test_a_register_is_asked_no_more_at_once_than_its_concurrency(allowed: int) -> None:
    """Also by two who ask at the same time; and what is found is the same."""
    busy, most = 0, 0

    async def watched(request: Any, answer: Any) -> Any:
        nonlocal busy, most
        busy, most = busy + 1, max(most, busy + 1)
        await asyncio.sleep(0.01)
        made = await answer(request)
        busy -= 1
        return made

    told = [{**cases.CASES[0], "zaak": f"ZAAK-{number}"} for number in range(6)]
    with cases.register(cases.stored(told), watched) as address:
        tables = ("rollen", "statussen", "zaaknotities", "documenten")
        asked = cases.register_source(address, cases.CASE, *map(cases.hanging, tables), concurrency=allowed, name=f"reg{allowed}")
        asked = replace(asked, entities=tuple(replace(entity, source=asked.name) for entity in asked.entities))
        answers: list[Any] = []
        both = [threading.Thread(target=lambda: answers.append(collect(asked))) for _ in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()
    assert [answer.coverage.status for answer in answers] == [Outcome.FOUND] * 2
    assert [answer.coverage.records for answer in answers] == [answers[0].coverage.records] * 2
    assert (most <= allowed, most > 1) == (True, allowed > 1)

"""Five thousand doubts in a real browser: what somebody waits for each time does not grow with what there is."""

from __future__ import annotations

import sqlite3
import time

import pytest

from flows import steps
from flows.workplace import Workplace
from tests.desk.conftest import drafted
from tests.desk.test_8_browser import CHROMIUM, Site, browser, playwright, site
from tests.flows.conftest import OTHER_BSN, Gemeente

__all__ = ["browser", "playwright", "site"]  # fixtures

MANY = 5000
PATIENCE = 3.0
"""Seconds of wall clock, on a machine that may be busy; on a quiet one each takes a fraction of one."""

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed at /usr/bin/chromium"),
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:websockets"),
]


def notes() -> list[tuple[str, str]]:
    """So many contacts, each with a number that may be a mistyped BSN: a doubt each."""
    said = "Gesprek {n} aan het loket. Op de kaart stond BSN 1{n:04}4321, misschien verkeerd getypt. Meneer is tevreden."
    return [(f"2020-0{1 + n % 9}-1{n % 10}", said.format(n=n)) for n in range(MANY * 11 // 10)]


@pytest.mark.timeout(900)
def test_a_decision_among_five_thousand_doubts_is_no_slower_than_a_person(site: Site, prepared: Gemeente, work: Workplace) -> None:
    """The list, a decision, and the next: the first opening reads the draft once, what follows does not."""
    with sqlite3.connect(prepared.folder / "hulp.sqlite") as held:
        held.executemany("insert into CONTACT values (4712, ?, ?, null)", notes())
    number = drafted(work, OTHER_BSN)
    assert len(steps.reviewable(work, number)) >= MANY - 500
    page = site.log_in(site.context(), "anna")
    page.goto(f"{site.address}/verzoeken/{number}/beoordelen")
    began = time.monotonic()
    page.goto(f"{site.address}/verzoeken/{number}/beoordelen?blad=50")
    listed = time.monotonic() - began
    page.locator("tbody a").first.click()
    waits = [listed]
    for _ in range(5):
        page.locator(".items .item--doubt form.decide").first.wait_for()
        began = time.monotonic()
        page.locator(".items .item--doubt button[value=withhold]").first.click()
        page.locator(".items .item--doubt").first.wait_for(state="detached")
        waits.append(time.monotonic() - began)
        began = time.monotonic()
        page.locator("#volgende-twijfel").click()
        page.locator(".items .item--doubt form.decide").first.wait_for()
        waits.append(time.monotonic() - began)
    assert len(work.register.decisions(number)) == 5
    assert max(waits) < PATIENCE, [round(wait, 2) for wait in waits]

"""In a real browser: every page without a violation that axe-core can find, narrow and wide, by keyboard alone; and a request from desk to resident."""

from __future__ import annotations

import os
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from config.request import Status
from desk.app import make_app
from desk.book import SHELF
from desk.settings import Settings
from flows import pointed, steps
from flows.workplace import Workplace
from tests.desk.conftest import PASSWORD, released
from tests.flows.conftest import OTHER_BSN, Gemeente

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
TRACES = Path(os.environ.get("INZAGE_TRACES", Path(__file__).parent.parent.parent / ".traces"))
"""Where the trace of the whole job stays after the tests; nobody of whom it shows anything exists."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed at /usr/bin/chromium"),
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning:websockets"),  # what uvicorn loads for web sockets, which the desk has not
]


@dataclass
class Site:
    """The desk, listening on loopback, and a browser."""

    address: str
    browser: Browser
    work: Workplace

    def context(self, width: int = 1280, height: int = 900, *, script: bool = True, bypass: bool = False) -> BrowserContext:
        """A browser of one person."""
        made = self.browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            bypass_csp=bypass,
            accept_downloads=True,
            locale="nl-NL",
        )
        made.set_default_timeout(30_000)
        return made

    def log_in(self, context: BrowserContext, login: str) -> Page:
        """A page on which this colleague is logged in."""
        page = context.new_page()
        page.goto(f"{self.address}/inloggen")
        page.get_by_label("Inlognaam").fill(login)
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Inloggen").click()
        page.wait_for_url(re.compile(r"/(accounts)?(\?.*)?$"))
        return page


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Playwright, driving Debian's Chromium."""
    with sync_playwright() as made:
        yield made


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all tests of this file."""
    made = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
    yield made
    made.close()


@pytest.fixture
def site(work: Workplace, browser: Browser) -> Iterator[Site]:
    """The desk of Nergenshuizen on a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    app = make_app(Settings(address=address, requests_a_minute=100_000, tries_a_minute=1000))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="critical", access_log=False, ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 30
    while not server.started and time.monotonic() < end:
        time.sleep(0.05)
    yield Site(address, browser, work)
    server.should_exit = True
    thread.join(10)


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong on a page, by rule and element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    return [f"{one['id']}: {node['target']}" for one in found["violations"] for node in one["nodes"]]


def pages(site: Site, number: str) -> dict[str, list[str]]:
    """Every page, by who sees it."""
    book = SHELF.book(site.work, number)
    note = next(u.key for u in book.units if u.source == "hulp" and u.title.startswith(book.collected[u.collection].title) and u.withheld)
    letter = next(u.key for u in book.units if u.document is not None)
    here = f"/verzoeken/{number}"
    return {
        "": ["/inloggen", "/ophalen/verzonnen", "/ophalen/verzonnen?taal=en", "/mijn-verzoek", "/bestaat-niet"],
        "anna": [
            "/", "/?toon=alles", "/verzoeken/nieuw/formulier", "/verzoeken/nieuw/csv", "/agenda", here, f"{here}/beoordelen?toon=alles",
            f"{here}/beoordelen/{note}", f"{here}/beoordelen/{letter}", f"{here}/beoordelen/{note}?beeld=inwoner", f"{here}/personen",
            f"{here}/concept", f"{here}/uitreiken", f"{here}/logboek", f"{here}/brieven",
            "/accounts", "/verzoeken/INZ-2026-000099",
        ],
        "rik": [f"{here}/concept", f"{here}/beoordelen"],
        "fg": ["/rapport", "/certificaten", here],
        "beheer": ["/accounts", "/beheer", "/certificaten"],
    }  # fmt: skip


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (320, 800), (320, 256)], ids=["wide", "narrow", "zoomed to 400 %"])
def test_axe_finds_nothing_on_any_page_and_none_scrolls_sideways(site: Site, number: str, width: int, height: int) -> None:
    """WCAG 2.2 A and AA and best practices; 1280 by 1024 at 400 % is 320 by 256 (WCAG 1.4.10)."""
    wrong: dict[str, list[str]] = {}
    for login, paths in pages(site, number).items():
        context = site.context(width, height, bypass=True)
        page = site.log_in(context, login) if login else context.new_page()
        for path in paths:
            page.goto(site.address + path)
            for more in page.locator("details").all():
                more.evaluate("element => { element.open = true; }")
            found = violations(page)
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append("scrolls sideways")
            if found:
                wrong[f"{login}{path}"] = found
        context.close()
    assert wrong == {}


def test_axe_finds_nothing_on_the_pages_after_release(site: Site, number: str) -> None:
    """The link and code that are shown once, and the resident's page in both languages."""
    released(site.work, number)
    context = site.context(bypass=True)
    page = site.log_in(context, "anna")
    page.goto(f"{site.address}/verzoeken/{number}/uitreiken")
    page.get_by_role("button", name="Nieuwe link maken").click()
    assert violations(page) == []
    link, code = page.locator("code.secret").nth(0).inner_text(), page.locator("code.secret").nth(1).inner_text()
    resident = site.context(320, 800, bypass=True).new_page()
    resident.goto(link)
    resident.get_by_label("Code").fill(code)
    resident.get_by_role("button", name="Verder").click()
    for language in ("nl", "en"):
        resident.goto(f"{site.address}/mijn-verzoek?taal={language}")
        assert violations(resident) == []


def test_a_page_runs_no_script_but_ours(site: Site, number: str) -> None:
    """Nothing is blocked by the policy in ordinary work, and what somebody slips in as text does not run."""
    context = site.context()
    page, said = site.log_in(context, "anna"), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith(site.address) else None)
    page.goto(f"{site.address}/verzoeken/{number}")
    page.get_by_label("Nieuwe opmerking").fill("<img src=x onerror=\"document.title='gekaapt'\"><script>document.title='gekaapt'</script>")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("De opmerking is bewaard.")).to_be_visible()
    assert "gekaapt" not in page.title()
    assert said == []


def test_review_by_keyboard_alone(site: Site, number: str) -> None:
    """From the skip link to a decision and back: J, W, U, and the focus goes on to the next."""
    book = SHELF.book(site.work, number)
    unit = next(
        u for u in book.units if u.source == "hulp" and any(p.column == "NOTITIE" and p.row == u.row for p in book.texts) and u.withheld > 1
    )
    page = site.log_in(site.context(), "anna")
    page.goto(f"{site.address}/verzoeken/{number}/beoordelen/{unit.key}")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("!!document.activeElement.closest('.items')"):
            break
    page.keyboard.press("t")
    expect(page.locator(".record .mark--shown")).to_have_count(1)
    assert [d.decision for d in site.work.register.decisions(number)] == ["show"]
    assert page.evaluate("!!document.activeElement.closest('.items .item')"), "the focus was lost after a decision"
    page.keyboard.press("k")
    page.keyboard.press("u")
    expect(page.locator(".record .mark--shown")).to_have_count(0)
    assert site.work.register.decisions(number) == ()
    expect(page.locator(".items .item:focus")).to_have_count(1)  # the focus is back in the list after the swap
    page.get_by_role("link", name="Agenda").press("w")
    assert site.work.register.decisions(number) == (), "a letter outside the list decides nothing (WCAG 2.1.4)"


def test_selected_words_are_withheld(site: Site, number: str) -> None:
    """Selecting fills in the form; sending it marks them."""
    book = SHELF.book(site.work, number)
    unit = next(
        u for u in book.units if u.source == "hulp" and any(p.column == "NOTITIE" and p.row == u.row for p in book.texts) and u.withheld > 1
    )
    page = site.log_in(site.context(), "anna")
    page.goto(f"{site.address}/verzoeken/{number}/beoordelen/{unit.key}")
    page.evaluate(
        """() => { const piece = [...document.querySelectorAll('[data-place=NOTITIE] [data-start]')].find(e => e.textContent.includes('hulp'));
        const text = piece.firstChild, at = text.textContent.indexOf('hulp'), range = document.createRange();
        range.setStart(text, at); range.setEnd(text, at + 12); const s = getSelection(); s.removeAllRanges(); s.addRange(range); }"""
    )
    expect(page.get_by_label("Woorden")).to_have_value("hulp in huis")
    page.get_by_role("button", name="Weglaten", exact=True).last.click()
    expect(page.locator(".record .mark--passage")).to_have_text(re.compile("hulp in huis"))
    assert [(p.column, p.end - p.start) for p in pointed.passages(site.work, number) if p.end and p.start] == [("NOTITIE", 12)]


def test_everything_works_without_script(site: Site, number: str) -> None:
    """A decision, a search and a verdict as plain forms."""
    site.work.register.handling.choose(number, "kapot", "without", "anna")
    page = site.log_in(site.context(script=False), "anna")
    page.goto(f"{site.address}/verzoeken/{number}/beoordelen")
    page.get_by_label("Zoek in de tekst").fill("wilhelmina")
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.locator("tbody a").first.click()
    page.get_by_role("button", name=re.compile("^Tonen")).first.click()
    expect(page.get_by_text("De beslissing is bewaard.")).to_be_visible()
    assert len(site.work.register.decisions(number)) == 1


def until(holds: Callable[[], bool], seconds: float = 240) -> None:
    """Wait until something holds, by the register; fails where it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(1)


@pytest.mark.timeout(900)
def test_from_new_request_to_pick_up_with_one_source_failing_on_the_way(site: Site, prepared: Gemeente, tmp_path: Path) -> None:
    """By a handler, two reviewers and the resident; each in a browser of their own, the flow in a process of its own."""
    work, context = site.work, site.context()
    context.tracing.start(screenshots=True, snapshots=True, title="the handler")
    desk = site.log_in(context, "anna")
    number = _registered(desk)
    desk.get_by_role("button", name="Bronnen bevragen").click()
    until(lambda: work.register.get(number).status is Status.REVIEW and not work.register.busy(number))
    expect(desk.locator(".downsource strong", has_text="Oude map")).to_be_visible(timeout=20_000)  # the page renewed itself
    expect(desk.get_by_text("In beoordeling").first).to_be_visible()
    (prepared.folder / "er-niet").mkdir(exist_ok=True)
    desk.reload()
    desk.get_by_role("button", name="Opnieuw vragen aan Oude map").click()
    until(lambda: {c.source: c.status for c in steps.coverage(work, number)}["kapot"] == "none" and not work.register.busy(number))
    for login in ("rik", "roos"):
        reviewer = site.log_in(site.context(), login)
        reviewer.goto(f"{site.address}/verzoeken/{number}/concept")
        reviewer.get_by_role("button", name="Goedkeuren").click()
        expect(reviewer.get_by_text("Uw oordeel is vastgelegd.")).to_be_visible()
    desk.goto(f"{site.address}/verzoeken/{number}/uitreiken")
    desk.get_by_role("button", name="Verzegelen en vrijgeven").click()
    expect(desk.get_by_text("Het dossier is verzegeld")).to_be_visible(timeout=120_000)
    desk.get_by_role("button", name="Nieuwe link maken").click()
    link, code = desk.locator("code.secret").nth(0).inner_text(), desk.locator("code.secret").nth(1).inner_text()
    assert _fetched(site, link, code, tmp_path).read_bytes()[:2] == b"PK"
    kept = TRACES / "from-request-to-pick-up.zip"
    context.tracing.stop(path=kept)
    assert kept.stat().st_size > 0
    assert work.register.audit.verify().entries > 0


def _registered(desk: Page) -> str:
    desk.get_by_role("link", name="Nieuw verzoek").first.click()
    desk.get_by_label("Burgerservicenummer").fill(OTHER_BSN)
    desk.get_by_label("Leeftijd van deze persoon").select_option("adult")
    desk.get_by_label("Dag van ontvangst").fill("2026-11-24")
    desk.get_by_label("Hoe is de identiteit gecontroleerd").select_option("counter")
    desk.get_by_role("button", name="Registreren").click()
    expect(desk.get_by_text("Het verzoek is geregistreerd.")).to_be_visible()
    return desk.get_by_role("heading", level=1).inner_text()


def _fetched(site: Site, link: str, code: str, folder: Path) -> Path:
    resident = site.context(390, 844).new_page()
    resident.goto(link)
    resident.get_by_label("Code").fill(code.lower())
    resident.get_by_role("button", name="Verder").click()
    with resident.expect_download() as fetching:
        resident.get_by_role("link", name="Pakket ophalen").click()
    fetching.value.save_as(folder / "inzage.zip")
    resident.get_by_role("button", name="Ik ben klaar").click()
    resident.goto(f"{site.address}/mijn-verzoek")
    expect(resident.get_by_role("heading", name="Afgesloten")).to_be_visible()
    return folder / "inzage.zip"

"""Proof afterwards: the trail and its export, the report of the data protection officer, and certificates of destruction."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import load_workbook

from cases import purge
from cases.audit import Entry
from config.request import Request, Status
from desk.figures import figures, safe, workbook
from tests.desk.conftest import Desk, released

YEAR = 2026


def test_the_trail_of_a_request_is_shown_whole_and_proved(desk: Desk, number: str) -> None:
    """With the count of what was verified; the page itself is told."""
    page = desk.as_("fg").get(f"/verzoeken/{number}/logboek").text
    assert "klopt" in page and "geregistreerd" in page
    assert desk.work.register.audit.entries(number)[-1].action == "trail seen"


def test_the_export_holds_every_entry_and_no_formula(desk: Desk, number: str) -> None:
    """In order; a cell that a spreadsheet would run is made text."""
    lines = list(csv.reader(io.StringIO(desk.as_("fg").get(f"/verzoeken/{number}/logboek.csv").content.decode("utf-8-sig")), delimiter=";"))
    sequences = [int(line[0]) for line in lines[1:]]
    assert sequences == sorted(sequences) and len(sequences) == len(desk.work.register.audit.entries(number))
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_what_a_spreadsheet_would_run_is_made_text(value: str) -> None:
    """In every file that the desk writes."""
    assert safe(value) == f"'{value}"


REQUEST = Request("INZ-2026-000001", date(2026, 1, 8), Status.RELEASED, date(2026, 2, 9), date(2026, 2, 8))


def entry(action: str, detail: str = "{}", number: str = REQUEST.number, sequence: int = 1) -> Entry:
    """One entry of a trail."""
    return Entry(sequence, "2026-01-09T09:00:00+00:00", "anna", action, number, detail)


def test_the_figures_count_what_happened() -> None:
    """Drawn small: one answered in twelve days of which two stood still, one late and open, one of another year."""
    sent = datetime(2026, 1, 20, 12, tzinfo=UTC)
    requests = [
        Request("INZ-2026-000001", date(2026, 1, 8), Status.RELEASED, date(2026, 2, 9), date(2026, 2, 8), released_at=sent, paused_days=2),
        Request("INZ-2026-000002", date(2026, 1, 8), Status.REVIEW, date(2026, 2, 9), date(2026, 2, 8), channel="letter"),
        Request("INZ-2025-000001", date(2025, 1, 8), Status.REVIEW, date(2025, 2, 10), date(2025, 2, 8)),
    ]  # fmt: skip
    entries = [
        entry("account", '{"grounds": {"A1": 9}, "sources": {"wmo": "failed"}}', sequence=1),
        entry("account", '{"grounds": {"A1": 3, "B1": 1}, "sources": {"wmo": "failed", "brp": "found"}}', sequence=2),
        entry("source chosen", '{"source": "wmo", "choice": "wait"}'), entry("source chosen", '{"source": "wmo", "choice": "without"}'),
        entry("objected"), entry("content seen"), entry("content seen"), entry("downloaded"), entry("extended"),
        entry("content seen", number="INZ-2025-000001"),
    ]  # fmt: skip
    found = figures(requests, entries, 2026, date(2026, 3, 1))
    assert (found.received, found.answered, found.days_median, found.days_most) == (2, 1, 10, 10)
    assert (found.late, found.extended, found.objections, found.looks, found.downloads) == (("INZ-2026-000002",), 1, 1, 2, 1)
    assert (found.grounds, found.failed, found.without) == ({"A1": 3, "B1": 1}, {"wmo": 1}, {"wmo": 1})
    assert (found.by_status, found.by_channel) == ({"released": 1, "review": 1}, {"desk": 1, "letter": 1})


def test_the_workbook_holds_the_same_figures() -> None:
    """A sheet each for the numbers, grounds, sources and what is late."""
    found = figures([REQUEST], [entry("account", '{"grounds": {"A1": 3}, "sources": {"wmo": "failed"}}')], YEAR, date(2026, 3, 1))
    book = load_workbook(io.BytesIO(workbook(found, {"wmo": "=Wmo"}, datetime(2026, 3, 1, tzinfo=UTC))))
    assert book.sheetnames == ["Cijfers", "Gronden", "Bronnen", "Te laat"]
    assert [[c.value for c in row] for row in book["Gronden"].rows] == [["Grond", "Keer gebruikt"], ["A1", 3]]
    assert book["Bronnen"]["A2"].value == "'=Wmo"


def test_the_report_shows_what_the_trail_tells_as_page_and_workbook(desk: Desk, number: str) -> None:
    """Grounds by their title, and the source that is down."""
    fg = desk.as_("fg")
    page = fg.get(f"/rapport?jaar={YEAR}").text
    assert "Oude map" in page and "A1 " in page and "klopt" in page
    assert load_workbook(io.BytesIO(fg.get(f"/rapport.xlsx?jaar={YEAR}").content)).sheetnames[0] == "Cijfers"
    assert [e.action for e in desk.work.register.audit.entries("")][-2:] == ["report seen", "report seen"]


def test_a_purge_leaves_a_certificate_and_a_trail_that_verifies(desk: Desk, number: str) -> None:
    """What was destroyed, when, by whom; and the report still counts it."""
    released(desk.work, number)
    before = desk.work.register.audit.verify()
    purge(desk.work.register, desk.work.vault, datetime.now(UTC).date() + timedelta(days=9), "P7D", "beheer")
    assert desk.work.register.audit.verify(before).entries > before.entries
    page = desk.as_("beheer").get(f"/certificaten/{number}").text
    assert "Certificaat van vernietiging" in page and "nagerekend" in page and "door beheer" in page
    assert number in desk.as_("fg").get("/certificaten").text
    fg = desk.as_("fg")
    assert "Vernietigd" in fg.get(f"/verzoeken/{number}").text
    assert "Beantwoord</dt><dd>1" in fg.get(f"/rapport?jaar={YEAR}").text
    for path, status in (("beoordelen", 409), ("concept/dossier.pdf", 404)):
        assert fg.client.get(f"/verzoeken/{number}/{path}").status_code == status
    fg.get("/certificaten/INZ-2026-000099", 404)


def test_only_what_is_past_its_term_is_destroyed_by_the_button(desk: Desk, number: str) -> None:
    """Today that is nothing; and only the administrator has the button."""
    released(desk.work, number)
    desk.as_("beheer").post("/certificaten")
    assert desk.work.register.get(number).status is Status.RELEASED
    desk.as_("anna").post("/certificaten", {}, 403)


def test_the_administrator_manages_accounts_and_keys_and_sees_each_secret_once(desk: Desk) -> None:
    """Never their own roles; a BSN is kept as a hash only."""
    beheer = desk.as_("beheer")
    page = beheer.post("/accounts", {"login": "nieuw", "title": "Nieuwe Collega", "roles": ["handler"]}, 200).text
    password = page.split('<code class="secret">')[1].split("<")[0]
    assert password not in beheer.get("/accounts").text
    assert desk.work.register.accounts.check("nieuw", password) is not None
    beheer.post("/accounts/nieuw/rollen", {"roles": ["reviewer", "officer"]})
    beheer.post("/accounts/nieuw/naaste", {"bsn": "999990032", "relation": "close"})
    beheer.post("/accounts/nieuw/uit")
    beheer.post("/accounts/beheer/rollen", {"roles": ["handler"]}, 409)
    beheer.post("/accounts/nieuw/rollen", {"roles": ["koning"]}, 409)
    page = beheer.get("/accounts").text
    assert "functionaris gegevensbescherming, beoordelaar" in page and "1 naaste" in page and "gesloten" in page and "999990032" not in page


def test_a_calendar_holds_numbers_and_days_and_no_name(desk: Desk, number: str) -> None:
    """Every clock of every open request; its address is a secret that can be replaced."""
    page = desk.as_("rik").post("/agenda", {}, 200).text
    path = page.split("https://desk.test")[1].split("<")[0]
    feed = desk.nobody().get(path)
    assert feed.headers["content-type"].startswith("text/calendar")
    lines = feed.text.split("\r\n")
    assert f"SUMMARY:{number}: termijn AVG" in lines and "DTSTART;VALUE=DATE:20261220" in lines and "DTSTART;VALUE=DATE:20261218" in lines
    assert "Kanariegeel" not in feed.text and "999990019" not in feed.text
    desk.as_("rik").post("/agenda", {}, 200)
    desk.nobody().get(path, 404)
    desk.nobody().get("/agenda/verzonnen.ics", 404)

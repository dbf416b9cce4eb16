"""Release and pick-up: sealed once, fetched by a link and a code that travel apart, recorded, and closed again."""

from __future__ import annotations

import io
import re
import threading
import zipfile

import pytest

from config.errors import RequestError
from config.request import Status
from flows import starting
from tests.desk.conftest import NUMBER, Browser, Desk, ready, released


@pytest.fixture
def approved(desk: Desk, number: str) -> str:
    """The number of a request that two people approved."""
    draft = ready(desk.work, number)
    for login in ("rik", "roos"):
        desk.work.register.approve(number, login, draft)
    return number


def link(desk: Desk, number: str) -> tuple[str, str]:
    """The token and the code of a new link, read from the page that shows them once."""
    page = desk.as_("anna").post(f"/verzoeken/{number}/uitreiken/link", {"days": "14"}, 200).text
    token = re.findall(r"https://desk\.test/ophalen/([\w-]+)", page)[0]
    return token, re.findall(r"<code class=\"secret\">([0-9A-Z]{5}-[0-9A-Z]{5})</code>", page)[0]


def enter(desk: Desk, token: str, code: str, status: int = 303) -> Browser:
    """The resident's browser after a code was sent; fails where it was answered otherwise."""
    resident = desk.nobody()
    csrf = re.findall(r'name="csrf" value="([0-9a-f]{64})"', resident.get(f"/ophalen/{token}").text)[0]
    resident.post(f"/ophalen/{token}", {"code": code}, status, csrf)
    return resident


def test_a_request_is_released_and_fetched_by_the_resident(desk: Desk, approved: str) -> None:
    """The package is the sealed one; its fetch is told; the link was used up."""
    anna = desk.as_("anna")
    anna.post(f"/verzoeken/{approved}/uitreiken/vrijgeven")
    token, code = link(desk, approved)
    resident = enter(desk, token, code)
    page = resident.get("/mijn-verzoek").text
    assert approved in page and "Pakket ophalen" in page and "Wilhelmina" not in page
    package = resident.get("/mijn-verzoek/pakket")
    assert "besluit.pdf" in zipfile.ZipFile(io.BytesIO(package.content)).namelist()
    assert approved not in package.headers["content-disposition"]
    assert [e.action for e in desk.work.register.audit.entries(approved)][-2:] == ["link opened", "downloaded"]
    enter(desk, token, code, 403)
    resident.post("/mijn-verzoek/klaar", {}, 200, csrf=_csrf(resident))
    resident.get("/mijn-verzoek/pakket", 403)


def _csrf(browser: Browser) -> str:
    return re.findall(r'name="csrf" value="([0-9a-f]{64})"', browser.client.get("/mijn-verzoek").text)[0]


def test_a_double_click_on_release_seals_once(desk: Desk, approved: str) -> None:
    """Two at the same moment: one seals, the other is told to wait or finds it done; package and passphrase belong together."""
    answers: list[object] = []

    def click() -> None:
        try:
            starting.release(desk.work, approved, "anna")
            answers.append("released")
        except RequestError as error:
            answers.append(error.wrong)

    threads = [threading.Thread(target=click) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count("released") == 1
    assert desk.work.register.get(approved).status is Status.RELEASED
    assert [e.action for e in desk.work.register.audit.entries(approved)].count("release") == 1
    desk.as_("anna").post(f"/verzoeken/{approved}/uitreiken/vrijgeven")


def test_nothing_is_released_without_two_approvals(desk: Desk, number: str) -> None:
    """By a direct call neither, and by no other role."""
    desk.as_("anna").post(f"/verzoeken/{number}/uitreiken/vrijgeven", {}, 409)
    for login in ("rik", "fg", "beheer"):
        desk.as_(login).post(f"/verzoeken/{number}/uitreiken/vrijgeven", {}, 403)
    assert desk.work.register.get(number).status is Status.REVIEW


@pytest.mark.parametrize("token", ["verzonnen", "../../etc", "x" * 500, "%00", "é"])
def test_a_forged_link_looks_like_a_real_one_and_opens_nothing(desk: Desk, number: str, token: str) -> None:
    """The same form, the same refusal: nobody learns which links exist."""
    real = link(desk, number)[0]
    pages = []
    for one in (token, real):
        resident = desk.nobody()
        answered = resident.client.get(f"/ophalen/{one}", follow_redirects=False)
        if answered.status_code == 404:
            return
        csrf = re.findall(r'name="csrf" value="([0-9a-f]{64})"', answered.text)[0]
        wrong = resident.post(f"/ophalen/{one}", {"code": "AAAAA-AAAAA"}, 403, csrf)
        pages.append(re.sub(r"/ophalen/[^\"?]*|[0-9a-f]{64}", "", answered.text + wrong.text))
    assert pages[0] == pages[1]


def test_a_code_is_guessed_five_times_at_most(desk: Desk, number: str) -> None:
    """Then the right one opens nothing, and the desk sees why."""
    token, code = link(desk, number)
    for _ in range(5):
        enter(desk, token, "AAAAAAAAAA", 403)
    enter(desk, token, code, 403)
    assert "geblokkeerd" in desk.as_("anna").get(f"/verzoeken/{number}/uitreiken").text


def test_before_release_a_resident_sees_status_and_deadline_and_no_content(desk: Desk, number: str) -> None:
    """In Dutch and in English; by the same link, more than once."""
    token, code = link(desk, number)
    for _ in range(2):
        resident = enter(desk, token, code)
        assert "21 december 2026" in resident.get("/mijn-verzoek").text
        english = resident.get("/mijn-verzoek?taal=en").text
        assert "We are checking what we found." in english and '<html lang="en">' in english and "21 December 2026" in english
        resident.get("/mijn-verzoek/pakket", 403)


def test_a_revoked_link_ends_also_a_visit_that_was_under_way(desk: Desk, number: str) -> None:
    """On the next click."""
    resident = enter(desk, *link(desk, number))
    reference = desk.work.register.pickups.all(number)[0].reference
    anna = desk.as_("anna")
    anna.post(f"/verzoeken/{number}/uitreiken/intrekken", {"reference": reference})
    resident.get("/mijn-verzoek", 403)
    anna.post(f"/verzoeken/{number}/uitreiken/intrekken", {"reference": reference}, 409)
    anna.post(f"/verzoeken/{number}/uitreiken/intrekken", {"reference": ""}, 409)


def test_a_visit_is_no_session_and_a_session_is_no_visit(desk: Desk, number: str) -> None:
    """A resident reaches no page of the desk; a colleague's cookie opens no dossier."""
    resident = enter(desk, *link(desk, number))
    resident.get("/", 303)
    resident.get(f"/verzoeken/{number}/concept/dossier.pdf", 303)
    desk.as_("anna").get("/mijn-verzoek/pakket", 403)


def test_the_desk_fetches_the_package_for_counter_paper_or_secure_mail(desk: Desk, number: str) -> None:
    """With the way told in the trail; the passphrase by a click of its own, told too."""
    anna = desk.as_("anna")
    anna.post(f"/verzoeken/{number}/uitreiken/pakket", {"way": "counter"}, 409)
    anna.post(f"/verzoeken/{number}/uitreiken/wachtzin", {}, 409)
    released(desk.work, number)
    assert anna.post(f"/verzoeken/{number}/uitreiken/pakket", {"way": "counter"}, 200).content[:2] == b"PK"
    anna.post(f"/verzoeken/{number}/uitreiken/pakket", {"way": "postduif"}, 409)
    passphrase = desk.work.vault.get(number, "passphrase").decode()
    assert passphrase in anna.post(f"/verzoeken/{number}/uitreiken/wachtzin", {}, 200).text
    assert passphrase not in anna.get(f"/verzoeken/{number}/uitreiken").text
    assert {"handed over", "passphrase seen"} <= {e.action for e in desk.work.register.audit.entries(number)}


def test_after_a_purge_the_links_are_gone(desk: Desk, number: str) -> None:
    """And so is the visit."""
    released(desk.work, number)
    resident = enter(desk, *link(desk, number))
    desk.work.vault.destroy(number)
    resident.get("/mijn-verzoek", 403)
    assert number == NUMBER

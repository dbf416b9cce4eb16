"""Entering: log-in and session, the word in each form, the headers, and a role for every page and every action."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cases.roles import READING, Right, Role, may
from desk.guarding import POLICY
from desk.limits import Buckets
from desk.matrix import routes
from tests.desk.conftest import NUMBER, PASSWORD, STAFF, Desk

OPEN = {
    ("GET", "/health"), ("GET", "/ready"),  # for machines: they tell that it works, and nothing else
    ("GET", "/inloggen"), ("POST", "/inloggen"), ("POST", "/uitloggen"), ("GET", "/oidc/begin"), ("GET", "/oidc/terug"),
    ("GET", "/ophalen/{token}"), ("POST", "/ophalen/{token}"), ("GET", "/mijn-verzoek"), ("GET", "/mijn-verzoek/pakket"),
    ("POST", "/mijn-verzoek/klaar"), ("GET", "/agenda/{key}.ics"), ("POST", "/api/v1/verzoeken"), ("GET", "/api/v1/verzoeken/{number}"),
}  # fmt: skip
"""What needs no colleague's session: logging in, the resident's page, and what has a key of its own."""


def rights(desk: Desk) -> list[tuple[str, str, Right | None]]:
    """Every route with the right that it asks for."""
    return list(routes(desk.app))


def test_every_route_but_the_open_ones_asks_for_one_right(desk: Desk) -> None:
    """A new page fails here until it says who may enter."""
    assert {(method, path) for method, path, right in rights(desk) if right is None} == OPEN
    assert len(rights(desk)) > 50


def test_every_form_asks_for_a_right_that_changes_something(desk: Desk) -> None:
    """But for a search, which is a form so that words of a resident stand in no address, and one's own calendar."""
    reading = {path for method, path, right in rights(desk) if method == "POST" and right in READING}
    assert reading == {"/verzoeken/{number}/beoordelen", "/agenda"}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_reaches_exactly_what_the_table_says(desk: Desk, role: Role) -> None:
    """Every route called directly, without a form to lead there: 403 where the role has no right, never where it has."""
    login = next(login for login, roles in STAFF.items() if roles == (role,))
    browser = desk.as_(login)
    wrong = []
    for method, path, right in rights(desk):
        if right is None:
            continue
        address = re.sub(r"\{number\}", NUMBER, path)
        address = re.sub(r"\{\w+\}", "x", address)
        answered = browser.client.request(method, address, follow_redirects=False)
        allowed = may([role], right)
        refused = answered.status_code == 403 and "Uw rol geeft geen toegang" in answered.text
        if refused == allowed:
            wrong.append((method, path, answered.status_code))
    assert wrong == []


def test_without_a_session_every_page_leads_to_the_log_in_and_every_form_is_refused(desk: Desk) -> None:
    """Nothing is shown, nothing is done."""
    browser = desk.nobody()
    for method, path, right in rights(desk):
        if right is not None:
            answered = browser.client.request(method, re.sub(r"\{\w+\}", "x", path), follow_redirects=False)
            assert (answered.status_code, answered.headers.get("location")) in {(303, "/inloggen"), (403, None)}, (method, path)


@pytest.mark.parametrize("csrf", ["", "0" * 64, "é"])
def test_a_form_without_the_word_of_this_session_does_nothing(desk: Desk, number: str, csrf: str) -> None:
    """Neither with none, nor with one of another browser."""
    anna, before = desk.as_("anna"), desk.work.register.audit.verify()
    for form in (csrf, desk.as_("bob").csrf()):
        anna.post(f"/verzoeken/{number}/termijn/trek-in", {"reason": "weg"}, 403, form)
    assert desk.work.register.get(number).status == "review"
    assert before.entries <= desk.work.register.audit.verify().entries


def test_a_form_sent_from_another_site_does_nothing(desk: Desk, number: str) -> None:
    """Even with the right word: the browser tells where it came from."""
    anna = desk.as_("anna")
    anna.post(f"/verzoeken/{number}/termijn/trek-in", {"reason": "weg"}, 403, headers={"sec-fetch-site": "cross-site"})
    assert desk.work.register.get(number).status == "review"


def test_the_cookie_is_of_this_address_only_and_no_script_reads_it(desk: Desk) -> None:
    """`__Host-`, Secure, HttpOnly, SameSite, for the whole site, and another one after logging in."""
    browser = desk.nobody()
    first = browser.get("/inloggen").headers["set-cookie"]
    second = browser.post("/inloggen", {"login": "anna", "password": PASSWORD}).headers["set-cookie"]
    for cookie in (first, second):
        assert cookie.startswith("__Host-inzage=")
        assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert first.split(";")[0] != second.split(";")[0]


def test_logging_out_ends_the_session_also_for_who_kept_the_cookie(desk: Desk) -> None:
    """The token is worth nothing after."""
    anna = desk.as_("anna")
    token = anna.client.cookies["__Host-inzage"]
    anna.post("/uitloggen")
    thief = desk.nobody()
    thief.client.cookies.set("__Host-inzage", token)
    assert thief.get("/", 303).headers["location"] == "/inloggen"


@pytest.mark.parametrize("path", ["/inloggen", "/", "/static/desk.css", "/bestaat-niet", "/api/v1/verzoeken/x", "/ophalen/x"])
def test_every_answer_lets_a_browser_run_nothing_but_our_own_files(desk: Desk, path: str) -> None:
    """Also a refusal; and no page is kept by a browser."""
    headers = desk.nobody().client.get(path, follow_redirects=False).headers
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert ("no-store" in headers["cache-control"]) == (not path.startswith("/static/"))


def test_no_page_has_a_script_or_style_inside_or_calls_outside(desk: Desk, number: str) -> None:
    """All of it lies in our own files."""
    anna = desk.as_("anna")
    for path in ("/", f"/verzoeken/{number}", f"/verzoeken/{number}/beoordelen", "/verzoeken/nieuw/formulier"):
        text = anna.get(path).text
        assert not re.search(r"<script(?![^>]*src=\"/static/)|<style|\sstyle=|\son\w+=|javascript:", text)
        assert re.findall(r"(?:src|href|action)=\"(?:https?:)?//[^\"]*", text) == []


def test_wrong_passwords_lock_an_account_and_say_no_more_than_for_nobody(desk: Desk) -> None:
    """The page is the same for a wrong password, a locked account and a name that is none."""
    browser = desk.nobody()
    pages = [browser.post("/inloggen", {"login": "anna", "password": f"fout {i}"}, 401).text for i in range(6)]
    pages.append(browser.post("/inloggen", {"login": "anna", "password": PASSWORD}, 401).text)
    pages.append(browser.post("/inloggen", {"login": "bestaat-niet", "password": PASSWORD}, 401).text)
    assert len({re.sub(r"[0-9a-f]{64}", "", page) for page in pages}) == 1
    assert desk.as_("bob").get("/").status_code == 200


def test_who_tries_too_often_must_wait(work: Any) -> None:
    """From one address, whatever the name."""
    from desk.app import make_app
    from desk.settings import Settings

    browser = Desk(make_app(Settings(tries_a_minute=3)), work).nobody()
    for status in (401, 401, 401, 429):
        browser.post("/inloggen", {"login": "niemand", "password": "x"}, status)


def test_a_bucket_fills_up_again() -> None:
    """So many a minute, counted by the clock it is given."""
    now = [0.0]
    bucket = Buckets(60, lambda: now[0])
    assert [bucket.take("a") for _ in range(61)] == [True] * 60 + [False]
    assert bucket.take("b")
    now[0] = 1.0
    assert [bucket.take("a"), bucket.take("a")] == [True, False]


def test_a_role_that_is_taken_away_is_gone_on_the_next_page(desk: Desk) -> None:
    """And so is an account that is shut."""
    anna = desk.as_("anna")
    desk.work.register.accounts.set_roles("anna", [Role.OFFICER], "beheer")
    anna.get("/verzoeken/nieuw/formulier", 403)
    desk.work.register.accounts.disable("anna", True, "beheer")
    anna.get("/", 303)


def test_a_body_that_does_not_end_is_refused(desk: Desk) -> None:
    """Before anything of it is read."""
    headers = {"content-length": str(10**10), "content-type": "application/x-www-form-urlencoded"}
    assert desk.nobody().client.post("/inloggen", content=b"x", headers=headers).status_code == 413

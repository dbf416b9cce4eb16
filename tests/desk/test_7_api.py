"""The interface for e-forms: what its description says is so for any call, and a form sees its own requests only."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import ignored_auth

from desk.app import make_app
from desk.settings import Settings
from tests.desk.conftest import NUMBER, Browser, Desk
from tests.flows.conftest import BSN, OTHER_BSN

ASKED = {"bsn": OTHER_BSN, "received": "2026-11-20"}


def form(desk: Desk, name: str = "website") -> Browser:
    """An e-form with its key."""
    browser = desk.nobody()
    browser.client.headers["authorization"] = f"Bearer {desk.work.register.sessions.make_key('eform', name, 'beheer')}"
    return browser


def test_an_e_form_registers_a_request_and_follows_it(desk: Desk) -> None:
    """With its channel, its scope, and that DigiD told who asks."""
    website = form(desk)
    made = website.client.post("/api/v1/verzoeken", json={**ASKED, "scope": ["parkeren"], "language": "en"})
    assert made.status_code == 201
    number = made.json()["request"]
    assert website.get(f"/api/v1/verzoeken/{number}").json() == {**made.json(), "merged": False}
    found = desk.work.register.get(number)
    assert (found.channel, found.scope, found.identity_checked_by, found.language) == (
        "eform-website",
        ("parkeren",),
        "eform-website",
        "en",
    )


def test_a_second_request_is_taken_into_the_open_one(desk: Desk) -> None:
    """And the form may follow that one from then on."""
    website = form(desk)
    website.get(f"/api/v1/verzoeken/{NUMBER}", 404)
    made = website.client.post("/api/v1/verzoeken", json={**ASKED, "bsn": BSN})
    assert (made.status_code, made.json()["request"], made.json()["merged"]) == (201, NUMBER, True)
    website.get(f"/api/v1/verzoeken/{NUMBER}")


def test_numbers_cannot_be_tried_out(desk: Desk) -> None:
    """A request of the desk, of another form, and one that never was answer alike."""
    mine, other = form(desk), form(desk, "anders")
    number = other.client.post("/api/v1/verzoeken", json=ASKED).json()["request"]
    answers = {mine.get(f"/api/v1/verzoeken/{n}", 404).text for n in (NUMBER, number, "INZ-2026-000099", "x")}
    assert len(answers) <= 2 and all("none of this number" in answer for answer in answers)


@pytest.mark.parametrize("key", [None, "", "Bearer ", "Bearer verzonnen", "Basic eDp5", "Bearer é"])
def test_without_its_key_nothing_is_told_or_done(desk: Desk, key: str | None) -> None:
    """Nor with a session of a colleague, nor with a key that was revoked."""
    headers = {"authorization": key.encode()} if key is not None else {}
    for browser in (desk.nobody(), desk.as_("anna")):
        assert browser.client.post("/api/v1/verzoeken", json=ASKED, headers=headers).status_code == 401
        assert browser.client.get(f"/api/v1/verzoeken/{NUMBER}", headers=headers).status_code == 401
    website = form(desk)
    desk.work.register.sessions.revoke_key("eform", "website", "beheer")
    website.get(f"/api/v1/verzoeken/{NUMBER}", 401)


@pytest.mark.parametrize(
    "wrong",
    [
        {"bsn": "999990018"}, {"bsn": "abc"}, {"received": "2999-01-01"}, {"received": "gisteren"}, {"scope": ["bestaat-niet"]}, {"scope": "parkeren"},
        {"naam": "Kanariegeel"}, {"scope": [OTHER_BSN]}, {"since": "2026-01-01", "until": "2020-01-01"},
    ],
)  # fmt: skip
def test_a_refusal_never_repeats_what_was_sent(desk: Desk, wrong: dict[str, Any]) -> None:
    """And registers nothing."""
    before = len(desk.work.register.all())
    answered = form(desk).client.post("/api/v1/verzoeken", json={**ASKED, **wrong})
    assert answered.status_code in {409, 422}
    assert not any(value in answered.text for value in ("999990018", OTHER_BSN, "Kanariegeel", "gisteren", "bestaat-niet"))
    assert len(desk.work.register.all()) == before


def test_any_call_is_answered_as_the_description_says(desk: Desk) -> None:
    """Calls drawn from the description, right and wrong: no fault of ours, no status or body that it does not name."""
    key = desk.work.register.sessions.make_key("eform", "schemathesis", "beheer")
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", make_app(Settings(requests_a_minute=10**6, tries_a_minute=10**6)))
    assert sorted(schema["/api/v1/verzoeken"].keys()) == ["post"]

    for operation in schema.get_all_operations():
        found = operation.ok()
        strategy = found.as_strategy()

        @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
        @given(case=strategy)
        def one(case: schemathesis.Case) -> None:
            case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, excluded_checks=[ignored_auth])

        one()

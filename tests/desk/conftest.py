"""Nergenshuizen with a desk: colleagues who log in, a request whose draft lies in review, and one source that is down."""

from __future__ import annotations

import re
import shutil
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pypdfium2
import pytest

from cases.handling import Particulars
from cases.roles import Role
from desk.app import make_app
from desk.book import SHELF, Book
from desk.settings import Settings
from flows import steps, workplace
from flows.workplace import Workplace
from tests.flows.conftest import BSN, SOURCES, Gemeente, build

with warnings.catch_warnings():  # it tells at import that a successor of httpx will come; the one that is locked works
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

PASSWORD = "vier losse woorden samen"
RECEIVED = date(2026, 11, 20)
DOWN = """
  - name: kapot
    title: Oude map
    kind: documents
    owner: team@nergenshuizen.example
    connection: ${KAPOT}
    activity: zaakgericht-werken
    entities:
      stuk:
        table: .
        match: {TEXT: subject.bsn}
        columns: {}
"""
STAFF = {
    "anna": (Role.HANDLER,), "bob": (Role.HANDLER,), "rik": (Role.REVIEWER,), "roos": (Role.REVIEWER,),
    "fg": (Role.OFFICER,), "beheer": (Role.ADMINISTRATOR,), "beide": (Role.HANDLER, Role.REVIEWER),
}  # fmt: skip


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Gemeente:
    """Nergenshuizen and its staff, made once a module; every test works on a copy of it."""
    made = build(tmp_path_factory.mktemp("nergenshuizen"), SOURCES + DOWN)
    with pytest.MonkeyPatch.context() as patch:
        _at(patch, made)
        work = workplace.workplace()
        for login, roles in STAFF.items():
            work.register.accounts.add(login, login.title(), roles, PASSWORD, "test")
        drafted(work)
        work.register.close()
        workplace._register.cache_clear()
    return made


def _at(patch: pytest.MonkeyPatch, gemeente: Gemeente) -> None:
    for name, value in gemeente.environment.items():
        if name.startswith("INZAGE_") or name in {"HULP_URL", "PASSEN_FILE", "ARCHIEF"}:
            patch.setenv(name, value)
    patch.setenv("KAPOT", str(gemeente.folder / "er-niet"))
    patch.delenv("PREFECT_API_URL", raising=False)


def drafted(work: Workplace, bsn: str = BSN, actor: str = "anna") -> str:
    """The number of a new request whose draft lies in review: what the flow does, without Prefect."""
    number = work.register.new(bsn, RECEIVED, identity_checked_by=actor, actor=actor).number
    work.register.handling.describe(number, Particulars("adult", identity_how="counter"), actor)
    steps.begin(work, number, "inzage")
    for leg in steps.legs(work, number):
        steps.ask(work, number, leg)
        steps.gather(work, number)
    steps.redact(work, number)
    steps.draft(work, number, "inzage")
    return number


@pytest.fixture
def work(prepared: Gemeente, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workplace]:
    """The workplace of a copy of Nergenshuizen, of this test alone."""
    _at(monkeypatch, prepared)
    shutil.copytree(prepared.folder / "home", tmp_path / "home")
    monkeypatch.setenv("INZAGE_HOME", str(tmp_path / "home"))
    made = workplace.workplace()
    yield made
    made.register.close()
    workplace._register.cache_clear()


NUMBER = "INZ-2026-000001"
"""The request whose draft lies in review."""


@pytest.fixture
def number(work: Workplace) -> str:
    """The number of a request whose draft lies in review, with one source down."""
    return NUMBER


@pytest.fixture
def book(work: Workplace, number: str) -> Book:
    """What was collected for it."""
    return SHELF.book(work, number)


@dataclass
class Browser:
    """One browser at the desk."""

    client: TestClient
    login: str = ""

    def get(self, path: str, status: int = 200, **more: Any) -> httpx.Response:
        """A page; fails where it answers otherwise."""
        answered = self.client.get(path, follow_redirects=False, **more)
        assert answered.status_code == status, f"{path}: {answered.status_code}"
        return answered

    def post(
        self, path: str, data: dict[str, Any] | None = None, status: int = 303, csrf: str | None = None, **more: Any
    ) -> httpx.Response:
        """A form, with the word that our own pages carry; fails where it answers otherwise."""
        filled = {"csrf": self.csrf() if csrf is None else csrf, **(data or {})}
        answered = self.client.post(path, data=filled, follow_redirects=False, **more)
        assert answered.status_code == status, f"{path}: {answered.status_code} {_said(answered)}"
        return answered

    def csrf(self) -> str:
        """The word that the forms of this browser carry."""
        page = self.client.get("/agenda" if self.login not in ("", "beheer") else "/accounts" if self.login else "/inloggen")
        return re.findall(r'name="csrf" value="([0-9a-f]{64})"', page.text)[0]


def _said(answered: httpx.Response) -> str:
    return " ".join(re.findall(r'role="alert"><p[^>]*>(.*?)</p>', answered.text, re.DOTALL))[:300]


@dataclass
class Desk:
    """The running desk, and how to come in."""

    app: Any
    work: Workplace

    def nobody(self) -> Browser:
        """A browser in which nobody is logged in."""
        return Browser(TestClient(self.app, base_url="https://desk.test"))

    def as_(self, login: str) -> Browser:
        """A browser of a colleague."""
        browser = self.nobody()
        browser.post("/inloggen", {"login": login, "password": PASSWORD})
        browser.login = login
        return browser


@pytest.fixture
def desk(work: Workplace) -> Desk:
    """The desk of Nergenshuizen, with room to try often."""
    return Desk(make_app(Settings(address="https://desk.test", requests_a_minute=100_000, tries_a_minute=1000)), work)


def read_pdf(pdf: bytes) -> str:
    """The text of a PDF, on one line."""
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(text.split())


def ready(work: Workplace, number: str) -> str:
    """The hash of a draft in whose way nothing stands: the source that is down was decided about."""
    work.register.handling.choose(number, "kapot", "without", "anna")
    return steps.draft_hash(work, number)


def released(work: Workplace, number: str) -> None:
    """Seal it after two people approved."""
    draft = ready(work, number)
    for login in ("rik", "roos"):
        work.register.approve(number, login, draft)
    steps.release(work, number, "anna")

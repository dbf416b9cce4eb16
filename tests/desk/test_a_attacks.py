"""The desk as an attacker sees it: every address called directly by everybody, with what a browser would never send."""

from __future__ import annotations

import io
import re
import threading
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cases.handling import Particulars
from cases.roles import Role, may
from config.errors import InzageError
from config.request import Status
from desk.book import Book
from desk.matrix import routes
from flows import readiness, steps
from tests.desk.conftest import NUMBER, STAFF, Browser, Desk, ready, released
from tests.flows.conftest import BSN

NOWHERE = "INZ-2026-000099"
SCRIPT = "<script>document.title='gekaapt'</script>"


def addresses(desk: Desk, method: str) -> Iterator[tuple[str, Any]]:
    """Every address of this method that asks for a right, with that right."""
    return ((path, right) for found, path, right in routes(desk.app) if found == method and right is not None)


def filled(path: str, **given: str) -> str:
    """An address with these parts, and `x` for the others."""
    return re.sub(r"\{(\w+)\}", lambda part: given.get(part[1], "x"), path)


def who_may(right: Any) -> str:
    """A colleague who has this right."""
    return next(login for login, roles in STAFF.items() if may(roles, right))


# Numbers that are tried out.


def test_a_request_that_one_may_not_see_answers_on_every_address_as_one_that_is_not_there(desk: Desk, number: str) -> None:
    """By status, and by every word on the page: nobody finds out that a colleague's request exists."""
    for login in STAFF:
        desk.work.register.accounts.mark_close(login, BSN, "close", "beheer")
    browsers, told = {login: desk.as_(login) for login in STAFF}, []
    for method in ("GET", "POST"):
        for path, right in addresses(desk, method):
            if "{number}" in path and not path.startswith("/certificaten"):
                browser = browsers[who_may(right)]
                seen, absent = (_said(browser, method, filled(path, number=n), n) for n in (number, NOWHERE))
                if seen != absent or seen[0] not in {404, 405}:
                    told.append((method, path, seen[0], absent[0]))
    assert told == []


def _said(browser: Browser, method: str, address: str, number: str) -> tuple[int, str]:
    data = {"csrf": browser.csrf()} if method == "POST" else None
    answered = browser.client.request(method, address, data=data, follow_redirects=False)
    return answered.status_code, answered.text.replace(number, "")


# What a browser would never send.

ODD = [
    "²",
    "-1",
    "9" * 30,
    "0",
    "\x00",
    "../../etc/passwd",
    "%2e%2e%2f",
    SCRIPT,
    "=1+1",
    "é" * 300,
    "' or 1=1 --",
    "{{7*7}}",
    "\u202e",
    "1e9",
]


@pytest.mark.parametrize("odd", ODD)
def test_no_address_falls_over_whatever_stands_in_it(desk: Desk, number: str, odd: str) -> None:
    """In a part of the address, or behind the question mark: refused or ignored, never a fault of our own, and never run."""
    browsers, wrong = {login: desk.as_(login) for login in STAFF}, []
    for path, right in addresses(desk, "GET"):
        browser = browsers[who_may(right)]
        for address in (
            filled(path, number=number, **dict.fromkeys(("name", "key", "source", "what", "login"), odd)),
            filled(path, number=odd),
        ):
            params = dict.fromkeys(("toon", "bron", "volgorde", "blad", "jaar", "beeld", "gedaan"), odd)
            for more in ({}, params):
                answered = browser.client.get(address.replace("\x00", "%00").replace("?", "%3F"), params=more, follow_redirects=False)
                if answered.status_code >= 500 or SCRIPT in answered.text:
                    wrong.append((path, answered.status_code))
    assert wrong == []


FIELDS = (
    "days", "blad", "start", "words", "place", "ground", "item", "seen", "decision", "everywhere", "choice", "reason", "text", "how", "into",
    "received", "channel", "ages", "represented_by", "representative", "identity_how", "since", "until", "bsn", "scope", "role", "family",
    "given", "emails", "phones", "relation", "draft", "verdict", "reference", "way", "login", "title", "roles", "name", "kind", "zoek", "bron",
    "answer_by", "language", "nothing", "merge", "anchor", "street",
)  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_no_form_falls_over_whatever_is_filled_in(desk: Desk, number: str, book: Book, odd: str) -> None:
    """Every form with every field: refused with a sentence, or kept as text."""
    keys = [book.units[0].key, "x"]
    browsers, wrong = {login: desk.as_(login) for login in STAFF}, []
    for path, right in addresses(desk, "POST"):
        if path.endswith(("/start", "/opnieuw", "/vrijgeven")):
            continue  # they begin a run; what they are sent they do not read
        browser = browsers[who_may(right)]
        for key in keys:
            address = filled(path, number=number, key=key, source="kapot", what="identiteit", login="bob")
            data = {**dict.fromkeys(FIELDS, odd), "csrf": browser.csrf()}
            answered = browser.client.post(address, data=data, follow_redirects=False)
            if answered.status_code >= 500 or SCRIPT in answered.text:
                wrong.append((path, answered.status_code))
    assert wrong == []
    assert desk.work.register.audit.verify().entries > 0


def test_a_file_where_a_word_is_asked_and_a_word_where_a_file_is_are_none(desk: Desk, number: str) -> None:
    """Neither is a fault of ours."""
    anna = desk.as_("anna")
    for path in (f"/verzoeken/{number}/opmerking", f"/verzoeken/{number}/identiteit", "/verzoeken/nieuw/formulier"):
        sent = [(name, ("x.txt", b"x")) for name in ("text", "how", "bsn", "received")]
        assert anna.client.post(path, data={"csrf": anna.csrf()}, files=sent, follow_redirects=False).status_code in {404, 409}
    anna.post(f"/verzoeken/{number}/bronnen/kapot/bestanden", {"files": "geen bestand"}, 409)
    anna.post("/verzoeken/nieuw/csv", {"file": "geen bestand"}, 409)


# Script, wherever somebody may write.


def test_what_somebody_writes_is_text_on_every_page(desk: Desk, number: str) -> None:
    """A representative, a reason, a comment, the name of a file: each is shown as it was typed, and is no element."""
    anna, register = desk.as_("anna"), desk.work.register
    register.handling.describe(number, Particulars("adult", "mandate", f"J. {SCRIPT}", "counter"), "anna")
    anna.post(f"/verzoeken/{number}/opmerking", {"text": SCRIPT})
    anna.post(f"/verzoeken/{number}/termijn/pauzeer", {"reason": SCRIPT})
    sent = [("files", (f"{SCRIPT}.txt", b"Brief"))]
    anna.client.post(f"/verzoeken/{number}/bronnen/kapot/bestanden", data={"csrf": anna.csrf()}, files=sent, follow_redirects=False)
    steps.redact(desk.work, number)
    steps.draft(desk.work, number, "inzage")
    for path in ("", "/brieven", "/beoordelen?toon=alles", "/concept", "/logboek", "/personen", "/uitreiken"):
        page = anna.get(f"/verzoeken/{number}{path}").text
        assert "<script>document" not in page
    assert "&lt;script&gt;document" in anna.get(f"/verzoeken/{number}").text


# Bombs in what is handed over.


def nested(depth: int) -> bytes:
    """A bundle in a bundle in a bundle: each ten times the next, with zeros at the bottom."""
    data = b"0" * 10_000_000
    for _ in range(depth):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(10):
                archive.writestr(f"{copy}.zip", data)
        data = packed.getvalue()
    return data


def office(xml: bytes) -> bytes:
    """A document whose text is this XML."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", xml)
    return packed.getvalue()


def climbing() -> bytes:
    """A bundle whose file wants to lie elsewhere."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../../../tmp/ontsnapt.txt", b"ontsnapt")
    return packed.getvalue()


LAUGHS = b'<!DOCTYPE w [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;">' % ((c, *[c - 1] * 6)) for c in range(98, 110)
)
BOMBS: dict[str, Callable[[], tuple[str, bytes]]] = {
    "bundles in bundles": lambda: ("pak.zip", nested(4)),
    "entities that laugh": lambda: ("lach.docx", office(LAUGHS + b"]><w>&m;</w>")),
    "a file of this machine": lambda: ("lees.docx", office(b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>')),
    "a path that climbs": lambda: ("klim.zip", climbing()),
    "no file at all": lambda: ("leeg.pdf", b""),
    "half a PDF": lambda: ("half.pdf", b"%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj"),
}


@pytest.mark.parametrize("what", BOMBS)
def test_a_bomb_that_is_handed_over_is_kept_shut(desk: Desk, number: str, what: str) -> None:
    """It becomes a document that is counted and withheld; nothing of this machine stands in it, and nothing lies elsewhere."""
    anna = desk.as_("anna")
    sent = [("files", BOMBS[what]())]
    path = f"/verzoeken/{number}/bronnen/kapot/bestanden"
    answered = anna.client.post(path, data={"csrf": anna.csrf()}, files=sent, follow_redirects=False)
    assert answered.status_code == 303, answered.text[-800:]
    steps.redact(desk.work, number)
    account = {a.source: a for a in steps.accounted(desk.work, number)}["kapot"].documents
    assert account.collected >= 1 and account.disclosed == 0
    assert b"root:" not in desk.work.vault.get(number, "collected")


# Two at once.


def at_once(*calls: Callable[[], Any]) -> list[str]:
    """Let several people act in the same moment; gives how each went: "" or the refusal."""
    gate, told = threading.Barrier(len(calls)), [""] * len(calls)

    def one(place: int, call: Callable[[], Any]) -> None:
        gate.wait()
        try:
            call()
        except InzageError as error:
            told[place] = error.wrong

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_one_person_in_two_windows_gives_one_verdict(desk: Desk, number: str) -> None:
    """However fast they click."""
    draft = ready(desk.work, number)
    told = at_once(*(lambda: readiness.approve(desk.work, number, "rik", draft) for _ in range(4)))
    assert sorted(bool(one) for one in told) == [False, True, True, True]
    assert desk.work.register.get(number).status is Status.REVIEW


def test_a_decision_and_the_second_approval_at_once_release_nothing_that_nobody_saw(desk: Desk, number: str, book: Book) -> None:
    """Whoever comes first: either it is approved and the decision reopens it, or the draft is stale and the approval refused."""
    draft = ready(desk.work, number)
    readiness.approve(desk.work, number, "rik", draft)
    item = next(iter(book.place_of_item))
    decided = steps.Decision(item, "show", "", "anna") if hasattr(steps, "Decision") else _decision(item)
    at_once(
        lambda: readiness.approve(desk.work, number, "roos", draft),
        lambda: desk.work.register.decide(number, [decided], "anna"),
    )
    with pytest.raises(InzageError):
        steps.check_approved(desk.work, number)


def _decision(item: str) -> Any:
    from config.redacted import Decision

    return Decision(item, "show", "", "anna")


# Links.


def test_a_link_of_one_request_opens_no_other_and_a_code_of_one_link_no_other(desk: Desk, number: str) -> None:
    """Each code belongs to its link; a status link never gives files."""
    released(desk.work, number)
    pickups = desk.work.register.pickups
    token, code = pickups.make(number, "dossier", 1, "anna")
    other, other_code = pickups.make(number, "status", 1, "anna")
    assert pickups.enter(token, other_code) is None and pickups.enter(other, code) is None
    visit = pickups.enter(other, other_code)
    resident = desk.nobody()
    resident.client.cookies.set("__Host-inzage-ophalen", visit or "", domain="desk.test")
    resident.get("/mijn-verzoek")
    resident.get("/mijn-verzoek/pakket", 403)


@pytest.mark.parametrize("role", list(Role))
def test_no_role_reaches_the_address_of_another_by_another_method(desk: Desk, role: Role) -> None:
    """HEAD, PUT, PATCH and DELETE do nothing anywhere, and a GET of a form does nothing either."""
    browser = desk.as_(next(login for login, roles in STAFF.items() if roles == (role,)))
    before = desk.work.register.audit.verify().entries
    for method in ("PUT", "PATCH", "DELETE"):
        for found, path, _ in routes(desk.app):
            answered = browser.client.request(method, filled(path, number=NUMBER), follow_redirects=False)
            assert answered.status_code in {404, 405}, (method, found, path)
    assert desk.work.register.audit.verify().entries == before

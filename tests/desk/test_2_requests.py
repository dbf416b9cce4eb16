"""Requests: registering by form and file, who may ask for whom, clocks, sources that stay down, and letters."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest

from config.errors import RequestError
from config.request import Status
from desk.pages.requests import today
from flows import readiness, starting, steps, uploads
from flows.uploads import plain_name
from tests.desk.conftest import NUMBER, RECEIVED, Desk, read_pdf
from tests.flows.conftest import BSN, OTHER_BSN

FORM = {"bsn": OTHER_BSN, "received": "2026-11-20", "channel": "letter"}


def test_a_request_is_registered_with_all_that_was_told(desk: Desk) -> None:
    """Scope, period, representative, and who checked the identity how."""
    told = {
        **FORM, "ages": "from_12", "represented_by": "parent", "representative": "Wilhelmina Kanariegeel", "identity_how": "counter",
        "scope": ["parkeren", "wmo-onderzoek"], "since": "2020-01-01", "until": "2024-12-31",
    }  # fmt: skip
    answered = desk.as_("anna").post("/verzoeken/nieuw/formulier", told)
    number = answered.headers["location"].split("/")[2].split("?")[0]
    made, known = desk.work.register.get(number), desk.work.register.handling.particulars(number)
    assert (made.scope, made.channel, made.identity_checked_by) == (("parkeren", "wmo-onderzoek"), "letter", "anna")
    assert (known.ages, known.represented_by, known.representative) == ("from_12", "parent", "Wilhelmina Kanariegeel")
    page = desk.as_("anna").get(f"/verzoeken/{number}").text
    assert "Mag alleen inzage vragen waar zijn toestemming voor de hulp nodig is" in page
    assert OTHER_BSN not in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"bsn": "999990018"}, "klopt niet"), ({"bsn": ""}, "klopt niet"), ({"received": "2999-01-01"}, "toekomst"), ({"received": "gisteren"}, "is not a day"),
        ({"received": "2017-01-01"}, "AVG"), ({"channel": "duif"}, "channel"), ({"scope": ["bestaat-niet"]}, "scope"),
        ({"represented_by": "parent"}, "vertegenwoordiger"), ({"ages": "oud"}, "age"), ({"since": "2024-01-01", "until": "2020-01-01"}, "periode"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_registered(desk: Desk, wrong: dict[str, str], said: str) -> None:
    """The BSN that was typed does not come back."""
    before = len(desk.work.register.all())
    page = desk.as_("anna").post("/verzoeken/nieuw/formulier", {**FORM, **wrong}, 409).text
    assert said in page
    assert "999990018" not in page
    assert len(desk.work.register.all()) == before


def test_a_resident_with_an_open_request_gets_no_second_but_may_be_merged(desk: Desk) -> None:
    """The page offers it; only with that word is it done."""
    anna = desk.as_("anna")
    assert NUMBER in anna.post("/verzoeken/nieuw/formulier", {**FORM, "bsn": BSN}, 409).text
    answered = anna.post("/verzoeken/nieuw/formulier", {**FORM, "bsn": BSN, "merge": "yes"})
    assert answered.headers["location"] == f"/verzoeken/{NUMBER}?gedaan=merged"
    assert desk.work.register.handling.duplicates(NUMBER) == ((RECEIVED, "letter"),)


def test_a_file_of_requests_registers_what_is_right_and_tells_the_rest_by_its_line(desk: Desk) -> None:
    """A formula, a wrong BSN, an unknown domain: no value of them comes back."""
    lines = [
        "bsn;ontvangen;kanaal;domeinen", f"{OTHER_BSN};2026-11-20;letter;parkeren", "999990018;2026-11-20;;", "=1+1;2026-11-20;;",
        "999990032;2026-11-20;;bestaat-niet", "999990044;20-11-2026;;", "999990056;2026-11-21;email;",
    ]  # fmt: skip
    page = _upload(desk, "\n".join(lines).encode(), 200)
    assert page.count("niet geregistreerd") == 4
    assert [r.channel for r in desk.work.register.all()][1:] == ["letter", "email"]
    assert not any(value in page for value in ("999990018", "=1+1", "999990032", "999990044", OTHER_BSN))


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"a;b\n1;2\n", b"bsn;ontvangen;kanaal;domeinen\n", b"x" * (2**20 + 1), b'bsn;ontvangen;kanaal;domeinen\n"\n']
)
def test_a_file_that_is_none_of_ours_is_refused_whole(desk: Desk, data: bytes) -> None:
    """In one sentence."""
    before = len(desk.work.register.all())
    _upload(desk, data, None)
    assert len(desk.work.register.all()) == before


def _upload(desk: Desk, data: bytes, status: int | None) -> str:
    anna = desk.as_("anna")
    answered = anna.client.post("/verzoeken/nieuw/csv", data={"csrf": anna.csrf()}, files={"file": ("x.csv", data)})
    assert answered.status_code in ({status} if status else {200, 409})
    return answered.text


def test_the_term_is_paused_resumed_extended_and_taken_back(desk: Desk, number: str) -> None:
    """Each with its reason, which stands in the history."""
    anna = desk.as_("anna")
    anna.post(f"/verzoeken/{number}/termijn/pauzeer", {"reason": ""}, 409)
    anna.post(f"/verzoeken/{number}/termijn/pauzeer", {"reason": "Wie bent u?"})
    assert desk.work.register.get(number).paused_since == today(desk.work)
    anna.post(f"/verzoeken/{number}/termijn/hervat")
    anna.post(f"/verzoeken/{number}/termijn/verleng", {"reason": "Uw verzoek gaat over veel systemen."})
    letter = read_pdf(anna.post(f"/verzoeken/{number}/brieven/verlenging", {}, 200).content)
    assert "Uw verzoek gaat over veel systemen." in letter
    anna.post(f"/verzoeken/{number}/termijn/verleng", {"reason": "Nog eens."}, 409)
    anna.post(f"/verzoeken/{number}/termijn/niets", {}, 404)
    anna.post(f"/verzoeken/{number}/termijn/trek-in", {"reason": "Hoeft niet meer"})
    page = anna.get(f"/verzoeken/{number}").text
    assert "Wie bent u?" in page and "Hoeft niet meer" in page and "Ingetrokken" in page


def test_every_clock_shows_the_day_to_steer_by_and_the_legal_one(desk: Desk, number: str) -> None:
    """AVG on 20 and 21 December 2026, the BRP on 18 December."""
    page = desk.as_("rik").get(f"/verzoeken/{number}").text
    assert all(day in page for day in ("20 december 2026", "21 december 2026", "18 december 2026"))


def test_a_letter_is_the_real_pdf_and_the_trail_can_prove_it(desk: Desk, number: str) -> None:
    """To whom it goes is typed on it and stands in no address; the trail has the hash of what was made."""
    anna = desk.as_("anna")
    typed = {"name": "P. Kanariegeel", "street": "Laan 1", "postcode": "1234 AB", "city": "Nergenshuizen", "how": "download"}
    for what, more in (("ontvangst", {"text": "Wat weet u van mij?"}), ("identiteit", {}), ("omvang", {"text": "Over welk jaar?"})):
        answered = anna.post(f"/verzoeken/{number}/brieven/{what}", {**typed, **more}, 200)
        assert answered.headers["content-type"] == "application/pdf" and "attachment" in answered.headers["content-disposition"]
        text = read_pdf(answered.content)
        assert "P. Kanariegeel" in text and number in text and more.get("text", "") in text
        made = [json.loads(e.detail) for e in desk.work.register.audit.entries(number) if e.action == "letter made"][-1]
        assert made == {"letter": what, "sha256": hashlib.sha256(answered.content).hexdigest()}
    assert "Kanariegeel" not in str(desk.work.register.audit.entries(number))


def test_a_letter_without_a_reason_for_it_is_none(desk: Desk, number: str) -> None:
    """Of an extension before there is one; of something else altogether; with a day that is past."""
    anna = desk.as_("anna")
    for what in ("verlenging", "besluit", "..%2Fontvangst"):
        anna.post(f"/verzoeken/{number}/brieven/{what}", {}, 404)
    anna.post(f"/verzoeken/{number}/brieven/identiteit", {"answer_by": "2020-01-01"}, 409)
    anna.post(f"/verzoeken/{number}/brieven/identiteit", {"language": "fy"}, 404)


def test_letters_are_in_the_language_that_was_chosen_for_the_answer(desk: Desk, number: str) -> None:
    """Once chosen, nobody need choose it again for each letter; another language can still be had for one."""
    anna = desk.as_("anna")
    anna.post(f"/verzoeken/{number}/taal", {"language": "fy"}, 409)
    anna.post(f"/verzoeken/{number}/taal", {"language": "en"})
    assert "<dd>Engels</dd>" in anna.get(f"/verzoeken/{number}").text
    assert "We received your request" in " ".join(read_pdf(anna.post(f"/verzoeken/{number}/brieven/ontvangst", {}, 200).content).split())
    dutch = anna.post(f"/verzoeken/{number}/brieven/ontvangst", {"language": "nl"}, 200)
    assert "Wij ontvingen uw verzoek" in " ".join(read_pdf(dutch.content).split())


def test_an_extension_warns_until_its_letter_left_within_the_first_month(desk: Desk, number: str) -> None:
    """AVG 12(3): the resident must know within the month, and why."""
    anna = desk.as_("anna")
    anna.post(f"/verzoeken/{number}/termijn/verleng", {"reason": "het zijn veel gegevens"})
    assert "moet uiterlijk op 21 december 2026 weg zijn" in anna.get(f"/verzoeken/{number}").text
    answered = anna.post(f"/verzoeken/{number}/brieven/verlenging", {}, 200)
    text = read_pdf(answered.content)
    assert "het zijn veel gegevens" in text and "22 februari 2027" in text
    anna.post(f"/verzoeken/{number}/brieven/verlenging/verzonden")
    assert "moet uiterlijk op" not in anna.get(f"/verzoeken/{number}").text


def test_the_acknowledgement_is_sent_once(desk: Desk, number: str) -> None:
    """The first day stands."""
    anna = desk.as_("anna")
    anna.post(f"/verzoeken/{number}/brieven/ontvangst/verzonden")
    anna.post(f"/verzoeken/{number}/brieven/ontvangst/verzonden", {}, 409)
    actions = [e.action for e in desk.work.register.audit.entries(number)]
    assert actions.count("acknowledged") == actions.count("letter sent") == 1


# A source that stays down.


def test_a_source_that_is_down_stands_in_the_way_until_somebody_decides(desk: Desk, number: str) -> None:
    """To wait for it is no way on; to answer without it is, and the dossier says so."""
    anna = desk.as_("anna")
    assert [o.about for o in readiness.obstacles(desk.work, number)] == ["kapot"]
    assert "besluit nodig" in anna.get(f"/verzoeken/{number}").text
    anna.post(f"/verzoeken/{number}/bronnen/kapot/besluit", {"choice": "wait"})
    assert [o.about for o in readiness.obstacles(desk.work, number)] == ["kapot"]
    anna.post(f"/verzoeken/{number}/bronnen/kapot/besluit", {"choice": "without"})
    assert readiness.obstacles(desk.work, number) == ()
    assert b'"failed"' in desk.work.vault.get(number, "draft/dossier.json")
    anna.post(f"/verzoeken/{number}/bronnen/kapot/besluit", {"choice": "vergeten"}, 409)
    anna.post(f"/verzoeken/{number}/bronnen/bestaat-niet/besluit", {"choice": "wait"}, 409)


def test_what_is_uploaded_by_hand_becomes_documents_of_that_source(desk: Desk, number: str) -> None:
    """Redacted like all else, and the draft must be made anew. A second upload adds to the first."""
    letter = b"Uw moeder Wilhelmina Kanariegeel belde ons."
    for name in ("../../etc/brief.txt", "C:\\Users\\anna\\tweede.txt"):
        _bring(desk, number, [(name, letter)])
    assert [o.kind for o in readiness.obstacles(desk.work, number)] == ["stale"]
    steps.redact(desk.work, number)
    steps.draft(desk.work, number, "anna")
    account = {a.source: a for a in steps.accounted(desk.work, number)}
    assert account["kapot"].documents.collected == 2
    assert {c.source: c.status for c in steps.coverage(desk.work, number)}["kapot"] == "found"
    assert b"Wilhelmina" not in desk.work.vault.get(number, "draft/dossier.json")
    assert readiness.obstacles(desk.work, number) == ()


def _bring(desk: Desk, number: str, files: list[tuple[str, bytes]], status: int = 303) -> None:
    anna = desk.as_("anna")
    sent = [("files", (name, data)) for name, data in files]
    answered = anna.client.post(
        f"/verzoeken/{number}/bronnen/kapot/bestanden", data={"csrf": anna.csrf()}, files=sent, follow_redirects=False
    )
    assert answered.status_code == status, answered.text[-900:]


def test_a_bomb_is_withheld_whole_and_counted(desk: Desk, number: str) -> None:
    """A document of a few kilobytes that would unpack to a gigabyte."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", b"0" * (300 * 2**20))
    _bring(desk, number, [("bom.docx", packed.getvalue())])
    steps.redact(desk.work, number)
    account = {a.source: a for a in steps.accounted(desk.work, number)}["kapot"].documents
    assert (account.collected, account.withheld) == (1, 1)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../../etc/passwd", "passwd"),
        ("C:\\..\\geheim.txt", "geheim.txt"),
        ("a\x00b\n.txt", "ab.txt"),
        ("..", "bestand"),
        ("", "bestand"),
        ("x" * 500, "x" * 120),
    ],
)
def test_of_a_file_name_only_its_last_part_is_kept(name: str, plain: str) -> None:
    """No folder, no way up, nothing that cannot be printed."""
    assert plain_name(name) == plain


def test_an_upload_of_nothing_or_too_much_is_refused(desk: Desk, number: str) -> None:
    """Before anything is read."""
    with pytest.raises(RequestError):
        uploads.hand_over(desk.work, number, "kapot", [], "anna")
    with pytest.raises(RequestError):
        uploads.hand_over(desk.work, number, "kapot", [("a.txt", b"x")] * 51, "anna")
    with pytest.raises(RequestError):
        uploads.hand_over(desk.work, number, "buiten-bereik", [("a.txt", b"x")], "anna")


def test_a_double_click_on_start_starts_one_run(desk: Desk, number: str) -> None:
    """While one is at work the second is refused."""
    desk.work.register.lease(number, "een-loop", 60)
    desk.as_("anna").post(f"/verzoeken/{number}/start", {}, 409)
    desk.as_("anna").post(f"/verzoeken/{number}/bronnen/kapot/opnieuw", {}, 409)
    with pytest.raises(RequestError):
        starting.start_again(desk.work, number, "bestaat-niet", "anna")


def test_while_sources_are_asked_the_page_renews_its_progress(desk: Desk, number: str) -> None:
    """And stops when it is done."""
    anna = desk.as_("anna")
    assert "hx-trigger" not in anna.get(f"/verzoeken/{number}/voortgang").text
    desk.work.register.move(number, Status.COLLECTING, "inzage")
    assert 'hx-trigger="every 2s"' in anna.get(f"/verzoeken/{number}/voortgang").text


def test_nobody_sees_or_handles_a_request_about_themselves_or_somebody_close(desk: Desk, number: str) -> None:
    """As if it were not there: on the list, by its address, by a form, in the calendar; a colleague does."""
    desk.work.register.accounts.mark_close("anna", BSN, "self", "beheer")
    anna = desk.as_("anna")
    assert number not in anna.get("/?toon=alles").text
    for path in (
        "",
        "/beoordelen",
        "/beoordelen/0-r0",
        "/concept",
        "/concept/dossier.pdf",
        "/uitreiken",
        "/logboek",
        "/logboek.csv",
        "/personen",
        "/voortgang",
    ):
        anna.get(f"/verzoeken/{number}{path}", 404)
    for path in (
        "/termijn/trek-in",
        "/start",
        "/concept/opnieuw",
        "/uitreiken/link",
        "/opmerking",
        "/bronnen/kapot/opnieuw",
    ):
        anna.post(f"/verzoeken/{number}{path}", {"reason": "x", "text": "x"}, 404)
    assert number not in anna.post("/verzoeken/nieuw/formulier", {**FORM, "bsn": BSN}, 409).text
    assert number in desk.as_("bob").get("/").text


def test_a_number_that_is_none_tells_nothing(desk: Desk) -> None:
    """The same page for one that never was, one to come, and something else altogether."""
    anna = desk.as_("anna")
    pages = {anna.get(f"/verzoeken/{n}", 404).text.replace(n, "") for n in ("INZ-2026-999999", "INZ-2020-000001", "onzin-nummer")}
    assert len(pages) == 1
    assert "<script>alert" not in anna.get("/verzoeken/%3Cscript%3Ealert(1)", 404).text

"""Chapter 25. Beside the contract of chapter 1: what only a kind that speaks HTTP can meet, question by question."""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import RedirectResponse, Response, StreamingResponse

from config.collection import Answer, Outcome
from config.person import Subject
from config.settings import Entity, Source
from demo.apis.server import serving
from demo.brp.app import ROOT as BRP
from demo.brp.app import application as brp_application
from tests.connectors import cases, contacts, test_24_logboek
from tests.connectors.made import BSN, JOHANNA, OTHER, collect, column, entity, source, told

MINE, STRANGE = "hulp", "Vreemd"
"""What the subject's records say, and what only the records of others say."""

BORN = {"type": "Datum", "datum": "1980-03-09", "langFormaat": "9 maart 1980"}
NAME = {"voornamen": "Johanna Maria", "voorvoegsel": "van der", "geslachtsnaam": "Berg"}


def _person(bsn: str, town: str) -> dict[str, Any]:
    home = {"type": "Adres", "datumVan": BORN, "verblijfadres": {"woonplaats": town}}
    return {
        "burgerservicenummer": bsn, "naam": NAME, "geboorte": {"datum": BORN, "plaats": {"omschrijving": town}},
        "verblijfplaatshistorie": {"verblijfplaatsen": [home]}, "reisdocumenten": [],
    }  # fmt: skip


@contextmanager
def _brp(change: Any) -> Iterator[str]:
    """Two people of one name, born on one day."""

    def made(address: str) -> Any:
        app = brp_application([_person(BSN, MINE), _person(OTHER, STRANGE)], "sleutel")
        app.user_middleware.append(Middleware(BaseHTTPMiddleware, dispatch=change))
        return app

    with serving(made, "brp") as address:
        yield address + BRP


NAMESAKES = {**cases.PEOPLE, "buur": {**cases.PEOPLE["johanna"], "inpBsn": OTHER, "geboortedatum": "1980-03-09"}}
NAMESAKE = {**contacts.PEOPLE[0], "bsn": OTHER}


def _zgw(change: Any) -> AbstractContextManager[str]:
    told_cases = [{**case, "omschrijving": MINE} for case in cases.CASES[:2]] + [{**cases.CASES[2], "omschrijving": STRANGE}]
    return cases.register(cases.store(told_cases, NAMESAKES.__getitem__, cases.ALL), change)


def _contacts(change: Any) -> AbstractContextManager[str]:
    said = [{**one, "inhoud": text} for one, text in zip(contacts.CONTACTS, (MINE, MINE, STRANGE), strict=True)]
    return contacts.register(contacts.store([contacts.PEOPLE[0], NAMESAKE], said), change)


def _log(change: Any) -> AbstractContextManager[str]:
    lines = [{**line, "actie": MINE if line["bsn"] == BSN else STRANGE} for line in test_24_logboek.LINES]
    return test_24_logboek.log(lines, change)


@dataclass(frozen=True)
class Kind:
    """A kind with a real server: `main` is what its first question holds, `more` what a further one holds, "" where there is none."""

    name: str
    running: Callable[[Any], AbstractContextManager[str]]
    asks: Callable[..., Source]
    entities: tuple[Entity, ...]
    main: str
    more: str = ""


def _ask_brp(address: str, *entities: Entity, **more: Any) -> Source:
    return source("brp", address, *entities, options={"auth": {"api_key": "sleutel"}}, **more)


def _ask_log(address: str, *entities: Entity, **more: Any) -> Source:
    return source("logboek", address, *entities, options={"auth": {"token": "bewijs"}}, **more)


BY_BSN = {"burgerservicenummer": "subject.bsn"}
HOMES = entity("verblijfplaatshistorie", BY_BSN, [column("verblijfadres.woonplaats")])
KINDS = (
    Kind("brp", _brp, _ask_brp, (entity("persoon", BY_BSN, [column("geboorte.plaats")]), HOMES), "/personen", "/verblijfplaatshistorie"),
    Kind("zgw", _zgw, cases.register_source, (cases.CASE, cases.hanging("zaaknotities")), "/_zoek", "/zaaknotities"),
    Kind(
        "klantinteracties",
        _contacts,
        contacts.contacts_source,
        (contacts.CONTACT, contacts.hanging("internetaken")),
        "/partijen",
        "/internetaken",
    ),
    Kind("logboek-vng", _log, _ask_log, (test_24_logboek.OBJECTS,), "/verwerkte-objecten"),
    Kind("logboek-logius", _log, _ask_log, (test_24_logboek.ACTIVITIES,), "/processing-activities"),
)


@pytest.fixture(params=KINDS, ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> Kind:
    """Every kind in turn."""
    return request.param  # type: ignore[no-any-return]


async def unchanged(request: Any, answer: Any) -> Any:
    """The server as it is."""
    return await answer(request)


def answered(kind: Kind, change: Any = unchanged, subject: Subject = JOHANNA, **more: Any) -> Answer:
    """What a kind collects while `change` stands before its server."""
    with kind.running(change) as address:
        return collect(kind.asks(address, *kind.entities, **more), subject)


def everything(answer: Answer) -> str:
    """All cells and pages."""
    return str([(c.rows.to_dict("list"), [d.pages for d in c.documents]) for c in answer.collections])


def instead(make: Callable[[Any], Any], path: str = "") -> Any:
    """Puts another answer in place of those to addresses that hold `path`."""

    async def change(request: Any, answer: Any) -> Any:
        return make(request) if path in request.url.path else await answer(request)

    return change


def problem(status: int, **headers: str) -> Callable[[Any], Response]:
    """A refusal whose words hold a name."""
    return lambda request: Response(b'{"detail": "Johanna"}', status, headers, "application/problem+json")


def check_failed(answer: Answer, said: str) -> None:
    """Nothing came, the resident reads why, and no word of the server or of the question got out."""
    assert (answer.coverage.status, answer.collections) == (Outcome.FAILED, ())
    assert said in answer.coverage.message
    assert [word for word in (BSN, "Johanna", MINE) if word in told(answer)] == []
    assert answer.coverage.alarms


def test_what_is_held_is_found_and_nothing_of_a_namesake(kind: Kind) -> None:
    """Somebody of the same name, born on the same day, is somebody else."""
    answer = answered(kind)
    assert answer.coverage.status is Outcome.FOUND
    assert (MINE in everything(answer), STRANGE in everything(answer), OTHER in everything(answer)) == (True, False, False)
    assert [word for word in (BSN, MINE) if word in told(answer)] == []


def test_what_may_not_be_read_in_part_is_partial(kind: Kind) -> None:
    """One question refused, the other answered."""
    if not kind.more:
        pytest.skip("this kind asks one question")
    answer = answered(kind, instead(problem(403), kind.more))
    assert (answer.coverage.status, MINE in everything(answer)) == (Outcome.PARTIAL, True)


def test_a_slow_server_is_waited_for_and_a_slower_one_is_not(kind: Kind) -> None:
    """Within the timeout of the source it is found; past it, it gave no answer."""

    async def slowly(request: Any, answer: Any) -> Any:
        await asyncio.sleep(0.1)
        return await answer(request)

    async def too_slowly(request: Any, answer: Any) -> Any:
        await asyncio.sleep(1.0)
        return await answer(request)

    assert answered(kind, slowly).coverage.status is Outcome.FOUND
    check_failed(answered(kind, too_slowly, timeout=timedelta(seconds=0.4)), "geen antwoord")


def test_a_server_that_drips_is_not_waited_for(kind: Kind) -> None:
    """The timeout holds for a whole answer, not for each byte of it."""

    async def drops() -> AsyncIterator[bytes]:
        for _ in range(50):
            yield b" "
            await asyncio.sleep(0.1)

    check_failed(
        answered(kind, instead(lambda request: StreamingResponse(drops(), media_type="application/json")), timeout=timedelta(seconds=0.5)),
        "geen antwoord",
    )


@pytest.mark.parametrize("status", [401, 403])
def test_no_access_is_no_access_and_not_asked_again(kind: Kind, status: int) -> None:
    """Asking again with the same key does not help."""
    asked: list[str] = []

    async def refuse(request: Any, answer: Any) -> Any:
        asked.append(request.url.path)
        return problem(status)(request)

    check_failed(answered(replace(kind, entities=kind.entities[:1]), refuse, retries=3), "geen toegang")
    assert len([path for path in asked if kind.main in path]) == 1


@pytest.mark.parametrize("first", [(429, {"Retry-After": "0"}), (500, {}), (503, {"Retry-After": "0"})])
def test_what_heals_is_found(kind: Kind, first: tuple[int, dict[str, str]]) -> None:
    """Each question is asked again by itself, also in the middle of many."""
    failing: set[str] = set()

    async def heals(request: Any, answer: Any) -> Any:
        key = f"{request.url.path}?{request.url.query}"
        if key not in failing:
            failing.add(key)
            return Response(b"{}", first[0], first[1], "application/problem+json")
        return await answer(request)

    answer = answered(kind, heals, retries=2)
    assert (answer.coverage.status, MINE in everything(answer)) == (Outcome.FOUND, True)


def test_what_stays_broken_gave_no_answer_after_the_retries(kind: Kind) -> None:
    """No more often than the source allows."""
    asked: list[str] = []

    async def broken(request: Any, answer: Any) -> Any:
        asked.append(request.url.path)
        return problem(500)(request)

    check_failed(answered(replace(kind, entities=kind.entities[:1]), broken, retries=2), "geen antwoord")
    assert len([path for path in asked if kind.main in path]) == 3


def test_a_source_that_wants_to_rest_too_long_is_not_waited_for(kind: Kind) -> None:
    """Retry-After of an hour."""
    check_failed(answered(kind, instead(problem(429, **{"Retry-After": "3600"})), retries=3), "geen antwoord")


@pytest.mark.parametrize(
    ("body", "media", "said"),
    [
        (b'{"results": [{"omschrijving": "Johanna', "application/json", "niet goed lezen"),
        (b"\xff\xfe\x00", "application/json", "niet goed lezen"),
        (b"", "application/json", "niet goed lezen"),
        (b"<html>Johanna</html>", "text/html", "niet goed lezen"),
        (b'"Johanna"', "application/json", "niet goed lezen"),
        (b'{"results": "Johanna", "personen": "Johanna", "processingActivities": 1}', "application/json", "niet goed lezen"),
        (b'{"results": ["Johanna"], "personen": [1], "processingActivities": [1]}', "application/json", "niet goed lezen"),
        (b"[" * 100_000, "application/json", "niet goed lezen"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_told_as_unreadable(kind: Kind, body: bytes, media: str, said: str) -> None:
    """Cut off, not text, empty, a web page, another form, built to harm."""
    check_failed(answered(kind, instead(lambda request: Response(body, media_type=media), kind.main)), said)


@contextmanager
def raw(head: bytes, piece: bytes, times: int) -> Iterator[str]:
    """A server that sends these bytes, whatever is asked, and then breaks off."""

    class Handler(BaseHTTPRequestHandler):
        def _send(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            try:
                self.wfile.write(head)
                for _ in range(times):
                    self.wfile.write(piece)
            except OSError:
                return

        do_GET = do_POST = _send  # noqa: N815 - the names of http.server

        def log_message(self, *_: object) -> None:
            return

    httpd = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"


@pytest.mark.parametrize(
    ("head", "piece", "times", "said"),
    [
        (JSON + b"Content-Length: 9999\r\n\r\n", b'{"count": 0', 1, "geen antwoord"),  # broken off
        (JSON + b"Content-Length: 2147483648\r\n\r\n", b" ", 1, "niet goed lezen"),  # says that it is 2 GB
        (JSON + b"\r\n", b" " * 2**20, 2048, "niet goed lezen"),  # is 2 GB and does not say so
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: application/json\r\n\r\n", b"no gzip", 1, "geen antwoord"),
        (b"nothing like HTTP\r\n\r\n", b"", 0, "geen antwoord"),
    ],
)
def test_an_answer_that_breaks_off_or_does_not_end_is_stopped(kind: Kind, head: bytes, piece: bytes, times: int, said: str) -> None:
    """At twenty megabytes, long before memory is full."""
    with raw(head, piece, times) as address:
        check_failed(collect(kind.asks(address, *kind.entities)), said)


def test_a_redirect_to_another_host_is_refused(kind: Kind) -> None:
    """Our key does not travel: the other host is never asked."""
    asked: list[str] = []

    async def other(request: Any, answer: Any) -> Any:
        asked.append(request.url.path)
        return await answer(request)

    with kind.running(other) as elsewhere:
        answer = answered(kind, instead(lambda request: RedirectResponse(elsewhere + request.url.path, 307)))
    check_failed(answer, "niet goed lezen")
    assert asked == []


def test_pages_that_lie_on_another_host_or_never_end_are_not_followed() -> None:
    """For the kinds that answer in pages: partial or failed, never whole; and the other host hears nothing of us."""
    heard: list[str] = []

    async def hears(request: Any, answer: Any) -> Any:
        heard.append(request.url.path)
        return await answer(request)

    with KINDS[1].running(hears) as elsewhere:
        _turn_pages(elsewhere)
    assert heard == []


def _turn_pages(elsewhere: str) -> None:
    for kind in [one for one in KINDS if one.name in {"zgw", "klantinteracties", "logboek-vng"}]:
        for following in ("{elsewhere}/x?page=2", "{here}?page=2"):

            async def more(request: Any, answer: Any, following: str = following) -> Any:
                made = await answer(request)
                body = json.loads(b"".join([part async for part in made.body_iterator]) or b"{}")
                here = f"{request.url.scheme}://{request.url.netloc}{request.url.path}"
                if isinstance(body, dict) and "results" in body:
                    body["next"] = following.format(elsewhere=elsewhere, here=here)
                return Response(json.dumps(body), made.status_code, media_type="application/json")

            with kind.running(more) as address:
                answer = collect(kind.asks(address, *kind.entities[:1]))
            assert answer.coverage.status in {Outcome.PARTIAL, Outcome.FAILED}, (kind.name, following)


def test_a_server_that_gives_everybody_gives_nobody_else(kind: Kind) -> None:
    """Where the question is not understood, a namesake's record does not come, and the answer is not whole."""

    async def everybody(request: Any, answer: Any) -> Any:
        if request.method == "POST" and kind.main in request.url.path:
            body = await request.json()
            if kind.name == "brp":
                request._body = json.dumps({**body, "burgerservicenummer": [BSN, OTHER]}).encode()
            else:
                request._body = b'{"dpl.core.data_subject_id_type": "BSN"}' if kind.name == "logboek-logius" else b"{}"
        elif kind.name == "klantinteracties":
            request.scope["query_string"] = b""
        elif kind.name == "logboek-vng":
            request.scope["query_string"] = request.scope["query_string"].replace(BSN.encode(), OTHER.encode())
        return await answer(request)

    answer = answered(replace(kind, entities=kind.entities[:1]), everybody)
    assert answer.coverage.status in {Outcome.PARTIAL, Outcome.FAILED}
    assert (STRANGE in everything(answer), OTHER in everything(answer)) == (False, False)


@pytest.mark.parametrize("odd", ["tekst", 7, [1, "a", None], {"x": [{"y": None}]}, None])
def test_members_of_another_form_than_the_standard_has_break_nothing(kind: Kind, odd: Any) -> None:
    """Every member of every record but what it is known by, one form after another: whatever is made of it, no fault of our own."""

    def spoil(value: Any, depth: int = 0) -> Any:
        if isinstance(value, list) and depth < 2:
            return [spoil(one, depth) for one in value]
        keep = {"results", "count", "next", "personen", "processingActivities", "burgerservicenummer", "url", "uuid", "verblijfplaatsen"}
        if not isinstance(value, dict):
            return value
        return {name: spoil(inner, depth + 1) if name in keep else odd for name, inner in value.items()}

    async def spoiled(request: Any, answer: Any) -> Any:
        made = await answer(request)
        body = b"".join([part async for part in made.body_iterator])
        return Response(json.dumps(spoil(json.loads(body))), made.status_code, media_type="application/json")

    answer = answered(kind, spoiled)
    assert answer.coverage.status in set(Outcome)
    assert STRANGE not in everything(answer)


SAID = "h\u00fclp"
"""What the subject's records say, where the answer is written as few servers write it."""

WRITTEN: dict[str, tuple[Callable[[str], bytes], str, dict[str, str]]] = {
    "a mark before it": (lambda text: b"\xef\xbb\xbf" + text.encode(), "application/json", {}),
    "in latin-1, as it says": (lambda text: text.encode("latin-1"), "application/json; charset=ISO-8859-1", {}),
    "in UTF-8, though it says latin-1": (lambda text: text.encode(), "application/json; charset=iso-8859-1", {}),
    "in UTF-16": (lambda text: text.encode("utf-16"), "application/json", {}),
    "of another name": (lambda text: text.encode(), "Application/HAL+JSON;charset=utf-8", {}),
    "packed": (lambda text: gzip.compress(text.encode()), "application/json", {"Content-Encoding": "gzip"}),
    "with more members": (lambda text: text.replace("{", '{"_meta": null, ', 1).encode(), "application/json", {}),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_an_answer_is_read_however_it_is_written(kind: Kind, how: str) -> None:
    """Marks, charsets, names of the type and packing as they are met in the wild."""
    write, media, headers = WRITTEN[how]

    async def rewritten(request: Any, answer: Any) -> Any:
        made = await answer(request)
        text = json.dumps(json.loads(b"".join([part async for part in made.body_iterator])), ensure_ascii=False).replace(MINE, SAID)
        return Response(write(text), made.status_code, {**headers, "Content-Type": media})

    answer = answered(kind, rewritten)
    assert (answer.coverage.status, SAID in everything(answer)) == (Outcome.FOUND, True)


@pytest.mark.parametrize("place", ["", "{path}", "{root}{path}"], ids=["page", "path", "whole"])
def test_the_next_page_may_be_written_from_where_we_are(place: str) -> None:
    """Relative to the page, to the server, or whole: each page is asked, and all of it comes."""
    turned: list[str] = []

    async def paged(request: Any, answer: Any) -> Any:
        query, path, root = request.url.query, request.url.path, f"{request.url.scheme}://{request.url.netloc}"
        second = query.startswith("blad=2&")
        request.scope["query_string"] = query.removeprefix("blad=2&").encode()
        made = await answer(request)
        body = json.loads(b"".join([part async for part in made.body_iterator]) or b"{}")
        if isinstance(body, dict) and "results" in body:
            turned.extend([path] * second)
            rows = body["results"]
            there = f"{place.format(path=path, root=root)}?blad=2&{query}" if len(rows) > 1 and not second else None
            body = {**body, "results": rows[1:] if second else rows[:1], "next": there}
        return Response(json.dumps(body), made.status_code, media_type="application/json")

    kind = replace(KINDS[1], entities=KINDS[1].entities[:1])
    answer, plain = answered(kind, paged), answered(kind)
    assert turned
    assert (answer.coverage.status, answer.coverage.records) == (plain.coverage.status, plain.coverage.records)

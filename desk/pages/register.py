"""A new request: by the form of the desk, or many at once from a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from cases.handling import Particulars, check_particulars
from cases.intake import Extent, check_extent
from cases.representation import table
from config.errors import InzageError, RequestError
from config.request import DUTCH, LANGUAGES
from config.request import Request as Verzoek
from desk import words
from desk.entering import MayRegister, RegisterForm
from desk.pages.requests import today
from desk.showing import back, page
from desk.who import Who
from flows.workplace import Workplace

router = APIRouter(include_in_schema=False)

COLUMNS = ("bsn", "ontvangen", "kanaal", "domeinen")
MOST_ROWS, MOST_BYTES = 500, 2**20
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the start of a cell."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A new request as it was filled in, checked for form."""

    received: date
    channel: str
    language: str
    extent: Extent
    known: Particulars


@router.get("/verzoeken/nieuw/formulier")
def ask(request: Request, who: MayRegister) -> Response:
    """The form."""
    return _form(request, who, {})


def _form(request: Request, who: Who, filled: Mapping[str, Any], wrong: str = "", left: str = "", status: int = 200) -> Response:
    given: dict[str, Any] = {"received": today(who.work).isoformat(), "channel": "desk", "scope": (), **filled}
    activities = [a for a in who.work.config.activities if a.enabled and a.controller != "other"]
    return page(
        request, "register.html.j2", who, status=status, filled=given, wrong=wrong, left=left, activities=activities, table=table(),
        channels=words.words()["channel"], languages=words.words()["language"], today=today(who.work).isoformat(),
    )  # fmt: skip


@router.post("/verzoeken/nieuw/formulier")
def new(request: Request, posted: RegisterForm) -> Response:
    """Register it; where the resident has a request open, offer to merge. What was typed comes back, but for the BSN where it is wrong."""
    who = posted.who
    filled = {name: posted.text(name) for name in _FIELDS} | {"scope": posted.texts("scope")}
    try:
        asked, bsn = _asked(who.work, filled), posted.text("bsn")
        left = who.work.register.open_for(bsn)
        if left is not None and not posted.text("merge"):
            visible = left.number if who.login not in who.work.register.accounts.barred(left.number) else ""
            return _form(request, who, filled, words.refusal(RequestError("", "is still open for this resident", "")), visible, 409)
        made = register(who.work, bsn, asked, who.login)
    except InzageError as error:
        return _form(request, who, filled, words.refusal(error), status=409)
    return back(f"/verzoeken/{made.number}", "merged" if left is not None else "registered")


_FIELDS = ("received", "channel", "language", "ages", "represented_by", "representative", "identity_how", "since", "until")


def _asked(work: Workplace, filled: Mapping[str, Any]) -> Asked:
    channel = filled["channel"] if filled["channel"] in words.words()["channel"] else ""
    known = Particulars(filled["ages"], filled["represented_by"], filled["representative"], filled["identity_how"])
    received = _day(filled["received"])
    if received is None:
        raise RequestError("day of receipt", "is not a day", "Give the day on which the request came in, as YYYY-MM-DD")
    extent = Extent(scope_of(work, filled["scope"]), _day(filled["since"]), _day(filled["until"]))
    language = filled["language"] if filled["language"] in LANGUAGES else DUTCH
    return Asked(received, channel, language, check_extent(extent, today(work)), known)


def scope_of(work: Workplace, scope: tuple[str, ...]) -> tuple[str, ...]:
    """The activities asked for; RequestError where one is none of the register."""
    if set(scope) - {a.id for a in work.config.activities}:
        raise RequestError("scope", "names an activity that is not in the register", "Choose from the list")
    return scope


def register(work: Workplace, bsn: str, asked: Asked, actor: str) -> Verzoek:
    """Register a request, or take it into the one that this resident has open; then keep what is known of it."""
    register_ = work.register
    check_particulars("request", asked.known)
    if (left := register_.open_for(bsn)) is not None:
        return register_.handling.add_duplicate(left.number, asked.received, asked.channel, asked.extent, actor)
    checked = actor if asked.known.identity_how else ""
    scope, since, until = asked.extent.scope, asked.extent.since, asked.extent.until
    made = register_.new(bsn, asked.received, scope, asked.channel, checked, actor=actor, since=since, until=until)
    register_.handling.describe(made.number, asked.known, actor)
    return made if asked.language == made.language else register_.handling.answer_in(made.number, asked.language, actor)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise RequestError("day of receipt", "is not a day", "Give the day on which the request came in, as YYYY-MM-DD") from None


@router.get("/verzoeken/nieuw/csv")
def ask_csv(request: Request, who: MayRegister) -> Response:
    """The form for a file of requests."""
    return page(request, "csv.html.j2", who, columns=COLUMNS, results=(), wrong="")


@router.post("/verzoeken/nieuw/csv")
def new_from_csv(request: Request, posted: RegisterForm) -> Response:
    """Register every row that is right; each that is not is told by its line, never by what stands in it."""
    files = posted.files("file")
    try:
        rows = read_rows(files[0].file.read(MOST_BYTES + 1) if files else b"")
    except RequestError as error:
        return page(request, "csv.html.j2", posted.who, 409, columns=COLUMNS, results=(), wrong=error.wrong)
    results = [(line, *_one(posted.who, row)) for line, row in rows]
    return page(request, "csv.html.j2", posted.who, columns=COLUMNS, results=results, wrong="")


def _one(who: Who, row: Mapping[str, str]) -> tuple[str, str]:
    """The number that a row got and "", or "" and why it got none."""
    try:
        if any(value.startswith(FORMULA) for value in row.values()):
            raise RequestError("file", "een cel begint met een teken dat een rekenblad als formule leest", "Haal dat weg")
        scope = scope_of(who.work, tuple(part for part in row["domeinen"].replace(",", " ").split() if part))
        filled = {**dict.fromkeys(_FIELDS, ""), "received": row["ontvangen"], "channel": row["kanaal"] or "letter", "scope": scope}
        return register(who.work, row["bsn"], _asked(who.work, filled), who.login).number, ""
    except RequestError as error:
        return "", error.wrong if error.thing == "file" else words.refusal(error)


def read_rows(data: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with their line, `;` or `,` between cells. RequestError, in Dutch, where it is none of ours."""
    if not data or len(data) > MOST_BYTES:
        raise RequestError("file", "Kies een CSV-bestand van hoogstens 1 MB.", "")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RequestError("file", "Dit bestand is geen UTF-8. Sla het op als CSV UTF-8.", "") from None
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",", restval="")
    try:
        if set(reader.fieldnames or ()) != set(COLUMNS):
            raise RequestError("file", f"De eerste regel moet deze namen hebben: {'; '.join(COLUMNS)}.", "")
        rows = [(reader.line_num, {k: (v or "").strip() for k, v in row.items() if isinstance(k, str)}) for row in reader]
    except csv.Error:
        raise RequestError("file", "Dit bestand is geen CSV.", "") from None
    if not 1 <= len(rows) <= MOST_ROWS:
        raise RequestError("file", f"Het bestand moet 1 tot {MOST_ROWS} regels hebben.", "")
    return rows

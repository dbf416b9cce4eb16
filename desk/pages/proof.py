"""Proof afterwards: the trail of a request and its export, the report of the data protection officer, and certificates of destruction."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from starlette.responses import Response

from cases import purge
from cases.audit import Entry
from config.errors import AuditError, RequestError
from desk.entering import PurgeForm, SeesCertificates, SeesReport, SeesTrail
from desk.figures import figures, safe, workbook, years
from desk.history import history
from desk.pages.requests import today
from desk.showing import back, page
from desk.who import Who

router = APIRouter(include_in_schema=False)


@router.get("/verzoeken/{number}/logboek")
def trail(request: Request, who: SeesTrail, number: str) -> Response:
    """Everything that happened to one request; looking is told too."""
    found = who.request(number)
    who.work.register.note(number, who.login, "trail seen")
    return page(request, "trail.html.j2", who, verzoek=found, rows=history(who, found, whole=True), whole=verified(who))


def verified(who: Who) -> str:
    """How many entries the trail has, where it verifies; else which one does not."""
    try:
        return f"{who.work.register.audit.verify().entries}"
    except AuditError as error:
        return error.wrong


@router.get("/verzoeken/{number}/logboek.csv")
def export(who: SeesTrail, number: str) -> Response:
    """The trail of one request as a file."""
    found = who.request(number)
    who.work.register.note(number, who.login, "trail exported")
    out = io.StringIO()
    lines = csv.writer(out, delimiter=";")
    lines.writerow(("volgnummer", "moment", "wie", "wat", "toelichting"))
    for happened in reversed(history(who, found, whole=True)):
        e = happened.entry
        lines.writerow([safe(str(value)) for value in (e.sequence, e.at, e.actor, e.action, e.detail)])
    headers = {"content-disposition": f'attachment; filename="{number}-logboek.csv"'}
    return Response(out.getvalue().encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/rapport")
def report(request: Request, who: SeesReport, jaar: int = 0) -> Response:
    """The report of one year as a page."""
    register, now = who.work.register, today(who.work)
    requests = register.all()
    found = figures(requests, register.audit.entries(), jaar or now.year, now)
    register.note("", who.login, "report seen", {"year": found.year})
    return page(
        request, "report.html.j2", who, found=found, years=years(requests, now), whole=verified(who), grounds=who.work.config.grounds,
        titles={s.name: s.title for s in who.work.config.sources},
    )  # fmt: skip


@router.get("/rapport.xlsx")
def report_file(who: SeesReport, jaar: int = 0) -> Response:
    """The report of one year as a workbook."""
    register, now = who.work.register, today(who.work)
    found = figures(register.all(), register.audit.entries(), jaar or now.year, now)
    register.note("", who.login, "report seen", {"year": found.year})
    moment = datetime.now(ZoneInfo(who.work.config.organisation.timezone))
    data = workbook(found, {s.name: s.title for s in who.work.config.sources}, moment)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    headers = {"content-disposition": f'attachment; filename="inzage-{found.year}.xlsx"'}
    return Response(data, media_type=kind, headers=headers)


def destroyed(entries: tuple[Entry, ...]) -> list[tuple[Entry, dict[str, object]]]:
    """The entries that certify a destruction, the latest first, with what they tell."""
    return [(e, json.loads(e.detail)) for e in reversed(entries) if e.action == "destroyed"]


@router.get("/certificaten")
def certificates(request: Request, who: SeesCertificates) -> Response:
    """Every destruction; and what is past its term, for who may destroy it."""
    register, retention = who.work.register, who.work.config.organisation.dossier_retention
    return page(
        request, "certificates.html.j2", who, rows=destroyed(register.audit.entries()), retention=retention, whole=verified(who),
    )  # fmt: skip


@router.get("/certificaten/{number}")
def certificate(request: Request, who: SeesCertificates, number: str) -> Response:
    """One certificate, to print: what was destroyed, when, by whom, and that the trail still verifies."""
    found = [pair for pair in destroyed(who.work.register.audit.entries(number)) if pair[0].number == number]
    if not found:
        raise RequestError("certificate", "there is none of this number", "See the list")
    entry, told = found[0]
    key = next(e for e in reversed(who.work.register.audit.entries(number)) if e.action == "purge")
    return page(request, "certificate.html.j2", who, entry=entry, told=told, key=key, whole=verified(who), day=today(who.work))


@router.post("/certificaten")
def destroy(posted: PurgeForm) -> Response:
    """Destroy what is past its term today."""
    work = posted.who.work
    purge(work.register, work.vault, today(work), work.config.organisation.dossier_retention, posted.who.login)
    return back("/certificaten", "purged")

"""`inzage request ...`: register a request, run it, see where it stands, extend it, take it back."""

from __future__ import annotations

import getpass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import click

import outputs
from cases.representation import IDENTITY
from config.errors import RequestError
from config.request import LANGUAGES, Request, Status
from flows import workplace as place
from flows.commands.letter import letter
from flows.commands.refuse import corrections, refuse
from flows.reports import account_as_data, account_lines, coverage_lines, covered_as_data, request_as_data
from flows.running import again, handle
from flows.said import Said, says, table
from flows.steps import accounted, coverage, internal_report, leaks, reviewable

GONE = frozenset({Status.PURGED})
"""Where nothing is left to read."""


@click.group()
def request() -> None:
    """Requests: register, run, follow, extend, refuse, withdraw."""


request.add_command(letter)
request.add_command(refuse)
request.add_command(corrections)


@request.command()
@click.option("--bsn", required=True, help="The burgerservicenummer of who asks.")
@click.option("--received", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day it came in, YYYY-MM-DD.")
@click.option("--scope", multiple=True, help="An activity of the register; several times for more. Everything when left out.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="First day of the period asked for; from the beginning when left out.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day of the period asked for; until now when left out.")
@click.option("--channel", default="desk", help="How it came in.")
@click.option("--identity-checked-by", default="", help="Who checked who is asking.")
@click.option("--language", default="nl", type=click.Choice(list(LANGUAGES)), help="The language of the answer.")
@says
def new(  # noqa: PLR0917  one argument for each option of the command
    bsn: str,
    received: datetime,
    scope: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    channel: str,
    identity_checked_by: str,
    language: str,
) -> Said:
    """Register a request; prints its number."""
    work = place.workplace()
    known = [activity.id for activity in work.config.activities]
    if unknown := sorted(set(scope) - set(known)):
        raise click.BadParameter(f"{unknown[0]} is no activity of the register; there are: {', '.join(known)}", param_hint="--scope")
    made = work.register.new(
        bsn, received.date(), scope=scope, channel=channel, identity_checked_by=identity_checked_by, actor=getpass.getuser(),
        since=since.date() if since else None, until=until.date() if until else None,
    )  # fmt: skip
    if language != made.language:
        made = work.register.handling.answer_in(made.number, language, getpass.getuser())
    return _told(made, [made.number])


@request.command()
@click.argument("number")
@says
def run(number: str) -> Said:
    """Ask every source and lay a draft ready for review."""
    with place.systems():
        work = place.workplace()
        work.register.get(number)
        handle(number)
        return _standing(work, number)


@request.command()
@click.argument("number")
@click.argument("source")
@says
def ask(number: str, source: str) -> Said:
    """Ask one source again, alone, and draft anew from what it gives."""
    with place.systems():
        work = place.workplace()
        work.register.get(number)
        if source not in {known.name for known in work.config.sources}:
            raise click.BadParameter("there is no source of this name in sources.yaml", param_hint="SOURCE")
        again(number, source)
        return _standing(work, number)


@request.command()
@click.argument("number")
@says
def status(number: str) -> Said:
    """Where a request stands, how it was searched, and the account."""
    return _standing(place.workplace(), number)


@request.command(name="list")
@says
def listed() -> Said:
    """All requests, the nearest deadline first."""
    requests = sorted(place.workplace().register.all(), key=lambda r: (r.steer, r.number))
    rows = [(r.number, str(r.status), r.received.isoformat(), r.steer.isoformat(), r.deadline.isoformat()) for r in requests]
    lines = table(rows, ("number", "status", "received", "due", "legal end"))
    return Said({"requests": [request_as_data(r) for r in requests]}, lines)


@request.command()
@click.argument("number")
@click.option("--reason", required=True, help="Why it takes longer; the resident reads this.")
@says
def extend(number: str, reason: str) -> Said:
    """Extend to three months from receipt; only within the first month."""
    work = place.workplace()
    extended = work.register.extend(number, reason, getpass.getuser(), _today(work))
    return _told(extended, [f"{number}: extended. The new legal end is {extended.deadline.isoformat()}."])


@request.command()
@click.argument("number")
@click.option("--how", required=True, type=click.Choice(IDENTITY), help="How it was checked; no copy of a document is kept anywhere.")
@click.option("--as", "user", required=True, help="Who checked.")
@says
def identify(number: str, how: str, user: str) -> Said:
    """Record that somebody checked who is asking."""
    work = place.workplace()
    work.register.handling.identified(number, how, user)
    return _told(work.register.get(number), [f"{number}: identity checked by {user}."])


@request.command()
@click.argument("number")
@click.argument("language", type=click.Choice(list(LANGUAGES)))
@says
def language(number: str, language: str) -> Said:
    """Answer in another language: letters and dossier from now on. A draft that lies ready is made anew by the next run."""
    chosen = place.workplace().register.handling.answer_in(number, language, getpass.getuser())
    return _told(chosen, [f"{number}: answered in {language} from now on."])


@request.command()
@click.argument("number")
@says
def withdraw(number: str) -> Said:
    """The resident takes the request back."""
    withdrawn = place.workplace().register.withdraw(number, getpass.getuser())
    return _told(withdrawn, [f"{number}: withdrawn."])


@request.command()
@click.argument("number")
@says
def report(number: str) -> Said:
    """What the desk should look at in a request: kept too long, no basis, no exception, unknown recipient. Not for the resident."""
    work = place.workplace()
    work.register.get(number)
    found = internal_report(work, number)
    if found is None:
        raise RequestError(number, "no draft lies ready", f"Run it first: inzage request run {number}")
    points = [{"lead": str(p.lead), "activity": p.activity, "count": p.count, "about": p.about} for p in found.points]
    rows = [(str(p.lead), p.activity, str(p.count), p.about) for p in found.points]
    return Said({"request": number, "points": points}, table(rows, ("lead", "activity", "count", "about")))


@request.command()
@says
def totals() -> Said:
    """For the data protection officer: the same leads, added up over all requests that are kept; without names."""
    work = place.workplace()
    reports = [found for r in work.register.all() if r.status not in GONE and (found := internal_report(work, r.number))]
    counts = outputs.totals(reports)
    rows = [(lead, activity, str(count)) for lead, of in counts.items() for activity, count in of.items()]
    return Said({"requests": len(reports), "leads": counts}, table(rows, ("lead", "activity", "count")))


def _today(work: place.Workplace) -> date:
    return datetime.now(ZoneInfo(work.config.organisation.timezone)).date()


def _told(made: Request, lines: list[str]) -> Said:
    return Said(request_as_data(made), lines)


def _standing(work: place.Workplace, number: str) -> Said:
    found = work.register.get(number)
    if found.status is Status.PURGED:
        data = {**request_as_data(found), "coverage": [], "accounting": [], "review_items": 0, "leaks": ""}
        return Said(data, [f"{number}: purged. Nothing is left of it but the audit trail."])
    covered, account = coverage(work, number), accounted(work, number)
    items = len(reviewable(work, number))
    leaked = leaks(work, number)
    data = {
        **request_as_data(found),
        "coverage": [covered_as_data(c) for c in covered],
        "accounting": [account_as_data(a) for a in account],
        "review_items": items,
        "leaks": leaked,
    }
    first = f"{number}: {found.status}, due {found.steer.isoformat()} (legal end {found.deadline.isoformat()}), {items} items to review."
    alarm = [f"  alarm: {leaked}"] if leaked else []
    return Said(data, [first, *alarm, "", *coverage_lines(covered), "", *account_lines(account)])

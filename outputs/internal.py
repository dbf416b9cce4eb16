"""For the desk, never for the resident: what the dossier shows about our own keeping of the rules, and totals for the officer.

Looked for are data that are kept past their term (AVG 5(1)(e)), an activity without a basis on the day of processing (6), special
data without their exception (9, 10), and a recipient that the register does not know (30). Each is a lead, not a verdict: a
person looks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from config.folding import fold
from config.law import Activity
from config.request import DUTCH
from config.settings import Config
from config.special import special_category
from outputs.dossier import Dossier, Finding
from outputs.flow import Flow
from outputs.gathered import given_away
from outputs.house import living
from outputs.ink import SMALL
from outputs.retention import until
from outputs.shown import shown
from outputs.table import small
from outputs.texts import texts
from outputs.wording import counted, in_full, term, thousands


class Lead(StrEnum):
    """What kind of thing a person should look at."""

    KEPT_TOO_LONG = "kept_too_long"
    NO_BASIS = "no_basis"
    NOT_IN_FORCE = "not_in_force"
    NO_EXCEPTION = "no_exception"
    UNKNOWN_RECIPIENT = "unknown_recipient"
    NO_TERM = "no_term"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True, slots=True)
class Point:
    """One lead: in which activity, how many rows, documents or times, and what about (a category, a recipient, a date)."""

    lead: Lead
    activity: str  # its id
    count: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class InternalReport:
    """All leads of one request, in order of kind and activity."""

    request: str
    points: tuple[Point, ...]


def examine(dossier: Dossier, config: Config) -> InternalReport:
    """What a person at the desk should look at, as of the day on which the request came in: the same input gives the same report."""
    activities = {activity.id: activity for activity in config.activities}
    points = [*_rows(dossier, activities), *_findings(dossier), *_recipients(dossier, activities), *_unjudged(dossier)]
    order = list(Lead)
    return InternalReport(dossier.request.number, tuple(sorted(points, key=lambda p: (order.index(p.lead), p.activity, p.about))))


def _rows(dossier: Dossier, activities: dict[str, Activity]) -> Iterator[Point]:
    """Rows and documents past their term, and those of before the law behind them."""
    late: Counter[str] = Counter()
    early: Counter[tuple[str, str]] = Counter()
    today = dossier.request.received
    for name, day in _dated(dossier):
        activity = activities[name]
        end = until(day, activity.retention.term)
        late[name] += bool(end and end < today)
        laws = [basis for basis in activity.legal_basis if basis.in_force]
        if laws and len(laws) == len(activity.legal_basis) and all(day < (basis.in_force or day) for basis in laws):
            early[name, laws[0].law] += 1
    yield from (Point(Lead.KEPT_TOO_LONG, name, count, activities[name].retention.term) for name, count in late.items() if count)
    yield from (Point(Lead.NOT_IN_FORCE, name, count, law) for (name, law), count in early.items())


def _dated(dossier: Dossier) -> Iterator[tuple[str, date]]:
    for collection in dossier.collections:
        yield from ((collection.activity, day) for day in shown(collection).days if day)
        yield from ((collection.activity, document.date) for document in collection.documents if document.date)


def _findings(dossier: Dossier) -> Iterator[Point]:
    for finding in dossier.findings:
        activity, amount = finding.activity, finding.records + finding.documents
        if not activity.legal_basis or activity.status != "in_force" or not activity.enabled:
            yield Point(Lead.NO_BASIS, activity.id, amount)
        if not activity.retention.term:
            yield Point(Lead.NO_TERM, activity.id, amount)
        yield from (Point(Lead.NO_EXCEPTION, activity.id, amount, kind) for kind in _unexcepted(finding))


def _unexcepted(finding: Finding) -> tuple[str, ...]:
    """The special categories that were found and that no exception of the register covers."""
    covered = {special_category(name) or name for name in finding.activity.special}
    found = {special_category(category) for category in finding.categories}
    return tuple(sorted(found - covered - {""}))


def _recipients(dossier: Dossier, activities: dict[str, Activity]) -> Iterator[Point]:
    """Who really got data and stands under no name in the register: one holds the words of the other, or they are strangers."""
    times: Counter[tuple[str, str]] = Counter((d.activity, d.to) for d in given_away(dossier))
    for (name, to), count in times.items():
        known = [_words(r.name) for r in activities[name].recipients] if name in activities else []
        if not any(words and (words <= _words(to) or _words(to) <= words) for words in known):
            yield Point(Lead.UNKNOWN_RECIPIENT, name, count, to)


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(name).replace(",", " ").split())


def _unjudged(dossier: Dossier) -> Iterator[Point]:
    """What is withheld only because nobody judged it yet, by activity; documents by their number."""
    papers = {entry.number: entry.activity for entry in dossier.inventory}
    for each in dossier.withheld:
        if each.ground.standing == "unjudged":
            counts: Counter[str] = Counter()
            for where, count in each.where.items():
                counts[papers.get(where, where)] += count
            yield from (Point(Lead.NOT_JUDGED, activity, count, each.ground.code) for activity, count in counts.items())


def totals(reports: Iterable[InternalReport]) -> dict[str, dict[str, int]]:
    """For the data protection officer: per lead and activity, how many rows, documents or times over all these requests; no names."""
    found: dict[str, Counter[str]] = {}
    for report in reports:
        for point in report.points:
            found.setdefault(str(point.lead), Counter())[point.activity] += point.count
    return {lead: dict(sorted(counts.items())) for lead, counts in sorted(found.items())}


def internal_pdf(dossier: Dossier, report: InternalReport) -> bytes:
    """The report on paper, tagged as everything else; in Dutch, whatever the resident reads, for the desk does."""
    with living(replace(dossier.house, language=DUTCH)):
        said = texts()["intern"]
        title = said["titel"].format(nummer=report.request)
        flow = Flow(title, dossier.organisation.name, said["kop"].format(nummer=report.request), dossier.request.received)
        flow.heading(title, 0, "begin", listed=False)
        flow.text(said["uitleg"].format(datum=in_full(dossier.request.received)))
        if not report.points:
            flow.text(said["niets"])
        for lead in dict.fromkeys(point.lead for point in report.points):
            rows = [_row(dossier, point) for point in report.points if point.lead is lead]
            flow.heading(f"{said['soorten'][lead][0]} ({counted(len(rows), said['punten'])})", 1, str(lead), keep=90)
            flow.text(said["soorten"][lead][1], SMALL)
            small(flow, said["tabel"], rows, numbers=(1,))
        (made,) = flow.finish()
    return made


def _row(dossier: Dossier, point: Point) -> tuple[str, ...]:
    return dossier.purposes.get(point.activity, point.activity), thousands(point.count), _about(dossier, point) or texts()["leeg"]


def _about(dossier: Dossier, point: Point) -> str:
    """What a lead is about, in words: a term as one says it, a ground with its title."""
    if point.lead is Lead.KEPT_TOO_LONG:
        return term(point.about)
    titles = {each.ground.code: f"{each.ground.code}: {each.ground.said_in(DUTCH).title}" for each in dossier.withheld}
    return titles.get(point.about, point.about) if point.lead is Lead.NOT_JUDGED else point.about

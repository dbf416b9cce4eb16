"""Puts the dossier together: what was found per activity, the inventory, the differences, and what was withheld."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from config.accounting import Account
from config.collection import Coverage, Kind, Outcome
from config.errors import ConservationError
from config.law import Activity
from config.person import Fact, Person
from config.redacted import Disposition, Redacted, RedactedCollection
from config.request import Request
from config.settings import Config, Ground
from outputs.answered import answered
from outputs.circumstances import circumstances
from outputs.differences import differences
from outputs.dossier import Disclosure, Dossier, Finding, InventoryEntry, Withheld
from outputs.house import House, house_of, living
from outputs.retention import until
from outputs.shown import Shown, birth, day, doubted, doubted_papers, empty, plain, shown


def assemble(  # noqa: PLR0917  the order is the contract with the flows
    request: Request,
    person: Person,
    redacted: Redacted,
    coverage: Sequence[Coverage],
    accounts: Sequence[Account],
    facts: Sequence[Fact],
    config: Config,
    version: str,
    disclosures: Sequence[Disclosure] = (),
    language: str = "nl",
) -> Dossier:
    """The dossier of one request; the same input gives an equal dossier, for no clock is asked.

    Raises ConservationError where something is withheld without a ground, or belongs to no activity of the register.
    """
    with living(house_of(config, language)) as house:
        return _assembled(request, person, redacted, coverage, accounts, facts, config, version, disclosures, house)


def _assembled(  # noqa: PLR0917  as above
    request: Request,
    person: Person,
    redacted: Redacted,
    coverage: Sequence[Coverage],
    accounts: Sequence[Account],
    facts: Sequence[Fact],
    config: Config,
    version: str,
    disclosures: Sequence[Disclosure],
    house: House,
) -> Dossier:
    collections = _in_order(redacted.collections, config)
    titles = _titles(config, coverage)
    found = _found(collections, config, titles)
    inventory = _inventory(collections)
    return Dossier(
        request=request,
        person=person,
        coverage=tuple(answered(each, collections, config.grounds) for each in coverage),
        findings=tuple(_finding(activity, found[activity.id]) for activity in config.activities if activity.id in found),
        collections=collections,
        inventory=inventory,
        withheld=_withheld(collections, inventory, config, house.language),
        disclosures=tuple(disclosures),
        differences=differences((*facts, *circumstances(collections)), person),
        accounts=tuple(accounts),
        organisation=config.organisation,
        scope=tuple(a.title for a in config.activities if a.id in request.scope),
        terms=_terms(config, coverage),
        elsewhere=tuple(a for a in config.activities if a.controller == "other" and a.enabled),
        titles=titles,
        purposes={activity.id: activity.title for activity in config.activities},
        version=version,
        fingerprint=config.fingerprint,
        house=house,
        beyond=frozenset(_beyond(request, coverage, config)),
    )


def _in_order(collections: Iterable[RedactedCollection], config: Config) -> tuple[RedactedCollection, ...]:
    """The collections as sources.yaml lists their entities, where who wrote it put what belongs together; what it lacks comes last."""
    listed = [(source.name, entity.name) for source in config.sources for entity in source.entities]
    place = {name: n for n, name in enumerate(listed)}
    return tuple(sorted(collections, key=lambda c: (place.get((c.source, c.entity), len(place)), c.source, c.entity)))


def _beyond(request: Request, coverage: Sequence[Coverage], config: Config) -> Iterator[str]:
    """The sources that were not asked, for nothing in them is of an activity that the resident asked for."""
    unasked = {c.source for c in coverage if c.asked_at is None} if request.scope else set()
    for source in config.sources:
        of = {source.activity, *(e.activity for e in source.entities), *(c.activity for e in source.entities for c in e.columns.values())}
        if source.name in unasked and not of & {*request.scope}:
            yield source.name


@dataclass(slots=True)
class _Tally:
    """What comes together of one activity while its collections go by."""

    records: int = 0
    documents: int = 0
    days: list[date] = field(default_factory=list)
    categories: dict[str, None] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)
    years: Counter[int] = field(default_factory=Counter)


def _found(collections: Iterable[RedactedCollection], config: Config, titles: Mapping[str, str]) -> dict[str, _Tally]:
    """What was found, per id of activity; an activity is there exactly when a row or a document of it was found.

    What nobody judged yet, or somebody judged not to be about the resident, is not found, only withheld.
    """
    found: dict[str, _Tally] = {}
    known = {activity.id for activity in config.activities}
    for collection in collections:
        rows, papers = int((~doubted(collection)).sum()), len(collection.documents) - len(doubted_papers(collection))
        if not (rows or papers):
            continue
        view = shown(collection)
        _check_known({collection.activity}, known, collection)
        _count(found.setdefault(collection.activity, _Tally()), view, titles, rows, papers)
        for activity in _look_at_columns(found, view, titles):
            _check_known({activity}, known, collection)
    return found


def _check_known(ids: set[str], known: set[str], collection: RedactedCollection) -> None:
    if ids - known:
        raise ConservationError(
            f"{collection.source}.{collection.entity}",
            "belongs to no activity of activities.yaml",
            "Run `inzage register check`, and name its activity in sources.yaml",
        )


def _count(tally: _Tally, view: Shown, titles: Mapping[str, str], rows: int, papers: int) -> None:
    collection = view.collection
    tally.sources[titles[collection.source]] = None
    tally.records += rows
    tally.documents += papers
    away = {document.id for document in doubted_papers(collection)}
    dated = [d for d in (*view.days, *(document.date for document in collection.documents if document.id not in away)) if d]
    tally.years.update(d.year for d in dated)
    for document in collection.documents:
        if document.category and document.disposition is not Disposition.WITHHELD:
            tally.categories[document.category] = None
    tally.days += dated


def _look_at_columns(found: dict[str, _Tally], view: Shown, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Adds the category and the dates of each column that shows something; gives the activities of columns met on the way."""
    collection, met = view.collection, []
    for i, column in enumerate(collection.columns):
        values = [plain(v) for v, mark in zip(collection.rows[column.name], view.marks[:, i], strict=True) if mark < 0]
        filled = [value for value in values if not empty(value)]
        activity = column.activity or collection.activity
        if column.withhold or not filled:
            continue
        met.append(activity)
        tally = found.setdefault(activity, _Tally())
        tally.sources[titles[collection.source]] = None
        if column.category:
            tally.categories[column.category] = None
        if column.kind is Kind.DATE and not birth(column):
            tally.days += {d for d in map(day, filled) if d}
    return tuple(met)


def _finding(activity: Activity, tally: _Tally) -> Finding:
    latest = max(tally.days, default=None)
    return Finding(
        activity=activity,
        categories=tuple(sorted(tally.categories)),
        records=tally.records,
        documents=tally.documents,
        since=min(tally.days, default=None),
        latest=latest,
        retained_until=until(latest, activity.retention.term),
        sources=tuple(tally.sources),
        years=dict(sorted(tally.years.items())),
    )


def _inventory(collections: Iterable[RedactedCollection]) -> tuple[InventoryEntry, ...]:
    """All documents, newest first within each activity, numbered throughout."""
    held = [(c.activity, c.source, c.entity, d) for c in collections for d in c.documents]
    held.sort(key=lambda h: (h[0], h[3].date is None, -(h[3].date or date.min).toordinal(), h[1], h[2], h[3].id))
    return tuple(InventoryEntry(f"D{i}", source, entity, activity, d) for i, (activity, source, entity, d) in enumerate(held, 1))


def _withheld(
    collections: Iterable[RedactedCollection], inventory: Iterable[InventoryEntry], config: Config, language: str
) -> tuple[Withheld, ...]:
    """Per ground the number of places, and in which activity or document; in order of code."""
    places: dict[str, Counter[str]] = {}
    numbers = {(entry.source, entry.entity, entry.document.id): entry.number for entry in inventory}
    for collection in collections:
        for r in collection.redactions:
            where = numbers[(r.source, r.entity, r.document)] if r.document else collection.activity
            places.setdefault(r.ground, Counter())[where] += r.count
    _check_documents(inventory, places)
    return tuple(
        Withheld(_ground(config, code).said_in(language), sum(where.values()), dict(where)) for code, where in sorted(places.items())
    )


def _ground(config: Config, code: str) -> Ground:
    if code not in config.grounds:
        raise ConservationError(code, "is no ground of grounds.yaml", "Add it there with its sentence, or use another ground")
    return config.grounds[code]


def _check_documents(inventory: Iterable[InventoryEntry], places: dict[str, Counter[str]]) -> None:
    """A document withheld whole must be on the account of its ground, and must have one."""
    for entry in inventory:
        if entry.document.disposition is not Disposition.WITHHELD:
            continue
        if not entry.document.ground:
            raise ConservationError(f"{entry.source}.{entry.entity}", "a document is withheld without a ground", "Report this run")
        if not any(where[entry.number] for where in places.values()):
            places.setdefault(entry.document.ground, Counter())[entry.number] += 1


def _titles(config: Config, coverage: Iterable[Coverage]) -> dict[str, str]:
    """What to call each source and each of its entities."""
    named = {source.name: source.title or source.name for source in config.sources}
    entities = {
        f"{s.name}.{e.name}": f"{named[s.name]}: {e.title}" if e.title else named[s.name] for s in config.sources for e in s.entities
    }
    return {c.source: c.title for c in coverage} | named | entities


def _terms(config: Config, coverage: Iterable[Coverage]) -> tuple[str, ...]:
    """On which keys of the resident the sources were searched that gave an answer (`subject.bsn`), in the order of sources.yaml."""
    answered = {c.source for c in coverage if c.status in (Outcome.FOUND, Outcome.NONE, Outcome.PARTIAL)}
    keys = (key for s in config.sources if s.name in answered for e in s.entities for match in e.match for key in match.values())
    return tuple(dict.fromkeys(key for key in keys if key.startswith("subject.")))

"""Whether the register of processing activities may be used: what the law does not allow, and what is still to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from config.law import Activity, Basis
from config.problems import Notes, Problem, one_of
from config.settings import Config, Entity
from config.special import special_category

REGISTER, SOURCES = "activities.yaml", "sources.yaml"


def check_register(config: Config, on: date) -> tuple[Problem, ...]:
    """All that the law forbids or that is missing for processing on the day `on`, by file and line; warnings come after.

    Checked are the activities that are enabled, and what sources.yaml says of them.
    """
    register, sources = Notes(REGISTER), Notes(SOURCES)
    for activity in config.activities:
        if activity.enabled:
            _check_lawful(activity, on, register)
            _check_whole(activity, register)
            _check_declared(activity, register)
            _warn_unconfirmed(activity, register)
    _check_sources(config, sources)
    found = sorted((*register.found, *sources.found), key=lambda problem: (problem.file, problem.line))
    return tuple(sorted(found, key=lambda problem: problem.level != "error"))


def _check_lawful(activity: Activity, on: date, notes: Notes) -> None:
    """A basis of AVG art. 6 that is no consent and is in force; a bill is none."""
    if not activity.legal_basis:
        _wrong(notes, activity, "it has no legal basis", "Name the article of AVG 6(1), the law and its article under `legal_basis:`")
    if activity.status == "bill":
        _wrong(notes, activity, "it rests on a bill, which is no basis yet", "Write `enabled: false` until the law is in force")
    for basis in activity.legal_basis:
        if basis.avg == "6.1.a":
            remedy = "Name the law that gives the task (6.1.c or 6.1.e); nobody consents freely to the body they depend on (AVG 4(11), 7)"
            _wrong(notes, activity, "consent (6.1.a) is its basis, for a public task", remedy)
        elif not basis.law:
            _wrong(notes, activity, f"{basis.avg} needs a law behind it (AVG 6(3))", "Add `law:` and `article:`")
    for name, basis in _bases(activity):
        if basis.in_force and basis.in_force > on:
            wrong = f"{name} {basis.law or basis.avg} is in force from {basis.in_force} and not on {on}"
            _wrong(notes, activity, wrong, "Name a basis that is in force, or write `enabled: false` until then")


def _bases(activity: Activity) -> Iterator[tuple[str, Basis]]:
    yield from (("legal_basis", basis) for basis in activity.legal_basis)
    yield from ((f"special {category}", basis) for category, basis in activity.special.items())


def _check_whole(activity: Activity, notes: Notes) -> None:
    """What AVG 15(1) makes us tell: purpose, categories, recipients, term, source."""
    held = {
        "purpose": activity.purpose,
        "categories": activity.categories,
        "sources": activity.sources,
        "recipients": activity.recipients or activity.controller == "other",
        "retention": activity.retention.term or activity.retention.note,
    }
    remedies = {
        "purpose": "Say in plain Dutch why the data are held",
        "categories": "Name the categories of personal data",
        "sources": "Say where the data come from",
        "recipients": "Name who may get the data, if only a processor",
        "retention": "Give a term (P15Y) and from when it counts, or in `note:` how it is decided",
    }
    for field, value in held.items():
        if not value:
            _wrong(notes, activity, f"{field} is missing", remedies[field])


def _check_declared(activity: Activity, notes: Notes) -> None:
    """Special or criminal data among its own categories needs its own exception."""
    for category in activity.categories:
        needed = special_category(category)
        if needed and needed not in _excepted(activity):
            _wrong(notes, activity, f"its category {category} is {needed}, without an exception of its own", _exception(needed))


def _excepted(activity: Activity) -> set[str]:
    return {special_category(name) or name for name in activity.special}


def _exception(needed: str) -> str:
    article = "10" if needed == "strafrechtelijk" else "9.2.h"
    return f'Add `special: {{{needed}: {{avg: "{article}", law: ..., article: ...}}}}`, or do not hold it'


def _warn_unconfirmed(activity: Activity, notes: Notes) -> None:
    if activity.confirm:
        remedy = "Let the data protection officer confirm them, and take them out of `confirm:`"
        notes.warning(activity.line, f"activity {activity.id}: still to be confirmed: {', '.join(activity.confirm)}", remedy)
    undated = {basis.law for basis in activity.legal_basis if basis.law and basis.in_force is None}
    if undated and "legal_basis" not in activity.confirm:
        wrong = f"activity {activity.id}: since when is not known of: {', '.join(sorted(undated))}"
        notes.warning(activity.line, wrong, "Add `in_force:`, or `legal_basis` under `confirm:`")


def _check_sources(config: Config, notes: Notes) -> None:
    known = {activity.id: activity for activity in config.activities}
    enabled = {name for name, activity in known.items() if activity.enabled}
    for entity in (entity for source in config.sources for entity in source.entities):
        for name, columns in _named(entity).items():
            if name not in enabled:
                where = f"entity {entity.source}.{entity.name}" + (f": column {', '.join(columns)}" if columns else "")
                remedy = f"Say for which activity it is held. {one_of(enabled, name)}"
                notes.mistake(entity.line, f"{where}: {_lacking(name, known)}", remedy)
        _check_categories(entity, known, notes)


def _lacking(name: str, known: Mapping[str, Activity]) -> str:
    if not name:
        return "it has no activity"
    return f"activity {name} is disabled" if name in known else f"activity {name} is not in {REGISTER}"


def _named(entity: Entity) -> Mapping[str, tuple[str, ...]]:
    """The activities an entity points to, and for those that only columns point to, which columns."""
    own = {name: tuple(c.name for c in entity.columns.values() if c.activity == name) for name in _activities(entity)}
    return {entity.activity: (), **own}


def _activities(entity: Entity) -> Iterable[str]:
    return dict.fromkeys(column.activity for column in entity.columns.values() if column.activity not in {"", entity.activity})


def _check_categories(entity: Entity, known: Mapping[str, Activity], notes: Notes) -> None:
    """A column with special or criminal data needs the exception in the activity that it is held for."""
    for column in entity.columns.values():
        activity = known.get(column.activity or entity.activity)
        needed = special_category(column.category)
        if activity and needed and needed not in _excepted(activity):
            where = f"entity {entity.source}.{entity.name}: column {column.name}"
            wrong = f"{where} holds {needed}, and activity {activity.id} has no exception for it"
            notes.mistake(entity.line, wrong, f"In {REGISTER}: {_exception(needed)[:1].lower()}{_exception(needed)[1:]}")


def _wrong(notes: Notes, activity: Activity, what: str, remedy: str) -> None:
    notes.mistake(activity.line, f"activity {activity.id}: {what}", remedy)

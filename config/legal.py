"""activities.yaml: the register of processing activities (AVG art. 30), one `Activity` a row."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from config.fields import Fields
from config.law import Activity, Basis, Recipient, Retention
from config.problems import Notes, one_of
from config.terms import term
from config.yamlfile import MapNode, Node, Scalar

LAWFUL = re.compile(r"6\.1\.[a-f]")
"""A basis of AVG art. 6(1); consent (a) can be written, and is refused by the check of the register."""

EXCEPTION = re.compile(r"9\.2\.[a-j]|10")
"""An exception of AVG art. 9(2), or art. 10 for criminal data."""

CONFIRMABLE = (
    "title", "purpose", "legal_basis", "special", "categories", "subjects", "sources", "recipients", "third_countries", "retention",
    "automated_decisions", "remedy", "controller",
)  # fmt: skip
"""Fields of which the data protection officer may still have to say that they are right."""

_NOTHING = {"none", "geen", "nee"}


def read_activities(root: Node, notes: Notes) -> tuple[Activity, ...]:
    """The activities in the order of the file; mistakes go to `notes`."""
    top = Fields(root, "activities.yaml", notes)
    activities = [_activity(Fields(node, f"activity {number}", notes), number) for number, node in enumerate(top.listed("activities"), 1)]
    if top.whole and not activities:
        top.mistake("activities", "it names no activity", "List the processing activities under `activities:`")
    top.finish()
    first: dict[str, int] = {}
    for activity in activities:
        if activity.id in first:
            notes.mistake(
                activity.line, f"activity {activity.id} stands here twice (first on line {first[activity.id]})", "Give one another id"
            )
        first.setdefault(activity.id, activity.line)
    return tuple(activities)


def _activity(fields: Fields, number: int) -> Activity:
    identifier = fields.required("id", "wmo-ondersteuning")
    fields.thing = f"activity {identifier or number}"
    activity = Activity(
        id=identifier,
        title=fields.required("title", "Hulp en ondersteuning thuis"),
        purpose=fields.text("purpose"),
        legal_basis=_bases(fields, "legal_basis", LAWFUL, "6.1.e"),
        special=_special(fields),
        categories=fields.texts("categories"),
        subjects=fields.texts("subjects"),
        sources=fields.texts("sources"),
        recipients=tuple(_recipient(fields, node) for node in fields.listed("recipients")),
        third_countries=fields.texts("third_countries"),
        retention=_retention(fields),
        line=fields.line,
    )
    activity = _circumstances(activity, fields)
    fields.finish()
    return activity


def _circumstances(activity: Activity, fields: Fields) -> Activity:
    automated = fields.text("automated_decisions")
    return replace(
        activity,
        automated_decisions="" if automated.lower() in _NOTHING else automated,
        remedy=_words(fields, "remedy", ("bezwaar", "verzoekschrift")) or ("bezwaar",),
        enabled=fields.flag("enabled", True),
        status=_word(fields, "status", ("in_force", "bill"), "in_force"),
        controller=_word(fields, "controller", ("gemeente", "joint", "other"), "gemeente"),
        confirm=_words(fields, "confirm", CONFIRMABLE),
    )


def _words(fields: Fields, key: str, known: Collection[str]) -> tuple[str, ...]:
    words = fields.texts(key)
    for word in words:
        if word not in known:
            fields.mistake(key, f"{key} {word} is not known", one_of(known, word))
    return words


def _word(fields: Fields, key: str, known: Collection[str], default: str) -> str:
    word = fields.text(key, default)
    if word not in known:
        fields.mistake(key, f"{key} {word} is not known", one_of(known, word))
    return word


def _bases(fields: Fields, key: str, form: re.Pattern[str], example: str) -> tuple[Basis, ...]:
    """One mapping or a list of them; `avg` may name several articles, which then rest on the same law."""
    nodes = fields.listed(key)
    return tuple(basis for node in nodes for basis in _basis(Fields(node, f"{fields.thing}: {key}", fields.notes), form, example))


def _basis(fields: Fields, form: re.Pattern[str], example: str) -> tuple[Basis, ...]:
    articles = fields.texts("avg")
    law, article, in_force = fields.text("law"), fields.text("article"), fields.day("in_force")
    if fields.whole and not articles:
        fields.mistake("avg", "avg is missing", f"Add `avg: {example}`")
    for avg in articles:
        if not form.fullmatch(avg):
            fields.mistake("avg", f"avg {avg} cannot be used here", f"Write it as `avg: {example}`")
    fields.finish()
    return tuple(Basis(avg, law, article, in_force) for avg in articles)


def _special(fields: Fields) -> Mapping[str, Basis]:
    found: dict[str, Basis] = {}
    for category, inner in fields.each("special"):
        inner.thing = f"{fields.thing}: special {category}"
        if bases := _basis(inner, EXCEPTION, "9.2.h"):
            found[category] = bases[0]
    return found


def _recipient(fields: Fields, node: Node) -> Recipient:
    if isinstance(node, Scalar):
        return Recipient(node.text.strip())
    inner = Fields(node, f"{fields.thing}: recipients", fields.notes)
    recipient = Recipient(
        inner.required("name", "CAK"),
        _word(inner, "kind", ("", "wettelijk", "opdracht", "verwerker", "met_toestemming"), ""),
        inner.text("why"),
    )
    inner.finish()
    return recipient


def _retention(fields: Fields) -> Retention:
    node = fields.node("retention")
    inner = Fields(node if node else MapNode(fields.line, {}, {}), f"{fields.thing}: retention", fields.notes)
    written = inner.text("term")
    if written and term(written) is None:
        inner.mistake(
            "term", "term is not a length of time of ISO 8601", "Write it as `term: P15Y` (years), P6M (months), P6W (weeks) or P42D (days)"
        )
    retention = Retention(written, inner.text("from"), inner.text("law"), inner.text("note"))
    inner.finish()
    return retention

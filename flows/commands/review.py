"""`inzage review ...`: see what is doubtful, decide it, and approve the draft with four eyes."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

import click
import orjson

from config.errors import RequestError
from config.redacted import Decision, ReviewItem
from flows import clearing, readiness, steps
from flows import workplace as place
from flows.reports import request_as_data
from flows.said import Said, says


@click.group()
def review() -> None:
    """The review list of a request: show it, decide it, approve the draft."""


@review.command()
@click.argument("number")
@says
def show(number: str) -> Said:
    """The items that a person must decide, the most doubtful first. Prints passages as held: for the desk only."""
    work = place.workplace()
    place.check_kept(work, number)
    items = steps.reviewable(work, number)
    work.register.note(number, getpass.getuser(), "review list seen", {"items": len(items)})
    return Said({"request": number, "items": [_as_data(item) for item in items]}, [line for item in items for line in _lines(item)])


@review.command()
@click.argument("number")
@click.option("--file", "path", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False), help="The decisions, as JSON.")
@click.option("--as", "user", default="", help="Who decides; the user of this machine when left out.")
@says
def decide(number: str, path: Path, user: str) -> Said:
    """Take decisions from a file, and draft the dossier anew: [{"item": ..., "decision": "show" or "withhold", "ground": ...}]."""
    work = place.workplace()
    by = user or getpass.getuser()
    decisions = _decisions(path, by, {item.id for item in steps.reviewable(work, number)}, work)
    work.register.decide(number, decisions, by)
    steps.redact(work, number)
    steps.draft(work, number, by)
    left = len(steps.reviewable(work, number))
    return Said({"request": number, "decided": len(decisions), "left": left}, [f"{number}: {len(decisions)} decided, {left} left."])


@review.command()
@click.argument("number")
@click.option("--as", "user", required=True, help="Who approves.")
@says
def approve(number: str, user: str) -> Said:
    """Approve the draft that lies ready; two different people must. What is undecided stays withheld.

    Approving a draft that says which sources failed is the decision to send it without them.
    """
    work = place.workplace()
    approved = readiness.approve(work, number, user, forgive=frozenset({"identity", "source"}))
    given = len(work.register.approvals(number))
    lines = [f"{number}: approved by {given} of two people. Status: {approved.status}."]
    unsure = [] if approved.identity_checked_by else [f"  alarm: {number}: nobody recorded who checked the identity of who asks."]
    unsure += [f"  alarm: {c.source}: was not searched whole; the dossier says so." for c in readiness.undecided(work, number)]
    return Said({**request_as_data(approved), "approvals": given, "alarms": [line.strip() for line in unsure]}, [*lines, *unsure])


@review.command("found")
@click.argument("number")
@says
def found_(number: str) -> Said:
    """The withheld values that the search found in the draft, in their words, and those that were cleared. For the desk only."""
    work = place.workplace()
    found, cleared = clearing.found(work, number), clearing.cleared(work, number)
    work.register.note(number, getpass.getuser(), "review list seen", {"items": len(found)})
    data = {
        "request": number,
        "found": [
            {"value": f.key, "kind": f.secret.kind, "words": f.secret.value, "count": f.count, "place": f.place, "around": f.around}
            for f in found
        ],
        "cleared": [
            {"value": n, "kind": c.secret.kind, "words": c.secret.value, "reason": c.reason, "by": c.by} for n, c in cleared.items()
        ],
    }
    lines = [f"{f.key}  {f.secret.kind}  {f.secret.value}  ({f.count} times, {f.place})\n    ... {f.around} ..." for f in found]
    lines += [f"{name}  cleared by {c.by}: {c.secret.value}\n    {c.reason}" for name, c in cleared.items()]
    return Said(data, lines)


@review.command()
@click.argument("number")
@click.argument("value")
@click.option("--reason", default="", help="What the word means where it stands.")
@click.option("--undo", is_flag=True, help="Search for it again.")
@click.option("--as", "user", default="", help="Who decides; the user of this machine when left out.")
@says
def clear(number: str, value: str, reason: str, undo: bool, user: str) -> Said:
    """Say of a VALUE that the search found that it is not that person where it stands, and draft the dossier anew.

    It is for this request alone. Who does this may not approve the draft.
    """
    work = place.workplace()
    by = user or getpass.getuser()
    if undo:
        clearing.restore(work, number, value, by)
    else:
        clearing.clear(work, number, value, reason, by)
    steps.redact(work, number)
    steps.draft(work, number, by)
    left = len(clearing.found(work, number))
    return Said({"request": number, "found": left}, [f"{number}: {left} withheld values stand in the draft."])


def _decisions(path: Path, by: str, known: set[str], work: place.Workplace) -> list[Decision]:
    try:
        raw = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise RequestError(path.name, f"is not JSON (line {error.lineno})", "Write a list of decisions") from None
    listed = raw.get("decisions") if isinstance(raw, dict) else raw
    if not isinstance(listed, list):
        raise RequestError(path.name, "is not a list of decisions", 'Write [{"item": ..., "decision": "show"}]')
    return [_decision(one, position, by, known, work) for position, one in enumerate(listed, 1)]


def _decision(one: Any, position: int, by: str, known: set[str], work: place.Workplace) -> Decision:
    where = f"decision {position}"
    if not isinstance(one, dict) or not {"item", "decision"} <= one.keys():
        raise RequestError(where, "needs an item and a decision", 'Write {"item": ..., "decision": "show"}')
    if one["item"] not in known:
        raise RequestError(where, "names an item that is not on the review list", "See: inzage review show NUMBER")
    if one["decision"] not in ("show", "withhold"):
        raise RequestError(where, "is neither show nor withhold", "Write one of the two")
    ground = str(one.get("ground", ""))
    grounds = [g.code for g in work.config.grounds.values() if g.standing != "blocked"]
    if one["decision"] == "withhold" and ground and ground not in grounds:
        raise RequestError(where, "names a ground that may not be used", f"Write one of {', '.join(grounds)}")
    return Decision(str(one["item"]), str(one["decision"]), ground, by)


def _as_data(item: ReviewItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in ReviewItem.__dataclass_fields__}


def _lines(item: ReviewItem) -> list[str]:
    place_of = ".".join(str(p) for p in (item.source, item.entity, item.row, item.column or item.document) if p not in ("", None))
    return [f"{item.id}  {item.ground}  {place_of}  {item.why}", f"    {item.sentence}"]

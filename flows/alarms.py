"""What must be told to a person without them asking: each alarm once, in the log, by e-mail and to a webhook, where these are set.

INZAGE_ALARM_MAIL is an address (see `flows.post` for the server), INZAGE_ALARM_WEBHOOK an address over https that takes JSON with
`text` and `alarms`. That an alarm was told stands in the audit trail, for each way; what could not be sent is tried at the next look.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import yaml

from config.errors import RequestError
from flows import post
from flows.engine import here
from flows.standing import TRIES, WARN_DAYS
from flows.told import told_of
from flows.workplace import Workplace

MAIL, WEBHOOK = "INZAGE_ALARM_MAIL", "INZAGE_ALARM_WEBHOOK"
ALARMED = "alarm told"
ROW = 2
"""After how many failures in a row a source is told of."""

_TEXTS = Path(__file__).parent / "alarms.yaml"
_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing to tell; `key` is the same as long as it is the same thing. A request number, a source, a day and a count, no more."""

    kind: str  # due, late, stuck or source
    key: str
    request: str = ""
    source: str = ""
    day: str = ""
    count: int = 0

    def __str__(self) -> str:
        match self.kind:
            case "due":
                return f"{self.request}: is due on {self.day}."
            case "late":
                return f"{self.request}: is late since {self.day}."
            case "stuck":
                return f"{self.request}: broke {self.count} times or more. See its runs, mend the cause, and run it again."
            case _:
                return f"{self.source}: failed {self.count} times in a row."


def alarms(work: Workplace, today: date) -> Iterator[Alarm]:
    """All that stands on this day, told or not."""
    for request in work.register.due(today, WARN_DAYS):
        kind, day = "late" if request.steer < today else "due", request.steer.isoformat()
        yield Alarm(kind, f"{kind} {request.number} {day}", request.number, day=day)
    for number in work.register.stale():
        if (tries := work.register.tries(number)[0]) >= TRIES:
            yield Alarm("stuck", f"stuck {number}", number, count=tries)
    known = {source.name for source in work.config.sources}
    for name, told in sorted(told_of(work.register).look().sources.items()):
        if name in known and told.in_a_row >= ROW:
            yield Alarm("source", f"source {name} {told.since}", source=name, count=told.in_a_row)


def tell(work: Workplace, found: Sequence[Alarm], log: Callable[[str], None]) -> int:
    """Tell by each way what was not yet told by it; gives how many were new to the log. RequestError where a way took none of them."""
    new = _news(work, found, "log")
    for alarm in new:
        log(str(alarm))
    _told(work, new, "log")
    failed = [way for way, send in WAYS.items() if os.environ.get(way) and not _sent(work, _news(work, found, way), way, send)]
    if failed:
        raise RequestError(
            "alarms", f"could not be sent by {' and '.join(failed)}", "Look at its address; they are tried again at the next look"
        )
    return len(new)


def _news(work: Workplace, found: Sequence[Alarm], way: str) -> list[Alarm]:
    told = {(detail["key"], detail["way"]) for detail in (json.loads(entry.detail) for entry in work.register.audit.of((ALARMED,)))}
    return [alarm for alarm in found if (alarm.key, way) not in told]


def _told(work: Workplace, told: Sequence[Alarm], way: str) -> None:
    for alarm in told:
        work.register.note(alarm.request, "inzage", ALARMED, {"key": alarm.key, "way": way})


def _sent(work: Workplace, new: Sequence[Alarm], way: str, send: Callable[[Workplace, Sequence[Alarm]], None]) -> bool:
    if not new:
        return True
    try:
        send(work, new)
    except (RequestError, httpx.HTTPError):
        return False
    _told(work, new, way)
    return True


def _mail(work: Workplace, new: Sequence[Alarm]) -> None:
    texts, organisation = _texts(), work.config.organisation
    body = "\n".join([*(f"- {line}" for line in _lines(new, texts)), "", texts["end"].format(organisation=organisation.name)])
    post.send(organisation.email, os.environ[MAIL], texts["subject"].format(count=len(new)), body)


def _call(_work: Workplace, new: Sequence[Alarm]) -> None:
    address = os.environ[WEBHOOK]
    if urlsplit(address).scheme != "https" and not here(address):
        raise RequestError("webhook", "is not over https", f"Set {WEBHOOK} to an https address")
    said = {"text": "\n".join(_lines(new, _texts())), "alarms": [asdict(alarm) for alarm in new]}
    httpx.post(address, json=said, timeout=_PATIENCE).raise_for_status()


WAYS: Mapping[str, Callable[[Workplace, Sequence[Alarm]], None]] = {MAIL: _mail, WEBHOOK: _call}


def _texts() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(_TEXTS.read_text(encoding="utf-8"))
    return read


def _lines(new: Sequence[Alarm], texts: Mapping[str, Any]) -> list[str]:
    return [texts["lines"][alarm.kind].format(**{**asdict(alarm), "day": _day(alarm.day)}) for alarm in new]


def _day(written: str) -> str:
    return f"{date.fromisoformat(written):%d-%m-%Y}" if written else ""

"""Sources that a colleague searches by hand: the task, the message, the reminders, and the day on which waiting ends."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import yaml

from cases.tasks import End, Task
from config.collection import Answer, Outcome
from config.errors import RequestError
from config.order import Leg
from config.settings import Source
from connectors import manual
from flows import post
from flows.workplace import Workplace

ACTOR = "inzage"

_TEXTS = Path(__file__).parent / "byhand.yaml"


def in_time(work: Workplace, number: str, answer: Answer) -> Answer:
    """What a source answered; one that still waits for a colleague whose time is over has failed instead."""
    task = work.register.tasks.get(number, answer.coverage.source) if answer.coverage.status is Outcome.WAITING else None
    if task is None or task.outcome is not End.LATE:
        return answer
    return manual.too_late(work.config.source(task.source), now=datetime.now(UTC))


def open_tasks(work: Workplace, number: str, legs: Sequence[Leg], today: date) -> tuple[Task, ...]:
    """The tasks of the manual sources that a request asks, made where there are none; and their owners told, where that was not done.

    A message that cannot be sent holds nothing up: it is tried again every night, and the task stands at the desk meanwhile.
    """
    asked = [work.config.source(name) for name in dict.fromkeys(leg.source for leg in legs)]
    return tuple(open_task(work, number, source, today) for source in asked if source.kind == "manual")


def open_task(work: Workplace, number: str, source: Source, today: date, *, quiet: bool = False) -> Task:
    """The task of one source, made where there is none; its owner is told where that was not done, but `quiet` where it is answered now."""
    task = _opened(work, number, source, today)
    return tell(work, task) if not quiet and task.owed and task.told_at is None else task


def _opened(work: Workplace, number: str, source: Source, today: date) -> Task:
    """Due when the policy says, and no later than three days before the answer to the resident is."""
    steer = work.register.get(number).steer - timedelta(days=3)
    due = max(min(today + timedelta(days=work.config.policy.wait_days), steer), today + timedelta(days=1))
    return work.register.tasks.open(number, source.name, source.owner, due, ACTOR)


def tell(work: Workplace, task: Task) -> Task:
    """Tell the owner of a task, for the first time or again; the same task where that cannot be done."""
    if not (task.owner and post.configured()):
        return task
    said = yaml.safe_load(_TEXTS.read_text(encoding="utf-8"))["reminder" if task.told_at else "task"]
    desk = os.environ.get("INZAGE_DESK_ADDRESS", "").rstrip("/")
    fields = {
        "number": task.number, "source": work.config.source(task.source).title, "due": f"{task.due:%d-%m-%Y}",
        "link": f"{desk}/verzoeken/{task.number}" if desk else said["without_desk"], "organisation": work.config.organisation.name,
    }  # fmt: skip
    try:
        post.send(work.config.organisation.email, task.owner, said["subject"].format(**fields), said["text"].format(**fields))
    except RequestError:
        return task
    return work.register.tasks.told(task.number, task.source, ACTOR)


def sweep(work: Workplace, today: date) -> tuple[str, ...]:
    """Tell who was not told, remind who is owed something for long, and end the waiting for who is too late.

    Gives the requests that waited for such a one: they are to be run again, so that their drafts say so.
    """
    late: dict[str, None] = {}
    for task in work.register.tasks.owed():
        last = task.told_at.date() if task.told_at else None
        if task.outcome is End.OPEN and today > task.due:
            work.register.tasks.end(task.number, task.source, End.LATE, ACTOR)
            late[task.number] = None
        elif last is None or (today - last).days >= work.config.policy.remind_days:
            tell(work, task)
    return tuple(late)

"""Sources that a colleague searches by hand: the task, the message, the reminders, the answer, and the day on which waiting ends."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import yaml

from cases.tasks import End, Task
from config.codec import decode, encode
from config.collection import Answer, Outcome
from config.errors import RequestError
from config.order import Leg
from config.person import Subject
from config.settings import Entity, Source
from connectors import identify, manual
from connectors.files.content import LARGEST
from flows import post
from flows.workplace import Workplace

ACTOR = "inzage"
MOST_FILES = 200

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
    made = [_opened(work, number, source, today) for source in asked if source.kind == "manual"]
    return tuple(tell(work, task) if task.owed and task.told_at is None else task for task in made)


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
    desk = os.environ.get("INZAGE_DESK_URL", "").rstrip("/")
    fields = {
        "number": task.number, "source": work.config.source(task.source).title, "due": f"{task.due:%d-%m-%Y}",
        "link": f"{desk}/requests/{task.number}" if desk else said["without_desk"], "organisation": work.config.organisation.name,
    }  # fmt: skip
    try:
        post.send(work.config.organisation.email, task.owner, said["subject"].format(**fields), said["text"].format(**fields))
    except RequestError:
        return task
    return work.register.tasks.told(task.number, task.source, ACTOR)


def answer(work: Workplace, number: str, source: str, files: Sequence[Path] | None, *, by: str, legs: Sequence[Leg]) -> Task:
    """Keep what a colleague answered: files, or None for the statement that nothing is held. RequestError where it is not asked for.

    The files go into the vault as documents of the source; the request must be run again for them to stand in the draft.
    """
    mine = [leg for leg in legs if leg.source == source]
    known = next((one for one in work.config.sources if one.name == source and one.kind == "manual"), None)
    if not mine or known is None:
        raise RequestError(number, "does not ask this source by hand", "See: inzage sources tasks")
    given = _contents(number, files) if files is not None else None
    if work.register.tasks.get(number, source) is None:
        _opened(work, number, known, datetime.now(UTC).date())
    task = work.register.tasks.end(number, source, End.NOTHING if given is None else End.FILES, by, len(given or ()))
    _keep(work, number, known, given, legs=mine, by=by)
    return task


def _contents(number: str, files: Sequence[Path]) -> list[tuple[str, bytes]]:
    if not files or len(files) > MOST_FILES or sum(path.stat().st_size for path in files) > LARGEST:
        raise RequestError(number, f"an answer has 1 to {MOST_FILES} files, of {LARGEST // 2**20} MiB together", "Hand them over in parts")
    return [(path.name, path.read_bytes()) for path in files]


def _keep(work: Workplace, number: str, source: Source, files: list[tuple[str, bytes]] | None, *, legs: Sequence[Leg], by: str) -> None:
    """The answer on the first leg of the source, with what was handed over before; nothing more on its others."""
    now = datetime.now(UTC)
    if files is not None:
        files = [*_before(work, number, source.name), *files]
        work.vault.put(number, f"handed-over/{source.name}", encode(tuple(files)), by)
    for place, leg in enumerate(sorted(legs, key=lambda leg: leg.stage)):
        if files is None or place > 0:
            made = manual.nothing_held(source, now=now)
        else:
            made = manual.handed_over(source, _entities(source, leg), _subject(work, number), files, now=now)
        work.vault.put(number, f"answers/{leg.stage}-{leg.source}", encode(made), by)


def _before(work: Workplace, number: str, source: str) -> tuple[tuple[str, bytes], ...]:
    name = f"handed-over/{source}"
    return decode(work.vault.get(number, name), tuple[tuple[str, bytes], ...]) if work.vault.exists(number, name) else ()


def _entities(source: Source, leg: Leg) -> list[Entity]:
    return [entity for entity in source.entities if entity.name in leg.entities]


def _subject(work: Workplace, number: str) -> Subject:
    """The subject as far as runs before learnt; by BSN alone where there was none yet."""
    if work.vault.exists(number, "subject"):
        return decode(work.vault.get(number, "subject"), Subject)
    return identify(work.register.bsn(number))


def check_answered(work: Workplace, number: str) -> None:
    """Raise RequestError while a colleague still searches, within the days that the policy gives."""
    if waiting := [task.source for task in work.register.tasks.of(number) if task.outcome is End.OPEN]:
        raise RequestError(number, f"waits for a colleague who searches {', '.join(waiting)} by hand", "See: inzage sources tasks")


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

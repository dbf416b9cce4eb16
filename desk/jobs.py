"""Work that takes longer than a click: a draft made anew, one at a time, while its page tells that it runs.

The lease in the register says that it runs, to every process; that it failed is told in the trail, for the page to show.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from config.errors import RequestError
from flows import heavy
from flows.lease import held
from flows.workplace import Workplace, workplace

POOL = ThreadPoolExecutor(max_workers=1, thread_name_prefix="draft")


def draft_anew(work: Workplace, number: str, actor: str) -> None:
    """Begin to redact and draft under all that was decided so far. RequestError where somebody works on it already."""
    if work.register.busy(number):
        raise RequestError(number, "is being handled by another run", "Wait for it")
    POOL.submit(_draft, number, actor)


def _draft(number: str, actor: str) -> None:
    work = workplace()
    try:
        with held(work.register, number):
            heavy.redact(number)
            heavy.draft(number, actor)
    except Exception as error:  # noqa: BLE001 - the edge of a thread: nobody else would tell of it; the report is in the vault
        work.register.note(number, actor, "draft failed", {"because": type(error).__name__})

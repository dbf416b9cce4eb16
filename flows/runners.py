"""On what the tasks of a request run: threads of the run's own process, or a Dask cluster where INZAGE_DASK names its scheduler.

Sources are waited for, not computed: threads, as many as a gemeente has systems. A cluster pays for large requests, whose redaction
and rendering then run on another machine; each of its workers needs the environment of a machine that runs `inzage serve`.
"""

from __future__ import annotations

import os
from typing import Any

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

DASK = "INZAGE_DASK"
THREADS = 32


def runner() -> TaskRunner[Any]:
    """A runner of its own for one flow."""
    if address := os.environ.get(DASK):
        from prefect_dask.task_runners import DaskTaskRunner  # noqa: PLC0415 - of requirements/scale.txt, which one machine does without

        return DaskTaskRunner(address=address)
    return ThreadPoolTaskRunner(max_workers=THREADS)

"""What `inzage serve` does on each machine: take work from the pool, and take up what was left on the way."""

from __future__ import annotations

import asyncio
import os
import threading

from prefect.logging import get_logger
from prefect.settings import PREFECT_WORKER_QUERY_SECONDS
from prefect.utilities.processutils import setup_signal_handlers_worker

from flows import workplace as place
from flows.deployments import POOL, deploy
from flows.keeper import keep
from flows.observed import observe
from flows.warm import WarmWorker, warm_up

AT_ONCE = 2
"""How many runs one machine takes at once, when nobody says."""


def serve(limit: int = AT_ONCE, observed: str = "") -> None:
    """Lay down the deployments and work until interrupted. Runs start in folders of their own, so paths are made whole first.

    `observed` is where /health, /ready and /metrics are answered, HOST:PORT; nowhere where it is "".
    """
    os.environ.update(INZAGE_HOME=str(place.home()), INZAGE_CONFIG=str(place.config_folder()))
    stop = threading.Event()
    with place.systems():
        sources = place.workplace().config.sources
        warm_up()
        keeping = threading.Thread(target=keep, args=(stop,), daemon=True)
        keeping.start()
        try:
            deploy(sources)
            setup_signal_handlers_worker(os.getpid(), "inzage serve", get_logger("inzage.worker").info)
            worker = WarmWorker(work_pool_name=POOL, limit=limit)
            if observed:
                observe(observed, lambda: worker.is_worker_still_polling(PREFECT_WORKER_QUERY_SECONDS.value()))
            asyncio.run(worker.start(printer=get_logger("inzage.worker").info))
        finally:
            stop.set()
            keeping.join(timeout=30)

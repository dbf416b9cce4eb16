"""Logs as one JSON object a line, where INZAGE_LOG=json asks for it: for a collector that reads what a process prints.

Time (UTC), level, logger, message, and the run or task of Prefect where there is one. What is logged holds no value of anybody, and
of an exception only its class and place are told, for what it says could.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

VARIABLE, WORD = "INZAGE_LOG", "json"
RUN = ("flow_run_name", "flow_run_id", "flow_name", "task_run_name", "task_run_id", "worker_name")


class JsonLines(logging.Formatter):
    """One record as one line of JSON."""

    def __init__(self, *_: Any, **__: Any) -> None:  # a logging configuration hands over formats, which this one has no use for
        super().__init__()

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        told.update({name: str(found) for name in RUN if (found := getattr(record, name, None)) not in (None, "")})
        if record.exc_info and record.exc_info[1] is not None:
            told["error"] = _place(record.exc_info[1])
        return orjson.dumps(told).decode()


class JsonHandler(logging.StreamHandler[Any]):
    """Prints to stderr, as JSON lines."""

    def __init__(self, *_: Any, level: int | str = logging.NOTSET, **__: Any) -> None:  # colours and the like are not for machines
        super().__init__(sys.stderr)
        self.setLevel(level)
        self.setFormatter(JsonLines())

    def setFormatter(self, fmt: logging.Formatter | None) -> None:  # noqa: N802 - the name of the standard library
        """Stays with JSON lines, whatever a configuration hands over."""
        super().setFormatter(fmt if isinstance(fmt, JsonLines) else JsonLines())


def wanted() -> bool:
    """Whether logs are to be JSON."""
    return os.environ.get(VARIABLE) == WORD


def of_prefect() -> dict[str, str]:
    """The settings that make Prefect log so; {} where it is not asked for."""
    return {"PREFECT_LOGGING_HANDLERS_CONSOLE_CLASS": "flows.lines.JsonHandler"} if wanted() else {}


def set_up() -> None:
    """Log so in this process, for a program of ours that is no flow."""
    if wanted():
        logging.root.handlers = [JsonHandler()]


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"

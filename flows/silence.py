"""What crosses the border to Prefect tells nothing: it stores every exception, in the database, in events and on disk.

An error of our own tree has no values of people in it by rule and passes. Any other is written to the vault whole and
crosses as a message of class and place.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from config.errors import InzageError
from flows.steps import ConnectorBroke
from flows.workplace import workplace

P = ParamSpec("P")
R = TypeVar("R")


class StepFailed(RuntimeError):
    """A step broke in a way that we did not foresee; the full report is in the vault of the request."""


class SourceBroke(StepFailed):
    """The connector of one source broke; the other sources can go on."""


def silent(step: Callable[P, R]) -> Callable[P, R]:
    """`step`, whose first argument is the request number, raising only what Prefect may keep."""

    @wraps(step)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        caught: Exception
        try:
            return step(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - the outermost edge: nothing may cross it as it is
            caught = error
        # Raised outside the handler, so that no context with values hangs on it.
        raise _clean(str(args[0]) if args else str(kwargs.get("number", "")), step.__name__, caught)

    return guarded


def _clean(number: str, step: str, error: Exception) -> Exception:
    """What may cross in place of `error`."""
    if isinstance(error, InzageError):
        return type(error)(error.thing, error.wrong, error.remedy)
    if isinstance(error, StepFailed):  # cleaned by a step inside this one, which kept the report
        return type(error)(str(error))
    first = error.__cause__ if isinstance(error, ConnectorBroke) and error.__cause__ else error
    last = traceback.extract_tb(first.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    said = f"{number}: {step} stopped with {type(first).__name__} at {place}."
    return (StepFailed if first is error else SourceBroke)(f"{said} {_kept(number, step, error)}")


def _kept(number: str, step: str, error: Exception) -> str:
    """Put the full report into the vault; tells where it is, also where the vault is what broke."""
    try:
        workplace().vault.put(number, f"errors/{step.replace('_', '-')}", "".join(traceback.format_exception(error)).encode())
    except InzageError:
        return "The vault did not take the full report."
    return "The full report is in the vault of this request."

"""What a command answers, printed for a person or as one JSON object."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec

import click
import orjson

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: `data` for machines, `lines` for people; `code` is 1 where the answer is a refusal told by `failure`."""

    data: dict[str, Any]
    lines: Sequence[str] = ()
    failure: str = ""


def says(command: Callable[P, Said]) -> Callable[P, None]:
    """Give a command `--json`, and print what it answers."""

    @click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
    @wraps(command)
    def printed(*args: Any, as_json: bool, **kwargs: Any) -> None:
        said = command(*args, **kwargs)
        click.echo(orjson.dumps(said.data, default=str).decode() if as_json else "\n".join(said.lines))
        if said.failure:
            click.echo(said.failure, err=True)
            raise click.exceptions.Exit(1)

    return printed  # type: ignore[return-value]  # wraps() cannot tell of the option that was added


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether the command line asked for JSON."""
    return "--json" in arguments


def table(rows: Sequence[Sequence[object]], header: Sequence[str]) -> list[str]:
    """Rows under a header as aligned text, numbers to the right.

    >>> table([("wmo", 12)], ("source", "records"))
    ['source  records', 'wmo          12']
    """
    cells = [[str(value) for value in row] for row in (header, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    right = [bool(rows) and all(isinstance(row[i], int) for row in rows) for i in range(len(header))]
    return ["  ".join(v.rjust(w) if r else v.ljust(w) for v, w, r in zip(row, widths, right, strict=True)).rstrip() for row in cells]

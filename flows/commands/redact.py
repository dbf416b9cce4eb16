"""`inzage redact`: notes as JSON lines in, redacted notes out; needs no configuration, no register and no Prefect."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import orjson

import redaction
from config.errors import UsageError
from config.load import load_policy
from flows.folder import config_folder


@click.command()
@click.option("--subject", "path", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Who it is about, as JSON.")
@click.option("--json", "as_json", is_flag=True, help="Taken for the sake of likeness: the output is JSON lines anyway.")
def redact(path: Path, as_json: bool) -> None:
    """Redact notes for one subject: {"id", "text"} a line on stdin, the same with "spans" on stdout."""
    try:
        subject = orjson.loads(path.read_bytes())
    except OSError:
        raise UsageError("--subject", "this file cannot be read", "Name a JSON file as docs/redaction.md describes it") from None
    except orjson.JSONDecodeError as error:
        raise UsageError("--subject", f"this file is not JSON (line {error.lineno})", "See docs/redaction.md for its form") from None
    out = sys.stdout
    for line in redaction.stream(subject, sys.stdin.buffer, load_policy(config_folder())):
        out.write(line)
        out.write("\n")
    out.flush()

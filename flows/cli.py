"""The command line `inzage`: which commands there are, and the one place where an answer or an error is printed.

Exit 0: done. Exit 1: refused or failed, with one line on stderr. Exit 2: the command was typed wrongly.
With `--json` stdout holds one JSON object and nothing else. A command's module is only imported when it is called.
"""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module
from pathlib import Path

import click
import orjson

from config.errors import InzageError
from flows.said import wants_json
from flows.version import VERSION

COMMANDS = {
    "demo": "demo:demo",
    "config": "check:config",
    "register": "check:register",
    "sources": "check:sources",
    "request": "request:request",
    "review": "review:review",
    "release": "release:release",
    "redact": "redact:redact",
    "audit": "audit:audit",
    "keys": "keys:keys",
    "purge": "audit:purge",
    "serve": "serve:serve",
    "deploy": "serve:deploy",
    "server": "serve:server",
    "bench": "bench:bench",
}


class _Lazy(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        found = getattr(import_module(f"flows.commands.{module}"), attribute)
        assert isinstance(found, click.Command)  # noqa: S101 - COMMANDS is ours; a test imports every one
        return found


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--config", "folder", type=click.Path(path_type=Path, file_okay=False), help="The folder of YAML files of the gemeente.")
@click.version_option(VERSION, prog_name="inzage")
def inzage(folder: Path | None) -> None:
    """Answers an inzageverzoek (AVG art. 15): one request in, a complete, explained and safely redacted dossier out."""
    if folder is not None:
        os.environ["INZAGE_CONFIG"] = str(folder.absolute())


def main() -> None:
    """The entry point: runs the command and ends the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; gives the exit code."""
    try:
        # Outside its standalone mode click gives the code of an Exit as a value.
        return inzage.main(arguments, prog_name="inzage", standalone_mode=False) or 0
    except click.ClickException as mistake:
        return _fail(arguments, f"inzage: {mistake.format_message().rstrip('.')}. See: inzage --help.", 2)
    except (click.Abort, KeyboardInterrupt):
        return _fail(arguments, "inzage: interrupted. What was done so far is kept; run the command again to go on.", 1)
    except InzageError as error:
        return _fail(arguments, str(error), error.exit_code)
    except Exception as error:  # noqa: BLE001 - the outermost edge: a traceback could show a value
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
        return _fail(arguments, f"inzage: stopped by a fault of its own, {place}. Report this line; it holds no data.", 1)


def _fail(arguments: list[str], line: str, code: int) -> int:
    if wants_json(arguments):
        click.echo(orjson.dumps({"error": line}).decode())
    click.echo(" ".join(line.split()), err=True)
    return code

"""`inzage keys rotate`: a new master key in place of the old."""

from __future__ import annotations

import getpass

import click

from flows.rotating import rotate as rotated
from flows.said import Said, says


@click.group()
def keys() -> None:
    """The master key."""


@keys.command()
@says
def rotate() -> Said:
    """Bring everything under a new master key. Stop the desk and every worker first; broken off, run it again."""
    done = rotated(getpass.getuser())
    return Said({"values": done.values, "retired": done.retired}, [f"{done.values} values brought under the new master key.", done.next])

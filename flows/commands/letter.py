"""`inzage request letter`: a letter on the way to the decision, as PDF, as the desk makes it."""

from __future__ import annotations

import getpass
from datetime import datetime
from pathlib import Path

import click

from config.errors import RequestError
from config.request import LANGUAGES
from flows import letters
from flows import workplace as place
from flows.commands.places import NewFile
from flows.said import Said, says


@click.command()
@click.argument("number")
@click.argument("what", type=click.Choice((*letters.LETTERS, letters.REFUSAL)))
@click.option("--out", required=True, type=NewFile(), help="Where to write it, as PDF.")
@click.option("--text", default="", help="What the resident asked (ontvangst), or what you ask (identiteit, omvang), in plain words.")
@click.option("--answer-by", type=click.DateTime(["%Y-%m-%d"]), help="The day before which you want an answer, YYYY-MM-DD.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), help="The language of the letter; that of the request when left out.")
@says
def letter(  # noqa: PLR0917  one argument for each option of the command
    number: str, what: str, out: Path, text: str, answer_by: datetime | None, language: str | None
) -> Said:
    """Make a letter: receipt, a question about identity or scope, the extension, or a refusal. The trail keeps its hash."""
    work = place.workplace()
    if what not in (now := letters.possible(work.register.get(number))):
        raise RequestError(number, f"nothing asks for the letter {what} now", f"There are now: {', '.join(now) or 'none'}")
    day = answer_by.date() if answer_by else None
    wanted = letters.Wanted(what, letters.addressee(work, number), text, day, language or "")
    out.write_bytes(letters.letter(work, number, wanted, getpass.getuser()))
    return Said({"request": number, "letter": what, "file": str(out)}, [f"{number}: {what} is in {out}."])

"""`inzage request refuse`: one person proposes it with a reason, another decides it. `inzage request corrections`: what a workbook asks."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

import outputs
from config.errors import RequestError
from config.request import LANGUAGES
from flows import refusing
from flows import workplace as place
from flows.commands.places import NewFile
from flows.reports import request_as_data
from flows.said import Said, says, table


@click.command()
@click.argument("number")
@click.option("--as", "user", required=True, help="Who proposes or decides; two different people must.")
@click.option(
    "--reason", default="", help="Why, in plain words: the resident reads this. With it the refusal is proposed, without it decided."
)
@click.option("--article", "articles", multiple=True, help="An article it rests on, as in 'AVG 12 lid 5'; several times for more.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), help="The language of the letter; that of the request when left out.")
@click.option("--out", type=NewFile(), help="Where to write the letter, as PDF.")
@click.option("--take-back", is_flag=True, help="Take the proposal back.")
@says
def refuse(  # noqa: PLR0917  one argument for each option of the command
    number: str, user: str, reason: str, articles: tuple[str, ...], language: str | None, out: Path | None, take_back: bool
) -> Said:
    """Refuse a request: one person proposes it with a reason and the articles, another decides it. Never automatic."""
    work = place.workplace()
    if take_back:
        work.register.refusing.take_back(number, user)
        return Said({**request_as_data(work.register.get(number)), "proposed_by": None}, [f"{number}: the proposal is taken back."])
    if reason or articles:
        refusing.propose(work, number, refusing.check_reason(reason, articles), user, language or "")
        told = f"{number}: proposed to refuse, by {user}. Somebody else decides: inzage request refuse {number} --as OTHER"
    else:
        refusing.decide(work, number, user)
        told = f"{number}: refused. Send the letter; the six weeks run from the day after."
    if out:
        out.write_bytes(refusing.letter(work, number))
    proposed = work.register.refusing.proposed(number)
    return Said({**request_as_data(work.register.get(number)), "proposed_by": proposed.by if proposed else None}, [told])


@click.command()
@click.argument("number")
@click.option(
    "--file", "path", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False), help="gegevens.xlsx as it came back."
)
@click.option("--passphrase", default="", help="Its five words, where it is still locked.")
@says
def corrections(number: str, path: Path, passphrase: str) -> Said:
    """What a resident wants corrected (AVG 16): the answers in the last column of a workbook that came back. Prints values."""
    work = place.workplace()
    work.register.get(number)
    read = outputs.read_rectification(path.read_bytes(), passphrase)
    if read.request != number:
        raise RequestError(number, "the workbook is of another request", "See which number stands on its first sheet")
    work.register.note(number, getpass.getuser(), "corrections read", {"corrections": len(read.corrections), "unplaced": read.unplaced})
    found = [
        {"source": c.source, "entity": c.entity, "row": c.row, "what": c.what, "now": c.now, "should_be": c.should_be}
        for c in read.corrections
    ]
    rows = [(f"{c.source}.{c.entity}", _place(c), c.now, c.should_be) for c in read.corrections]
    left = [f"{read.unplaced} answers stand where no row of ours is; look at them in the file."] if read.unplaced else []
    data = {"request": number, "corrections": found, "unplaced": read.unplaced}
    return Said(data, [*table(rows, ("held by", "what", "now", "should be")), *left])


def _place(correction: outputs.Correction) -> str:
    return correction.what or f"card {(correction.row or 0) + 1}"

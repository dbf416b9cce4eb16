"""`python -m desk.town`: everything on Voorbeeldstad at once: Prefect, the flows, the source systems, and the desk with its logins."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import click
import httpx

from cases import Register
from cases.roles import Role
from config.errors import RequestError
from desk.__main__ import run
from flows.engine import prepare
from flows.workplace import EMBEDDED, home, systems, workplace

PASSWORD = "voorbeeldstad-oefent-met-inzage"  # noqa: S105 - of people who do not exist, on loopback, shown on screen
PEOPLE = (
    ("hanna", "Hanna Behandelaar", (Role.HANDLER,)),
    ("bert", "Bert Beoordelaar", (Role.REVIEWER,)),
    ("rosa", "Rosa Beoordelaar", (Role.REVIEWER,)),
    ("fg", "De functionaris gegevensbescherming", (Role.OFFICER,)),
    ("beheer", "De beheerder", (Role.ADMINISTRATOR,)),
)
WAIT_SECONDS = 120


@contextmanager
def started(*command: str) -> Iterator[None]:
    """A process of our own for as long as the block runs."""
    process = subprocess.Popen([sys.executable, "-m", *command])  # noqa: S603 - our own interpreter and modules
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def await_health(api: str) -> None:
    """Until Prefect's server answers. Raises RequestError where it does not in two minutes."""
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        try:
            if httpx.get(f"{api}/health", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(1)
    raise RequestError("Prefect", "its server did not start", "See what it prints above")


def make_people(register: Register) -> None:
    """The logins of Voorbeeldstad; those that are there already stay."""
    known = {account.login for account in register.accounts.all()}
    for login, title, roles in PEOPLE:
        if login not in known:
            register.accounts.add(login, title, roles, PASSWORD, "voorbeeldstad")


@click.command()
@click.option("--port", default=8500, show_default=True, help="Of the desk; Prefect listens at the one 300 above.")
def town(port: int) -> None:
    """Start everything, print addresses and logins, and serve until interrupted."""
    api = f"http://127.0.0.1:{port + 300}/api"
    os.environ.update(INZAGE_CONFIG=str(EMBEDDED), INZAGE_DESK_ADDRESS=f"http://127.0.0.1:{port}", PREFECT_API_URL=api)
    prepare(home(), quiet=True)
    with ExitStack() as stack:
        stack.enter_context(systems())
        stack.enter_context(started("prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port + 300)))
        await_health(api)
        stack.enter_context(started("flows", "serve"))
        make_people(workplace().register)
        click.echo(f"\nPrivacydesk:  http://127.0.0.1:{port}\nPrefect:      http://127.0.0.1:{port + 300}\n")
        for login, title, _ in PEOPLE:
            click.echo(f"  {login:8} {PASSWORD}   {title}")
        run("127.0.0.1", port)


if __name__ == "__main__":
    town()

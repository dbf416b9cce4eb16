"""`python -m desk.town`: everything on Voorbeeldstad at once: Prefect, the flows, the source systems, and the desk with its logins."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import click

from cases import Register
from cases.roles import Role
from config.errors import RequestError
from desk.__main__ import run
from flows.engine import PASSWORD_FILE, prepare
from flows.ready import healthy
from flows.starting import known
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
    """A process of our own for as long as the block runs. What runs say is seen in Prefect, not on the screen."""
    environment = {**os.environ, "PREFECT_LOGGING_LEVEL": "INFO", "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL"}
    process = subprocess.Popen([sys.executable, "-m", *command], env=environment)  # noqa: S603 - our own interpreter and modules
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def await_until(holds: Callable[[], bool], what: str) -> None:
    """Until something holds. Raises RequestError where it does not in two minutes."""
    end = time.monotonic() + WAIT_SECONDS
    while not holds():
        if time.monotonic() > end:
            raise RequestError("Prefect", f"{what} did not start", "See what it prints above")
        time.sleep(1)


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
    # The web server raises the signal that ended it once more: as an exit it ends what was started below too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with ExitStack() as stack:
        stack.enter_context(systems())
        stack.enter_context(started("flows", "server", "--port", str(port + 300)))
        await_until(lambda: healthy(api), "its server")
        stack.enter_context(started("flows", "serve"))
        await_until(lambda: all(known(api, flow) for flow in ("handle-request", "ask-again", "release-request")), "the flows")
        make_people(workplace().register)
        click.echo(f"\nPrivacydesk:  http://127.0.0.1:{port}\nPrefect:      http://127.0.0.1:{port + 300}")
        click.echo(f"  logs in with the line in {home() / PASSWORD_FILE}\n")
        for login, title, _ in PEOPLE:
            click.echo(f"  {login:8} {PASSWORD}   {title}")
        run("127.0.0.1", port)


if __name__ == "__main__":
    town()

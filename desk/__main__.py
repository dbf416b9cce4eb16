"""`python -m desk`: serves the privacy desk, and makes the first accounts of a gemeente.

    python -m desk serve [--host HOST] [--port PORT]
    python -m desk account LOGIN --role handler [--role reviewer ...] [--title NAME]      prints its password once

Behind a proxy that ends TLS, set INZAGE_DESK_ADDRESS to the https address that browsers see.
"""

from __future__ import annotations

import getpass
import secrets
from typing import Any

import click
import uvicorn

from cases.roles import Role
from config.errors import InzageError
from desk.app import make_app
from flows import lines
from flows.workplace import workplace


@click.group()
def desk() -> None:
    """The privacy desk."""


@desk.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8500, show_default=True, help="At which port.")
def serve(host: str, port: int) -> None:
    """Serve the desk until interrupted."""
    workplace()
    run(host, port)


def run(host: str, port: int) -> None:
    """Serve the desk in this process. Nothing is logged of a call: the address of a link is a secret, and the trail tells the rest."""
    lines.set_up()
    config: dict[str, Any] | None = None if lines.wanted() else uvicorn.config.LOGGING_CONFIG
    uvicorn.run(
        make_app(), host=host, port=port, access_log=False, server_header=False, log_level="warning", proxy_headers=False, log_config=config
    )


@desk.command()
@click.argument("login")
@click.option(
    "--role", "roles", multiple=True, required=True, type=click.Choice([str(role) for role in Role]), help="Several times for more."
)
@click.option("--title", default="", help="The name of the colleague.")
def account(login: str, roles: tuple[str, ...], title: str) -> None:
    """Make a local account, and print its password: it is shown once."""
    password = "-".join(secrets.token_hex(3) for _ in range(4))
    try:
        made = workplace().register.accounts.add(login, title or login, [Role(role) for role in roles], password, getpass.getuser())
    except InzageError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{made.login}: {password}")


if __name__ == "__main__":
    desk()

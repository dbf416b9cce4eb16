"""`inzage server`, `inzage deploy` and `inzage serve`: Prefect's server, the flows that its UI shows, and a worker that runs them."""

from __future__ import annotations

import os
import sys

import click

from config.errors import ConfigError
from flows import workplace as place
from flows.engine import CLIENT, SERVER, prepare
from flows.said import Said, says

PARTS = {"all": ["start"], "api": ["start", "--no-services"], "services": ["services", "start"]}
"""What of Prefect's server a process runs."""


@click.command()
@click.option("--limit", type=click.IntRange(1, 64), default=2, show_default=True, help="How many runs this machine takes at once.")
@click.option("--observe", default="", help="Where to answer /health, /ready and /metrics: a port of this machine, or HOST:PORT.")
@click.option("--json", "as_json", is_flag=True, help="Taken for the sake of likeness: this command runs until it is stopped.")
def serve(limit: int, observe: str, as_json: bool) -> None:
    """Lay down the deployments, work on what is started, and take up what a crash left, until interrupted."""
    prepare(place.home(), quiet=False)
    from flows.serving import serve as work  # noqa: PLC0415 - Prefect reads its settings when it is imported

    work(limit, observe)


@click.command()
@click.option("--at-once", type=click.IntRange(1, 1000), help="The most runs at once over all machines; else it stays as it is.")
@says
def deploy(at_once: int | None) -> Said:
    """Lay down work pool, schedules, limits and deployments on the Prefect server of PREFECT_API_URL; again changes nothing."""
    prepare(place.home(), quiet=True)
    from flows.deployments import deploy as lay  # noqa: PLC0415 - Prefect reads its settings when it is imported

    names = lay(place.configuration().sources, at_once)
    return Said({"deployments": list(names)}, [f"{len(names)} deployments laid down: {', '.join(names)}."])


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Where it listens; elsewhere than here only behind a proxy with TLS.")
@click.option("--port", type=click.IntRange(1, 65535), default=4200, show_default=True, help="At which port.")
@click.option(
    "--part", type=click.Choice(list(PARTS)), default="all", show_default=True, help="With more servers: api on each, services once."
)
@click.option("--json", "as_json", is_flag=True, help="Taken for the sake of likeness: this command runs until it is stopped.")
def server(host: str, port: int, part: str, as_json: bool) -> None:
    """Prefect's server as Inzage wants it: with a password, on this machine only, without telemetry; until interrupted."""
    os.environ.setdefault("PREFECT_API_URL", f"http://127.0.0.1:{port}/api")
    prepare(place.home(), quiet=True)
    if not os.environ.get(SERVER):
        raise ConfigError("Prefect", "would listen without a password", f"Set {SERVER} and, for its clients, {CLIENT} to USER:PASSWORD")
    where = [] if part == "services" else ["--host", host, "--port", str(port)]
    start = [sys.executable, "-m", "prefect", "server", *PARTS[part], *where]
    os.execv(sys.executable, start)  # noqa: S606 - our own interpreter, in place of this process: signals reach it

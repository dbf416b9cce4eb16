"""`inzage serve`: the flows as deployments that the Prefect UI shows and starts."""

from __future__ import annotations

import click

from flows import workplace as place
from flows.engine import prepare


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Taken for the sake of likeness: this command runs until it is stopped.")
def serve(as_json: bool) -> None:
    """Register the deployments with Prefect and run what is started, until interrupted. Set PREFECT_API_URL to name the server."""
    prepare(place.home(), quiet=False)
    from flows.deployments import serve_deployments  # noqa: PLC0415 - Prefect reads its settings when it is imported

    with place.systems():
        place.workplace()
        serve_deployments()

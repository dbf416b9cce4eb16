"""Every address of the desk and who may call it, as Markdown: `python -m desk.matrix` prints what stands in docs/security.md.

Made from the application itself and from the table of roles, so that a new page stands in it or the tests fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
from fastapi.routing import APIRoute

from cases.roles import RIGHTS, Right, Role


def routes(app: Any) -> Iterator[tuple[str, str, Right | None]]:
    """Method, path and the right that is asked, of every address; None where it needs no colleague's session."""
    for route in app.routes:
        for inner in getattr(getattr(route, "original_router", None), "routes", [route]):
            if isinstance(inner, APIRoute):
                asked = [found for d in inner.dependant.dependencies if (found := getattr(d.call, "right", None)) is not None]
                yield from ((method, inner.path, asked[0] if asked else None) for method in sorted(inner.methods or ()))


def table(app: Any) -> str:
    """The addresses with a yes for each role that may call it."""
    head = f"| address | {' | '.join(Role)} |\n|---|{'---|' * len(Role)}\n"
    rows = sorted((path, method, right) for method, path, right in routes(app) if right is not None)
    return head + "".join(f"| `{method} {path}` | {' | '.join(_marks(right))} |\n" for path, method, right in rows)


def _marks(right: Right) -> list[str]:
    return ["yes" if role in RIGHTS[right] else "" for role in Role]


def main() -> None:
    """Print the table."""
    from desk.app import make_app  # noqa: PLC0415 - the application is needed only here

    click.echo(table(make_app()), nl=False)


if __name__ == "__main__":
    main()

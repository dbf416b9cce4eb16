"""Whether a database would read a whole table to answer a question: asked of the database itself, with EXPLAIN."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import ClauseElement, Executable

WORDS = {"postgresql": "EXPLAIN (FORMAT JSON)", "sqlite": "EXPLAIN QUERY PLAN", "mysql": "EXPLAIN", "mariadb": "EXPLAIN"}
"""How each database is asked for its plan; of any other nothing is said."""


class Explain(Executable, ClauseElement):
    """A statement with EXPLAIN before it; its values stay parameters."""

    inherit_cache = False

    def __init__(self, statement: sa.Select[Any]) -> None:
        self.statement = statement


@compiles(Explain)
def _compiled(explain: Explain, compiler: Any, **_: Any) -> str:
    return f"{WORDS[compiler.dialect.name]} {compiler.process(explain.statement)}"


def reads_all(connection: sa.Connection, statement: sa.Select[Any]) -> bool:
    """Whether the plan of `statement` reads a whole table; False where the database gives no plan that we understand."""
    dialect = connection.dialect.name
    if dialect not in WORDS:
        return False
    rows = list(connection.execute(Explain(statement)))
    if dialect == "postgresql":
        return any(node["Node Type"] == "Seq Scan" for node in _nodes(_json(rows[0][0])))
    if dialect == "sqlite":
        return any(str(row[-1]).startswith("SCAN ") and " INDEX " not in str(row[-1]) for row in rows)
    return any(row._mapping["type"] == "ALL" for row in rows)


def _json(plan: Any) -> Any:
    return orjson.loads(plan) if isinstance(plan, str) else plan


def _nodes(plan: Any) -> Iterator[dict[str, Any]]:
    """Every node of a plan of PostgreSQL."""
    for top in plan:
        waiting = [top["Plan"]]
        while waiting:
            node = waiting.pop()
            waiting += node.get("Plans", ())
            yield node

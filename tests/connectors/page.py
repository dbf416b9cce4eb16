"""The contract as a table, kind by case. `python -m tests.connectors.page` runs every case and writes docs/connectors/contract.md anew."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.connectors.conftest import listening
from tests.connectors.kinds import CASES, Bench, KindFile, as_anybody, kinds
from tests.connectors.made import collect

PAGE = Path(__file__).parent.parent.parent / "docs" / "connectors" / "contract.md"
Cells = Mapping[tuple[str, str], str]
"""What came of a case (first) of a kind (second)."""

_GROUPS = (
    ("Over HTTP and SOAP", ("brp", "zgw", "klantinteracties", "logboek_vng", "logboek_logius", "stufbg", "suites")),
    (
        "Databases and files",
        ("sqlite", "postgresql", "mariadb", "tables_xlsx", "tables_csv", "documents", "istandaarden", "ddas", "manual"),
    ),
)
_NONE = "–"
_HEAD = """# The contract of all kinds

One suite (`tests/connectors/test_1_contract.py`) puts every kind of source in every state below, with real servers, databases and files, and sees
what comes back: the outcome in this table, nothing of another person that nobody will look at, an alarm wherever the search was not whole, and no
value in what is told of it. The suite holds this page against what it saw. `–` is a state in which the kind cannot be, with the reason below.

It is written by `python -m tests.connectors.page`, which runs all of it.
"""


def page(cells: Cells) -> str:
    """The page with these cells."""
    made = {kind.name: kind for kind in kinds()}
    placed = [name for _, names in _GROUPS for name in names]
    groups = [*_GROUPS, ("Others", tuple(sorted(set(made) - set(placed))))]
    tables = [_table(title, [made[name] for name in names if name in made], cells) for title, names in groups if names]
    return "\n".join([_HEAD, *tables, "## Why not", "", *_reasons(list(made.values())), ""])


def _table(title: str, some: list[KindFile], cells: Cells) -> str:
    head = ["", *(kind.name for kind in some)]
    rows = [
        [case.told, *(_NONE if kind.why_not(name) else cells.get((name, kind.name), "?") for kind in some)] for name, case in CASES.items()
    ]
    lines = [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]
    return "\n".join([f"## {title}", "", *lines, ""])


def _reasons(all_kinds: list[KindFile]) -> Iterator[str]:
    for name, case in CASES.items():
        reasons: dict[str, list[str]] = {}
        for kind in all_kinds:
            if why := kind.why_not(name):
                reasons.setdefault(why, []).append(kind.name)
        yield from (f"- {case.told}: {', '.join(names)}: {why}." for why, names in reasons.items())


def cells_of(text: str) -> dict[tuple[str, str], str]:
    """The cells of a page."""
    named = {case.told: name for name, case in CASES.items()}
    found, heads = {}, [""]
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and not cells[0]:
            heads = cells
        if line.startswith("|") and cells[0] in named:
            found |= {(named[cells[0]], kind): cell for kind, cell in zip(heads[1:], cells[1:], strict=True)}
    return found


@contextmanager
def _bench() -> Iterator[Bench]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        fixtures: dict[str, Any] = {}

        def fixture(name: str) -> Any:
            assert name == "server", name
            if name not in fixtures:
                fixtures[name] = stack.enter_context(listening())
            return fixtures[name]

        made = Bench(Path(folder), fixture)
        yield made
        for step in reversed(made.after):
            step()


def _observed(kind: KindFile, case: str) -> str:
    with _bench() as bench:
        if case != "forbidden":
            return str(kind.answer(bench, case).coverage.status)
        asked = kind.source(bench, case)
        with as_anybody(bench):
            return str(collect(asked).coverage.status)


if __name__ == "__main__":
    PAGE.write_text(page({(case, kind.name): _observed(kind, case) for kind in kinds() for case in CASES if not kind.why_not(case)}))
    print(PAGE.read_text())

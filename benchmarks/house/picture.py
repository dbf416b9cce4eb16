"""The picture of who imports whom, drawn from the imports themselves, as Mermaid in docs/architecture.md."""

from __future__ import annotations

from graphlib import TopologicalSorter

import grimp

from benchmarks.house.figures import ROOMS, ROOT

PAGE = ROOT / "docs" / "architecture.md"
OPEN, CLOSE = "<!-- picture: made by `python -m benchmarks.house --picture` -->", "<!-- end of picture -->"


def imports() -> dict[str, set[str]]:
    """Each module of the product, and the modules it imports."""
    graph = grimp.build_graph(*ROOMS)
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


def between_rooms() -> set[tuple[str, str]]:
    """Each pair of a room and a room that it imports from."""
    pairs = {(_room(module), _room(found)) for module, named in imports().items() for found in named}
    return {(a, b) for a, b in pairs if a != b}


def check_no_cycle() -> None:
    """Refuse modules that import each other in a circle.

    Raises:
        graphlib.CycleError: with the circle.

    """
    TopologicalSorter(imports()).prepare()


def drawn() -> str:
    """The rooms as a Mermaid graph: an arrow for `imports`."""
    arrows = "".join(f"    {a} --> {b}\n" for a, b in sorted(between_rooms()))
    return f"{OPEN}\n```mermaid\ngraph TD\n{arrows}```\n{CLOSE}"


def redraw() -> None:
    """Put the picture of today into docs/architecture.md."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(OPEN, 1)
    PAGE.write_text(before + drawn() + rest.split(CLOSE, 1)[1], encoding="utf-8")


def _room(module: str) -> str:
    return module.split(".", 1)[0]

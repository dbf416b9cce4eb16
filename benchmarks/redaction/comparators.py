"""Other redactors, measured side by side where they are installed; never part of the product (deduce is GPL)."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable

from benchmarks.redaction.notes import Note
from benchmarks.redaction.score import Covered


def comparators() -> dict[str, Callable[[Note], Covered]]:
    """Those that are on this machine, by name."""
    found: dict[str, Callable[[Note], Covered]] = {}
    if importlib.util.find_spec("deduce"):
        found["deduce"] = _deduce()
    if importlib.util.find_spec("presidio_analyzer"):
        found["presidio"] = _presidio()
    return found


def _deduce() -> Callable[[Note], Covered]:
    model = importlib.import_module("deduce").Deduce()
    return lambda note: [(a.start_char, a.end_char) for a in model.deidentify(note.text).annotations]


def _presidio() -> Callable[[Note], Covered]:
    engine = importlib.import_module("presidio_analyzer").AnalyzerEngine(supported_languages=["nl"])
    return lambda note: [(r.start, r.end) for r in engine.analyze(text=note.text, language="nl")]
